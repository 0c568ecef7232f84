"""The Merkle tree of a register: RFC 9162, section 2.1, over SHA-256.

Bytes in, bytes out: no database, no clock. A leaf is SHA-256(0x00 || entry), an inner node
SHA-256(0x01 || left || right), a tree splits at the largest power of two below its size.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()  # RFC 9162, 2.1.1: the hash of an empty list
LEAF_PREFIX = b"\x00"
NODE_PREFIX = b"\x01"


class Place(NamedTuple):
    """Where a complete subtree stands: level 0 is a leaf, positions count from 0."""

    level: int
    position: int


class Range(NamedTuple):
    """Leaves from `start` to `end`, the end excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Growth:
    """A tree after one more leaf: its size, its peaks and the inner nodes that became complete."""

    size: int
    peaks: tuple[bytes, ...]
    nodes: tuple[tuple[Place, bytes], ...]


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of a leaf over the canonical bytes of an entry."""
    return sha256(LEAF_PREFIX + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node above two neighbours."""
    return sha256(NODE_PREFIX + left + right).digest()


def root_of(peaks: Sequence[bytes]) -> bytes:
    """Return the root of the tree whose complete subtrees are `peaks`, largest first."""
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


def grow(size: int, peaks: Sequence[bytes], leaf: bytes) -> Growth:
    """Return the tree of `size` leaves and `peaks` with `leaf` (a leaf hash) at its end.

    At most one merge for each level: O(log n), and one on average.
    """
    standing, top, place = list(peaks), leaf, Place(0, size)
    nodes = []
    while place.position & 1:
        top = node_hash(standing.pop(), top)
        place = Place(place.level + 1, place.position >> 1)
        nodes.append((place, top))
    return Growth(size + 1, (*standing, top), tuple(nodes))


def places_of(leaves: Iterable[bytes]) -> dict[Place, bytes]:
    """Return every complete subtree over the leaf hashes `leaves`, the leaves included."""
    places: dict[Place, bytes] = {}
    peaks: tuple[bytes, ...] = ()
    for number, leaf in enumerate(leaves):
        growth = grow(number, peaks, leaf)
        peaks = growth.peaks
        places[Place(0, number)] = leaf
        places.update(growth.nodes)
    return places


def complete_subtrees(leaves: Range) -> list[Place]:
    """Return the complete subtrees that tile a range of a proof, largest first: O(log n)."""
    start, places = leaves.start, []
    while start < leaves.end:
        level = (leaves.end - start).bit_length() - 1
        places.append(Place(level, start >> level))
        start += 1 << level
    return places


def range_hash(leaves: Range, nodes: Mapping[Place, bytes]) -> bytes:
    """Return the hash over a range of a proof, from the complete subtrees in `nodes`."""
    return root_of([nodes[place] for place in complete_subtrees(leaves)])


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """Return the ranges whose hashes prove that leaf `index` is in the tree of `size` leaves.

    From the leaf upwards (RFC 9162, 2.1.3.1). Raises ValueError if there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"There is no leaf {index} in a tree of {size}.")
    start, end, ranges = 0, size, []
    while end - start > 1:
        split = start + _largest_power_below(end - start)
        if index < split:
            ranges.append(Range(split, end))
            end = split
        else:
            ranges.append(Range(start, split))
            start = split
    return ranges[::-1]


def consistency_ranges(first: int, second: int) -> list[Range]:
    """Return the ranges whose hashes prove that a tree of `second` leaves extends one of `first`.

    From below upwards (RFC 9162, 2.1.4.1); empty between equal sizes and from size 0.
    Raises ValueError for sizes that do not follow each other.
    """
    if not 0 <= first <= second:
        raise ValueError(f"A tree of {second} leaves cannot extend one of {first}.")
    if first in (0, second):
        return []
    start, end, ranges, is_whole = 0, second, [], True
    while first != end:
        split = start + _largest_power_below(end - start)
        if first <= split:
            ranges.append(Range(split, end))
            end = split
        else:
            ranges.append(Range(start, split))
            start, is_whole = split, False
    if not is_whole:
        ranges.append(Range(start, end))
    return ranges[::-1]


def needed(ranges: Iterable[Range]) -> set[Place]:
    """Return the places to read for the hashes of `ranges`."""
    return {place for leaves in ranges for place in complete_subtrees(leaves)}


def path(ranges: Iterable[Range], nodes: Mapping[Place, bytes]) -> list[bytes]:
    """Return the hashes of a proof."""
    return [range_hash(leaves, nodes) for leaves in ranges]


def is_included(leaf: bytes, *, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Return whether `path` leads from `leaf` at `index` to `root` (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    here, last, found = index, size - 1, leaf
    for step in path:
        if last == 0 or len(step) != HASH_BYTES:
            return False
        if here & 1 or here == last:
            found = node_hash(step, found)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            found = node_hash(found, step)
        here, last = here >> 1, last >> 1
    return last == 0 and found == root


class Step(NamedTuple):
    """One step up a path: the neighbour's hash, on which side it stands, what both make."""

    neighbour: bytes
    is_before: bool
    above: bytes


def steps(leaf: bytes, *, index: int, size: int, path: Sequence[bytes]) -> list[Step]:
    """Return the way from a leaf to the root, to be shown; `path` must fit `index` and `size`."""
    climbed, standing = [], leaf
    for leaves, neighbour in zip(inclusion_ranges(index, size), path, strict=True):
        is_before = leaves.end <= index
        pair = (neighbour, standing) if is_before else (standing, neighbour)
        standing = node_hash(*pair)
        climbed.append(Step(neighbour, is_before, standing))
    return climbed


def is_consistent(
    *, first: int, second: int, path: Sequence[bytes], first_root: bytes, second_root: bytes
) -> bool:
    """Return whether the tree of `second` leaves extends that of `first` (RFC 9162, 2.1.4.2)."""
    if not 0 <= first <= second or any(len(step) != HASH_BYTES for step in path):
        return False
    if first == second:
        return not path and first_root == second_root
    if first == 0:
        return not path and first_root == EMPTY_ROOT
    steps = list(path) if first & (first - 1) else [first_root, *path]
    return bool(steps) and _climb(first, second, steps) == (first_root, second_root)


def _climb(first: int, second: int, steps: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Return both roots that the steps of a consistency proof lead to, None if they do not fit."""
    here, last = first - 1, second - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if here & 1 or here == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            new = node_hash(new, step)
        here, last = here >> 1, last >> 1
    return (old, new) if last == 0 else None


def _largest_power_below(width: int) -> int:
    return 1 << ((width - 1).bit_length() - 1)
