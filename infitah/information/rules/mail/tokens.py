"""How a mail says to which case it belongs: an address that carries it, else a bare reference.

`name+sfr-2026-r-0042.token@domain`: the reference in clear, and a token that only our mails know.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from infitah.kernel.references import Reference

TOKEN_LENGTH: Final = 20
LONGEST_LOCAL: Final = 64  # RFC 5321, section 4.5.3.1.1
_TAG: Final = re.compile(
    rf"(?P<reference>[a-z0-9-]{{8,40}})\.(?P<token>[0-9a-f]{{{TOKEN_LENGTH}}})"
)
_KEY: Final = re.compile(r"[a-z][a-z0-9]{1,7}")
_REFERENCE: Final = re.compile(
    r"(?<![\w-])[A-Za-z][A-Za-z0-9]{1,7}[-\u2010-\u2014][0-9٠-٩]{4}"
    r"[-\u2010-\u2014][Rr][-\u2010-\u2014][0-9٠-٩]{1,9}(?![\w])"
)
MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Tag:
    """What an address of ours carries: a case with its token, or a community's key alone."""

    reference: str = ""
    token: str = ""
    community: str = ""


def tagged(own: str, tag: str) -> str:
    """Return the mailbox's address with a tag, "" where it would be too long for an address."""
    local, _at, domain = own.partition("@")
    made = f"{local}+{tag}"
    return f"{made}@{domain}" if domain and len(made) <= LONGEST_LOCAL else ""


def case_tag(reference: str, token: str) -> str:
    """Return the tag of a case."""
    return f"{reference.lower()}.{token[:TOKEN_LENGTH]}"


def tags_in(addresses: Iterable[str], own: str) -> list[Tag]:
    """Return what the addresses of a mail carry that are the mailbox's own with something more."""
    local, _at, domain = own.lower().partition("@")
    found = []
    for address in addresses:
        name, _at, host = address.lower().rpartition("@")
        base, plus, tag = name.partition("+")
        if (base, host) == (local, domain) and plus:
            found.append(_read(tag))
    return [one for one in found if one is not None][:MOST]


def _read(tag: str) -> Tag | None:
    case = _TAG.fullmatch(tag)
    if case is None:
        return Tag(community=tag.upper()) if _KEY.fullmatch(tag) else None
    try:
        return Tag(str(Reference.parse(case["reference"])), case["token"])
    except ValueError:
        return None


def references_in(text: str) -> list[str]:
    """Return the references of requests that a text names, as they are written canonically."""
    found = []
    for one in _REFERENCE.findall(text):
        try:
            found.append(str(Reference.parse(one)))
        except ValueError:
            continue
    return list(dict.fromkeys(found))[:MOST]
