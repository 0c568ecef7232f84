"""The statutory clocks of a request (الآجال القانونية): what runs, since when, until which day.

Law 31-13, arts. 16, 17, 19, 20 and 21. A clock never stops silently: asking for clarification or
consulting a third party changes none. The office is bound by the earlier day of an uncertain
calendar, the citizen protected by the later one (decisions G32).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from infitah.community.rules.deadlines import LegalNumber, ReplyDue, keys_of_reply, reply_due
from infitah.information.rules.case import ENDED, Case
from infitah.kernel.calendar import WorkingCalendar

DAY = timedelta(days=1)
REMINDED = 5
"""So many days before a last day people are told that it comes."""


class ClockName(StrEnum):
    """The clocks, in the order in which they follow one another."""

    REPLY = "reply"  # D1, D2, D4, D5: arts. 16 and 17
    HEAD_WINDOW = "head_window"  # D6: art. 19
    HEAD_REPLY = "head_reply"  # D7: art. 19
    CDAI_WINDOW = "cdai_window"  # D8: art. 20
    CDAI_REPLY = "cdai_reply"  # D9: art. 20
    COURT_WINDOW = "court_window"  # D10: art. 21


KEYS: Mapping[ClockName, str] = {
    ClockName.HEAD_WINDOW: "information.complaint",
    ClockName.HEAD_REPLY: "information.complaint_answer",
    ClockName.CDAI_WINDOW: "information.commission",
    ClockName.CDAI_REPLY: "information.commission_answer",
    ClockName.COURT_WINDOW: "information.court",
}
CITIZENS = frozenset({ClockName.HEAD_WINDOW, ClockName.CDAI_WINDOW, ClockName.COURT_WINDOW})
Law = Mapping[str, LegalNumber]
"""The legal numbers in force on the day of receipt, by key; a request keeps those of its day."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock: day zero, the account of its days, and when it was stopped by the act it awaits.

    `ends_on` is the day that counts for whom it binds: the earlier one for the office, the later
    one for the citizen. `told` is the latest day that the citizen was told, where a change of the
    calendar took it back: a window told ends no earlier.
    """

    name: ClockName
    due: ReplyDue
    met_on: date | None = None
    told: date | None = None

    @property
    def starts_on(self) -> date:
        return self.due.deadline.received

    @property
    def ends_on(self) -> date:
        deadline = self.due.deadline
        if self.name not in CITIZENS:
            return deadline.due
        return max(deadline.due_latest, self.told or deadline.due_latest)

    @property
    def last(self) -> date:
        """The last day on which the act certainly is in time."""
        return max(self.ends_on, self.due.deadline.due_latest)

    @property
    def is_kept(self) -> bool:
        """Whether the act came in time; False while it has not come."""
        return self.met_on is not None and self.met_on <= self.last

    def is_over(self, today: date) -> bool:
        """Whether the last day has certainly passed without the act."""
        return self.met_on is None and today > self.last


def reply_clock(case: Case, law: Law, calendar: WorkingCalendar) -> Clock:
    """Return the clock of the answer that is owed or stands, extended once at most.

    Counted from the receipt. Of a case that was opened again, the new answer has the same period,
    counted from that day: the law sets none of its own for it (to verify), and a period that was
    kept is not told to be over.
    """
    keys = keys_of_reply(is_urgent=case.is_urgent, is_extended=case.is_extended_now)
    due = reply_due(case.counts_from, [law[key] for key in keys], calendar)
    return Clock(ClockName.REPLY, due, case.delivered_on)


def first_reply_clock(case: Case, law: Law, calendar: WorkingCalendar) -> Clock:
    """Return the clock of the first answer, which a case that is opened again keeps."""
    keys = keys_of_reply(is_urgent=case.is_urgent, is_extended=case.extended_in == 1)
    due = reply_due(case.received_on, [law[key] for key in keys], calendar)
    return Clock(ClockName.REPLY, due, case.answered_on)


def clocks(
    case: Case,
    law: Law,
    calendar: WorkingCalendar,
    today: date,
    told: Mapping[ClockName, date] = MappingProxyType({}),
) -> tuple[Clock, ...]:
    """Return every clock that runs or ran by `today`, in the order of the remedies.

    The reply's clock always; a window opens by an answer or by silence; a body's clock by the
    complaint to it. Of a request that was withdrawn or passed on only the first. `told` gives
    until when windows were said to be open (`windows_told`).
    """
    return tuple(_clocks(case, law, calendar, today, told))


def _clocks(
    case: Case, law: Law, calendar: WorkingCalendar, today: date, told: Mapping[ClockName, date]
) -> Iterator[Clock]:
    def run(name: ClockName, start: date, met_on: date | None) -> Clock:
        due = reply_due(start, [law[KEYS[name]]], calendar)
        return Clock(name, due, met_on, told.get(name))

    reply = reply_clock(case, law, calendar)
    yield reply
    if case.phase in ENDED:
        return
    days = case.remedies
    start = opens_on(case.delivered_on, reply, today)
    for window, answer, filed_on, ruled_on in (
        (ClockName.HEAD_WINDOW, ClockName.HEAD_REPLY, days.head_filed, days.head_ruled),
        (ClockName.CDAI_WINDOW, ClockName.CDAI_REPLY, days.cdai_filed, days.cdai_ruled),
    ):
        if start is not None:
            yield run(window, start, filed_on)
        if filed_on is None:
            return
        # What was filed stays filed, even where a closure told later closes its window again.
        body = run(answer, filed_on, ruled_on)
        yield body
        start = opens_on(ruled_on, body, today)
    if start is not None:
        yield run(ClockName.COURT_WINDOW, start, days.court_filed)


def complaint_ahead(
    case: Case, law: Law, calendar: WorkingCalendar, reply: Clock, today: date
) -> Clock | None:
    """Return the window of the complaint as it opens if no answer comes, while one may still come.

    None once the days are over, and where no answer is owed (law 31-13, art. 19).
    """
    if not case.is_unanswered or today > reply.last:
        return None
    silent = clocks(case, law, calendar, reply.last + DAY)
    return next((one for one in silent if one.name is ClockName.HEAD_WINDOW), None)


def opens_on(answered_on: date | None, clock: Clock, today: date) -> date | None:
    """Return day zero of the window after `clock`: the answer, else the last day of silence.

    None while the body may still answer in time. An answer after that day opens no second window:
    the citizen's one runs from the silence (law 31-13, arts. 19 to 21).
    """
    last = clock.due.deadline.due_latest
    if answered_on is not None and answered_on <= last:
        return answered_on
    if today > last:
        return last
    return None


def silent_since(case: Case, reply: Clock, today: date) -> date | None:
    """Return the day from which silence is a refusal (رفض ضمني): the day after the last, or None.

    A later answer is still owed, and ends the silence when it is delivered.
    """
    last = reply.due.deadline.due_latest
    return last + DAY if case.is_unanswered and today > last else None


def next_change(case: Case, clocks_of: tuple[Clock, ...], today: date) -> date | None:
    """Return the next day on which the calendar alone asks to look at a request, or None.

    The day after the last of a clock that waits, or after a deferral, and the days on which the
    last one is called to mind: that day itself and `REMINDED` days before it.
    """
    days = []
    for one in clocks_of:
        if one.met_on is None:
            last = one.due.deadline.due_latest
            days += [last - REMINDED * DAY, last, last + DAY]
    if case.deferred_until is not None:
        days.append(case.deferred_until + DAY)
    return min((day for day in days if day > today), default=None)


def window_open(clocks_of: tuple[Clock, ...], name: ClockName, on: date) -> bool:
    """Return whether the citizen may still use a window on a day."""
    return any(
        clock.name is name and clock.met_on is None and clock.starts_on <= on <= clock.ends_on
        for clock in clocks_of
    )


def working_days_taken(case: Case, calendar: WorkingCalendar) -> int | None:
    """Return the working days from receipt to the first answer, receipt being 0; None if none.

    Independent of the law's period: counts what the citizen waited.
    """
    if case.answered_on is None:
        return None
    length = (case.answered_on - case.received_on).days
    days = (case.received_on + timedelta(days=n) for n in range(1, length + 1))
    return sum(calendar.is_working(day) for day in days)
