"""The records of the openness programme."""

from infitah.programme.models.commitment import (
    Adoption,
    Commitment,
    CommitmentIdea,
    CommitmentVersion,
)
from infitah.programme.models.cycle import Cycle, CycleAxis, CyclePrinciple, Round, TimetableEntry
from infitah.programme.models.indicator import Indicator, IndicatorValue
from infitah.programme.models.milestone import Evidence, Milestone, StatusChange

__all__ = [
    "Adoption",
    "Commitment",
    "CommitmentIdea",
    "CommitmentVersion",
    "Cycle",
    "CycleAxis",
    "CyclePrinciple",
    "Evidence",
    "Indicator",
    "IndicatorValue",
    "Milestone",
    "Round",
    "StatusChange",
    "TimetableEntry",
]
