"""Acts of the programme: what they write, what they refuse, and the second person."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from infitah.community.tests.factories import BodyFactory
from infitah.core.operations import stage_file
from infitah.council.models import Deliberation
from infitah.council.tests.factories import adopted
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.programme import models, operations
from infitah.programme.operations import CommitmentRefused, CycleRefused, MilestoneRefused
from infitah.programme.tests.factories import (
    BY,
    DAY,
    NOW,
    OWNER,
    SECOND,
    STEP,
    WORDS,
    adopted_programme,
    commitment_of,
    cycle_of,
    draft,
    evidence,
    idea_of,
)

REASON = LocalizedText(ar="تأخر التعاقد", fr="Retard du marché")
ON = date(2024, 2, 1)


def test_a_cycle_opens_with_principles_axes_and_an_entry(sefrou):
    cycle = cycle_of(sefrou)
    assert (cycle.state, cycle.axes.count(), cycle.principles.count()) == ("preparing", 1, 1)
    entry = Entry.objects.filter(subject="SFR-programme-2024-2025").get()
    assert (entry.act, entry.occurred_on) == ("programme.cycle_opened", date(2022, 12, 13))
    with pytest.raises(CycleRefused):
        cycle_of(sefrou)


def test_a_cycle_needs_axes(sefrou):
    with pytest.raises(CycleRefused):
        operations.open_cycle(
            community=sefrou.province,
            slug="2024-2025",
            title=WORDS,
            intention=WORDS,
            span=(date(2024, 1, 1), date(2025, 12, 31)),
            principles=[sefrou.principle],
            challenges={},
            committee=None,
            opened_on=DAY,
            **STEP,
        )


def test_a_timetable_has_each_step_once_and_in_order(sefrou):
    cycle = cycle_of(sefrou)
    values = {"cycle": cycle, "slug": "kick-off", "kind": "meeting", "text": WORDS, **STEP}
    day = date(2022, 12, 13)
    entry = operations.add_timetable_entry(span=(day, day), **values)
    assert entry.ends_on == day
    with pytest.raises(CycleRefused):
        operations.add_timetable_entry(span=(day, day), **values)
    with pytest.raises(CycleRefused):
        operations.add_timetable_entry(span=(day, DAY.replace(year=2020)), **values)


def test_a_consultation_is_a_round_of_one_cycle(sefrou):
    cycle, consultation = cycle_of(sefrou), idea_of(sefrou).consultation
    made = operations.add_round(cycle=cycle, number=1, consultation=consultation, on=DAY, **STEP)
    assert made.number == 1
    with pytest.raises(CycleRefused):
        operations.add_round(cycle=cycle, number=2, consultation=consultation, on=DAY, **STEP)
    consultation.community = sefrou.other
    with pytest.raises(CycleRefused):
        operations.add_round(cycle=cycle, number=2, consultation=consultation, on=DAY, **STEP)


def test_a_commitment_is_numbered_and_its_milestones_after_it(sefrou):
    commitment = commitment_of(cycle_of(sefrou), sefrou.axis)
    assert commitment.reference == "SFR-2023-C-0001"
    found = list(commitment.milestones.values_list("reference", flat=True))
    assert found == ["SFR-2023-C-0001-M1", "SFR-2023-C-0001-M2"]


def test_a_commitment_stands_on_an_axis_of_its_cycle(sefrou):
    with pytest.raises(CommitmentRefused) as refused:
        operations.draft_commitment(
            cycle=cycle_of(sefrou), draft=draft(sefrou.second_axis), drafted_on=DAY, **STEP
        )
    assert refused.value.field == "axis"


def test_a_milestone_ends_after_it_starts(sefrou):
    commitment = commitment_of(cycle_of(sefrou), sefrou.axis)
    plan = operations.MilestonePlan(WORDS, (date(2024, 5, 2), date(2024, 5, 1)), 10)
    with pytest.raises(CommitmentRefused):
        operations.add_milestone(commitment=commitment, plan=plan, on=DAY, **STEP)


def test_an_idea_is_linked_once_and_within_its_community(sefrou):
    commitment, idea = commitment_of(cycle_of(sefrou), sefrou.axis), idea_of(sefrou)
    values = {"commitment": commitment, "weight": "main", "on": DAY, **STEP}
    operations.link_idea(idea=idea, **values)
    with pytest.raises(CommitmentRefused):
        operations.link_idea(idea=idea, **values)
    stranger = idea_of(sefrou, 2)
    stranger.community = sefrou.other
    with pytest.raises(CommitmentRefused):
        operations.link_idea(idea=stranger, **values)
    assert commitment.source_ideas.count() == 1


def test_validation_freezes_the_text_and_needs_whole_weights(sefrou):
    cycle = cycle_of(sefrou)
    crooked = commitment_of(cycle, sefrou.axis, weights=(60, 30))
    with pytest.raises(CommitmentRefused) as refused:
        operations.validate_commitment(commitment=crooked, on=DAY, **STEP)
    assert refused.value.code == "weights"
    whole = commitment_of(cycle, sefrou.axis)
    version = operations.validate_commitment(commitment=whole, on=DAY, **STEP)
    assert len(version.content["milestones"]) == 2
    with pytest.raises(CommitmentRefused):
        operations.validate_commitment(commitment=whole, on=DAY, **STEP)


def test_adoption_binds_every_text_by_hash(sefrou):
    cycle, made = adopted_programme(sefrou, count=2)
    assert (cycle.state, len(cycle.sha256)) == ("adopted", 64)
    assert cycle.sha256 in cycle.deliberation.versions.get().text.ar
    for one in made:
        bound = models.Adoption.objects.get(version__commitment=one)
        assert (one.state, bound.is_same_text) == ("adopted", True)
        assert bound.version.sha256 == one.versions.get().sha256
    with pytest.raises(CycleRefused):
        operations.adopt_programme(cycle=cycle, deliberation=cycle.deliberation, **STEP)


def test_an_adopted_text_does_not_change_in_place(sefrou):
    cycle, (commitment,) = adopted_programme(sefrou)
    plan = operations.MilestonePlan(WORDS, (DAY, DAY), 10)
    with pytest.raises(CommitmentRefused):
        operations.add_milestone(commitment=commitment, plan=plan, on=DAY, **STEP)
    with pytest.raises(CommitmentRefused):
        operations.draft_commitment(cycle=cycle, draft=draft(sefrou.axis), drafted_on=DAY, **STEP)
    with pytest.raises(CommitmentRefused):
        operations.add_indicator(
            commitment=commitment,
            slug="other",
            names=(WORDS, WORDS),
            baseline=(DAY, Decimal(0)),
            target=(DAY, Decimal(1)),
            on=DAY,
            **STEP,
        )


def test_a_deliberation_must_quote_the_hash(sefrou):
    cycle = cycle_of(sefrou)
    with pytest.raises(CycleRefused) as empty:
        operations.adopt_programme(cycle=cycle, deliberation=adopted(sefrou.council), **STEP)
    assert empty.value.code == "empty"
    deliberation = Deliberation.objects.get()
    commitment = commitment_of(cycle, sefrou.axis)
    with pytest.raises(CycleRefused) as draft_only:
        operations.adopt_programme(cycle=cycle, deliberation=deliberation, **STEP)
    assert draft_only.value.code == "validated"
    operations.validate_commitment(commitment=commitment, on=DAY, **STEP)
    with pytest.raises(CycleRefused) as unquoted:
        operations.adopt_programme(cycle=cycle, deliberation=deliberation, **STEP)
    assert unquoted.value.code == "hash"
    assert not models.Adoption.objects.exists()


def test_a_validated_text_is_frozen_before_the_council_sees_it(sefrou):
    cycle = cycle_of(sefrou)
    commitment = commitment_of(cycle, sefrou.axis)
    operations.validate_commitment(commitment=commitment, on=DAY, **STEP)
    plan = operations.MilestonePlan(WORDS, (DAY, DAY), 10)
    with pytest.raises(CommitmentRefused) as refused:
        operations.add_milestone(commitment=commitment, plan=plan, on=DAY, **STEP)
    assert refused.value.code == "frozen"
    commitment.milestones.filter(number=2).delete()
    with pytest.raises(CycleRefused) as crooked:
        operations.adopt_programme(cycle=cycle, deliberation=adopted(sefrou.council), **STEP)
    assert crooked.value.code == "weights"


def test_nothing_starts_before_the_adoption(sefrou):
    commitment = commitment_of(cycle_of(sefrou), sefrou.axis)
    with pytest.raises(MilestoneRefused) as refused:
        operations.start_milestone(reference=f"{commitment.reference}-M1", on=ON, **STEP)
    assert refused.value.code == "adopted"


@pytest.fixture
def running(sefrou):
    _cycle, (commitment,) = adopted_programme(sefrou)
    operations.start_milestone(reference=f"{commitment.reference}-M1", on=ON, by=OWNER, now=NOW)
    return commitment


def milestone(commitment, number=1):
    return commitment.milestones.get(number=number)


def claim(commitment, number=1, **more):
    return operations.claim_milestone(
        reference=f"{commitment.reference}-M{number}",
        evidence=evidence(**more),
        on=ON,
        by=OWNER,
        now=NOW,
    )


def verify(commitment, number=1, by=SECOND):
    return operations.verify_milestone(
        reference=f"{commitment.reference}-M{number}", on=date(2024, 2, 10), by=by, now=NOW
    )


def test_a_claim_waits_for_a_second_person(running):
    given = claim(running)
    running.refresh_from_db()
    assert (given.reference, milestone(running).state) == ("SFR-2023-C-0001-E1", "claimed")
    assert running.state == "running"
    with pytest.raises(MilestoneRefused) as refused:
        verify(running, by=OWNER)
    assert refused.value.code == "same"
    verify(running)
    given.refresh_from_db()
    assert (milestone(running).state, given.verified_by) == ("verified", "verifier")
    assert milestone(running).done_on == ON


def test_a_commitment_is_done_with_its_last_milestone(running):
    claim(running)
    verify(running)
    operations.start_milestone(reference=f"{running.reference}-M2", on=ON, by=OWNER, now=NOW)
    claim(running, 2)
    running.refresh_from_db()
    assert running.state == "claimed"
    verify(running, 2)
    running.refresh_from_db()
    assert running.state == "verified"


def test_what_was_not_claimed_is_not_verified(running):
    with pytest.raises(MilestoneRefused) as refused:
        verify(running)
    assert refused.value.code == "evidence"


def test_a_returned_claim_needs_new_evidence(running):
    first = claim(running)
    values = {"reference": f"{running.reference}-M1", "on": ON, "by": SECOND, "now": NOW}
    with pytest.raises(MilestoneRefused):
        operations.return_milestone(reason=LocalizedText(""), **values)
    operations.return_milestone(reason=REASON, **values)
    assert milestone(running).done_on is None
    second = claim(running)
    verify(running)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.verified_on, first.returned_on) == (None, ON)
    assert second.verified_on is not None


def test_blocked_work_says_why_and_goes_on(running):
    values = {"reference": f"{running.reference}-M1", "on": ON, **STEP}
    with pytest.raises(MilestoneRefused) as refused:
        operations.block_milestone(reason=LocalizedText(""), **values)
    assert refused.value.field == "reason"
    operations.block_milestone(reason=REASON, **values)
    operations.resume_milestone(reason=REASON, **values)
    changes = list(milestone(running).changes.values_list("before", "after"))
    assert changes == [("planned", "started"), ("started", "blocked"), ("blocked", "started")]


def test_putting_off_keeps_the_day_announced_first(running):
    values = {"reference": f"{running.reference}-M1", "on": ON, **STEP}
    later = date(2024, 9, 30)
    with pytest.raises(MilestoneRefused):
        operations.reschedule_milestone(planned_end=later, reason=LocalizedText(""), **values)
    with pytest.raises(MilestoneRefused):
        operations.reschedule_milestone(planned_end=date(2023, 1, 1), reason=REASON, **values)
    operations.reschedule_milestone(planned_end=later, reason=REASON, **values)
    found = milestone(running)
    assert (found.planned_end, found.announced_end) == (later, date(2024, 1, 28))


def test_what_is_said_to_be_done_is_not_put_off(running):
    values = {"reference": f"{running.reference}-M1", "on": ON, **STEP}
    operations.claim_done(evidence=evidence(), **values)
    with pytest.raises(MilestoneRefused) as refused:
        operations.reschedule_milestone(planned_end=date(2024, 9, 30), reason=REASON, **values)
    assert refused.value.code == "step"


def test_evidence_by_document_binds_the_file_by_its_own_hash(running):
    stored = stage_file(
        io.BytesIO("محضر".encode()), community_key="SFR", name="minutes.txt", now=NOW
    )
    with pytest.raises(MilestoneRefused):
        claim(running, kind="file", file=stored, url="")
    with pytest.raises(MilestoneRefused):
        claim(running, sha256="short")
    given = claim(running, kind="file", file=stored, url="", sha256=stored.sha256)
    stored.refresh_from_db()
    assert (stored.state, stored.subject) == ("bound", given.reference)


def test_the_database_refuses_one_person_for_both(running):
    given = claim(running)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Evidence.objects.filter(pk=given.pk).update(
            verified_by=given.claimed_by, verified_on=ON
        )


def test_a_day_is_measured_once(running):
    indicator = running.indicators.get()
    values = {"indicator": indicator, "on": ON, "value": Decimal(21), "source": WORDS, **STEP}
    operations.record_measure(**values)
    with pytest.raises(CommitmentRefused):
        operations.record_measure(**values)
    with pytest.raises(CommitmentRefused) as refused:
        operations.record_measure(**{**values, "on": date(2027, 12, 31)})
    assert (refused.value.code, refused.value.field) == ("future", "on")


def test_only_an_ended_cycle_is_assessed(sefrou):
    cycle, _made = adopted_programme(sefrou)
    with pytest.raises(CycleRefused):
        operations.assess_cycle(cycle=cycle, on=date(2025, 12, 31), **STEP)
    assessed = operations.assess_cycle(cycle=cycle, on=date(2026, 4, 30), **STEP)
    assert assessed.state == "assessed"


def test_every_act_on_a_milestone_is_in_the_register_without_names(running):
    claim(running)
    verify(running)
    reference = f"{running.reference}-M1"
    acts = list(Entry.objects.filter(subject=reference).values_list("act", flat=True))
    assert acts == [
        "programme.milestone_started",
        "programme.milestone_claimed",
        "programme.milestone_verified",
    ]
    canonical = "".join(Entry.objects.values_list("canonical", flat=True))
    assert OWNER.key not in canonical.replace(OWNER.office, "")


def test_a_deliberation_of_another_community_adopts_nothing_here(sefrou):
    cycle, _made = adopted_programme(sefrou)
    fresh = cycle_of(sefrou, "2026-2027")
    commitment = commitment_of(fresh, sefrou.axis)
    operations.validate_commitment(commitment=commitment, on=DAY, **STEP)
    foreign = adopted(BodyFactory(community=sefrou.other), number=3)
    with pytest.raises(CycleRefused):
        operations.adopt_programme(cycle=fresh, deliberation=foreign, **STEP)
    assert cycle.deliberation != foreign
    assert BY.office == "focal_point"
