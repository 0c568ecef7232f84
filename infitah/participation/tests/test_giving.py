"""Giving ideas: record, register, counts and index change together, by mail or at the desk."""

import uuid
from datetime import date, timedelta

import pytest

from infitah.community.models import Participant
from infitah.community.tests.factories import ParticipantFactory
from infitah.core.errors import OperationRefused
from infitah.core.models import Generation, Mail, Outbox
from infitah.ledger import queries as ledger
from infitah.participation import operations
from infitah.participation.models import Idea, IdeaDraft
from infitah.participation.tests.factories import (
    AFTER,
    BY,
    DURING,
    STATEMENT,
    acts,
    make_consultation,
    make_idea,
)
from infitah.participation.tests.giving import draft, submit
from infitah.searchindex.models import DirtyRow

# Giving ------------------------------------------------------------------------------------------


def test_an_idea_gets_its_number_only_when_its_code_is_confirmed(sefrou, june):
    made = draft(june, sefrou, name="فاطمة")
    assert Idea.objects.count() == 0 and "فاطمة" not in made.name_sealed
    idea = submit(made, sefrou.participant)
    assert (idea.reference, idea.number, idea.year) == ("SFR-2023-I-0001", 1, 2023)
    assert idea.author == sefrou.participant and idea.language == "ar"
    assert operations.name_of_author(idea) == "فاطمة"
    assert not IdeaDraft.objects.exists()
    assert acts(idea.reference) == ["idea_submitted"]
    assert idea.register_number == ledger.of_subject("SFR", idea.reference)[0].number
    assert DirtyRow.objects.filter(kind="idea", subject=idea.reference).exists()
    assert Outbox.objects.get(kind="participation.idea_submitted").subject == idea.reference
    assert Generation.objects.get(community_key="SFR", kind="participation").number > 0


def test_the_register_holds_the_text_as_a_commitment_only(sefrou, june):
    idea = submit(draft(june, sefrou, detail="تفصيل خاص"), sefrou.participant)
    entry = ledger.entry("SFR", idea.register_number)
    assert STATEMENT not in entry.canonical and "تفصيل" not in entry.canonical
    opened = ledger.openings("SFR", idea.register_number)
    assert opened["statement"].value == STATEMENT


def test_sending_again_gives_the_same_idea(sefrou, june):
    made = draft(june, sefrou)
    first, second = submit(made, sefrou.participant), submit(made, sefrou.participant)
    assert first == second and Idea.objects.count() == 1
    assert draft(june, sefrou, key=made.key) is None


def test_two_tabs_with_the_same_words_are_one_idea(sefrou, june):
    first = submit(draft(june, sefrou), sefrou.participant)
    second = submit(draft(june, sefrou, statement=f"{STATEMENT}."), sefrou.participant)
    assert first == second and Idea.objects.count() == 1
    other = ParticipantFactory(community=sefrou.province)
    assert submit(draft(june, sefrou), other) != first


def test_typing_again_under_a_key_replaces_the_draft(sefrou, june):
    made = draft(june, sefrou)
    draft(june, sefrou, key=made.key, statement="استشارة السكان قبل كل مشروع كبير")
    assert IdeaDraft.objects.get().statement.startswith("استشارة")


def test_a_draft_is_erased_after_a_day(sefrou, june):
    made = draft(june, sefrou)
    late = DURING + timedelta(hours=24)
    with pytest.raises(OperationRefused) as refused:
        submit(made, sefrou.participant, now=late)
    assert refused.value.code == "draft_gone"
    assert operations.purge_drafts(now=late - timedelta(seconds=1)) == 0
    assert operations.purge_drafts(now=late) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"statement": "قصيرة"}, "statement"),
        ({"statement": "نشر الميزانية كل سنة " * 8}, "statement"),
        ({"statement": "." * 30}, "statement"),
        ({"detail": "ت" * 1501}, "detail"),
    ],
)
def test_a_text_that_cannot_be_taken_says_which_field(sefrou, june, changes, field):
    with pytest.raises(OperationRefused) as refused:
        draft(june, sefrou, **changes)
    assert refused.value.field == field


