"""A mail as it is read: who, what, when it was said, to which case it points. Never raises.

Whatever is hostile or broken in a mail ends in fewer facts and a note, never in an error.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Final

from infitah.information.rules.mail import automatic, bounces, headers, parts
from infitah.information.rules.mail.automatic import Ours
from infitah.information.rules.mail.bounces import Bounce
from infitah.information.rules.mail.parts import Joined
from infitah.kernel.text import has_letters

LONGEST_TEXT: Final = 60_000
RECIPIENTS: Final = (
    *("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to"),
    "apparently-to",
)


class MailKind(StrEnum):
    """What sort of mail it is: only a message may become a request."""

    MESSAGE = "message"
    BOUNCE = "bounce"
    AUTO_REPLY = "auto_reply"


class MailNote(StrEnum):
    """What the officer should know about how it was read."""

    TOO_LARGE = "too_large"
    STUCK = "stuck"
    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    HTML_ONLY = "html_only"
    NO_TEXT = "no_text"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class ReadMail:
    """The facts of a mail; "" and empty where it tells none."""

    kind: MailKind
    fingerprint: str
    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    message_id: str = ""
    recipients: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    text: str = ""
    files: tuple[Joined, ...] = ()
    bounce: Bounce | None = None
    may_be_answered: bool = False
    notes: tuple[MailNote, ...] = field(default=())


def read_mail(
    content: bytes, ours: Ours, *, is_whole: bool = True, is_stuck: bool = False
) -> ReadMail:
    """Return what a mail says; of one that is not whole, what its headers say."""
    notes: list[MailNote] = []
    if is_whole and not parts.is_bearable(content):
        notes.append(MailNote.UNREADABLE)
    if not is_whole:
        notes.append(MailNote.STUCK if is_stuck else MailNote.TOO_LARGE)
    if not notes:
        try:
            return _read(content, ours)
        except Exception:  # noqa: BLE001 (RecursionError and whatever else a mail can cause)
            notes.append(MailNote.UNREADABLE)
    return _head_read(content, ours, notes)


def _read(content: bytes, ours: Ours) -> ReadMail:
    head = parts.head_of(content)
    message = parts.parsed(head + parts.body_of(content))
    bounce = bounces.bounce_of(message)
    taken = parts.taken_apart(message) if bounce is None else parts.Taken(plain=_told(message))
    text = taken.text
    notes = [
        note
        for note, is_so in (
            (MailNote.ENCRYPTED, taken.is_encrypted),
            (MailNote.HTML_ONLY, taken.is_html_only and not taken.is_encrypted),
            (MailNote.NO_TEXT, not has_letters(text) and not taken.is_encrypted),
            (MailNote.CUT, len(text) > LONGEST_TEXT or taken.is_cut),
        )
        if is_so
    ]
    return _made(content, message, ours, bounce, text[:LONGEST_TEXT], tuple(taken.files), notes)


def _told(message: parts.Message) -> list[str]:
    """Return what a delivery report says to people: its first text."""
    for part in parts.leaves(message):
        if part.get_content_type() == "text/plain":
            return [headers.decoded(parts.payload(part), parts.charset_of(part))[:LONGEST_TEXT]]
    return []


def _head_read(content: bytes, ours: Ours, notes: list[MailNote]) -> ReadMail:
    message = parts.parsed(parts.head_of(content))
    return _made(content, message, ours, None, "", (), notes)


def _made(
    content: bytes,
    message: parts.Message,
    ours: Ours,
    bounce: Bounce | None,
    text: str,
    files: tuple[Joined, ...],
    notes: list[MailNote],
) -> ReadMail:
    address, name = headers.sender(message)
    return ReadMail(
        kind=_kind(message, address, ours, bounce),
        fingerprint=_fingerprint(content, message),
        sender=address,
        sender_name=name,
        subject=headers.line(message, "subject")[:300],
        message_id=next(iter(headers.ids(message, "message-id")), ""),
        recipients=tuple(headers.addresses(message, *RECIPIENTS)),
        references=tuple(headers.ids(message, "references", "in-reply-to")),
        text=text,
        files=files,
        bounce=bounce,
        may_be_answered=bounce is None and automatic.may_be_answered(message, address, ours),
        notes=tuple(notes),
    )


def _kind(message: parts.Message, sender: str, ours: Ours, bounce: Bounce | None) -> MailKind:
    if bounce is not None:
        return MailKind.BOUNCE if bounce.is_final else MailKind.AUTO_REPLY
    if automatic.is_automatic(message, sender, ours):
        return MailKind.AUTO_REPLY
    return MailKind.MESSAGE


def _fingerprint(content: bytes, message: parts.Message) -> str:
    """Return what is the same for one mail however often, and by which ways, it comes.

    Not its Message-ID alone: the sender chooses that, and one could hide the mail of another.
    """
    named = ("message-id", "from", "date", "subject")
    told = "\n".join(next(headers.raw_values(message, name), "") for name in named)
    body = parts.body_of(content).replace(b"\r\n", b"\n")
    return sha256(told.encode("utf-8", "surrogateescape") + b"\n\n" + body).hexdigest()
