"""A day off confirmed, cancelled or added moves every open request, and both sides are told."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from infitah.community import operations as community
from infitah.community.models import CalendarDay
from infitah.community.operations import calendar as days
from infitah.community.queries import calendar
from infitah.community.tests.factories import log_in
from infitah.core.letters import read
from infitah.core.models import Mail
from infitah.core.operations import dispatch_events
from infitah.core.viewer import Actor
from infitah.information import operations, rules
from infitah.information.models import ClockMove, InformationRequest
from infitah.information.operations import Answer, RequestRefused
from infitah.information.operations.refresh import refresh_requests
from infitah.information.operations.replay import replay
from infitah.information.operations.telling_moves import has_moves_to_tell, tell_moves
from infitah.information.queries.moves import moves_of
from infitah.information.tests.asked import OFFICER, VISITOR, arrival, file
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.database]
BY = Actor("officer", "administrator", "administrator")
NAME = LocalizedText(ar="إغلاق استثنائي للإدارات", fr="Fermeture exceptionnelle")
SOURCE = "بلاغ رئاسة الحكومة، 9 مارس 2026"
K = rules.ActKind


def at(day, hour=10):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def ask(sefrou, on=date(2026, 3, 2), **more):
    return file(sefrou, came=arrival(on=on, at=at(on)), now=at(on), **more).request


def close(where, on=date(2026, 3, 10), now=date(2026, 3, 9)):
    return community.add_closure(
        community=where, on=on, name=NAME, source=SOURCE, by=BY, now=at(now)
    )


def cancel(sefrou, occasion, now):
    day = CalendarDay.objects.of(sefrou.province).get(occasion=occasion)
    return community.cancel_day(day=day, source=SOURCE, by=BY, now=at(now))


def answer(sefrou, request, on, words="نمدكم بنسخة من المحضر"):
    named = {"community": sefrou.province, "reference": request.reference, "by": OFFICER}
    when = {"on": on, "now": at(on)}
    operations.register_request(title="محضر دورة يناير", **when, **named)
    operations.decide(answer=Answer(words, gives=True), **when, **named)
    operations.deliver(channel="counter", proof="وقع على التسلم", **when, **named)


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


def again(request):
    return InformationRequest.objects.select_related("community").get(pk=request.pk)


def mails(template):
    found = Mail.objects.filter(template=f"information/email/{template}").order_by("pk")
    return [read(one) for one in found]


def told(now):
    while tell_moves(now=at(now)):
        pass


def test_a_closure_moves_every_column_that_counts_days(sefrou):
    request = ask(sefrou)
    assert (request.due_on, request.silent_from) == (date(2026, 4, 1), date(2026, 4, 2))
    moved = close(sefrou.province)
    request = again(request)
    assert (request.due_on, request.due_latest) == (date(2026, 4, 2), date(2026, 4, 2))
    assert (request.reply_due_on, request.silent_from) == (date(2026, 4, 2), date(2026, 4, 3))
    assert (request.turn, request.turn_by) == ("officer", date(2026, 4, 2))
    row = request.moves.get()
    assert (row.clock, row.before, row.after) == ("reply", date(2026, 4, 1), date(2026, 4, 2))
    assert row.calendar_version == calendar(sefrou.province).version == "SFR-2"
    assert [(one.subject, one.clock, *one.told) for one in moved] == [
        (request.reference, "reply", date(2026, 4, 1), date(2026, 4, 2))
    ]
    entry = Entry.objects.get(act="community.day_added")
    assert [list(one) for one in entry.facts.public["moved"]] == [
        [request.reference, "reply", "2026-04-01", "2026-04-02"]
    ]


def test_what_waits_for_no_answer_and_whose_days_do_not_meet_it_stay(sefrou):
    withdrawn, early = ask(sefrou), ask(sefrou, on=date(2025, 11, 3))
    named = {"community": sefrou.province, "reference": withdrawn.reference, "by": VISITOR}
    operations.withdraw(on=date(2026, 3, 3), now=at(date(2026, 3, 3)), **named)
    later = ask(sefrou, on=date(2026, 3, 11))
    before = {one.pk: again(one).due_on for one in (early, later)}
    close(sefrou.province)
    assert not ClockMove.objects.exists()
    assert {one.pk: again(one).due_on for one in (early, later)} == before


def test_another_community_keeps_its_dates(sefrou):
    request = ask(sefrou)
    close(sefrou.other)
    assert again(request).due_on == date(2026, 4, 1) and not ClockMove.objects.exists()


def test_an_urgent_request_counts_calendar_days_and_stays(sefrou):
    request = ask(sefrou, urgent_case="life")
    close(sefrou.province, on=date(2026, 3, 4), now=date(2026, 3, 3))
    assert again(request).due_on == date(2026, 3, 5) and not ClockMove.objects.exists()


def test_both_sides_are_told_after_the_act_once(sefrou):
    reached = ask(sefrou, email="amina@example.org", language="fr")
    ask(sefrou)
    close(sefrou.province)
    assert not Mail.objects.exists() and has_moves_to_tell(at(date(2026, 3, 9)))
    told(date(2026, 3, 9))
    told(date(2026, 3, 9))
    assert not has_moves_to_tell(at(date(2026, 3, 9)))
    assert not ClockMove.objects.untold().exists()
    (letter,) = mails("moved")
    assert letter.to == "amina@example.org" and reached.reference in letter.subject
    assert "Fermeture exceptionnelle" in letter.text and SOURCE in letter.text
    assert "2 avril 2026" in letter.text and "1er avril 2026" in letter.text
    assert "SFR-2" in letter.text and f"/fr/information/follow/{reached.token}/" in letter.text
    (list_of_all,) = mails("moves")
    assert list_of_all.to == sefrou.information_officer.email
    assert list_of_all.text.count("SFR-2026-R-000") == 2
    assert "طالب واحد لم يترك" in list_of_all.text


def test_the_mail_reads_in_arabic_and_as_html(sefrou):
    ask(sefrou, email="amina@example.org")
    close(sefrou.province)
    told(date(2026, 3, 9))
    (letter,) = mails("moved")
    assert letter.direction == "rtl" and "2 أبريل 2026" in letter.text
    assert "إغلاق استثنائي للإدارات" in letter.html and 'dir="rtl"' in letter.html


def test_many_moves_are_told_in_pieces_and_one_mail_goes_to_the_officer(sefrou):
    for number in range(5):
        ask(sefrou, email=f"asker{number}@example.org")
    close(sefrou.province)
    now, pieces = at(date(2026, 3, 9)), 1
    while tell_moves(now=now, limit=2):
        pieces += 1
    assert pieces == 3
    assert len(mails("moved")) == 5 and len(mails("moves")) == 1


def test_two_changes_before_the_worker_came_are_one_mail(sefrou):
    request = ask(sefrou, email="amina@example.org")
    close(sefrou.province)
    close(sefrou.province, on=date(2026, 3, 11))
    told(date(2026, 3, 9))
    (letter,) = mails("moved")
    assert again(request).due_on == date(2026, 4, 3)
    assert "3 أبريل 2026" in letter.text and "SFR-3" in letter.text
    assert len(mails("moves")) == 2


def test_the_preview_names_what_would_move_and_writes_nothing(sefrou):
    request = ask(sefrou)
    change = days.closure(sefrou.province, on=date(2026, 3, 10), name=NAME, source=SOURCE)
    seen = days.preview_change(sefrou.province, change, today=date(2026, 3, 9))
    assert [(one.subject, *one.told) for one in seen.moved] == [
        (request.reference, date(2026, 4, 1), date(2026, 4, 2))
    ]
    assert again(request).due_on == date(2026, 4, 1) and not ClockMove.objects.exists()


def test_who_closes_a_day_reads_before_what_it_moves(sefrou):
    request = ask(sefrou)
    desk = log_in(Client(), sefrou.administrator, sefrou.province)
    typed = {"name_ar": NAME.ar, "date": "2026-03-10", "source": SOURCE, "show": "1"}
    with time_machine.travel(at(date(2026, 3, 9)), tick=False):
        shown = desk.post("/desk/community/calendar/close/", typed)
        page = " ".join(strip_tags(shown.content.decode()).split())
        assert "سيتغير أجل واحد" in page and request.reference in page
        assert "من 1 أبريل 2026 إلى 2 أبريل 2026" in page and not ClockMove.objects.exists()
        desk.post("/desk/community/calendar/close/", {**typed, "apply": "1"})
    assert again(request).due_on == date(2026, 4, 2)


def test_an_earlier_day_is_never_silent(sefrou):
    """A day off that becomes a working day brings the last day forward: both sides are told."""
    request = ask(sefrou, on=date(2026, 4, 20), email="amina@example.org")
    assert request.due_on == date(2026, 5, 19)
    cancel(sefrou, "fixed-2026-05-01", now=date(2026, 4, 27))
    assert again(request).due_on == date(2026, 5, 18)
    row = ClockMove.objects.get()
    assert row.after < row.before and row.told_at is None
    told(date(2026, 4, 27))
    assert ClockMove.objects.get().told_at is not None
    (letter,) = mails("moved")
    assert "18 ماي 2026" in letter.text and "19 ماي 2026" in letter.text
    assert len(mails("moves")) == 1


def test_a_window_that_was_told_ends_no_earlier(sefrou):
    """Law 31-13, art. 19; law.md 4: the citizen's later date holds."""
    request = ask(sefrou, on=date(2026, 3, 30))
    answer(sefrou, request, date(2026, 4, 10))
    cancel(sefrou, "fixed-2026-05-01", now=date(2026, 4, 20))
    row = ClockMove.objects.get()
    told_day, counted = row.before, row.after
    assert row.clock == "head_window" and (told_day, counted) == (
        date(2026, 5, 11),
        date(2026, 5, 8),
    )
    (shown,) = moves_of(again(request))
    assert shown.move.is_upheld and "11" in shown.words and shown.cause.source == SOURCE
    with pytest.raises(RequestRefused) as late:
        complain(sefrou, request, date(2026, 5, 12))
    assert late.value.code == "too_late"
    complain(sefrou, request, told_day)
    assert again(request).remedy == "head_open"


