"""Rules of the website: pages that every community owes, addresses, who edits what."""

import re
from typing import Final

# Short names of the statements that stand in the foot of every page, in their order.
STATEMENTS = ("accessibility", "privacy", "legal")

# First words of addresses that the apps own: no editorial page may take them (decisions C9).
OWNED_WORDS = frozenset(
    {
        "search", "programme", "consultations", "petitions", "information", "transparency",
        "documents", "council", "bodies", "events", "certificates", "data", "budget",
        "procurement", "network", "register", "verify", "quality", "mine", "demonstration",
    }
)  # fmt: skip


# Languages into which the whole interface is translated; Amazigh falls back to French in places.
WHOLE_LANGUAGES: Final = ("ar", "fr")
_PREFIX: Final = re.compile(r"/(?:ar|fr|zgh)(?=/)")


def in_language(path: str, code: str) -> str:
    """Return the address of the same page under the prefix of `code`; empty where it has none."""
    return _PREFIX.sub(f"/{code}", path, count=1) if _PREFIX.match(path) else ""


def may_be_slug(slug: str, *, is_first_level: bool) -> bool:
    """Return whether an editorial page may take `slug`; apps own some words of the first level."""
    return not is_first_level or slug not in OWNED_WORDS


# Groups of Wagtail that we make and keep; others give nobody anything.
GROUP_PREFIX: Final = "pages:"


def group_name(community_key: str) -> str:
    """Return the name of the group whose members edit the pages of a community."""
    return f"{GROUP_PREFIX}{community_key}"


_FINGERPRINT: Final = re.compile(
    r"(?:sha-?256\s*[:=]?\s*)?((?:[0-9a-f]\s*){64})(?:\s+\*?[^\s].*)?", re.IGNORECASE
)


def fingerprint_in(text: str) -> str:
    """Return the SHA-256 that people typed or pasted, in small letters, "" if it is none.

    Spaces and line ends between its letters, capitals, the word before it, and the name of a file
    after it (as `sha256sum` writes it) are of no account.
    """
    found = _FINGERPRINT.fullmatch(text.strip())
    return "".join(found[1].split()).lower() if found else ""
