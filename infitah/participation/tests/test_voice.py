"""Supports and votes: counted once, changed, refused after closing, hidden until then."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from infitah.community.tests.factories import ParticipantFactory
from infitah.participation import operations
from infitah.participation.models import (
    Consultation,
    Idea,
    StatementTally,
    StatementVote,
    Support,
    VoiceTally,
)
from infitah.participation.operations import Statement, VoiceRefused
from infitah.participation.rules import Choice
from infitah.participation.tests.factories import AFTER, DURING, make_idea

AGREE, PASS, DISAGREE = Choice.AGREE, Choice.PASS, Choice.DISAGREE


@pytest.fixture
def idea(sefrou, june):
    return make_idea(june, sefrou.axis)


def vote(sefrou, idea, choice, *, person=None, now=DURING):
    operations.vote_on_statement(
        community=sefrou.province,
        statement=Statement("june", idea.reference),
        choice=choice,
        participant_id=(person or sefrou.participant).pk,
        now=now,
    )


def support(sefrou, idea, *, person=None, now=DURING, act=operations.support_idea):
    act(
        community=sefrou.province,
        slug="june",
        reference=idea.reference,
        participant_id=(person or sefrou.participant).pk,
        now=now,
    )


def counts(idea) -> tuple[int, int, int, int]:
    tally = StatementTally.objects.filter(idea=idea).first() or StatementTally()
    return tally.agree, tally.disagree, tally.passed, tally.supports


def recounted(idea) -> tuple[int, int, int, int]:
    choices = list(StatementVote.objects.filter(idea=idea).values_list("choice", flat=True))
    return (
        *(choices.count(int(choice)) for choice in (AGREE, DISAGREE, PASS)),
        Support.objects.filter(idea=idea).count(),
    )


@pytest.mark.database
def test_a_vote_counts_once_changes_and_counts_stay_those_of_the_rows(sefrou, june, idea):
    other, more = (
        ParticipantFactory(community=sefrou.province),
        make_idea(june, sefrou.axis, "إنارة الطريق الرابطة بين المركز والدواوير المجاورة"),
    )
    for choice in (AGREE, AGREE, DISAGREE, PASS, DISAGREE):
        vote(sefrou, idea, choice)
        assert counts(idea) == recounted(idea)
    vote(sefrou, idea, AGREE, person=other)
    vote(sefrou, more, AGREE)
    assert counts(idea) == (1, 1, 0, 0) and counts(more) == (1, 0, 0, 0)
    assert VoiceTally.objects.get().voters == 2
    for _again in range(2):
        support(sefrou, idea)
        assert counts(idea) == (1, 1, 0, 1)
    for _again in range(2):
        support(sefrou, idea, act=operations.take_back_support)
        assert counts(idea) == recounted(idea) == (1, 1, 0, 0)
    with pytest.raises(IntegrityError), transaction.atomic():  # by constraint, not by courtesy
        StatementVote.objects.create(
            consultation=june, idea=idea, participant=other, choice=1, voted_at=DURING
        )


MIXED = [
    ("first", AGREE, 0),
    ("first", AGREE, 0),  # pressed twice in the same moment
    ("other", DISAGREE, 1),
    ("voted", PASS, 0),  # changed
    ("hidden", AGREE, 1),
    ("first", PASS, 1),
    ("voted", AGREE, 1),
]
"""Votes that wait for one commit: on which idea, how, by whom."""


def ballot(sefrou, idea, choice, person):
    statement = Statement("june", idea.reference)
    return operations.Ballot(sefrou.province, statement, choice, person.pk, DURING, "ar")


@pytest.mark.database
@pytest.mark.parametrize("taken", [[0, 2, 5], [5, 0, 6], range(len(MIXED))])
def test_votes_of_one_commit_count_as_if_they_came_one_by_one(sefrou, june, taken):
    people = [sefrou.participant, ParticipantFactory(community=sefrou.province)]
    ideas = {
        name: make_idea(june, sefrou.axis, f"{name}: إنارة الطريق بين المركز والدواوير المجاورة")
        for name in ("first", "other", "voted", "hidden")
    }
    Idea.objects.filter(pk=ideas["hidden"].pk).update(state="held")
    vote(sefrou, ideas["voted"], AGREE)
    cast = [MIXED[place] for place in taken]
    heard = operations.write_ballots(
        [ballot(sefrou, ideas[name], choice, people[who]) for name, choice, who in cast]
    )
    assert [error is not None for error in heard] == [name == "hidden" for name, *_ in cast]
    said = {("voted", 0): AGREE} | {
        (name, who): choice for name, choice, who in cast if name != "hidden"
    }
    kept = StatementVote.objects.values_list("idea_id", "participant_id", "choice")
    assert sorted(kept) == sorted(
        (ideas[name].pk, people[who].pk, int(choice)) for (name, who), choice in said.items()
    )
    assert all(counts(idea) == recounted(idea) for idea in ideas.values())
    assert VoiceTally.objects.get().voters == 2


@pytest.mark.parametrize(
    ("when", "code", "words"),
    [
        (AFTER, "closed", "20 يونيو 2023"),
        (DURING - timedelta(days=9), "not_open", ""),
    ],
)
def test_the_instant_of_the_act_decides(sefrou, idea, when, code, words):
    for act in (
        lambda: vote(sefrou, idea, AGREE, now=when),
        lambda: support(sefrou, idea, now=when),
    ):
        with pytest.raises(VoiceRefused) as refused:
            act()
        assert refused.value.code == code and words in refused.value.message
    last = Consultation.objects.get().closes_at
    vote(sefrou, idea, AGREE, now=last - timedelta(microseconds=1))
    with pytest.raises(VoiceRefused):
        vote(sefrou, idea, DISAGREE, now=last)
    with pytest.raises(VoiceRefused):
        support(sefrou, idea, now=last, act=operations.take_back_support)
    assert counts(idea) == (1, 0, 0, 0)


def test_refused_what_is_hidden_unknown_ones_own_or_takes_no_votes(sefrou, june, idea):
    mine = make_idea(
        june, sefrou.axis, "تهيئة فضاء للشباب قرب دار الثقافة", author=sefrou.participant
    )
    with pytest.raises(VoiceRefused) as own:
        support(sefrou, mine)
    assert own.value.code == "own"
    Idea.objects.filter(pk=mine.pk).update(state="held")
    with pytest.raises(VoiceRefused) as hidden:
        vote(sefrou, mine, AGREE)
    assert hidden.value.code == "not_shown"
    Consultation.objects.update(takes_votes=False)
    with pytest.raises(VoiceRefused) as silent:
        vote(sefrou, idea, AGREE)
    assert silent.value.code == "no_votes"
    for statement in (
        Statement("june", "SFR-2023-I-0099"),
        Statement("other", idea.reference),
        Statement("june", paragraph="1"),
        Statement("june", paragraph="x"),
    ):
        with pytest.raises(VoiceRefused) as unknown:
            operations.check_vote(community=sefrou.province, statement=statement, now=DURING)
        assert unknown.value.code == operations.UNKNOWN
    with pytest.raises(VoiceRefused) as elsewhere:
        operations.check_vote(
            community=sefrou.commune, statement=Statement("june", idea.reference), now=DURING
        )
    assert elsewhere.value.code == operations.UNKNOWN
    assert not StatementVote.objects.exists() and not Support.objects.exists()
