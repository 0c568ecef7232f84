"""Meetings kept at the desk, from the convocation to the published minutes; nothing by a shell."""

from datetime import date

import pytest
import time_machine

from infitah.community.tests.factories import BodyFactory, MandateFactory, PersonFactory, log_in
from infitah.core.viewer import Viewer
from infitah.proceedings import queries
from infitah.proceedings.models import Minutes, Session, Sitting, VoteEvent
from infitah.proceedings.tests.factories import HELD, SessionFactory, held_sitting, seats_of

pytestmark = pytest.mark.django_db
NOON = "2023-11-20 12:00+01:00"


@pytest.fixture
def now():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def secretary(sefrou, client, now):
    return log_in(client, sefrou.secretary, sefrou.province)


@pytest.fixture
def focal(sefrou, client, now):
    return log_in(client, sefrou.officer, sefrou.province)


def desk(path=""):
    return f"/desk/meetings/{path}"


def committee_of(sefrou):
    return BodyFactory(community=sefrou.province, slug="committee", kind="follow_up_committee")


def convened(client, slug="committee", **more):
    said = {
        "title_ar": "اجتماع لجنة التتبع",
        "title_fr": "Réunion du comité de suivi",
        "convened_on": "2023-11-02",
        "convened_by": "chair",
    }
    answer = client.post(desk(f"convene/{slug}/"), said | more)
    return answer, Session.objects.order_by("-pk").first()


def planned(client, session, **more):
    said = {"place_ar": "مقر المجلس", "held_on": "2023-11-13", "call": "1", "is_public": "on"}
    return client.post(desk(f"{session.reference}/sitting/"), said | more)


def roll(seats, value="present"):
    return {f"seat_{seat.pk}": value for seat in seats}


def test_a_meeting_of_the_committee_is_kept_by_the_focal_point_without_a_shell(sefrou, focal):
    committee = committee_of(sefrou)
    seats = seats_of(committee, 4)
    _answer, session = convened(focal)
    page = desk(f"{session.reference}/")
    assert session.title.ar in focal.get(desk()).content.decode()
    assert planned(focal, session).status_code == 302
    sitting = desk(f"{session.reference}/sittings/1/")
    said = {"title_ar": "المصادقة على الالتزامات", "origin": "president", "is_public": "on"}
    assert focal.post(f"{sitting}item/", said).status_code == 302
    present = roll(seats[:3]) | roll(seats[3:], "excused")
    assert focal.post(f"{sitting}roll/", present).status_code == 302
    item = Sitting.objects.get().items.get()
    vote = {"question_ar": "هل تصادقون؟", "majority": "of_members", **roll(seats[:3], "for")}
    vote[f"seat_{seats[0].pk}"] = "no_part"
    assert focal.post(desk(f"{session.reference}/items/{item.pk}/vote/"), vote).status_code == 302
    event = VoteEvent.objects.get()
    assert (event.in_favour, event.result, event.named.count()) == (2, "lost", 2)
    assert focal.post(f"{page}close/", {"closed_on": "2023-11-12"}).status_code == 422
    assert focal.post(f"{page}close/", {"closed_on": "2023-11-13"}).status_code == 302
    body = focal.get(page).content.decode()
    assert "النصاب" in body
    session.refresh_from_db()
    assert session.state == "closed"


def test_minutes_are_approved_by_a_later_sitting_and_published(sefrou, secretary):
    sitting, _present = held_sitting(sefrou.council)
    minutes = desk(f"{sitting.session.reference}/minutes/")
    text = {"text_ar": "افتتحت الجلسة.\n\nرفعت الجلسة.", "written_on": "2023-11-14"}
    assert secretary.post(minutes, {"text_ar": "", "written_on": ""}).status_code == 422
    assert secretary.post(minutes, text).status_code == 302
    assert secretary.post(f"{minutes}send/", {"sent_on": "2023-11-15"}).status_code == 302
    none_yet = secretary.get(minutes).content.decode()
    assert 'name="at"' not in none_yet
    assert secretary.post(f"{minutes}approve/", {"at": sitting.pk}).status_code == 422
    later = SessionFactory(body=sefrou.council, convened_on=date(2023, 11, 16))
    held = Sitting.objects.create(
        community=later.community,
        session=later,
        position=1,
        held_on=date(2023, 11, 18),
        place=sitting.place,
        state="held",
        seats=13,
        quorum_needed=7,
    )
    assert secretary.post(f"{minutes}approve/", {"at": held.pk}).status_code == 302
    kept = Minutes.objects.get()
    assert (kept.state, kept.approved_on) == ("approved", date(2023, 11, 18))
    unread = secretary.post(f"{minutes}publish/", {"published_on": "2023-11-19"})
    assert unread.status_code == 422 and "2023-11-19" in unread.content.decode()
    said = {"published_on": "2023-11-19", "is_checked": "on"}
    assert secretary.post(f"{minutes}publish/", said).status_code == 302
    kept.refresh_from_db()
    assert kept.state == "published"
    again = secretary.post(minutes, text)
    assert again.status_code == 200 and 'name="text_ar"' not in again.content.decode()


