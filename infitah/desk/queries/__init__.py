"""Reads of the desk: accounts, what waits, what was done."""

from infitah.desk.queries.accounts import (
    AccountRow,
    accounts,
    appointment_of,
    invited_by_address,
    second_factors,
)
from infitah.desk.queries.done import (
    READERS_OF_READINGS,
    Done,
    ReadingPage,
    ReadingRow,
    acts_of,
    readings,
)
from infitah.desk.queries.waiting import (
    SOURCES,
    Heap,
    Source,
    heaps,
    next_acts,
    pressing_acts,
    waiting,
)

__all__ = [
    "READERS_OF_READINGS",
    "SOURCES",
    "AccountRow",
    "Done",
    "Heap",
    "ReadingPage",
    "ReadingRow",
    "Source",
    "accounts",
    "acts_of",
    "appointment_of",
    "heaps",
    "invited_by_address",
    "next_acts",
    "pressing_acts",
    "readings",
    "second_factors",
    "waiting",
]
