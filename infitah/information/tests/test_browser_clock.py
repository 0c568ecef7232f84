"""Counted days, wordings of the law and the calculator in a real browser: axe 0, nothing wide."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from infitah.community import operations as community
from infitah.community.tests.factories import log_in
from infitah.community.tests.world import SefrouWorld, make_sefrou
from infitah.core.clock import local_day
from infitah.core.viewer import Actor
from infitah.information import operations, rules
from infitah.information.tests.asked import VISITOR, arrival, file
from infitah.kernel.localized import LocalizedText
from tests.browsing import browser, new_page, overflow, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BY = Actor("officer", "administrator", "administrator")
LAW = "/desk/information/law/"
CLOSE = "/desk/community/calendar/close/"


@pytest.fixture
def world(transactional_db: None) -> SefrouWorld:
    cache.clear()
    return make_sefrou()


@pytest.fixture
def token(world: SefrouWorld) -> str:
    """A request that fell silent, was complained about, and whose days moved."""
    now = datetime.now(UTC)
    today = local_day(now)
    came = arrival(on=today - timedelta(days=50), at=now)
    request = file(world, came=came, now=now).request
    operations.complain(
        community=world.province,
        reference=request.reference,
        level=rules.ActKind.COMPLAINED_HEAD,
        words="لم أتوصل بجواب",
        on=today,
        by=VISITOR,
        now=now,
    )
    open_one = file(world, came=arrival(on=today, at=now), now=now).request
    on = today + timedelta(days=1)
    while on.isoweekday() > 5:
        on += timedelta(days=1)
    name = LocalizedText(ar="إغلاق استثنائي", fr="Fermeture exceptionnelle")
    community.add_closure(community=world.province, on=on, name=name, source="بلاغ", by=BY, now=now)
    assert open_one.moves.exists()
    return f"{request.token} {open_one.token} {open_one.reference}"


@pytest.fixture
def cookies(world: SefrouWorld, language: str) -> dict[str, dict[str, str]]:
    for user in (world.administrator, world.information_officer):
        user.language = language
        user.save()
    clients = {
        name: log_in(Client(), user, world.province)
        for name, user in (("law", world.administrator), ("days", world.information_officer))
    }
    return {
        who: {name: morsel.value for name, morsel in client.cookies.items()}
        for who, client in clients.items()
    }


@pytest.fixture
def opened(
    token: str,
    cookies: dict[str, dict[str, str]],
    live_server: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Browser]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread
    with browser() as running:
        yield running


def faults(page: Page, where: str) -> list[str]:
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    found = [f"{where}: {fault}" for fault in violations(page)]
    wide = overflow(page)
    return [*found, f"{where}: {wide} px too wide"] if wide else found


def log_on(page: Page, cookies: dict[str, str], root: str) -> None:
    page.context.add_cookies(
        [{"name": name, "value": value, "url": root} for name, value in cookies.items()]
    )


@pytest.mark.parametrize(("language", "width"), [("ar", 360), ("fr", 1280)])
def test_counted_days_and_wordings_are_clean(
    opened: Browser,
    live_server: Any,
    cookies: dict[str, dict[str, str]],
    token: str,
    language: str,
    width: int,
) -> None:
    root = f"http://localhost:{live_server.url.rsplit(':', 1)[1]}"
    silent, moved, reference = token.split()
    wrong: list[str] = []
    page = new_page(opened, width=width, javascript=True)
    for path in (
        f"/{language}/information/deadline/?date=2027-04-26",
        f"/{language}/information/deadline/?date=2026-03-02&rule=information.complaint_answer",
        f"/{language}/information/follow/{silent}/days/",
        f"/{language}/information/follow/{moved}/days/",
        f"/{language}/information/follow/{moved}/",
    ):
        answer = page.goto(root + path)
        assert answer is not None and answer.status == 200, path
        wrong += faults(page, path)
    for who, path in (
        ("law", "/desk/"),
        ("law", LAW),
        ("law", f"{LAW}E03.1/"),
        ("days", f"/desk/information/{reference}/days/"),
    ):
        desk = new_page(opened, width=width, javascript=True)
        log_on(desk, cookies[who], root)
        answer = desk.goto(root + path)
        assert answer is not None and answer.status == 200, path
        wrong += faults(desk, path)
    page = new_page(opened, width=width, javascript=True)
    log_on(page, cookies["law"], root)
    page.goto(root + LAW + "R5/")
    page.locator('form[action$="/confirm/"] button').click()
    expect(page.locator(".error-summary")).to_have_count(1)
    wrong += faults(page, "wording with errors")
    assert wrong == []
