"""When a consultation is open, what an idea may become, and what its text must be.

Source: the method of openness programmes (national network of open communities), organic law
112-14 art. 110 (participatory mechanisms of the provinces). Instants in, instants out: no clock,
no database, no Django.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from infitah.kernel import arabic
from infitah.kernel.dates import CASABLANCA
from infitah.searchindex.rules import is_written_in_latin

STATEMENT_MIN: Final = 20
STATEMENT_MAX: Final = 140
DETAIL_MAX: Final = 1_500
NAME_MAX: Final = 80
ALT_MAX: Final = 200
REASON_MIN: Final = 10
REASON_MAX: Final = 500
CONTEXT_WORDS: Final = 200
"""Words of context that an axis of a consultation may have (programme.md 5, step 4)."""
FACTS: Final = 3

DRAFT_LIFE: Final = timedelta(hours=24)
"""How long an idea waits for its code; then the draft and what was typed are erased."""


class ConsultationState(StrEnum):
    """Where a consultation stands; follows from its dates, unless it was cancelled."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    CANCELLED = "cancelled"  # announced, and taken back before it opened: its page says why
    OPEN = "open"
    CLOSED = "closed"


RESERVED_SLUGS: Final = frozenset({"moderation", "moderation-rules"})
"""Words below /consultations/ that are pages of their own: no consultation takes them."""


class IdeaState(StrEnum):
    """Where an idea stands; its number stays through all of them."""

    RECEIVED = "received"  # waits for a first reading, where the consultation asks for one
    VISIBLE = "visible"
    HELD = "held"  # hidden by a numbered rule
    LATE = "late"  # came after closing: in the tray, shown apart, until it is decided
    REFUSED = "refused"  # came after closing, and was not taken in
    WITHDRAWN = "withdrawn"  # by its author, or typed wrongly: the text is gone, the number stays


class Act(StrEnum):
    """What may be done to an idea once it has its number."""

    PUBLISH = "publish"
    HIDE = "hide"
    RESTORE = "restore"
    ACCEPT_LATE = "accept_late"
    REFUSE_LATE = "refuse_late"
    WITHDRAW = "withdraw"


PUBLIC_STATES: Final = frozenset({IdeaState.VISIBLE, IdeaState.LATE, IdeaState.REFUSED})
"""States in which anybody may read the text."""

_TRANSITIONS: Final[Mapping[tuple[IdeaState, Act], IdeaState]] = {
    (IdeaState.RECEIVED, Act.PUBLISH): IdeaState.VISIBLE,
    (IdeaState.RECEIVED, Act.HIDE): IdeaState.HELD,
    (IdeaState.VISIBLE, Act.HIDE): IdeaState.HELD,
    (IdeaState.LATE, Act.HIDE): IdeaState.HELD,
    (IdeaState.REFUSED, Act.HIDE): IdeaState.HELD,
    (IdeaState.LATE, Act.ACCEPT_LATE): IdeaState.VISIBLE,
    (IdeaState.LATE, Act.REFUSE_LATE): IdeaState.REFUSED,
    (IdeaState.REFUSED, Act.ACCEPT_LATE): IdeaState.VISIBLE,
    **{
        (state, Act.WITHDRAW): IdeaState.WITHDRAWN
        for state in IdeaState
        if state is not IdeaState.WITHDRAWN
    },
}


def state_after(state: str, act: Act, *, state_before_hiding: str = "") -> IdeaState | None:
    """Return the state that `act` leads to, or None where it may not be done.

    Restoring gives back the state in which the idea was when it was hidden.
    """
    if act is Act.RESTORE:
        if state != IdeaState.HELD:
            return None
        return IdeaState(state_before_hiding or IdeaState.VISIBLE)
    return _TRANSITIONS.get((IdeaState(state), act))


def acts_allowed(state: str) -> tuple[Act, ...]:
    """Return what an officer may do with an idea in `state`, in the order of the page."""
    return tuple(
        act for act in Act if act is not Act.WITHDRAW and state_after(state, act) is not None
    )


def opening_instant(first_day: date) -> datetime:
    """Return the instant at which a consultation that opens on `first_day` opens: 00:00 there."""
    return datetime.combine(first_day, time(), tzinfo=CASABLANCA)


def closing_instant(last_day: date) -> datetime:
    """Return the first instant at which ideas of `last_day` are late: midnight after 23:59.

    Exclusive; Africa/Casablanca, which is UTC+1 and UTC+0 around Ramadan, so that a day may have
    23 or 25 hours.
    """
    return datetime.combine(last_day + timedelta(days=1), time(), tzinfo=CASABLANCA)


def first_day(opens_at: datetime) -> date:
    """Return the local day on which a consultation opens."""
    return opens_at.astimezone(CASABLANCA).date()


def last_day(closes_at: datetime) -> date:
    """Return the last whole or begun day before `closes_at`, as people say it."""
    return (closes_at.astimezone(CASABLANCA) - timedelta(microseconds=1)).date()


