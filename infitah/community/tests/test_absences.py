"""Absences: days, no reason, one at a time, entered at the desk, ended when somebody is back."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from infitah.community import operations
from infitah.community.models import Absence, Appointment
from infitah.community.operations.offices import OfficeRefused
from infitah.community.tests.factories import NOW, log_in
from infitah.ledger.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAYS = {"starts_on": date(2023, 7, 3), "ends_on": date(2023, 7, 17)}


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def held(sefrou):
    return Appointment.objects.get(community=sefrou.province, office="information_officer")


def enter(held, sefrou, **more):
    return operations.enter_absence(appointment=held, by=sefrou.by, now=NOW, **DAYS | more)


def test_an_absence_is_kept_until_the_first_day_back(sefrou, held):
    enter(held, sefrou)
    on = Absence.objects.on
    assert on(date(2023, 7, 3)).exists() and on(date(2023, 7, 16)).exists()
    assert not on(date(2023, 7, 2)).exists() and not on(date(2023, 7, 17)).exists()
    entry = Entry.objects.get(act="community.absence_entered")
    assert "2023-07-03" not in str(entry.canonical), "the days are nobody else's"


@pytest.mark.parametrize(
    "more",
    [
        {"ends_on": date(2023, 7, 3)},
        {"starts_on": date(2023, 5, 1), "ends_on": date(2023, 5, 9)},
        {"ends_on": date(2025, 7, 17)},
    ],
)
def test_days_that_cannot_be_are_refused(sefrou, held, more):
    with pytest.raises(OfficeRefused) as refused:
        enter(held, sefrou, **more)
    assert refused.value.field == "back_on" and not Absence.objects.exists()


def test_two_absences_share_no_day(sefrou, held):
    enter(held, sefrou)
    with pytest.raises(OfficeRefused):
        enter(held, sefrou, starts_on=date(2023, 7, 16), ends_on=date(2023, 7, 20))
    enter(held, sefrou, starts_on=date(2023, 7, 17), ends_on=date(2023, 7, 20))


def test_it_ends_when_the_holder_is_back_and_is_taken_back_before_it_begins(sefrou, held):
    absence = enter(held, sefrou)
    operations.end_absence(absence=absence, by=sefrou.by, now=NOW)
    assert not Absence.objects.exists()
    absence = enter(held, sefrou)
    later = NOW.replace(month=7, day=10)
    assert operations.end_absence(absence=absence, by=sefrou.by, now=later).ends_on == date(
        2023, 7, 10
    )
    with pytest.raises(OfficeRefused):
        operations.end_absence(absence=absence, by=sefrou.by, now=later)


def test_it_is_entered_at_the_desk_by_who_keeps_the_offices(sefrou, held):
    desk = log_in(Client(), sefrou.administrator, sefrou.province)
    path = f"/desk/community/offices/{held.pk}/"
    wrong = desk.post(f"{path}absence/", {"absence-away_on": "2023-07-03", "absence-back_on": "x"})
    assert wrong.status_code == 422 and 'value="2023-07-03"' in wrong.content.decode()
    days = {"absence-away_on": "2023-07-03", "absence-back_on": "2023-07-17"}
    assert desk.post(f"{path}absence/", days).status_code == 302
    assert desk.post(f"{path}absence/", days).status_code == 422
    page = desk.get(path).content.decode()
    absence = Absence.objects.get()
    assert f"/desk/community/absences/{absence.pk}/end/" in page
    other = log_in(Client(), sefrou.other_administrator, sefrou.other)
    assert other.post(f"{path}absence/", days).status_code == 404
    assert other.post(f"/desk/community/absences/{absence.pk}/end/").status_code == 404
    officer = log_in(Client(), sefrou.information_officer, sefrou.province)
    assert officer.post(f"{path}absence/", days).status_code == 404
    assert desk.post(f"/desk/community/absences/{absence.pk}/end/").status_code == 302
    assert not Absence.objects.exists()
