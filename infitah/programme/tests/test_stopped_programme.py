"""A programme whose deliberation is stopped: its milestones do not move."""

from datetime import date

import pytest

from infitah.council import operations as council
from infitah.programme import operations
from infitah.programme.operations import MilestoneRefused
from infitah.programme.tests.factories import STEP, adopted_programme
from infitah.programme.tests.sittings import WHY

DAY = date(2023, 11, 14)


def test_no_milestone_moves_while_the_deliberation_is_objected_to(sefrou):
    cycle, _made = adopted_programme(sefrou)
    reference = cycle.deliberation.reference
    council.record_sending(reference=reference, sent_on=DAY, **STEP)
    milestone = cycle.commitments.first().milestones.first()
    letter = council.ObjectionLetter("2023/114", DAY, WHY)
    council.record_objection(reference=reference, letter=letter, **STEP)
    with pytest.raises(MilestoneRefused) as refused:
        operations.start_milestone(reference=milestone.reference, on=DAY, **STEP)
    assert refused.value.code == "stopped" and reference in refused.value.message
    milestone.refresh_from_db()
    assert milestone.state == "planned"
