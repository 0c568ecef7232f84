"""Acts of participation: each changes record, register, counts and index together."""

import uuid
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from infitah.community.models import Participant
from infitah.community.tests.factories import ParticipantFactory
from infitah.core.errors import OperationRefused
from infitah.core.letters import read
from infitah.core.models import Generation, Mail, Outbox
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.ledger import queries as ledger
from infitah.participation import operations, queries
from infitah.participation.models import Idea, IdeaDraft, IdeaTally, ModerationDecision
from infitah.participation.operations import DraftText, TopicText
from infitah.participation.operations.consultations import set_hash
from infitah.participation.tests.factories import (
    AFTER,
    BY,
    DURING,
    STATEMENT,
    make_consultation,
    make_idea,
    make_rule,
    make_text,
)
from infitah.searchindex.models import DirtyRow
from infitah.searchindex.operations import index_dirty
from infitah.searchindex.queries import is_indexed

REASON = "تتضمن رقم هاتف شخص آخر"


@pytest.fixture
def june(sefrou):
    return make_consultation(sefrou.province, sefrou.axis, sefrou.second_axis)


def acts(reference: str) -> list[str]:
    return [row.act.partition(".")[2] for row in ledger.of_subject("SFR", reference)]


def draft(june, sefrou, key=None, **changes):
    text = DraftText(**{"axis": sefrou.axis, "statement": STATEMENT, **changes})
    return operations.draft_idea(
        consultation=june, key=key or uuid.uuid4(), text=text, proved_as=None, now=DURING
    )


def submit(made, person, now=DURING):
    by = Actor("participant", str(person.pk))
    return operations.submit_idea(draft_key=made.key, author_id=person.pk, by=by, now=now)


# Consultations ---------------------------------------------------------------------------------


def test_a_draft_consultation_is_no_act_of_the_register(sefrou):
    made = make_consultation(sefrou.province, sefrou.axis, is_announced=False)
    assert made.announced_at is None and ledger.of_subject("SFR", "consultation:june") == []


def test_announcing_writes_the_register_once(sefrou, june):
    again = operations.announce_consultation(consultation_id=june.pk, by=BY, now=AFTER)
    assert again.announced_at == june.announced_at
    assert acts("consultation:june") == ["consultation_announced"]


def test_history_is_announced_on_its_own_day(june):
    assert ledger.of_subject("SFR", "consultation:june")[0].occurred_on == date(2023, 6, 5)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last_day": date(2023, 6, 11)}, "last_day"),
        ({"topics": []}, "axes"),
    ],
)
def test_what_cannot_be_a_consultation_is_refused(sefrou, changes, field):
    text = make_text(sefrou.axis, **changes)
    with pytest.raises(OperationRefused) as refused:
        operations.create_consultation(community=sefrou.province, text=text, by=BY, now=DURING)
    assert refused.value.field == field


def test_an_axis_has_a_question_and_a_context_of_200_words(sefrou):
    for topic in (
        TopicText(axis=sefrou.axis, question=LocalizedText("")),
        TopicText(sefrou.axis, LocalizedText("سؤال"), context=LocalizedText("كلمة " * 201)),
    ):
        with pytest.raises(OperationRefused):
            operations.create_consultation(
                community=sefrou.province, text=make_text(topics=[topic]), by=BY, now=DURING
            )


def test_a_short_name_is_used_once(sefrou, june):
    with pytest.raises(OperationRefused) as refused:
        make_consultation(sefrou.province, sefrou.axis)
    assert refused.value.field == "slug"


def test_a_consultation_whose_days_have_passed_is_not_announced(sefrou):
    made = make_consultation(sefrou.province, sefrou.axis, is_announced=False)
    with pytest.raises(OperationRefused):
        operations.announce_consultation(consultation_id=made.pk, by=BY, now=AFTER)


