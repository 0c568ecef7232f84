"""Binding texts by hash: a commitment's version, and the programme as a whole."""

from collections.abc import Iterable, Mapping

from infitah.ledger.rules import bound
from infitah.ledger.rules.canonical import JSON

FrozenText = Mapping[str, JSON]


def canonical(content: FrozenText) -> str:
    """Return the one way in which a frozen text is written: sorted keys, no spaces, UTF-8."""
    return bound.plain(content)


def content_digest(content: FrozenText) -> str:
    """Return the SHA-256 (64 hex) of a frozen text."""
    return bound.text_digest(content)


def programme_digest(versions: Iterable[tuple[str, str]]) -> str:
    """Return the SHA-256 (64 hex) of a programme: its commitments' references and hashes, sorted.

    One line each, `reference`, a space, `sha256`, so that anybody can compute it with one command.
    """
    return bound.whole_digest(versions)


def is_same_person(claimer: str, verifier: str) -> bool:
    """Return whether the one who confirms is the one who claimed; accounts differ by case alone."""
    return claimer.strip().casefold() == verifier.strip().casefold()
