"""The page of the versions says whose vote each was: the committee's, or the council's."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.kernel.localized import LocalizedText
from infitah.proceedings.operations import strike_vote
from infitah.programme import operations
from infitah.programme.operations import AmendmentRefused, CommitmentRefused
from infitah.programme.operations.freezing import freeze
from infitah.programme.rules.adoption import is_newer_than_vote
from infitah.programme.tests.factories import BY, NOW, STEP, commitment_of
from infitah.programme.tests.sittings import DAY, moved, vote_at


@pytest.mark.parametrize(
    ("language", "of_committee", "of_council"),
    [
        ("ar", "تصويت اللجنة", "تصويت المجلس على التعديل"),
        ("fr", "Vote du comité", "Vote du conseil sur l’amendement"),
    ],
)
def test_each_version_says_whose_vote_it_was(
    sefrou, cycle, committee, session, client, language, of_committee, of_council
):
    commitment = commitment_of(cycle, sefrou.axis)
    vote = vote_at(*committee)
    operations.validate_commitment(commitment=commitment, on=DAY, vote=vote, **STEP)
    amendment = moved(commitment, session)
    vote = vote_at(*session, item=amendment.item)
    operations.decide_amendment(amendment=amendment, vote=vote, **STEP)
    address = f"/{language}/programme/{cycle.slug}/commitments/{commitment.reference}/versions/"
    body = client.get(address, headers={"host": "localhost"}).content.decode()
    assert 'name="from"' in body
    amended, validated = body.split("<li value=")[1:3]  # newest first
    assert of_council in amended and of_committee not in amended
    assert of_committee in validated and of_council not in validated


@pytest.mark.parametrize(("hours", "is_refused"), [(-1, False), (1, True)])
def test_a_text_changed_after_the_vote_is_not_the_one_voted_on(
    sefrou, cycle, committee, hours, is_refused
):
    commitment = commitment_of(cycle, sefrou.axis)
    vote = vote_at(*committee)
    freeze(commitment, kind="draft", on=vote.taken_on, by=BY)
    commitment.changed_at = NOW + timedelta(hours=hours)
    commitment.save()
    said = {"commitment": commitment, "vote": vote, "on": vote.taken_on, **STEP}
    if not is_refused:
        assert operations.validate_commitment(**said).vote == vote
        return
    with pytest.raises(CommitmentRefused) as refused:
        operations.validate_commitment(**said)
    assert (refused.value.code, refused.value.field) == ("newer", "vote")


def test_a_struck_vote_validates_amends_and_rejects_nothing(sefrou, cycle, committee, session):
    why = LocalizedText(ar="لم يجر أي تصويت")
    draft = commitment_of(cycle, sefrou.axis)
    vote = vote_at(*committee)
    strike_vote(vote=vote, reason=why, **STEP)
    with pytest.raises(CommitmentRefused) as refused:
        operations.validate_commitment(commitment=draft, on=DAY, vote=vote, **STEP)
    assert refused.value.code == "struck"
    with pytest.raises(CommitmentRefused) as refused:
        operations.reject_commitment(commitment=draft, vote=vote, reason=why, **STEP)
    assert refused.value.code == "struck"
    operations.validate_commitment(commitment=draft, on=DAY, vote=vote_at(*committee), **STEP)
    amendment = moved(draft, session)
    vote = vote_at(*session, item=amendment.item)
    strike_vote(vote=vote, reason=why, **STEP)
    with pytest.raises(AmendmentRefused) as refused:
        operations.decide_amendment(amendment=amendment, vote=vote, **STEP)
    assert refused.value.code == "struck"


@given(st.dates(), st.dates(), st.datetimes(), st.datetimes())
def test_a_text_is_newer_by_its_day_first(made_on, taken_on, changed_at, recorded_at):
    newer = is_newer_than_vote(made_on, changed_at, taken_on, recorded_at)
    if made_on != taken_on:
        assert newer == (made_on > taken_on)
    else:
        assert newer == (changed_at > recorded_at)
        assert not is_newer_than_vote(made_on, changed_at, taken_on, None)


def test_one_public_version_is_compared_with_nothing(sefrou, cycle, client):
    commitment = commitment_of(cycle, sefrou.axis)
    operations.validate_commitment(commitment=commitment, on=DAY, **STEP)
    address = f"/ar/programme/{cycle.slug}/commitments/{commitment.reference}/versions/"
    body = client.get(address, headers={"host": "localhost"}).content.decode()
    assert body.count("<li value=") == 1 and 'name="from"' not in body
