"""The menu of the desk in a real browser, without JavaScript: a fold on a phone, a row on a desk."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from infitah.community.tests.factories import log_in
from infitah.community.tests.world import SefrouWorld, make_sefrou
from tests.browsing import browser, new_page, overflow, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db: None) -> SefrouWorld:
    cache.clear()
    return make_sefrou()


@pytest.fixture
def cookies(world: SefrouWorld) -> dict[str, str]:
    """Return a session of the officer, opened before a browser's loop runs in this thread."""
    client = log_in(Client(), world.officer, world.province)
    return {name: morsel.value for name, morsel in client.cookies.items()}


@pytest.fixture
def opened(
    cookies: dict[str, str], live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Browser]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread
    with browser() as running:
        yield running


def open_desk(opened: Browser, live_server: Any, cookies: dict[str, str], **options: Any) -> Page:
    root = f"http://localhost:{live_server.url.rsplit(':', 1)[1]}"
    page = new_page(opened, **options)
    page.context.add_cookies(
        [{"name": name, "value": value, "url": root} for name, value in cookies.items()]
    )
    page.goto(f"{root}/desk/queue/")
    return page


def test_on_a_phone_the_menu_opens_when_it_is_asked_for(
    cookies: dict[str, str], live_server: Any, opened: Browser
) -> None:
    page = open_desk(opened, live_server, cookies, width=360, javascript=False)
    menu, entry = page.locator(".desk-menu summary"), page.locator(".desk-menu li a").first
    expect(menu).to_contain_text("القائمة · قائمة الانتظار")
    expect(entry).to_be_hidden()
    menu.click()
    expect(entry).to_be_visible()
    assert overflow(page) == 0


def test_on_a_desk_it_stands_in_rows_and_nothing_folds(
    cookies: dict[str, str], live_server: Any, opened: Browser
) -> None:
    page = open_desk(opened, live_server, cookies, width=1280, javascript=False)
    expect(page.locator(".desk-menu summary")).to_be_hidden()
    expect(page.locator(".desk-menu li a").first).to_be_visible()


def test_folded_and_open_it_is_clean(
    cookies: dict[str, str], live_server: Any, opened: Browser
) -> None:
    page = open_desk(opened, live_server, cookies, width=360)
    assert violations(page) == []
    page.locator(".desk-menu summary").click()
    assert violations(page) == []