def test_before_opening_everything_can_change(sefrou):
    made = make_consultation(sefrou.province, sefrou.axis, is_announced=False)
    text = make_text(sefrou.second_axis, first_day=date(2023, 7, 1), last_day=date(2023, 7, 2))
    changed = operations.edit_consultation(consultation_id=made.pk, text=text, by=BY, now=DURING)
    assert [topic.axis for topic in changed.topics.all()] == [sefrou.second_axis]
    assert ledger.of_subject("SFR", "consultation:june") == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first_day": date(2023, 6, 13)}, "first_day"),
        ({"last_day": date(2023, 6, 19)}, "last_day"),
    ],
)
def test_while_open_no_announced_day_is_taken_back(sefrou, june, changes, field):
    text = make_text(sefrou.axis, sefrou.second_axis, **changes)
    with pytest.raises(OperationRefused) as refused:
        operations.edit_consultation(consultation_id=june.pk, text=text, by=BY, now=DURING)
    assert refused.value.field == field


def test_while_open_an_axis_stays_and_the_end_may_come_later(sefrou, june):
    with pytest.raises(OperationRefused):
        operations.edit_consultation(
            consultation_id=june.pk, text=make_text(sefrou.axis), by=BY, now=DURING
        )
    text = make_text(sefrou.axis, sefrou.second_axis, last_day=date(2023, 6, 25))
    later = operations.edit_consultation(consultation_id=june.pk, text=text, by=BY, now=DURING)
    assert later.closes_at == datetime(2023, 6, 25, 23, 0, tzinfo=UTC)
    assert acts("consultation:june")[-1] == "consultation_edited"


def test_a_closed_consultation_keeps_its_dates(sefrou, june):
    text = make_text(sefrou.axis, sefrou.second_axis, last_day=date(2023, 7, 25))
    with pytest.raises(OperationRefused):
        operations.edit_consultation(consultation_id=june.pk, text=text, by=BY, now=AFTER)


def test_the_clock_records_opening_and_closing_once_with_the_hash_of_the_set(sefrou, june):
    make_idea(june, sefrou.axis)
    assert operations.has_clock_work(DURING)
    operations.keep_time(now=DURING)
    operations.keep_time(now=DURING)
    assert acts("consultation:june")[1:] == ["consultation_opened"]
    assert not operations.has_clock_work(DURING)
    operations.keep_time(now=AFTER)
    operations.keep_time(now=AFTER)
    assert acts("consultation:june")[1:] == ["consultation_opened", "consultation_closed"]
    june.refresh_from_db()
    assert (1, june.set_hash) == set_hash(june)


def test_the_hash_of_the_set_changes_with_any_text(sefrou, june):
    first = make_idea(june, sefrou.axis)
    before = set_hash(june)
    Idea.objects.filter(pk=first.pk).update(detail="غيرت")
    assert set_hash(june)[1] != before[1]


# Giving ----------------------------------------------------------------------------------------


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


# At the desk -----------------------------------------------------------------------------------


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


# Taking back -----------------------------------------------------------------------------------


def withdraw(idea, person, now=AFTER):
    return operations.withdraw_idea(
        community_id=idea.community_id,
        reference=idea.reference,
        author_id=person.pk,
        by=Actor("participant", str(person.pk)),
        now=now,
    )


def test_withdrawing_erases_the_text_everywhere_at_once_and_keeps_the_number(sefrou, june):
    idea = submit(draft(june, sefrou, detail="تفصيل", name="فاطمة"), sefrou.participant)
    index_dirty(now=DURING)
    assert is_indexed(community_key="SFR", kind="idea", subject=idea.reference)
    gone = withdraw(idea, sefrou.participant)
    assert (gone.statement, gone.detail, gone.author_name_sealed) == ("", "", "")
    assert gone.reference == idea.reference and gone.withdrawn_at == AFTER
    assert not is_indexed(community_key="SFR", kind="idea", subject=idea.reference)
    assert not DirtyRow.objects.filter(subject=idea.reference).exists()
    assert ledger.openings("SFR", idea.register_number) == {}
    assert acts(idea.reference) == ["idea_submitted", "idea_withdrawn", "openings_erased"]
    assert IdeaTally.objects.get().shown == 0


def test_withdrawing_twice_changes_nothing(sefrou, june):
    idea = submit(draft(june, sefrou), sefrou.participant)
    withdraw(idea, sefrou.participant)
    count = len(acts(idea.reference))
    withdraw(idea, sefrou.participant)
    assert len(acts(idea.reference)) == count


