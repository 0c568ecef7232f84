"""A planned sitting changed or cancelled; an agenda that stays open as long as the law lets it."""

from datetime import date, time

import pytest
import time_machine

from infitah.community.tests.factories import BodyFactory, log_in
from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.proceedings import operations, queries, rules
from infitah.proceedings.models import AgendaItem, Session, Sitting
from infitah.proceedings.operations import SessionRefused
from infitah.proceedings.tests.factories import (
    BY,
    HELD,
    NOW,
    AgendaItemFactory,
    SittingFactory,
    held_sitting,
    seats_of,
)

pytestmark = pytest.mark.django_db
STEP = {"by": BY, "now": NOW}
WHY = LocalizedText(ar="تعذر استعمال القاعة", fr="Salle indisponible")
PLACE = LocalizedText(ar="دار الثقافة", fr="Maison de la culture")
ITEM = {"title_ar": "نقطة جديدة", "origin": "members", "is_public": "on"}


@pytest.fixture
def secretary(sefrou, client):
    with time_machine.travel("2023-11-20 12:00+01:00", tick=False):
        yield log_in(client, sefrou.secretary, sefrou.province)


@pytest.fixture
def committee(sefrou):
    return BodyFactory(community=sefrou.province, slug="committee", kind="follow_up_committee")


def address_of(sitting, path=""):
    return f"/desk/meetings/{sitting.session.reference}/sittings/{sitting.position}/{path}"


def page_of(client, sitting):
    return client.get(f"/desk/meetings/{sitting.session.reference}/").content.decode()


def changed(sitting, **more):
    said = {"held_on": date(2023, 11, 15), "starts_at": time(10, 30), "place": PLACE}
    return operations.change_sitting(sitting=sitting, **{"reason": WHY, **said, **more}, **STEP)


def test_a_committee_adds_items_after_its_roll_call_until_its_meeting_closes(committee, secretary):
    sitting, _present = held_sitting(committee, seats=4)
    AgendaItem.objects.all().delete()
    item = address_of(sitting, "item/")
    assert item in page_of(secretary, sitting)
    assert secretary.post(item, ITEM).status_code == 302
    operations.close_session(session=sitting.session, closed_on=HELD, **STEP)
    assert item not in page_of(secretary, sitting)
    assert "انتهت الدورة أو الاجتماع" in secretary.get(item).content.decode()
    assert secretary.post(item, ITEM).status_code == 422
    assert AgendaItem.objects.count() == 1


def test_a_council_is_told_before_the_roll_call_and_refused_after_it_with_the_law(
    sefrou, secretary
):
    seats_of(sefrou.council, 3)
    sitting = SittingFactory(session__body=sefrou.council)
    warning = "لا توجد أي نقطة في جدول الأعمال"
    assert warning in secretary.get(address_of(sitting, "roll/")).content.decode()
    AgendaItemFactory(sitting=sitting)
    assert warning not in secretary.get(address_of(sitting, "roll/")).content.decode()
    presences = dict.fromkeys(queries.seats_by_mandate(sitting), rules.Presence.PRESENT)
    operations.hold_sitting(sitting=sitting, presences=presences, **STEP)
    law = "لا يتداول المجلس إلا في جدول الأعمال المرفق بالاستدعاء"
    shown = secretary.get(address_of(sitting, "item/")).content.decode()
    assert law in shown and 'name="title_ar"' not in shown
    refused = secretary.post(address_of(sitting, "item/"), ITEM)
    assert refused.status_code == 422 and law in refused.content.decode()
    assert ITEM["title_ar"] in refused.content.decode()


def test_no_item_is_added_to_a_sitting_without_quorum(committee):
    sitting, _present = held_sitting(committee, absent=4, seats=4)
    with pytest.raises(SessionRefused):
        operations.add_agenda_item(sitting=sitting, title=PLACE, origin="members", **STEP)


