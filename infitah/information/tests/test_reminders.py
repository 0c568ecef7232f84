"""Reminders up the ladder, the morning digest, and who is in charge while somebody is away."""

from datetime import date, timedelta

import pytest
import time_machine

from infitah.community import operations as community
from infitah.community.models import Appointment
from infitah.community.tests.factories import UnitFactory, grant
from infitah.core.letters import read
from infitah.core.models import Mail
from infitah.core.viewer import Actor
from infitah.information import operations
from infitah.information.operations import morning, reminders
from infitah.information.queries.desk_charge import in_charge
from infitah.information.rules.reminders import Step, is_quiet, step_of, told_at
from infitah.information.rules.tasks import service_due
from infitah.information.tests.asked import arrival
from infitah.information.tests.desk import DESK, at, delivered, file, named, officer, registered
from infitah.kernel.calendar import Holiday, WorkingCalendar
from infitah.kernel.localized import LocalizedText

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DUE = date(2026, 4, 1)


@pytest.fixture
def people(sefrou):
    """Everybody of the ladder, each with an address."""
    for office in ("deputy_information_officer", "director_of_services", "president"):
        grant(sefrou.province, office, username=office)
    return sefrou


def told(template, since=0):
    mails = Mail.objects.filter(template=f"information/email/{template}", pk__gt=since)
    return [read(mail) for mail in mails.order_by("pk")]


def run(day, hour=9):
    now = at(day, hour)
    if reminders.has_reminders(now):
        reminders.remind(now=now)


@pytest.mark.parametrize(
    ("left", "step"),
    [
        *((9, None), (6, None), (5, "D-5"), (3, "D-5"), (2, "D-2"), (1, "D-2"), (0, "D")),
        *((-1, "late"), (-14, "late"), (-15, None)),
    ],
)
def test_the_steps_of_a_last_day(left, step):
    assert step_of(DUE, DUE - timedelta(days=left)) == (Step(step) if step else None)


def test_each_step_adds_the_next_one_above():
    assert [len(told_at(step)) for step in Step] == [1, 2, 3, 4]
    assert told_at(Step.LATE)[-1] == "president"


def test_nobody_is_written_to_at_night():
    assert [hour for hour in range(24) if not is_quiet(hour)] == list(range(8, 19))


def test_reminders_climb_as_the_days_run_out_and_each_is_sent_once(people):
    request = registered(people)
    assert request.due_on == DUE
    seen = {}
    for day in range(40):
        on = DUE - timedelta(days=20) + timedelta(days=day)
        before = Mail.objects.count()
        for hour in (3, 7, 9, 12, 21):
            run(on, hour)
        sent = Mail.objects.order_by("pk")[before:]
        if sent:
            seen[(on - DUE).days] = sorted(read(mail).to.split("@")[0] for mail in sent)
    assert seen == {
        -5: ["information_officer"],
        -2: ["deputy_information_officer", "information_officer"],
        0: ["deputy_information_officer", "director_of_services", "information_officer"],
        1: [
            "deputy_information_officer",
            "director_of_services",
            "information_officer",
            "president",
        ],
    }
    texts = told("reminder_due")
    assert all(request.reference in letter.text for letter in texts)
    assert request.text not in "".join(letter.text for letter in texts)


def test_a_step_that_no_worker_could_tell_is_told_afterwards(people):
    registered(people)
    run(DUE - timedelta(days=4))
    assert len(told("reminder_due")) == 1


def test_an_answered_or_extended_request_is_not_reminded_of(people):
    answered, extended = delivered(people), registered(people)
    operations.extend(
        ground="large_volume",
        words="وثائق كثيرة",
        on=date(2026, 3, 3),
        now=at(date(2026, 3, 3)),
        **named(extended),
    )
    for left in (5, 2, 0, -1):
        run(DUE - timedelta(days=left))
    assert told("reminder_due") == [] and answered.phase == "delivered"


def test_the_president_is_reminded_of_a_complaint(people):
    request = delivered(people)
    on = date(2026, 3, 4)
    operations.complain(level="complained_head", words="ناقص", on=on, now=at(on), **named(request))
    run(date(2026, 3, 14))
    sent = told("complaint_due")
    assert sorted(letter.to for letter in sent) == [
        "information_officer@example.org",
        "president@example.org",
    ]
    assert "ناقص" not in sent[0].text


def test_the_other_community_is_told_nothing(people):
    grant(people.other, "information_officer", username="theirs")
    registered(people)
    for left in (5, 2, 0, -1):
        run(DUE - timedelta(days=left))
    assert "theirs@example.org" not in {letter.to for letter in told("reminder_due")}


# The morning ------------------------------------------------------------------------------------


def wake(day, hour=9):
    now = at(day, hour)
    if morning.has_digests(now):
        morning.send_digests(now=now)


def test_the_digest_lists_everything_due_within_three_days(people):
    came = arrival(on=date(2026, 2, 9), at=at(date(2026, 2, 9)))
    soon = [file(people, came=came).request for _n in range(130)]
    late = file(people, came=arrival(on=date(2026, 1, 5), at=at(date(2026, 1, 5)))).request
    far = registered(people)
    day = soon[0].due_on - timedelta(days=3)
    wake(day)
    letters = told("morning")
    assert {letter.to.split("@")[0] for letter in letters} == {
        "information_officer",
        "deputy_information_officer",
    }
    for one in (*soon, late):
        assert one.reference in letters[0].text
    assert far.reference not in letters[0].text and "131" in letters[0].subject


