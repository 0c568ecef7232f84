"""The code that proves an address: six digits, three tries, fifteen minutes, used once."""

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

DIGITS = 6
TRIES = 3
LIFE = timedelta(minutes=15)
DEVICE_LIFE = timedelta(days=180)

# (number, seconds): codes sent to one address, from one device, from one network address.
CODES_PER_ADDRESS = (5, 3600)
CODES_PER_DEVICE = (10, 3600)
CODES_PER_NETWORK = (40, 3600)  # a cyber café or a mobile operator shares one address
TRIES_PER_NETWORK = (60, 3600)


class CodeState(StrEnum):
    """What became of a code that was typed."""

    PROVED = "proved"
    WRONG = "wrong"
    USED = "used"
    EXPIRED = "expired"
    SPENT = "spent"
    FORGED = "forged"


def new_code() -> str:
    """Return six random digits."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def new_token() -> str:
    """Return an unguessable name for a challenge or a device (128 bits)."""
    return secrets.token_urlsafe(16)


def masked(address: str) -> str:
    """Return a mail address as its owner knows it again, its end whole to show a slip of the pen.

    The one way in which an address is shown on a page, to whoever holds the device or typed it.
    """
    name, _at, host = address.strip().rpartition("@")
    return f"{name[:1]}•••@{host}"


def token_digest(token: str) -> str:
    """Return what is stored of a token; it has 128 random bits, so a plain digest is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def state_of_code(
    *, used_at: datetime | None, expires_at: datetime, tries: int, is_right: bool, now: datetime
) -> CodeState:
    """Return what typing a code yields; `tries` counts the wrong ones before this one."""
    if used_at is not None:
        return CodeState.USED
    if now >= expires_at:
        return CodeState.EXPIRED
    if tries >= TRIES:
        return CodeState.SPENT
    if is_right:
        return CodeState.PROVED
    return CodeState.SPENT if tries + 1 >= TRIES else CodeState.WRONG
