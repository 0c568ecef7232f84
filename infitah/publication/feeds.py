"""Other doors to the log: Atom, and the whole of it as CSV and JSON, in constant memory."""

import json
from collections.abc import Iterator
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.community.queries import url_of
from infitah.core.http import machine_page, public_page, viewer_of
from infitah.core.tables import streamed_table
from infitah.core.viewer import Viewer
from infitah.kernel.dates import local_moment
from infitah.kernel.grouping import digits_together
from infitah.publication import queries, rules
from infitah.publication.conf import OPTIONS
from infitah.publication.models import PublishedRecord
from infitah.publication.queries import ExportedRecord
from infitah.publication.rules import FacetKind

KINDS: Final = ("publication",)
LANGUAGES: Final = ("ar", "fr", "zgh")


@machine_page(kinds=KINDS)
def log_atom(request: HttpRequest) -> HttpResponse:
    """Answer with the newest published answers; `?lang=` chooses the language."""
    asked = request.GET.get("lang", "ar")
    language = asked if asked in LANGUAGES else "ar"
    community: Community = request.community  # type: ignore[attr-defined]
    with override(language):
        feed = Atom1Feed(
            title=_("Published answers: %(institution)s")
            % {"institution": community.institution.in_language(language)},
            link=url_of(community, reverse("publication:log")),
            description=_("Requests for information and their answers, without names."),
            language=language,
            feed_url=url_of(community, request.get_full_path()),
            author_name=community.institution.in_language(language),
            feed_copyright=rules.LICENCES[rules.DEFAULT_LICENCE].title,
        )
        for one in queries.newest_records(viewer_of(request), OPTIONS.newest_in_feed):
            published = one.published_at or one.entered_at
            feed.add_item(
                title=digits_together(one.title.in_language(language)),
                link=url_of(community, reverse("publication:record", args=[one.reference])),
                description=digits_together(one.summary.in_language(language)),
                unique_id=f"tag:{community.host},{published:%Y-%m-%d}:{one.reference}/{one.edition}",
                pubdate=published,
                updateddate=published,
                categories=(str(PublishedRecord.Outcome(one.outcome).label),),
            )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml")


@public_page(kinds=KINDS)
def log_csv(request: HttpRequest) -> HttpResponseBase:
    community: Community = request.community  # type: ignore[attr-defined]
    name = f"{community.key}-information-log-{(get_language() or 'ar').split('-')[0]}.csv"
    return streamed_table(name, _rows(community, viewer_of(request)))


def _rows(community: Community, viewer: Viewer) -> Iterator[list[str]]:
    yield _columns()
    for one in queries.exported_records(viewer):
        yield _cells(community, one)


def _columns() -> list[str]:
    return [
        _("Number of the request"),
        _("Edition"),
        _("Title, in Arabic"),
        _("Title, in French"),
        _("Summary, in Arabic"),
        _("Summary, in French"),
        _("Language of the question"),
        _("Question"),
        _("Answer to the question"),
        _("Outcome"),
        _("Outcome in words"),
        _("Grounds of what is withheld"),
        _("Asked on"),
        _("Answered on"),
        _("Working days"),
        _("Published at"),
        _("Axes"),
        _("Subjects"),
        _("Items of article 10"),
        _("Files"),
        _("Licence"),
        _("SHA-256 of the content"),
        _("Address"),
    ]


def _cells(community: Community, one: ExportedRecord) -> list[str]:
    content = one.content
    return [
        content.reference,
        str(content.edition),
        content.title.ar,
        content.title.fr,
        content.summary.ar,
        content.summary.fr,
        content.language,
        content.question,
        content.answer,
        content.outcome,
        str(PublishedRecord.Outcome(content.outcome).label),
        " ".join(sorted({part.code for part in content.withheld})),
        content.asked_on,
        content.answered_on,
        str(content.working_days),
        local_moment(one.published_at).isoformat(timespec="minutes"),
        " ".join(one.values(FacetKind.AXIS)),
        ", ".join(one.tags()),
        " ".join(one.values(FacetKind.ITEM)),
        " ".join(url_of(community, _file(file.path)) for file in one.files),
        content.licence,
        one.sha256,
        url_of(community, reverse("permanent", args=[content.reference])),
    ]


def _file(path: tuple[str, str]) -> str:
    return reverse("files:file", args=path)


@public_page(kinds=KINDS)
def log_json(request: HttpRequest) -> HttpResponseBase:
    community: Community = request.community  # type: ignore[attr-defined]
    response = StreamingHttpResponse(
        _json(community, viewer_of(request)), content_type="application/json; charset=utf-8"
    )
    name = f"{community.key}-information-log.json"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _json(community: Community, viewer: Viewer) -> Iterator[str]:
    """Yield one JSON object; what breaks off lacks its count and its end."""
    head = json.dumps(_head(community), ensure_ascii=False)
    yield f'{{"log": {head},\n"records": ['
    count = 0
    for count, one in enumerate(queries.exported_records(viewer), start=1):
        comma = "," if count > 1 else ""
        yield f"{comma}\n{json.dumps(_object(community, one), ensure_ascii=False)}"
    yield f'\n],\n"count": {count}}}\n'


def _head(community: Community) -> dict[str, object]:
    terms = rules.ARTICLE_6
    return {
        "community": community.key,
        "institution": community.institution.as_json(),
        "terms": {
            "law": terms.law,
            "article": terms.article,
            "mark": terms.mark,
            "conditions": [one.as_json() for one in terms.terms],
        },
        "licences": {
            one.code: {"title": one.title, "path": one.url} for one in rules.LICENCES.values()
        },
    }


def _object(community: Community, one: ExportedRecord) -> dict[str, object]:
    urls = [url_of(community, _file(file.path)) for file in one.files]
    content = one.content.as_json()
    files = [
        {**file.as_json(), "url": url} for file, url in zip(one.content.files, urls, strict=True)
    ]
    return {
        **content,
        "files": files,
        "axes": one.values(FacetKind.AXIS),
        "tags": one.tags(),
        "items": one.values(FacetKind.ITEM),
        "published_at": local_moment(one.published_at).isoformat(timespec="seconds"),
        "register_number": one.register_number,
        "sha256": one.sha256,
        "url": url_of(community, reverse("permanent", args=[one.content.reference])),
    }
