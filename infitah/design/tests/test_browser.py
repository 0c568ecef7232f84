"""The gallery in a real browser: axe, widths, and what the small scripts add."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browsing import browser, new_page, overflow, violations
from tests.live import LiveSite

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def opened() -> Iterator[Browser]:
    with browser() as one:
        yield one


def gallery(live_site: LiveSite, language: str = "ar") -> str:
    return live_site.path(f"/design/gallery/{language}/")


@pytest.mark.parametrize(
    ("language", "width"), [("ar", 320), ("ar", 360), ("ar", 1280), ("fr", 360), ("zgh", 768)]
)
def test_gallery_is_accessible_and_fits(
    live_site: LiveSite, opened: Browser, language: str, width: int
) -> None:
    page = new_page(opened, width=width)
    page.goto(gallery(live_site, language))
    assert violations(page) == []
    assert overflow(page) == 0


def test_gallery_is_readable_in_the_dark(live_site: LiveSite, opened: Browser) -> None:
    page = new_page(opened)
    page.emulate_media(color_scheme="dark")
    page.goto(gallery(live_site))
    assert violations(page) == []


def test_menu_opens_without_a_script(live_site: LiveSite, opened: Browser) -> None:
    page = new_page(opened, javascript=False)
    page.goto(gallery(live_site))
    expect(page.locator("#site-menu")).to_be_hidden()
    page.locator("[popovertarget=site-menu]").first.click()
    expect(page.locator("#site-menu a").first).to_be_visible()


def test_menu_stands_open_on_a_desk(live_site: LiveSite, opened: Browser) -> None:
    page = new_page(opened, width=1280, javascript=False)
    page.goto(gallery(live_site))
    expect(page.locator("#site-menu a").first).to_be_visible()


def test_the_thread_runs_along_the_inline_start(live_site: LiveSite, opened: Browser) -> None:
    page = new_page(opened, width=1280)
    for language, is_after in (("ar", True), ("fr", False)):
        page.goto(gallery(live_site, language))
        star = page.locator(".thread .star").first.bounding_box()
        words = page.locator(".thread .knot-body").first.bounding_box()
        assert star and words
        assert (star["x"] > words["x"]) is is_after


def test_counter_says_what_is_missing_and_what_is_too_much(
    live_site: LiveSite, opened: Browser
) -> None:
    page = new_page(opened)
    page.goto(gallery(live_site))
    counter = page.locator("[data-counter-for=id_title]")
    expect(counter).to_contain_text("12")
    page.fill("#id_title", "ص" * 100)
    expect(counter).to_contain_text("40")
    page.evaluate("document.getElementById('id_title').removeAttribute('maxlength')")
    page.fill("#id_title", "ص" * 143)
    expect(counter).to_contain_text("3")


def test_similar_texts_are_asked_once_after_the_last_key(
    live_site: LiveSite, opened: Browser
) -> None:
    page = new_page(opened)
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "similar" in one.url else None)
    page.goto(gallery(live_site))
    page.locator("#id_title").fill("")
    page.locator("#id_title").press_sequentially("نشر الميزانية", delay=20)
    expect(page.locator("#similar li")).to_have_count(2)
    assert len(asked) == 1
    page.locator("#id_title").fill("ن")
    expect(page.locator("#similar")).to_be_empty()


def test_a_form_is_sent_once(live_site: LiveSite, opened: Browser) -> None:
    page = new_page(opened)
    page.goto(gallery(live_site))
    sent = page.evaluate(
        """() => {
          const form = document.querySelector("form[method=post]");
          let count = 0;
          form.addEventListener("submit", (event) => {
            if (!event.defaultPrevented) count += 1;
            event.preventDefault();
          });
          form.requestSubmit();
          form.requestSubmit();
          return count;
        }"""
    )
    assert sent == 1


def test_a_reference_is_copied(live_site: LiveSite, opened: Browser) -> None:
    page = new_page(opened)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(gallery(live_site))
    page.locator("[data-copy]").first.click()
    expect(page.locator("[data-copy]").first).to_have_text("نسخ")
    assert page.evaluate("navigator.clipboard.readText()") == "SFR-2024-C-0003"


def test_the_summary_of_errors_has_the_focus(live_site: LiveSite, opened: Browser) -> None:
    page = new_page(opened)
    page.goto(gallery(live_site))
    expect(page.locator(".error-summary")).to_be_focused()


WORDS_ALONE = """text => {
    const line = document.createElement('h2');
    line.innerHTML = '<a href="#"><bdi dir="auto"></bdi></a>';
    line.querySelector('bdi').textContent = text;
    document.querySelector('main').append(line);
    const written = document.createRange();
    written.selectNodeContents(line.querySelector('bdi'));
    const words = [...written.getClientRects()].pop(), room = line.getBoundingClientRect();
    return [words.left - room.left < 1, room.right - words.right < 1];
}"""


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_words_of_people_begin_on_the_side_of_their_script(
    live_site: LiveSite, opened: Browser, language: str
) -> None:
    page = new_page(opened, width=1280)
    page.goto(gallery(live_site, language))
    assert page.evaluate(WORDS_ALONE, "bghina maktaba") == [True, False]
    assert page.evaluate(WORDS_ALONE, "بغينا مكتبة") == [False, True]


LISTED = """
<ol class="timeline" id="listed"><li><p class="timeline-on">1</p><div><p class="spoken"><a href="#x">
<bdi lang="ar" dir="auto">عنوان</bdi></a></p></div></li></ol>
<div id="narrow"><table><tr><th scope="row">Une personne au nom assez long</th>
<td><time datetime="2026-11-23">23 novembre 2026</time></td></tr></table></div>"""
PLACES = """() => {
  const box = (one) => document.querySelector(one).getBoundingClientRect();
  document.querySelector("#narrow").style.inlineSize = "11rem";
  const lines = document.querySelector("#narrow time").getClientRects().length;
  const words = document.createRange();
  words.selectNodeContents(document.querySelector("#listed bdi"));
  const [title, beside] = [words.getBoundingClientRect(), box("#listed .spoken")];
  return [Math.abs(title.left - beside.left) < 2, lines];
}"""


def test_arabic_titles_of_a_french_list_keep_its_edge_and_a_day_stays_on_one_line(
    live_site: LiveSite, opened: Browser
) -> None:
    page = new_page(opened)
    page.goto(gallery(live_site, "fr"))
    page.evaluate(
        "html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", LISTED
    )
    begins_at_start, lines = page.evaluate(PLACES)
    assert begins_at_start and lines == 1
