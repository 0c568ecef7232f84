"""From legal numbers to due dates of law 31-13 (arts. 16 and 17), and what a changed day moves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from infitah.kernel.calendar import Deadline, Period, WorkingCalendar
from infitah.kernel.localized import LocalizedText

REPLY = "information.reply"
REPLY_EXTENSION = "information.reply_extension"
URGENT_REPLY = "information.urgent_reply"
URGENT_EXTENSION = "information.urgent_extension"


REMEDIES = (
    "information.complaint",
    "information.complaint_answer",
    "information.commission",
    "information.commission_answer",
    "information.court",
)
"""The remedies in the order in which each may follow the one before (arts. 19 to 21)."""


@dataclass(frozen=True, slots=True)
class LegalNumber:
    """A number of a law as a rule reads it: with article, source, and whether it is certain."""

    key: str
    value: int
    unit: str
    law: str
    article: str
    source: str
    is_verified: bool

    @property
    def citation(self) -> str:
        """The law and its article, such as "31-13:16"."""
        return f"{self.law}:{self.article}" if self.article else self.law

    def period(self) -> Period:
        """Return the number as a period. Raises ValueError where its unit is not days."""
        if self.unit == "working_days":
            return Period(self.value, "working", self.citation)
        if self.unit == "calendar_days":
            return Period(self.value, "calendar", self.citation)
        raise ValueError(f"{self.key} is counted in {self.unit}, not in days")


@dataclass(frozen=True, slots=True)
class ReplyDue:
    """A due date of a reply with the rule that it comes from (decisions G32)."""

    deadline: Deadline
    period: Period
    article: str
    source: str
    is_verified: bool

    def as_json(self) -> dict[str, object]:
        """Return the answer of `infitah deadline --json`."""
        rule = {
            "article": self.article,
            "source": self.source,
            "verified": self.is_verified,
            "days": self.period.days,
            "unit": self.period.unit,
        }
        return {**self.deadline.as_json(), "rule": rule}


def keys_of_reply(*, is_urgent: bool, is_extended: bool) -> tuple[str, ...]:
    """Return the keys of the numbers that add up to the period of a reply."""
    first, second = (URGENT_REPLY, URGENT_EXTENSION) if is_urgent else (REPLY, REPLY_EXTENSION)
    return (first, second) if is_extended else (first,)


def reply_due(
    received_on: date, numbers: Iterable[LegalNumber], calendar: WorkingCalendar
) -> ReplyDue:
    """Return the due date of a reply: the numbers added up, counted from the day after receipt.

    Law 31-13, arts. 16 and 17. Raises ValueError if the numbers are of different units.
    """
    parts = list(numbers)
    periods = [part.period() for part in parts]
    if len({period.unit for period in periods}) != 1:
        raise ValueError("a period and its extension are counted in the same unit")
    whole = Period(sum(period.days for period in periods), periods[0].unit, periods[0].article)
    return ReplyDue(
        deadline=calendar.explain(whole, received_on),
        period=whole,
        article=parts[0].citation,
        source=parts[0].source,
        is_verified=all(part.is_verified for part in parts),
    )


def remedies_after(
    last: date, numbers: Iterable[LegalNumber], calendar: WorkingCalendar
) -> list[ReplyDue]:
    """Return the counts of the remedies one after the other, each used on its last day.

    `last` is the last day of the answer, or the day zero of the first of `numbers`. Used earlier,
    the next ones end earlier.
    """
    found: list[ReplyDue] = []
    for number in numbers:
        found.append(reply_due(last, [number], calendar))
        last = found[-1].deadline.due_latest
    return found


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """A change of the days off made `today`: the calendars before and after it.

    `first` to `last`, both included, are the days that it touches.
    """

    before: WorkingCalendar
    after: WorkingCalendar
    first: date
    last: date
    today: date


@dataclass(frozen=True, slots=True)
class DeadlineMove:
    """The last day of a clock that a change of the days off moves.

    `subject` is a reference; `clock` names which clock of it, `label` in words. `before` and
    `after` are the day that binds, `latest_before` and `latest_after` the latest that estimates
    allow (decisions G32): at least one of the two pairs differs.
    """

    subject: str
    clock: str
    label: LocalizedText
    before: date
    after: date
    latest_before: date
    latest_after: date

    @property
    def told(self) -> tuple[date, date]:
        """The day before and after as it is told: the binding one, the latest if that stays."""
        if self.before != self.after:
            return self.before, self.after
        return self.latest_before, self.latest_after
