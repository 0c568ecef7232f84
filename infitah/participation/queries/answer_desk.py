"""What officers have to answer: the ideas that wait, one idea, the ideas of a theme."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Q

from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.participation.models import Consultation, Idea, IdeaQuerySet, Theme
from infitah.participation.queries.answer_counts import AnswerFigures, answer_figures
from infitah.participation.queries.answers import AnswerLine, answers_for
from infitah.participation.queries.ideas import IdeaList, ideas_visible_to, rows_by_keyset

ANSWERED = "answered"
"""The shelf of ideas that have their answer, to read or correct it."""
MOST_AT_ONCE = 200
"""Ideas of a theme that one page offers; the others follow when these are answered."""


@dataclass(frozen=True, slots=True)
class Group:
    """A theme or an axis of the queue and how many of its ideas wait."""

    key: str
    name: LocalizedText
    waiting: int


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What an officer asked the queue for; empty is no filter."""

    theme: str = ""
    axis: str = ""
    shelf: str = ""


@dataclass(frozen=True, slots=True)
class AnswerQueue:
    """One page of the ideas that wait for their answer, or have it."""

    consultation: Consultation
    wanted: QueueFilter
    figures: AnswerFigures | None
    ideas: IdeaList = field(default_factory=lambda: IdeaList([]))
    themes: tuple[Group, ...] = ()
    axes: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class ThemeToAnswer:
    """A theme with ideas that wait; `changed` are those asked for that wait no longer."""

    theme: Theme
    ideas: tuple[Idea, ...]
    changed: tuple[Idea, ...]
    answers: dict[str, AnswerLine]
    more: int


def answer_queue(
    *,
    viewer: Viewer,
    slug: str,
    wanted: QueueFilter,
    before: str = "",
    after: str = "",
    now: datetime,
) -> AnswerQueue | None:
    """Return a page of the queue, None where there is none for `viewer`. At most seven queries.

    Before closing it is empty: nothing is answered yet.
    """
    found = Consultation.objects.visible_to(viewer).announced().filter(slug=slug)
    consultation = found.first() if viewer.may("answer.give") else None
    if consultation is None:
        return None
    figures = answer_figures(consultation, now=now)
    if figures is None:
        return AnswerQueue(consultation, wanted, None)
    ideas = _shelf(viewer, consultation, wanted)
    return AnswerQueue(
        consultation=consultation,
        wanted=wanted,
        figures=figures,
        ideas=rows_by_keyset(ideas, before=before, after=after),
        themes=_themes(viewer, consultation),
        axes=_axes(viewer, consultation),
    )


def _shelf(viewer: Viewer, consultation: Consultation, wanted: QueueFilter) -> IdeaQuerySet:
    ideas = ideas_visible_to(viewer).filter(consultation=consultation)
    if wanted.theme:
        ideas = ideas.filter(placing__theme__reference=wanted.theme)
    if wanted.axis:
        ideas = ideas.filter(axis__slug=wanted.axis)
    if wanted.shelf == ANSWERED:
        return ideas.filter(answers__is_current=True)
    return ideas.shown().awaiting_answer()


def _waiting(viewer: Viewer, consultation: Consultation) -> IdeaQuerySet:
    return ideas_visible_to(viewer).filter(consultation=consultation).shown().awaiting_answer()


def _themes(viewer: Viewer, consultation: Consultation) -> tuple[Group, ...]:
    themes = Theme.objects.visible_to(viewer).standing().filter(consultation=consultation)
    waits = Q(placings__idea__in=_waiting(viewer, consultation).order_by().values("pk"))
    counted = themes.annotate(waiting=Count("placings", filter=waits))
    rows = counted.order_by("position", "pk").values_list("reference", "name", "waiting")
    return tuple(Group(*values) for values in rows)


def _axes(viewer: Viewer, consultation: Consultation) -> tuple[Group, ...]:
    waiting = _waiting(viewer, consultation).order_by("axis__position", "axis__slug")
    rows = waiting.values_list("axis__slug", "axis__name").annotate(Count("pk"))
    return tuple(Group(slug, name, count) for slug, name, count in rows)


def idea_to_answer(*, viewer: Viewer, reference: str) -> Idea | None:
    """Return an idea that `viewer` may read and answer, whatever its state. One query."""
    if not viewer.may("answer.give"):
        return None
    found = ideas_visible_to(viewer).filter(reference=reference)
    related = ("consultation", "community", "axis", "commune", "author")
    return found.select_related(*related).first()


def next_to_answer(*, viewer: Viewer, idea: Idea) -> str:
    """Return the reference of the next idea that waits, as the queue goes on; empty where none.

    At most two queries.
    """
    waiting = _waiting(viewer, idea.consultation).exclude(pk=idea.pk).order_by("-position")
    references = waiting.values_list("reference", flat=True)
    return references.filter(position__lt=idea.position).first() or references.first() or ""


def theme_to_answer(
    *, viewer: Viewer, reference: str, also: Collection[int] = ()
) -> ThemeToAnswer | None:
    """Return a theme with the ideas that wait, at most MOST_AT_ONCE; None where there is none.

    `also` are ideas that a form names: those of them that wait no longer come apart, so that
    what was typed beside them is not lost. At most five queries.
    """
    if not viewer.may("answer.give"):
        return None
    themes = Theme.objects.visible_to(viewer).standing().filter(reference=reference)
    theme = themes.select_related("consultation").first()
    if theme is None:
        return None
    waiting = _waiting(viewer, theme.consultation).filter(placing__theme=theme)
    ideas = tuple(waiting.select_related("axis").order_by("position")[:MOST_AT_ONCE])
    known = {one.pk for one in ideas}
    others = ideas_visible_to(viewer).filter(consultation=theme.consultation, pk__in=also)
    changed = tuple(one for one in others.order_by("position") if one.pk not in known)
    return ThemeToAnswer(
        theme=theme,
        ideas=ideas,
        changed=changed,
        answers=answers_for([one.reference for one in changed]) if changed else {},
        more=waiting.count() - len(ideas) if len(ideas) == MOST_AT_ONCE else 0,
    )
