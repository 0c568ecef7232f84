"""The verdict on a document of the register, from the document and what the reader pinned alone.

Three answers (decisions F29): intact and signed by a pinned key; intact, key unknown; not intact.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from infitah.ledger.rules import bound, tree
from infitah.ledger.rules.canonical import NotCanonical
from infitah.ledger.rules.documents import (
    Bound,
    Consistency,
    Document,
    PublicKey,
    Receipt,
    Roots,
)
from infitah.ledger.rules.entries import EntryFacts
from infitah.ledger.rules.heads import SignedTreeHead


class Outcome(StrEnum):
    """One of the three answers."""

    INTACT_KNOWN_KEY = "intact_known_key"
    INTACT_UNKNOWN_KEY = "intact_unknown_key"
    NOT_INTACT = "not_intact"


class Reason(StrEnum):
    """Why a document is not intact, or what a reader should know of an intact one."""

    # faults: any of them means "not intact"
    UNREADABLE = "unreadable"
    ENTRY_NOT_CANONICAL = "entry_not_canonical"
    WRONG_PLACE = "wrong_place"
    WRONG_COMMUNITY = "wrong_community"
    PATH_LEADS_ELSEWHERE = "path_leads_elsewhere"
    WRONG_SIGNATURE = "wrong_signature"
    KEY_MISSING = "key_missing"
    KEY_DIFFERS = "key_differs"
    OPENING_DIFFERS = "opening_differs"
    CONTRADICTS_PINNED_HEAD = "contradicts_pinned_head"
    HEADS_CONTRADICT = "heads_contradict"
    NO_HEADS = "no_heads"
    PART_DIFFERS = "part_differs"
    PART_TWICE = "part_twice"
    WHOLE_DIFFERS = "whole_differs"
    ACT_STATES_OTHERWISE = "act_states_otherwise"
    QUOTING_TEXT_DIFFERS = "quoting_text_differs"
    NOT_QUOTED = "not_quoted"
    # notes
    KEY_NOT_PINNED = "key_not_pinned"
    MATCHES_PINNED_HEAD = "matches_pinned_head"
    NOT_COMPARED = "not_compared"
    ENTERED_AFTERWARDS = "entered_afterwards"
    QUOTED_NOWHERE = "quoted_nowhere"


NOTES = frozenset(
    {
        Reason.KEY_NOT_PINNED,
        Reason.MATCHES_PINNED_HEAD,
        Reason.NOT_COMPARED,
        Reason.ENTERED_AFTERWARDS,
        Reason.QUOTED_NOWHERE,
    }
)


@dataclass(frozen=True, slots=True)
class Pinned:
    """What the reader trusts beforehand: public keys by id, and heads kept from another day."""

    keys: Mapping[str, bytes] = field(default_factory=dict)
    heads: tuple[SignedTreeHead, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer, its reasons, and what the document says (only of an entry: `facts`)."""

    outcome: Outcome
    reasons: tuple[Reason, ...]
    facts: EntryFacts | None = None
    heads: tuple[SignedTreeHead, ...] = ()

    @property
    def is_intact(self) -> bool:
        return self.outcome is not Outcome.NOT_INTACT


def unreadable() -> Verdict:
    """Return the verdict on a file that is no document of a register."""
    return Verdict(Outcome.NOT_INTACT, (Reason.UNREADABLE,))


def verdict(document: Document, pinned: Pinned) -> Verdict:
    """Return the verdict on a receipt, a consistency proof, a list of roots or bound texts."""
    if isinstance(document, Bound):
        return _on_bound(document, pinned)
    if isinstance(document, Receipt):
        return _on_receipt(document, pinned)
    if isinstance(document, Consistency):
        return _on_consistency(document, pinned)
    return _on_roots(document, pinned)


def _on_receipt(receipt: Receipt, pinned: Pinned) -> Verdict:
    reasons = _head_reasons(receipt.head, {receipt.key.key_id: receipt.key.raw}, pinned)
    head = receipt.head.head
    if not tree.is_included(
        tree.leaf_hash(receipt.entry),
        index=receipt.index,
        size=head.size,
        path=receipt.path,
        root=head.root,
    ):
        reasons.append(Reason.PATH_LEADS_ELSEWHERE)
    try:
        facts = receipt.facts
    except NotCanonical:
        return _answer([*reasons, Reason.ENTRY_NOT_CANONICAL], heads=(receipt.head,))
    reasons += _entry_reasons(receipt, facts)
    reasons += _pinned_reasons([receipt.head], pinned)
    return _answer(reasons, facts, (receipt.head,))


def _on_bound(document: Bound, pinned: Pinned) -> Verdict:
    """Judge the texts by their hashes, the hashes by the act, and the act by its receipt."""
    on_act = _on_receipt(document.receipt, pinned)
    reasons = [*on_act.reasons]
    names = [part.name for part in document.parts]
    if len(set(names)) != len(names):
        reasons.append(Reason.PART_TWICE)
    if not all(part.is_intact for part in document.parts):
        reasons.append(Reason.PART_DIFFERS)
    stated = ((part.name, part.sha256) for part in document.parts)
    if bound.whole_digest(stated) != document.sha256:
        reasons.append(Reason.WHOLE_DIFFERS)
    facts = on_act.facts
    if facts is None or not bound.is_stated(facts.public, document.sha256, document.quoted_in):
        reasons.append(Reason.ACT_STATES_OTHERWISE)
    return _answer(reasons + _quoting_reasons(document), facts, on_act.heads)


