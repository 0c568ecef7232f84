"""The rules of voices, and their sets in the register: recomputed from the rows."""

import hashlib
import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.community.tests.factories import ParticipantFactory
from infitah.core.vault import lookup_digest
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.participation import operations, queries, rules
from infitah.participation.models import (
    Consultation,
    DocumentText,
    Paragraph,
    StatementTally,
    StatementVote,
    Support,
)
from infitah.participation.rules import Choice, ConsultationState, Order, VoiceFault
from infitah.participation.tests.factories import AFTER, DURING, make_consultation, make_idea

COUNTS = st.integers(0, 5_000)
CHOICES = st.none() | st.sampled_from(list(Choice))
OPEN, CLOSED = ConsultationState.OPEN, ConsultationState.CLOSED


@pytest.mark.parametrize(
    ("state", "takes", "statement", "fault"),
    [
        (OPEN, True, "visible", None),
        (CLOSED, True, "visible", VoiceFault.CLOSED),
        (CLOSED, False, "held", VoiceFault.CLOSED),
        (ConsultationState.ANNOUNCED, True, "visible", VoiceFault.NOT_OPEN),
        (ConsultationState.DRAFT, True, "visible", VoiceFault.NOT_OPEN),
        (OPEN, False, "visible", VoiceFault.NO_VOTES),
        *((OPEN, True, one, VoiceFault.NOT_SHOWN) for one in ("held", "late", "withdrawn")),
    ],
)
def test_when_a_vote_counts(state, takes, statement, fault):
    assert rules.fault_of_vote(state, takes_votes=takes, statement_state=statement) == fault
    if takes:
        found = rules.fault_of_support(state, statement_state=statement, is_own=False)
        assert found == fault
    own = rules.fault_of_support(state, statement_state=statement, is_own=True)
    assert own == (fault if fault and fault is not VoiceFault.NO_VOTES else VoiceFault.OWN)


@given(st.lists(CHOICES, min_size=1, max_size=12))
def test_changes_add_up_to_the_last_choice(choices):
    steps = [rules.change_of(a, b) for a, b in zip([None, *choices], choices, strict=False)]
    total = [sum(getattr(step, name) for step in steps) for name in ("agree", "disagree", "passed")]
    last = rules.change_of(None, choices[-1])
    assert total == [last.agree, last.disagree, last.passed]


@given(COUNTS, COUNTS, COUNTS)
def test_percentages_are_rounded_each_by_itself_and_few_votes_have_none(agree, disagree, passed):
    shares, votes = rules.shares_of(agree, disagree, passed), agree + disagree + passed
    assert (shares is None) == (votes < 20)
    if shares is not None:
        told = (shares.agree, shares.disagree, shares.passed)
        assert shares.are_whole == (sum(told) == 100)
        for share, count in zip(told, (agree, disagree, passed), strict=True):
            assert abs(share - count * 100 / votes) <= 0.5


def test_the_orders_let_no_single_vote_lead():
    assert rules.order_value(Order.AGREED, 1, 0, 0) < rules.order_value(Order.AGREED, 30, 10, 0)
    assert rules.order_value(Order.DIVISIVE, 10, 10, 0) > rules.order_value(Order.DIVISIVE, 1, 1, 0)
    assert rules.order_value(Order.DIVISIVE, 30, 0, 9) == 0
    assert rules.order_value(Order.AGREED, 0, 0, 0) == 0
    assert [rules.median_of(counts) for counts in ([], [4], [9, 1], [3, 1, 2])] == [0, 4, 1, 2]


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("ميزانية | https://example.org/a.pdf", "https://example.org/a.pdf"),
        ("a | b | /ar/programme/", "/ar/programme/"),
        *(
            (f"x | {wrong}", "")
            for wrong in ("http://a.org", "//a.org", "/\\a.org", "javascript:x")
        ),
        *(
            (f"x | {wrong}", "")
            for wrong in ("https://", "https://a@b.org", "https://[", "a b", "")
        ),
        ("https://example.org/", ""),
        (" | https://example.org/", ""),
    ],
)
def test_what_names_a_document_of_an_axis(line, address):
    found = rules.document_of(line)
    assert (found.address if found else "") == address
    assert rules.wrong_line(f"\n{line}\n") == ("" if address else line.strip())
    assert len(rules.documents_of(f"{line}\n" * 20)) == (rules.DOCUMENTS_MAX if address else 0)


@given(st.lists(st.text(max_size=9)), st.randoms())
def test_the_hash_of_a_set_knows_no_order(lines, chance):
    mixed = list(lines)
    chance.shuffle(mixed)
    assert rules.set_digest(mixed) == rules.set_digest(lines)


@pytest.fixture
def june(sefrou):
    return make_consultation(sefrou.province, sefrou.axis)


def voice(sefrou, idea, person, choice, at):
    operations.vote_on_statement(
        community=sefrou.province,
        statement=operations.Statement("june", idea.reference),
        choice=choice,
        participant_id=person.pk,
        now=at,
    )


