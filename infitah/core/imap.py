"""The door for mail that comes in: the mailbox of INFITAH_IMAP_URL, read by IMAP (RFC 3501).

Mails are named by UID, never by position. Reading one changes nothing on the server; whatever goes
wrong there or on the way is `MailboxDown`.
"""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import Any, Final, Protocol

from infitah.core import clock
from infitah.core.conf import INBOX

SIZE: Final = re.compile(rb"RFC822\.SIZE (\d+)")
DATE: Final = re.compile(rb'INTERNALDATE "([^"]{10,40})"')
QUOTED: Final = re.compile(rb'BODY\[[^\]]*\](?:<\d+>)? "((?:[^"\\]|\\.)*)"')
MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
FAULTS: Final = (imaplib.IMAP4.error, OSError, EOFError, ValueError)


class Address(Protocol):
    """Where the mailbox is and who reads it: `config.environment.Imap`."""

    @property
    def host(self) -> str: ...

    @property
    def port(self) -> int: ...

    @property
    def username(self) -> str: ...

    @property
    def password(self) -> str: ...

    @property
    def folder(self) -> str: ...

    @property
    def is_tls(self) -> bool: ...

    @property
    def is_starttls(self) -> bool: ...


def inbox_key(address: Address) -> str:
    """Return by which key the state of a mailbox is kept."""
    named = f"{address.username}\n{address.host}\n{address.folder}"
    return sha256(named.encode()).hexdigest()


class MailboxDown(Exception):
    """The mailbox did not answer as it should; the message is for the operator."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail on the server, not fetched yet."""

    uid: int
    size: int
    received_at: datetime


class Mailbox:
    """An open folder of a mailbox."""

    def __init__(self, line: imaplib.IMAP4, count: int) -> None:
        self._line = line
        self.count = count
        self.validity = self._number("UIDVALIDITY")
        self.next_uid = self._number("UIDNEXT") or max(self.uids("ALL"), default=0) + 1

    def _number(self, name: str) -> int:
        found = self._line.response(name)[1]
        return int(found[-1]) if found and found[-1] else 0

    def uids(self, *criteria: str) -> list[int]:
        """Return the UIDs of the mails that fit, in order."""
        with _faults():
            kind, found = self._line.uid("SEARCH", *criteria)
            _check(kind, found)
            return sorted({int(one) for one in b" ".join(filter(None, found)).split()})

    def after(self, uid: int) -> list[int]:
        """Return the UIDs above `uid`: a server names its last mail even where none is above."""
        return [one for one in self.uids("UID", f"{uid + 1}:*") if one > uid]

    def fresh(self, uid: int, upto: int, since: date | None) -> list[int]:
        """Return the UIDs above `uid` up to `upto` of mails unread, or received from `since` on."""
        span = ("UID", f"{uid + 1}:{upto}")
        if since is None:
            return self.uids(*span, "UNSEEN")
        day = f"{since.day}-{MONTHS[since.month - 1]}-{since.year}"
        return self.uids(*span, "OR", "UNSEEN", "SINCE", day)

    def facts(self, uid: int) -> Waiting | None:
        """Return how large a mail is and when it came; None where it is gone."""
        told = b" ".join(_plain(self._fetched(uid, "(UID RFC822.SIZE INTERNALDATE)")))
        size, came = SIZE.search(told), DATE.search(told)
        if size is None:
            return None
        return Waiting(uid, int(size[1]), _instant(came[1] if came else b""))

    def content(self, uid: int) -> bytes | None:
        """Return a mail whole; None where it is gone."""
        return self._literal(uid, "(UID BODY.PEEK[])")

    def head(self, uid: int) -> bytes | None:
        """Return the first lines of a mail, its headers; None where it is gone."""
        return self._literal(uid, f"(UID BODY.PEEK[HEADER]<0.{INBOX.head_bytes}>)")

    def mark_read(self, uid: int) -> None:
        """Leave the mark on the server that a mail was read."""
        with _faults():
            self._line.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")

    def _fetched(self, uid: int, what: str) -> list[Any]:
        with _faults():
            kind, found = self._line.uid("FETCH", str(uid), what)
            _check(kind, found)
            return [one for one in found if one is not None]

    def _literal(self, uid: int, what: str) -> bytes | None:
        return content_in(self._fetched(uid, what))


def content_in(found: list[Any]) -> bytes | None:
    """Return what a server sent of a mail; None where it sent nothing, so that it is gone.

    Nearly always a literal; what is short and on one line may come quoted.
    """
    for one in found:
        if isinstance(one, tuple) and isinstance(one[1], bytes):
            return one[1]
    quoted = [QUOTED.search(one) for one in found if isinstance(one, bytes) and b"BODY[" in one]
    if not quoted:
        return None
    return re.sub(rb"\\(.)", rb"\1", quoted[0][1]) if quoted[0] else b""


def _plain(found: list[Any]) -> Iterator[bytes]:
    for one in found:
        yield one[0] if isinstance(one, tuple) else one


def _instant(text: bytes) -> datetime:
    """Return when a mail came; this moment where the server does not tell."""
    try:
        return parsedate_to_datetime(text.decode("ascii", "replace").strip()).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return clock.real_now()


def _check(kind: str, found: object) -> None:
    if kind != "OK":
        words = found[0] if isinstance(found, list) and found else ""
        told = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
        raise MailboxDown(f"The server answered {kind}: {told}"[:200])


@contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except FAULTS as error:
        raise MailboxDown(_named(error)) from error


def _named(error: BaseException) -> str:
    told = error.args[0] if error.args else ""
    if isinstance(error, imaplib.IMAP4.error):  # the words of the server
        return (told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told))[:200]
    return f"{type(error).__name__}: {error}"[:200]


def _connected(address: Address) -> imaplib.IMAP4:
    context = ssl.create_default_context()
    if address.is_tls:
        return imaplib.IMAP4_SSL(
            address.host, address.port, ssl_context=context, timeout=INBOX.timeout_seconds
        )
    line = imaplib.IMAP4(address.host, address.port, timeout=INBOX.timeout_seconds)
    if address.is_starttls:
        try:
            line.starttls(context)
        except FAULTS:
            _hang_up(line)
            raise
    return line


def _hang_up(line: imaplib.IMAP4) -> None:
    with suppress(*FAULTS):
        line.shutdown()


@contextmanager
def opened(address: Address) -> Iterator[Mailbox]:
    """Open the folder of a mailbox. Raises MailboxDown, also for what fails inside."""
    with _faults():
        line = _connected(address)
    try:
        with _faults():
            line.login(address.username, address.password)
            quoted = address.folder.replace("\\", "\\\\").replace('"', '\\"')
            kind, found = line.select(f'"{quoted}"')
            _check(kind, found)
        yield Mailbox(line, int(found[0] or 0))
    finally:
        try:
            line.logout()
        except FAULTS:
            _hang_up(line)
