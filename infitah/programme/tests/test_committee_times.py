"""The meetings of a committee that follows several cycles: each on the page of its own cycle."""

from datetime import date

import pytest
import time_machine

from infitah.kernel.references import Reference
from infitah.proceedings.tests.factories import SessionFactory, SittingFactory
from infitah.programme import queries
from infitah.programme.rules.committee import CycleDays, OwnTime, own_times
from infitah.programme.tests.cycles import following
from infitah.programme.tests.factories import adopted_programme, cycle_of, viewer_of

pytestmark = pytest.mark.django_db


def test_the_time_of_an_imported_cycle_holds_its_own_days():
    """It was opened here only while it ran."""
    days = (
        CycleDays("2024", date(2023, 1, 5), date(2024, 1, 1), date(2025, 12, 31)),
        CycleDays("2026", date(2027, 3, 1), date(2026, 1, 1), date(2027, 12, 31)),
    )
    assert own_times(days) == {
        "2024": OwnTime(date.min, date(2026, 1, 1)),
        "2026": OwnTime(date(2026, 1, 1), date.max),
    }


def test_each_meeting_is_on_the_page_of_the_cycle_in_whose_time_it_lies(sefrou):
    first = cycle_of(sefrou)
    later = [
        following(sefrou, first, years, opened_on, committee=first.committee)
        for years, opened_on in ((2027, date(2026, 11, 2)), (2029, date(2026, 11, 5)))
    ]
    meetings = {
        on: SessionFactory(body=first.committee, convened_on=on)
        for on in (date(2022, 1, 3), date(2023, 10, 27), date(2026, 3, 1), date(2026, 11, 9))
    }
    for on, session in meetings.items():
        SittingFactory(session=session, held_on=on, state="held", seats=4, quorum_needed=3)
    coming = SessionFactory(body=first.committee, convened_on=date(2028, 12, 30))
    SittingFactory(session=coming, held_on=date(2029, 1, 8))
    viewer, today = viewer_of(sefrou.province), date(2028, 12, 31)
    shown = [queries.committee_page(one, viewer, today) for one in (first, *later)]
    listed = [[one.session for one in page.meetings] for page in shown]
    before, during = [*meetings.values()][:3], meetings[date(2026, 11, 9)]
    assert listed == [before[::-1], [during], [coming]]
    assert [page.last_on for page in shown] == [date(2026, 3, 1), date(2026, 11, 9), None]
    assert [page.coming and page.coming.session for page in shown] == [None, None, coming]
    for session, cycle in zip((*before, during, coming), (*[first] * 3, *later), strict=True):
        found = queries.meeting_address_of(Reference.parse(session.reference), viewer)
        assert found == f"programme/{cycle.slug}/committee/#{session.reference}"


def test_the_time_of_a_cycle_is_told_once_it_is_over_without_alarm_of_today(
    cycle, committee, client
):
    told = []
    for now in ("2025-11-30", "2026-11-30"):
        with time_machine.travel(f"{now} 12:00+00:00", tick=False):
            path = f"/ar/programme/{cycle.slug}/committee/"
            answer = client.get(path, headers={"host": "localhost"})
            told.append(answer.content.decode())
    assert all(
        "منذ فتح الدورة، بما فيها فترة الإعداد، أطول مدة دون اجتماع" in body for body in told
    )
    for alarm in ("كان يجب عقد اجتماع قبل", "لم يعلن عن أي اجتماع مقبل"):
        assert [alarm in body for body in told] == [True, False]


def test_the_time_goes_on_while_something_of_the_cycle_is_late(sefrou, client):
    cycle, _made = adopted_programme(sefrou)
    with time_machine.travel("2026-11-30 12:00+00:00", tick=False):
        path = f"/ar/programme/{cycle.slug}/committee/"
        body = client.get(path, headers={"host": "localhost"}).content.decode()
    assert "كان يجب عقد اجتماع قبل" in body and "لم يعلن عن أي اجتماع مقبل" in body
    viewer = viewer_of(sefrou.province)
    gaps = [
        queries.committee_page(cycle, viewer, today).rhythm.gap
        for today in (date(2025, 12, 31), date(2026, 11, 30))
    ]
    assert gaps[1] - gaps[0] == (date(2026, 11, 30) - date(2025, 12, 31)).days
