"""What a page says of itself: the languages in which it really stands, and its acts."""

import re
import xml.etree.ElementTree as ElementTree

import html5lib
import pytest
from wagtail.models import Locale

from infitah.core.models import Generation
from infitah.council.models import Deliberation
from infitah.kernel.localized import LocalizedText
from infitah.participation.models import Idea
from infitah.programme.models import Commitment
from infitah.website.models import HomePage
from infitah.website.operations import translate_page
from infitah.website.tests.factories import page_below

pytestmark = pytest.mark.django_db
SCRIPTS = {"ar": "[\u0600-\u06ff]", "zgh": "[\u2d30-\u2d7f]", "fr": "[a-zà-ÿ]{3}"}


def get(client, path):
    return client.get(path, headers={"host": "localhost"})


def tree_of(answer):
    return html5lib.parse(answer.content.decode(), namespaceHTMLElements=False)


def alternates(answer):
    links = tree_of(answer).iter("link")
    return {
        link.get("hreflang"): link.get("href")
        for link in links
        if link.get("rel") == "alternate" and link.get("hreflang")
    }


def published(page, code):
    draft = translate_page(page=page, locale=Locale.objects.get(language_code=code))
    draft.save_revision().publish()
    return draft


# --- editorial pages ------------------------------------------------------------------------


def test_a_page_names_its_published_translations_and_arabic_for_everybody_else(home, client):
    page = page_below(home, "فضاء المواطن", slug="citizens")
    arabic = "http://localhost/ar/citizens/"
    assert alternates(get(client, "/ar/citizens/")) == {"ar": arabic, "x-default": arabic}
    published(page, "fr")
    expected = {"ar": arabic, "fr": "http://localhost/fr/citizens/", "x-default": arabic}
    assert alternates(get(client, "/ar/citizens/")) == expected
    assert alternates(get(client, "/fr/citizens/")) == expected


def test_a_translation_below_a_draft_is_not_named(home, client):
    section = page_below(home, "قسم", slug="section")
    leaf = page_below(section, "صفحة", slug="leaf")
    french = published(leaf, "fr")
    assert not french.get_parent().live
    assert "fr" not in alternates(get(client, "/ar/section/leaf/"))
    french.get_parent().specific.save_revision().publish()
    assert "fr" in alternates(get(client, "/ar/section/leaf/"))


def test_a_home_whose_name_is_not_known_in_a_language_is_no_translation(home, sefrou, client):
    assert set(alternates(get(client, "/ar/"))) == {"ar", "fr", "x-default"}
    HomePage.objects.filter(community=sefrou.province, locale__language_code="zgh").update(
        title="ⴰⵙⵇⵇⵉⵎ"
    )
    assert set(alternates(get(client, "/ar/"))) == {"ar", "fr", "zgh", "x-default"}


@pytest.mark.parametrize("path", ["/fr/citizens/", "/ar/nowhere/", "/ar/register/999999/"])
def test_a_page_that_is_not_there_names_no_translation(path, home, client):
    page_below(home, "فضاء المواطن", slug="citizens")
    answer = get(client, path)
    assert answer.status_code == 404
    assert alternates(answer) == {}


def test_what_an_editor_wrote_in_amazigh_is_marked_so(home, client):
    page = page_below(home, "فضاء", slug="space", summary="ملخص", intro="<p>نص</p>")
    draft = published(page, "zgh")
    draft.title, draft.summary, draft.intro = "ⴰⵙⴰⵢⵔⴰⵔ", "ⴰⵙⴳⵣⵍ", "<p>ⴰⴹⵕⵉⵚ</p>"
    draft.save_revision().publish()
    assert wrongly_marked(tree_of(get(client, "/zgh/space/"))) == []


# --- records --------------------------------------------------------------------------------


def records():
    """Yield the path of each record's page without language, with its languages."""
    for held in Commitment.objects.select_related("cycle"):
        yield f"programme/{held.cycle.slug}/commitments/{held.reference}/", held.title.languages()
        yield f"programme/{held.cycle.slug}/", held.cycle.title.languages()
    for held in Deliberation.objects.all():
        yield f"council/decisions/{held.reference}/", held.title.languages()
    idea = Idea.objects.filter(state=Idea.State.VISIBLE).select_related("consultation").first()
    start = f"consultations/{idea.consultation.slug}/"
    yield start, idea.consultation.name.languages()
    yield f"{start}ideas/{idea.reference}/", (idea.language,)


