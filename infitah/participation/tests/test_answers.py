"""Answering ideas: by hand, corrected, merged; told by mail; recorded; counted."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail as outbox
from django.utils import translation

from infitah.community.tests.factories import ParticipantFactory
from infitah.core.models import Mail, Outbox
from infitah.core.operations import dispatch_events
from infitah.core.operations.delivery import send_due_mail
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.ledger import queries as ledger
from infitah.participation import operations, queries
from infitah.participation.models import IdeaAnswer
from infitah.participation.operations import AnswerText
from infitah.participation.tests.answering import (
    KEPT,
    OTHER,
    REASON,
    answer,
    hide,
    ideas,
    merge,
    refusal,
    tally,
)
from infitah.participation.tests.factories import AFTER, BY, DURING, acts, make_idea

LATER = AFTER + timedelta(days=3)
HISTORY = {"by": Actor.system("seed"), "now": datetime(2026, 3, 1, 9, 0, tzinfo=UTC)}


# One idea ----------------------------------------------------------------------------------------


def test_an_answer_is_recorded_told_counted_and_posted_together(sefrou, june):
    idea = make_idea(june, sefrou.axis, author=sefrou.participant)
    make_idea(june, sefrou.second_axis, "استشارة السكان قبل كل مشروع كبير")
    made = answer(idea)
    assert (made.number, made.is_current, made.office) == (1, True, "focal_point")
    assert acts(idea.reference)[-1] == "idea_answered"
    assert ledger.of_subject("SFR", idea.reference)[-1].number == made.register_number
    assert tally(june) == {("kept", 2): 1}
    assert Mail.objects.get(template="participation/email/answered").reference == idea.reference
    assert Outbox.objects.filter(kind="participation.idea_answered").count() == 1
    june.refresh_from_db()
    assert june.answered_at is None


def test_the_register_holds_no_word_of_an_answer_in_clear(sefrou, june):
    idea = make_idea(june, sefrou.axis)
    answer(idea, AnswerText(code="kept", text=REASON, personal_line=LocalizedText("شكرا لكم")))
    entry = ledger.of_subject("SFR", idea.reference)[-1]
    stored = ledger.entry("SFR", entry.number).canonical
    assert '"kept"' in stored and REASON.ar not in stored and "شكرا" not in stored


def test_the_mail_leaves_in_the_worker_s_next_round(sefrou, june):
    idea = make_idea(june, sefrou.axis, author=sefrou.participant)
    answer(idea)
    waiting = Mail.objects.get(template="participation/email/answered")
    assert waiting.not_before == AFTER and waiting.priority == Mail.Priority.ANSWER
    send_due_mail(now=AFTER + timedelta(seconds=1))
    assert [idea.reference in letter.subject for letter in outbox.outbox] == [True]


@pytest.mark.database
def test_the_last_answer_makes_the_consultation_answered(sefrou, june):
    one, two = ideas(june, sefrou, 2)
    answer(one)
    answer(two, AnswerText(code="no_budget", text=REASON), now=LATER)
    june.refresh_from_db()
    assert june.answered_at == LATER
    assert acts("consultation:june")[-1] == "consultation_answered"
    assert Outbox.objects.filter(kind="participation.consultation_answered").count() == 1


def test_history_is_answered_on_its_own_day(sefrou, june):
    idea = make_idea(june, sefrou.axis)
    made = answer(idea, occurred_on=date(2023, 7, 18), **HISTORY)
    assert made.answered_on == date(2023, 7, 18) and tally(june) == {("kept", 28): 1}
    assert ledger.of_subject("SFR", idea.reference)[-1].occurred_on == date(2023, 7, 18)
    june.refresh_from_db()
    assert june.answered_at.date() == date(2023, 7, 17)  # midnight there, 23:00 in UTC
    another = make_idea(june, sefrou.axis, "استشارة السكان قبل كل مشروع كبير")
    for day in (date(2023, 6, 19), date(2026, 3, 2)):
        refused = refusal(answer, idea=another, occurred_on=day, **HISTORY)
        assert refused.field == "occurred_on"


def test_the_same_answer_given_twice_is_one(sefrou, june):
    idea = make_idea(june, sefrou.axis)
    assert answer(idea) == answer(idea, now=LATER)
    again = operations.correct_answer(idea=idea, answer=KEPT, seen=1, by=BY, now=LATER)
    assert again.number == 1 and IdeaAnswer.objects.count() == 1


def test_while_open_nothing_is_answered(sefrou, june):
    assert refusal(answer, idea=make_idea(june, sefrou.axis), now=DURING).code == "open"


@pytest.mark.parametrize("state", ["held", "withdrawn", "received", "late"])
def test_what_nobody_can_read_or_decided_is_not_answered(sefrou, june, state):
    idea = make_idea(june, sefrou.axis, at=AFTER if state == "late" else DURING)
    if state == "withdrawn":
        idea.statement = idea.detail = idea.statement_key = ""
        idea.withdrawn_at = AFTER
    idea.state = state
    idea.save()
    assert refusal(answer, idea=idea).code == "state"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (AnswerText(code="perhaps", text=REASON), "code"),
        (AnswerText(code="kept", text=LocalizedText(fr="Oui, le conseil la retient.")), "text"),
        (AnswerText(code="merged", text=REASON, merged_into="SFR-2023-I-0999"), "merged_into"),
        (AnswerText(code="merged", text=REASON, merged_into="quelque chose"), "merged_into"),
        (AnswerText(code="existing", text=REASON, link="SFR-2023-C-0999"), "link"),
    ],
)
def test_what_an_answer_lacks_is_refused_at_its_field(sefrou, june, said, field):
    refused = refusal(answer, idea=make_idea(june, sefrou.axis), said=said)
    assert refused.field == field and not IdeaAnswer.objects.exists()


def test_a_link_leads_to_a_number_that_was_given(sefrou, june):
    one, two = ideas(june, sefrou, 2)
    made = answer(one, AnswerText(code="existing", text=REASON, link=two.reference))
    assert made.link == two.reference


# Two officers ------------------------------------------------------------------------------------


def test_who_comes_second_is_told_what_changed(sefrou, june):
    idea = make_idea(june, sefrou.axis)
    answer(idea, by=OTHER)
    refused = refusal(answer, idea=idea, said=AnswerText(code="no_budget", text=REASON))
    assert refused.code == "changed" and "2023" in refused.message


@pytest.mark.database
def test_a_correction_is_a_new_number_and_the_first_stays(sefrou, june):
    idea = make_idea(june, sefrou.axis, author=sefrou.participant)
    answer(idea)
    better = AnswerText(code="kept_partly", text=REASON)
    made = operations.correct_answer(idea=idea, answer=better, seen=1, by=OTHER, now=LATER)
    assert made.number == 2
    kept = list(IdeaAnswer.objects.values_list("number", "code", "is_current"))
    assert kept == [(1, "kept", False), (2, "kept_partly", True)]
    assert acts(idea.reference)[-1] == "answer_corrected"
    assert tally(june) == {("kept_partly", 2): 1}  # the days are those of the first answer
    assert Mail.objects.filter(template="participation/email/answered").count() == 2
    stale = AnswerText(code="no_budget", text=REASON)
    refused = refusal(operations.correct_answer, idea=idea, answer=stale, seen=1, by=BY, now=LATER)
    assert refused.code == "changed"


def test_nothing_is_corrected_where_nothing_was_answered(sefrou, june):
    idea = make_idea(june, sefrou.axis)
    refused = refusal(operations.correct_answer, idea=idea, answer=KEPT, seen=1, by=BY, now=AFTER)
    assert refused.code == "changed"


# Merging -----------------------------------------------------------------------------------------


def test_merged_ideas_keep_their_authors_and_both_are_told(sefrou, june):
    second = ParticipantFactory(community=sefrou.province, language="fr")
    one = make_idea(june, sefrou.axis, author=sefrou.participant)
    two = make_idea(june, sefrou.axis, "ميزانية مفهومة للجميع كل سنة", author=second)
    answer(one, merge(two))
    told = dict(Mail.objects.values_list("reference", "template"))
    assert told == {
        one.reference: "participation/email/answered",
        two.reference: "participation/email/result",
    }
    one.refresh_from_db()
    assert (one.author, two.author) == (sefrou.participant, second)


@pytest.mark.database
def test_a_chain_never_loops_and_is_gathered_whole(sefrou, june):
    one, two, three, four = ideas(june, sefrou, 4)
    answer(one, merge(two))
    answer(two, merge(three))
    for back in (one, two, three):
        refused = refusal(answer, idea=three, said=merge(back))
        assert refused.field == "merged_into"
    hide(four)
    assert refusal(answer, idea=three, said=merge(four)).field == "merged_into"
    page = queries.idea_page(viewer=sefrou.viewer(), slug="june", reference=three.reference)
    gathered = queries.answers_of_idea(viewer=sefrou.viewer(), page=page, now=AFTER)
    assert [one.reference for one in gathered.merged] == [one.reference, two.reference]
    assert gathered.authors == 3


def test_a_merged_idea_says_what_the_other_one_was_answered(sefrou, june):
    one, two = ideas(june, sefrou, 2)
    answer(one, merge(two))
    for words, act in (("", None), ("أخذ بها", answer), ("", hide)):
        if act is not None:
            act(two)
        page = queries.idea_page(viewer=sefrou.viewer(), slug="june", reference=one.reference)
        with translation.override("ar"):
            told = queries.answers_of_idea(viewer=sefrou.viewer(), page=page, now=AFTER)
            step = queries.thread_of(page, told)[-1]
        assert told.current.merged_into.answer_words == words
        assert step.reference == two.reference
        assert step.sentence.endswith(f"(وتلك: {words})" if words else "ضمت إلى فكرة أخرى")


# What need not be answered -----------------------------------------------------------------------


def test_hiding_the_last_one_that_waited_completes_by_the_outbox(sefrou, june):
    one, two = ideas(june, sefrou, 2)
    answer(one)
    hide(two)
    june.refresh_from_db()
    assert june.answered_at is None
    dispatch_events(now=AFTER)
    june.refresh_from_db()
    assert june.answered_at is not None
    assert acts("consultation:june")[-1] == "consultation_answered"


def test_where_nothing_was_answered_nothing_is_complete(sefrou, june):
    hide(make_idea(june, sefrou.axis))
    dispatch_events(now=AFTER)
    june.refresh_from_db()
    assert june.answered_at is None


def test_a_late_idea_is_waited_for_until_it_is_decided(sefrou, june):
    one = make_idea(june, sefrou.axis)
    late = make_idea(june, sefrou.axis, "استشارة السكان قبل كل مشروع كبير", at=AFTER)
    answer(one)
    june.refresh_from_db()
    assert june.answered_at is None
    where = {"community_id": june.community_id, "reference": late.reference, "by": BY}
    operations.refuse_late_idea(reason="وردت بعد انتهاء الأجل المعلن", now=AFTER, **where)
    dispatch_events(now=AFTER)
    june.refresh_from_db()
    assert june.answered_at is not None and tally(june) == {("kept", 2): 1}
    answer(late, AnswerText(code="next_cycle", text=REASON))  # it may be answered all the same
    assert tally(june) == {("kept", 2): 1}
    operations.accept_late_idea(now=AFTER, **where)
    assert tally(june) == {("kept", 2): 1, ("next_cycle", 0): 1}


@pytest.mark.database
def test_an_answered_idea_takes_its_count_along(sefrou, june):
    idea = make_idea(june, sefrou.axis)
    answer(idea)
    hide(idea)
    assert tally(june) == {}
    where = {"community_id": june.community_id, "reference": idea.reference, "by": BY}
    operations.restore_idea(now=AFTER, **where)
    assert tally(june) == {("kept", 2): 1}


# What it led to ----------------------------------------------------------------------------------


def test_a_result_is_told_once_for_each_page(sefrou, june):
    idea = make_idea(june, sefrou.axis, author=sefrou.participant)
    title = LocalizedText(ar="ميزانية المواطن", fr="Budget citoyen")
    told = {"idea": idea, "title": title, "kind": "adopted", "now": AFTER}
    assert operations.tell_result(path="/ar/programme/2024-2025/", **told)
    assert operations.tell_result(path="programme/2024-2025/", **told)
    assert Mail.objects.filter(template="participation/email/result").count() == 1
    assert operations.tell_result(path="programme/other/", **told)
    assert Mail.objects.filter(template="participation/email/result").count() == 2
    with pytest.raises(ValueError, match="perhaps"):
        operations.tell_result(path="x/", **{**told, "kind": "perhaps"})
    hide(idea)
    idea.refresh_from_db()
    assert not operations.tell_result(path="y/", **told)
    assert not operations.tell_result(
        path="y/", **{**told, "idea": make_idea(june, sefrou.second_axis)}
    )
