"""The gate before groups of opinion: is there more order in the votes than chance would give?

k-means finds groups even in noise, and its silhouette cannot tell (programme.md 7.3). The test
deals the votes of each statement anew among those who voted on it and asks how often the first
two axes then explain as much as they do in the votes themselves. Pure numpy.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

WORK = 400_000_000
"""Products that one permutation may cost; beyond it the test takes a sample of the people."""
DEALT = 400_000
"""Votes that one permutation may deal; the same holds."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What the permutation test found; shares are of the variance, 0 to 1."""

    p: float
    share: float
    share_by_chance: float
    people: int
    permutations: int


def centred(votes: Matrix, voted: NDArray[np.bool_]) -> Matrix:
    """Return the votes less the mean of their statement; what is missing is the mean: 0."""
    counts = np.maximum(voted.sum(axis=0), 1)
    means = votes.sum(axis=0) / counts
    return np.where(voted, votes - means, 0).astype(np.float32)


def gram(matrix: Matrix) -> NDArray[np.float64]:
    """Return the products of the shorter side of a matrix: their eigenvalues are its variance."""
    rows, columns = matrix.shape
    products = matrix.T @ matrix if columns <= rows else matrix @ matrix.T
    return products.astype(np.float64)


def share_of_two(matrix: Matrix) -> float:
    """Return which share of the variance the first two axes explain."""
    products = gram(matrix)
    total = float(np.trace(products))
    if total <= 0:
        return 0.0
    values = np.linalg.eigvalsh(products)
    return float(values[-2:].sum() / total)


def sample_size(people: int, statements: int, votes: int) -> int:
    """Return how many people the test looks at: all, or as many as WORK and DEALT allow."""
    if votes > DEALT:
        people = min(people, people * DEALT // votes)
    side = min(people, statements)
    if side * side * max(people, statements) <= WORK:
        return people
    if statements * statements * statements <= WORK:
        return min(people, WORK // (statements * statements))
    return min(people, int((WORK / statements) ** 0.5))


class Dealing:
    """Deals the votes of each statement anew among its voters.

    Each statement has its voters in a random order of its own; dealing turns its votes along that
    order by a random number of places. The turns form a group, so that the test is exact
    (Hemerik and Goeman 2018), and a turn costs a tenth of a shuffle.
    """

    def __init__(
        self, matrix: Matrix, voted: NDArray[np.bool_], chance: np.random.Generator
    ) -> None:
        rows, columns = np.nonzero(voted.T)[::-1]
        order = np.lexsort((chance.random(len(rows)), columns))
        rows, columns = rows[order], columns[order]
        self.places = rows * matrix.shape[1] + columns
        self.counts = np.bincount(columns, minlength=matrix.shape[1])
        starts = np.repeat(np.cumsum(self.counts) - self.counts, self.counts)
        ranks = np.arange(len(rows)) - starts
        # The votes of a statement stand twice in a row, so that a turn is a plain step forward.
        self.twice = np.empty(2 * len(rows), dtype=np.float32)
        self.first = 2 * starts + ranks
        votes = matrix.ravel()[self.places]
        self.twice[self.first] = votes
        self.twice[self.first + np.repeat(self.counts, self.counts)] = votes
        self.chance, self.shape = chance, matrix.shape

    def deal(self) -> Matrix:
        """Return the votes dealt anew."""
        turns = np.repeat(self.chance.integers(0, np.maximum(self.counts, 1)), self.counts)
        dealt = np.zeros(self.shape[0] * self.shape[1], dtype=np.float32)
        dealt[self.places] = self.twice[self.first + turns]
        return dealt.reshape(self.shape)


def permutation_test(
    votes: Matrix, voted: NDArray[np.bool_], *, permutations: int, chance: np.random.Generator
) -> Gate:
    """Return how likely so much order is by chance: p = (1 + dealings as ordered) / (1 + all)."""
    people, statements = votes.shape
    size = sample_size(people, statements, int(voted.sum()))
    if size < people:
        chosen = np.sort(chance.choice(people, size, replace=False))
        votes, voted = votes[chosen], voted[chosen]
    matrix = centred(votes, voted)
    share = share_of_two(matrix)
    dealing = Dealing(matrix, voted, chance)
    by_chance = np.array([share_of_two(dealing.deal()) for _ in range(permutations)])
    as_ordered = int((by_chance >= share - 1e-9).sum())
    p = (1 + as_ordered) / (1 + permutations)
    return Gate(p, share, float(by_chance.mean()), size, permutations)
