"""Other doors to the ideas and comments of a consultation: Atom, and CSV for spreadsheets."""

from collections.abc import Iterator
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from infitah.community.queries import url_of
from infitah.core.http import public_page, viewer_of
from infitah.core.tables import streamed_table
from infitah.core.viewer import Viewer
from infitah.kernel.dates import local_moment
from infitah.kernel.grouping import digits_together
from infitah.participation import queries
from infitah.participation.models import Comment, Consultation, Idea
from infitah.participation.queries import ExportedComment
from infitah.participation.queries.exports import ExportedIdea
from infitah.participation.views.idea_lists import LANGUAGE_NAMES
from infitah.participation.views.public import found_or_404

NEWEST: Final = 50


def _language() -> str:
    return (get_language() or "ar").split("-")[0]


def _columns() -> list[str]:
    return [
        _("Number given"),
        _("Given at"),
        _("Axis"),
        _("Commune"),
        _("Language"),
        _("Language in words"),
        _("Channel"),
        _("Channel in words"),
        _("Received after closing"),
        _("Received after closing, in words"),
        _("Idea"),
        _("Detail"),
        _("Answer"),
        _("Answer in words"),
        _("Why, in Arabic"),
        _("Why, in French"),
    ]


def _cells(idea: ExportedIdea, language: str) -> list[str]:
    return [
        idea.reference,
        local_moment(idea.submitted_at).isoformat(timespec="minutes"),
        idea.axis.in_language(language),
        idea.commune.in_language(language) if idea.commune else "",
        idea.language,
        LANGUAGE_NAMES.get(idea.language, idea.language),
        idea.source,
        str(Idea.Source(idea.source).label),
        "1" if idea.is_late else "0",
        _("yes") if idea.is_late else _("no"),
        idea.statement,
        idea.detail,
        *_answer_cells(idea.answer),
    ]


def _answer_cells(answer: queries.AnswerLine | None) -> list[str]:
    if answer is None:
        return ["", "", "", ""]
    return [answer.code, answer.words, answer.text.text_of("ar"), answer.text.text_of("fr")]


def _rows(consultation: Consultation, viewer: Viewer, language: str) -> Iterator[list[str]]:
    yield _columns()
    for idea in queries.exported_ideas(consultation=consultation, viewer=viewer):
        yield _cells(idea, language)


@public_page(kinds=("participation",))
def ideas_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    consultation, language = found_or_404(request, slug), _language()
    name = f"{request.community.key}-{consultation.slug}-{language}.csv"  # type: ignore[attr-defined]
    return streamed_table(name, _rows(consultation, viewer_of(request), language))


@public_page(kinds=("participation",))
def ideas_atom(request: HttpRequest, slug: str) -> HttpResponse:
    consultation, language = found_or_404(request, slug), _language()
    community = request.community  # type: ignore[attr-defined]
    page = f"/{language}/consultations/{consultation.slug}/"
    feed = Atom1Feed(
        title=consultation.name.in_language(language),
        link=url_of(community, page),
        description=None,
        language=language,
        feed_url=url_of(community, f"{page}ideas.atom"),
        author_name=community.institution.in_language(language),
    )
    newest = queries.newest_ideas(
        consultation=consultation, viewer=viewer_of(request), limit=NEWEST
    )
    for idea in newest:
        feed.add_item(
            title=digits_together(idea.statement),
            link=url_of(community, f"{page}ideas/{idea.reference}/"),
            description=digits_together(idea.detail or idea.statement),
            unique_id=f"tag:{community.host},{idea.submitted_at:%Y-%m-%d}:{idea.reference}",
            pubdate=idea.submitted_at,
            updateddate=idea.submitted_at,
            categories=(idea.axis.in_language(language),),
        )
    answer = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(answer, "utf-8")
    return answer


# Comments -----------------------------------------------------------------------------------------


def _comment_columns() -> list[str]:
    return [
        _("Number of the idea or of the draft text"),
        _("Paragraph"),
        _("Number of the comment"),
        _("Reply to"),
        _("Given at"),
        _("Language"),
        _("Stance"),
        _("Stance in words"),
        _("Office"),
        _("Text of the comment"),
    ]


def _comment_cells(one: ExportedComment) -> list[str]:
    return [
        one.subject,
        one.paragraph,
        str(one.number),
        str(one.to or ""),
        local_moment(one.submitted_at).isoformat(timespec="minutes"),
        one.language,
        one.stance,
        str(Comment.Stance(one.stance).label),
        one.office,
        one.text,
    ]


def _comment_rows(consultation: Consultation, viewer: Viewer) -> Iterator[list[str]]:
    yield _comment_columns()
    for one in queries.exported_comments(consultation=consultation, viewer=viewer):
        yield _comment_cells(one)


@public_page(kinds=("participation",))
def comments_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    consultation, language = found_or_404(request, slug), _language()
    name = f"{request.community.key}-{consultation.slug}-comments-{language}.csv"  # type: ignore[attr-defined]
    return streamed_table(name, _comment_rows(consultation, viewer_of(request)))


@public_page(kinds=("participation",))
def comments_atom(request: HttpRequest, slug: str) -> HttpResponse:
    consultation, language = found_or_404(request, slug), _language()
    community = request.community  # type: ignore[attr-defined]
    page = f"/{language}/consultations/{consultation.slug}/"
    feed = Atom1Feed(
        title=_("Comments: %(name)s") % {"name": consultation.name.in_language(language)},
        link=url_of(community, page),
        description=None,
        language=language,
        feed_url=url_of(community, f"{page}comments.atom"),
        author_name=community.institution.in_language(language),
    )
    newest = queries.newest_comments(
        consultation=consultation, viewer=viewer_of(request), limit=NEWEST
    )
    for one in newest:
        place = f"{one.subject} {one.paragraph}".strip()
        feed.add_item(
            title=_("Comment no. %(n)s on %(place)s") % {"n": one.number, "place": place},
            link=url_of(community, f"/{language}/{one.path}"),
            description=digits_together(one.text),
            unique_id=f"tag:{community.host},{one.submitted_at:%Y-%m-%d}:{place}/{one.number}",
            pubdate=one.submitted_at,
            updateddate=one.submitted_at,
        )
    answer = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(answer, "utf-8")
    return answer