def test_the_roll_is_filled_in_one_click_and_recorded_only_when_whole(sefrou, secretary):
    seats = seats_of(sefrou.council, 5)
    session = SessionFactory(body=sefrou.council)
    planned(secretary, session)
    address = desk(f"{session.reference}/sittings/1/roll/")
    filled = secretary.post(address, {"fill": "present"})
    assert filled.status_code == 200
    assert filled.content.decode().count("checked") == 5
    assert Sitting.objects.get().state == "planned"
    partly = secretary.post(address, roll(seats[:4], "absent"))
    assert partly.status_code == 422
    body = partly.content.decode()
    assert body.count("checked") == 4
    assert "المرجو تحديد هل العضو حاضر أم غائب أم متغيب بعذر" in body
    assert secretary.post(address, roll(seats, "absent")).status_code == 302
    assert Sitting.objects.get().state == "no_quorum"
    again = desk(f"{session.reference}/sittings/1/again/")
    assert secretary.post(again, {"held_on": "2023-11-12"}).status_code == 422
    assert secretary.post(again, {"held_on": "2023-11-16"}).status_code == 302
    assert list(Sitting.objects.values_list("call", flat=True)) == [1, 2]
    assert secretary.post(again, {"held_on": "2023-11-17"}).status_code == 422


def test_votes_that_do_not_add_up_are_refused_with_all_that_was_typed(sefrou, secretary):
    sitting, present = held_sitting(sefrou.council, absent=2)
    item = sitting.items.get()
    base = desk(f"{sitting.session.reference}/items/{item.pk}/")
    said = {
        "question_ar": "المصادقة على البرنامج",
        "majority": "of_cast",
        "method": "show_of_hands",
        "in_favour": "12",
        "against": "0",
        "abstained": "0",
    }
    wrong = secretary.post(f"{base}count/", said)
    assert wrong.status_code == 422
    body = wrong.content.decode()
    assert 'value="12"' in body and "المصادقة على البرنامج" in body and "11" in body
    tie = said | {"in_favour": "6", "against": "5", "casting_vote": "for"}
    assert secretary.post(f"{base}count/", tie).status_code == 422
    filled = secretary.post(f"{base}vote/", {"fill": "for", "question_ar": "سؤال مكتوب"})
    assert filled.status_code == 200
    assert filled.content.decode().count("checked") >= 11
    assert "سؤال مكتوب" in filled.content.decode()
    absent = sitting.attendances.filter(presence="absent").first()
    some = roll(present[1:], "for") | {f"seat_{absent.mandate_id}": "for"}
    vote = {"question_ar": "سؤال", "majority": "of_members", **some}
    assert secretary.post(f"{base}vote/", vote).status_code == 422
    assert not VoteEvent.objects.exists()


def test_a_session_is_cancelled_with_its_reason_before_it_opens(sefrou, secretary):
    session = SessionFactory(body=sefrou.council)
    planned(secretary, session)
    address = desk(f"{session.reference}/cancel/")
    assert secretary.post(address, {"reason_ar": ""}).status_code == 422
    assert secretary.post(address, {"reason_ar": "تأجيل بطلب من الرئيس"}).status_code == 302
    session.refresh_from_db()
    assert (session.state, Sitting.objects.get().state) == ("cancelled", "cancelled")
    assert secretary.post(address, {"reason_ar": "مرة ثانية"}).status_code == 422


