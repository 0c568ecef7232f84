"""Public pages: languages, addresses, the entrance, what an edge may keep, the map of the site."""

import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime

import pytest
import time_machine
from wagtail.models import Locale, Site

from infitah.community.tests.factories import log_in
from infitah.core.models import Installation
from infitah.participation.tests.factories import DURING, make_consultation
from infitah.programme.tests.factories import cycle_of
from infitah.website.facts import forget_facts
from infitah.website.models import HomePage
from infitah.website.operations import create_homes, translate_page
from infitah.website.tests.factories import home_of, page_below

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def get(client, path, **headers):
    return client.get(path, headers={"host": "localhost"} | headers)


# --- languages ------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("zgh", "ltr")])
def test_a_home_stands_in_every_language(code, direction, home, client):
    answer = get(client, f"/{code}/")
    assert answer.status_code == 200
    assert f'<html lang="{code}" dir="{direction}">' in answer.content.decode()


def test_the_home_says_what_it_is_for_then_what_is_open_then_the_programme(home, sefrou, client):
    make_consultation(sefrou.province, sefrou.axis)
    with time_machine.travel(DURING, tick=False):
        text = get(client, "/ar/").text
    content = text[text.index("<main") :]
    places = [
        content.index(words)
        for words in ("تقترحون أفكاركم", 'id="open-consultations"', "قدموا فكرة", 'id="programme-')
    ]
    assert places == sorted(places)
    assert "vous proposez vos idées" in get(client, "/fr/").text


def test_the_menu_leads_to_ones_own_ideas(home, client):
    text = get(client, "/ar/mine/").text
    menu = text[text.index('id="site-menu"') : text.index("</header>")]
    assert '<a href="/ar/mine/" aria-current="true">أفكاري</a>' in menu


def test_the_home_of_a_commune_without_programme_leads_to_the_provinces(sefrou, client):
    cycle = cycle_of(sefrou, "2027-2028")
    home_of(sefrou.commune)
    text = client.get("/fr/", headers={"host": sefrou.commune.host}).content.decode()
    assert "Cette collectivité n’a pas encore de programme d’ouverture." in text
    assert str(cycle.title.fr) in text and "http://localhost" in text


def test_an_amazigh_home_says_which_of_its_parts_are_in_another_language(home, client):
    text = get(client, "/zgh/").content.decode()
    # The other official language comes before the usual one.
    assert '<h1 lang="ar" dir="auto">المجلس الإقليمي لصفرو</h1>' in text


def test_a_page_without_translation_says_so_with_a_link_and_never_shows_arabic(home, client):
    page_below(home, "فضاء المواطن", slug="citizens", summary="نص عربي لا يظهر هنا")
    answer = get(client, "/fr/citizens/")
    assert answer.status_code == 404
    text = answer.content.decode()
    assert "نص عربي لا يظهر هنا" not in text
    assert '<a href="/ar/citizens/" lang="ar" hreflang="ar" dir="auto">فضاء المواطن</a>' in text
    assert '<html lang="fr"' in text


def test_a_draft_translation_is_not_shown(home, client):
    page = page_below(home, "فضاء المواطن", slug="citizens")
    draft = translate_page(page=page, locale=Locale.objects.get(language_code="fr"))
    assert get(client, "/fr/citizens/").status_code == 404
    draft.save_revision().publish()
    assert get(client, "/fr/citizens/").status_code == 200


def test_a_page_below_one_that_is_not_published_is_not_shown(home, client):
    page = page_below(home, "قسم", slug="section")
    page_below(page, "صفحة", slug="leaf")
    assert get(client, "/ar/section/leaf/").status_code == 200
    page.refresh_from_db()
    page.unpublish()
    assert get(client, "/ar/section/leaf/").status_code == 404


def test_a_page_that_stands_nowhere_is_simply_not_found(home, client):
    answer = get(client, "/ar/nowhere/at-all/")
    assert answer.status_code == 404
    assert 'hreflang="fr" dir="auto"' not in answer.content.decode()


def test_each_host_has_its_own_pages(home, sefrou, client):
    home_of(sefrou.other)
    page_below(home, "صفحة الإقليم", slug="ours")
    answer = client.get("/ar/ours/", headers={"host": sefrou.other.host})
    assert answer.status_code == 404
    assert "صفحة الإقليم" not in answer.content.decode()


def test_the_language_switch_keeps_the_page(home, client):
    text = get(client, "/ar/programme/").content.decode()
    for code in ("fr", "zgh"):
        assert f'href="/{code}/programme/"' in text


# --- the entrance ---------------------------------------------------------------------------


def test_the_entrance_leads_to_arabic_whatever_the_browser_prefers(home, client):
    answer = get(client, "/", **{"accept-language": "fr"})
    assert (answer.status_code, answer["Location"]) == (302, "/ar/")
    assert answer["Cache-Control"] == "private, no-store"


def test_the_entrance_follows_the_cookie_of_the_switch(home, client):
    client.cookies["lang"] = "fr"
    assert get(client, "/")["Location"] == "/fr/"
    client.cookies["lang"] = "xx"
    assert get(client, "/")["Location"] == "/ar/"


def test_only_the_switch_sets_the_cookie_and_it_leads_nowhere_else(home, client):
    answer = get(client, "/language/fr/?next=/fr/programme/")
    assert answer["Location"] == "/fr/programme/"
    assert answer.cookies["lang"].value == "fr"
    assert get(client, "/language/fr/?next=https://evil.example/")["Location"] == "/fr/"
    assert get(client, "/language/fr/?next=//evil.example/")["Location"] == "/fr/"
    assert get(client, "/language/xx/").status_code == 404


