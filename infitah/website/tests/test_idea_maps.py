"""Search engines are told of the ideas that anybody may read, in parts."""

from xml.etree import ElementTree

import pytest

from infitah.participation.models import Idea, IdeaTally
from infitah.participation.tests.factories import make_consultation, make_idea
from infitah.website import sitemap

pytestmark = pytest.mark.django_db


def listed(client, address):
    answer = client.get(address, headers={"host": "localhost"})
    assert answer.status_code == 200, address
    tree = ElementTree.fromstring(answer.content)
    return [one.text for one in tree.iter() if one.tag.endswith("}loc")]


@pytest.fixture
def june(sefrou):
    return make_consultation(sefrou.province, sefrou.axis)


def test_shown_ideas_stand_in_parts_and_hidden_ones_nowhere(client, sefrou, june, monkeypatch):
    monkeypatch.setattr(sitemap, "PART", 2)
    ideas = [
        make_idea(june, sefrou.axis, f"نشر ميزانية المجلس الإقليمي كل سنة {number}")
        for number in range(4)
    ]
    Idea.objects.filter(pk=ideas[0].pk).update(state="held")
    assert sum(IdeaTally.objects.values_list("shown", flat=True)) == 4
    parts = listed(client, "/sitemaps/ideas.xml")
    assert parts == [f"http://localhost/sitemaps/ideas-{part}.xml" for part in (1, 2)]
    paths = [one for part in parts for one in listed(client, part.removeprefix("http://localhost"))]
    assert len(paths) == 3 and not [one for one in paths if ideas[0].reference in one]
    for path in paths:
        shown = client.get(path.removeprefix("http://localhost"), headers={"host": "localhost"})
        assert shown.status_code == 200
    for beyond in (0, 3, 10**9):
        answer = client.get(f"/sitemaps/ideas-{beyond}.xml", headers={"host": "localhost"})
        assert answer.status_code == 404


def test_a_part_costs_one_query_of_ideas(
    client, sefrou, june, monkeypatch, django_assert_max_num_queries
):
    for number in range(3):
        make_idea(june, sefrou.axis, f"نشر ميزانية المجلس الإقليمي كل سنة {number}")
    client.get("/sitemaps/ideas-1.xml", headers={"host": "localhost"})
    with django_assert_max_num_queries(3):  # the host map and the frame ask for their own
        client.get("/sitemaps/ideas-1.xml", headers={"host": "localhost"})


def test_robots_are_told_of_both_maps(client, sefrou):
    text = client.get("/robots.txt", headers={"host": "localhost"}).content.decode()
    assert "/sitemap.xml" in text and "/sitemaps/ideas.xml" in text
