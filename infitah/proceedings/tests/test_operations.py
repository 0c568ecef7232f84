"""Acts of a meeting: what they write, and what they refuse."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.proceedings import models, operations
from infitah.proceedings.models import Session, Sitting
from infitah.proceedings.operations import MinutesRefused, SessionRefused, VoteRefused
from infitah.proceedings.rules import Choice, Counts, Majority, Method, Presence
from infitah.proceedings.tests.factories import (
    BY,
    HELD,
    NOW,
    AgendaItemFactory,
    SessionFactory,
    SittingFactory,
    held_sitting,
    seats_of,
)

TITLE = LocalizedText(ar="دورة يناير", fr="Session de janvier")


def convene(body, **more):
    values = {"title": TITLE, "convened_on": date(2023, 11, 2), "convened_by": "president"}
    return operations.convene_session(body=body, by=BY, now=NOW, **(values | more))


def test_convening_gives_a_number_and_an_entry_of_its_day(sefrou):
    session = convene(sefrou.council)
    assert session.reference == "SFR-2023-S-0001"
    assert convene(sefrou.council).reference == "SFR-2023-S-0002"
    entry = Entry.objects.filter(subject=session.reference).get()
    assert (entry.act, entry.occurred_on) == ("proceedings.convened", date(2023, 11, 2))


def test_a_closed_body_is_not_convened(sefrou):
    sefrou.council.closed_on = date(2023, 10, 1)
    with pytest.raises(SessionRefused):
        convene(sefrou.council)
    assert not Session.objects.exists()


def test_a_sitting_is_planned_after_the_convocation_and_before_the_closing(sefrou):
    session = convene(sefrou.council)
    place = LocalizedText("القاعة")
    with pytest.raises(SessionRefused):
        operations.plan_sitting(
            session=session, held_on=date(2023, 11, 1), place=place, by=BY, now=NOW
        )
    sitting = operations.plan_sitting(session=session, held_on=HELD, place=place, by=BY, now=NOW)
    second = operations.plan_sitting(session=session, held_on=HELD, place=place, by=BY, now=NOW)
    assert (sitting.position, second.position) == (1, 2)
    Session.objects.filter(pk=session.pk).update(state="closed", closed_on=HELD)
    with pytest.raises(SessionRefused):
        operations.plan_sitting(session=session, held_on=HELD, place=place, by=BY, now=NOW)


def test_the_agenda_is_not_rewritten_after_the_sitting(sefrou):
    sitting, _present = held_sitting(sefrou.council)
    assert sitting.items.count() == 1
    with pytest.raises(SessionRefused):
        operations.add_agenda_item(sitting=sitting, title=TITLE, origin="members", by=BY, now=NOW)


def test_items_are_numbered_in_order(sefrou):
    sitting = SittingFactory(session__body=sefrou.council)
    made = [
        operations.add_agenda_item(
            sitting=sitting, title=TITLE, origin="president", by=BY, now=NOW
        ).position
        for _n in range(3)
    ]
    assert made == [1, 2, 3]


def test_the_roll_call_computes_quorum_and_opens_the_session(sefrou):
    sitting, present = held_sitting(sefrou.council, absent=6)
    assert (sitting.seats, sitting.quorum_needed, sitting.state) == (13, 7, "held")
    assert len(present) == 7
    assert sitting.session.state == Session.State.OPEN
    assert sitting.attendances.count() == sitting.seats


def test_without_quorum_the_sitting_is_put_off_and_nothing_is_voted(sefrou):
    sitting, present = held_sitting(sefrou.council, absent=7)
    assert sitting.state == Sitting.State.NO_QUORUM
    assert sitting.session.state == Session.State.CONVENED
    with pytest.raises(VoteRefused):
        operations.record_named_vote(
            item=sitting.items.get(),
            question=TITLE,
            choices={present[0].pk: Choice.FOR},
            majority=Majority.OF_CAST,
            by=BY,
            now=NOW,
        )


def test_a_roll_call_that_forgets_a_seat_or_comes_twice_is_refused(sefrou):
    mandates = seats_of(sefrou.council)
    sitting = SittingFactory(session__body=sefrou.council)
    presences = {seat.pk: Presence.PRESENT for seat in mandates[1:]}
    with pytest.raises(SessionRefused) as refused:
        operations.hold_sitting(sitting=sitting, presences=presences, by=BY, now=NOW)
    assert refused.value.code == "missing"
    presences[mandates[0].pk] = Presence.EXCUSED
    operations.hold_sitting(sitting=sitting, presences=presences, by=BY, now=NOW)
    with pytest.raises(SessionRefused):
        operations.hold_sitting(sitting=sitting, presences=presences, by=BY, now=NOW)


def named(sitting, choices, **more):
    return operations.record_named_vote(
        item=sitting.items.get(),
        question=TITLE,
        choices=choices,
        majority=Majority.OF_MEMBERS,
        by=BY,
        now=NOW,
        **more,
    )


def test_a_named_vote_counts_its_votes_and_names_them_in_the_register(sefrou):
    sitting, present = held_sitting(sefrou.council, absent=2)
    event = named(sitting, {seat.pk: Choice.FOR for seat in present})
    assert (event.in_favour, event.against, event.abstained) == (11, 0, 0)
    assert (event.result, event.named.count()) == ("carried", 11)
    facts = Entry.objects.filter(act="proceedings.voted").get().facts
    assert len(facts.public["votes"]) == 11


def test_only_members_present_vote(sefrou):
    sitting, present = held_sitting(sefrou.council, absent=2)
    absent = sitting.attendances.filter(presence="absent").first()
    for choices in ({}, {absent.mandate_id: Choice.FOR, present[0].pk: Choice.FOR}):
        with pytest.raises(VoteRefused) as refused:
            named(sitting, choices)
        assert refused.value.code == "not_present"
    assert not models.Vote.objects.exists()


def counted(sitting, method, counts, **more):
    return operations.record_counted_vote(
        item=sitting.items.get(),
        question=TITLE,
        method=method,
        counts=counts,
        majority=Majority.OF_CAST,
        by=BY,
        now=NOW,
        **more,
    )


def test_a_secret_vote_stores_no_vote(sefrou):
    sitting, _present = held_sitting(sefrou.council, absent=2)
    event = counted(sitting, Method.SECRET, Counts(5, 5, 1), casting_vote=Choice.FOR)
    assert (event.result, event.casting_vote) == ("carried", "for")
    assert not models.Vote.objects.exists()
    assert Entry.objects.filter(act="proceedings.voted").get().facts.public["votes"] == []


def test_counts_add_up_to_the_members_present(sefrou):
    sitting, _present = held_sitting(sefrou.council, absent=2)
    with pytest.raises(VoteRefused):
        counted(sitting, Method.SHOW_OF_HANDS, Counts(12, 0, 0))
    with pytest.raises(VoteRefused):
        counted(sitting, Method.NAMED, Counts(11, 0, 0))


def test_only_an_open_session_is_closed(sefrou):
    session = SessionFactory(body=sefrou.council)
    with pytest.raises(SessionRefused):
        operations.close_session(session=session, closed_on=HELD, by=BY, now=NOW)
    sitting, _present = held_sitting(sefrou.council)
    closed = operations.close_session(session=sitting.session, closed_on=HELD, by=BY, now=NOW)
    assert (closed.state, closed.closed_on) == ("closed", HELD)
    with pytest.raises(SessionRefused):
        operations.add_agenda_item(
            sitting=AgendaItemFactory(sitting__session=closed).sitting,
            title=TITLE,
            origin="members",
            by=BY,
            now=NOW,
        )


def test_approved_minutes_never_change(sefrou):
    session = SessionFactory(body=sefrou.council)
    text = LocalizedText(ar="محضر", fr="Procès-verbal")
    steps = {"by": BY, "now": NOW}
    with pytest.raises(MinutesRefused):
        operations.send_minutes(session=session, sent_on=HELD, **steps)
    operations.write_minutes(session=session, text=TITLE, written_on=HELD, **steps)
    operations.write_minutes(session=session, text=text, written_on=HELD, **steps)
    with pytest.raises(MinutesRefused):
        operations.approve_minutes(session=session, approved_on=HELD, **steps)
    operations.send_minutes(session=session, sent_on=HELD, **steps)
    approved = operations.approve_minutes(session=session, approved_on=HELD, **steps)
    assert approved.sha256 == operations.digest_of(text)
    with pytest.raises(MinutesRefused):
        operations.write_minutes(session=session, text=TITLE, written_on=HELD, **steps)
    published = operations.publish_minutes(session=session, published_on=HELD, **steps)
    assert (published.state, published.text) == ("published", text)
    with pytest.raises(MinutesRefused):
        operations.publish_minutes(session=session, published_on=HELD, **steps)


def test_the_database_refuses_approved_minutes_without_hash(sefrou):
    session = SessionFactory(body=sefrou.council)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Minutes.objects.create(
            community=session.community,
            session=session,
            text=TITLE,
            state="approved",
            written_on=HELD,
            approved_on=HELD,
        )
