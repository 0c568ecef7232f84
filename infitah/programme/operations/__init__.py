"""Acts of the openness programme; each is written in the register."""

from infitah.programme.operations.carry_over import carry_over_commitment, carry_over_ideas
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
from infitah.programme.operations.preparing import (
    CycleChanged,
    CycleText,
    edit_cycle,
    prepare_round,
    set_composition,
    set_national_composition,
)
from infitah.programme.operations.timetable import (
    StepChanged,
    StepText,
    add_timetable_entry,
    announce_step,
    change_step,
    strike_step,
)

__all__ = [
    "CommitmentDraft",
    "CommitmentRefused",
    "CycleChanged",
    "CycleRefused",
    "CycleText",
    "EvidenceGiven",
    "MilestonePlan",
    "MilestoneRefused",
    "StepChanged",
    "StepText",
    "add_indicator",
    "add_milestone",
    "add_round",
    "add_timetable_entry",
    "adopt_programme",
    "announce_step",
    "assess_cycle",
    "block_milestone",
    "carry_over_commitment",
    "carry_over_ideas",
    "change_step",
    "claim_milestone",
    "draft_commitment",
    "edit_cycle",
    "link_idea",
    "open_cycle",
    "prepare_round",
    "record_measure",
    "reschedule_milestone",
    "resume_milestone",
    "return_milestone",
    "set_composition",
    "set_national_composition",
    "start_milestone",
    "strike_step",
    "validate_commitment",
    "verify_milestone",
]
