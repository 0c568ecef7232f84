"""A citizen on a phone, in Arabic, without script: asks within the 90 seconds and keeps the receipt.

The walk types and clicks as a person does; each screen, with and without its errors, has axe at 0.
"""

import re
import time
import urllib.request

import pytest
from playwright.sync_api import Page

from infitah.information.tests.walking import TEXT, WHO
from tests.browsing import browser, new_page, overflow, violations
from tests.live import LiveSite

pytestmark = pytest.mark.browser
MOST_SECONDS, MOST_CLICKS, MOST_TYPED = 90, 5, 5
SEND = 'main form[action*="/send/"] button:not([name])'
BUTTON = "main form button:not([name])"


def look(page: Page, wrong: list[str]) -> None:
    """Note what axe finds on the screen as it stands, and what is wider than the phone."""
    name = page.url.rsplit("/", 2)[-2]
    wrong += [f"{name}: {fault}" for fault in violations(page)]
    if overflow(page):
        wrong.append(f"{name}: {overflow(page)} px too wide")


def typed_fields(page: Page) -> int:
    """Return how many fields of the screen must be typed into."""
    labels = page.locator("main form .field", has=page.locator("textarea, input"))
    return sum(
        "(اختياري)" not in one.inner_text() and bool(one.locator(KEYED).count())
        for one in labels.all()
        if one.is_visible()
    )


KEYED = "textarea, input:not([type=radio]):not([type=checkbox]):not([type=hidden])"


def test_a_phone_without_script_asks_and_follows(live_site: LiveSite) -> None:
    typed = clicks = 0
    with browser() as opened:
        page = new_page(opened, width=360, javascript=False)
        page.goto(f"{live_site.url}/ar/information/")
        began = time.monotonic()
        page.goto(f"{live_site.url}/ar/information/ask/")
        typed += typed_fields(page)
        page.fill("textarea[name=text]", TEXT)
        page.click(BUTTON)
        clicks += 1
        typed += typed_fields(page)
        for name, value in WHO.items():
            if name != "status":
                page.fill(f"[name={name}]", value)
        page.click(BUTTON)
        clicks += 1
        page.check("[name=undertaking]")
        page.check("[name=consent]")
        clicks += 2
        page.click(SEND)
        clicks += 1
        seconds = time.monotonic() - began
        body = page.inner_text("main")
        page.click('a[href*="/information/follow/"]')
        followed = page.inner_text("h1")
        sheet = page.url
    assert re.search(r"SFR-\d{4}-R-\d{4}", body)
    assert seconds < MOST_SECONDS and clicks <= MOST_CLICKS and typed <= MOST_TYPED
    assert "المجلس" in followed and "/follow/" in sheet


def test_every_screen_of_asking_is_accessible_with_its_errors(live_site: LiveSite) -> None:
    wrong: list[str] = []
    with browser() as opened:
        page = new_page(opened)
        page.goto(f"{live_site.url}/ar/information/ask/")
        page.click(BUTTON)
        look(page, wrong)
        page.fill("textarea[name=text]", f"{TEXT} CD123456")
        page.click(BUTTON)
        look(page, wrong)
        page.click(BUTTON)
        look(page, wrong)
        for name, value in (WHO | {"email": "amina@example.org"}).items():
            if name != "status":
                page.fill(f"[name={name}]", value)
        page.click(BUTTON)
        look(page, wrong)
        page.click(SEND)
        look(page, wrong)
        page.check("[name=undertaking]")
        page.check("[name=consent]")
        page.locator("details:has(button[name=without_email]) summary").click()
        page.click("button[name=without_email]")
        look(page, wrong)
        page.click('a[href*="/information/follow/"]')
        look(page, wrong)
        page.locator("details:has([name=sure]) summary").click()
        page.click("details:has([name=sure]) button")
        look(page, wrong)
        page.goto(f"{live_site.url}/ar/information/follow/")
        page.click(BUTTON)
        look(page, wrong)
    assert not wrong, "\n".join(wrong)


def test_the_sheet_of_the_receipt_is_light(live_site: LiveSite) -> None:
    with urllib.request.urlopen(f"{live_site.url}/ar/information/form.pdf", timeout=30) as answer:
        assert answer.headers["Content-Type"] == "application/pdf"
        assert len(answer.read()) < 200_000
