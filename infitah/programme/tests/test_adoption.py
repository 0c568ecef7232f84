"""From the committee's vote to the adopted programme: what is bound, what is refused, who is told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.core.models import Mail
from infitah.core.operations import dispatch_events
from infitah.council.models import Deliberation
from infitah.council.operations import AdoptedText, DeliberationRefused
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.participation.models import Idea
from infitah.proceedings.queries import in_office
from infitah.proceedings.rules import Choice
from infitah.proceedings.tests.factories import AgendaItemFactory, held_sitting
from infitah.programme import models, operations, queries
from infitah.programme.operations import AmendmentRefused, CommitmentRefused, CycleRefused
from infitah.programme.rules import adoption, amending, texts
from infitah.programme.rules.adoption import AdoptionFault, Candidate
from infitah.programme.rules.amending import AmendingFault, CannotAmend
from infitah.programme.rules.states import CommitmentState
from infitah.programme.tests.factories import (
    NOW,
    STEP,
    WORDS,
    adopted_programme,
    commitment_of,
    cycle_of,
    idea_of,
)
from infitah.programme.tests.sittings import AFTER, DAY, WHY, moved, vote_at

CONTENT = {
    "title": {"ar": "عنوان", "fr": "Titre"},
    "problem": {"ar": "مشكل"},
    "partners": {"ar": ""},
    "from": "2024-01-01",
    "until": "2025-12-31",
    "budget": 100000,
    "milestones": [
        {"reference": "X-M1", "title": {"ar": "مرحلة"}, "from": "2024-01-01", "until": "2024-06-30"}
    ],
}


# Rules ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [part.key for part in amending.parts(CONTENT)])
def test_an_amended_text_differs_by_the_amendment_alone(key):
    sort = amending.part_of(CONTENT, key).sort
    after = {"day": "2024-05-31", "amount": "250000"}.get(sort, "نص جديد")
    made = amending.amended(CONTENT, key, LocalizedText(after))
    (change,) = amending.changes(CONTENT, made)
    assert (change.part.key, change.after) == (key, LocalizedText(after))
    assert change.before == amending.standing(CONTENT, key)
    back = amending.amended(made, key, change.before)
    assert texts.content_digest(back) == texts.content_digest(CONTENT)


@pytest.mark.parametrize(
    ("key", "after", "fault"),
    [
        ("weight", "60", AmendingFault.UNKNOWN_PART),
        ("M2.title", "مرحلة", AmendingFault.UNKNOWN_PART),
        ("title", "", AmendingFault.NO_ARABIC),
        ("M1.title", "", AmendingFault.NO_ARABIC),
        ("problem", "مشكل", AmendingFault.NOTHING_CHANGES),
        ("until", "31/12/2025", AmendingFault.NOT_A_DAY),
        ("M1.until", "2023-12-31", AmendingFault.ENDS_BEFORE),
        ("budget", "كثير", AmendingFault.NOT_AN_AMOUNT),
    ],
)
def test_what_no_amendment_can_do(key, after, fault):
    with pytest.raises(CannotAmend) as refused:
        amending.amended(CONTENT, key, LocalizedText(after))
    assert refused.value.fault == fault


def candidate(number, state=CommitmentState.VALIDATED, **more):
    values = {
        "reference": f"SFR-2023-C-{number:04d}",
        "state": state,
        "are_weights_whole": True,
        "open_amendments": 0,
        "present_sha256": "a" * 64,
        "committee_sha256": "a" * 64,
        "sha256": f"{number:064x}",
    }
    return Candidate(**(values | more))


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({}, None),
        ({"state": CommitmentState.CONSULTED}, AdoptionFault.VALIDATED),
        ({"are_weights_whole": False}, AdoptionFault.WEIGHTS),
        ({"open_amendments": 1}, AdoptionFault.AMENDMENT),
        ({"present_sha256": "b" * 64}, AdoptionFault.TEXT),
        ({"state": CommitmentState.REJECTED, "present_sha256": "b" * 64}, None),
    ],
)
def test_what_stands_against_an_adoption(more, fault):
    found = adoption.adoption_fault([candidate(1), candidate(2, **more)])
    assert found == (None if fault is None else (fault, "SFR-2023-C-0002"))


def test_nothing_left_is_no_programme():
    rejected = candidate(1, CommitmentState.REJECTED)
    assert adoption.adoption_fault([rejected]) == (AdoptionFault.EMPTY, "")


@given(st.lists(st.integers(1, 999), min_size=1, unique=True), st.randoms())
def test_the_hash_of_a_programme_knows_no_order_and_no_rejected_text(numbers, shuffler):
    found = [candidate(number) for number in numbers]
    digest = adoption.digest_of(found)
    shuffler.shuffle(found)
    assert adoption.digest_of([*found, candidate(1000, CommitmentState.REJECTED)]) == digest
    assert adoption.digest_of([*found, candidate(1000)]) != digest


def test_the_hash_is_quoted_in_every_language_written():
    assert adoption.unquoted_in(LocalizedText(ar="بصمة abc", fr="Sans"), "abc") == ("fr",)
    assert adoption.unquoted_in(LocalizedText(ar="بصمة abc"), "abc") == ()


# The committee ----------------------------------------------------------------------------------


def test_the_vote_of_the_committee_validates_the_text_that_it_saw(sefrou, cycle, committee):
    commitment = commitment_of(cycle, sefrou.axis)
    vote = vote_at(*committee)
    said = {"commitment": commitment, "vote": vote, "on": vote.taken_on, **STEP}
    with pytest.raises(CommitmentRefused) as changed:
        operations.validate_commitment(seen_sha256="b" * 64, **said)
    assert changed.value.code == "changed" and commitment.reference in changed.value.message
    version = operations.validate_commitment(**said)
    assert (version.kind, version.vote) == ("validated", vote)
    told = Entry.objects.get(act="programme.commitment_validated").facts.public
    assert (told["sha256"], told["for"]) == (version.sha256, 4)
    assert told["session"] == committee[0].session.reference


def test_a_lost_vote_or_one_of_another_body_validates_nothing(sefrou, cycle, committee):
    commitment = commitment_of(cycle, sefrou.axis)
    elsewhere = vote_at(*held_sitting(sefrou.council))
    lost = vote_at(*committee, choice=Choice.AGAINST)
    for vote, code in ((elsewhere, "body"), (lost, "lost")):
        with pytest.raises(CommitmentRefused) as refused:
            operations.validate_commitment(commitment=commitment, on=DAY, vote=vote, **STEP)
        assert (refused.value.code, refused.value.field) == (code, "vote")


def test_a_draft_that_the_committee_does_not_keep_stays_with_its_reason(sefrou, cycle, committee):
    commitment = commitment_of(cycle, sefrou.axis)
    lost = vote_at(*committee, choice=Choice.AGAINST)
    reject = {"commitment": commitment, **STEP}
    for vote, reason, code in (
        (vote_at(*committee), WHY, "carried"),
        (lost, LocalizedText(fr="Non"), "refused"),
        (vote_at(*held_sitting(sefrou.council), choice=Choice.AGAINST), WHY, "body"),
    ):
        with pytest.raises(CommitmentRefused) as refused:
            operations.reject_commitment(vote=vote, reason=reason, **reject)
        assert refused.value.code == code
    operations.reject_commitment(vote=lost, reason=WHY, **reject)
    commitment.refresh_from_db()
    assert (commitment.state, commitment.rejected_by) == ("rejected", lost)
    assert commitment.rejection_reason == WHY
    with pytest.raises(CommitmentRefused):
        operations.reject_commitment(vote=lost, reason=WHY, **reject)


# The session ------------------------------------------------------------------------------------


def decided(amendment, session, choice=Choice.FOR):
    vote = vote_at(*session, choice=choice, item=amendment.item)
    return operations.decide_amendment(amendment=amendment, vote=vote, **STEP)


def deliberated(cycle, session, *, number=47, choice=Choice.FOR, digest=None):
    facts = [one.facts for one in queries.before_council(cycle)]
    text = digest or adoption.digest_of(facts)
    return operations.adopt_by_vote(
        cycle=cycle,
        vote=vote_at(*session, choice=choice),
        adopted=AdoptedText(
            number, WORDS, LocalizedText(ar=f"بصمة {text}", fr=f"Empreinte {text}")
        ),
        **STEP,
    )


@pytest.mark.database
def test_a_carried_amendment_makes_a_text_that_differs_by_it_alone(cycle, validated, session):
    first, second = validated
    carried = decided(moved(first, session), session)
    lost = decided(moved(second, session), session, choice=Choice.AGAINST)
    assert (carried.outcome, lost.outcome, lost.made) == ("carried", "lost", None)
    version = carried.made
    assert (version.kind, version.number) == ("amended", 2)
    (change,) = amending.changes(first.versions.get(number=1).content, version.content)
    assert (change.part.key, change.after) == ("title", AFTER)
    assert version.sha256 == texts.content_digest(version.content)
    deliberation = deliberated(cycle, session)
    first.refresh_from_db()
    second.refresh_from_db()
    cycle.refresh_from_db()
    assert (first.state, first.title, second.state) == ("amended", AFTER, "adopted")
    bound = models.Adoption.objects.get(version=version)
    assert (bound.is_same_text, bound.deliberation) == (False, deliberation)
    assert "العنوان" in bound.difference.ar and "titre" in bound.difference.fr.lower()
    assert cycle.sha256 in deliberation.versions.get().text.fr


def test_days_amounts_and_milestones_are_brought_in_line(cycle, validated, session):
    first = validated[0]
    for part, after in (
        ("budget", "250000"),
        ("until", "2025-11-30"),
        ("M2.until", "2024-03-15"),
        ("M1.title", "مرحلة معدلة"),
    ):
        decided(moved(first, session, part, LocalizedText(after)), session)
    deliberated(cycle, session)
    first.refresh_from_db()
    one, two = first.milestones.order_by("number")
    assert (first.budget, first.ends_on) == (250000, date(2025, 11, 30))
    assert (two.announced_end, two.planned_end) == (date(2024, 3, 15), date(2024, 3, 15))
    assert one.title.ar == "مرحلة معدلة"
    assert first.versions.count() == 5


def test_amendments_that_cannot_be_moved(sefrou, cycle, validated, session, committee):
    first = validated[0]
    absent = next(
        one for one in in_office(sefrou.council, session[0].held_on) if one not in session[1]
    )
    for more, field in (
        ({"part": "weight"}, "part"),
        ({"after": first.title}, "after"),
        ({"after": LocalizedText(fr="Titre")}, "after"),
        ({"mover": absent}, "mover"),
        ({"item": AgendaItemFactory(sitting=committee[0])}, "item"),
    ):
        with pytest.raises(AmendmentRefused) as refused:
            moved(first, session, **more)
        assert refused.value.field == field
    draft = commitment_of(cycle, sefrou.axis)
    with pytest.raises(AmendmentRefused) as early:
        moved(draft, session)
    assert early.value.code == "step"
    assert not models.Amendment.objects.exists()


def test_an_amendment_is_decided_once_and_on_the_text_that_it_named(validated, session):
    one, two = moved(validated[0], session), moved(validated[0], session, after=WORDS)
    other = vote_at(*session)
    with pytest.raises(AmendmentRefused) as item:
        operations.decide_amendment(amendment=one, vote=other, **STEP)
    assert item.value.field == "vote"
    done = decided(one, session)
    with pytest.raises(AmendmentRefused):
        decided(one, session)
    with pytest.raises(AmendmentRefused) as used:
        operations.decide_amendment(amendment=two, vote=done.vote, **STEP)
    assert used.value.code == "used"
    with pytest.raises(AmendmentRefused) as stale:
        decided(two, session)
    assert stale.value.code == "stale"
    assert operations.withdraw_amendment(amendment=two, **STEP).outcome == "withdrawn"


def test_a_rejected_commitment_stays_public_and_leaves_the_programme(cycle, validated, session):
    first, second = validated
    amendment = moved(second, session)
    lost = vote_at(*session, choice=Choice.AGAINST)
    with pytest.raises(CommitmentRefused) as waiting:
        operations.reject_commitment(commitment=second, vote=lost, reason=WHY, **STEP)
    assert waiting.value.code == "amendment"
    with pytest.raises(CycleRefused) as undecided:
        deliberated(cycle, session)
    assert undecided.value.code == "amendment" and second.reference in undecided.value.message
    assert not Deliberation.objects.exists()  # both acts or neither
    operations.withdraw_amendment(amendment=amendment, **STEP)
    operations.reject_commitment(commitment=second, vote=lost, reason=WHY, **STEP)
    deliberated(cycle, session)
    assert models.Adoption.objects.get().version.commitment == first
    told = Entry.objects.get(act="programme.adopted").facts.public
    assert (told["commitments"], told["rejected"]) == ([first.reference], [second.reference])


def test_what_the_council_cannot_adopt(sefrou, cycle, validated, session):
    with pytest.raises(CycleRefused) as unquoted:
        deliberated(cycle, session, digest="0" * 64)
    assert (unquoted.value.code, unquoted.value.field) == ("hash", "text")
    with pytest.raises(DeliberationRefused) as lost:
        deliberated(cycle, session, choice=Choice.AGAINST)
    assert lost.value.code == "lost"
    models.Commitment.objects.filter(pk=validated[1].pk).update(budget=5)
    with pytest.raises(CycleRefused) as differs:
        deliberated(cycle, session)
    assert differs.value.code == "text" and validated[1].reference in differs.value.message
    models.Commitment.objects.filter(pk=validated[1].pk).update(budget=None)
    deliberation = deliberated(cycle, session)
    other = cycle_of(sefrou, "2026-2027")
    operations.validate_commitment(commitment=commitment_of(other, sefrou.axis), on=DAY, **STEP)
    for state in ("annulled", deliberation.state):
        Deliberation.objects.filter(pk=deliberation.pk).update(state=state)
        deliberation.refresh_from_db()
        with pytest.raises(CycleRefused) as used:
            operations.adopt_programme(cycle=other, deliberation=deliberation, **STEP)
        assert used.value.field == "deliberation"


# Afterwards -------------------------------------------------------------------------------------


def with_author(sefrou, number, commitment):
    idea = idea_of(sefrou, number)
    Idea.objects.filter(pk=idea.pk).update(author=sefrou.participant)
    operations.link_idea(commitment=commitment, idea=idea, weight="main", on=DAY, **STEP)
    return idea


def test_authors_are_told_what_the_council_decided(sefrou, cycle, validated, session):
    kept, fell = (with_author(sefrou, number, one) for number, one in enumerate(validated, 1))
    lost = vote_at(*session, choice=Choice.AGAINST)
    operations.reject_commitment(commitment=validated[1], vote=lost, reason=WHY, **STEP)
    deliberated(cycle, session)
    dispatch_events(now=NOW)
    keys = set(Mail.objects.values_list("dedupe_key", flat=True))
    assert {key.rsplit(":", 1)[0] for key in keys if key.startswith("idea.result")} == {
        f"idea.result:{kept.reference}:adopted",
        f"idea.result:{fell.reference}:not_adopted",
    }
    dispatch_events(now=NOW)
    assert set(Mail.objects.values_list("dedupe_key", flat=True)) == keys


def test_an_adopted_commitment_is_withdrawn_by_a_later_deliberation(sefrou):
    cycle, (first,) = adopted_programme(sefrou)
    later = deliberation_of(sefrou, 48)
    said = {"commitment": first, **STEP}
    foreign = Deliberation.objects.get(pk=later.pk)
    for deliberation, reason, field in (
        (cycle.deliberation, WHY, "deliberation"),
        (later, LocalizedText(""), "reason"),
    ):
        with pytest.raises(CommitmentRefused) as refused:
            operations.withdraw_commitment(deliberation=deliberation, reason=reason, **said)
        assert refused.value.field == field
    foreign.community = sefrou.other
    with pytest.raises(CommitmentRefused):
        operations.withdraw_commitment(deliberation=foreign, reason=WHY, **said)
    operations.withdraw_commitment(deliberation=later, reason=WHY, **said)
    first.refresh_from_db()
    assert (first.state, first.withdrawn_by, first.withdrawal_reason) == ("withdrawn", later, WHY)
    with pytest.raises(CommitmentRefused):
        operations.withdraw_commitment(deliberation=later, reason=WHY, **said)


def deliberation_of(sefrou, number):
    first = Deliberation.objects.get()
    return Deliberation.objects.create(
        community=sefrou.province,
        reference=f"SFR-2024-D-{number:04d}",
        year=2024,
        number=number,
        vote=first.vote,
        title=WORDS,
        adopted_on=date(2024, 10, 7),
    )


def test_a_draft_is_not_withdrawn(sefrou, cycle):
    commitment = commitment_of(cycle, sefrou.axis)
    with pytest.raises(CommitmentRefused) as refused:
        operations.withdraw_commitment(
            commitment=commitment, deliberation=Deliberation(), reason=WHY, **STEP
        )
    assert refused.value.code == "step"
