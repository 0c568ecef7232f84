"""Mails that no person wrote just now: never answered, so that no two machines write for ever.

Signs: RFC 3834 (Auto-Submitted), an empty Return-Path (RFC 5321), lists (RFC 2919), and what is
customary: Precedence, X-Auto-Response-Suppress.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from email.message import Message
from typing import Final

from infitah.information.rules.mail import headers

_ANSWERS: Final = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-vacation")
_LISTS: Final = ("list-id", "list-unsubscribe", "list-post", "feedback-id")
_ROBOTS: Final = re.compile(
    r"(?:mailer-daemon|postmaster|(?:no|do-?not|ne-?pas)[-_.]?rep(?:ly|ondre)|bounces?"
    r"|notifications?|noreply)(?:[-+._].*)?@"
)
_UUID: Final = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


@dataclass(frozen=True, slots=True)
class Ours:
    """What our own mails are known by: our addresses, and the domain of our Message-IDs."""

    addresses: frozenset[str] = frozenset()
    domain: str = ""

    def keys_in(self, ids: Collection[str]) -> list[str]:
        """Return the keys of mails of ours that these Message-IDs name."""
        shape = re.compile(f"<({_UUID})@{re.escape(self.domain)}>", re.I)
        found = (shape.fullmatch(one) for one in ids)
        return list(dict.fromkeys(one[1].lower() for one in found if one))

    def is_address(self, address: str) -> bool:
        """Return whether an address is ours, whatever stands behind its plus."""
        local, _at, domain = address.lower().rpartition("@")
        return f"{local.partition('+')[0]}@{domain}" in self.addresses


def is_automatic(message: Message, sender: str, ours: Ours) -> bool:
    """Return whether a machine sent a mail: an answer, a list, an echo of our own."""
    if headers.line(message, "auto-submitted").lower().partition(";")[0] not in {"", "no"}:
        return True
    if headers.line(message, "return-path") == "<>" or any(
        headers.has(message, name) for name in (*_ANSWERS, *_LISTS)
    ):
        return True
    kinds = {"bulk", "list", "junk", "auto_reply"}
    if headers.line(message, "precedence").lower() in kinds:
        return True
    return ours.is_address(sender) or bool(ours.keys_in(headers.ids(message, "message-id")))


def may_be_answered(message: Message, sender: str, ours: Ours) -> bool:
    """Return whether an automatic answer to a mail harms nobody.

    A mail that asks for no automatic answers, or whose sender reads none, may still be a person's.
    """
    if not sender or _ROBOTS.match(sender):
        return False
    if headers.has(message, "x-auto-response-suppress"):
        return False
    return not is_automatic(message, sender, ours)
