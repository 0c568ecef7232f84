"""Days off that change while officers act and requests come in: no deadlock, nothing miscounted."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection, connections

from infitah.community.tests.world import make_sefrou
from infitah.core.operations import dispatch_events
from infitah.information import operations
from infitah.information.operations.refresh import refresh_requests
from infitah.information.operations.replay import replay
from infitah.information.tests.asked import OFFICER
from infitah.information.tests.test_calendar_moves import ask, at, close

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
DAY = date(2026, 3, 9)
CLOSED = [
    date(2026, 3, 10) + timedelta(days=7 * week + day) for week in range(2) for day in range(3)
]


def shut(sefrou):
    for on in CLOSED:
        close(sefrou.province, on=on)


def work(sefrou, references):
    for reference in references:
        named = {"community": sefrou.province, "reference": reference, "by": OFFICER}
        when = {"on": DAY, "now": at(DAY)}
        operations.register_request(title="محضر دورة يناير", **when, **named)
        operations.ask_clarification(words="أي سنة تقصدون؟", **when, **named)


def come_in(sefrou):
    for _number in range(8):
        ask(sefrou, on=DAY)


def test_whatever_happens_together_counts_by_the_last_calendar():
    sefrou = make_sefrou()
    references = [ask(sefrou).reference for _number in range(12)]
    acts = [
        lambda: shut(sefrou),
        lambda: work(sefrou, references[::2]),
        lambda: work(sefrou, references[1::2]),
        lambda: come_in(sefrou),
    ]

    def run(act):
        try:
            act()
        finally:
            connections.close_all()

    # SQLite in memory has no second connection; its one writer at a time is shown by benchmarks.
    if connection.vendor == "postgresql":
        with ThreadPoolExecutor(len(acts)) as pool:
            list(pool.map(run, acts))
    else:
        for act in acts:
            act()
    dispatch_events(now=at(DAY))
    while refresh_requests(now=at(DAY)):
        pass
    found = replay(now=at(DAY))
    assert (found.looked, found.differing) == (20, ())
