"""The desk of requests and the page of a service in a real browser: axe 0, nothing too wide."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from infitah.community.tests.factories import UnitFactory, grant, log_in
from infitah.community.tests.world import make_sefrou
from infitah.core.clock import local_day
from infitah.information import operations, rules
from infitah.information.operations import Answer
from infitah.information.rules import RefusalGround, Withholding
from infitah.information.tests.asked import arrival, file
from infitah.information.tests.case_files import checked_file, staged
from infitah.information.tests.desk import DESK, named
from tests.browsing import browser, new_page, overflow, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECRET = Withholding(
    RefusalGround.EXCEPTION, "E03", "المادة 7", "أرقام البطاقات", "مس بالحياة الخاصة", "لا مصلحة"
)


class World:
    """Requests in every state that has a page of its own, as of today."""

    def __init__(self) -> None:
        self.sefrou = make_sefrou()
        self.now = datetime.now(UTC)
        self.today = local_day(self.now)
        self.unit = UnitFactory(community=self.sefrou.province, slug="council", email="")
        grant(self.sefrou.commune, "information_officer", username="commune-officer")

    def asked(self, **more: Any) -> Any:
        came = arrival(on=self.today, at=self.now)
        return file(self.sefrou, came=came, now=self.now, **more).request

    def act(self, request: Any) -> dict[str, Any]:
        return {"on": self.today, "now": self.now, **named(request)}

    def registered(self, **more: Any) -> Any:
        request = self.asked(**more)
        operations.register_request(title="محضر دورة يناير", **self.act(request))
        return request

    def decided(self, *withheld: Withholding) -> Any:
        request = self.registered()
        checked_file(request, title="المحضر")
        answer = Answer("نمدكم به", gives=True, withheld=withheld)
        operations.decide(answer=answer, **self.act(request))
        return request

    def delivered(self) -> Any:
        request = self.decided()
        operations.deliver(channel="counter", proof="وقع", **self.act(request))
        return request


@pytest.fixture
def world(transactional_db: None) -> World:
    cache.clear()
    return World()


@pytest.fixture
def pages(world: World) -> dict[str, str]:
    """Return what is pressed on each page: "" where nothing is."""
    received = world.asked(urgent_case="life", text="أريد نسخة من عقد ازديادي رقم AB123456")
    world.asked(text="Copie du procès-verbal de la session de janvier", language="fr")
    opened = world.registered()
    operations.ask_service(
        unit=world.unit,
        words="المحضر",
        due_on=world.today + timedelta(days=3),
        **world.act(opened),
    )
    checked_file(opened, title="فيه تعليقات", findings=[{"code": "not_checked"}])
    staged(opened, title="ينتظر الفحص")
    waiting = world.registered()
    operations.ask_clarification(words="أي سنة؟", **world.act(waiting))
    complained = world.delivered()
    operations.complain(level=rules.ActKind.COMPLAINED_HEAD, words="ناقص", **world.act(complained))
    references = {
        received.reference: "/acts/register/",
        opened.reference: "/decide/",
        waiting.reference: "/acts/clarified/",
        world.decided(SECRET).reference: "",
        world.decided().reference: "/acts/deliver/",
        world.delivered().reference: "/publish/",
        complained.reference: "",
    }
    return {DESK: "", **{f"{DESK}{one}/": press for one, press in references.items()}}


@pytest.fixture
def link(world: World) -> tuple[str, str]:
    request = world.registered()
    made = operations.ask_service(
        unit=world.unit, words="نسخة من المحضر", due_on=world.today, **world.act(request)
    )
    return made.token, made.code


@pytest.fixture
def cookies(world: World, language: str) -> dict[str, str]:
    world.sefrou.information_officer.language = language
    world.sefrou.information_officer.save()
    client = log_in(Client(), world.sefrou.information_officer, world.sefrou.province)
    return {name: morsel.value for name, morsel in client.cookies.items()}


@pytest.fixture
def opened(
    cookies: dict[str, str],
    pages: dict[str, str],
    link: tuple[str, str],
    live_server: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Browser]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread
    with browser() as running:
        yield running


STRAYS = """() => {
  const isRtl = document.documentElement.dir === 'rtl', found = []
  for (const title of document.querySelectorAll('main :is(h1, .act-title)')) {
    const words = document.createTreeWalker(title, NodeFilter.SHOW_TEXT)
    while (words.nextNode() && !words.currentNode.textContent.trim()) continue
    const range = document.createRange()
    range.selectNodeContents(words.currentNode)
    const line = range.getClientRects()[0], box = title.getBoundingClientRect()
    const gap = isRtl ? box.right - line.right : line.left - box.left
    if (gap > 12) found.push(`${title.textContent.trim()} starts ${gap} px late`)
  }
  return found
}"""
"""Titles that do not begin where the page begins, whatever their own language."""


def faults(page: Page, where: str) -> list[str]:
    found = [f"{where}: {fault}" for fault in [*violations(page), *page.evaluate(STRAYS)]]
    wide = overflow(page)
    return [*found, f"{where}: {wide} px too wide"] if wide else found


def unfold(page: Page) -> None:
    """Open every fold, so that everything on the page is looked at."""
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")


def empty(page: Page, action: str) -> None:
    """Send the form of an act with its texts emptied: it comes back with what is to be mended."""
    form = page.locator(f'form[action$="{action}"]').first
    for later in form.locator("input[value=later]").all():
        later.check()  # its fields stand where later is chosen
    for one in form.locator("textarea, input[type=text], input[type=date]").all():
        one.fill("")
    form.locator("button:not(.button-plain, .button-quiet)").last.click()


@pytest.mark.parametrize(("language", "width"), [("ar", 360), ("fr", 1280)])
def test_the_desk_of_requests_is_clean_with_every_fold_and_error(
    opened: Browser,
    live_server: Any,
    cookies: dict[str, str],
    pages: dict[str, str],
    link: tuple[str, str],
    language: str,
    width: int,
) -> None:
    root = f"http://localhost:{live_server.url.rsplit(':', 1)[1]}"
    page, wrong = new_page(opened, width=width, javascript=True), []
    page.context.add_cookies(
        [{"name": name, "value": value, "url": root} for name, value in cookies.items()]
    )
    for path, press in pages.items():
        answer = page.goto(root + path)
        assert answer is not None and answer.status == 200, path
        assert page.locator("html").get_attribute("lang") == language, path
        unfold(page)
        wrong += faults(page, path)
        if press:
            empty(page, press)
            expect(page.locator(".error-summary"), path).to_have_count(1)
            wrong += faults(page, f"{path} with errors")
    token, code = link
    page.goto(f"{root}/{language}/information/service/{token}/")
    wrong += faults(page, "service")
    page.locator("input[name=code]").fill(code)
    page.locator("main form button").first.click()
    expect(page.locator("input[name=by_whom]")).to_have_count(1)
    wrong += faults(page, "service, opened")
    assert wrong == []
