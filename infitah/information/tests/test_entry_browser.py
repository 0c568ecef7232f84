"""The one box in a real browser: suggestions by keys and for screen readers, plain without script."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect

from infitah.community.tests.world import make_sefrou
from infitah.information.models import SuggestionCount
from infitah.searchindex import operations as searchindex
from tests.browsing import browser, new_page, overflow, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLES = {
    "ar": ("ميزانية المجلس لسنة 2026", "ميزانية المجلس لسنة 2025", "الميزانية المفتوحة"),
    "fr": ("Budget du conseil pour 2026", "Budget du conseil pour 2025", "Budget ouvert"),
}
TYPED = {"ar": "الميزا", "fr": "budge"}


@pytest.fixture
def world(transactional_db: None) -> Any:
    cache.clear()
    made = make_sefrou()
    for code, titles in TITLES.items():
        for number, title in enumerate(titles):
            searchindex.put(
                community_key="SFR",
                kind="document",
                subject=f"{code}-{number}",
                language=code,
                title=title,
                body="المداخيل والمصاريف" if code == "ar" else "Recettes et dépenses",
                url=f"/{code}/information/?opened={code}-{number}",
                is_public=True,
            )
    return made


@pytest.fixture
def opened(world: Any) -> Iterator[Browser]:
    with browser() as one:
        yield one


@pytest.fixture
def root(world: Any, live_server: Any) -> str:
    return f"http://localhost:{live_server.url.rsplit(':', 1)[1]}"


def typed(page: Page, root: str, code: str) -> None:
    """Type a beginning and wait for the list."""
    page.goto(f"{root}/{code}/information/")
    page.locator("#question").press_sequentially(TYPED[code])
    expect(page.get_by_role("listbox")).to_be_visible()


@pytest.mark.parametrize(("code", "width"), [("ar", 360), ("ar", 1280), ("fr", 360), ("fr", 1280)])
def test_arrows_choose_enter_follows_and_escape_closes(
    opened: Browser, root: str, code: str, width: int
) -> None:
    page = new_page(opened, width=width)
    typed(page, root, code)
    box = page.get_by_role("combobox")
    options = page.get_by_role("option")
    assert violations(page) == [] and overflow(page) == 0
    expect(box).to_have_attribute("aria-expanded", "true")
    assert options.count() >= 3
    page.keyboard.press("ArrowDown")
    first = options.nth(0)
    expect(first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", first.get_attribute("id") or "")
    assert violations(page) == []
    page.keyboard.press("ArrowUp")
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value(TYPED[code])
    page.keyboard.type("نية" if code == "ar" else "t")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**opened=*")


def test_enter_without_a_choice_sends_the_form(opened: Browser, root: str) -> None:
    page = new_page(opened)
    typed(page, root, "ar")
    page.keyboard.press("Enter")
    page.wait_for_url("**/information/?q=*")
    assert violations(page) == [] and overflow(page) == 0


def test_a_click_follows_and_the_number_is_said(opened: Browser, root: str) -> None:
    page = new_page(opened, width=1280)
    typed(page, root, "ar")
    expect(page.get_by_role("status")).to_contain_text("اقتراحات")
    page.get_by_role("option").nth(1).click()
    page.wait_for_url("**opened=*")


def test_leaving_the_field_closes_the_list(opened: Browser, root: str) -> None:
    page = new_page(opened, width=1280)
    typed(page, root, "fr")
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_two_letters_ask_nothing(opened: Browser, root: str) -> None:
    page = new_page(opened)
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "suggest" in one.url else None)
    page.goto(f"{root}/ar/information/")
    page.locator("#question").press_sequentially("مي")
    page.wait_for_timeout(500)
    assert [one for one in asked if "suggest/" in one] == []


@pytest.mark.parametrize("code", ["ar", "fr"])
def test_without_script_the_same_box_searches_and_one_press_counts(
    counted: None, opened: Browser, root: str, code: str
) -> None:
    page = new_page(opened, javascript=False)
    page.goto(f"{root}/{code}/information/")
    page.locator("#question").fill(TITLES[code][0])
    page.keyboard.press("Enter")
    page.wait_for_url("**?q=*")
    expect(page.locator(".hit")).not_to_have_count(0)
    assert overflow(page) == 0
    page.locator("button[name=answered]").first.click()
    page.wait_for_url("**told=answered")


@pytest.fixture
def counted(world: Any) -> Iterator[None]:
    """Look at the counts once the browser has gone."""
    yield
    assert SuggestionCount.objects.filter(kind="search").get().answered == 1


def test_the_asking_page_carries_the_words_over_without_script(opened: Browser, root: str) -> None:
    page = new_page(opened, javascript=False)
    page.goto(f"{root}/ar/information/?q=ميزانية القمر البعيد")
    page.locator("button[name=ask]").click()
    page.wait_for_url("**/ask/**")
    expect(page.locator("#id_text")).to_have_value("ميزانية القمر البعيد")
