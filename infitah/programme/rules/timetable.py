"""Where a dated step of a cycle stands: told by its dates and records, never by a typed state."""

from datetime import date
from enum import StrEnum

SPANS = frozenset({"execution"})  # a period that runs out; nothing is held on a day
EVENTS_WITHOUT_MINUTES = frozenset({"consultation"})  # its own page is its record


class Standing(StrEnum):
    """What may be said of a step on a day."""

    COMING = "coming"
    UNDER_WAY = "under_way"
    HELD = "held"
    NO_RECORD = "no_record"
    OVER = "over"


def standing(
    kind: str, starts_on: date, ends_on: date, *, has_record: bool, today: date
) -> Standing:
    """Return where a step stands today; `ends_on` is its last day.

    A past step was held only if a published record says so; a period that ran out is over, which
    says nothing of its success.
    """
    if today < starts_on:
        return Standing.COMING
    if today <= ends_on and kind in SPANS | EVENTS_WITHOUT_MINUTES:
        return Standing.UNDER_WAY
    if kind in SPANS:
        return Standing.OVER
    if has_record:
        return Standing.HELD
    return Standing.COMING if today <= ends_on else Standing.NO_RECORD
