"""The day that the timetable of a cycle keeps for reading the ideas of its consultation."""

from datetime import date

from infitah.participation.models import Consultation
from infitah.participation.queries.planned import PlannedReading
from infitah.participation.rules import last_day
from infitah.programme.models import TimetableEntry


def planned_reading(consultation: Consultation, *, today: date) -> PlannedReading | None:
    """Return the next meeting of the follow-up committee that is planned after the closing.

    None where the consultation belongs to no cycle, or its timetable plans none. One query.
    """
    planned = TimetableEntry.objects.filter(
        cycle__rounds__consultation=consultation,
        kind=TimetableEntry.Kind.COMMITTEE,
        struck_on=None,
        starts_on__gte=last_day(consultation.closes_at),
        ends_on__gte=today,
    )
    step = planned.order_by("starts_on", "pk").first()
    if step is None:
        return None
    return PlannedReading(step.starts_on, step.precision == TimetableEntry.Precision.DAY)