def _quoting_reasons(document: Bound) -> list[Reason]:
    quoted = document.quoted_in
    if quoted is None:
        return [Reason.QUOTED_NOWHERE]
    reasons = [] if quoted.is_intact else [Reason.QUOTING_TEXT_DIFFERS]
    return reasons if quoted.quotes(document.sha256) else [*reasons, Reason.NOT_QUOTED]


def _entry_reasons(receipt: Receipt, facts: EntryFacts) -> list[Reason]:
    reasons = []
    if facts.number != receipt.index:
        reasons.append(Reason.WRONG_PLACE)
    if facts.community != receipt.head.head.community:
        reasons.append(Reason.WRONG_COMMUNITY)
    if any(
        facts.private.get(name) != opening.commitment for name, opening in receipt.openings.items()
    ):
        reasons.append(Reason.OPENING_DIFFERS)
    if facts.is_entered_afterwards:
        reasons.append(Reason.ENTERED_AFTERWARDS)
    return reasons


def _on_consistency(proof: Consistency, pinned: Pinned) -> Verdict:
    heads = (proof.first, proof.second)
    keys = _by_id(proof.keys)
    reasons = [reason for head in heads for reason in _head_reasons(head, keys, pinned)]
    first, second = proof.first.head, proof.second.head
    if first.community != second.community:
        reasons.append(Reason.WRONG_COMMUNITY)
    if not tree.is_consistent(
        first=first.size,
        second=second.size,
        path=proof.path,
        first_root=first.root,
        second_root=second.root,
    ):
        reasons.append(Reason.PATH_LEADS_ELSEWHERE)
    return _answer(reasons + _pinned_reasons(heads, pinned), heads=heads)


def _on_roots(roots: Roots, pinned: Pinned) -> Verdict:
    keys = _by_id(roots.keys)
    reasons = [reason for head in roots.heads for reason in _head_reasons(head, keys, pinned)]
    if not roots.heads:
        reasons.append(Reason.NO_HEADS)
    if not _is_growing(roots.heads):
        reasons.append(Reason.HEADS_CONTRADICT)
    return _answer(reasons + _pinned_reasons(roots.heads, pinned), heads=roots.heads)


def _head_reasons(
    head: SignedTreeHead, offered: Mapping[str, bytes], pinned: Pinned
) -> list[Reason]:
    """Check a signature by the offered key, which must be the pinned one where there is one."""
    key_id = head.head.key_id
    trusted, given = pinned.keys.get(key_id), offered.get(key_id)
    if given is None:
        return [Reason.KEY_MISSING]
    if trusted is not None and trusted != given:
        return [Reason.KEY_DIFFERS]
    if not head.is_signed_by(given):
        return [Reason.WRONG_SIGNATURE]
    return [] if trusted is not None else [Reason.KEY_NOT_PINNED]


def _pinned_reasons(heads: Iterable[SignedTreeHead], pinned: Pinned) -> list[Reason]:
    """Compare heads with the pinned ones of the same community and size."""
    if not pinned.heads:
        return []
    roots = {(kept.head.community, kept.head.size): kept.head.root for kept in pinned.heads}
    reasons = []
    for head in heads:
        kept = roots.get((head.head.community, head.head.size))
        if kept is not None:
            is_same = kept == head.head.root
            reasons.append(
                Reason.MATCHES_PINNED_HEAD if is_same else Reason.CONTRADICTS_PINNED_HEAD
            )
    return reasons or [Reason.NOT_COMPARED]


def _is_growing(heads: Iterable[SignedTreeHead]) -> bool:
    """Return whether no later head of a community is smaller, or of equal size and other root."""
    last: dict[str, SignedTreeHead] = {}
    for signed in sorted(heads, key=lambda item: (item.head.time, item.head.size)):
        before = last.get(signed.head.community)
        if before is not None:
            if signed.head.size < before.head.size:
                return False
            if signed.head.size == before.head.size and signed.head.root != before.head.root:
                return False
        last[signed.head.community] = signed
    return True


def _by_id(keys: Iterable[PublicKey]) -> dict[str, bytes]:
    return {key.key_id: key.raw for key in keys}


def _answer(
    reasons: Iterable[Reason],
    facts: EntryFacts | None = None,
    heads: tuple[SignedTreeHead, ...] = (),
) -> Verdict:
    unique = tuple(dict.fromkeys(reasons))
    if any(reason not in NOTES for reason in unique):
        outcome = Outcome.NOT_INTACT
    elif Reason.KEY_NOT_PINNED in unique:
        outcome = Outcome.INTACT_UNKNOWN_KEY
    else:
        outcome = Outcome.INTACT_KNOWN_KEY
    return Verdict(outcome, unique, facts, heads)