def test_only_the_council_takes_items_of_the_governor_and_of_petitions(
    sefrou, committee, secretary
):
    for body, status in ((committee, 422), (sefrou.council, 302)):
        sitting = SittingFactory(session__body=body)
        for origin in ("governor", "petition"):
            answer = secretary.post(address_of(sitting, "item/"), ITEM | {"origin": origin})
            assert answer.status_code == status


def test_a_planned_sitting_is_changed_at_the_desk_with_its_public_reason(sefrou, secretary):
    sitting = SittingFactory(session__body=sefrou.council, held_on=date(2023, 11, 22))
    change = address_of(sitting, "change/")
    assert change in page_of(secretary, sitting)
    assert 'value="2023-11-22"' in secretary.get(change).content.decode()
    said = {"held_on": "2023-11-24", "starts_at": "10:30", "place_ar": "دار الثقافة"}
    assert secretary.post(change, said).status_code == 422
    assert secretary.post(change, said | {"reason_ar": WHY.ar}).status_code == 302
    sitting.refresh_from_db()
    assert (sitting.held_on, sitting.starts_at) == (date(2023, 11, 24), time(10, 30))
    facts = Entry.objects.get(act="proceedings.sitting_changed").facts.public
    assert facts["before"]["held_on"] == "2023-11-22"
    assert facts["after"]["held_on"] == "2023-11-24"
    assert WHY.ar in page_of(secretary, sitting)


def test_the_notice_of_the_council_follows_the_sitting_that_is_left(sefrou):
    sitting = SittingFactory(session__body=sefrou.council)
    session = sitting.session
    changed(sitting, held_on=date(2023, 11, 8))
    notice, _law = queries.notice_of(Session.objects.get(pk=session.pk))
    assert notice is not None and (notice.given, notice.is_met) == (6, False)
    SittingFactory(session=session, held_on=date(2023, 11, 20))
    operations.cancel_sitting(sitting=sitting, reason=WHY, **STEP)
    notice, _law = queries.notice_of(Session.objects.get(pk=session.pk))
    assert notice is not None and (notice.given, notice.is_met) == (18, True)
    found = queries.with_first_day(Session.objects.filter(pk=session.pk)).get()
    assert found.first_day == date(2023, 11, 20)


@pytest.mark.parametrize(
    "more",
    [
        {"held_on": date(2023, 11, 1)},
        {"reason": LocalizedText("")},
        {
            "held_on": HELD,
            "starts_at": None,
            "place": LocalizedText(ar="مقر المجلس", fr="Siège du conseil"),
        },
    ],
)
def test_a_change_before_the_convocation_without_reason_or_of_nothing_is_refused(sefrou, more):
    sitting = SittingFactory(session__body=sefrou.council)
    with pytest.raises(SessionRefused):
        changed(sitting, **more)
    assert not Entry.objects.filter(act="proceedings.sitting_changed").exists()


def test_after_its_roll_call_a_sitting_is_neither_changed_nor_cancelled(committee, secretary):
    sitting, _present = held_sitting(committee, seats=4)
    with pytest.raises(SessionRefused):
        changed(sitting)
    with pytest.raises(SessionRefused):
        operations.cancel_sitting(sitting=sitting, reason=WHY, **STEP)
    for path in ("change/", "cancel/"):
        assert address_of(sitting, path) not in page_of(secretary, sitting)
        assert 'name="reason_ar"' not in secretary.get(address_of(sitting, path)).content.decode()


def test_a_sitting_called_again_stays_after_the_first_and_is_called_anew_once_cancelled(committee):
    first, _present = held_sitting(committee, absent=4, seats=4)
    Sitting.objects.filter(pk=first.pk).update(position=1)
    again = {"sitting": first, **STEP}
    second = operations.call_again(held_on=date(2023, 11, 16), **again)
    with pytest.raises(SessionRefused):
        changed(second, held_on=HELD)
    assert changed(second).held_on == date(2023, 11, 15)
    with pytest.raises(SessionRefused):
        operations.call_again(held_on=date(2023, 11, 18), **again)
    operations.cancel_sitting(sitting=second, reason=WHY, **STEP)
    assert operations.call_again(held_on=date(2023, 11, 18), **again).call == 2


