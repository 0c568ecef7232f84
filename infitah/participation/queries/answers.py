"""What an idea was answered, and what was merged into it: read from its page, lists and files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import connection
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from infitah.community.models import Appointment
from infitah.core.viewer import Viewer
from infitah.design.direction import page_language
from infitah.kernel.localized import LocalizedText
from infitah.participation import rules
from infitah.participation.models import Idea, IdeaAnswer, Support
from infitah.participation.queries.ideas import IdeaPage, ideas_visible_to
from infitah.participation.rules import AnswerCode

WHAT_NEXT: Mapping[str, str] = {
    AnswerCode.KEPT: gettext_noop(
        "The follow-up committee writes the commitments from the ideas that were kept. We tell "
        "you by mail if the council adopts yours as one."
    ),
    AnswerCode.KEPT_PARTLY: gettext_noop(
        "The follow-up committee writes the commitments from what was kept. We tell you by mail "
        "if the council adopts it as one."
    ),
    AnswerCode.MERGED: gettext_noop(
        "Both ideas keep their number and their author. What becomes of them is told on the page "
        "of the other idea."
    ),
    AnswerCode.EXISTING: gettext_noop("You can look at what exists and say what it lacks."),
    AnswerCode.OTHER_BODY: gettext_noop(
        "This council cannot decide on it. You can put your idea to the body in charge."
    ),
    AnswerCode.NOT_LAWFUL: gettext_noop(
        "The council cannot do it under the law in force. Your idea stays public with this answer."
    ),
    AnswerCode.NO_BUDGET: gettext_noop(
        "Your idea stays public with this answer. It can be given again in the next consultation."
    ),
    AnswerCode.NEXT_CYCLE: gettext_noop(
        "Your idea is kept with its number for the preparation of the next programme."
    ),
}
"""What an answer leads to, said to its author and on its page."""


def what_next(code: str) -> str:
    """Return what an answer leads to, in the language of the page. No query."""
    return _(WHAT_NEXT[code])


@dataclass(frozen=True, slots=True)
class MergedIdea:
    """An idea that another was merged with; without its words where the reader may not have it.

    `code` is that of its own answer, where it has one that the reader may have.
    """

    reference: str
    slug: str
    statement: str = ""
    language: str = ""
    code: str = ""

    @property
    def answer_words(self) -> str:
        """Its own answer in words, in the language of the page; "" where it has none."""
        return str(IdeaAnswer.Code(self.code).label) if self.code else ""

    @property
    def star(self) -> str:
        """The star of the look that goes with its own answer."""
        return rules.star_of_answer(self.code)


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer as its page shows it."""

    number: int
    code: str
    text: LocalizedText
    personal_line: LocalizedText
    other_body: LocalizedText
    article: str
    link: str
    link_url: str
    answered_on: date
    answered_at: datetime
    office: str
    register_number: int | None
    merged_into: MergedIdea | None = None
    link_title: LocalizedText | None = None
    """The title of what `link` names, where the page knows it."""

    @property
    def words(self) -> str:
        """The answer in words, in the language of the page."""
        return str(IdeaAnswer.Code(self.code).label)

    @property
    def link_words(self) -> str:
        """What stands before the link: a commitment, what exists, or somewhere to look."""
        if rules.names_commitment(self.link):
            return _("The commitment:")
        return _("What exists:") if self.code == AnswerCode.EXISTING else _("See:")

    @property
    def star(self) -> str:
        """The star of the look that goes with the answer."""
        return rules.star_of_answer(self.code)

    @property
    def office_words(self) -> str:
        """The office that answered, empty where none did (history entered by the system)."""
        return (
            str(Appointment.Office(self.office).label)
            if self.office in Appointment.Office.values
            else ""
        )

    @property
    def what_next(self) -> str:
        """What the answer leads to."""
        return what_next(self.code)


