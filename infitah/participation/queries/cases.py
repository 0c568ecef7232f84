"""Moderation cases: the queue by its clock, one case, what is held of one's own texts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Q

from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.participation import rules
from infitah.participation.models import (
    Comment,
    Flag,
    Idea,
    ModerationCase,
    ModerationDecision,
)
from infitah.participation.models.moderation import ModerationCaseQuerySet
from infitah.participation.queries.desk import office_name
from infitah.participation.rules import CaseOutcome, CaseState, TimeLeft

PAGE = 50
SHELVES = ("", "appeals", "decided", "closed")
"""The filters of the queue: everything that waits, appeals, decided ones, closed ones."""


def cases_visible_to(viewer: Viewer) -> ModerationCaseQuerySet:
    """Return the cases that `viewer` may read: those of moderators."""
    return ModerationCase.objects.visible_to(viewer)


@dataclass(frozen=True, slots=True)
class FlagCounts:
    """How often a text was flagged: under which rules, and from how many networks."""

    flags: int = 0
    networks: int = 0
    by_rule: Mapping[int, int] = field(default_factory=dict)

    @property
    def is_from_one_network(self) -> bool:
        """Whether several flags came from one network: counted apart, nothing is thrown away."""
        return self.flags > 1 and self.networks == 1


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in the queue with what it is about and what is left of its clock."""

    pk: int
    state: str
    outcome: str
    reference: str
    text: str
    language: str
    is_idea: bool
    due_at: datetime
    left: TimeLeft | None
    late: TimeLeft | None
    counts: FlagCounts
    decided_at: datetime | None
    decided_by: str

    @property
    def waits(self) -> bool:
        return self.state in {CaseState.REPORTED, CaseState.APPEALED}

    @property
    def is_reported(self) -> bool:
        return self.state == CaseState.REPORTED

    @property
    def is_decided(self) -> bool:
        return self.state == CaseState.DECIDED

    @property
    def outcome_words(self) -> str:
        return str(ModerationCase.Outcome(self.outcome).label)


@dataclass(frozen=True, slots=True)
class CaseQueue:
    """One page of the queue; `after` goes on from the last case."""

    shelf: str
    rows: tuple[CaseRow, ...]
    waiting: int
    after: str = ""


def _on_shelf(cases: ModerationCaseQuerySet, shelf: str, rule: int) -> ModerationCaseQuerySet:
    if shelf == "appeals":
        cases = cases.filter(state=CaseState.APPEALED)
    elif shelf in {"decided", "closed"}:
        cases = cases.filter(state=shelf)
    else:
        cases = cases.waiting()
    return cases.filter(flags__rule__number=rule).distinct() if rule else cases


def _place_of(text: str) -> tuple[datetime, int] | None:
    instant, _tilde, pk = text.partition("~")
    try:
        at = datetime.fromisoformat(instant)
    except ValueError:
        return None
    return (at, int(pk)) if at.tzinfo and pk.isdecimal() and len(pk) < 19 else None


def case_queue(
    *, viewer: Viewer, shelf: str = "", rule: int = 0, after: str = "", now: datetime
) -> CaseQueue:
    """Return 50 cases by their clock, those that are longest due first; decided ones newest first.

    Three queries, however many cases there are; the count is of what waits in all.
    """
    shelf = shelf if shelf in SHELVES else ""
    cases = _on_shelf(cases_visible_to(viewer), shelf, rule)
    column = "decided_at" if shelf in {"decided", "closed"} else "due_at"
    sign, direction = ("-", "lt") if column == "decided_at" else ("", "gt")
    place = _place_of(after)
    if place is not None:
        at, pk = place
        further = Q(**{f"{column}__{direction}": at})
        further |= Q(**{column: at, f"pk__{direction}": pk})
        cases = cases.filter(further)
    found = list(_with_text(cases).order_by(f"{sign}{column}", f"{sign}pk")[: PAGE + 1])
    counts = flag_counts([case.pk for case in found])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return CaseQueue(
        shelf=shelf,
        rows=tuple(case_row(case, counts.get(case.pk, FlagCounts()), now) for case in found[:PAGE]),
        waiting=cases_visible_to(viewer).waiting().count(),
        after=f"{getattr(last, column).isoformat()}~{last.pk}" if last else "",
    )


def _with_text(cases: ModerationCaseQuerySet) -> ModerationCaseQuerySet:
    return cases.select_related(
        "idea__consultation",
        "comment__consultation",
        "comment__idea",
        "comment__paragraph__text",
    )


def waiting_case_ids(*, viewer: Viewer, rule: int = 0, limit: int) -> list[int]:
    """Return the cases that are reported, all or those flagged under `rule`. One query."""
    cases = cases_visible_to(viewer).filter(state=CaseState.REPORTED)
    if rule:
        cases = cases.filter(flags__rule__number=rule).distinct()
    return list(cases.order_by("due_at", "pk").values_list("pk", flat=True)[:limit])


