"""Legal periods and working days (أيام العمل / jours ouvrables), with an account of every day.

Decree 2-05-916 of 20 July 2005 (weekend, exceptional closures) and decree 2-77-169 of
28 February 1977 (days off); law 31-13, arts. 16 and 17, for the periods counted so.
No clock, no database: the list of days off comes in as values.
"""

from infitah.kernel.calendar.deadline import DayCount, Deadline
from infitah.kernel.calendar.holiday import Holiday, HolidayKind, HolidayStatus
from infitah.kernel.calendar.period import DAY, Period, Unit
from infitah.kernel.calendar.working import WEEKEND, CalendarKind, WorkingCalendar

__all__ = [
    "DAY",
    "WEEKEND",
    "CalendarKind",
    "DayCount",
    "Deadline",
    "Holiday",
    "HolidayKind",
    "HolidayStatus",
    "Period",
    "Unit",
    "WorkingCalendar",
]
