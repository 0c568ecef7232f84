"""The audit of a whole register: everything recomputed from the canonical bytes, in one pass.

Canonical bytes -> leaf hash -> inner nodes -> peaks and roots -> signed heads; and the columns
that lists read, against the canonical bytes. Streams rows; keeps 32 bytes a node.
"""

import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

from infitah.ledger.rules.heads import SignedTreeHead
from infitah.ledger.rules.tree import HASH_BYTES, LEAF_PREFIX, NODE_PREFIX, root_of

COLUMN_END = "\x1f"


class Fault(StrEnum):
    """What an audit may find."""

    ENTRY_MISSING = "entry_missing"
    LEAF_DIFFERS = "leaf_differs"
    COLUMNS_DIFFER = "columns_differ"
    NODE_DIFFERS = "node_differs"
    NODE_MISSING = "node_missing"
    NODE_UNEXPECTED = "node_unexpected"
    STATE_DIFFERS = "state_differs"
    HEAD_UNREADABLE = "head_unreadable"
    HEAD_BEYOND_REGISTER = "head_beyond_register"
    HEAD_DIFFERS = "head_differs"
    HEAD_KEY_UNKNOWN = "head_key_unknown"
    HEAD_SIGNATURE_WRONG = "head_signature_wrong"
    HEAD_DAY_WRONG = "head_day_wrong"
    PINNED_HEAD_DIFFERS = "pinned_head_differs"
    TRIGGER_MISSING = "trigger_missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault and where it is: an entry's number, a node's level/position, a head's size."""

    fault: Fault
    community: str
    place: str


@dataclass(frozen=True, slots=True)
class Audit:
    """What was read, and what was found; intact without findings."""

    communities: int
    entries: int
    nodes: int
    heads: int
    findings: tuple[Finding, ...]

    @property
    def is_intact(self) -> bool:
        return not self.findings


@dataclass(slots=True)
class Rebuilt:
    """A tree rebuilt from its leaves: every level, the peaks, the roots at the sizes asked for."""

    size: int = 0
    levels: list[bytearray] = field(default_factory=list)
    peaks: list[bytes] = field(default_factory=list)
    roots: dict[int, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(self, leaf: bytes) -> None:
        """Append a leaf hash: the hot loop of an audit, hence the local names."""
        number, level, top = self.size, 1, leaf
        peaks, levels = self.peaks, self.levels
        while number & 1:
            top = sha256(NODE_PREFIX + peaks.pop() + top).digest()
            if len(levels) < level:
                levels.append(bytearray())
            levels[level - 1] += top
            number >>= 1
            level += 1
        peaks.append(top)
        self.size += 1


EntryColumns = tuple[int, bytes, bytes, bytes]  # number, canonical, leaf hash, read columns
NodeColumns = tuple[int, int, bytes]  # level, position, hash


def rebuilt(community: str, rows: Iterable[EntryColumns], sizes: Set[int]) -> Rebuilt:
    """Return the tree over a community's entries in order, with the roots at `sizes`.

    The tree stands on the stored leaf hashes, each compared with its entry, so that one wrong
    entry is reported as one fault.
    """
    tree, expected = Rebuilt(), 0
    for number, canonical, leaf, columns in rows:
        if number != expected:
            tree.findings.append(Finding(Fault.ENTRY_MISSING, community, str(expected)))
        expected = number + 1
        if sha256(LEAF_PREFIX + canonical).digest() != leaf:
            tree.findings.append(Finding(Fault.LEAF_DIFFERS, community, str(number)))
        if columns != columns_of(canonical):
            tree.findings.append(Finding(Fault.COLUMNS_DIFFER, community, str(number)))
        tree.add(leaf)
        if tree.size in sizes:
            tree.roots[tree.size] = root_of(tree.peaks)
    return tree


def columns_of(canonical: bytes) -> bytes:
    """Return the columns that lists read, as the canonical bytes state them; empty if broken."""
    try:
        entry = json.loads(canonical)
        recorded_at = entry["recorded_at"].replace("T", " ").replace("Z", ".000000")
        return COLUMN_END.join(
            (
                entry["community"],
                str(entry["number"]),
                entry["act"],
                entry["act"].split(".", 1)[0],
                entry["subject"],
                entry["occurred_on"],
                recorded_at,
            )
        ).encode()
    except (ValueError, KeyError, TypeError, AttributeError):
        return b""


def node_findings(
    community: str, tree: Rebuilt, rows: Iterable[NodeColumns]
) -> tuple[int, list[Finding]]:
    """Compare stored nodes, by level and position, with the rebuilt ones; return count, faults."""
    findings, seen, total = [], [0] * len(tree.levels), 0
    for level, position, value in rows:
        total += 1
        start = position * HASH_BYTES
        is_known = 0 < level <= len(tree.levels) and 0 <= start < len(tree.levels[level - 1])
        if not is_known:
            findings.append(Finding(Fault.NODE_UNEXPECTED, community, f"{level}/{position}"))
            continue
        seen[level - 1] += 1
        if tree.levels[level - 1][start : start + HASH_BYTES] != value:
            findings.append(Finding(Fault.NODE_DIFFERS, community, f"{level}/{position}"))
    for level, (count, nodes) in enumerate(zip(seen, tree.levels, strict=True), start=1):
        missing = len(nodes) // HASH_BYTES - count
        if missing:
            findings.append(Finding(Fault.NODE_MISSING, community, f"{level}: {missing}"))
    return total, findings


def head_findings(
    tree: Rebuilt, heads: Iterable[SignedTreeHead], keys: Mapping[str, bytes]
) -> list[Finding]:
    """Compare signed heads of one community with the rebuilt tree, and check the signatures."""
    findings = []
    for signed in heads:
        head, place = signed.head, str(signed.head.size)
        fault = _root_fault(tree, signed, Fault.HEAD_DIFFERS)
        if fault is None and head.key_id not in keys:
            fault = Fault.HEAD_KEY_UNKNOWN
        if fault is None and not signed.is_signed_by(keys[head.key_id]):
            fault = Fault.HEAD_SIGNATURE_WRONG
        if fault is not None:
            findings.append(Finding(fault, head.community, place))
    return findings


def pinned_findings(tree: Rebuilt, heads: Iterable[SignedTreeHead]) -> list[Finding]:
    """Compare heads that somebody kept outside with the rebuilt tree of their community."""
    found = [
        (signed.head, _root_fault(tree, signed, Fault.PINNED_HEAD_DIFFERS)) for signed in heads
    ]
    return [
        Finding(fault, head.community, str(head.size)) for head, fault in found if fault is not None
    ]


def _root_fault(tree: Rebuilt, signed: SignedTreeHead, differs: Fault) -> Fault | None:
    if signed.head.size > tree.size:
        return Fault.HEAD_BEYOND_REGISTER
    return None if tree.roots.get(signed.head.size) == signed.head.root else differs