def test_nothing_more_is_offered_of_a_cancelled_session(sefrou, secretary):
    session = SessionFactory(body=sefrou.council)
    planned(secretary, session)
    page = secretary.get(desk(f"{session.reference}/")).content.decode()
    assert "تسجيل مقرر" in page and "المحضر" in page
    secretary.post(desk(f"{session.reference}/cancel/"), {"reason_ar": "تأجيل بطلب من الرئيس"})
    page = secretary.get(desk(f"{session.reference}/")).content.decode()
    assert "تسجيل مقرر" not in page and "المحضر" not in page
    public = secretary.get(f"/ar/council/sessions/{session.reference}/").content.decode()
    assert "تأجيل بطلب من الرئيس" in public and "المحضر" not in public


def test_who_keeps_which_meetings(sefrou, client, now):
    committee = committee_of(sefrou)
    council, other = SessionFactory(body=sefrou.council), SessionFactory(body=committee)
    log_in(client, sefrou.officer, sefrou.province)
    assert client.get(desk(f"{other.reference}/")).status_code == 200
    for path in (f"{council.reference}/", f"{council.reference}/minutes/", "convene/council/"):
        assert client.get(desk(path)).status_code == 404, path
    assert council.reference not in client.get(desk()).content.decode()
    log_in(client, sefrou.secretary, sefrou.province)
    for session in (council, other):
        assert client.get(desk(f"{session.reference}/")).status_code == 200
    for user in (sefrou.moderator, sefrou.verifier):
        log_in(client, user, sefrou.province)
        assert client.get(desk()).status_code == 404
    log_in(client, sefrou.other_officer, sefrou.other)
    assert client.get(desk(f"{other.reference}/")).status_code == 404


def test_an_item_is_recorded_as_put_by_who_presides_over_the_committee(sefrou, focal):
    body = committee_of(sefrou)
    MandateFactory.create_batch(2, body=body, role="co_coordinator")
    _answer, session = convened(focal)
    planned(focal, session)
    at = desk(f"{session.reference}/sittings/1/item/")
    form = focal.get(at).content.decode()
    assert "منسقاها" in form and "رئيسها" not in form
    assert (
        focal.post(at, {"title_ar": "مشاريع الالتزامات", "origin": "president"}).status_code == 302
    )
    shown = focal.get(desk(f"{session.reference}/")).content.decode()
    assert "(منسقاها)" in shown and "(الرئيس)" not in shown


@pytest.mark.parametrize("sittings", [1, 3])
def test_a_session_is_shown_in_the_same_queries(sefrou, sittings, django_assert_max_num_queries):
    session = held_sitting(sefrou.council)[0].session
    for position in range(2, sittings + 1):
        Sitting.objects.create(
            community=session.community,
            session=session,
            position=position,
            held_on=HELD,
            place=session.title,
        )
    viewer = Viewer("SFR", sefrou.province.pk, rights=frozenset({"session.edit"}))
    with django_assert_max_num_queries(9):
        page = queries.desk_session(viewer, session.reference, HELD)
        assert page is not None and len(page.sittings) == sittings
        assert [one.view.sitting.items.all() for one in page.sittings]


def test_the_list_goes_on_from_where_it_stopped(sefrou, django_assert_max_num_queries):
    made = [SessionFactory(body=sefrou.council).reference for _n in range(15)]
    viewer = Viewer("SFR", sefrou.province.pk, rights=frozenset({"session.edit"}))
    with django_assert_max_num_queries(3):
        first, edge = queries.page_of_sessions_kept(viewer)
        rest, end = queries.page_of_sessions_kept(viewer, before=edge)
    assert [one.reference for one in [*first, *rest]] == made[::-1] and end == ""


def test_a_seat_that_ended_does_not_vote(sefrou):
    ended = MandateFactory(
        body=sefrou.council,
        person=PersonFactory(community=sefrou.province),
        seat=9,
        ends_on=date(2023, 1, 1),
        end_reason="resignation",
    )
    assert ended not in queries.in_office(sefrou.council, HELD)


def test_a_sitting_whose_day_has_come_waits_at_the_desk(sefrou, client, now):
    council, committee = (
        SessionFactory(body=body) for body in (sefrou.council, committee_of(sefrou))
    )
    for session in (council, committee):
        Sitting.objects.create(
            community=session.community,
            session=session,
            position=1,
            held_on=HELD,
            place=session.title,
        )
    log_in(client, sefrou.secretary, sefrou.province)
    queue = client.get("/desk/queue/?kind=sitting").content.decode()
    assert council.reference in queue and committee.reference in queue
    log_in(client, sefrou.officer, sefrou.province)
    queue = client.get("/desk/queue/?kind=sitting").content.decode()
    assert council.reference not in queue and committee.reference in queue