def flag_counts(case_ids: Sequence[int]) -> dict[int, FlagCounts]:
    """Return the flags of these cases by rule and by network. Two queries, none for no case."""
    if not case_ids:
        return {}
    of_cases = Flag.objects.filter(case__in=case_ids)
    networks = dict(
        of_cases.values_list("case").annotate(n=Count("network", distinct=True)).order_by("case")
    )
    by_rule: dict[int, dict[int, int]] = {}
    counted = of_cases.values_list("case", "rule__number").annotate(n=Count("pk"))
    for pk, number, count in counted.order_by("case", "rule__number"):
        by_rule.setdefault(pk, {})[number] = count
    return {
        pk: FlagCounts(sum(found.values()), networks.get(pk, 0), found)
        for pk, found in by_rule.items()
    }


def reference_and_words(text: Idea | Comment) -> tuple[str, str]:
    """Return what names a text and its words; no query with what it stands under."""
    if isinstance(text, Idea):
        return text.reference, text.statement
    if text.idea is not None:
        return f"{text.idea.reference}/{text.number}", text.text
    subject = text.paragraph.text.subject if text.paragraph else ""
    return f"{subject}/P{text.paragraph_id}/{text.number}", text.text


def case_row(case: ModerationCase, counts: FlagCounts, now: datetime) -> CaseRow:
    """Return a case as the queue shows it. No query with its text."""
    text = case.idea or case.comment
    if text is None:
        raise ValueError("A case is about one text.")
    reference, words = reference_and_words(text)
    overdue = now - case.due_at
    return CaseRow(
        pk=case.pk,
        state=case.state,
        outcome=case.outcome,
        reference=reference,
        text=words,
        language=text.language,
        is_idea=case.idea is not None,
        due_at=case.due_at,
        left=rules.time_left(case.due_at, now),
        late=rules.time_left(now + overdue, now) if overdue > timedelta(0) else None,
        counts=counts,
        decided_at=case.decided_at,
        decided_by=case.decided_by,
    )


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as its page shows it."""

    case: ModerationCase
    row: CaseRow
    flags: tuple[Flag, ...]
    decisions: tuple[tuple[ModerationDecision, str], ...]

    @property
    def text(self) -> Idea | Comment:
        found = self.case.idea or self.case.comment
        if found is None:
            raise ValueError("A case is about one text.")
        return found


def case_view(*, viewer: Viewer, pk: int, now: datetime) -> CaseView | None:
    """Return a case with its flags and decisions, None where the viewer may not. Five queries."""
    case = _with_text(cases_visible_to(viewer)).select_related("community").filter(pk=pk).first()
    if case is None:
        return None
    return CaseView(
        case=case,
        row=case_row(case, flag_counts([pk]).get(pk, FlagCounts()), now),
        flags=tuple(case.flags.select_related("rule").order_by("flagged_at", "pk")[:200]),
        decisions=tuple(
            (one, office_name(one.office))
            for one in case.decisions.select_related("rule").order_by("decided_at", "pk")
        ),
    )


# The author's side --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HeldText:
    """A text of one's own that is hidden: it arrived, and this is why it is held."""

    case: ModerationCase
    reference: str
    text: str
    language: str
    is_idea: bool
    rule_number: int | None
    rule_text: LocalizedText | None
    reason: str
    decided_at: datetime
    may_appeal: bool
    until: datetime
    token: str = ""


def held_texts(*, viewer: Viewer, now: datetime) -> list[HeldText]:
    """Return the hidden texts of this device's participant, newest first. Two queries.

    None for a device that proves nobody.
    """
    person = viewer.participant_id
    if person is None:
        return []
    mine = Q(idea__author_id=person, idea__state=rules.IdeaState.HELD)
    mine |= Q(comment__author_id=person, comment__state=rules.CommentState.HELD)
    cases = _with_text(ModerationCase.objects.filter(mine, community_id=viewer.community_id))
    return _held(cases.order_by("-opened_at", "-pk")[:200], now)


def held_text(*, community_id: int, case_id: int, now: datetime) -> HeldText | None:
    """Return the text of a case for the bearer of its link, hidden or not. Two queries."""
    cases = ModerationCase.objects.filter(community_id=community_id, pk=case_id)
    return next(iter(_held(_with_text(cases), now)), None)


def _held(cases: Iterable[ModerationCase], now: datetime) -> list[HeldText]:
    newest: dict[str, ModerationCase] = {}
    for case in cases:
        if case.outcome != CaseOutcome.NONE:
            newest.setdefault(f"{case.idea_id}/{case.comment_id}", case)
    hidings = (
        ModerationDecision.objects.filter(case__in=list(newest.values()), action="hide")
        .select_related("rule")
        .order_by("decided_at", "pk")
    )
    why = {one.case_id: one for one in hidings}
    return [_held_text(case, why[case.pk], now) for case in newest.values() if case.pk in why]


def _held_text(case: ModerationCase, why: ModerationDecision, now: datetime) -> HeldText:
    row = case_row(case, FlagCounts(), now)
    since = case.decided_at or case.opened_at
    fault = rules.fault_of_appeal(
        state=case.state,
        outcome=case.outcome,
        appealed_at=case.appealed_at,
        decided_at=since,
        now=now,
    )
    return HeldText(
        case=case,
        reference=row.reference,
        text=row.text,
        language=row.language,
        is_idea=row.is_idea,
        rule_number=why.rule.number if why.rule else None,
        rule_text=why.rule.text if why.rule else None,
        reason=why.reason,
        decided_at=why.decided_at,
        may_appeal=fault is None,
        until=since + rules.APPEAL_WITHIN,
    )
