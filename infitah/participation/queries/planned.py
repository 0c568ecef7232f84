"""When the ideas of a consultation are to be read; the app that plans it tells by registration."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from infitah.participation.models import Consultation


@dataclass(frozen=True, slots=True)
class PlannedReading:
    """The day on which a committee is to read ideas, or the month where no day is said yet."""

    starts_on: date
    is_to_the_day: bool


FindReading = Callable[[Consultation], PlannedReading | None]
READINGS: Final[list[FindReading]] = []


def register_planned_reading(find: FindReading) -> None:
    """Have `find(consultation)` tell when its ideas are to be read, None where it knows of none."""
    if find not in READINGS:
        READINGS.append(find)


def planned_reading(consultation: Consultation) -> PlannedReading | None:
    """Return the first day planned for reading its ideas. One query for each app that plans."""
    found = [one for find in READINGS if (one := find(consultation)) is not None]
    return min(found, key=lambda one: one.starts_on, default=None)
