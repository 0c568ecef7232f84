"""Drawing a box in a real browser: the page comes back where the eye is, script or none."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, Page

from infitah.community.tests.factories import log_in
from infitah.community.tests.world import make_sefrou
from infitah.core import files as stored_files
from infitah.information import operations
from infitah.information.models import RedactionBox
from infitah.information.operations import file_checks, files
from infitah.information.tests.asked import file
from infitah.information.tests.desk import DESK, named
from infitah.information.tests.papers import paper
from tests.browsing import browser, new_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEIGHT, CLICKED = 800, 650


@pytest.fixture
def address(transactional_db: None) -> tuple[str, dict[str, str]]:
    """Return where a document is redacted, and the cookies of who may."""
    cache.clear()
    sefrou, now = make_sefrou(), datetime.now(UTC)
    request = file(sefrou).request
    operations.register_request(title="ميزانية", on=request.received_on, now=now, **named(request))
    stored = stored_files.stage(
        BytesIO(paper(1)), community_key=sefrou.province.key, name="budget.pdf", now=now
    )
    (made,) = files.add_files(keys=[str(stored.key)], title="", now=now, **named(request))
    file_checks.check_files(now=now)
    RedactionBox.objects.all().delete()
    client = log_in(Client(), sefrou.information_officer, sefrou.province)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    return f"{DESK}{request.reference}/files/{made.pk}/redact/", cookies


@pytest.fixture
def opened(
    address: tuple[str, dict[str, str]], live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Browser]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread
    with browser() as running:
        yield running


def top_of(page: Page) -> float:
    """Return where the picture begins in the window."""
    box = page.locator('input[type="image"]').bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.parametrize("javascript", [True, False])
def test_the_second_click_falls_where_the_eye_is(
    opened: Browser, address: tuple[str, dict[str, str]], live_server: Any, javascript: bool
) -> None:
    path, cookies = address
    page = new_page(opened, width=1280, javascript=javascript)
    page.context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )
    page.goto(live_server.url + path)
    page.mouse.wheel(0, top_of(page) - 100)
    page.wait_for_timeout(300)
    box = page.locator('input[type="image"]').bounding_box()
    assert box is not None and box["y"] < 200
    before, left = box["y"], box["x"]
    page.mouse.click(left + 200, CLICKED)
    page.wait_for_url("**x=200**")
    page.wait_for_timeout(300)
    after, clicked = top_of(page), CLICKED - before
    if javascript:
        assert abs(after - before) <= 2
    else:
        assert 0.3 * HEIGHT <= after + clicked <= 0.6 * HEIGHT
    page.mouse.click(left + 300, after + clicked + 40)
    page.wait_for_url("**at=**")
    page.wait_for_timeout(300)
    assert RedactionBox.objects.filter(state="accepted").count() == 1
    assert abs(top_of(page) - after) <= (2 if javascript else 60)
