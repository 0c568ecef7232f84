"""The items of article 10 over HTTP, each with how fresh it is."""

from datetime import timedelta

import pytest
import time_machine

from infitah.community.tests.factories import UnitFactory
from infitah.publication import queries
from infitah.publication.models import ProactiveItem
from infitah.publication.rules import Freshness
from infitah.publication.tests.factories import (
    NOW,
    anybody,
    make_record,
)
from infitah.publication.tests.reading import page

pytestmark = pytest.mark.django_db


def test_each_item_of_article_10_says_how_fresh_it_is(client, sefrou):
    with time_machine.travel(NOW, tick=False):
        empty = page(client, "/ar/transparency/")
        assert "لم ينشر بعد" in empty and empty.count("محين</") == 1
        officers = empty.split('id="S1"')[1].split("</article>")[0]
        assert "محين</" in officers and "الشخص المكلف بالحق" in officers
        make_record(sefrou.province)
        card = page(client, "/ar/transparency/").split('id="P06"')[1].split("</article>")[0]
        assert "محين" in card and "2 أبريل 2026" in card and "?item=P06" in card
    with time_machine.travel(NOW + timedelta(days=400), tick=False):
        card = page(client, "/ar/transparency/").split('id="P06"')[1].split("</article>")[0]
        assert "يجب تحيينه" in card


def test_what_somebody_recorded_of_an_item_counts_too(client, sefrou):
    ProactiveItem.objects.create(
        community=sefrou.province,
        code="P12",
        months=1,
        last_published_on=NOW.date(),
        link="/ar/council/",
        unit=UnitFactory(community=sefrou.province),
    )
    found = {
        one.obligation.code: one
        for one in queries.standing_of_items(
            viewer=anybody(sefrou.province),
            community=sefrou.province,
            today=NOW.date() + timedelta(days=31),
        )
    }
    assert found["P12"].freshness is Freshness.LATE
    assert found["P12"].months == 1 and found["P12"].link == "/ar/council/"
    assert found["P06"].freshness is Freshness.NEVER
