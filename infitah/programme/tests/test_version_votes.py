"""The page of the versions says whose vote each was: the committee's, or the council's."""

import pytest

from infitah.programme import operations
from infitah.programme.tests.factories import STEP, commitment_of
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
    amended, validated = body.split("<li value=")[1:3]  # newest first
    assert of_council in amended and of_committee not in amended
    assert of_committee in validated and of_council not in validated
