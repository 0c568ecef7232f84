"""Pages of the public register: what it is, its acts, one act with its proof, verification."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from infitah.community.models import Appointment
from infitah.core.http import public_page, same_origin_required, viewer_of
from infitah.ledger import queries, rules
from infitah.ledger.queries import AUTHORS, OUTCOMES, REASONS
from infitah.website import addresses
from infitah.website.register_forms import VerifyForm

MAX_NUMBER = 2**53


@dataclass(frozen=True, slots=True)
class Option:
    """One filter of the list."""

    label: object
    url: str
    current: bool
    count: int | None = None


@public_page(kinds=("register",))
def index(request: HttpRequest) -> HttpResponse:
    key = viewer_of(request).community_key
    family = request.GET.get("family", "")
    known = rules.families()
    page = queries.entries(
        key,
        family=family if family in known else "",
        before=_whole(request.GET.get("before")),
        after=_whole(request.GET.get("after")),
    )
    context = {
        "page": page,
        "head": queries.latest_head(key),
        "older_url": _page_url(family, "before", page.older),
        "newer_url": _page_url(family, "after", page.newer),
        "families": _families(family),
    }
    return render(request, "website/register_index.html", context)


def _whole(text: str | None) -> int | None:
    """Return the number that an address states; what is none is as if it were not there."""
    is_number = text is not None and text.isascii() and text.isdecimal()
    return min(int(text[:16]), MAX_NUMBER) if text and is_number else None


def _page_url(family: str, name: str, number: int | None) -> str:
    if number is None:
        return ""
    query = QueryDict(mutable=True)
    if family:
        query["family"] = family
    query[name] = str(number)
    return f"?{query.urlencode()}"


def _families(chosen: str) -> list[dict[str, object]]:
    address = reverse("register:index")
    options = [Option(_("All acts"), address, chosen not in rules.families())]
    options += [
        Option(label, f"{address}?family={family}", family == chosen)
        for family, label in rules.families().items()
    ]
    return [{"label": _("Kind of act"), "options": options}]


@public_page(kinds=("register",))
def entry(request: HttpRequest, number: int) -> HttpResponse:
    viewer = viewer_of(request)
    try:
        receipt = queries.receipt_document(viewer.community_key, min(number, MAX_NUMBER))
    except queries.NotInRegister as absent:
        raise Http404(_("The register has no entry with this number.")) from absent
    facts = receipt.facts
    leaf = rules.tree.leaf_hash(receipt.entry)
    context = {
        "facts": facts,
        "label": rules.act_label(facts.act),
        "author": _author(facts.by),
        "subject_url": _subject_url(facts.subject, request),
        "canonical": receipt.entry.decode(),
        "leaf": rules.base64_text(leaf),
        "steps": _steps(receipt, leaf),
        "head": receipt.head,
        "root": rules.base64_text(receipt.head.head.root),
        "json_url": reverse("register-receipt", args=[facts.community, facts.number]),
        "about": queries.of_subject(facts.community, facts.subject),
        "trail": [(_("Register of acts"), reverse("register:index"))],
    }
    return render(request, "website/register_entry.html", context)


def _author(by: rules.Author) -> str:
    """Return who acted, in words; the office where an officer acted, never a name."""
    if by.kind == "officer" and by.office in Appointment.Office.values:
        return str(Appointment.Office(by.office).label)
    return str(AUTHORS[by.kind])


def _subject_url(subject: str, request: HttpRequest) -> str:
    """Return the permanent address of what the act is about, if it has a page to be seen."""
    found = addresses.of_reference(subject, viewer_of(request))
    return reverse("permanent", args=[subject]) if found else ""


def _steps(receipt: rules.Receipt, leaf: bytes) -> list[dict[str, object]]:
    climbed = rules.tree.steps(
        leaf, index=receipt.index, size=receipt.head.head.size, path=receipt.path
    )
    return [
        {
            "neighbour": rules.base64_text(step.neighbour),
            "is_before": step.is_before,
            "above": rules.base64_text(step.above),
        }
        for step in climbed
    ]


@same_origin_required
def verify(request: HttpRequest) -> HttpResponseBase:
    is_asked = request.method == "POST" or "sought" in request.GET
    data = request.POST if request.method == "POST" else request.GET
    form = VerifyForm(data, request.FILES) if is_asked else VerifyForm()
    context: dict[str, object] = {"form": form}
    if not is_asked:
        return render(request, "website/verify.html", context)
    if not form.is_valid():
        return render(request, "website/verify.html", context, status=422)
    if form.document is not None:
        verdict = rules.verdict(form.document, queries.known(form.document))
        context |= _told(verdict)
        return render(request, "website/verify.html", context)
    found = queries.find(viewer_of(request).community_key, form.cleaned_data["sought"])
    if len(found) == 1:
        return redirect("register:entry", found[0].number)
    if not found:
        form.add_error("sought", _("The register of this community holds nothing under this."))
    context["found"] = found
    return render(request, "website/verify.html", context, status=200 if found else 422)


def _told(verdict: rules.Verdict) -> dict[str, object]:
    """Return a verdict in words; beside faults, notes would only comfort."""
    words: list[tuple[bool, Promise]] = [
        (reason in rules.NOTES, REASONS[reason]) for reason in verdict.reasons
    ]
    return {
        "verdict": verdict,
        "outcome": OUTCOMES[verdict.outcome],
        "notice_kind": NOTICE[verdict.outcome],
        "faults": [text for is_note, text in words if not is_note],
        "notes": [text for is_note, text in words if is_note and verdict.is_intact],
        "label": rules.act_label(verdict.facts.act) if verdict.facts else "",
        "last_head": verdict.heads[-1] if verdict.heads else None,
    }


NOTICE = {
    rules.Outcome.INTACT_KNOWN_KEY: "done",
    rules.Outcome.INTACT_UNKNOWN_KEY: "attention",
    rules.Outcome.NOT_INTACT: "late",
}
