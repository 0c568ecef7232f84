"""The records of the openness programme."""

from infitah.programme.models.amendment import Amendment, CarriedIdea
from infitah.programme.models.commitment import (
    Adoption,
    Commitment,
    CommitmentIdea,
    CommitmentVersion,
)
from infitah.programme.models.cycle import (
    AdoptionItem,
    Cycle,
    CycleAxis,
    CyclePrinciple,
    Round,
    TimetableEntry,
)
from infitah.programme.models.execution import (
    AnnualReport,
    Assessment,
    MonthlyLink,
    ProgressUpdate,
    Rating,
)
from infitah.programme.models.indicator import Indicator, IndicatorValue
from infitah.programme.models.milestone import Evidence, Milestone, StatusChange

__all__ = [
    "Adoption",
    "AdoptionItem",
    "Amendment",
    "AnnualReport",
    "Assessment",
    "CarriedIdea",
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
    "MonthlyLink",
    "ProgressUpdate",
    "Rating",
    "Round",
    "StatusChange",
    "TimetableEntry",
]
