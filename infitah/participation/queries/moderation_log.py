"""How texts were moderated, in figures for everybody: counts and hours, never a text or a name."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q

from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.participation import rules
from infitah.participation.models import (
    Comment,
    Consultation,
    Idea,
    ModerationCase,
    ModerationDecision,
    ModerationRule,
)
from infitah.participation.queries.answer_counts import Share
from infitah.participation.rules import Punctuality, Waited

Counts = Counter[int]
"""How many, by consultation."""


@dataclass(frozen=True, slots=True)
class Moderated:
    """What happened to the texts of a consultation, or of all."""

    received: int = 0
    flagged: int = 0
    hidden: int = 0
    restored: int = 0
    appeals: int = 0
    granted: int = 0
    refused: int = 0

    @property
    def appeals_waiting(self) -> int:
        return self.appeals - self.granted - self.refused


@dataclass(frozen=True, slots=True)
class ByConsultation:
    """One consultation with its figures."""

    slug: str
    name: LocalizedText
    figures: Moderated


@dataclass(frozen=True, slots=True)
class UnderRule:
    """How often texts were hidden under a rule."""

    number: int
    text: LocalizedText
    hidden: int


@dataclass(frozen=True, slots=True)
class ModerationFigures:
    """All figures of the public page of moderation."""

    in_all: Moderated
    consultations: tuple[ByConsultation, ...]
    rules: tuple[UnderRule, ...]
    punctuality: Punctuality
    waiting: int
    alone: int
    """Appeals that the officer who had hidden the text decided, because there was nobody else."""

    @property
    def in_time(self) -> Share:
        return Share(self.punctuality.in_time, self.punctuality.whole)


NAMES = ("received", "flagged", "hidden", "restored", "appeals", "granted", "refused")


def moderation_figures(*, viewer: Viewer, now: datetime) -> ModerationFigures:
    """Return how the texts of all announced consultations were moderated. Eleven queries.

    Their number does not grow with texts, cases or consultations.
    """
    consultations = list(Consultation.objects.visible_to(viewer).announced())
    here = [one.pk for one in consultations]
    counts = _counts(here)
    made = tuple(
        ByConsultation(one.slug, one.name, Moderated(*(counts[name][one.pk] for name in NAMES)))
        for one in consultations
    )
    cases = ModerationCase.objects.filter(_in(here))
    waited = [Waited(*row) for row in cases.values_list("opened_at", "decided_at")]
    return ModerationFigures(
        in_all=Moderated(*(sum(counts[name].values()) for name in NAMES)),
        consultations=made,
        rules=_by_rule(viewer),
        punctuality=rules.punctuality(waited, now),
        waiting=cases.waiting().count(),
        alone=_decided_alone(here),
    )


def _in(consultations: list[int]) -> Q:
    return Q(idea__consultation__in=consultations) | Q(comment__consultation__in=consultations)


def _counts(here: list[int]) -> Mapping[str, Counts]:
    counts: dict[str, Counts] = {name: Counter() for name in NAMES}
    ideas = Idea.objects.filter(consultation__in=here)
    comments = Comment.objects.filter(consultation__in=here, author__isnull=False)
    for texts in (ideas, comments):
        rows = texts.order_by().values_list("consultation").annotate(n=Count("pk"))
        counts["received"].update(dict(rows))
    for kind in ("idea", "comment"):
        _add_cases(counts, kind, here)
        _add_decisions(counts, kind, here)
    return counts


def _add_cases(counts: dict[str, Counts], kind: str, here: list[int]) -> None:
    of = f"{kind}__consultation"
    cases = ModerationCase.objects.filter(**{f"{of}__in": here}).order_by().values_list(of)
    rows = cases.annotate(
        flagged=Count(kind, distinct=True, filter=Q(origin="flags")),
        appeals=Count("pk", filter=Q(appealed_at__isnull=False)),
        granted=Count("pk", filter=Q(outcome="reversed")),
        refused=Count("pk", filter=Q(outcome="upheld")),
    )
    for pk, flagged, appeals, granted, refused in rows:
        counts["flagged"][pk] += flagged
        counts["appeals"][pk] += appeals
        counts["granted"][pk] += granted
        counts["refused"][pk] += refused


def _add_decisions(counts: dict[str, Counts], kind: str, here: list[int]) -> None:
    of = f"{kind}__consultation"
    made = ModerationDecision.objects.filter(**{f"{of}__in": here}).order_by().values_list(of)
    rows = made.annotate(
        hidden=Count(kind, distinct=True, filter=Q(action="hide")),
        restored=Count(kind, distinct=True, filter=Q(action="restore")),
    )
    for pk, hidden, restored in rows:
        counts["hidden"][pk] += hidden
        counts["restored"][pk] += restored


def _by_rule(viewer: Viewer) -> tuple[UnderRule, ...]:
    """Return how often each rule, in any of its wordings, hid a text; those that never did too."""
    held = ModerationRule.objects.visible_to(viewer).annotate(
        n=Count("decisions", filter=Q(decisions__action="hide"))
    )
    found: dict[int, UnderRule] = {}
    for rule in held.order_by("number", "starts_on"):
        before = found[rule.number].hidden if rule.number in found else 0
        found[rule.number] = UnderRule(rule.number, rule.text, before + getattr(rule, "n", 0))
    return tuple(found.values())


def _decided_alone(here: list[int]) -> int:
    """Return how many appeals the same officer decided who had hidden the text."""
    ends = ModerationDecision.objects.filter(
        Q(action="uphold", case__outcome="upheld") | Q(action="restore", case__outcome="reversed"),
        _in(here),
        case__decisions__action="hide",
        case__decisions__decided_by=F("decided_by"),
    )
    return ends.values("case").distinct().count()
