"""Acts recorded at the same time: no number missing or doubled, no deadlock, one tree."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from infitah.ledger import operations, queries
from infitah.ledger.models import Entry
from infitah.ledger.tests.factories import NOW, make_entry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
EACH = 15


def write(writer):
    """Record acts of two communities in turn, and sign heads between them."""
    try:
        for number in range(EACH):
            for community_key in ("SFR", "FES"):
                make_entry(community_key=community_key, subject=f"{writer}-{number}")
            if number % 5 == 0:
                operations.sign_head(community_key="SFR", now=NOW)
    finally:
        connections.close_all()


def test_writers_take_turns():
    # SQLite in memory has no second connection; its file is written by many in the benchmarks.
    writers = 4 if connection.vendor == "postgresql" else 1
    if writers == 1:
        write(0)
    else:
        with ThreadPoolExecutor(writers) as pool:
            list(pool.map(write, range(writers)))
    for community_key in ("SFR", "FES"):
        numbers = Entry.objects.filter(community_key=community_key).order_by("number")
        assert list(numbers.values_list("number", flat=True)) == list(range(writers * EACH))
    assert queries.audit().is_intact