def test_an_axis_of_another_consultation_is_refused(sefrou):
    june = make_consultation(sefrou.province, sefrou.axis)
    with pytest.raises(OperationRefused) as refused:
        draft(june, sefrou, axis=sefrou.second_axis)
    assert refused.value.field == "axis"


def test_nothing_is_taken_before_opening(sefrou):
    july = make_consultation(
        sefrou.province, sefrou.axis, first_day=date(2023, 7, 1), last_day=date(2023, 7, 2)
    )
    with pytest.raises(OperationRefused) as refused:
        draft(july, sefrou)
    assert refused.value.code == "not_open"
    text = operations.IdeaText(key=uuid.uuid4(), axis=sefrou.axis, statement=STATEMENT)
    with pytest.raises(OperationRefused):
        operations.enter_idea_at_desk(consultation=july, text=text, author=None, by=BY, now=DURING)


def test_the_instant_of_the_code_decides_what_is_late(sefrou, june):
    made = draft(june, sefrou)
    IdeaDraft.objects.update(expires_at=AFTER + timedelta(days=1))
    idea = submit(made, sefrou.participant, now=june.closes_at)
    assert idea.state == "late" and idea.is_late


def test_a_premoderated_idea_waits_and_is_published(sefrou):
    calm = make_consultation(sefrou.province, sefrou.axis, is_premoderated=True)
    idea = make_idea(calm, sefrou.axis, author=sefrou.participant)
    assert idea.state == "received"
    shown = operations.publish_idea(
        community_id=sefrou.province.pk, reference=idea.reference, by=BY, now=DURING
    )
    assert shown.state == "visible" and Mail.objects.count() == 1


def test_a_receipt_is_mailed_once_with_its_sheet(sefrou, june):
    idea = submit(draft(june, sefrou), sefrou.participant)
    operations.send_receipts(now=DURING)
    operations.send_receipts(now=DURING)
    sent = Mail.objects.get()
    stored = sent.attachments.get()
    assert (stored.media_type, stored.is_public) == ("application/pdf", False)
    assert stored.subject == f"receipt:{idea.reference}"


def test_a_name_does_not_outlive_the_identity_that_it_belongs_to(sefrou, june):
    idea = submit(draft(june, sefrou, name="فاطمة"), sefrou.participant)
    assert not operations.has_names_to_erase(AFTER)
    Participant.objects.filter(pk=sefrou.participant.pk).update(
        purged_at=AFTER, address_digest=None, address_sealed="", name_sealed=""
    )
    assert operations.has_names_to_erase(AFTER)
    assert operations.erase_names(now=AFTER) is False
    idea.refresh_from_db()
    assert idea.author_name_sealed == "" and not operations.has_names_to_erase(AFTER)


# At the desk -------------------------------------------------------------------------------------


def visitor(june, sefrou, name="", address=""):
    text = operations.IdeaText(key=uuid.uuid4(), axis=sefrou.axis, statement=STATEMENT, name=name)
    return operations.receive_visitor(
        consultation=june, text=text, address=address, by=BY, now=DURING
    )


def test_a_visitor_without_name_or_address_is_counted_like_others(sefrou, june):
    idea = visitor(june, sefrou)
    assert (idea.source, idea.author, idea.reference) == ("desk", None, "SFR-2023-I-0001")
    assert not operations.has_receipts_to_send(DURING)


def test_a_visitor_with_an_address_gets_the_receipt_by_mail(sefrou, june):
    idea = visitor(june, sefrou, name="فاطمة", address="visitor@example.org")
    assert idea.author.level == "L1"
    assert operations.has_receipts_to_send(DURING)
    operations.send_receipts(now=DURING)
    assert Mail.objects.get().reference == idea.reference