def test_a_complaint_filed_in_silence_stays_filed_when_a_closure_is_told_afterwards(sefrou):
    request = ask(sefrou)
    complain(sefrou, request, date(2026, 4, 2))
    close(sefrou.province, now=date(2026, 4, 2))
    request = again(request)
    assert (request.turn, request.turn_by) == ("head", date(2026, 4, 17))
    assert request.silent_from == date(2026, 4, 3)
    assert [row.clock for row in request.moves.all()] == ["reply"]


def test_an_estimate_confirmed_on_its_day_takes_the_later_date_back(sefrou):
    """Decisions G32: the day that binds stays; the latest day, and silence, come sooner."""
    request = ask(sefrou, on=date(2027, 4, 26))
    assert (request.due_on, request.due_latest) == (date(2027, 5, 25), date(2027, 5, 26))
    day = CalendarDay.objects.of(sefrou.province).get(occasion="adha-2027-1")
    community.confirm_day(
        day=day, on=date(2027, 5, 16), source=SOURCE, by=BY, now=at(date(2027, 5, 8))
    )
    request = again(request)
    row = request.moves.get()
    assert request.due_on == request.due_latest == row.before == row.after == date(2027, 5, 25)
    assert (row.latest_before, row.latest_after) == (date(2027, 5, 26), date(2027, 5, 25))
    assert request.silent_from == date(2027, 5, 26)


