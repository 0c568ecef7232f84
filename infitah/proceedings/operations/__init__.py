"""Acts of a meeting: convene, plan, put on the agenda, call the roll, vote, close, minutes."""

from infitah.proceedings.operations.agenda import correct_agenda_item
from infitah.proceedings.operations.correction import correct_vote, strike_vote
from infitah.proceedings.operations.minutes import (
    MinutesRefused,
    approve_minutes,
    canonical_of,
    digest_of,
    publish_minutes,
    send_minutes,
    write_minutes,
)
from infitah.proceedings.operations.past import hold_past_sitting, record_past_vote
from infitah.proceedings.operations.roll import correct_roll
from infitah.proceedings.operations.session import (
    SessionRefused,
    add_agenda_item,
    call_again,
    cancel_session,
    close_session,
    convene_session,
    correct_convocation,
    hold_sitting,
    plan_sitting,
)
from infitah.proceedings.operations.sitting import cancel_sitting, change_sitting
from infitah.proceedings.operations.telling import Teller
from infitah.proceedings.operations.vote import (
    VoteRefused,
    must_stand,
    record_counted_vote,
    record_named_vote,
)

__all__ = [
    "MinutesRefused",
    "SessionRefused",
    "Teller",
    "VoteRefused",
    "add_agenda_item",
    "approve_minutes",
    "call_again",
    "cancel_session",
    "cancel_sitting",
    "canonical_of",
    "change_sitting",
    "close_session",
    "convene_session",
    "correct_agenda_item",
    "correct_convocation",
    "correct_roll",
    "correct_vote",
    "digest_of",
    "hold_past_sitting",
    "hold_sitting",
    "must_stand",
    "plan_sitting",
    "publish_minutes",
    "record_counted_vote",
    "record_named_vote",
    "record_past_vote",
    "send_minutes",
    "strike_vote",
    "write_minutes",
]
