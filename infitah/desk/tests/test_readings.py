"""Readings of identities: participants' and requesters' together, page by page, nobody named."""

from datetime import timedelta

import pytest
from django.test import Client

from infitah.community.tests.factories import NOW, IdentityReadingFactory, log_in
from infitah.desk import queries
from infitah.information.models import RequesterReading
from infitah.information.tests.asked import file

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def read(request, minutes):
    return RequesterReading.objects.create(
        community=request.community,
        request=request,
        reader="information_officer",
        office="information_officer",
        reason=f"لإرسال الجواب {minutes}",
        read_at=NOW + timedelta(minutes=minutes),
    )


def test_both_kinds_stand_in_one_list_without_gap_or_double(sefrou):
    request = file(sefrou).request
    for minutes in range(60):
        read(request, minutes // 2)
        IdentityReadingFactory(
            participant=sefrou.participant, read_at=NOW + timedelta(minutes=minutes // 2)
        )
    viewer, before, seen = sefrou.viewer("identity.read"), "", []
    for _page in range(5):
        page = queries.readings(viewer, before=before)
        seen += [(row.kind, row.pk) for row in page.rows]
        before = page.older
        if not before:
            break
    assert len(seen) == len(set(seen)) == 120
    assert queries.readings(sefrou.viewer("idea.read")).rows == ()
    assert queries.readings(viewer, before="nonsense").rows


def test_the_page_names_reader_and_reason_and_goes_on(sefrou):
    request = file(sefrou).request
    for minutes in range(55):
        read(request, minutes)
    desk = log_in(Client(), sefrou.information_officer, sefrou.province)
    first = desk.get("/desk/people/readings/")
    html = first.content.decode()
    assert "لإرسال الجواب 54" in html and request.reference not in html
    link = html.split("?before=")[1].split('"')[0].replace("&amp;", "&")
    assert "لإرسال الجواب 0" in desk.get(f"/desk/people/readings/?before={link}").content.decode()
