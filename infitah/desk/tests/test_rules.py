"""The merged queue: in order, nothing twice, nothing lost, whatever the sources hold."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.desk.rules import Cursor, WaitingAct, merged, next_of

START = datetime(2026, 11, 1, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def act(kind: str, key: str, hours: int = 0, due: date | None = None) -> WaitingAct:
    return WaitingAct(kind, key, key, START + timedelta(hours=hours), "/", due=due)


heaps = st.dictionaries(
    st.sampled_from(["idea", "calendar", "office"]),
    st.dictionaries(st.text("abc", min_size=1, max_size=3), st.integers(0, 5), max_size=12),
)


@given(heaps, st.integers(1, 5))
def test_page_after_page_shows_every_act_once_in_order(
    held: dict[str, dict[str, int]], size: int
) -> None:
    sources = [
        [act(kind, key, hours) for key, hours in some.items()] for kind, some in held.items()
    ]
    shown, after = [], None
    while True:
        page = merged(sources, after, size)
        shown += page.acts
        if not page.after:
            break
        after = Cursor.read(page.after)
    assert [one.place for one in shown] == sorted(one.place for some in sources for one in some)


@pytest.mark.parametrize(
    "text",
    ["", "x", "a~b~c", "2026-11-01T00:00:00~idea~k", "2026-13-01T00:00:00+00:00~idea~k", "~~~~"],
)
def test_a_cursor_that_nobody_gave_is_none(text: str) -> None:
    assert Cursor.read(text) is None


def test_a_cursor_reads_what_it_wrote() -> None:
    cursor = act("idea", "SFR-2026-I-0042", 3).cursor
    assert Cursor.read(str(cursor)) == cursor


@pytest.mark.parametrize(
    ("due", "left", "urgency"),
    [
        (None, None, ""),
        (date(2026, 11, 22), -1, "late"),
        (date(2026, 11, 23), 0, "soon"),
        (date(2026, 11, 30), 7, "soon"),
        (date(2026, 12, 1), 8, ""),
    ],
)
def test_how_urgent_an_act_is(due: date | None, left: int | None, urgency: str) -> None:
    waiting = act("office", "1", due=due)
    assert waiting.days_left(TODAY) == left
    assert waiting.urgency(TODAY) == urgency


def test_the_next_act_is_the_one_due_first_then_the_longest_waiting() -> None:
    old, due = act("idea", "old", 1), act("idea", "due", 9, date(2026, 12, 1))
    assert next_of([old, due]) == due
    assert next_of([act("idea", "new", 5), old]) == old
    assert next_of([]) is None
