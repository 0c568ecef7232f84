"""Rules of requests for information: acts, the case that they make, clocks, turns, grounds."""

from infitah.information.rules.acts import Act, ActKind, Outcome, Ruling
from infitah.information.rules.case import Case, NotNow, Phase, Remedies, Remedy, fold, may, step
from infitah.information.rules.clocks import (
    Clock,
    ClockName,
    Law,
    clocks,
    reply_clock,
    silent_since,
    window_open,
    working_days_taken,
)
from infitah.information.rules.grounds import (
    EXCEPTIONS,
    ExceptionKind,
    ExtensionGround,
    Lack,
    LegalException,
    RefusalGround,
    Withholding,
    lacks,
    outcome_of,
)
from infitah.information.rules.turn import Party, Turn, next_act, turn

__all__ = [
    "EXCEPTIONS",
    "Act",
    "ActKind",
    "Case",
    "Clock",
    "ClockName",
    "ExceptionKind",
    "ExtensionGround",
    "Lack",
    "Law",
    "LegalException",
    "NotNow",
    "Outcome",
    "Party",
    "Phase",
    "RefusalGround",
    "Remedies",
    "Remedy",
    "Ruling",
    "Turn",
    "Withholding",
    "clocks",
    "fold",
    "lacks",
    "may",
    "next_act",
    "outcome_of",
    "reply_clock",
    "silent_since",
    "step",
    "turn",
    "window_open",
    "working_days_taken",
]
