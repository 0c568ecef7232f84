"""Texts bound to an act of the register by hash: each text by its own, all of them by one.

The act states the one hash in public; so whoever has the texts and the receipt of the act can tell
whether they are the very texts, with nothing else (docs/reference/register.md).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from infitah.ledger.rules.canonical import JSON

BOUND = "infitah-bound/1"


def plain(content: object) -> str:
    """Return the one way in which a bound text is written: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def text_digest(content: object) -> str:
    """Return the SHA-256 (64 hex) of a bound text."""
    return sha256(plain(content).encode()).hexdigest()


def lines(named: Iterable[tuple[str, str]]) -> str:
    """Return names and hashes as a list, sorted: a line each, name, space, hash.

    Its own SHA-256 is what binds them all; one command computes it.
    """
    return "".join(f"{name} {digest}\n" for name, digest in sorted(named))


def whole_digest(named: Iterable[tuple[str, str]]) -> str:
    """Return the SHA-256 (64 hex) of the sorted list of names and hashes."""
    return sha256(lines(named).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Part:
    """A text with its name and the hash that is stated for it."""

    name: str
    sha256: str
    content: Mapping[str, object]

    @property
    def is_intact(self) -> bool:
        """Whether the text has the hash that is stated."""
        return text_digest(self.content) == self.sha256


@dataclass(frozen=True, slots=True)
class Quotation:
    """The act of an institution that quotes the one hash: its reference, hash and text."""

    name: str
    sha256: str
    text: Mapping[str, str]

    @property
    def is_intact(self) -> bool:
        """Whether the text has the hash that is stated."""
        return text_digest(self.text) == self.sha256

    def quotes(self, digest: str) -> bool:
        """Return whether the hash stands in each language in which the text is written."""
        return all(digest in words for words in self.text.values() if words)


def is_stated(public: Mapping[str, JSON], digest: str, quoted: Quotation | None) -> bool:
    """Return whether an act of the register states this hash, and that of the quoting text.

    The act says them in its public `sha256` and, where an institution quotes it, `text_sha256`.
    """
    is_same_text = quoted is None or public.get("text_sha256", quoted.sha256) == quoted.sha256
    return public.get("sha256") == digest and is_same_text
