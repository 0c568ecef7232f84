"""Every public page in a real browser: axe 0, nothing wider than the window, nothing from afar.

Pages are found by following the links from the home page, two of each route, so that a new page
is walked by itself. All in Arabic at 360 px; samples in French, Amazigh and at 1280 px.
"""

import re
import urllib.error
import urllib.request
from collections import Counter, deque
from functools import cache

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page

from tests.browsing import browser, new_page, overflow, violations
from tests.live import LiveSite

pytestmark = pytest.mark.browser
EACH_ROUTE = 2
# The page that says "not available in this language yet", with links to where it is (C9).
IN_ANOTHER_LANGUAGE = re.compile(r'<li><a href="/(?:ar|fr|zgh)/[^"]*" lang="')
NOT_PAGES = (".json", ".csv", ".pdf", ".atom", ".ics", ".xml", ".txt", ".zip")


class StayHere(urllib.request.HTTPRedirectHandler):
    """Follow no redirect: the communes' hosts are other names."""

    def redirect_request(self, *_args: object, **_options: object) -> None:
        return None


OPENER = urllib.request.build_opener(StayHere)


def fetch(url: str) -> tuple[int, str, str]:
    """Return status, type and text of an address; a redirect is its own answer."""
    try:
        with OPENER.open(url, timeout=30) as answer:
            return (
                answer.status,
                answer.headers["Content-Type"],
                answer.read().decode("utf-8", "replace"),
            )
    except urllib.error.HTTPError as error:
        return (
            error.code,
            error.headers.get("Content-Type", ""),
            error.read().decode("utf-8", "replace"),
        )


def route_of(path: str) -> str:
    try:
        return resolve(path).route
    except Resolver404:
        return ""


@cache
def pages(url: str) -> tuple[str, ...]:
    """Return the addresses of the public pages that can be reached from the home page."""
    seen, kinds, found = {"/ar/"}, Counter(), []
    waiting = deque(["/ar/"])
    while waiting:
        path = waiting.popleft()
        route = route_of(path)
        if kinds[route] >= EACH_ROUTE:
            continue
        kinds[route] += 1
        status, media, text = fetch(url + path)
        assert status in {200, 410}, f"{path} answers {status}"
        if "text/html" not in media:
            continue
        found.append(path)
        for link in re.findall(r'href="(/[^"#]*)', text):
            plain = link.replace("&amp;", "&")
            if plain not in seen and plain.startswith("/ar/") and not plain.endswith(NOT_PAGES):
                seen.add(plain)
                waiting.append(plain)
    return tuple(found)


def look(page: Page, url: str) -> list[str]:
    """Return what is wrong with one page as a person and axe would see it."""
    foreign: list[str] = []
    noise: list[str] = []
    own = re.match(r"https?://[^/]+", url)
    assert own
    page.on("request", lambda asked: _note(foreign, asked.url, own.group(0)))
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("console", lambda said: noise.append(said.text) if said.type == "error" else None)
    answer = page.goto(url, wait_until="load")
    wrong = [f"asks {address}" for address in foreign]
    if answer is not None and answer.status == 200:
        wrong += noise
    if overflow(page):
        wrong.append(f"is {overflow(page)} px wider than the window")
    root = page.locator("html")
    expected = "rtl" if root.get_attribute("lang") == "ar" else "ltr"
    if root.get_attribute("dir") != expected:
        wrong.append("has the wrong direction")
    return wrong + violations(page)


def _note(foreign: list[str], address: str, own: str) -> None:
    if not address.startswith((own, "data:", "blob:")):
        foreign.append(address)


def test_all_pages_in_arabic_on_a_phone(live_site: LiveSite) -> None:
    paths = pages(live_site.url)
    assert len(paths) > 15, paths
    wrong = []
    with browser() as opened:
        for path in paths:
            page = new_page(opened, width=360)
            wrong += [f"{path}: {fault}" for fault in look(page, live_site.url + path)]
            page.context.close()
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("language", "width"), [("fr", 360), ("zgh", 360), ("ar", 1280)])
def test_samples_in_other_languages_and_widths(
    live_site: LiveSite, language: str, width: int
) -> None:
    wrong = []
    with browser() as opened:
        for path in pages(live_site.url)[::2]:
            address = path.replace("/ar/", f"/{language}/", 1)
            page = new_page(opened, width=width)
            wrong += [f"{address}: {fault}" for fault in look(page, live_site.url + address)]
            page.context.close()
    assert not wrong, "\n".join(wrong)


def test_every_link_of_every_page_leads_somewhere(live_site: LiveSite) -> None:
    seen: set[str] = set()
    dead = []
    for path in pages(live_site.url):
        _status, _media, text = fetch(live_site.url + path)
        for link in set(re.findall(r'(?:href|src)="(/[^"#]*)', text)) - seen:
            seen.add(link)
            status, _media, shown = fetch(live_site.url + link.replace("&amp;", "&"))
            if status >= 400 and not IN_ANOTHER_LANGUAGE.search(shown):
                dead.append(f"{path} -> {link} answers {status}")
    assert len(seen) > 50
    assert not dead, "\n".join(dead)
