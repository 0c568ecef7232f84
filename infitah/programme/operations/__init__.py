"""Acts of the openness programme; each is written in the register."""

from infitah.programme.operations.commitment import (
    CommitmentDraft,
    CommitmentRefused,
    MilestonePlan,
    add_indicator,
    add_milestone,
    draft_commitment,
    link_idea,
    record_measure,
)
from infitah.programme.operations.committee import validate_commitment
from infitah.programme.operations.cycle import (
    CycleRefused,
    add_round,
    add_timetable_entry,
    adopt_programme,
    assess_cycle,
    open_cycle,
)
from infitah.programme.operations.milestone import (
    EvidenceGiven,
    MilestoneRefused,
    block_milestone,
    claim_milestone,
    reschedule_milestone,
    resume_milestone,
    return_milestone,
    start_milestone,
    verify_milestone,
)

__all__ = [
    "CommitmentDraft",
    "CommitmentRefused",
    "CycleRefused",
    "EvidenceGiven",
    "MilestonePlan",
    "MilestoneRefused",
    "add_indicator",
    "add_milestone",
    "add_round",
    "add_timetable_entry",
    "adopt_programme",
    "assess_cycle",
    "block_milestone",
    "claim_milestone",
    "draft_commitment",
    "link_idea",
    "open_cycle",
    "record_measure",
    "reschedule_milestone",
    "resume_milestone",
    "return_milestone",
    "start_milestone",
    "validate_commitment",
    "verify_milestone",
]
