"""Parting points of a plane into groups: k-means with seeded restarts, and how good it is.

Pure numpy: points in, labels out; the same points and the same generator give the same labels.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Labels = NDArray[np.int64]

ROUNDS = 60
"""Rounds after which a parting counts as settled."""


@dataclass(frozen=True, slots=True)
class Parting:
    """Points parted into groups: a label a point, a centre a group, and how far they lie apart."""

    labels: Labels
    centres: Points
    spread: float

    @property
    def sizes(self) -> list[int]:
        """How many points each group has, in the order of the centres."""
        return np.bincount(self.labels, minlength=len(self.centres)).tolist()  # type: ignore[no-any-return]


def nearest(points: Points, centres: Points) -> Labels:
    """Return the nearest centre of each point; of two equally near ones the first."""
    return np.argmin(_squares(points, centres), axis=1)


def _squares(points: Points, centres: Points) -> Points:
    squares: Points = np.square(points[:, :1] - centres[:, 0]) + np.square(
        points[:, 1:] - centres[:, 1]
    )
    return squares


def _first_centres(points: Points, count: int, chance: np.random.Generator) -> Points:
    """Choose centres far from each other (k-means++)."""
    chosen = [points[chance.integers(len(points))]]
    for _ in range(count - 1):
        far = _squares(points, np.array(chosen)).min(axis=1)
        total = far.sum()
        if total <= 0:  # fewer different points than groups
            chosen.append(points[chance.integers(len(points))])
            continue
        place = np.searchsorted(np.cumsum(far), chance.random() * total)
        chosen.append(points[min(int(place), len(points) - 1)])
    return np.array(chosen)


def _settle(points: Points, centres: Points) -> Parting:
    labels = nearest(points, centres)
    for _ in range(ROUNDS):
        counts = np.bincount(labels, minlength=len(centres))
        sums = [np.bincount(labels, points[:, axis], len(centres)) for axis in (0, 1)]
        held = counts > 0
        centres = centres.copy()
        centres[held] = np.column_stack(sums)[held] / counts[held, None]
        again = nearest(points, centres)
        if np.array_equal(again, labels):
            break
        labels = again
    spread = float(np.square(points - centres[labels]).sum())
    return Parting(labels, centres, spread)


def parted(points: Points, count: int, chance: np.random.Generator, restarts: int) -> Parting:
    """Return the best of `restarts` partings of points of a plane into `count` groups."""
    best = _settle(points, _first_centres(points, count, chance))
    for _ in range(restarts - 1):
        other = _settle(points, _first_centres(points, count, chance))
        if other.spread < best.spread:
            best = other
    return best


def by_size(parting: Parting) -> Parting:
    """Return the same groups, the largest first; of equal ones that with the smaller centre."""
    keys = [(-size, *centre) for size, centre in zip(parting.sizes, parting.centres, strict=True)]
    order = sorted(range(len(keys)), key=lambda place: keys[place])
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(len(order))
    return Parting(places[parting.labels], parting.centres[order], parting.spread)


def distances_of(points: Points) -> Points:
    """Return how far each point lies from each other; quadratic: the caller gives a sample."""
    return np.sqrt(_squares(points, points))


def silhouette(distances: Points, labels: Labels) -> float:
    """Return the mean silhouette of a parting, -1 to 1: how much nearer one's own group is.

    0 where only one group has any point.
    """
    groups = np.unique(labels)
    if len(groups) < 2:
        return 0.0
    member = (labels[:, None] == groups).astype(np.float64)
    sizes = member.sum(axis=0)
    totals = distances @ member
    own = member.astype(bool)
    alone = sizes[np.argmax(own, axis=1)] <= 1
    inner = totals[own] / np.maximum(sizes[np.argmax(own, axis=1)] - 1, 1)
    outer = np.where(own, np.inf, totals / sizes).min(axis=1)
    widest = np.maximum(inner, outer)
    values = np.where(
        alone | (widest == 0), 0.0, (outer - inner) / np.where(widest == 0, 1, widest)
    )
    return float(values.mean())


def agreement(one: Labels, other: Labels) -> float:
    """Return the adjusted Rand index of two partings: 1 the same, about 0 as by chance."""
    table = np.zeros((int(one.max()) + 1, int(other.max()) + 1))
    np.add.at(table, (one, other), 1)
    pairs = _pairs(table).sum()
    rows, columns = _pairs(table.sum(axis=1)).sum(), _pairs(table.sum(axis=0)).sum()
    expected = rows * columns / max(float(_pairs(np.array(len(one)))), 1.0)
    most = (rows + columns) / 2
    return 1.0 if most == expected else float((pairs - expected) / (most - expected))


def _pairs(counts: Points) -> Points:
    return counts * (counts - 1) / 2
