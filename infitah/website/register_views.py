"""Pages of the public register: what it is, its acts, one act with its proof, verification."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.community.models import Appointment
from infitah.core.http import public_page, same_origin_required, viewer_of
from infitah.core.viewer import Viewer
from infitah.ledger import queries, rules
from infitah.ledger.queries import AUTHORS, ENTERED_BY_SYSTEM, EntryRow
from infitah.website import addresses, bearers, lateness, meanings, verdicts
from infitah.website.register_forms import VerifyForm

MAX_NUMBER = 2**53
SERVICE_ANSWERED = "information.task_answered"
"""An act that a service does by the link that it was sent: without an account, yet no visitor."""
MAX_JUDGED = 24
"""Acts about one thing that are judged at once; the others are each a click away."""


@dataclass(frozen=True, slots=True)
class Option:
    """One filter of the list."""

    label: object
    url: str
    current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One act in the list: what it is about in words, where that stands, its number if any."""

    row: EntryRow
    title: addresses.Title
    url: str
    reference: str


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
        "lines": _lines(page.rows, viewer_of(request)),
        "head": queries.latest_head(key),
        "older_url": _page_url(family, "before", page.older),
        "newer_url": _page_url(family, "after", page.newer),
        "families": _families(family),
    }
    return render(request, "website/register_index.html", context)


def _lines(rows: Sequence[EntryRow], viewer: Viewer) -> list[Line]:
    titles = addresses.titles_of({row.subject for row in rows}, viewer)
    return [
        Line(
            row,
            title=row.title or titles.get(row.subject, ""),
            url=addresses.linked_page(row.subject, viewer) if titles.get(row.subject) else "",
            reference=addresses.number_of(row.subject),
        )
        for row in rows
    ]


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
        "author": _author(facts),
        "is_written_in": _is_written_in(facts),
        "own_number": f"#{facts.number}",
        "reference": addresses.number_of(facts.subject),
        **_about(facts.subject, viewer),
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


def _is_written_in(facts: rules.EntryFacts) -> bool:
    """Return whether the system wrote an older act in, which others did."""
    return facts.by.kind == "system" and facts.is_entered_afterwards


def _author(facts: rules.EntryFacts) -> str:
    """Return who acted, in words; the office where an officer acted, never a name."""
    if _is_written_in(facts):
        return str(ENTERED_BY_SYSTEM)
    by = facts.by
    if by.kind == "officer" and by.office in Appointment.Office.values:
        return str(Appointment.Office(by.office).label)
    if by.kind == "visitor" and facts.act == SERVICE_ANSWERED:
        return _("a service of the community, by its link")
    return str(AUTHORS[by.kind])


def _about(subject: str, viewer: Viewer) -> dict[str, object]:
    """Return the title of what the act is about and its address, each "" if not to be seen."""
    title = addresses.titles_of([subject], viewer).get(subject, "")
    if addresses.of_reference(subject, viewer):
        return {"subject_title": title, "subject_url": reverse("permanent", args=[subject])}
    url = addresses.named_page(subject, viewer) if title else ""
    return {"subject_title": title, "subject_url": url}


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
    """Judge a file, a pasted proof, or the acts of the register that a reference means."""
    is_asked = request.method == "POST" or "sought" in request.GET
    data = request.POST if request.method == "POST" else request.GET
    form = VerifyForm(data, request.FILES) if is_asked else VerifyForm()
    if not is_asked or not form.is_valid():
        return _verify_page(request, form, 422 if is_asked else 200)
    if form.document is not None:
        return _judged(request, form, form.document, has_paper=True)
    if form.fingerprint and form.cleaned_data["file"]:
        return _borne(request, form, "file")
    return _found(request, form)


def _verify_page(
    request: HttpRequest, form: VerifyForm, status: int, **more: object
) -> HttpResponse:
    return render(request, "website/verify.html", {"form": form, **more}, status=status)


def _judged(
    request: HttpRequest,
    form: VerifyForm,
    document: rules.Document,
    *,
    words: str = "",
    **more: object,
) -> HttpResponse:
    """Tell the verdict on one document; `words` is a sentence already compared with the act."""
    verdict = rules.verdict(document, queries.known(document))
    proven = verdicts.proven(document, verdict, viewer_of(request), words)
    texts = verdicts.texts_of(document, verdict)
    told = verdicts.told(verdict, lateness.words(verdict.facts))
    return _verify_page(request, form, 200, proven=proven, texts=texts, **told, **more)


def _found(request: HttpRequest, form: VerifyForm) -> HttpResponse:
    """Tell what was meant: a choice between two numbers, evidence, or acts of the register."""
    viewer, sought = viewer_of(request), form.cleaned_data["sought"]
    borne = meanings.of_number(viewer, sought)
    if len(borne) > 1:
        return _verify_page(request, form, 200, meanings=borne, number=sought)
    evidence = bearers.of_reference(viewer, sought)
    if evidence is not None:
        return _verify_page(request, form, 200, borne=[evidence])
    return _found_acts(request, form, borne[0].sought if borne else meanings.read(viewer, sought))


def _found_acts(request: HttpRequest, form: VerifyForm, wanted: str) -> HttpResponse:
    """Judge the act that was meant, or every act about a reference; check the code of a paper."""
    viewer, code = viewer_of(request), form.cleaned_data["t"]
    found = queries.find(viewer.community_key, wanted)
    if not found and form.fingerprint:
        return _borne(request, form, "sought")
    if not found:
        return _not_found(request, form, "absent")
    if code:
        meant = {one.number for one in queries.find(viewer.community_key, code)}
        found = [row for row in found if row.number in meant]
        if len(found) != 1:
            return _not_found(request, form, "code")
    if len(found) == 1:
        return _judged_act(request, form, found[0].number, has_paper=bool(code))
    return _judged_acts(request, form, found)


def _borne(request: HttpRequest, form: VerifyForm, asked_by: str) -> HttpResponse:
    """Tell what bears the hash of a file, or the one that was typed."""
    found = bearers.of_hash(viewer_of(request), form.fingerprint)
    if not found:
        form.add_error(asked_by, str(bearers.NOTHING))
    told = {"fingerprint": form.fingerprint, "borne": found, "is_file": asked_by == "file"}
    return _verify_page(request, form, 200 if found else 422, **told)


def _not_found(request: HttpRequest, form: VerifyForm, why: str) -> HttpResponse:
    form.add_error("sought", str(verdicts.REFUSALS[why]))
    return _verify_page(request, form, 422)


def _judged_acts(request: HttpRequest, form: VerifyForm, found: list[EntryRow]) -> HttpResponse:
    """Judge the first acts about one thing; the one that says most is told in full."""
    acts = verdicts.judged(found[:MAX_JUDGED], viewer_of(request))
    shown = {"acts": acts, "unjudged": found[MAX_JUDGED:]}
    telling = verdicts.most_telling(acts)
    if telling is None:
        return _verify_page(request, form, 200, **shown)
    return _judged_act(request, form, telling.number, **shown)


def _judged_act(
    request: HttpRequest, form: VerifyForm, number: int, **more: object
) -> HttpResponse:
    """Judge one act of this register by the receipt that anybody may download."""
    viewer = viewer_of(request)
    document = queries.receipt_document(viewer.community_key, number)
    words = verdicts.public_words(viewer, number, document.facts.subject)
    return _judged(request, form, document, words=words, **more)
