"""What may be known of supports and votes, and when: every page, list, feed and file asks here.

Votes are hidden from everybody, officers too, until the consultation has closed (programme.md 7.4).
Supports follow the consultation's own setting, as the counts of ideas do.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigIntegerField, F, QuerySet, Value
from django.db.models.functions import Cast, Least

from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.participation import rules
from infitah.participation.models import Consultation, Idea, StatementTally, VoiceTally

RANKED = 50
PIECE = 500


@dataclass(frozen=True, slots=True)
class Votes:
    """The votes on one statement."""

    agree: int
    disagree: int
    passed: int

    @property
    def total(self) -> int:
        """How many voted on it, passes included."""
        return self.agree + self.disagree + self.passed

    @property
    def shares(self) -> rules.Shares | None:
        """Percentages, each rounded by itself; None below 20 votes."""
        return rules.shares_of(self.agree, self.disagree, self.passed)


@dataclass(frozen=True, slots=True)
class Results:
    """The leave to read the votes of a consultation, with how many people gave them.

    Whoever reads counts of votes takes one of these: it exists only after closing.
    """

    consultation_id: int
    voters: int


@dataclass(frozen=True, slots=True)
class StatementResult:
    """A statement with its votes: an idea, or a paragraph of a text put to the public."""

    reference: str
    statement: str
    language: str
    body: LocalizedText | None
    axis: LocalizedText | None
    votes: Votes
    supports: int


@dataclass(frozen=True, slots=True)
class Turnout:
    """Whether there are votes enough to say something: people, votes, votes a statement."""

    people: int
    votes: int
    statements: int
    median: int
    few: int
    """Statements with fewer votes than a percentage needs."""


@dataclass(frozen=True, slots=True)
class IdeaVoice:
    """What a page may tell of the voices on an idea; None is not to be shown yet."""

    supports: int | None
    comments: int
    votes: Votes | None


def results_of(*, consultation: Consultation, viewer: Viewer, now: datetime) -> Results | None:
    """Return the leave to read how people voted, None before the instant of closing.

    The one gate of votes: the same for visitors, participants and officers, on every surface.
    No query for a consultation read with its count of voters, else one.
    """
    here = consultation.community_id == viewer.community_id
    if not here or consultation.state(now) is not rules.ConsultationState.CLOSED:
        return None
    try:
        return Results(consultation.pk, consultation.voice.voters)
    except VoiceTally.DoesNotExist:
        return Results(consultation.pk, 0)


def shows_supports(*, consultation: Consultation, viewer: Viewer, now: datetime) -> bool:
    """Return whether supports may be told: from the first day, or after closing. No query."""
    return consultation.community_id == viewer.community_id and consultation.shows_counts(now)


def idea_voice(*, idea: Idea, viewer: Viewer, now: datetime) -> IdeaVoice:
    """Return the voices on an idea as far as they may be told.

    No query for an idea read with its counts and those of its consultation, else two at most.
    """
    try:
        tally = idea.tally
    except StatementTally.DoesNotExist:
        tally = StatementTally()
    of = {"consultation": idea.consultation, "viewer": viewer, "now": now}
    told = results_of(**of)  # type: ignore[arg-type]
    return IdeaVoice(
        supports=tally.supports if shows_supports(**of) else None,  # type: ignore[arg-type]
        comments=tally.comments,
        votes=Votes(tally.agree, tally.disagree, tally.passed) if told else None,
    )


def _tallies(results: Results) -> QuerySet[StatementTally]:
    """Return the counts of the statements that anybody may read."""
    of_consultation = StatementTally.objects.filter(consultation_id=results.consultation_id)
    readable = of_consultation.filter(idea__state=rules.IdeaState.VISIBLE)
    return readable | of_consultation.filter(paragraph__isnull=False)


RESULT = (
    "idea__reference",
    "idea__statement",
    "idea__language",
    "paragraph__body",
    "idea__axis__name",
    "paragraph__text__subject",
    "paragraph__text__number",
    "paragraph__key",
    "agree",
    "disagree",
    "passed",
    "supports",
)


def _result(values: tuple[object, ...]) -> StatementResult:
    reference, statement, language, body, axis, subject, number, key, *counts = values
    agree, disagree, passed, supports = (int(str(count)) for count in counts)
    return StatementResult(
        reference=str(reference or f"{subject}/{number}#{key}"),
        statement=str(statement or ""),
        language=str(language or ""),
        body=body if isinstance(body, LocalizedText) else None,
        axis=axis if isinstance(axis, LocalizedText) else None,
        votes=Votes(agree, disagree, passed),
        supports=supports,
    )


def ranked_statements(
    results: Results, *, order: rules.Order, skip: int = 0, limit: int = RANKED
) -> list[StatementResult]:
    """Return statements in `order`, as `rules.order_value` puts them, after `skip`. One query."""
    votes = F("agree") + F("disagree") + F("passed")
    counted = F("agree") if order is rules.Order.AGREED else Least(F("agree"), F("disagree"))
    ranked = (
        _tallies(results)
        .annotate(
            votes_in_all=votes,
            # Wide enough: millionths of some thousands do not fit the counts' own 32 bits.
            rank=Cast(counted, BigIntegerField())
            * Value(rules.SCALE)
            / (votes + Value(rules.SMOOTHING)),
        )
        .filter(votes_in_all__gt=0)
        .order_by("-rank", "-votes_in_all", "pk")
    )
    return [_result(values) for values in ranked.values_list(*RESULT)[skip : skip + limit]]


def each_statement(results: Results) -> Iterator[StatementResult]:
    """Yield every statement with its votes, in the order of numbers, in constant memory."""
    last = 0
    while True:
        piece = _tallies(results).filter(pk__gt=last).order_by("pk")
        rows = list(piece.values_list("pk", *RESULT)[:PIECE])
        for _pk, *values in rows:
            yield _result(tuple(values))
        if len(rows) < PIECE:
            return
        last = rows[-1][0]


def turnout_of(results: Results) -> Turnout:
    """Return whether there are votes enough to say something. One query."""
    rows = _tallies(results).values_list("agree", "disagree", "passed")
    counts = [count for count in map(sum, rows) if count]
    return Turnout(
        people=results.voters,
        votes=sum(counts),
        statements=len(counts),
        median=rules.median_of(counts),
        few=sum(count < rules.PERCENT_FROM for count in counts),
    )
