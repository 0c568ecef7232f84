"""One published answer: its page, its data, and what a reader says of it."""

from datetime import datetime
from html import escape

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from infitah.community.queries import url_of
from infitah.core import clock
from infitah.core.client import client_address
from infitah.core.http import midnight, public_page, same_origin_required, viewer_of
from infitah.core.responses import error_json
from infitah.design.text import filled, isolated
from infitah.kernel.dates import format_date, local_day
from infitah.publication import operations, queries, rules
from infitah.publication.models import PublishedRecord
from infitah.publication.queries import RecordPage
from infitah.publication.views.log_filters import facet_url

KINDS = ("publication",)
SEE_OTHER = 303
GONE = 410
AGENT_MAX = 300


def _trail(*steps: tuple[object, str]) -> list[tuple[object, str]]:
    return [(_("Published answers"), reverse("publication:log")), *steps]


def _page(request: HttpRequest, reference: str, edition: int = 0) -> RecordPage:
    page = queries.record_page(
        viewer=viewer_of(request), reference=reference, today=clock.today(), edition=edition
    )
    if page is None:
        raise Http404
    return page


@public_page(kinds=KINDS, until=midnight)
def record(request: HttpRequest, reference: str, edition: int = 0) -> HttpResponse:
    page = _page(request, reference, edition)
    if not page.is_readable:
        return _notice(request, page)
    path = reverse("publication:log")
    cited, cited_shown = citation(page.record)
    context = {
        "page": page,
        "record": page.record,
        "licence": rules.LICENCES[page.record.licence],
        "terms": rules.ARTICLE_6,
        "facets": [(one, facet_url(path, one)) for one in page.facets],
        "proof_url": _proof_url(page.record),
        "permanent": permanent_url(page.record),
        "citation": cited,
        "citation_shown": cited_shown,
        "embed": embed(page.record),
        "trail": _trail((page.record.title, "")),
    }
    return render(request, "publication/record.html", context)


def _notice(request: HttpRequest, page: RecordPage) -> HttpResponse:
    """Say of an answer that cannot be read why, and until when; taken back ones are gone (410)."""
    is_gone = page.record.state == rules.RecordState.WITHDRAWN
    context = {
        "page": page,
        "record": page.record,
        "proof_url": _proof_url(page.record),
        "trail": _trail((page.record.reference, "")),
    }
    template = "publication/withdrawn.html" if is_gone else "publication/deferred.html"
    return render(request, template, context, status=GONE if is_gone else 200)


def _proof_url(record: PublishedRecord) -> str:
    if record.register_number is None:
        return ""
    return reverse("register:entry", args=[record.register_number])


def permanent_url(record: PublishedRecord) -> str:
    """Return the address that stays: by the number alone, in the reader's own language."""
    return url_of(record.community, reverse("permanent", args=[record.reference]))


def citation(record: PublishedRecord) -> tuple[str, SafeString]:
    """Return the line by which others cite an answer: as it is copied, and as it is shown."""
    language = (get_language() or "ar").split("-")[0]
    published: datetime = record.published_at or record.entered_at
    line = _("%(institution)s, “%(title)s”, answer %(reference)s, published on %(day)s. %(url)s")
    url, day = permanent_url(record), format_date(local_day(published), language)
    words = {
        "institution": record.community.institution.in_language(language),
        "title": record.title.in_language(language),
        "day": day,
    }
    plain = line % {**words, "reference": record.reference, "url": url}
    shown = filled(
        line,
        **{name: format_html("<bdi>{}</bdi>", text) for name, text in words.items()},
        reference=isolated(record.reference, "ref"),
        url=format_html('<bdi dir="ltr">{}</bdi>', url),
    )
    return plain, shown


def embed(record: PublishedRecord) -> str:
    """Return the link that others put into their own pages, as HTML."""
    language = (get_language() or "ar").split("-")[0]
    shown = record.title.language_shown(language)
    title, url = escape(record.title.text_of(shown)), escape(permanent_url(record))
    return f'<a href="{url}" lang="{shown}">{title}</a>'


@public_page(kinds=KINDS)
def record_json(request: HttpRequest, reference: str, edition: int = 0) -> HttpResponse:
    """Answer with the very bytes whose hash stands in the register."""
    found = queries.exported_record(viewer_of(request), reference, edition)
    if found is None:
        page = _page(request, reference, edition)
        if page.record.state == rules.RecordState.WITHDRAWN:
            reason = page.record.withdrawal_reason.in_language((get_language() or "ar")[:2])
            return error_json(GONE, "withdrawn", reason)
        raise Http404
    content = queries.canonical_content(found.content)
    return HttpResponse(content, content_type="application/json; charset=utf-8")


@same_origin_required
def verdict(request: HttpRequest, reference: str) -> HttpResponse:
    """Count what a reader says of an answer, then say that it was counted and what comes next."""
    page = _page(request, reference)
    if not page.is_readable:
        raise Http404
    refusal = ""
    if request.method == "POST":
        said = _verdict_of(request.POST.get("said", ""))
        refusal = _counted(request, reference, said) if said else _("Choose one of the two.")
        if said and not refusal:
            path = reverse("publication:verdict", args=[reference])
            return HttpResponseRedirect(f"{path}?said={said.value}", status=SEE_OTHER)
    context = {
        "page": page,
        "record": page.record,
        "said": _verdict_of(request.GET.get("said", "")) if not refusal else None,
        "refusal": refusal,
        "asking_url": queries.asking_url(),
        "trail": _trail((page.record.title, page.record.get_absolute_url())),
    }
    status = 422 if refusal else 200
    return render(request, "publication/verdict.html", context, status=status)


def _verdict_of(text: str) -> rules.Verdict | None:
    return rules.Verdict(text) if text in set(rules.Verdict) else None


def _counted(request: HttpRequest, reference: str, said: rules.Verdict) -> str:
    """Count it; return why it was not, or ""."""
    network = client_address(request)
    agent = request.headers.get("User-Agent", "")[:AGENT_MAX]
    try:
        operations.count_verdict(
            community=request.community,  # type: ignore[attr-defined]
            reference=reference,
            verdict=said,
            key=f"{network}|{agent}",
            network=network,
            now=clock.now(),
        )
    except operations.RecordRefused as refused:
        return refused.message
    return ""
