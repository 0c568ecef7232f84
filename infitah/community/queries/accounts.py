"""The account of a count in words, a line a day: shared by the calculator and by what runs.

Each day off says where it is announced; the last day says that it is the last.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.community.models.law import amount_in_words
from infitah.community.queries.law import sources_of_days_off
from infitah.community.rules.deadlines import ReplyDue
from infitah.design.direction import localized
from infitah.design.parts import Text
from infitah.design.text import filled
from infitah.kernel.calendar import DayCount, Deadline

OFF = frozenset({"holiday", "closure"})


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of a count: in words, with its number, where a day off is announced, its state.

    `state` is start, counted, off or estimated; `ends` marks the last day.
    """

    on: date
    words: SafeString
    number: str
    state: str
    estimated: bool = False
    source: Text = ""
    ends: bool = False

    @property
    def has_two_numbers(self) -> bool:
        """Whether the office and the citizen count this day with different numbers."""
        return "/" in self.number


def account(community: Community, due: ReplyDue, *, zero: str = "") -> list[DayLine]:
    """Return one line a day of the count, up to the latest possible day. One query.

    `zero` says what the day before the first is, in the language of the page: the receipt, unless
    said otherwise.
    """
    days = due.deadline.days
    sources = sources_of_days_off(community, days[0].day, days[-1].day)
    return lines(due.deadline, sources, due.deadline.due, zero)


def lines(
    deadline: Deadline, sources: Mapping[date, Text], ends_on: date, zero: str = ""
) -> list[DayLine]:
    """Return one line a day of a count whose days off are announced by `sources`. No query.

    `ends_on` is the day marked as the last one.
    """
    return [_line(day, deadline, sources, ends_on, zero) for day in deadline.days]


def length_of(due: ReplyDue) -> str:
    """Return how long a count is, in the language of the page: "20 working days". No query."""
    return amount_in_words(due.period.days, f"{due.period.unit}_days")


def _line(
    day: DayCount, deadline: Deadline, sources: Mapping[date, Text], ends_on: date, zero: str
) -> DayLine:
    words = _words(day, zero or _("day of receipt, not counted"))
    if day.day == ends_on:
        words = filled(_("%(words)s, and this is the last day"), words=words)
    elif day.day == deadline.due_latest:
        words = filled(_("%(words)s, the last day at the latest"), words=words)
    return DayLine(
        on=day.day,
        words=words,
        number=_number(day),
        state=_state(day),
        estimated=day.uncertain,
        source=sources.get(day.day, "") if day.why in OFF or day.uncertain else "",
        ends=day.day == ends_on,
    )


def _words(day: DayCount, zero: str) -> SafeString:
    if day.name is not None and day.why in OFF:
        return filled(_("%(name)s: a day off, not counted"), name=localized(day.name))
    plain = {
        "received": zero,
        "weekend": _("weekend, not counted"),
        "working": _("working day %(number)s"),
        "calendar": _("day %(number)s"),
    }
    number = day.number if day.number is not None else day.number_latest
    words = localized(plain[day.why] % {"number": number or ""})
    if day.name is None:
        return words
    return filled(_("%(words)s (%(name)s)"), words=words, name=localized(day.name))


def _number(day: DayCount) -> str:
    """Return the number of a day; both where the office and the citizen count it differently."""
    told = [str(one) for one in (day.number, day.number_latest) if one is not None]
    return " / ".join(dict.fromkeys(told))


def _state(day: DayCount) -> str:
    if day.why == "received":
        return "start"
    if day.uncertain:
        return "estimated"
    return "counted" if day.why in {"working", "calendar"} else "off"
