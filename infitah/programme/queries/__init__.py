"""Reads of the programme; every page, figure and file starts here."""

from infitah.programme.queries.above import ProgrammeAbove, programme_above
from infitah.programme.queries.commitments import (
    CommitmentCard,
    CommitmentPage,
    address_of,
    cards,
    commitment_page,
    commitments,
    commitments_of_idea,
    consequences_of,
    follow_up_of,
    ideas_with_follow_up,
)
from infitah.programme.queries.cycles import (
    CyclePage,
    Glance,
    HomeSummary,
    RoundView,
    current_cycle,
    cycle_page,
    cycles,
    glance_of,
    home_summary,
    next_cycle,
)
from infitah.programme.queries.desk import milestone_for_desk, milestones_to_confirm, running
from infitah.programme.queries.export import commitment_rows
from infitah.programme.queries.importing import Preview, preview_of
from infitah.programme.queries.late import Overdue, overdue
from infitah.programme.queries.sentences import late_sentence

__all__ = [
    "CommitmentCard",
    "CommitmentPage",
    "CyclePage",
    "Glance",
    "HomeSummary",
    "Overdue",
    "Preview",
    "ProgrammeAbove",
    "RoundView",
    "address_of",
    "cards",
    "commitment_page",
    "commitment_rows",
    "commitments",
    "commitments_of_idea",
    "consequences_of",
    "current_cycle",
    "cycle_page",
    "cycles",
    "follow_up_of",
    "glance_of",
    "home_summary",
    "ideas_with_follow_up",
    "late_sentence",
    "milestone_for_desk",
    "milestones_to_confirm",
    "next_cycle",
    "overdue",
    "preview_of",
    "programme_above",
    "running",
]
