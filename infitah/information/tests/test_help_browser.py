"""The pages of help in a real browser: found while typing and in the list, whole at both widths."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, expect

from infitah.community.tests.world import make_sefrou
from tests.browsing import browser, new_page, overflow, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ASKED = {"ar": "شكاية", "fr": "sans réponse"}


@pytest.fixture
def opened(transactional_db: None) -> Iterator[Browser]:
    cache.clear()
    make_sefrou()
    with browser() as one:
        yield one


@pytest.mark.parametrize(("code", "width"), [("ar", 360), ("ar", 1280), ("fr", 360), ("fr", 1280)])
def test_ordinary_words_lead_to_what_may_be_done(
    opened: Browser, live_server: Any, code: str, width: int
) -> None:
    page = new_page(opened, width=width)
    root = f"http://localhost:{live_server.url.rsplit(':', 1)[1]}/{code}/information"
    page.goto(f"{root}/?q={ASKED[code]}")
    assert violations(page) == [] and overflow(page) == 0
    page.goto(f"{root}/")
    page.locator("#question").press_sequentially(ASKED[code])
    expect(page.get_by_role("option")).to_have_count(1)
    assert violations(page) == [] and overflow(page) == 0
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/information/remedies/")
    assert violations(page) == [] and overflow(page) == 0
    expect(page.locator("h3")).to_have_count(3)
