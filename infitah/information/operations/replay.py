"""Replaying the acts of requests: whether the columns that lists read still say what they give.

Nothing but an act changes where a request stands; a difference is a fault, or a hand in the tables.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import F, Q, QuerySet

from infitah.community.models import Community
from infitah.community.queries import calendar
from infitah.community.queries.law import NumbersByDay
from infitah.core.clock import local_day
from infitah.core.operations import bump
from infitah.information.models import InformationRequest
from infitah.information.operations.casework import KIND, NUMBERS, standing_in
from infitah.information.operations.projection import Columns, Values, cases_of, values_of

SAMPLE: Final = 1000
PIECE: Final = 500
PROJECTED: Final = (
    *("phase", "remedy", "outcome", "due_on", "due_latest", "reply_due_on", "silent_from"),
    *("is_urgent", "is_extended", "decided_on", "delivered_on", "published_on", "deferred_until"),
    *("turn", "answered_on", "working_days", "turn_by", "refresh_on"),
)
"""Every column that is projected from the acts."""


@dataclass(frozen=True, slots=True)
class Replay:
    """How many requests were replayed, of how many, and which differ from their columns."""

    looked: int
    total: int
    differing: tuple[str, ...]


def replay(*, now: datetime, sample: int = SAMPLE) -> Replay:
    """Return which requests stand otherwise than their acts say; nothing is written.

    The newest `sample` are looked at, and of the others one in so many, another share each day, so
    that all are seen in turn. Those that the daily refresh has not reached yet are left out.
    """
    today = local_day(now)
    requests = InformationRequest.objects.filter(Q(refresh_on=None) | Q(refresh_on__gt=today))
    total = requests.count()
    newest = list(requests.order_by("-pk").values_list("pk", flat=True)[:sample])
    keys = [*newest, *_share(requests, newest, total - len(newest), sample, today)]
    differing = [one.reference for one in _differing(keys, today)]
    return Replay(len(keys), total, tuple(differing))


@transaction.atomic
def recount(*, now: datetime) -> int:
    """Write into every request's columns what its acts give today; return how many differed."""
    today = local_day(now)
    rows = InformationRequest.objects.select_for_update().order_by("pk")
    columns, changed = Columns(PROJECTED), 0
    for one in _differing(list(rows.values_list("pk", flat=True)), today):
        columns.set(one.key, one.values)
        changed += 1
    columns.write(changed_at=now)
    for key in Community.objects.values_list("key", flat=True) if changed else ():
        bump(key, KIND)
    return changed


def _share(
    requests: QuerySet[InformationRequest],
    newest: Sequence[int],
    rest: int,
    sample: int,
    today: date,
) -> list[int]:
    if rest <= 0:
        return []
    every = -(-rest // sample)
    older = requests.filter(pk__lt=newest[-1]).annotate(share=F("pk") % every)
    return list(older.filter(share=today.toordinal() % every).values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class _Differing:
    key: int
    reference: str
    values: Values


def _differing(keys: Sequence[int], today: date) -> Iterator[_Differing]:
    """Yield each request whose columns differ, with the values that they should have."""
    for start in range(0, len(keys), PIECE):
        some = InformationRequest.objects.filter(pk__in=keys[start : start + PIECE])
        here = set(some.values_list("community", flat=True))
        for community in Community.objects.filter(pk__in=here):
            yield from _of_community(some.filter(community=community), community, today)


def _of_community(
    some: QuerySet[InformationRequest], community: Community, today: date
) -> Iterator[_Differing]:
    law, days = NumbersByDay(community, NUMBERS), calendar(community)
    stored = {row[0]: row for row in some.values_list("pk", "reference", *PROJECTED)}
    for key, case in cases_of(some):
        standing = standing_in(case, law.on(case.received_on), days, today)
        right = values_of(standing, PROJECTED)
        if stored[key][2:] != right:
            yield _Differing(key, stored[key][1], right)
