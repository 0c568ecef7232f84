"""Ideas as readers see them: the list by keyset, one idea, similar ones, files for download."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Prefetch

from infitah.community.models import Community
from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.kernel.references import Reference
from infitah.participation import rules
from infitah.participation.models import (
    Consultation,
    Idea,
    IdeaAnswer,
    IdeaQuerySet,
    ModerationDecision,
)
from infitah.participation.models.idea import YEAR_STEP
from infitah.searchindex import queries as searchindex
from infitah.searchindex.registry import SearchableText

PAGE_SIZE = 20
KIND = "idea"
"""The kind under which ideas stand in the search index."""
WAITING = "none"
"""What stands for "no answer yet" where a list is filtered by answer."""
FILE_PREFIX = "idea:"
"""Begins the subject of a file that was given with an idea."""


@dataclass(frozen=True, slots=True)
class IdeaFilter:
    """What a reader asked the list for; empty is no filter."""

    axis: str = ""
    language: str = ""
    is_tray: bool = False
    answer: str = ""
    """A code of answer, or WAITING for those without one."""
    words: str = ""
    """What is looked for in the texts, in any spelling that the index knows."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out of the list."""
        return not (self.axis or self.language or self.answer or self.words)


@dataclass(frozen=True, slots=True)
class IdeaRow:
    """An idea in a list."""

    reference: str
    statement: str
    language: str
    axis: LocalizedText
    commune: LocalizedText | None
    submitted_at: datetime
    source: str
    state: str
    workshop_on: date | None = None
    """The day of the workshop at whose table it was written."""
    comments: int = 0
    supports: int | None = None
    """None where they may not be told."""
    answer: str = ""
    """The code of the answer in force, empty where there is none."""

    @property
    def answer_words(self) -> str:
        """The answer in words, in the language of the page."""
        return str(IdeaAnswer.Code(self.answer).label)

    @property
    def answer_star(self) -> str:
        """The star of the look that goes with the answer."""
        return rules.star_of_answer(self.answer)


@dataclass(frozen=True, slots=True)
class IdeaList:
    """One page of a list by keyset; `newer` and `older` are references to go on from."""

    rows: list[IdeaRow]
    newer: str = ""
    older: str = ""


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What was decided on an idea, as everybody may know it: never the reason's words."""

    action: str
    rule_number: int | None
    rule_text: LocalizedText | None
    decided_at: datetime
    register_number: int | None


@dataclass(frozen=True, slots=True)
class IdeaPage:
    """One idea; without its text where the reader may not have it."""

    idea: Idea
    is_readable: bool
    decisions: list[DecisionView] = field(default_factory=list)

    @property
    def hidden_under(self) -> DecisionView | None:
        """The decision that hides it now, if one does."""
        hidings = [one for one in self.decisions if one.action == "hide"]
        return hidings[-1] if hidings and self.idea.state == rules.IdeaState.HELD else None


ROW = (
    "reference",
    "statement",
    "language",
    "axis__name",
    "commune__name",
    "submitted_at",
    "source",
    "state",
    "table__workshop__held_on",
)
COUNTS = ("tally__comments", "tally__supports")
"""Joined from the row of counts, so that no row of a list asks by itself."""


def ideas_visible_to(viewer: Viewer) -> IdeaQuerySet:
    """Return the ideas whose text `viewer` may read: the one gate of every way out."""
    return Idea.objects.visible_to(viewer)


def file_is_visible(viewer: Viewer, subject: str) -> bool:
    """Return whether `viewer` may have the file of an idea: as long as its text. One query."""
    reference = subject.removeprefix(FILE_PREFIX)
    return ideas_visible_to(viewer).filter(reference=reference).exists()


def position_of(text: str) -> int | None:
    """Return the place of a reference in the order of numbers, None for what is none."""
    try:
        reference = Reference.parse(text)
    except ValueError:
        return None
    return reference.year * YEAR_STEP + reference.number


def rows_by_keyset(
    ideas: IdeaQuerySet,
    *,
    before: str = "",
    after: str = "",
    size: int = PAGE_SIZE,
    shows_supports: bool = False,
) -> IdeaList:
    """Return one page, the newest number first; `before` and `after` are references.

    At most two queries, however many ideas there are: no count, no offset.
    """
    older_than, newer_than = position_of(before), position_of(after)
    if newer_than is not None:
        ideas = ideas.filter(position__gt=newer_than).order_by("position")
    elif older_than is not None:
        ideas = ideas.filter(position__lt=older_than).order_by("-position")
    else:
        ideas = ideas.order_by("-position")
    found = rows_of(ideas, size + 1, shows_supports=shows_supports)
    has_more = len(found) > size
    rows = found[:size]
    if newer_than is not None:
        rows.reverse()
        return _page(rows, has_newer=has_more, has_older=True)
    return _page(rows, has_newer=older_than is not None, has_older=has_more)


def rows_of(ideas: IdeaQuerySet, size: int, *, shows_supports: bool) -> list[IdeaRow]:
    """Return the first `size` of these ideas as rows of a list, in their order. One query."""
    values_of = ideas.with_answers().values_list(*ROW, *COUNTS, "in_force__code")
    return [
        IdeaRow(
            *(*values, comments or 0, (supports or 0) if shows_supports else None, answer or "")
        )
        for *values, comments, supports, answer in values_of[:size]
    ]


def _page(rows: list[IdeaRow], *, has_newer: bool, has_older: bool) -> IdeaList:
    if not rows:
        return IdeaList([])
    return IdeaList(
        rows,
        newer=rows[0].reference if has_newer else "",
        older=rows[-1].reference if has_older else "",
    )