def test_records_name_the_languages_in_which_they_were_written(story, client):
    one = Commitment.objects.first()
    one.title = LocalizedText(ar="التزام بالعربية وحدها 2024-2025")
    one.save(update_fields=["title"])
    other = Commitment.objects.exclude(pk=one.pk).first()
    other.title = LocalizedText(ar="التزام", zgh="ⴰⵙⵉⵡⴹ")
    other.save(update_fields=["title"])
    found = dict(records())
    assert {("ar",), ("ar", "fr"), ("ar", "zgh")} <= set(found.values())
    for path, codes in found.items():
        named = alternates(get(client, f"/ar/{path}"))
        expected = {code: f"http://localhost/{code}/{path}" for code in codes}
        expected |= {"x-default": expected["ar"]} if "ar" in expected else {}
        assert named == expected, path


def test_the_map_and_the_pages_name_the_same_translations(story, client):
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    tree = ElementTree.fromstring(get(client, "/sitemap.xml").content)
    link = "{http://www.w3.org/1999/xhtml}link"
    for url in tree.findall("s:url", spaces):
        address = url.findtext("s:loc", namespaces=spaces)
        named = alternates(get(client, address.removeprefix("http://localhost")))
        named.pop("x-default", None)
        assert named == {one.get("hreflang"): one.get("href") for one in url.iter(link)}, address


def wrongly_marked(tree):
    """Return pieces of text whose script is not that of the language they are marked with."""
    found = []

    def walk(node, language):
        language = node.get("lang") or language
        pieces = [(node.text, language), *((child.tail, language) for child in node)]
        of_people = node.tag == "bdi" and node.get("dir") == "auto"  # in whatever language
        if of_people or node.tag in {"script", "style", "code"}:
            return
        for text, marked in pieces:
            foreign = [code for code in ("ar", "zgh") if re.search(SCRIPTS[code], text or "")]
            if foreign and marked not in foreign:
                found.append((marked, text.strip()))
        for child in node:
            if isinstance(child.tag, str):
                walk(child, language)

    walk(tree.find("body"), tree.get("lang"))
    return found


@pytest.mark.parametrize("language", ["fr", "zgh"])
def test_arabic_that_stands_in_for_another_language_is_marked_arabic(language, story, client):
    one = Commitment.objects.select_related("cycle").first()
    one.title = LocalizedText(ar="التزام بالعربية وحدها")
    one.save(update_fields=["title"])
    Generation.objects.all().delete()
    paths = ["", "council/", "register/", f"programme/{one.cycle.slug}/"]
    if language == "fr":  # in Amazigh the thread writes the name of a proof into its sentence
        paths.append(f"programme/{one.cycle.slug}/commitments/{one.reference}/")
    wrong = []
    for path in paths:
        answer = get(client, f"/{language}/{path}")
        assert answer.status_code == 200
        wrong += [(path, *found) for found in wrongly_marked(tree_of(answer))]
    assert not wrong, "\n".join(map(str, wrong))


# --- the register in the foot ---------------------------------------------------------------


def foot(answer):
    return tree_of(answer).find(".//footer")


def links(node):
    return [link.get("href") for link in node.iter("a")]


def test_the_foot_of_a_record_leads_to_its_acts_and_dates_the_last(story, client):
    one = Deliberation.objects.order_by("pk").first()
    shown = foot(get(client, f"/ar/council/decisions/{one.reference}/"))
    assert f"/ar/verify/?sought={one.reference}" in links(shown)
    assert shown.find(".//time") is not None
    answer = get(client, f"/ar/verify/?sought={one.reference}")
    assert answer.status_code in {200, 302}


def test_the_foot_of_a_commitment_is_as_fresh_as_its_head(story, client):
    one = Commitment.objects.select_related("cycle").first()
    answer = get(client, f"/ar/programme/{one.cycle.slug}/commitments/{one.reference}/")
    head = tree_of(answer).find(".//p[@class='page-meta']//time")
    assert foot(answer).find(".//time").get("datetime") == head.get("datetime")


def test_the_foot_of_other_pages_leads_to_the_register(home, client):
    shown = foot(get(client, "/ar/council/"))
    assert "/ar/register/" in links(shown)
    assert shown.find(".//time") is None


def test_the_page_of_a_thing_that_is_not_shown_says_nothing_of_its_acts(story, client):
    one = Idea.objects.filter(state=Idea.State.VISIBLE).select_related("consultation").first()
    path = f"/ar/consultations/{one.consultation.slug}/ideas/{one.reference}/"
    assert f"/ar/verify/?sought={one.reference}" in links(foot(get(client, path)))
    answer = get(client, path.replace(one.reference, "SFR-2023-I-9999"))
    assert answer.status_code == 404
    assert "SFR-2023-I-9999" not in "".join(foot(answer).itertext())
    assert "/ar/register/" in links(foot(answer))
    assert alternates(answer) == {}
