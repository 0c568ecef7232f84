"""Proofs of the register: heads, receipts, consistency; read from O(log n) stored hashes.

A head that was not kept is signed when asked for: its text states only what the entries state
(size, root, time of the last entry), so it is the same each time.
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_

from django.db.models import Q

from infitah.core import keys as ring
from infitah.core import vault
from infitah.ledger.models import Entry, HeadState, Node, Opening, SignedHead
from infitah.ledger.rules import (
    Bound,
    Consistency,
    Document,
    Pinned,
    Place,
    PublicKey,
    Range,
    Receipt,
    Roots,
    SignedTreeHead,
    TreeHead,
    commitments,
    tree,
)
from infitah.ledger.rules.entries import read_base64

RECENT_DAYS = 31
MAX_COMPARED = 64  # heads of one document that are compared with the register itself


class NotInRegister(LookupError):
    """The register has no such entry, or never had that size."""


def keys() -> tuple[PublicKey, ...]:
    """Return the public keys of this installation, oldest first. No query."""
    return tuple(PublicKey(key_id, raw) for key_id, raw in sorted(ring.public_keys().items()))


def size(community_key: str) -> int:
    """Return how many entries a community's register has. One query."""
    state = HeadState.objects.filter(community_key=community_key).values_list("size", flat=True)
    return state.first() or 0


def root_at(community_key: str, size: int) -> bytes:
    """Return the root that the register had at `size` entries. At most two queries."""
    return tree.range_hash(Range(0, size), _nodes(community_key, tree.needed([Range(0, size)])))


def head_at(community_key: str, size: int) -> SignedTreeHead:
    """Return a signed head at `size`: the one kept, else one signed now. At most four queries.

    Raises NotInRegister if the register never had that size, or for the empty one.
    """
    kept = SignedHead.objects.filter(community_key=community_key, size=size).order_by("id").first()
    if kept is not None:
        return kept.signed
    last = (
        Entry.objects.filter(community_key=community_key, number=size - 1)
        .values_list("recorded_at", flat=True)
        .first()
    )
    if last is None:
        raise NotInRegister(f"{community_key} never had {size} entries.")
    pair = ring.signing_key()
    root = root_at(community_key, size)
    return TreeHead(community_key, size, root, last, pair.key_id).signed(pair.private)


def latest_head(community_key: str) -> SignedTreeHead | None:
    """Return the head of the register as it stands, None if it has no entry. At most five."""
    standing = size(community_key)
    return head_at(community_key, standing) if standing else None


def receipt(community_key: str, number: int, *, with_openings: bool = False) -> dict[str, object]:
    """Return the receipt of an entry as JSON: canonical entry, inclusion path, head, key.

    The head is the first one kept that covers the entry, else that of the register now.
    `with_openings` adds what opens the private values: only for the person concerned.
    At most eight queries. Raises NotInRegister.
    """
    return receipt_document(community_key, number, with_openings=with_openings).as_json()


def receipt_document(community_key: str, number: int, *, with_openings: bool = False) -> Receipt:
    """Return the receipt of an entry; see `receipt`.

    Who acted stays closed even to the person concerned: a receipt is shown to others, and the
    key of a person inside the system is nobody's business.
    """
    entry = Entry.objects.filter(community_key=community_key, number=number).first()
    if entry is None:
        raise NotInRegister(f"{community_key} has no entry {number}.")
    head = _covering_head(community_key, number)
    ranges = tree.inclusion_ranges(number, head.head.size)
    nodes = _nodes(community_key, tree.needed(ranges))
    return Receipt(
        entry=entry.canonical.encode(),
        index=number,
        path=tuple(tree.path(ranges, nodes)),
        head=head,
        key=_key(head.head.key_id),
        openings=_shareable(community_key, number) if with_openings else {},
    )


def openings(community_key: str, number: int) -> dict[str, commitments.Opening]:
    """Return what opens the private values of an entry, as far as it was not erased. One query."""
    found = Opening.objects.filter(community_key=community_key, number=number).order_by("name")
    return {row.name: _unsealed(row) for row in found}


def _shareable(community_key: str, number: int) -> dict[str, commitments.Opening]:
    found = openings(community_key, number)
    return {name: one for name, one in found.items() if name != commitments.AUTHOR}


