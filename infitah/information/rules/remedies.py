"""The remedies ahead (طرق الطعن), each used on its last day: the dates that letters print.

Law 31-13, arts. 19 to 21.
"""

from dataclasses import replace
from datetime import date

from infitah.information.rules.case import Case
from infitah.information.rules.clocks import Clock, ClockName, Law, clocks
from infitah.kernel.calendar import WorkingCalendar

FILED = ((ClockName.HEAD_WINDOW, "head_filed"), (ClockName.CDAI_WINDOW, "cdai_filed"))


def ladder(case: Case, law: Law, calendar: WorkingCalendar) -> dict[ClockName, Clock]:
    """Return every clock of the remedies as if each came on its last day and no body answered.

    What was filed or answered already keeps its day. Without an answer the first window opens by
    silence. No later day is possible for any of them: a remedy used earlier ends the next earlier.
    """
    for window, filed in FILED:
        running = {one.name: one for one in clocks(case, law, calendar, date.max)}
        if window in running and running[window].met_on is None:
            days = replace(case.remedies, **{filed: running[window].ends_on})
            case = replace(case, remedies=days)
    return {one.name: one for one in clocks(case, law, calendar, date.max)}
