"""What the calendar alone changes is seen on its day: reminders, silence, next rights, deferrals."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.core.management import call_command

from infitah.community.models import RuleValue
from infitah.core import clock
from infitah.core.jobs import Timetable
from infitah.core.letters import read
from infitah.core.models import JobLock, Mail
from infitah.core.viewer import Actor
from infitah.information import diagnosis, operations, rules
from infitah.information.models import InformationRequest
from infitah.information.operations.refresh import has_requests_to_refresh, refresh_requests
from infitah.information.operations.replay import recount, replay
from infitah.information.tests.asked import OFFICER, VISITOR, arrival, file

pytestmark = [pytest.mark.django_db, pytest.mark.database]
RECEIVED, DUE = date(2026, 4, 6), date(2026, 5, 5)
MAIL = "amina@example.org"
HEAD = Actor("officer", "president", "president")
DAY = timedelta(days=1)
K = rules.ActKind


def at(day, hour=8, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def ask(sefrou, on=RECEIVED, **more):
    values = {"email": MAIL, "language": "fr"} | more
    return file(sefrou, came=arrival(on=on, at=at(on)), now=at(on), **values).request


def again(request):
    return InformationRequest.objects.get(pk=request.pk)


def look(day, **more):
    """Have the worker look as on that day, until nothing waits; return the mails that it queued."""
    before = Mail.objects.count()
    while refresh_requests(now=at(day), **more):
        pass
    return [read(one) for one in Mail.objects.order_by("pk")[before:]]


def subjects(letters, to=MAIL):
    return [one.subject for one in letters if one.to == to]


def complain(sefrou, request, on, level=K.COMPLAINED_HEAD):
    return operations.complain(
        community=sefrou.province,
        reference=request.reference,
        level=level,
        words="لم أتوصل بأي جواب",
        on=on,
        by=VISITOR,
        now=at(on),
    )


def deliver(sefrou, request, on, withheld=()):
    named = {"community": sefrou.province, "reference": request.reference, "by": OFFICER}
    when = {"on": on, "now": at(on)}
    operations.register_request(title="محضر دورة يناير", **when, **named)
    answer = operations.Answer("نمدكم بنسخة", gives=True, withheld=withheld)
    operations.decide(answer=answer, **when, **named)
    if withheld:
        operations.read_second(**when, **{**named, "by": HEAD})
    operations.deliver(channel="counter", proof="وقع على التسلم", **when, **named)


def test_the_last_day_is_called_to_mind_five_days_before_on_it_and_after_it(sefrou):
    request = ask(sefrou)
    assert request.due_on == DUE
    assert look(DUE - 6 * DAY) == []
    (soon,) = look(DUE - 5 * DAY)
    assert soon.to == MAIL and "au plus tard le 5 mai 2026" in soon.subject
    assert look(DUE - 4 * DAY) == []
    (today,) = look(DUE)
    assert "dernier jour" in today.subject
    silence, list_of_all = sorted(look(DUE + DAY), key=lambda one: one.to != MAIL)
    assert request.reference in silence.subject and "vaut refus" in silence.subject
    assert "6 mai 2026" in silence.text and "4 juin 2026" in silence.text
    assert f"/fr/information/follow/{request.token}/" in silence.text
    assert list_of_all.to == sefrou.information_officer.email
    assert request.reference in list_of_all.text
    assert again(request).silence_told_on == DUE + DAY
    assert look(DUE + DAY) == look(DUE + 2 * DAY) == []


def test_each_visit_is_done_once_and_moves_on_to_the_next_day(sefrou):
    request = ask(sefrou)
    assert request.refresh_on == DUE - 5 * DAY
    days = []
    while (day := again(request).refresh_on) is not None:
        days.append(day)
        look(day)
    window = date(2026, 6, 4)
    assert days == [
        *(DUE - 5 * DAY, DUE, DUE + DAY),
        *(window - 5 * DAY, window, window + DAY),
    ]


def test_days_without_a_worker_are_caught_up_with_and_nothing_stale_is_told(sefrou):
    request = ask(sefrou)
    letters = look(DUE + 9 * DAY)
    assert len(subjects(letters)) == 1 and "vaut refus" in subjects(letters)[0]
    assert again(request).silence_told_on == DUE + 9 * DAY


def test_whose_last_day_lies_on_a_day_that_only_one_calendar_knows_is_told_late(sefrou):
    """An estimate never makes a citizen late: silence is told after the latest possible day."""
    request = ask(sefrou, on=date(2027, 4, 26))
    assert request.due_on < request.due_latest == date(2027, 5, 26)
    look(request.due_latest - 5 * DAY)
    assert len(look(request.due_latest)) == 1
    assert len(look(request.due_latest + DAY)) == 2


def test_the_number_to_be_verified_is_said_to_be_so(sefrou):
    """The window of art. 19 is marked "to verify": the mail says so until somebody confirmed it."""
    ask(sefrou)
    look(DUE)
    assert "à vérifier au Bulletin officiel" in look(DUE + DAY)[0].text
    RuleValue.objects.update(mark="checked")
    ask(sefrou)
    look(DUE)
    letters = [one for one in look(DUE + DAY) if one.to == MAIL]
    assert letters and all("à vérifier" not in one.text for one in letters)


def test_a_silent_president_opens_the_commission_and_a_silent_commission_the_court(sefrou):
    request = ask(sefrou)
    look(DUE + DAY)
    complain(sefrou, request, date(2026, 5, 11))
    assert again(request).turn == "head"
    (next_right,) = look(date(2026, 5, 27))
    assert "président" in next_right.subject and "25 juin 2026" in next_right.text
    assert again(request).turn == "officer"
    complain(sefrou, request, date(2026, 6, 1), K.COMPLAINED_CDAI)
    (court,) = look(date(2026, 7, 2))
    assert "tribunal" in court.text and "30 août 2026" in court.text


def test_whoever_got_everything_is_not_pressed_to_complain(sefrou):
    request = ask(sefrou)
    deliver(sefrou, request, date(2026, 4, 20))
    assert again(request).refresh_on == date(2026, 5, 14)
    assert look(date(2026, 5, 14)) == look(date(2026, 5, 19)) == []


def test_whoever_got_a_part_is_told_that_the_window_closes(sefrou):
    request = ask(sefrou)
    withheld = rules.Withholding(rules.RefusalGround.NOT_HELD, reason="لا توجد اللائحة")
    deliver(sefrou, request, date(2026, 4, 20), (withheld,))
    assert "jusqu’au 19 mai 2026" in look(date(2026, 5, 14))[0].subject
    assert "dernier jour" in look(date(2026, 5, 19))[0].subject
    assert look(date(2026, 5, 20)) == []


def test_who_left_no_address_is_told_by_the_page_and_the_officer_still_hears(sefrou):
    ask(sefrou, email="")
    look(DUE)
    (only,) = look(DUE + DAY)
    assert only.to == sefrou.information_officer.email


def test_after_a_withdrawal_nobody_is_reminded(sefrou):
    request = ask(sefrou)
    named = {"community": sefrou.province, "reference": request.reference, "by": VISITOR}
    operations.withdraw(on=date(2026, 4, 8), now=at(date(2026, 4, 8)), **named)
    assert look(DUE - 5 * DAY) == look(DUE) == look(DUE + DAY) == []


def test_the_end_of_a_deferral_gives_the_turn_back_to_the_office(sefrou):
    request = ask(sefrou)
    deliver(sefrou, request, date(2026, 4, 20))
    operations.defer_publication(
        community=sefrou.province,
        reference=request.reference,
        until=date(2026, 4, 30),
        reason="إلى حين انتهاء طلب العروض",
        on=date(2026, 4, 20),
        by=OFFICER,
        now=at(date(2026, 4, 20)),
    )
    assert again(request).turn == "nobody"
    look(date(2026, 4, 30))
    assert again(request).turn == "nobody"
    look(date(2026, 5, 1))
    assert again(request).turn == "officer"


def test_many_requests_are_looked_at_in_pieces(sefrou):
    for _number in range(5):
        ask(sefrou)
    assert refresh_requests(now=at(DUE + DAY), limit=2)
    assert InformationRequest.objects.filter(refresh_on__lte=DUE + DAY).count() == 3
    assert not Mail.objects.filter(template="information/email/silent").exists()
    look(DUE + DAY, limit=2)
    assert Mail.objects.filter(template="information/email/silent").count() == 1
    assert Mail.objects.filter(template="information/email/notice").count() == 5


def test_midnight_changes_where_it_stands_and_the_mails_leave_in_the_morning(sefrou):
    request = ask(sefrou)
    midnight = at(DUE, 23, 1)  # 00:01 of the day after, in Morocco
    refresh_requests(now=midnight)
    assert again(request).silence_told_on == DUE + DAY
    assert {one.not_before for one in Mail.objects.all()} == {at(DUE + DAY, 7)}
    assert Mail.objects.count() == 2
    ask(sefrou, on=RECEIVED + DAY)
    refresh_requests(now=at(DUE + 2 * DAY, 15))
    assert Mail.objects.latest("pk").not_before == at(DUE + 2 * DAY, 15)


# The clock change of Ramadan ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "still_that_day", "next_day"),
    [
        # Ramadan 2026: Morocco at +00:00 from 15 February to 22 March, at +01:00 otherwise.
        (date(2026, 3, 5), at(date(2026, 3, 5), 23, 59), at(date(2026, 3, 6), 0, 1)),
        (DUE, at(DUE, 22, 59), at(DUE, 23, 1)),
        (date(2026, 2, 14), at(date(2026, 2, 14), 22, 59), at(date(2026, 2, 14), 23, 1)),
        (date(2026, 3, 21), at(date(2026, 3, 21), 23, 59), at(date(2026, 3, 22), 0, 1)),
        (date(2026, 3, 22), at(date(2026, 3, 22), 22, 59), at(date(2026, 3, 22), 23, 1)),
    ],
)
def test_silence_begins_at_midnight_in_morocco_whatever_the_offset(
    sefrou, due, still_that_day, next_day
):
    request = ask(sefrou, on=date(2026, 2, 2))
    InformationRequest.objects.filter(pk=request.pk).update(refresh_on=due + DAY)
    assert not has_requests_to_refresh(still_that_day)
    assert has_requests_to_refresh(next_day)


def test_the_worker_goes_by_the_pretended_day(sefrou, monkeypatch):
    request = ask(sefrou)
    pretended = replace(settings.ENVIRONMENT, now=at(DUE + DAY))
    monkeypatch.setattr(settings, "ENVIRONMENT", pretended)
    clock._offset.cache_clear()
    JobLock.objects.all().delete()
    try:
        Timetable("test").run_due()
    finally:
        clock._offset.cache_clear()
    assert again(request).silence_told_on == DUE + DAY


# What the doctor sees ----------------------------------------------------------------------------


def findings(monkeypatch, day):
    monkeypatch.setattr(clock, "now", lambda: at(day))
    return {one.name: one for one in diagnosis.requests(at(day))}


def test_the_doctor_replays_the_acts_and_names_what_differs(sefrou, monkeypatch):
    request, other = ask(sefrou), ask(sefrou)
    assert findings(monkeypatch, RECEIVED)["requests"].verdict == "well"
    InformationRequest.objects.filter(pk=request.pk).update(due_on=DUE + 9 * DAY, due_latest=None)
    found = findings(monkeypatch, RECEIVED)["requests"]
    assert found.verdict == "fault" and request.reference in found.told
    assert other.reference not in found.told and "recount" in found.mend
    assert recount(now=at(RECEIVED)) == 1
    assert again(request).due_on == DUE
    assert findings(monkeypatch, RECEIVED)["requests"].verdict == "well"


def test_the_doctor_says_when_nobody_looked_at_the_day(sefrou, monkeypatch):
    ask(sefrou)
    found = findings(monkeypatch, DUE)
    assert found["requests of the day"].verdict == "warning"
    assert found["requests"].verdict == "well"


def test_older_requests_are_replayed_in_turn(sefrou):
    requests = [ask(sefrou) for _number in range(7)]
    first = requests[0]
    InformationRequest.objects.filter(pk=first.pk).update(phase="delivered")
    seen = {
        one for day in range(4) for one in replay(now=at(RECEIVED + day * DAY), sample=2).differing
    }
    assert seen == {first.reference}


def test_the_command_mends_and_says_how_many(sefrou, capsys):
    ask(sefrou)
    InformationRequest.objects.update(turn="nobody")
    call_command("recount")
    assert capsys.readouterr().out.startswith("1 ")
