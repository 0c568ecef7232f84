"""What may be said below an idea or a paragraph, and what becomes of it.

Source: the method of openness programmes (programme.md 9 and 11, P13). Instants in, sentences of
the fault out by name: no clock, no database, no Django.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from infitah.participation.rules.ideas import ConsultationState, TextFault

COMMENT_MIN: Final = 5
COMMENT_MAX: Final = 1_000
NOTE_MAX: Final = 300
"""Characters that who flags a text may add."""
FEWEST_LETTERS: Final = 3


class CommentState(StrEnum):
    """Where a comment stands; its number stays through all of them."""

    RECEIVED = "received"  # waits for a first reading, where the consultation asks for one
    VISIBLE = "visible"
    HELD = "held"  # hidden by a numbered rule
    WITHDRAWN = "withdrawn"  # by its author: the text is gone, the number stays


class CommentAct(StrEnum):
    """What may be done to a comment once it has its number."""

    PUBLISH = "publish"
    HIDE = "hide"
    RESTORE = "restore"
    WITHDRAW = "withdraw"


_AFTER: Final[Mapping[tuple[CommentState, CommentAct], CommentState]] = {
    (CommentState.RECEIVED, CommentAct.PUBLISH): CommentState.VISIBLE,
    (CommentState.RECEIVED, CommentAct.HIDE): CommentState.HELD,
    (CommentState.VISIBLE, CommentAct.HIDE): CommentState.HELD,
    (CommentState.HELD, CommentAct.RESTORE): CommentState.VISIBLE,
    (CommentState.RECEIVED, CommentAct.WITHDRAW): CommentState.WITHDRAWN,
    (CommentState.VISIBLE, CommentAct.WITHDRAW): CommentState.WITHDRAWN,
    (CommentState.HELD, CommentAct.WITHDRAW): CommentState.WITHDRAWN,
}


def comment_after(state: str, act: CommentAct) -> CommentState | None:
    """Return the state that `act` leads to, or None where it may not be done."""
    return _AFTER.get((CommentState(state), act))


class CommentFault(StrEnum):
    """Why nobody may comment here now."""

    NOT_OPEN = "not_open"
    CLOSED = "closed"
    NO_COMMENTS = "no_comments"
    NOT_SHOWN = "not_shown"
    NO_PARENT = "no_parent"
    DEEP = "deep"


def fault_of_comment(
    standing: ConsultationState, *, takes_comments: bool, is_shown: bool
) -> CommentFault | None:
    """Return why a statement takes no comment, None where it does; the instant decides."""
    if not takes_comments:
        return CommentFault.NO_COMMENTS
    if standing is ConsultationState.CLOSED:
        return CommentFault.CLOSED
    if standing is not ConsultationState.OPEN:
        return CommentFault.NOT_OPEN
    return None if is_shown else CommentFault.NOT_SHOWN


def fault_of_reply(*, parent_state: str, parent_is_reply: bool) -> CommentFault | None:
    """Return why a comment takes no reply: it is not shown, or a reply itself (one level)."""
    if parent_state != CommentState.VISIBLE:
        return CommentFault.NO_PARENT
    return CommentFault.DEEP if parent_is_reply else None


def fault_of_words(text: str) -> TextFault | None:
    """Return what is wrong with a cleaned comment of 5 to 1,000 characters, or None."""
    if len(text) < COMMENT_MIN:
        return TextFault.SHORT
    if len(text) > COMMENT_MAX:
        return TextFault.LONG
    letters = sum(character.isalpha() for character in text)
    # A row of dots or one letter says nothing; a short "I agree" does.
    if letters < FEWEST_LETTERS or len(set(text.casefold())) < FEWEST_LETTERS:
        return TextFault.NO_WORDS
    return None