def test_nobody_withdraws_the_idea_of_another(sefrou, june):
    idea = submit(draft(june, sefrou), sefrou.participant)
    other = ParticipantFactory(community=sefrou.province)
    with pytest.raises(OperationRefused):
        withdraw(idea, other)
    idea.refresh_from_db()
    assert idea.state == "visible"


def test_after_withdrawing_the_same_words_may_be_given_again(sefrou, june):
    withdraw(submit(draft(june, sefrou), sefrou.participant), sefrou.participant)
    again = submit(draft(june, sefrou), sefrou.participant)
    assert again.reference == "SFR-2023-I-0002"


def test_the_receipt_of_a_withdrawn_idea_is_not_sent(sefrou, june):
    idea = submit(draft(june, sefrou), sefrou.participant)
    withdraw(idea, sefrou.participant)
    operations.send_receipts(now=AFTER)
    assert not Mail.objects.filter(template="participation/email/received").exists()
    assert not operations.has_receipts_to_send(AFTER)


def test_a_receipt_is_mailed_once_with_its_sheet(sefrou, june):
    idea = submit(draft(june, sefrou), sefrou.participant)
    operations.send_receipts(now=DURING)
    operations.send_receipts(now=DURING)
    sent = Mail.objects.get()
    stored = sent.attachments.get()
    assert (stored.media_type, stored.is_public) == ("application/pdf", False)
    assert stored.subject == f"receipt:{idea.reference}"


# Moderation ------------------------------------------------------------------------------------


def hide(idea, rule, reason=REASON, now=DURING):
    return operations.hide_idea(
        community_id=idea.community_id,
        reference=idea.reference,
        rule=rule,
        reason=reason,
        by=BY,
        now=now,
    )


def test_hiding_takes_the_text_out_of_search_and_counts_and_tells_the_author(sefrou, june):
    idea = submit(draft(june, sefrou), sefrou.participant)
    index_dirty(now=DURING)
    hidden = hide(idea, make_rule(sefrou.province, 2))
    assert hidden.state == "held"
    assert not is_indexed(community_key="SFR", kind="idea", subject=idea.reference)
    assert IdeaTally.objects.get().shown == 0
    assert Mail.objects.get().template == "participation/email/hidden"
    entry = ledger.of_subject("SFR", idea.reference)[-1]
    assert entry.act == "participation.idea_hidden"
    canonical = ledger.entry("SFR", entry.number).canonical
    assert '"rule":2' in canonical.replace(" ", "") and REASON not in canonical


def test_restoring_gives_back_the_state_before(sefrou, june):
    late = make_idea(june, sefrou.axis, at=AFTER)
    hide(late, make_rule(sefrou.province), now=AFTER)
    back = operations.restore_idea(
        community_id=sefrou.province.pk, reference=late.reference, by=BY, now=AFTER
    )
    assert back.state == "late" and IdeaTally.objects.get().late == 1
    assert acts(late.reference)[1:] == ["idea_hidden", "idea_restored"]


def test_hiding_needs_a_rule_in_force_and_a_reason(sefrou, june):
    idea, rule = make_idea(june, sefrou.axis), make_rule(sefrou.province)
    with pytest.raises(OperationRefused) as refused:
        hide(idea, rule, reason="لا")
    assert refused.value.field == "reason"
    rule.ends_on = date(2023, 6, 1)
    rule.save()
    with pytest.raises(OperationRefused) as refused:
        hide(idea, rule)
    assert refused.value.field == "rule"


def test_what_was_decided_meanwhile_is_not_decided_again(sefrou, june):
    idea, rule = make_idea(june, sefrou.axis), make_rule(sefrou.province)
    hide(idea, rule)
    with pytest.raises(OperationRefused) as refused:
        hide(idea, rule)
    assert refused.value.code == "changed" and ModerationDecision.objects.count() == 1