def test_a_page_with_a_language_never_reads_the_cookie(home, client):
    client.cookies["lang"] = "fr"
    assert '<html lang="ar"' in get(client, "/ar/").content.decode()


def test_an_unknown_host_is_sent_to_the_default_community_and_that_is_not_kept(home, client):
    answer = client.get("/ar/", headers={"host": "unknown.example"})
    assert answer.status_code == 302
    assert answer["Location"].split("://")[1].split(":")[0].split("/")[0] == "localhost"
    assert answer["Cache-Control"] == "no-store"


def test_a_community_is_reached_by_its_short_name(home, sefrou, client):
    answer = get(client, f"/c/{sefrou.other.slug}/")
    assert sefrou.other.host in answer["Location"]
    assert get(client, "/c/nobody/").status_code == 404
    in_french = get(client, f"/c/{sefrou.other.slug}/?in=fr")["Location"]
    assert in_french.endswith("/fr/") and sefrou.other.host in in_french
    assert "xx" not in get(client, f"/c/{sefrou.other.slug}/?in=xx")["Location"]


# --- what an edge may keep ------------------------------------------------------------------


def test_the_wider_policy_stands_under_admin_alone(home, client):
    assert "unsafe" not in get(client, "/desk/account/login/")["Content-Security-Policy"]
    assert "'unsafe-inline'" in get(client, "/admin/")["Content-Security-Policy"]
    assert "unsafe" not in get(client, "/administration/")["Content-Security-Policy"]


def test_an_editorial_page_costs_six_queries_once_its_frame_is_kept(
    home, client, django_assert_num_queries
):
    get(client, "/ar/privacy/")
    with django_assert_num_queries(6):
        get(client, "/ar/privacy/")


# --- the map of the site --------------------------------------------------------------------

SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def site_map(client, host="localhost"):
    answer = client.get("/sitemap.xml", headers={"host": host})
    assert answer.status_code == 200
    tree = ElementTree.fromstring(answer.content)
    return {
        url.findtext("s:loc", namespaces=SPACES): {
            link.get("hreflang") for link in url.findall("x:link", SPACES)
        }
        for url in tree.findall("s:url", SPACES)
    }


def test_the_map_names_each_page_with_the_translations_that_exist(home, client):
    page_below(home, "فضاء المواطن", slug="citizens")
    found = site_map(client)
    # The name of the council is not known in Amazigh, and lists are not wholly translated.
    assert found["http://localhost/ar/"] == {"ar", "fr"}
    assert "http://localhost/zgh/" not in found
    assert found["http://localhost/ar/citizens/"] == {"ar"}
    assert found["http://localhost/fr/council/"] == {"ar", "fr"}
    assert "http://localhost/fr/citizens/" not in found


def test_the_map_leaves_out_drafts_and_what_stands_below_them(home, client):
    page = page_below(home, "قسم", slug="section")
    page_below(page, "صفحة", slug="leaf")
    page.refresh_from_db()
    page.unpublish()
    assert not [url for url in site_map(client) if "section" in url]


def test_the_map_of_one_host_holds_nothing_of_another(home, sefrou, client):
    home_of(sefrou.other)
    page_below(home, "صفحة الإقليم", slug="ours")
    found = site_map(client, sefrou.other.host)
    assert not [url for url in found if "ours" in url or "//localhost" in url]


def test_every_address_of_the_map_answers(story, client):
    found = site_map(client)
    assert len(found) > 40
    wrong = {
        url for url in found if get(client, url.removeprefix("http://localhost")).status_code != 200
    }
    assert not wrong


def test_robots_are_told_where_the_map_is(home, client):
    assert "Sitemap: http://localhost/sitemap.xml" in get(client, "/robots.txt").content.decode()


def test_wagtails_sites_follow_the_hosts(home, sefrou):
    assert Site.objects.get(hostname="localhost").root_page.specific == home
    assert HomePage.objects.filter(community=sefrou.province).count() == 3


@pytest.mark.parametrize(
    ("button", "page"),
    [
        (
            "/desk/community/axes/roads/move/",
            "/desk/community/axes/roads/",
        ),
        ("/desk/community/access/7/close/", "/desk/community/"),
    ],
)
def test_who_opens_the_address_of_a_button_comes_to_its_page(sefrou, client, button, page):
    log_in(client, sefrou.administrator, sefrou.province)
    reader = client.get(button, headers={"accept": "text/html", "host": "localhost"})
    assert (reader.status_code, reader.get("Location")) == (302, page)
    assert client.get(button, headers={"host": "localhost"}).status_code == 405


def test_a_demonstration_is_no_official_site(client, home):
    forget_facts()
    assert (
        "الموقع الرسمي لبرنامج الانفتاح" in client.get("/ar/", headers={"host": "localhost"}).text
    )
    Installation.objects.update_or_create(pk=1, defaults={"is_demonstration": True})
    forget_facts()
    page = client.get("/ar/", headers={"host": "localhost"}).text
    assert "عرض تجريبي لموقع برنامج الانفتاح" in page and "الموقع الرسمي" not in page


def test_statements_name_the_place_of_their_own_kind_of_community(client, sefrou):
    create_homes(community=sefrou.province)
    page = client.get("/ar/accessibility/", headers={"host": "localhost"}).text
    assert "شباك الاستقبال بمقر المجلس الإقليمي" in page and "مكتب الجماعة" not in page
    assert "للتحقق)" not in client.get("/ar/legal/", headers={"host": "localhost"}).text
