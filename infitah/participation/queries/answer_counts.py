"""The answers of a consultation in figures, from the counts that the acts keep."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import ngettext

from infitah.core.clock import local_day
from infitah.core.viewer import Viewer
from infitah.design.direction import in_page_language
from infitah.kernel.localized import LocalizedText
from infitah.participation import rules
from infitah.participation.models import AnswerTally, Consultation, Idea, IdeaTally
from infitah.participation.rules import ANSWER_WITHIN, KEPT_CODES, AnswerCode, IdeaState

APART = (
    IdeaState.RECEIVED,
    IdeaState.LATE,
    IdeaState.REFUSED,
    IdeaState.HELD,
    IdeaState.WITHDRAWN,
)
"""States of ideas that are no part of the whole of which a share is answered."""


@dataclass(frozen=True, slots=True)
class Answering:
    """How far the answering of a closed consultation is: shown ideas, and those answered."""

    shown: int
    counts: Mapping[tuple[str, int], int]
    closed_on: date
    days: int
    answered_at: datetime | None

    @property
    def by_code(self) -> Counter[str]:
        """How many have each answer."""
        found: Counter[str] = Counter()
        for (code, _days), count in self.counts.items():
            found[code] += count
        return found

    @property
    def by_days(self) -> Counter[int]:
        """How many waited each number of days for their first answer."""
        found: Counter[int] = Counter()
        for (_code, days), count in self.counts.items():
            found[days] += count
        return found

    @property
    def answered(self) -> int:
        return sum(self.counts.values())

    @property
    def waiting(self) -> int:
        return max(self.shown - self.answered, 0)

    @property
    def is_complete(self) -> bool:
        """Whether every shown idea is answered, and there is one."""
        return bool(self.shown) and not self.waiting


@dataclass(frozen=True, slots=True)
class Share:
    """A count and what it is a part of; `percent` is None where the whole is too small."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        return rules.percentage(self.part, self.whole)


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """A closed consultation with ideas that wait for their answer."""

    slug: str
    name: LocalizedText
    waiting: int
    closed_at: datetime

    @property
    def sentence(self) -> str:
        """How many wait, in the language of the page."""
        words = ngettext(
            "%(n)s idea waits for its answer: %(consultation)s",
            "%(n)s ideas wait for their answer: %(consultation)s",
            self.waiting,
        )
        return words % {"n": self.waiting, "consultation": in_page_language(self.name)}


@dataclass(frozen=True, slots=True)
class AnswerFigures:
    """What the page of answers shows."""

    progress: Answering
    median: int | None
    p90: int | None
    in_time: Share
    kept: Share
    apart: Mapping[str, int]

    @property
    def by_code(self) -> list[tuple[str, int]]:
        """The codes of the closed list in their order, each with its count, none left out."""
        counts = self.progress.by_code
        return [(code.value, counts[code.value]) for code in AnswerCode]


def answering(consultation: Consultation, *, shown: int, now: datetime) -> Answering | None:
    """Return how far the answers are, None before closing. One query.

    `shown` is the number of its shown ideas, of the counts that the caller has anyway. Days are
    those since the last day; no law sets a term, nobody is called late.
    """
    if consultation.state(now) is not rules.ConsultationState.CLOSED:
        return None
    rows = AnswerTally.objects.filter(consultation=consultation, answered__gt=0)
    return Answering(
        shown=shown,
        counts={(code, days): n for code, days, n in rows.values_list("code", "days", "answered")},
        closed_on=rules.last_day(consultation.closes_at),
        days=rules.days_since_closing(consultation.closes_at, local_day(now)),
        answered_at=consultation.answered_at,
    )


def answer_figures(consultation: Consultation, *, now: datetime) -> AnswerFigures | None:
    """Return the figures of the answers, None before closing. Three queries, however many ideas.

    Shown ideas are the whole. Apart: those hidden, taken back, refused late, or not decided yet.
    """
    if consultation.state(now) is not rules.ConsultationState.CLOSED:
        return None
    tallies = IdeaTally.objects.filter(consultation=consultation)
    shown = tallies.aggregate(shown=Sum("shown"))["shown"] or 0
    progress = answering(consultation, shown=shown, now=now)
    if progress is None:
        return None
    others = Idea.objects.filter(consultation=consultation, state__in=APART)
    days = progress.by_days
    by_code = progress.by_code
    return AnswerFigures(
        progress=progress,
        median=rules.quantile(days, 0.5),
        p90=rules.quantile(days, 0.9),
        in_time=Share(rules.share_within(days, ANSWER_WITHIN), shown),
        kept=Share(sum(by_code[code] for code in KEPT_CODES), progress.answered),
        apart=dict(others.order_by().values_list("state").annotate(Count("pk"))),
    )


def consultations_to_answer(viewer: Viewer, now: datetime) -> list[ToAnswer]:
    """Return the closed consultations with ideas that wait, the longest closed first.

    One query, from the counts. Empty for who may not answer.
    """
    if not viewer.may("answer.give"):
        return []
    closed = Consultation.objects.visible_to(viewer).announced().filter(closes_at__lte=now)
    shown = _sum(IdeaTally.objects.all(), "shown")
    answered = _sum(AnswerTally.objects.all(), "answered")
    found = closed.annotate(waiting=shown - answered).filter(waiting__gt=0)
    rows = found.order_by("closes_at", "pk").values_list("slug", "name", "waiting", "closes_at")
    return [ToAnswer(*values) for values in rows]


def _sum(tallies: QuerySet, column: str) -> Coalesce:
    of_one = tallies.filter(consultation=OuterRef("pk")).order_by().values("consultation")
    total = of_one.annotate(total=Sum(F(column))).values("total")
    return Coalesce(Subquery(total, output_field=IntegerField()), 0)