def idea_list(
    *,
    consultation: Consultation,
    viewer: Viewer,
    wanted: IdeaFilter,
    before: str = "",
    after: str = "",
    now: datetime | None = None,
) -> IdeaList:
    """Return a page of a consultation's ideas, or of its tray of late ones. One query.

    At most four more where words are looked for. Supports are told where the consultation lets
    them be told at `now`, never without it.
    """
    ideas = ideas_wanted(consultation, viewer, wanted)
    shows = now is not None and consultation.shows_counts(now)
    return rows_by_keyset(ideas, before=before, after=after, shows_supports=shows)


def count_of_list(*, consultation: Consultation, viewer: Viewer, wanted: IdeaFilter) -> int:
    """Return how many ideas the whole list has. One query, at most four more for words."""
    return ideas_wanted(consultation, viewer, wanted).count()


def ideas_wanted(consultation: Consultation, viewer: Viewer, wanted: IdeaFilter) -> IdeaQuerySet:
    """Return the ideas that a filter lets through. No query, at most four where words are asked."""
    ideas = ideas_visible_to(viewer).filter(consultation=consultation)
    ideas = ideas.in_tray() if wanted.is_tray else ideas.shown()
    if wanted.axis:
        ideas = ideas.filter(axis__slug=wanted.axis)
    if wanted.language:
        written = {wanted.language, f"{wanted.language}-Latn"}
        ideas = ideas.filter(language__in=written)
    if wanted.answer:
        is_waiting = wanted.answer == WAITING
        ideas = ideas.awaiting_answer() if is_waiting else ideas.answered(wanted.answer)
    if wanted.words:
        found = searchindex.subjects(
            community_key=viewer.community_key, text=wanted.words, kind=KIND
        )
        if found is not None:
            ideas = ideas.filter(reference__in=found)
    return ideas


def idea_page(*, viewer: Viewer, slug: str, reference: str) -> IdeaPage | None:
    """Return the page of a number, with a notice for a text that is gone. Three queries.

    None where no such number was given in this consultation of the viewer's community.
    """
    idea = (
        Idea.objects.numbered(viewer)
        .filter(consultation__slug=slug, reference=reference)
        .select_related(
            *("community", "consultation__voice", "axis", "commune", "attachment", "tally"),
            *("table__workshop", "placing"),
        )
        .first()
    )
    if idea is None:
        return None
    is_readable = ideas_visible_to(viewer).filter(pk=idea.pk).exists()
    if not is_readable:
        idea.statement = idea.detail = idea.attachment_alt = ""
        idea.attachment = None
    return IdeaPage(idea, is_readable, decisions_of(idea))


def statements_of(viewer: Viewer, references: Iterable[str]) -> dict[str, str]:
    """Return the sentences of those of these ideas that `viewer` may read. One query."""
    found = ideas_visible_to(viewer).filter(reference__in=list(references))
    return dict(found.values_list("reference", "statement"))


def statement_of(viewer: Viewer, reference: str) -> str:
    """Return the sentence of an idea that `viewer` may read, else nothing. One query."""
    found = ideas_visible_to(viewer).filter(reference=reference)
    return found.values_list("statement", flat=True).first() or ""


def decisions_of(idea: Idea) -> list[DecisionView]:
    """Return what was decided on an idea, oldest first. One query."""
    told = ModerationDecision.objects.filter(idea=idea).exclude(action__in=["keep", "reopen"])
    found = told.select_related("rule")
    return [
        DecisionView(
            action=one.action,
            rule_number=one.rule.number if one.rule else None,
            rule_text=one.rule.text if one.rule else None,
            decided_at=one.decided_at,
            register_number=one.register_number,
        )
        for one in found
    ]


def address_of(reference: Reference, viewer: Viewer) -> str | None:
    """Return the path without language of an idea's page, which stays for ever. One query."""
    found = (
        Idea.objects.numbered(viewer)
        .filter(reference=str(reference))
        .values_list("consultation__slug", flat=True)
        .first()
    )
    return f"consultations/{found}/ideas/{reference}/" if found else None


def ideas_of_participant(*, viewer: Viewer) -> list[Idea]:
    """Return the ideas that this device's participant gave, newest first, answers `in_force`.

    Two queries.
    """
    if viewer.participant_id is None:
        return []
    mine = Idea.objects.filter(community_id=viewer.community_id, author_id=viewer.participant_id)
    answers = IdeaAnswer.objects.filter(is_current=True).exclude(idea__state=Idea.State.WITHDRAWN)
    mine = mine.prefetch_related(Prefetch("answers", queryset=answers, to_attr="in_force"))
    return list(mine.select_related("consultation", "axis").order_by("-position"))


def idea_to_withdraw(*, community: Community, reference: str) -> Idea | None:
    """Return the idea that a valid link names, withdrawn or not. One query; none for no name."""
    if not reference:
        return None
    found = Idea.objects.of(community).filter(reference=reference)
    return found.select_related("consultation", "axis").first()


def searchable_idea(community_key: str, subject: str) -> list[SearchableText]:
    """Return what the index holds of an idea: nothing unless anybody may read it. One query."""
    anybody = Idea.objects.filter(
        community__key=community_key,
        reference=subject,
        state__in=sorted(rules.PUBLIC_STATES),
        consultation__announced_at__isnull=False,
    )
    return [
        SearchableText(
            language=rules.language_filed(language),
            title=statement,
            body=detail,
            url=f"/{rules.language_filed(language)}/consultations/{slug}/ideas/{subject}/",
            is_public=True,
        )
        for statement, detail, language, slug in anybody.values_list(
            "statement", "detail", "language", "consultation__slug"
        )
    ]
