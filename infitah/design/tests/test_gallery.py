"""The gallery, the frame and the pages of errors, over HTTP and in three languages."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import html5lib
import pytest
from django.http import Http404
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from infitah.design import views
from infitah.kernel.localized import LocalizedText

DIRECTIONS = {"ar": "rtl", "fr": "ltr", "zgh": "ltr"}
ERRORS = ("400", "403", "404", "410", "422", "500")


def page(template: str, language: str, **context: Any) -> str:
    with override(language):
        return render_to_string(template, context)


def strict(html: str) -> Any:
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree = parser.parse(html)
    assert [error for error in parser.errors if error[1] != "expected-doctype"] == []
    return tree


def gallery(language: str) -> Any:
    request = RequestFactory().get(f"/design/gallery/{language}/")
    request.community = None  # type: ignore[attr-defined]
    return views.gallery(request, language=language)


@pytest.mark.parametrize("language", DIRECTIONS)
def test_gallery_is_well_formed_and_has_its_direction(language: str) -> None:
    response = gallery(language)
    tree = strict(response.content.decode())
    assert response.status_code == 200
    assert tree.get("lang") == language and tree.get("dir") == DIRECTIONS[language]
    identities = [node.get("id") for node in tree.iter() if node.get("id")]
    assert len(identities) == len(set(identities))


def test_amazigh_pages_say_that_parts_are_in_french() -> None:
    html = gallery("zgh").content.decode()
    tree = strict(html)
    assert tree.find(".//main").get("lang") == "fr"
    assert "s’affiche en français (titres et boutons) ou en arabe (textes du conseil)." in html
    assert "Certaines parties" not in gallery("ar").content.decode()


def test_links_and_controls_of_the_gallery_have_names() -> None:
    for tag in ("a", "button"):
        for node in strict(gallery("ar").content.decode()).iter(tag):
            assert "".join(node.itertext()).strip()


@pytest.mark.parametrize("language", DIRECTIONS)
@pytest.mark.parametrize("status", ERRORS)
def test_error_pages_stand_without_a_frame_and_tell_the_request(status: str, language: str) -> None:
    html = page(f"design/errors/{status}.html", language, request_name="ab12cd34ef56")
    tree = strict(html)
    assert "ab12cd34ef56" in html and len(list(tree.iter("h1"))) == 1


def test_frame_shows_what_the_site_gives_it() -> None:
    entry = SimpleNamespace(label="المجلس", url="/ar/council/", is_current=True)
    chrome = SimpleNamespace(
        home="/ar/",
        menu=[entry],
        languages=[SimpleNamespace(code="fr", name="Français", url="/fr/", is_current=False)],
        footer=[entry],
        search_url="/ar/search/",
        search_words='"><b>',
        officer=SimpleNamespace(name="أمينة", phone="+212 535 66 00 00", email="a@b.example"),
        of_page=lambda values: SimpleNamespace(
            alternates=[SimpleNamespace(code="fr", url="https://sefrou.example/fr/")],
            reference=values["reference"],
            register_url="/ar/verify/?sought=SFR-2024-C-0003",
            changed_on=date(2024, 1, 15),
        ),
        strip=SimpleNamespace(text="إعلان", url=""),
    )
    community = SimpleNamespace(
        name=LocalizedText("صفرو"), institution=LocalizedText("المجلس الإقليمي"), accent="#33348e"
    )
    html = page(
        "design/page.html", "ar", chrome=chrome, community=community, reference="SFR-2024-C-0003"
    )
    tree = strict(html)
    assert [link.get("href") for link in tree.iter("link") if link.get("hreflang")] == [
        "https://sefrou.example/fr/"
    ]
    foot = "".join(tree.find(".//footer").itertext())
    assert "SFR-2024-C-0003" in foot and "15 يناير 2024" in foot
    assert tree.find(".//footer//a[@href='/ar/verify/?sought=SFR-2024-C-0003']") is not None
    assert tree.find(".//nav[@id='site-menu']//a").get("aria-current") == "true"
    assert tree.find(".//a[@hreflang='fr']").get("lang") == "fr"
    assert tree.find(".//input[@name='q']").get("value") == '"><b>'
    assert tree.find(".//link[@href='/design/accent/33348e.css']") is not None
    assert "tel:+212535660000" in html


def test_the_title_of_a_page_holds_words_alone() -> None:
    source = (
        '{% extends "design/page.html" %}{% load design %}'
        "{% block title %}{% localized words %}{% endblock %}"
    )
    words = LocalizedText("برنامج 2024-2025 <b>")
    with override("fr"):
        html = Template(source).render(Context({"words": words}))
    assert strict(html).find(".//title").text == "برنامج 2024-2025 <b>"


def test_no_page_asks_for_anything_elsewhere_or_carries_a_style() -> None:
    for node in strict(gallery("ar").content.decode()).iter():
        assert node.get("style") is None
        for name in ("src", "href"):
            value = node.get(name) or ""
            assert not value.startswith(("http:", "//")) and "cdn" not in value


def test_desk_frame_logs_out_by_post_with_a_token() -> None:
    desk = SimpleNamespace(
        person="أمينة",
        office="",
        menu=[SimpleNamespace(label="الطابور", url="/desk/", is_current=True, count=12)],
        logout_url="/desk/logout/",
        language_url="/desk/language/",
        languages=[SimpleNamespace(code="fr", name="Français", is_current=False)],
    )
    html = page("design/desk.html", "ar", desk=desk, csrf_token="token-of-test")
    forms = list(strict(html).iter("form"))
    assert [form.get("method") for form in forms] == ["post", "post"]
    assert html.count("token-of-test") == 2


def test_public_frame_carries_no_token() -> None:
    assert "csrf" not in page("design/page.html", "ar", csrf_token="token-of-test").lower()


@pytest.mark.parametrize("language", DIRECTIONS)
def test_mail_has_language_direction_and_one_button(language: str) -> None:
    html = page("design/mail.html", language, link="https://sefrou.example/x", reference="SFR-1")
    tree = strict(html)
    assert tree.get("dir") == DIRECTIONS[language]
    assert len(list(tree.iter("a"))) == 1 and not list(tree.iter("img"))


def test_accent_sheet_is_kept_for_a_year() -> None:
    response = views.accent(RequestFactory().get("/design/accent/33348e.css"), value="33348e")
    assert "immutable" in response.headers["Cache-Control"]
    assert b"--accent: #33348e" in response.content


@pytest.mark.parametrize("value", ["zzz", "red", "12345", "000000;}"])
def test_what_is_no_colour_is_not_found(value: str) -> None:
    with pytest.raises(Http404):
        views.accent(RequestFactory().get("/"), value=value)


def test_gallery_in_an_unknown_language_is_not_found() -> None:
    with pytest.raises(Http404):
        views.gallery(RequestFactory().get("/"), language="en")
