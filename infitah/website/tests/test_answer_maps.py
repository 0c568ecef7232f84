"""Search engines are told of the published answers, in parts, each in its own languages."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest

from infitah.kernel.localized import LocalizedText
from infitah.publication.tests.factories import NOW, make_deferred, make_record, make_records
from infitah.website import sitemap

pytestmark = pytest.mark.django_db
HERE = "http://localhost"


def located(client, address: str) -> list[str]:
    tree = ElementTree.fromstring(client.get(address, headers={"host": "localhost"}).content)
    return [one.text for one in tree.iter() if one.tag.endswith("}loc")]


def test_search_engines_are_told_of_each_answer_in_its_languages(client, sefrou, monkeypatch):
    monkeypatch.setattr(sitemap, "PART", 2)
    make_records(sefrou.province, 3)
    make_deferred(sefrou.province, "SFR-2026-R-0050")
    make_record(
        sefrou.province,
        title=LocalizedText(ar="عنوان بالعربية وحدها"),
        now=NOW + timedelta(days=1),
    )
    parts = located(client, "/sitemaps/answers.xml")
    assert parts == [f"{HERE}/sitemaps/answers-{part}.xml" for part in (1, 2)]
    found = [one for part in parts for one in located(client, part.removeprefix(HERE))]
    assert len(found) == 3 * 2 + 1
    for address in found:
        assert (
            client.get(address.removeprefix(HERE), headers={"host": "localhost"}).status_code == 200
        )
    assert client.get("/sitemaps/answers-3.xml", headers={"host": "localhost"}).status_code == 404
    whole_map = located(client, "/sitemap.xml")
    assert f"{HERE}/ar/information/log/" in whole_map
    assert (
        "/sitemaps/answers.xml"
        in client.get("/robots.txt", headers={"host": "localhost"}).content.decode()
    )