def consistency(community_key: str, first: int, second: int) -> Consistency:
    """Return the proof that the register only grew from `first` to `second` entries.

    At most ten queries. Raises NotInRegister if it never had those sizes in that order.
    """
    if not 0 < first <= second:
        raise NotInRegister("A register grows from its first entry on.")
    heads = head_at(community_key, first), head_at(community_key, second)
    ranges = tree.consistency_ranges(first, second)
    nodes = _nodes(community_key, tree.needed(ranges))
    used = {head.head.key_id for head in heads}
    return Consistency(
        *heads,
        path=tuple(tree.path(ranges, nodes)),
        keys=tuple(key for key in keys() if key.key_id in used),
    )


def roots() -> Roots:
    """Return the anchors of the last 31 days and the latest head of every community.

    The query count grows with the number of communities only (at most six each).
    """
    heads = []
    for state in HeadState.objects.order_by("community_key"):
        own = {*anchors(state.community_key), head_at(state.community_key, state.size)}
        heads += sorted(own, key=lambda signed: signed.head.time)
    return Roots(tuple(heads), keys())


def roots_of_year(community_key: str, year: int) -> Roots:
    """Return the anchors of one community in one year. One query."""
    found = SignedHead.objects.filter(community_key=community_key, day__year=year)
    return Roots(tuple(row.signed for row in found.order_by("day")), keys())


def anchors(community_key: str, limit: int = RECENT_DAYS) -> list[SignedTreeHead]:
    """Return the latest daily heads of a community, newest first. One query."""
    found = SignedHead.objects.filter(community_key=community_key, day__isnull=False)
    return [row.signed for row in found.order_by("-day")[:limit]]


def known(document: Document) -> Pinned:
    """Return what this installation itself knows of a document: its keys, and its own roots.

    At most 64 heads are compared with the register, two queries each.
    """
    heads = document.heads if isinstance(document, Roots) else _heads_of(document)
    return Pinned(
        keys={key.key_id: key.raw for key in keys()},
        heads=tuple(_own(heads[:MAX_COMPARED])),
    )


def _heads_of(document: Receipt | Consistency | Bound) -> tuple[SignedTreeHead, ...]:
    if isinstance(document, Bound):
        return (document.receipt.head,)
    if isinstance(document, Receipt):
        return (document.head,)
    return (document.first, document.second)


def _own(heads: Iterable[SignedTreeHead]) -> Iterable[SignedTreeHead]:
    """Yield the register's own roots at the communities and sizes of `heads`, unsigned."""
    sizes = dict(HeadState.objects.values_list("community_key", "size"))
    for signed in heads:
        head = signed.head
        if 0 < head.size <= sizes.get(head.community, 0):
            root = root_at(head.community, head.size)
            own = TreeHead(head.community, head.size, root, head.time, head.key_id)
            yield SignedTreeHead(own, b"")


def _covering_head(community_key: str, number: int) -> SignedTreeHead:
    covering = SignedHead.objects.filter(community_key=community_key, size__gt=number)
    kept = covering.order_by("size", "id").first()
    return kept.signed if kept is not None else head_at(community_key, size(community_key))


def _key(key_id: str) -> PublicKey:
    return PublicKey(key_id, ring.public_keys()[key_id])


def _nodes(community_key: str, places: Iterable[Place]) -> Mapping[Place, bytes]:
    """Return the stored hashes at `places`, leaves from the entries. At most two queries."""
    wanted = set(places)
    leaves = [place.position for place in wanted if place.level == 0]
    inner = [place for place in wanted if place.level > 0]
    nodes: dict[Place, bytes] = {}
    if leaves:
        found = Entry.objects.filter(community_key=community_key, number__in=leaves)
        for number, leaf in found.values_list("number", "leaf_hash"):
            nodes[Place(0, number)] = bytes(leaf)
    if inner:
        at = reduce(or_, (Q(level=place.level, position=place.position) for place in inner))
        rows = Node.objects.filter(at, community_key=community_key)
        for level, position, value in rows.values_list("level", "position", "hash"):
            nodes[Place(level, position)] = bytes(value)
    return nodes


def _unsealed(row: Opening) -> commitments.Opening:
    plain = vault.unseal(row.sealed, model="ledger.opening", field="sealed", row=row.row)
    salt, _, value = plain.partition(":")
    return commitments.Opening(read_base64(salt), value)
