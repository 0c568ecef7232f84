"""Average linkage: texts joined two by two, the closest first, without a number of groups given.

The chain of nearest neighbours does it in n² steps on one matrix. Pure numpy, no chance in it.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Distances = NDArray[np.float32]


class Join(NamedTuple):
    """Two groups joined at a distance; each is named by its first member, `size` is of both."""

    distance: float
    first: int
    second: int
    size: int


def average_linkage(distances: Distances) -> list[Join]:
    """Return all joins of a symmetric matrix of distances, which is used up.

    Of equally near neighbours the one given first is taken, so the joins are always the same.
    """
    count = len(distances)
    np.fill_diagonal(distances, np.inf)
    sizes = np.ones(count, dtype=np.int64)
    alive = np.ones(count, dtype=bool)
    joins: list[Join] = []
    chain: list[int] = []
    while len(joins) < count - 1:
        if not chain:
            chain.append(int(np.argmax(alive)))
        one, other = _mutual_nearest(distances, chain)
        first, second = min(one, other), max(one, other)
        distance = float(distances[first, second])
        _join(distances, sizes, first, second)
        alive[second] = False
        joins.append(Join(distance, first, second, int(sizes[first])))
    return joins


def _mutual_nearest(distances: Distances, chain: list[int]) -> tuple[int, int]:
    """Follow the chain to two groups that are nearest to each other; take them off it."""
    while True:
        last = distances[chain[-1]]
        nearest = int(np.argmin(last))
        if len(chain) > 1 and last[chain[-2]] <= last[nearest]:
            return chain.pop(), chain.pop()
        chain.append(nearest)


def _join(distances: Distances, sizes: NDArray[np.int64], first: int, second: int) -> None:
    both = sizes[first] + sizes[second]
    joined = (sizes[first] * distances[first] + sizes[second] * distances[second]) / both
    distances[first], distances[:, first] = joined, joined
    distances[first, first] = np.inf
    distances[second], distances[:, second] = np.inf, np.inf
    sizes[first] = both


def groups_within(joins: Sequence[Join], count: int, *, distance: float, most: int) -> list[int]:
    """Return a group for each member: joined within `distance`, and of `most` members at most.

    A group is named by its first member.
    """
    parents = list(range(count))

    def root(member: int) -> int:
        while parents[member] != member:
            parents[member] = parents[parents[member]]
            member = parents[member]
        return member

    for join in joins:
        if join.distance <= distance and join.size <= most:
            one, other = sorted((root(join.first), root(join.second)))
            parents[other] = one
    return [root(member) for member in range(count)]
