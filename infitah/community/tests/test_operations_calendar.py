"""Days off: confirming, moving, cancelling, closing, and the clocks that they move."""

import csv
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from infitah.community import operations, queries
from infitah.community.models import CalendarDay, CalendarVersion
from infitah.community.operations import calendar as acts
from infitah.community.rules.deadlines import DeadlineMove
from infitah.core.models import Outbox
from infitah.core.queries import generations
from infitah.core.viewer import Actor
from infitah.kernel.calendar import Period
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
BY = Actor("officer", "admin", "administrator")
SOURCE = "وزارة الأوقاف والشؤون الإسلامية، 8 مارس 2027"
NAME = LocalizedText(ar="إغلاق استثنائي", fr="Fermeture exceptionnelle")
VECTORS = Path(__file__).parent / "data" / "deadline_vectors.csv"


def vectors():
    with VECTORS.open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["holidays_source"] != "estimated+1"]


RECEIVED = date(2027, 2, 22)
REPLY = Period(20, "working", "31-13:16")


@dataclass
class Plan:
    """What a change moves of one request, as an upper app plans it."""

    moves: list[DeadlineMove]
    carried_out: list[DeadlineMove]
    kinds: tuple[str, ...] = ("requests",)

    def carry_out(self, now):
        self.carried_out.extend(self.moves)


@dataclass
class Requests:
    """A clock source as an upper app registers it: one request of the province."""

    moved: list[DeadlineMove] = field(default_factory=list)

    def plan(self, community, change):
        before, after = (each.explain(REPLY, RECEIVED) for each in (change.before, change.after))
        label = LocalizedText(ar="الرد على طلب")
        move = DeadlineMove(
            *("SFR-2027-R-0001", "reply", label),
            *(before.due, after.due, before.due_latest, after.due_latest),
        )
        moves = community.key == "SFR" and move.told[0] != move.told[1]
        return Plan([move] if moves else [], self.moved)


@pytest.fixture
def requests(monkeypatch):
    source = Requests()
    monkeypatch.setattr(acts, "_SOURCES", [])
    operations.register_clock(source)
    operations.register_clock(source)
    return source


def day(sefrou, occasion="fitr-2027-1"):
    return CalendarDay.objects.of(sefrou.province).get(occasion=occasion)


@pytest.mark.parametrize("row", vectors(), ids=lambda row: "-".join(row.values()))
def test_the_seeded_calendar_meets_the_vectors(sefrou, row):
    """Law 31-13, arts. 16 and 17; law.md 4.2, by the records of a community."""
    due = queries.deadline(
        sefrou.province,
        received=date.fromisoformat(row["received"]),
        urgent=row["urgent"] == "yes",
        extended=row["extended"] == "yes",
        kind=row["holidays_source"],
    )
    assert due.deadline.due == date.fromisoformat(row["due"])


def test_confirming_one_day_confirms_its_feast(sefrou, requests):
    moved = operations.confirm_day(
        day=day(sefrou), on=date(2027, 3, 9), source=SOURCE, by=BY, now=NOW
    )
    feast = CalendarDay.objects.of(sefrou.province).filter(feast="fitr-2027")
    assert {(each.date, each.status, each.source) for each in feast} == {
        (date(2027, 3, 9), "confirmed", SOURCE),
        (date(2027, 3, 10), "confirmed", SOURCE),
    }
    assert moved == requests.moved
    assert Entry.objects.get().act == "community.day_confirmed"


def test_moving_a_feast_into_the_weekend_moves_the_clocks(sefrou, requests):
    operations.confirm_day(day=day(sefrou), on=date(2027, 3, 9), source=SOURCE, by=BY, now=NOW)
    moved = operations.confirm_day(
        day=day(sefrou), on=date(2027, 3, 12), source=SOURCE, by=BY, now=NOW
    )
    assert [(m.subject, m.before, m.after) for m in moved] == [
        ("SFR-2027-R-0001", date(2027, 3, 24), date(2027, 3, 23))
    ]
    assert moved[0] in requests.moved
    version = CalendarVersion.objects.of(sefrou.province).first()
    assert (version.number, version.change, version.moved_deadlines) == (3, "moved", 1)
    assert queries.calendar(sefrou.province).version == "SFR-3"
    assert Outbox.objects.filter(kind="community.calendar_changed").count() == 2
    assert generations("SFR")["calendar"] == generations("SFR")["requests"] == 2
    public = Entry.objects.filter(act="community.day_moved").get().facts.public
    assert [list(each) for each in public["moved"]] == [
        ["SFR-2027-R-0001", "reply", "2027-03-24", "2027-03-23"]
    ]


