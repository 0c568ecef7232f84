"""The merged queue: in order, nothing twice, nothing lost, whatever the sources hold."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.desk.rules import Cursor, WaitingAct, in_order, is_pressing, merged, next_of

START = datetime(2026, 11, 1, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def act(
    kind: str, key: str, hours: int = 0, due: date | None = None, *, of_law: bool = False
) -> WaitingAct:
    since = START + timedelta(hours=hours)
    return WaitingAct(kind, key, key, since, "/", due=due, is_of_law=of_law)


heaps = st.dictionaries(
    st.sampled_from(["idea", "calendar", "office"]),
    st.dictionaries(
        st.text("abc", min_size=1, max_size=3),
        st.tuples(
            st.integers(0, 5), st.sampled_from([None, TODAY, date(2026, 12, 4)]), st.booleans()
        ),
        max_size=12,
    ),
)


@given(heaps, st.integers(1, 5))
def test_page_after_page_shows_every_act_once_in_order(
    held: dict[str, dict[str, tuple[int, date | None, bool]]], size: int
) -> None:
    sources = [
        [act(kind, key, hours, due, of_law=law) for key, (hours, due, law) in some.items()]
        for kind, some in held.items()
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
    [
        "",
        "x",
        "a~b~c",
        "1~2026-11-01~2026-11-01T00:00:00~idea~k",
        "1~2026-11-01~2026-13-01T00:00:00+00:00~idea~k",
        "7~2026-11-01~2026-11-01T00:00:00+00:00~idea~k",
        "~~~~",
    ],
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


def test_what_the_law_dates_goes_before_plans_that_are_late() -> None:
    plan = act("milestone", "late", due=date(2026, 9, 1))
    nobody = act("idea", "old")
    near = act("request", "near", 9, date(2026, 12, 4), of_law=True)
    far = act("request", "far", 1, date(2026, 12, 25), of_law=True)
    late = act("request", "late", 12, date(2026, 11, 20), of_law=True)
    assert in_order([nobody, far, plan, near, late]) == [late, near, far, plan, nobody]


@pytest.mark.parametrize(
    ("of_law", "due", "presses"),
    [
        (True, date(2026, 11, 25), True),
        (True, date(2026, 12, 9), False),
        (False, date(2026, 11, 25), False),
        (False, date(2026, 11, 20), True),
    ],
)
def test_what_stands_on_the_home_page(of_law: bool, due: date, presses: bool) -> None:
    assert is_pressing(act("request", "one", due=due, of_law=of_law), TODAY) is presses