def hash_of_rows(june) -> str:
    """Recompute the set as the documentation describes it."""

    def person(token):
        return lookup_digest(f"voice/{june.community.key}/{june.pk}", token)

    votes = StatementVote.objects.filter(consultation=june, idea__isnull=False).values_list(
        "idea__reference", "choice", "participant__token"
    )
    supports = Support.objects.values_list("idea__reference", "participant__token")
    rows = [["vote", reference, str(choice), person(who)] for reference, choice, who in votes]
    rows += [["support", reference, person(who)] for reference, who in supports]
    lines = sorted(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def entries(act):
    found = Entry.objects.filter(act=f"participation.{act}").order_by("number")
    return [(one, json.loads(one.canonical)["public"]) for one in found]


@pytest.mark.database
def test_a_day_is_committed_once_and_the_whole_after_closing(sefrou, june):
    one, two = (
        make_idea(june, sefrou.axis, f"ترميم قنطرة الدوار عدد {n} قبل الشتاء") for n in (1, 2)
    )
    people = [sefrou.participant, *ParticipantFactory.create_batch(2, community=sefrou.province)]
    for person in people:
        voice(sefrou, one, person, Choice.AGREE, DURING)
    next_day = DURING + timedelta(days=1)
    operations.support_idea(
        community=sefrou.province,
        slug="june",
        reference=two.reference,
        participant_id=people[1].pk,
        now=DURING,
    )
    at_night = hash_of_rows(june)
    assert operations.has_voices_to_commit(next_day)
    operations.commit_voices(now=next_day)
    assert not operations.has_voices_to_commit(next_day)
    operations.commit_day(consultation_id=june.pk, day=DURING.date(), by=sefrou.by, now=next_day)
    ((entry, public),) = entries("voices_committed")
    assert public == {
        "consultation": "june",
        "day": "2023-06-14",
        "rows": 4,
        "set_sha256": at_night,
    }
    assert entry.occurred_on == DURING.date()
    operations.commit_voices(now=next_day + timedelta(days=1))  # nobody voted: nothing to commit
    assert len(entries("voices_committed")) == 1
    voice(sefrou, one, people[0], Choice.DISAGREE, next_day + timedelta(days=2))
    operations.commit_voices(now=next_day + timedelta(days=3))
    assert len(entries("voices_committed")) == 2
    closing = june.closes_at
    assert not operations.close_voices(consultation_id=june.pk, by=sefrou.by, now=closing)
    operations.commit_voices(now=closing + rules.SETTLING)
    ((_entry, public),) = entries("voices_closed")
    june.refresh_from_db()
    assert public["set_sha256"] == june.voice_hash == hash_of_rows(june)
    assert (public["people"], public["votes"], public["supports"]) == (3, 3, 1)
    assert not operations.has_voices_to_commit(AFTER)
    assert not operations.close_voices(consultation_id=june.pk, by=sefrou.by, now=AFTER)
    for _one, told in [*entries("voices_committed"), *entries("voices_closed")]:
        assert not {person.token for person in people} & set(json.dumps(told).split('"'))


def test_without_any_voice_nothing_is_written(sefrou, june):
    operations.commit_voices(now=DURING)
    operations.commit_voices(now=AFTER)
    assert not entries("voices_committed") and not entries("voices_closed")
    assert Consultation.objects.get().voice_hash and not operations.has_voices_to_commit(AFTER)


@pytest.fixture
def paragraph(sefrou, june):
    text = DocumentText.objects.create(
        community=sefrou.province,
        consultation=june,
        subject="SFR-2023-C-0001",
        number=1,
        title=LocalizedText(ar="التزام", fr="Engagement"),
        sha256="0" * 64,
        published_at=DURING,
    )
    body = LocalizedText(ar="نشر الميزانية كل سنة", fr="Publier le budget chaque année")
    return Paragraph.objects.create(text=text, key="what", position=1, body=body)


def test_a_paragraph_is_voted_on_like_an_idea_and_is_in_the_set(sefrou, june, paragraph):
    statement = operations.Statement("june", paragraph=str(paragraph.pk))
    for choice in (Choice.AGREE, Choice.DISAGREE):
        operations.vote_on_statement(
            community=sefrou.province,
            statement=statement,
            choice=choice,
            participant_id=sefrou.participant.pk,
            now=DURING,
        )
    tally = StatementTally.objects.get(paragraph=paragraph)
    assert (tally.agree, tally.disagree, tally.votes) == (0, 1, 1)
    found = operations.voice_set(june, before=AFTER)
    assert (found.votes, found.people) == (1, 1)
    results = queries.results_of(consultation=june, viewer=sefrou.viewer(), now=AFTER)
    (told,) = queries.ranked_statements(results, order=Order.AGREED)
    assert told.reference == "SFR-2023-C-0001/1#what" and str(told.body) == "نشر الميزانية كل سنة"
    DocumentText.objects.update(is_current=False)
    with pytest.raises(operations.VoiceRefused):
        operations.check_vote(community=sefrou.province, statement=statement, now=DURING)


def test_the_order_of_the_database_is_that_of_the_rule(sefrou, june):
    triples = [(5, 0, 0), (30, 10, 2), (9, 9, 0), (1, 0, 0), (40, 39, 1), (0, 12, 3), (2, 2, 90)]
    for number, (agree, disagree, passed) in enumerate(triples):
        idea = make_idea(june, sefrou.axis, f"إحداث ملعب للقرب بالحي رقم {number}")
        StatementTally.objects.create(
            consultation=june, idea=idea, agree=agree, disagree=disagree, passed=passed
        )
    results = queries.results_of(consultation=june, viewer=sefrou.viewer(), now=AFTER)
    for order in Order:
        told = [
            (one.votes.agree, one.votes.disagree, one.votes.passed)
            for one in queries.ranked_statements(results, order=order)
        ]
        values = [rules.order_value(order, *one) for one in told]
        assert values == sorted(values, reverse=True) and set(told) == set(triples)
    turnout = queries.turnout_of(results)
    assert (turnout.statements, turnout.few, turnout.median) == (7, 4, 18)