@dataclass(frozen=True, slots=True)
class AnswersOfIdea:
    """The answer in force, the earlier ones, and the ideas that were merged with this one."""

    current: AnswerView | None = None
    earlier: tuple[AnswerView, ...] = ()
    merged: tuple[MergedIdea, ...] = ()
    authors: int = 0
    supporters: int = 0

    @property
    def given(self) -> tuple[AnswerView, ...]:
        """Every answer in the order of time."""
        return (*self.earlier, self.current) if self.current else self.earlier


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An answer as a row of a list or of a file has it."""

    code: str
    text: LocalizedText
    answered_on: date

    @property
    def words(self) -> str:
        """The answer in words, in the language of the page."""
        return str(IdeaAnswer.Code(self.code).label)

    @property
    def star(self) -> str:
        """The star of the look that goes with the answer."""
        return rules.star_of_answer(self.code)


def answers_for(references: Sequence[str]) -> dict[str, AnswerLine]:
    """Return the answers in force of these ideas, by reference; only answered ones. One query.

    For lists and files: give it the references of ideas that the reader may read.
    """
    standing = IdeaAnswer.objects.filter(idea__reference__in=references, is_current=True)
    rows = standing.order_by().values_list("idea__reference", "code", "text", "answered_on")
    return {reference: AnswerLine(*values) for reference, *values in rows}


def answers_of_idea(*, viewer: Viewer, page: IdeaPage, now: datetime) -> AnswersOfIdea:
    """Return what an idea was answered and what was merged with it.

    Nothing, and no query, before its consultation closed or where its text may not be read. One
    query, and four more where ideas were merged with it.
    """
    if not page.is_readable or now < page.idea.consultation.closes_at:
        return AnswersOfIdea()
    idea = page.idea
    about = IdeaAnswer.objects.filter(Q(idea=idea) | Q(merged_into=idea, is_current=True))
    other = IdeaAnswer.objects.filter(idea=OuterRef("merged_into"), is_current=True)
    told = about.annotate(other_code=Subquery(other.order_by().values("code")[:1]))
    found = list(told.select_related("merged_into").order_by("number"))
    views = [_view(one, idea, one.other_code or "") for one in found if one.idea_id == idea.pk]
    gathered = gathered_in(idea.pk) if len(found) > len(views) else set()
    merged, authors, supporters = _merged_with(viewer, idea, gathered)
    return AnswersOfIdea(
        current=views[-1] if views else None,
        earlier=tuple(views[:-1]),
        merged=merged,
        authors=authors,
        supporters=supporters,
    )


def _view(answer: IdeaAnswer, idea: Idea, other_code: str) -> AnswerView:
    target = answer.merged_into
    return AnswerView(
        number=answer.number,
        code=answer.code,
        text=answer.text,
        personal_line=answer.personal_line,
        other_body=answer.other_body,
        article=answer.article,
        link=answer.link,
        link_url=link_url(answer.link),
        answered_on=answer.answered_on,
        answered_at=answer.answered_at,
        office=answer.office,
        register_number=answer.register_number,
        merged_into=_joined(target, idea.consultation.slug, other_code) if target else None,
    )


def _joined(target: Idea, slug: str, code: str) -> MergedIdea:
    if target.state not in rules.PUBLIC_STATES:
        return MergedIdea(target.reference, slug)
    return MergedIdea(target.reference, slug, target.statement, target.language, code)


def merged_words(reference: str) -> str:
    """Return beside a step that an idea owes to the one of this number, into which it was merged.

    In the language of the page. No query.
    """
    words = pgettext("step of an idea", "with the idea %(reference)s, into which it was merged")
    return words % {"reference": reference}


def link_url(link: str) -> str:
    """Return where a reader goes for what an answer names: a number, a path or an address."""
    if not link or link.startswith(("http://", "https://")):
        return link
    if link.startswith("/"):
        return f"/{page_language()}/{rules.path_without_language(link)}"
    return reverse("permanent", args=[link])


def _merged_with(
    viewer: Viewer, idea: Idea, gathered: set[int]
) -> tuple[tuple[MergedIdea, ...], int, int]:
    """Return the ideas gathered in one, how many people gave all of them, and how many support.

    A person counts once, whatever they gave or support; ideas without an address (a workshop's
    table, the desk) count one each.
    """
    if not gathered:
        return (), 0, 0
    everyone = {idea.pk, *gathered}
    rows = Idea.objects.filter(pk__in=everyone).order_by("position")
    values = list(rows.values_list("pk", "reference", "author_id"))
    shown = ideas_visible_to(viewer).filter(pk__in=gathered)
    words = {pk: rest for pk, *rest in shown.values_list("pk", "statement", "language")}
    merged = tuple(
        MergedIdea(reference, idea.consultation.slug, *words.get(pk, ()))
        for pk, reference, _author in values
        if pk != idea.pk
    )
    known = {author for _pk, _reference, author in values if author is not None}
    unknown = sum(author is None for _pk, _reference, author in values)
    supporters = Support.objects.filter(idea__in=everyone).values("participant").distinct()
    return merged, len(known) + unknown, supporters.count()


# Merged ideas ----------------------------------------------------------------------------------

ONWARDS: Final = """
WITH RECURSIVE chain(id) AS (
    SELECT merged_into_id FROM participation_ideaanswer
    WHERE idea_id = %s AND is_current AND merged_into_id IS NOT NULL
    UNION
    SELECT answer.merged_into_id FROM participation_ideaanswer answer
    JOIN chain ON answer.idea_id = chain.id
    WHERE answer.is_current AND answer.merged_into_id IS NOT NULL
) SELECT id FROM chain
"""
GATHERED: Final = """
WITH RECURSIVE gathered(id) AS (
    SELECT idea_id FROM participation_ideaanswer WHERE merged_into_id = %s AND is_current
    UNION
    SELECT answer.idea_id FROM participation_ideaanswer answer
    JOIN gathered ON answer.merged_into_id = gathered.id
    WHERE answer.is_current
) SELECT id FROM gathered
"""


def merged_onwards(idea_id: int) -> set[int]:
    """Return every idea that this one was merged into, one after the other. One query."""
    return _ids(ONWARDS, idea_id)


def gathered_in(idea_id: int) -> set[int]:
    """Return every idea that was merged into this one, whatever the way round. One query."""
    return _ids(GATHERED, idea_id)


def _ids(query: str, idea_id: int) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(query, [idea_id])
        return {row[0] for row in cursor.fetchall()}
