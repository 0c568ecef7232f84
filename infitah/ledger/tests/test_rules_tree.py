"""The tree against the recursive definitions of RFC 9162, section 2.1, written out again here."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.ledger.rules import tree

LEAVES = [tree.leaf_hash(str(number).encode()) for number in range(260)]
NODES = tree.places_of(LEAVES)
sizes = st.integers(1, len(LEAVES))


def mth(leaves):
    """RFC 9162, 2.1.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def split(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def path_of(m, leaves):
    """RFC 9162, 2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*path_of(m, leaves[:k]), mth(leaves[k:])]
    return [*path_of(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m, leaves, is_whole):
    """RFC 9162, 2.1.4.1."""
    if m == len(leaves):
        return [] if is_whole else [mth(leaves)]
    k = split(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], is_whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), mth(leaves[:k])]


def root(size):
    return tree.range_hash(tree.Range(0, size), NODES)


def inclusion(index, size):
    return tree.path(tree.inclusion_ranges(index, size), NODES)


def consistency(first, second):
    return tree.path(tree.consistency_ranges(first, second), NODES)


def test_the_empty_tree_has_the_hash_of_nothing():
    assert tree.root_of([]) == bytes.fromhex(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )


def test_a_leaf_is_not_a_node():
    assert tree.leaf_hash(b"") == bytes.fromhex(
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    )
    assert tree.node_hash(b"", b"") == sha256(b"\x01").digest()


@given(sizes)
def test_the_root_is_that_of_the_definition(size):
    assert root(size) == mth(LEAVES[:size])


@given(sizes)
def test_growing_leaf_by_leaf_gives_the_same_root(size):
    peaks = ()
    for number, leaf in enumerate(LEAVES[:size]):
        growth = tree.grow(number, peaks, leaf)
        peaks = growth.peaks
        assert growth.size == number + 1
        assert len(peaks) == (number + 1).bit_count()
    assert tree.root_of(peaks) == mth(LEAVES[:size])


@given(st.data(), sizes)
def test_inclusion_paths_from_nodes_are_those_from_leaves(data, size):
    index = data.draw(st.integers(0, size - 1))
    path = inclusion(index, size)
    assert path == path_of(index, LEAVES[:size])
    assert tree.is_included(LEAVES[index], index=index, size=size, path=path, root=root(size))


@given(st.data(), sizes)
def test_the_steps_shown_end_at_the_root(data, size):
    index = data.draw(st.integers(0, size - 1))
    steps = tree.steps(LEAVES[index], index=index, size=size, path=inclusion(index, size))
    assert [step.neighbour for step in steps] == inclusion(index, size)
    assert (steps[-1].above if steps else LEAVES[index]) == root(size)
    assert sum(step.is_before for step in steps) == index.bit_count()


@given(st.data(), sizes)
def test_consistency_paths_from_nodes_are_those_from_leaves(data, second):
    first = data.draw(st.integers(1, second))
    path = consistency(first, second)
    assert path == subproof(first, LEAVES[:second], True)
    assert tree.is_consistent(
        first=first,
        second=second,
        path=path,
        first_root=root(first),
        second_root=root(second),
    )


@given(st.data(), sizes)
def test_any_flipped_bit_of_an_inclusion_proof_is_seen(data, size):
    index = data.draw(st.integers(0, size - 1))
    parts = [LEAVES[index], root(size), *inclusion(index, size)]
    part = data.draw(st.integers(0, len(parts) - 1))
    parts[part] = flipped(parts[part], data.draw(st.integers(0, 255)))
    leaf, top, *path = parts
    assert not tree.is_included(leaf, index=index, size=size, path=path, root=top)


@given(st.data(), sizes)
def test_any_flipped_bit_of_a_consistency_proof_is_seen(data, second):
    first = data.draw(st.integers(1, second))
    parts = [root(first), root(second), *consistency(first, second)]
    part = data.draw(st.integers(0, len(parts) - 1))
    parts[part] = flipped(parts[part], data.draw(st.integers(0, 255)))
    old, new, *path = parts
    assert not tree.is_consistent(
        first=first, second=second, path=path, first_root=old, second_root=new
    )


@given(st.data(), sizes)
def test_a_proof_fits_only_its_own_place(data, size):
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1).filter(lambda number: number != index))
    path = inclusion(index, size)
    assert not tree.is_included(LEAVES[index], index=other, size=size, path=path, root=root(size))


@given(st.data(), sizes)
def test_a_proof_has_its_own_length(data, size):
    index = data.draw(st.integers(0, size - 1))
    path = inclusion(index, size)
    for wrong in ([*path, LEAVES[0]], path[:-1]):
        if wrong != path:
            assert not tree.is_included(
                LEAVES[index], index=index, size=size, path=wrong, root=root(size)
            )


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_a_leaf_outside_the_tree_has_no_proof(index, size):
    with pytest.raises(ValueError, match="no leaf"):
        tree.inclusion_ranges(index, size)
    assert not tree.is_included(LEAVES[0], index=index, size=size, path=[], root=LEAVES[0])


@pytest.mark.parametrize(("first", "second"), [(-1, 3), (4, 3)])
def test_a_tree_does_not_shrink(first, second):
    with pytest.raises(ValueError, match="cannot extend"):
        tree.consistency_ranges(first, second)
    assert not tree.is_consistent(
        first=first, second=second, path=[], first_root=b"", second_root=b""
    )


def test_every_tree_extends_the_empty_one():
    empty = tree.EMPTY_ROOT
    assert tree.consistency_ranges(0, 7) == []
    assert tree.is_consistent(first=0, second=7, path=[], first_root=empty, second_root=root(7))
    assert not tree.is_consistent(
        first=0, second=7, path=[], first_root=root(1), second_root=root(7)
    )
    assert not tree.is_consistent(
        first=0, second=7, path=[empty], first_root=empty, second_root=root(7)
    )


def test_hashes_of_another_length_are_refused():
    assert not tree.is_included(LEAVES[0], index=0, size=2, path=[b"short"], root=root(2))
    assert not tree.is_consistent(
        first=1, second=2, path=[b"short"], first_root=root(1), second_root=root(2)
    )


@pytest.mark.parametrize(("first", "second"), [(4, 4), (4, 8), (3, 7)])
def test_a_consistency_proof_has_its_own_length(first, second):
    path = consistency(first, second)
    roots = {"first_root": root(first), "second_root": root(second)}
    for wrong in ([*path, LEAVES[0]], path[:-1]):
        if wrong != path:
            assert not tree.is_consistent(first=first, second=second, path=wrong, **roots)


def flipped(value, bit):
    return (int.from_bytes(value) ^ (1 << bit)).to_bytes(len(value))
