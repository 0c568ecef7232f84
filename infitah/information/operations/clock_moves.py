"""Days off that move the clocks of requests: planned with the change, written inside its act.

Law.md 4; information.md 8 (CALENDAR_CHANGED). Every running clock is counted anew from the acts of
its request; every move of one is a row, which the worker then tells to both sides.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models import Q, QuerySet

from infitah.community.models import Community
from infitah.community.queries.law import NumbersByDay
from infitah.community.rules.deadlines import CalendarChange, DeadlineMove
from infitah.information import rules
from infitah.information.models import ClockMove, InformationRequest
from infitah.information.operations.casework import KIND, NUMBERS, standing_in
from infitah.information.operations.projection import (
    FOLLOWED,
    PIECE,
    Columns,
    Values,
    cases_of,
    values_of,
)
from infitah.information.rules.labels import CLOCK_LABELS
from infitah.information.rules.moves import Move, moved

REACH: Final = timedelta(days=200)
"""More days than all remedies of law 31-13 take one after the other (arts. 19 to 21)."""

LOOK_AGAIN: Final = FOLLOWED.index("refresh_on")


@dataclass(frozen=True, slots=True)
class _Count:
    """What a change makes of all requests that stand alike: new columns, moves of clocks."""

    values: Values
    moves: tuple[Move, ...]


@dataclass(slots=True)
class RequestPlan:
    """What a change of the days off moves of a community's requests."""

    community: Community
    version: str
    moves: list[DeadlineMove] = field(default_factory=list)
    rows: list[ClockMove] = field(default_factory=list)
    columns: Columns = field(default_factory=Columns)
    kinds: tuple[str, ...] = (KIND,)

    def carry_out(self, now: datetime) -> None:
        """Write the new columns and a row for each move; the worker tells of them afterwards."""
        self.columns.write(changed_at=now)
        for row in self.rows:
            row.moved_at = now
        ClockMove.objects.bulk_create(self.rows, batch_size=PIECE)


class RequestClocks:
    """The clocks of requests for information, as `community` asks for them."""

    def plan(self, community: Community, change: CalendarChange) -> RequestPlan:
        """Return what `change` moves, without writing. Three queries, however many requests.

        Inside a transaction the requests are held until it ends.
        """
        plan = RequestPlan(community, change.after.version)
        requests = touched(community, change)
        held = requests.order_by("pk")
        if connection.in_atomic_block:
            held = held.select_for_update(no_key=True)
        stored = {row[0]: row for row in held.values_list("pk", "reference", *FOLLOWED)}
        law = NumbersByDay(community, NUMBERS)
        known: dict[rules.Case, _Count] = {}
        for key, case in cases_of(requests):
            if key not in stored:
                continue  # it came in this very moment: `refresh.count_again` looks at it
            count = known.get(case)
            if count is None:
                count = known[case] = _counted(case, law, change)
            _add(plan, stored[key], count)
        return plan


def touched(community: Community, change: CalendarChange) -> QuerySet[InformationRequest]:
    """Return the requests whose clocks may run over the days that `change` touches; some more."""
    since = change.first - REACH
    return InformationRequest.objects.of(community).filter(
        Q(reply_due_on__gte=since)
        | Q(due_latest__gte=since)
        | Q(answered_on__gte=since)
        | Q(turn_by__gte=change.first)
        | Q(refresh_on__isnull=False),
        received_on__lt=change.last,
    )


def _counted(case: rules.Case, law: NumbersByDay, change: CalendarChange) -> _Count:
    numbers = law.on(case.received_on)
    before = standing_in(case, numbers, change.before, change.today)
    after = standing_in(case, numbers, change.after, change.today)
    moves = moved(case, before.clocks, after.clocks, change.today)
    values = values_of(after)
    if moves:
        # The daily refresh looks at once: by a moved day an answer may have become late today.
        values = (*values[:LOOK_AGAIN], change.today, *values[LOOK_AGAIN + 1 :])
    return _Count(values, moves)


def _add(plan: RequestPlan, stored: Sequence[object], count: _Count) -> None:
    key, reference = int(str(stored[0])), str(stored[1])
    if tuple(stored[2:]) != count.values:
        plan.columns.set(key, count.values)
    for one in count.moves:
        days = (one.before, one.after, one.latest_before, one.latest_after)
        plan.moves.append(DeadlineMove(reference, one.name, CLOCK_LABELS[one.name], *days))
        plan.rows.append(_row(plan, key, one))


def _row(plan: RequestPlan, key: int, one: Move) -> ClockMove:
    return ClockMove(
        community=plan.community,
        request_id=key,
        clock=one.name,
        before=one.before,
        after=one.after,
        latest_before=one.latest_before,
        latest_after=one.latest_after,
        calendar_version=plan.version,
    )


CLOCKS: Final = RequestClocks()