def test_the_digest_tells_who_is_waited_for_and_what_closes(people):
    unit = UnitFactory(community=people.province, slug="council", email="c@example.org")
    day = date(2026, 3, 4)
    asked, consulted, tasked = registered(people), registered(people), registered(people)
    put_off, complained = delivered(people), delivered(people)
    act = {"on": date(2026, 3, 3), "now": at(date(2026, 3, 3))}
    operations.ask_clarification(words="أي سنة؟", **act, **named(asked))
    operations.consult_third_party(party="شركة", words="هل تقبلون؟", **act, **named(consulted))
    operations.ask_service(
        unit=unit, words="المحضر", due_on=date(2026, 3, 6), **act, **named(tasked)
    )
    operations.defer_publication(until=date(2026, 3, 6), reason="بحث", **act, **named(put_off))
    operations.complain(level="complained_head", words="ناقص", **act, **named(complained))
    wake(day)
    text = told("morning")[0].text
    for one in (asked, consulted, tasked, put_off):
        assert one.reference in text
    assert complained.reference not in text, "its day is two weeks away"
    wake(date(2026, 3, 16))
    assert complained.reference in told("morning")[-1].text


def test_one_digest_a_morning_and_none_where_there_is_nothing_to_tell(people):
    wake(date(2026, 3, 4))
    assert told("morning") == []
    registered(people)
    wake(date(2026, 3, 4))
    assert told("morning") == [], "its day is far, and it waits for nobody else"
    for hour in (6, 9, 12, 20):
        wake(DUE - timedelta(days=1), hour)
    assert len(told("morning")) == 2


def test_on_a_day_off_only_what_is_due_soon_is_told(people):
    request = registered(people)
    operations.ask_clarification(
        words="أي سنة؟", on=date(2026, 3, 3), now=at(date(2026, 3, 3)), **named(request)
    )
    wake(date(2026, 3, 7))  # a Saturday
    assert told("morning") == []
    friday = date(2026, 3, 6)
    file(people, urgent_case="life", came=arrival(on=friday, at=at(friday)), now=at(friday))
    wake(date(2026, 3, 7))
    assert len(told("morning")) == 2


def test_the_digest_speaks_the_language_of_its_reader(people):
    people.information_officer.language = "fr"
    people.information_officer.save()
    registered(people)
    wake(DUE)
    subjects = {letter.to.split("@")[0]: letter.subject for letter in told("morning")}
    assert subjects["information_officer"].startswith("Demandes")
    assert "طلبات" in subjects["deputy_information_officer"]


# Who is in charge -------------------------------------------------------------------------------


def main_of(world):
    return Appointment.objects.get(community=world.province, office="information_officer")


def away(world, first, back):
    community.enter_absence(
        appointment=main_of(world),
        starts_on=first,
        ends_on=back,
        by=Actor("officer", "administrator", "administrator"),
        now=at(date(2026, 3, 2)),
    )


def test_the_deputy_is_in_charge_while_the_officer_is_away(people):
    away(people, date(2026, 3, 9), date(2026, 3, 16))
    days = {day: in_charge(people.province, date(2026, 3, day)) for day in (8, 9, 15, 16)}
    assert [day for day, one in days.items() if one.is_deputy] == [9, 15]
    assert days[9].away_until == date(2026, 3, 16)


def test_the_deputy_is_in_charge_when_the_appointment_ended(people):
    main = main_of(people)
    main.ends_on = date(2026, 3, 9)
    main.save()
    charge = in_charge(people.province, date(2026, 3, 9))
    assert charge.is_deputy and charge.is_vacant and charge.away_until is None


def test_nobody_else_is_in_charge_where_there_is_no_deputy(sefrou):
    away(sefrou, date(2026, 3, 9), date(2026, 3, 16))
    charge = in_charge(sefrou.province, date(2026, 3, 10))
    assert charge.appointment == main_of(sefrou) and not charge.is_deputy
    Appointment.objects.update(ends_on=date(2026, 3, 1))
    assert in_charge(sefrou.province, date(2026, 3, 10)).appointment is None


def test_the_case_shows_the_hand_over_and_the_deputy_is_reminded_first(people):
    request = registered(people)
    away(people, DUE - timedelta(days=8), DUE + timedelta(days=8))
    on = DUE - timedelta(days=5)
    run(on)
    assert [letter.to for letter in told("reminder_due")] == [
        "deputy_information_officer@example.org"
    ]
    with time_machine.travel(at(on), tick=False):
        page = officer(people).get(f"{DESK}{request.reference}/").content.decode()
    assert "يتولى النائب" in page and "9 أبريل 2026" in page
    wake(on)
    assert all("يتولى النائب" in letter.text for letter in told("morning"))


def test_the_day_proposed_to_a_service_is_never_before_today():
    days = WorkingCalendar([Holiday(date(2026, 3, 20), LocalizedText(ar="عيد", fr="Aïd"))])
    assert service_due(date(2026, 3, 31), date(2026, 3, 3), days) == date(2026, 3, 18)
    assert service_due(date(2026, 3, 31), date(2026, 3, 27), days) == date(2026, 3, 27)
    assert service_due(date(2026, 3, 2), date(2026, 3, 27), days) == date(2026, 3, 27)
