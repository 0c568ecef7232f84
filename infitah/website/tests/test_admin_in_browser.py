"""The back office as an officer sees it, in Arabic and in French (website.md 1, B1-B14)."""

import re

import pytest
from playwright.sync_api import Page

from tests.browsing import browser, new_page, overflow, violations
from tests.live import LiveSite

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def officer(live_site: LiveSite):
    """A page of the seeded focal point, logged in."""
    with browser() as opened:
        page = new_page(opened, width=1280)
        page.goto(live_site.path("/admin/"))
        page.fill('[name="login"]', "focal_point")
        page.fill('[name="password"]', "demonstration-only")
        page.press('[name="password"]', "Enter")
        page.wait_for_url("**/admin/")
        yield page


def arabic_home(page: Page, live_site: LiveSite) -> str:
    """Return the number of the Arabic home: the first page that was made."""
    page.goto(live_site.path("/admin/pages/"))
    links = page.eval_on_selector_all('a[href*="/edit/"]', "all => all.map(a => a.pathname)")
    return str(min(int(number) for link in links for number in re.findall(r"\d+", link)))


def wrong_with(page: Page, live_site: LiveSite, name: str, path: str, *, language: str):
    """Return what is wrong with one page: language, width, requests, scripts, axe."""
    faults: list[str] = []
    own = (live_site.url, "data:", "blob:")

    def asked(request):
        if not request.url.startswith(own):
            faults.append(f"asks {request.url}")

    def failed(error):
        faults.append(f"script: {error}")

    page.on("request", asked)
    page.on("pageerror", failed)
    answer = page.goto(live_site.path(path), wait_until="networkidle")
    page.remove_listener("request", asked)
    page.remove_listener("pageerror", failed)
    root = page.locator("html")
    direction = "rtl" if language == "ar" else "ltr"
    if answer is None or answer.status != 200:
        faults.append(f"answers {answer and answer.status}")
    if (root.get_attribute("lang"), root.get_attribute("dir")) != (language, direction):
        faults.append("is in another language")
    if overflow(page):
        faults.append(f"is {overflow(page)} px too wide")
    faults += violations(page)
    return [f"{name}: {fault}" for fault in faults]


def addresses(home: str) -> dict[str, str]:
    return {
        "dashboard": "/admin/",
        "explorer": "/admin/pages/",
        "home": f"/admin/pages/{home}/",
        "edit": f"/admin/pages/{home}/edit/",
        "add": f"/admin/pages/add/website/standardpage/{home}/",
        "images": "/admin/images/",
        "upload": "/admin/images/add/",
        "account": "/admin/account/",
        "strips": "/admin/strips/",
        "strip": "/admin/strips/new/",
    }


def test_the_back_office_stands_in_arabic_and_in_french(officer: Page, live_site: LiveSite) -> None:
    home = arabic_home(officer, live_site)
    wrong = []
    for name, path in addresses(home).items():
        wrong += wrong_with(officer, live_site, name, path, language="ar")
    officer.goto(live_site.path("/admin/account/"))
    officer.select_option('[name="locale-preferred_language"]', "fr")
    officer.locator('form button[type="submit"].button').last.click()
    officer.wait_for_load_state("networkidle")
    wrong += wrong_with(officer, live_site, "dashboard", "/admin/", language="fr")
    officer.goto(live_site.path("/desk/"))
    assert officer.locator("html").get_attribute("lang") == "fr"
    officer.goto(live_site.path("/admin/account/"))
    officer.select_option('[name="locale-preferred_language"]', "ar")
    officer.locator('form button[type="submit"].button').last.click()
    officer.wait_for_load_state("networkidle")
    assert not wrong, "\n".join(wrong)


def test_an_empty_field_begins_at_the_right_and_a_french_title_at_the_left(
    officer: Page, live_site: LiveSite
) -> None:
    home = arabic_home(officer, live_site)
    officer.goto(live_site.path(addresses(home)["add"]), wait_until="networkidle")
    title = officer.locator("#id_title")
    direction = "field => getComputedStyle(field).direction"
    assert title.evaluate(direction) == "rtl"
    title.fill("Budget de la commune")
    assert title.evaluate(direction) == "ltr"
    title.fill("ميزانية الجماعة")
    assert title.evaluate(direction) == "rtl"


def test_a_file_is_chosen_in_the_words_of_the_page(officer: Page, live_site: LiveSite) -> None:
    officer.goto(live_site.path("/admin/images/add/"), wait_until="networkidle")
    assert officer.locator(".upload-button").inner_text() == "اختاروا ملفا"


def test_the_calendar_begins_on_monday_and_its_arrows_point_outwards(
    officer: Page, live_site: LiveSite
) -> None:
    officer.goto(live_site.path("/admin/strips/new/"), wait_until="networkidle")
    officer.click("#id_since")
    calendar = officer.locator(".xdsoft_datetimepicker:visible")
    earlier = calendar.locator(".xdsoft_datepicker .xdsoft_prev")
    later = calendar.locator(".xdsoft_datepicker .xdsoft_next")
    across = "it => it.getBoundingClientRect().x"
    assert earlier.evaluate(across) > later.evaluate(across)
    for arrow in (earlier, later):
        assert arrow.evaluate("it => getComputedStyle(it).transform") == "matrix(-1, 0, 0, 1, 0, 0)"
    assert calendar.locator(".xdsoft_calendar th").first.inner_text() == "إثنين"


def test_the_tools_of_the_text_are_pinned_above_it(officer: Page, live_site: LiveSite) -> None:
    home = arabic_home(officer, live_site)
    officer.evaluate("localStorage.removeItem('wagtail:draftail-toolbar')")
    officer.goto(live_site.path(addresses(home)["add"]), wait_until="networkidle")
    tools, text = (
        officer.locator(".Draftail-Toolbar"),
        officer.locator(".public-DraftEditor-content"),
    )
    assert "Draftail-Toolbar--pin" in (tools.first.get_attribute("class") or "")
    above, below = tools.first.bounding_box() or {}, text.first.bounding_box() or {}
    assert above["y"] + above["height"] <= below["y"]
    assert above["x"] >= below["x"] - 40
    text.first.fill("نص تجريبي")
    text.first.select_text()
    assert officer.locator(".Draftail-FloatingToolbar:visible").count() == 0


def test_a_score_for_latin_letters_is_shown_in_french_alone(
    officer: Page, live_site: LiveSite
) -> None:
    home = arabic_home(officer, live_site)
    officer.goto(live_site.path(addresses(home)["edit"]), wait_until="networkidle")
    score = "[data-content-readability-score]"
    hidden = "it => getComputedStyle(it.parentElement).display === 'none'"
    assert officer.locator(score).first.evaluate(hidden)
    officer.evaluate("document.documentElement.dir = 'ltr'")
    assert not officer.locator(score).first.evaluate(hidden)
