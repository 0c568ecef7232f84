"""Mails that say that a mail of ours did not arrive: delivery reports (RFC 3464), older kinds."""

import re
from dataclasses import dataclass
from email.message import Message
from typing import Final

from infitah.information.rules.mail import headers
from infitah.information.rules.mail.parts import children, inner_of, leaves, payload
from infitah.kernel.text import clean_line

_STATUS: Final = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_RETURNED: Final = re.compile(rb"^message-id:\s{0,9}(<[!-;=?-~]{1,250}>)", re.I | re.M)
_LOOKED_AT: Final = 200_000


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a report says: whom the mail did not reach, why, and which mail it was.

    `is_final`: the server gave up; otherwise it only tells that it is late.
    """

    recipients: tuple[str, ...]
    returned: tuple[str, ...]
    status: str = ""
    diagnosis: str = ""
    is_final: bool = True


def bounce_of(message: Message) -> Bounce | None:
    """Return what a delivery report says, None for a mail that is none."""
    reports = [part for part in leaves(message) if _is_report(part)]
    failed = headers.addresses(message, "x-failed-recipients")
    if not reports and not failed:
        return None
    blocks = [block for part in reports for block in children(part)]
    actions = [headers.line(block, "action").lower() for block in blocks]
    told = " ".join(headers.line(block, "diagnostic-code") for block in blocks)
    status = _STATUS.search(" ".join(headers.line(block, "status") for block in blocks))
    status = status or _STATUS.search(told)
    named = [
        address
        for block in blocks
        for address in headers.addresses(block, "final-recipient", "original-recipient")
    ]
    return Bounce(
        recipients=tuple(dict.fromkeys([*named, *_sent_to(message), *failed])),
        returned=tuple(_returned(message)),
        status=status[1] if status else "",
        diagnosis=clean_line(told)[:300],
        is_final="failed" in actions or (bool(failed) and not any(actions)),
    )


def _is_report(part: Message) -> bool:
    return part.get_content_type() == "message/delivery-status"


def _originals(message: Message) -> list[bytes]:
    """Return what came back of the mail that did not arrive: its headers at least."""
    found = []
    for part in leaves(message):
        kind, inner = part.get_content_type(), inner_of(part)
        if inner is not None:
            found.append(_head(inner))
        elif kind in {"text/rfc822-headers", "text/plain", "message/rfc822"}:
            found.append(payload(part)[:_LOOKED_AT])
    return found


def _head(message: Message) -> bytes:
    lines = (f"{name}: {value}" for name, value in message.raw_items())
    return "\n".join(lines).encode("utf-8", "replace")[:_LOOKED_AT]


def _returned(message: Message) -> list[str]:
    ids = [one.decode() for text in _originals(message) for one in _RETURNED.findall(text)]
    return list(dict.fromkeys([*ids, *headers.ids(message, "in-reply-to", "references")]))


def _sent_to(message: Message) -> list[str]:
    """Return to whom the returned mail was written."""
    found: list[str] = []
    for part in leaves(message):
        inner = inner_of(part)
        if inner is not None:
            found += headers.addresses(inner, "to")
    return found