def test_a_meeting_is_closed_only_once_its_planned_sitting_is_cancelled(committee, secretary):
    held, _present = held_sitting(committee, seats=4)
    planned = SittingFactory(session=held.session, held_on=date(2023, 11, 27))
    close = f"/desk/meetings/{held.session.reference}/close/"
    refused = secretary.post(close, {"closed_on": "2023-11-20"})
    assert refused.status_code == 422 and "27 نونبر 2023" in refused.content.decode()
    cancel = address_of(planned, "cancel/")
    assert secretary.post(cancel, {"reason_ar": ""}).status_code == 422
    assert secretary.post(cancel, {"reason_ar": WHY.ar}).status_code == 302
    planned.refresh_from_db()
    assert planned.state == Sitting.State.CANCELLED
    assert WHY.ar in page_of(secretary, planned)
    assert Entry.objects.get(act="proceedings.sitting_cancelled").facts.public["reason"]
    with pytest.raises(SessionRefused):
        operations.hold_sitting(sitting=planned, presences={}, **STEP)
    assert secretary.post(close, {"closed_on": "2023-11-20"}).status_code == 302


def test_the_roll_of_a_meeting_that_is_over_does_not_wait_at_the_desk(committee):
    sitting = SittingFactory(session__body=committee, session__state="cancelled")
    viewer = Viewer("SFR", committee.community_id, rights=frozenset({"session.edit"}))
    assert not queries.sittings_to_call(viewer, HELD).exists()
    Session.objects.filter(pk=sitting.session_id).update(state="convened")
    assert queries.sittings_to_call(viewer, HELD).exists()


def test_sittings_of_one_day_are_told_apart(committee):
    first = SittingFactory(session__body=committee, starts_at=time(9))
    session = first.session
    for position, hour, day in ((2, time(15), HELD), (3, None, HELD), (4, None, date(2023, 12, 1))):
        SittingFactory(session=session, position=position, starts_at=hour, held_on=day)
    marks = [one.mark for one in queries.sitting_views(session)]
    assert marks == ["hour", "hour", "number", ""]


def test_a_heading_names_the_hour_where_the_day_comes_twice(committee, secretary):
    first = SittingFactory(session__body=committee, starts_at=time(9))
    SittingFactory(session=first.session, starts_at=time(15, 30))
    headings = [part.split("</h2>")[0] for part in page_of(secretary, first).split("<h2")]
    assert sum("09:00" in one or "15:30" in one for one in headings) == 2


def test_a_refusal_does_not_begin_with_the_label_of_its_field(committee, secretary):
    said = {"title_ar": "اجتماع", "convened_on": "2023-11-25", "convened_by": "chair"}
    answer = secretary.post("/desk/meetings/convene/committee/", said)
    body = answer.content.decode()
    assert answer.status_code == 422 and "لا يقبل إلا تاريخ اليوم أو تاريخ سابق له" in body
    assert "يوم توجيه الاستدعاء: يوم توجيه الاستدعاء" not in body


def test_counts_that_do_not_add_up_are_no_fault_of_one_box(sefrou, secretary):
    sitting, _present = held_sitting(sefrou.council)
    item = sitting.items.get()
    said = {
        "question_ar": "سؤال",
        "majority": "of_cast",
        "method": "show_of_hands",
        "in_favour": "12",
        "against": "0",
        "abstained": "0",
    }
    address = f"/desk/meetings/{sitting.session.reference}/items/{item.pk}/count/"
    answer = secretary.post(address, said)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert list(form.errors) == ["__all__"]
    assert "مجموع الموافقين والمعارضين والممتنعين 12" in form.non_field_errors()[0]