def test_what_would_move_is_seen_before_and_nothing_is_written(sefrou, requests):
    change = acts.closure(sefrou.province, on=date(2027, 3, 8), name=NAME, source=SOURCE)
    seen = operations.preview_change(sefrou.province, change, today=date(2027, 3, 1))
    assert [move.subject for move in seen.moved] == ["SFR-2027-R-0001"]
    assert seen.example_after.deadline.due > seen.example_before.deadline.due
    assert CalendarVersion.objects.of(sefrou.province).count() == 1
    assert requests.moved == []


def test_another_community_keeps_its_days(sefrou, requests):
    operations.confirm_day(day=day(sefrou), on=date(2027, 3, 10), source=SOURCE, by=BY, now=NOW)
    theirs = CalendarDay.objects.of(sefrou.other).get(occasion="fitr-2027-1")
    assert (theirs.date, theirs.status) == (date(2027, 3, 9), "estimated")


@pytest.mark.parametrize(
    ("on", "source", "field"),
    [(date(2027, 3, 10), "", "source"), (date(2027, 6, 1), SOURCE, "date")],
)
def test_a_confirmation_that_cannot_be_is_refused(sefrou, on, source, field):
    with pytest.raises(operations.CalendarRefused) as refused:
        operations.confirm_day(day=day(sefrou), on=on, source=source, by=BY, now=NOW)
    assert refused.value.field == field


def test_a_day_is_confirmed_once_on_a_date(sefrou):
    asked = {"on": date(2027, 3, 9), "source": SOURCE, "by": BY, "now": NOW}
    operations.confirm_day(day=day(sefrou), **asked)
    with pytest.raises(operations.CalendarRefused):
        operations.confirm_day(day=day(sefrou), **asked)


def test_a_cancelled_day_is_a_working_day(sefrou):
    occasion = "fixed-2027-11-18"
    operations.cancel_day(day=day(sefrou, occasion), source=SOURCE, by=BY, now=NOW)
    assert queries.calendar(sefrou.province).is_working(date(2027, 11, 18))
    for source in (SOURCE, ""):
        with pytest.raises(operations.CalendarRefused):
            operations.cancel_day(day=day(sefrou, occasion), source=source, by=BY, now=NOW)
    with pytest.raises(operations.CalendarRefused):
        operations.confirm_day(
            day=day(sefrou, occasion), on=date(2027, 11, 18), source=SOURCE, by=BY, now=NOW
        )


def test_a_day_that_passed_is_not_cancelled(sefrou):
    with pytest.raises(operations.CalendarRefused):
        operations.cancel_day(day=day(sefrou, "fixed-2027-01-11"), source=SOURCE, by=BY, now=NOW)


def test_a_missed_closure_may_be_added_afterwards(sefrou):
    """A missed closure never makes an officer late (law.md 4)."""
    asked = {"community": sefrou.province, "name": NAME, "source": SOURCE, "by": BY, "now": NOW}
    before = queries.deadline(sefrou.province, received=date(2027, 2, 1)).deadline.due
    operations.add_closure(on=date(2027, 2, 22), **asked)
    after = queries.deadline(sefrou.province, received=date(2027, 2, 1)).deadline.due
    assert after > before
    estimated = queries.calendar(sefrou.province, kind="estimated")
    assert estimated.is_working(date(2027, 2, 22))
    for changes in (
        {"on": date(2027, 2, 22)},
        {"on": date(2027, 2, 23), "source": ""},
        {"on": date(2027, 2, 23), "name": LocalizedText(fr="x")},
    ):
        with pytest.raises(operations.CalendarRefused):
            operations.add_closure(**asked | changes)


def test_a_cancelled_closure_may_be_announced_again(sefrou):
    asked = {"community": sefrou.province, "name": NAME, "source": SOURCE, "by": BY, "now": NOW}
    operations.add_closure(on=date(2027, 4, 5), **asked)
    closure = day(sefrou, "closure-2027-04-05")
    operations.cancel_day(day=closure, source=SOURCE, by=BY, now=NOW)
    operations.add_closure(on=date(2027, 4, 5), **asked)
    assert not queries.calendar(sefrou.province).is_working(date(2027, 4, 5))
    assert CalendarVersion.objects.of(sefrou.province).first().number == 4


def test_the_calendar_costs_two_queries(sefrou, django_assert_num_queries):
    with django_assert_num_queries(2):
        queries.calendar(sefrou.province)
