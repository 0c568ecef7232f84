"""The notes of a table typed in a real browser, key by key: few strokes, nothing lost, axe at 0."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, Page

from infitah.community.tests.factories import log_in
from infitah.community.tests.world import make_sefrou
from infitah.participation.models import Idea, WorkshopTable
from infitah.participation.tests.factories import make_consultation
from infitah.participation.tests.workshops import make_workshop
from tests.browsing import browser, new_page, overflow, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOTES = [f"{number % 8}توفير النقل المدرسي رقم {number:03}" for number in range(40)]
LETTERS = sum(len(note) - 1 for note in NOTES)
PER_NOTE = 2
"""Strokes beyond its letters: the digit of its dots, and Enter."""
AROUND = 5
"""Strokes to read all lines, and to save them, from the lines on."""


@pytest.fixture
def world(transactional_db: None) -> Any:
    cache.clear()
    return make_sefrou()


@pytest.fixture
def table(world: Any) -> WorkshopTable:
    june = make_consultation(world.province, world.axis)
    made: WorkshopTable = make_workshop(june, world.axis).tables.get()
    return made


@pytest.fixture
def cookies(world: Any) -> dict[str, str]:
    held = log_in(Client(), world.officer, world.province).cookies
    return {name: one.value for name, one in held.items()}


@pytest.fixture
def opened() -> Iterator[Browser]:
    with browser() as one:
        yield one


@pytest.fixture
def kept(table: WorkshopTable) -> Iterator[list[tuple[str, int | None]]]:
    """The notes that have numbers once the browser has gone: filled when the test is over."""
    expected: list[tuple[str, int | None]] = []
    yield expected
    ideas = Idea.objects.filter(table=table).order_by("position")
    assert list(ideas.values_list("statement", "dots")) == expected


def pressed(page: Page, *keys: str) -> int:
    for key in keys:
        page.keyboard.press(key)
    return len(keys)


@pytest.mark.parametrize("javascript", [True, False])
def test_forty_notes_cost_two_strokes_each_beyond_their_letters(
    table: WorkshopTable,
    cookies: dict[str, str],
    kept: list[tuple[str, int | None]],
    opened: Browser,
    live_server: Any,
    javascript: bool,
) -> None:
    root = f"http://localhost:{live_server.url.rsplit(':', 1)[1]}"
    page = new_page(opened, width=1280, javascript=javascript)
    page.context.add_cookies(
        [{"name": name, "value": value, "url": root} for name, value in cookies.items()]
    )
    page.goto(f"{root}/desk/participation/tables/{table.token}/")
    page.locator("#id_lines").focus()
    strokes = 0
    for note in NOTES:
        page.keyboard.insert_text(note)
        strokes += len(note) + pressed(page, "Enter")
    strokes += pressed(page, "Tab", "Enter")
    page.wait_for_selector("#id_statement_40")
    if javascript:
        assert violations(page) == [] and overflow(page) == 0
    page.locator("#id_lines").focus()
    strokes += pressed(page, "Tab", "Tab", "Enter")
    page.wait_for_url("**/notes/")
    assert strokes <= LETTERS + PER_NOTE * len(NOTES) + AROUND
    kept += [(note[1:], int(note[0])) for note in NOTES]