def test_a_closure_told_late_makes_nobody_late(sefrou):
    request = ask(sefrou)
    answer(sefrou, request, date(2026, 4, 2))
    assert again(request).reply_due_on < date(2026, 4, 2)
    close(sefrou.province, now=date(2026, 4, 7))
    assert again(request).reply_due_on == date(2026, 4, 2)
    assert not request.moves.filter(clock="reply").exists()


def test_replaying_the_acts_gives_the_moved_columns(sefrou):
    ask(sefrou)
    answered = ask(sefrou, on=date(2026, 3, 3))
    answer(sefrou, answered, date(2026, 3, 20))
    complained = ask(sefrou)
    complain(sefrou, complained, date(2026, 4, 2))
    close(sefrou.province, now=date(2026, 4, 2))
    while refresh_requests(now=at(date(2026, 4, 2))):
        pass
    found = replay(now=at(date(2026, 4, 2)))
    assert (found.looked, found.differing) == (3, ())


def test_what_was_filed_at_the_same_moment_is_counted_again(sefrou):
    close(sefrou.province)
    request = file(
        sefrou, came=arrival(on=date(2026, 3, 9), at=at(date(2026, 3, 9))), now=at(date(2026, 3, 9))
    ).request
    InformationRequest.objects.update(due_on=date(2026, 4, 7))  # counted by the old calendar
    dispatch_events(now=at(date(2026, 3, 9)))
    refresh_requests(now=at(date(2026, 3, 9)))
    assert again(request).due_on == request.due_on != date(2026, 4, 7)


def test_the_statements_of_the_act_do_not_grow_with_the_requests(sefrou):
    def statements(on):
        with CaptureQueriesContext(connection) as seen:
            close(sefrou.province, on=on)
        return len(seen)

    ask(sefrou)
    close(sefrou.province, on=date(2026, 3, 12))  # the rows of the register and its counters
    few = statements(date(2026, 3, 10))
    for _number in range(20):
        ask(sefrou)
    assert statements(date(2026, 3, 11)) <= few + 2  # the register's tree grows by powers of two
    assert ClockMove.objects.count() == 23