def state_of_consultation(
    *,
    announced_at: datetime | None,
    opens_at: datetime,
    closes_at: datetime,
    now: datetime,
    cancelled_at: datetime | None = None,
) -> ConsultationState:
    """Return the state by the clock; what nobody announced is a draft, whatever its dates.

    What was cancelled stays so: it neither opens nor closes.
    """
    if announced_at is None:
        return ConsultationState.DRAFT
    if cancelled_at is not None:
        return ConsultationState.CANCELLED
    if now < opens_at:
        return ConsultationState.ANNOUNCED
    return ConsultationState.OPEN if now < closes_at else ConsultationState.CLOSED


def next_change(*, opens_at: datetime, closes_at: datetime, now: datetime) -> datetime | None:
    """Return the next instant at which the page of a consultation changes by the clock."""
    return next((instant for instant in (opens_at, closes_at) if now < instant), None)


def next_step(change: datetime, now: datetime) -> datetime:
    """Return when what a page says of the time left until `change` is no longer true.

    Days are counted while more than a day is left, then hours, then minutes.
    """
    left = change - now
    unit = timedelta(days=1) if left > timedelta(days=1) else timedelta(hours=1)
    if left <= timedelta(hours=1):
        unit = timedelta(minutes=1)
    return change - (left - timedelta(microseconds=1)) // unit * unit


def state_on_arrival(*, closes_at: datetime, is_premoderated: bool, now: datetime) -> IdeaState:
    """Return the state of an idea that counts from `now`; the legal instant decides, no page."""
    if now >= closes_at:
        return IdeaState.LATE
    return IdeaState.RECEIVED if is_premoderated else IdeaState.VISIBLE


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """What is left until an instant, in the one unit that people use: days, hours or minutes."""

    count: int
    unit: str


def time_left(until: datetime, now: datetime) -> TimeLeft | None:
    """Return what is left until `until`, or None when it has passed; the begun unit counts."""
    left = until - now
    if left <= timedelta(0):
        return None
    for unit, step in (("days", timedelta(days=1)), ("hours", timedelta(hours=1))):
        if left > step:
            return TimeLeft(-(-left // step), unit)
    return TimeLeft(-(-left // timedelta(minutes=1)), "minutes")


def days_since_closing(closes_at: datetime, today: date) -> int:
    """Return how many days have passed since the last day of a consultation; 0 while it is open.

    No law sets a term for answering ideas: days are counted, nobody is called late.
    """
    return max((today - last_day(closes_at)).days, 0)


class TextFault(StrEnum):
    """What is wrong with a statement or a detail."""

    SHORT = "short"
    LONG = "long"
    NO_WORDS = "no_words"


def fault_of_statement(statement: str) -> TextFault | None:
    """Return what is wrong with a cleaned statement of 20 to 140 characters, or None."""
    if len(statement) < STATEMENT_MIN:
        return TextFault.SHORT
    if len(statement) > STATEMENT_MAX:
        return TextFault.LONG
    letters = sum(character.isalpha() for character in statement)
    # A row of dots, digits or one letter is no idea: nobody could answer it.
    if letters < STATEMENT_MIN // 2 or len(set(statement.casefold())) < 5:
        return TextFault.NO_WORDS
    return None


def statement_key(statement: str) -> str:
    """Return what two equal statements share, whatever vowel signs or forms they were typed in."""
    return hashlib.sha256(" ".join(arabic.tokens(statement)).encode()).hexdigest()


ARABIC_IN_LATIN = "ar-Latn"
"""Arabic written in Latin letters, as BCP 47 names it."""
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_ADDRESS = re.compile(r"[/@:]|\w\.\w")
_TIFINAGH = re.compile(r"[\u2d30-\u2d7f]")


def language_of(words: str, interface: str) -> str:
    """Return the language that `words` are written in, by script; Latin script is French.

    Darija in the Latin letters of a telephone is Arabic, "ar-Latn". Where the words have no letters
    of a script that we know, it is that of the `interface`.
    """
    counts = {
        "ar": len(_ARABIC.findall(words)),
        "zgh": len(_TIFINAGH.findall(words)),
        "fr": sum("a" <= character.casefold() <= "z" for character in words),
    }
    best = max(counts, key=lambda language: counts[language])
    if best == "fr" and counts[best] and is_written_in_latin(words):
        return ARABIC_IN_LATIN
    return best if counts[best] else interface


def language_filed(language: str) -> str:
    """Return the language under which a text is filed: Arabic in Latin letters is Arabic."""
    return language.partition("-")[0]


def first_words(text: str) -> str:
    """Return the first words of a text, for a mail that a stranger might get: no address in them.

    At most six words and 50 characters; three dots where the text goes on.
    """
    words = [word for word in text.split() if not _ADDRESS.search(word)]
    kept = words[:6]
    while len(" ".join(kept)) > 50 and len(kept) > 1:
        kept.pop()
    told = " ".join(kept)[:50]
    return told if told == " ".join(text.split()) else f"{told}…"


def word_count(words: str) -> int:
    """Return how many words `words` has."""
    return len(words.split())


def is_rule_in_force(starts_on: date, ends_on: date | None, day: date) -> bool:
    """Return whether a moderation rule holds on `day`; its end is exclusive."""
    return starts_on <= day and (ends_on is None or day < ends_on)
