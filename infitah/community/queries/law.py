"""Legal numbers on a day, the working calendar, and due dates (law.md 1.4 and 4)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from infitah.community.models import CalendarDay, CalendarVersion, Community, RuleValue
from infitah.community.rules import deadlines, shipped
from infitah.community.rules.deadlines import LegalNumber, ReplyDue
from infitah.kernel import holidays_ma
from infitah.kernel.calendar import (
    CalendarKind,
    Holiday,
    HolidayKind,
    HolidayStatus,
    Period,
    WorkingCalendar,
)
from infitah.kernel.localized import LocalizedText


class RuleMissing(LookupError):
    """The community has no such legal number on that day; `infitah doctor` names the remedy."""


def _number(value: RuleValue) -> LegalNumber:
    return LegalNumber(
        key=value.key,
        value=value.value,
        unit=value.unit,
        law=value.rule_set.law,
        article=value.article,
        source=value.source,
        is_verified=value.is_verified,
    )


def rules(community: Community, keys: Iterable[str], on: date) -> list[LegalNumber]:
    """Return the legal numbers of `keys` that hold on `on`, in order. One query.

    Raises RuleMissing for the first that does not exist on that day.
    """
    wanted = list(keys)
    rows = RuleValue.objects.of(community).on(on).filter(key__in=wanted).select_related("rule_set")
    found = {row.key: row for row in rows}
    for key in wanted:
        if key not in found:
            raise RuleMissing(f"{community.key}: {key} on {on.isoformat()}")
    return [_number(found[key]) for key in wanted]


class NumbersByDay:
    """The legal numbers of `keys` with all their dates, read once to be asked for many days."""

    def __init__(self, community: Community, keys: Iterable[str]) -> None:
        """Read them. One query."""
        self._community, self._keys = community, tuple(keys)
        rows = RuleValue.objects.of(community).filter(key__in=self._keys)
        self._rows = list(rows.select_related("rule_set"))
        self._known: dict[date, dict[str, LegalNumber]] = {}

    def on(self, day: date) -> dict[str, LegalNumber]:
        """Return the numbers that hold on `day` by key. No query. Raises RuleMissing."""
        if day not in self._known:
            self._known[day] = self._on(day)
        return self._known[day]

    def _on(self, day: date) -> dict[str, LegalNumber]:
        held = [row for row in self._rows if row.holds_on(day)]
        found = {row.key: _number(row) for row in held}
        for key in self._keys:
            if key not in found:
                raise RuleMissing(f"{self._community.key}: {key} on {day.isoformat()}")
        return found


def rule(community: Community, key: str, on: date) -> LegalNumber:
    """Return the legal number `key` that holds on `on`: the day of receipt of a case. One query.

    Raises RuleMissing.
    """
    return rules(community, [key], on)[0]


def period(community: Community, key: str, on: date) -> Period:
    """Return the legal number `key` as a period of days. One query. Raises RuleMissing."""
    return rule(community, key, on).period()


def version_of(community: Community) -> int:
    """Return the number of the present version of the calendar, 0 before the first. One query."""
    last = CalendarVersion.objects.of(community).order_by("-number")
    return last.values_list("number", flat=True).first() or 0


@dataclass(frozen=True, slots=True)
class Changed:
    """How often something changed since it was first known, and when the last time."""

    at: datetime
    times: int = 0


def changes_of_days_off(community: Community) -> dict[str, Changed]:
    """Return how each occasion (a day or a feast) changed; under "" the whole calendar. One query.

    What is not named never changed since the calendar began.
    """
    whole = Changed(datetime(2019, 3, 12, tzinfo=UTC), -1)
    found: dict[str, Changed] = {}
    for row in CalendarVersion.objects.of(community).order_by("number"):
        whole = Changed(row.changed_at, whole.times + 1)
        before = found.get(row.occasion)
        found[row.occasion] = Changed(row.changed_at, before.times + 1 if before else 1)
    return found | {"": whole}


def holidays_of(days: Iterable[CalendarDay]) -> Iterator[Holiday]:
    """Yield the days as a calendar takes them: a moved feast also with its computed date."""
    for day in days:
        group = day.feast or day.occasion
        kind, status = HolidayKind(day.kind), HolidayStatus(day.status)
        if day.estimated_on is not None and status is HolidayStatus.CONFIRMED:
            yield Holiday(
                day.estimated_on, day.name, kind, HolidayStatus.ESTIMATED, group, day.source
            )
        yield Holiday(day.date, day.name, kind, status, group, day.source)


def calendar_of(
    days: Iterable[CalendarDay], *, kind: CalendarKind = "official", version: str = ""
) -> WorkingCalendar:
    """Return the working calendar of these days; no query."""
    return WorkingCalendar(tuple(holidays_of(days)), kind=kind, version=version)


def calendar(community: Community, *, kind: CalendarKind = "official") -> WorkingCalendar:
    """Return the working calendar of a community with its version, such as "SFR-7". Two queries."""
    version = f"{community.key}-{version_of(community)}"
    return calendar_of(CalendarDay.objects.of(community), kind=kind, version=version)


def sources_of_days_off(
    community: Community, first: date, last: date
) -> dict[date, str | LocalizedText]:
    """Return where each day off from `first` to `last`, both included, is announced. One query."""
    days = CalendarDay.objects.of(community).filter(date__range=(first, last))
    told = days.exclude(source="").values_list("date", "source")
    return {day: shipped.source_words(source) for day, source in told}


def deadline(
    community: Community,
    *,
    received: date,
    urgent: bool = False,
    extended: bool = False,
    kind: CalendarKind = "official",
) -> ReplyDue:
    """Return the due date of a reply to a request received on `received`, day by day.

    Law 31-13, arts. 16 and 17, by the numbers that held on the day of receipt. Three queries.
    Raises RuleMissing.
    """
    keys = deadlines.keys_of_reply(is_urgent=urgent, is_extended=extended)
    return deadlines.reply_due(
        received, rules(community, keys, received), calendar(community, kind=kind)
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """A count with the name of its rule; `length` in the language of the page."""

    key: str
    code: str
    label: LocalizedText
    due: ReplyDue
    length: str


def counts_from(
    community: Community, first: str, start: date, keys: Sequence[str] = deadlines.REMEDIES
) -> list[Counted]:
    """Return the remedies from `first` on, counted from day zero `start`, one after the other.

    Law 31-13, arts. 19 to 21, by the numbers that hold on `start`. Three queries. Raises
    RuleMissing.
    """
    wanted = keys[keys.index(first) :]
    held = RuleValue.objects.of(community).on(start).filter(key__in=wanted)
    rows = {row.key: row for row in held.select_related("rule_set")}
    for key in wanted:
        if key not in rows:
            raise RuleMissing(f"{community.key}: {key} on {start.isoformat()}")
    numbers = [_number(rows[key]) for key in wanted]
    found = deadlines.remedies_after(start, numbers, calendar(community))
    return [
        Counted(key, rows[key].code, rows[key].label, due, rows[key].in_words)
        for key, due in zip(wanted, found, strict=True)
    ]


def shipped_deadline(
    *,
    received: date,
    urgent: bool = False,
    extended: bool = False,
    kind: CalendarKind = "official",
) -> ReplyDue:
    """Return the same from the data that ship with the product, without a database."""
    law = next(law for law in shipped.laws("commune", 0) if law.law == "31-13")
    values = {value.key: value for value in law.values}
    numbers = [
        LegalNumber(
            key,
            values[key].value,
            values[key].unit,
            law.law,
            values[key].article,
            values[key].source.ar,
            values[key].mark == RuleValue.Mark.CHECKED,
        )
        for key in deadlines.keys_of_reply(is_urgent=urgent, is_extended=extended)
    ]
    days = WorkingCalendar(holidays_ma.holidays(), kind=kind, version="shipped")
    return deadlines.reply_due(received, numbers, days)
