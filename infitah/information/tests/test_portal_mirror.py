"""The national portal beside our register: typed by an officer, told to all, nothing replaced."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from infitah.community.tests.factories import log_in
from infitah.core.viewer import Viewer
from infitah.information.models import InformationRequest, PortalCount
from infitah.information.operations import portal
from infitah.information.queries import figures as queries
from infitah.information.queries.figures.portal import portal_pairs
from infitah.information.rules import figures
from infitah.information.tests.asked import OFFICER, arrival, file
from infitah.information.tests.desk import officer
from infitah.information.tests.mass import make_many
from infitah.ledger import queries as ledger

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOW = datetime(2026, 6, 30, 9, tzinfo=UTC)
DESK = "/desk/information/portal/"
MARCH = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(NOW, tick=False):
        yield


def numbers(**more):
    values = {
        "month": MARCH,
        "received": 7,
        "answered": 4,
        "source": "chafafiya.ma، صفحة الإحصائيات",
        "counted_on": date(2026, 4, 2),
    }
    return portal.PortalNumbers(**values | more)


def record(sefrou, **more):
    return portal.record_portal_count(
        community=sefrou.province, said=numbers(**more), by=OFFICER, now=NOW
    )


def came(sefrou, on, number=""):
    moment = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    return file(
        sefrou, came=arrival(channel="chafafiya", on=on, at=moment, number=number), now=moment
    ).request


def test_the_portal_stands_beside_our_own_count_of_the_month(sefrou):
    came(sefrou, date(2026, 3, 2), "CH-1")
    came(sefrou, date(2026, 3, 30), "CH-2")
    came(sefrou, date(2026, 5, 4), "CH-3")
    file(sefrou)
    year = figures.Span.of_year(2026)
    assert queries.portal_months(sefrou.province, year) == []
    record(sefrou)
    march, may = queries.portal_months(sefrou.province, year)
    assert (march.month, march.received, march.ours, march.difference) == (MARCH, 7, 2, 5)
    assert (may.received, may.ours, may.difference) == (None, 1, None)
    assert queries.portal_months(sefrou.other, year) == []
    page = Client(headers={"host": sefrou.province.host}).get("/fr/information/figures/2026/")
    html = page.content.decode()
    assert "chafafiya.ma" in html and "Pourquoi les deux diffèrent" in html


def test_told_again_the_newer_numbers_stand_and_the_register_keeps_both(sefrou):
    record(sefrou)
    record(sefrou, received=9, counted_on=date(2026, 6, 1))
    assert PortalCount.objects.get().received == 9
    acts = ledger.of_subject(sefrou.province.key, "SFR-portal-2026-03")
    assert [one.act for one in acts] == ["information.portal_counted"] * 2


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"month": date(2026, 7, 1)}, "month"),
        ({"counted_on": date(2026, 7, 1)}, "counted_on"),
        ({"counted_on": date(2026, 2, 28)}, "counted_on"),
        ({"source": "  "}, "source"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(sefrou, more, field):
    with pytest.raises(portal.PortalRefused) as refused:
        record(sefrou, **more)
    assert refused.value.field == field
    assert not PortalCount.objects.exists()


def test_the_officer_types_a_month_and_keeps_what_was_typed_when_refused(sefrou):
    desk = officer(sefrou)
    sent = {
        "month": "2026-13",
        "received": "7",
        "answered": "-1",
        "source": "صفحة الإحصائيات",
        "counted_on": "2026-04-02",
    }
    refused = desk.post(f"{DESK}record/", sent)
    assert refused.status_code == 422 and "صفحة الإحصائيات" in refused.content.decode()
    done = desk.post(f"{DESK}record/", {**sent, "month": "٢٠٢٦-٠٣", "answered": "4"})
    assert done.status_code == 302
    assert PortalCount.objects.get().month == MARCH
    assert "7" in desk.get(DESK).content.decode()


def test_our_numbers_stand_beside_those_of_the_portal(sefrou):
    one = came(sefrou, date(2026, 3, 2), "CH-77")
    other = came(sefrou, date(2026, 3, 3), "CH-78")
    InformationRequest.objects.filter(pk=other.pk).update(external_number="")
    file(sefrou)
    desk = officer(sefrou)
    html = desk.get(DESK).content.decode()
    assert one.reference in html and "CH-77" in html and other.reference in html
    html = desk.get(DESK, {"lacking": "1"}).content.decode()
    assert other.reference in html and one.reference not in html


def test_the_list_of_numbers_goes_on_and_costs_the_same(sefrou):
    viewer = sefrou.viewer("information.read")
    for count, first in ((30, 1), (600, 1000)):
        make_many(sefrou.province, count, first=first, seed=first)
        with CaptureQueriesContext(connection) as counting:
            page = portal_pairs(viewer)
        assert len(counting) == 1
    total = InformationRequest.objects.filter(channel="chafafiya").count()
    seen = [row.reference for row in page.rows]
    while page.after:
        page = portal_pairs(viewer, after=page.after)
        seen += [row.reference for row in page.rows]
    assert len(seen) == len(set(seen)) == total > 50
    assert portal_pairs(Viewer(sefrou.province.key, sefrou.province.pk)).rows == []


def test_who_may_not_read_requests_sees_neither_page(sefrou):
    for user in (sefrou.moderator, sefrou.administrator, sefrou.secretary):
        client = log_in(Client(), user, sefrou.province)
        assert client.get(DESK).status_code == 404
        assert client.post(f"{DESK}record/", {}).status_code == 404
    head = officer(sefrou, "president")
    assert head.get(DESK).status_code == 200
    assert head.get(f"{DESK}record/").status_code == 404