def test_a_late_idea_is_taken_in_or_left_out_with_a_reason(sefrou, june):
    one = make_idea(june, sefrou.axis, at=AFTER)
    two = make_idea(june, sefrou.axis, "استشارة السكان قبل كل مشروع كبير", at=AFTER)
    common = {"community_id": sefrou.province.pk, "by": BY, "now": AFTER}
    taken = operations.accept_late_idea(reference=one.reference, **common)
    assert (taken.state, taken.is_late) == ("visible", True)
    with pytest.raises(OperationRefused):
        operations.refuse_late_idea(reference=two.reference, reason="", **common)
    left = operations.refuse_late_idea(reference=two.reference, reason=REASON, **common)
    assert left.state == "refused"
    tally = IdeaTally.objects.get()
    assert (tally.shown, tally.late) == (1, 0)


def test_counts_agree_with_the_ideas_after_many_acts(sefrou, june):
    rule = make_rule(sefrou.province)
    for number in range(6):
        axis = sefrou.axis if number % 2 else sefrou.second_axis
        idea = make_idea(
            june,
            axis,
            f"{STATEMENT} رقم {number}",
            at=AFTER if number > 3 else DURING,
            commune=sefrou.commune if number % 3 else None,
        )
        if number in {1, 4}:
            hide(idea, rule, now=AFTER)
    counted = Counter()
    for row in IdeaTally.objects.all():
        counted["visible"] += row.shown
        counted["late"] += row.late
    for state in ("visible", "late"):
        assert counted[state] == Idea.objects.filter(state=state).count()


def test_links_to_ones_ideas_are_sent_to_their_author_alone(sefrou, june):
    idea = submit(draft(june, sefrou), sefrou.participant)
    gone = make_idea(june, sefrou.axis, "بناء ملعب رياضي في كل جماعة", author=sefrou.participant)
    withdraw(gone, sefrou.participant)
    Mail.objects.all().delete()
    ask = {"community": sefrou.province, "network": "127.0.0.1"}
    operations.send_my_links(address="else@example.org", now=DURING, **ask)
    assert not Mail.objects.exists()
    address = operations.letters.address_of_author(sefrou.participant)
    operations.send_my_links(address=address.upper(), now=DURING, **ask)
    text = read(Mail.objects.get()).text
    assert STATEMENT in text and gone.reference in text
    assert text.count("/mine/link/") == 1  # none to take back what is gone
    assert operations.withdraw_token(idea) in text
    for minute in range(1, 20):
        later = DURING + timedelta(minutes=minute)
        operations.send_my_links(address=address, now=later, **ask)
    assert Mail.objects.count() == 3  # three an hour to one address, whoever asks


def test_a_network_asks_for_ten_letters_an_hour(sefrou, june):
    ask = {"community": sefrou.province, "network": "127.0.0.1", "now": DURING}
    for number in range(10):
        operations.send_my_links(address=f"stranger{number}@example.org", **ask)
    submit(draft(june, sefrou), sefrou.participant)
    operations.send_my_links(
        address=operations.letters.address_of_author(sefrou.participant), **ask
    )
    assert not Mail.objects.filter(template="participation/email/my_ideas").exists()


def test_a_withdrawal_is_confirmed_by_mail_with_its_act(sefrou, june):
    idea = submit(draft(june, sefrou), sefrou.participant)
    withdraw(idea, sefrou.participant)
    withdraw(idea, sefrou.participant)
    letter = read(Mail.objects.get(template="participation/email/withdrawn"))
    number = queries.withdrawal_number(Idea.objects.get(pk=idea.pk))
    assert idea.reference in letter.subject and f"/ar/register/{number}/" in letter.text
    assert STATEMENT not in letter.text + letter.html


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


def test_a_consultation_takes_no_address_that_is_a_page(sefrou):
    with pytest.raises(OperationRefused):
        make_consultation(sefrou.province, sefrou.axis, slug="moderation-rules")


def test_a_link_is_ours_whole_and_not_too_old(sefrou, june):
    idea = make_idea(june, sefrou.axis)
    token = operations.withdraw_token(idea)
    assert operations.reference_of_token(token) == (idea.reference, "valid")
    assert operations.reference_of_token(token[:-2]) == ("", "forged")
    assert operations.reference_of_token("x") == ("", "forged")
