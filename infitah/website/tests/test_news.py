"""News made from the register: read in as few queries for many things as for one."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from infitah.core.models import News
from infitah.core.viewer import Actor
from infitah.ledger import operations as ledger
from infitah.participation.tests.factories import DURING, make_consultation
from infitah.website import operations

pytestmark = pytest.mark.django_db


def published(*slugs: str) -> None:
    with transaction.atomic():
        for slug in slugs:
            ledger.record(
                community_key="SFR",
                act="participation.themes_published",
                subject=f"consultation:{slug}",
                by=Actor.system("clock"),
                public={},
                occurred_on=DURING.date(),
                now=DURING,
            )


def test_news_of_many_things_is_made_in_the_same_queries_as_of_one(sefrou):
    slugs = ["one", "two", "three", "four"]
    for slug in slugs:
        make_consultation(sefrou.province, sefrou.axis, slug=slug)
    operations.read_register(now=DURING)  # what is in the register already is history
    counts = []
    for some in (slugs[:1], slugs[:1], slugs):
        published(*some)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            operations.read_register(now=DURING + timedelta(hours=1))
        asked = [one["sql"] for one in caught if one["sql"].startswith("SELECT")]
        counts.append(len(asked))
        assert sum('FROM "participation_consultation"' in sql for sql in asked) == 1
    assert counts[1:] == [5, 5]  # the first of a process also reads which hosts there are
    topics = News.objects.values_list("topic", flat=True)
    assert {f"consultation:{slug}" for slug in slugs} | {"consultations"} == set(topics)
    assert len(topics) == 2 * 6
