"""Records put right: votes, roll calls, convocations; what stays to be seen, what counts no more."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from infitah.community.tests.factories import BodyFactory, log_in
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.proceedings import operations, queries
from infitah.proceedings.models import Session, Sitting, VoteEvent
from infitah.proceedings.operations import SessionRefused, VoteRefused
from infitah.proceedings.rules import Choice, Counts, Majority, Method, Presence
from infitah.proceedings.tests.factories import (
    BY,
    HELD,
    NOW,
    SessionFactory,
    SittingFactory,
    held_sitting,
    seats_of,
)

pytestmark = pytest.mark.django_db
LATER = datetime(2023, 11, 20, 9, 0, tzinfo=UTC)
STEP = {"by": BY, "now": LATER}
QUESTION = LocalizedText(ar="هل تصادقون؟", fr="Approuvez-vous ?")
NOTHING = LocalizedText("")
WHY = LocalizedText(ar="كتب عدد خاطئ", fr="Un nombre a été mal écrit")


@pytest.fixture
def sitting(sefrou):
    return held_sitting(sefrou.council, absent=4)[0]


@pytest.fixture
def secretary(sefrou, client):
    with time_machine.travel("2023-11-20 12:00+01:00", tick=False):
        yield log_in(client, sefrou.secretary, sefrou.province)


def counted(sitting, counts=(4, 3, 2), method=Method.SHOW_OF_HANDS, **more):
    said = {"majority": Majority.OF_CAST, "by": BY, "now": NOW} | more
    return operations.record_counted_vote(
        item=sitting.items.get(), question=QUESTION, method=method, counts=Counts(*counts), **said
    )


def named(sitting, choice=Choice.FOR, **more):
    present = sitting.attendances.filter(presence="present").values_list("mandate_id", flat=True)
    return operations.record_named_vote(
        item=sitting.items.get(),
        question=QUESTION,
        choices=dict.fromkeys(present, choice),
        majority=Majority.OF_CAST,
        **({"by": BY, "now": NOW} | more),
    )


def approve(session):
    operations.write_minutes(session=session, text=QUESTION, written_on=HELD, **STEP)
    operations.send_minutes(session=session, sent_on=HELD, **STEP)
    operations.approve_minutes(session=session, approved_on=HELD, **STEP)


def desk(session, path=""):
    return f"/desk/meetings/{session.reference}/{path}"


# Votes ------------------------------------------------------------------------------------------


def test_a_corrected_vote_counts_alone_and_the_first_record_stays_struck(sefrou, sitting):
    wrong = counted(sitting, (3, 4, 2))
    right = operations.correct_vote(
        vote=wrong, reason=WHY, anew=lambda: counted(sitting, (6, 2, 1), now=LATER), **STEP
    )
    wrong = VoteEvent.records.get(pk=wrong.pk)
    assert (wrong.recorded_on, wrong.struck_on) == (date(2023, 11, 14), date(2023, 11, 20))
    assert (wrong.struck_reason, right.replaces_id) == (WHY, wrong.pk)
    assert list(VoteEvent.objects.all()) == list(queries.votes_of(sefrou.council)) == [right]
    assert list(queries.carried_votes(sefrou.council)) == [right]
    entry = Entry.objects.get(act="proceedings.vote_corrected")
    public = entry.facts.public
    assert (public["before"]["for"], public["after"]["for"]) == (3, 6)
    assert public["reason"]["ar"] == WHY.ar


def test_a_correction_that_does_not_add_up_strikes_nothing(sitting):
    wrong = counted(sitting)
    with pytest.raises(VoteRefused):
        operations.correct_vote(
            vote=wrong, reason=WHY, anew=lambda: counted(sitting, (9, 9, 9)), **STEP
        )
    with pytest.raises(VoteRefused) as refused:
        operations.strike_vote(vote=wrong, reason=NOTHING, **STEP)
    assert refused.value.field == "reason"
    assert VoteEvent.objects.get() == wrong


def test_a_vote_is_struck_once_and_not_after_the_minutes(sitting):
    vote, other = counted(sitting), named(sitting)
    operations.strike_vote(vote=vote, reason=WHY, **STEP)
    with pytest.raises(VoteRefused):
        operations.strike_vote(vote=vote, reason=WHY, **STEP)
    assert Entry.objects.filter(act="proceedings.vote_struck").count() == 1
    approve(sitting.session)
    with pytest.raises(VoteRefused) as refused:
        operations.strike_vote(vote=other, reason=WHY, **STEP)
    assert refused.value.code == "bound"
    assert VoteEvent.objects.get() == other


def test_the_officer_corrects_a_vote_and_sees_both_records(sitting, secretary):
    wrong = counted(sitting, (3, 4, 2))
    page = desk(sitting.session, f"votes/{wrong.pk}/correct/")
    assert page in secretary.get(desk(sitting.session)).content.decode()
    assert 'value="3"' in secretary.get(page).content.decode()
    said = {
        "question_ar": QUESTION.ar,
        "majority": "of_cast",
        "method": "show_of_hands",
        "in_favour": "6",
        "against": "2",
        "abstained": "1",
    }
    assert secretary.post(page, said).status_code == 422
    assert secretary.post(page, said | {"reason_ar": WHY.ar}).status_code == 302
    assert [vote.counts for vote in VoteEvent.objects.all()] == [Counts(6, 2, 1)]
    told = secretary.get(desk(sitting.session)).content.decode()
    assert page not in told and WHY.ar in told and "<del" in told
    bound = secretary.get(page).content.decode()
    assert 'name="reason_ar"' not in bound


def test_a_named_vote_is_corrected_as_a_counted_one_and_struck(sitting, secretary):
    wrong = named(sitting)
    page = desk(sitting.session, f"votes/{wrong.pk}/correct/")
    body = secretary.get(page).content.decode()
    assert body.count("checked") >= 9 and "?way=counted" in body
    counts = {"method": "secret", "in_favour": "5", "against": "4", "abstained": "0"}
    said = {"reason_ar": WHY.ar, "question_ar": QUESTION.ar, "majority": "of_cast"} | counts
    assert secretary.post(f"{page}?way=counted", said).status_code == 302
    right = VoteEvent.objects.get()
    assert right.method == "secret"
    strike = desk(sitting.session, f"votes/{right.pk}/strike/")
    assert secretary.post(strike, {"reason_ar": ""}).status_code == 422
    assert secretary.post(strike, {"reason_ar": WHY.ar}).status_code == 302
    assert not VoteEvent.objects.exists()


def test_only_who_keeps_the_meetings_corrects(sefrou, sitting, client):
    vote = counted(sitting)
    for user in (sefrou.officer, sefrou.moderator):
        log_in(client, user, sefrou.province)
        for path in (f"votes/{vote.pk}/correct/", f"votes/{vote.pk}/strike/"):
            assert client.post(desk(sitting.session, path), {}).status_code == 404
        path = f"sittings/{sitting.position}/roll/correct/"
        assert client.post(desk(sitting.session, path), {}).status_code == 404


# Equal votes ------------------------------------------------------------------------------------


def test_equal_public_votes_of_the_council_ask_for_the_president_vote_art43(sitting):
    with pytest.raises(VoteRefused) as refused:
        counted(sitting, (4, 4, 1))
    assert (refused.value.code, refused.value.field) == ("tied", "casting_vote")
    assert counted(sitting, (4, 4, 1), casting_vote=Choice.AGAINST).result == "lost"
    assert counted(sitting, (4, 4, 1), casting_vote=Choice.FOR).result == "carried"
    assert counted(sitting, (4, 4, 1), Method.SECRET).result == "lost"
    assert counted(sitting, (4, 4, 1), majority=Majority.OF_MEMBERS).result == "lost"


def test_the_form_asks_beside_the_field_and_a_committee_may_have_no_casting_vote(
    sefrou, sitting, secretary
):
    said = {
        "question_ar": QUESTION.ar,
        "majority": "of_cast",
        "method": "show_of_hands",
        "in_favour": "4",
        "against": "4",
        "abstained": "1",
    }
    page = desk(sitting.session, f"items/{sitting.items.get().pk}/count/")
    asked = secretary.post(page, said)
    assert asked.status_code == 422 and "field-error" in asked.content.decode()
    assert 'value="none"' not in asked.content.decode()
    assert secretary.post(page, said | {"casting_vote": "none"}).status_code == 422
    assert secretary.post(page, said | {"casting_vote": "for"}).status_code == 302
    committee = BodyFactory(community=sefrou.province, slug="committee", kind="follow_up_committee")
    other = held_sitting(committee, seats=9)[0]
    page = desk(other.session, f"items/{other.items.get().pk}/count/")
    assert secretary.post(page, said).status_code == 422
    assert secretary.post(page, said | {"casting_vote": "none"}).status_code == 302
    assert VoteEvent.objects.get(item__sitting=other).result == "lost"


# Roll calls -------------------------------------------------------------------------------------


def presences(sitting, **changed):
    rows = {row.mandate_id: Presence(row.presence) for row in sitting.attendances.all()}
    return rows | {int(seat[1:]): presence for seat, presence in changed.items()}


def one(sitting, presence):
    return f"s{sitting.attendances.filter(presence=presence).first().mandate_id}"


def correct_roll(sitting, reason=NOTHING, **changed):
    return operations.correct_roll(
        sitting=sitting, presences=presences(sitting, **changed), reason=reason, **STEP
    )


def test_before_the_first_vote_the_roll_is_simply_put_right(sitting):
    seat = one(sitting, "absent")
    correct_roll(sitting, **{seat: Presence.PRESENT})
    row = sitting.attendances.get(mandate_id=int(seat[1:]))
    assert (row.presence, row.corrected_on, row.first_presence) == ("present", None, "")
    assert Entry.objects.filter(act="proceedings.roll_corrected").count() == 1
    with pytest.raises(SessionRefused) as refused:
        correct_roll(sitting)
    assert refused.value.code == "same"


def test_a_roll_put_right_before_the_votes_gains_or_loses_its_quorum(sitting):
    absent = {
        f"s{row.mandate_id}": Presence.ABSENT
        for row in sitting.attendances.filter(presence="present")[:3]
    }
    correct_roll(sitting, **absent)
    sitting.refresh_from_db()
    assert sitting.state == Sitting.State.NO_QUORUM
    assert Session.objects.get().state == Session.State.CONVENED
    correct_roll(sitting, **dict.fromkeys(absent, Presence.PRESENT))
    sitting.refresh_from_db()
    assert (sitting.state, Session.objects.get().state) == ("held", "open")


def test_after_a_vote_the_first_presence_stays_with_the_reason(sitting):
    named(sitting)
    absent, present = one(sitting, "absent"), one(sitting, "present")
    with pytest.raises(SessionRefused) as refused:
        correct_roll(sitting, **{absent: Presence.EXCUSED})
    assert refused.value.field == "reason"
    correct_roll(sitting, WHY, **{absent: Presence.EXCUSED})
    row = sitting.attendances.get(mandate_id=int(absent[1:]))
    assert (row.presence, row.first_presence, row.correction_reason) == ("excused", "absent", WHY)
    with pytest.raises(SessionRefused) as refused:
        correct_roll(sitting, WHY, **{present: Presence.ABSENT})
    assert refused.value.code == "votes" and QUESTION.ar in refused.value.message


def test_a_roll_is_not_put_right_against_a_counted_vote_a_quorum_or_approved_minutes(sitting):
    vote = counted(sitting)
    absent = one(sitting, "absent")
    with pytest.raises(SessionRefused) as refused:
        correct_roll(sitting, WHY, **{absent: Presence.PRESENT})
    assert refused.value.code == "votes" and "مع 4، ضد 3، امتناع 2" in refused.value.message
    operations.strike_vote(vote=vote, reason=WHY, **STEP)
    correct_roll(sitting, WHY, **{absent: Presence.PRESENT})
    SittingFactory(session=sitting.session, position=sitting.position + 1)
    gone = {
        f"s{row.mandate_id}": Presence.ABSENT
        for row in sitting.attendances.filter(presence="present")[:5]
    }
    with pytest.raises(SessionRefused) as refused:
        correct_roll(sitting, WHY, **gone)
    assert refused.value.code == "quorum"
    approve(sitting.session)
    with pytest.raises(SessionRefused):
        correct_roll(sitting, WHY, **{absent: Presence.EXCUSED})


def test_the_officer_corrects_the_roll_and_the_page_says_both(sitting, secretary):
    named(sitting)
    page = desk(sitting.session, f"sittings/{sitting.position}/roll/correct/")
    assert page in secretary.get(desk(sitting.session)).content.decode()
    seat = one(sitting, "absent")
    said = {f"seat_{key}": value for key, value in presences(sitting).items()}
    said |= {f"seat_{seat[1:]}": "excused"}
    assert secretary.post(page, said).status_code == 422
    assert secretary.post(page, said | {"reason_ar": WHY.ar}).status_code == 302
    assert WHY.ar in secretary.get(desk(sitting.session)).content.decode()
    approve(sitting.session)
    assert 'name="reason_ar"' not in secretary.get(page).content.decode()
    assert page not in secretary.get(desk(sitting.session)).content.decode()


def test_filling_in_the_roll_leaves_who_was_marked(sefrou, secretary):
    seats = seats_of(sefrou.council, 5)
    sitting = SittingFactory(session__body=sefrou.council)
    page = desk(sitting.session, f"sittings/{sitting.position}/roll/")
    body = secretary.post(
        page, {"fill": "present", f"seat_{seats[0].pk}": "absent"}
    ).content.decode()
    assert body.count('value="absent"') == 5
    assert body.count("checked") == 5
    marked = [line for line in body.splitlines() if "checked" in line and 'value="absent"' in line]
    assert len(marked) == 1 and f"seat_{seats[0].pk}" in marked[0]


# Convocations -----------------------------------------------------------------------------------


def test_a_convocation_to_come_is_refused_beside_its_field(sefrou, secretary):
    said = {
        "title_ar": "دورة",
        "kind": "extraordinary",
        "called_by": "president",
        "convened_on": "2023-11-21",
    }
    page = "/desk/meetings/council/convene/council/"
    refused = secretary.post(page, said)
    assert refused.status_code == 422
    assert "لا يقبل إلا تاريخ اليوم أو تاريخ سابق له" in refused.content.decode()
    assert not Session.objects.exists()
    done = secretary.post(page, said | {"convened_on": "2023-11-20"})
    session = Session.objects.get()
    assert done["Location"] == desk(session, "sitting/")


# Words ------------------------------------------------------------------------------------------


def test_a_committee_has_meetings_and_the_council_sessions(sefrou, secretary):
    committee = BodyFactory(community=sefrou.province, slug="committee", kind="follow_up_committee")
    meeting, session = SessionFactory(body=committee), SessionFactory(body=sefrou.council)
    SittingFactory(session=meeting, held_on=date(2023, 11, 24))
    told = secretary.get(desk(meeting)).content.decode()
    assert "وجه الاستدعاء للاجتماع" in told and "إلغاء الاجتماع" in told
    assert "إلغاء الدورة" not in told and "مبرمجة" in told
    told = secretary.get(desk(session)).content.decode()
    assert "وجه الاستدعاء للدورة" in told and "إلغاء الدورة" in told
    listed = secretary.get("/desk/meetings/").content.decode()
    assert "2 نونبر 2023" in listed[listed.index("24 نونبر 2023") + 5 :]
