"""Composition of a body as data: the gauge says met, not met, or reason published."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Composition(StrEnum):
    """What a composition rule asks."""

    SIZE = "size"
    PARITY = "parity"
    CATEGORY_SHARE = "category_share"
    CATEGORY_SEATS = "category_seats"
    CO_CHAIRS = "co_chairs"


class GaugeState(StrEnum):
    """Whether a composition rule is met."""

    MET = "met"
    NOT_MET = "not_met"
    REASON_PUBLISHED = "reason_published"


@dataclass(frozen=True, slots=True)
class SeatHeld:
    """What a gauge needs to know of a mandate in force."""

    sex: str
    category: str
    role: str


@dataclass(frozen=True, slots=True)
class Gauge:
    """A rule's state with the counts behind it; `wanted` seats of `total`, `found` there."""

    state: GaugeState
    found: int
    wanted: int
    total: int


def _found(kind: Composition, category: str, seats: Sequence[SeatHeld]) -> int:
    if kind == Composition.SIZE:
        return len(seats)
    if kind == Composition.PARITY:
        women = sum(seat.sex == "female" for seat in seats)
        return min(women, len(seats) - women)
    if kind == Composition.CO_CHAIRS:
        return len({seat.category for seat in seats if seat.role == "co_coordinator"})
    return sum(seat.category == category for seat in seats)


def _wanted(kind: Composition, amount: int, total: int) -> int:
    if kind == Composition.PARITY:
        return total // 2
    if kind == Composition.CATEGORY_SHARE:
        return -(-total * amount // 100)  # a share is rounded up: half of five is three
    return amount


def gauge(
    kind: Composition, *, amount: int, category: str, seats: Sequence[SeatHeld], has_reason: bool
) -> Gauge:
    """Return the gauge of one rule over the seats held today.

    `amount` is a number of seats, or a percentage for CATEGORY_SHARE; PARITY ignores it. An empty
    body meets nothing.
    """
    found, wanted = _found(kind, category, seats), _wanted(kind, amount, len(seats))
    if seats and found >= wanted:
        state = GaugeState.MET
    else:
        state = GaugeState.REASON_PUBLISHED if has_reason else GaugeState.NOT_MET
    return Gauge(state, found, wanted, len(seats))
