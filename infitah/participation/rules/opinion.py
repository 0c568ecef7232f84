"""Groups of opinion: people who vote alike, found in votes of agree, pass and disagree.

Votes are centred by statement, drawn on their first two axes and parted by k-means; the number of
groups is that of the best silhouette. Groups count only behind the gate (programme.md 7.3), and
who belongs to which is known to nobody: only counts leave this module. Same votes, parameters and
seed give the same result, in whatever order the votes come. Pure numpy.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from infitah.participation.rules.clustering import (
    Ballots,
    OpinionParameters,
    WhyNot,
    canonical_json,
)
from infitah.participation.rules.opinion_gate import Gate, centred, gram, permutation_test
from infitah.participation.rules.partition import (
    Labels,
    Parting,
    Points,
    agreement,
    by_size,
    distances_of,
    nearest,
    parted,
    silhouette,
)

METHOD: Final = "opinion-1"
"""Name of this method; a change of its results is a new name."""
AGREE, PASS, DISAGREE = 1, 0, -1
LEAST_STATEMENTS: Final = 4
SILHOUETTE_SAMPLE: Final = 800
BOOTSTRAP_SAMPLE: Final = 2_000


@dataclass(frozen=True, slots=True)
class StatementCounts:
    """How each group voted on a statement: agree, disagree, pass, in the order of the groups."""

    statement: str
    axes: tuple[float, float]
    groups: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class OpinionResult:
    """What a computation found; without groups where the gate is shut (`why_not` says why)."""

    people: int
    statements: int
    votes: int
    why_not: str
    test: Gate | None = None
    stability: float | None = None
    silhouettes: tuple[tuple[int, float], ...] = ()
    sizes: tuple[int, ...] = ()
    centres: tuple[tuple[float, float], ...] = ()
    counts: tuple[StatementCounts, ...] = ()

    @property
    def is_publishable(self) -> bool:
        """Whether the groups passed the gate."""
        return not self.why_not

    def as_json(self) -> dict[str, object]:
        """Return the result as it is stored and published; floats have four decimals."""
        test = self.test
        return {
            "method": METHOD,
            "numpy": np.__version__,
            "people": self.people,
            "statements": self.statements,
            "votes": self.votes,
            "is_publishable": self.is_publishable,
            "why_not": self.why_not,
            "test": None if test is None else _rounded(asdict(test)),
            "stability": None if self.stability is None else round(self.stability, 4),
            "silhouettes": {str(count): round(value, 4) for count, value in self.silhouettes},
            "groups": [
                {"letter": letter_of(place), "people": size, "centre": _pair(centre)}
                for place, (size, centre) in enumerate(zip(self.sizes, self.centres, strict=True))
            ],
            "votes_by_group": [
                {
                    "statement": one.statement,
                    "axes": _pair(one.axes),
                    "groups": [list(counts) for counts in one.groups],
                }
                for one in self.counts
            ],
        }

    def canonical(self) -> bytes:
        """Return the bytes of the result: sorted keys, no spaces, UTF-8."""
        return canonical_json(self.as_json())


def letter_of(place: int) -> str:
    """Return the letter of a group: A is the largest."""
    return "ABCDEFGH"[place]


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in values.items()}


def _pair(values: tuple[float, float]) -> list[float]:
    return [round(values[0], 4) + 0.0, round(values[1], 4) + 0.0]  # no minus before a zero


@dataclass(frozen=True, slots=True)
class _Table:
    """The votes as a matrix, people in rows; `votes` is 0 where `voted` is false."""

    names: list[str]
    votes: NDArray[np.float32]
    voted: NDArray[np.bool_]

    def of_people(self, kept: NDArray[np.bool_]) -> "_Table":
        return _Table(self.names, self.votes[kept], self.voted[kept])

    def of_statements(self, kept: NDArray[np.bool_]) -> "_Table":
        names = [name for name, keep in zip(self.names, kept, strict=True) if keep]
        return _Table(names, self.votes[:, kept], self.voted[:, kept])


def _table(ballots: Ballots) -> _Table:
    keys, rows = np.unique(np.asarray(ballots.people, dtype=np.int64), return_inverse=True)
    names = sorted(set(ballots.statements))
    place = {name: number for number, name in enumerate(names)}
    columns = np.fromiter((place[name] for name in ballots.statements), np.int64, len(rows))
    votes = np.zeros((len(keys), len(names)), dtype=np.float32)
    voted = np.zeros((len(keys), len(names)), dtype=bool)
    votes[rows, columns] = np.asarray(ballots.choices, dtype=np.float32)
    voted[rows, columns] = True
    return _Table(names, votes, voted)


def _with_enough(table: _Table, parameters: OpinionParameters) -> _Table:
    """Leave out statements with too few votes, then people with too few."""
    counts = table.voted.sum(axis=0)
    kept = counts >= parameters.least_votes_on_statement
    if kept.sum() > parameters.most_statements:
        order = np.lexsort((np.arange(len(counts)), -counts))
        kept = np.zeros(len(counts), dtype=bool)
        kept[order[: parameters.most_statements]] = True
    table = table.of_statements(kept)
    least = min(parameters.least_votes_of_person, max(len(table.names), 1))
    return table.of_people(table.voted.sum(axis=1) >= least)


def axes_of(matrix: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the first two axes of centred votes, one row a statement, of length 1.

    The statement that weighs most on an axis is on its positive side.
    """
    _values, vectors = np.linalg.eigh(gram(matrix))
    axes = vectors[:, -2:][:, ::-1]
    if matrix.shape[1] > matrix.shape[0]:
        axes = matrix.T.astype(np.float64) @ axes
    axes = axes / np.maximum(np.linalg.norm(axes, axis=0), 1e-12)
    heaviest = np.argmax(np.abs(axes).round(9), axis=0)
    signs = np.where(axes[heaviest, [0, 1]] < 0, -1.0, 1.0)
    return axes * signs


def _drawn(matrix: NDArray[np.float32], voted: NDArray[np.bool_], axes: Points) -> Points:
    """Place people on the axes; who voted on few statements is drawn out from the middle."""
    share = voted.shape[1] / np.maximum(voted.sum(axis=1), 1)
    return (matrix @ axes.astype(np.float32)).astype(np.float64) * np.sqrt(share)[:, None]


def _best_parting(
    points: Points, parameters: OpinionParameters, seed: int
) -> tuple[Parting | None, tuple[tuple[int, float], ...]]:
    """Return the parting of the best silhouette whose groups are all large enough, if any."""
    chance = np.random.default_rng([seed, 2])
    size = min(len(points), SILHOUETTE_SAMPLE)
    sample = np.sort(chance.choice(len(points), size, replace=False))
    distances = distances_of(points[sample])
    best, found, values = -2.0, None, []
    for count in range(2, parameters.most_groups + 1):
        parting = parted(points, count, chance, parameters.restarts)
        value = silhouette(distances, parting.labels[sample])
        values.append((count, value))
        if min(parting.sizes) >= parameters.least_in_group and round(value, 9) > best:
            best, found = round(value, 9), parting
    return (None if found is None else by_size(found)), tuple(values)


def _stability(table: _Table, parting: Parting, parameters: OpinionParameters, seed: int) -> float:
    """Return how alike the groups are when people are drawn again with replacement: mean ARI."""
    chance = np.random.default_rng([seed, 3])
    people, size = len(table.votes), min(len(table.votes), BOOTSTRAP_SAMPLE)
    judged = np.sort(chance.choice(people, size, replace=False))
    found = []
    for _ in range(parameters.bootstraps):
        drawn = chance.integers(0, people, size)
        votes, voted = table.votes[drawn], table.voted[drawn]
        matrix = centred(votes, voted)
        axes = axes_of(matrix)
        again = parted(_drawn(matrix, voted, axes), len(parting.centres), chance, 2)
        means = votes.sum(axis=0) / np.maximum(voted.sum(axis=0), 1)
        shifted = np.where(table.voted[judged], table.votes[judged] - means, 0).astype(np.float32)
        labels = nearest(_drawn(shifted, table.voted[judged], axes), again.centres)
        found.append(agreement(parting.labels[judged], labels))
    return float(np.mean(found))


def _counts(table: _Table, axes: Points, labels: Labels, groups: int) -> list[StatementCounts]:
    by_choice = []
    for choice in (AGREE, DISAGREE, PASS):
        chosen = table.voted & (table.votes == choice)
        by_choice.append([chosen[labels == group].sum(axis=0) for group in range(groups)])
    return [
        StatementCounts(
            statement=name,
            axes=(float(axes[place, 0]), float(axes[place, 1])),
            groups=tuple(
                (int(agree[place]), int(disagree[place]), int(passed[place]))
                for agree, disagree, passed in zip(*by_choice, strict=True)
            ),
        )
        for place, name in enumerate(table.names)
    ]


def grouped(ballots: Ballots, parameters: OpinionParameters, seed: int) -> OpinionResult:
    """Return the groups of opinion in these votes, or why there are none to show.

    One vote a person and statement. Who votes on few statements, and statements with few votes,
    are left out. The gate: enough people, more order than chance gives, groups that are large
    enough and come again when people are drawn again.
    """
    votes = len(ballots.choices)
    table = _with_enough(_table(ballots), parameters)
    people, statements = table.votes.shape
    if people < parameters.least_people:
        return OpinionResult(people, statements, votes, WhyNot.FEW_PEOPLE)
    if statements < LEAST_STATEMENTS:
        return OpinionResult(people, statements, votes, WhyNot.FEW_STATEMENTS)
    test = permutation_test(
        table.votes,
        table.voted,
        permutations=parameters.permutations,
        chance=np.random.default_rng([seed, 1]),
    )
    if test.p * 100 > parameters.most_p + 1e-9:
        return OpinionResult(people, statements, votes, WhyNot.NO_ORDER, test)
    return _groups_of(table, parameters, seed, votes, test)


def labels(ballots: Ballots, parameters: OpinionParameters, seed: int) -> Labels:
    """Return the group of each person as `grouped` parts them, gate or not: for benchmarks alone.

    No app calls it and nothing stores what it returns. Raises ValueError where there is no
    parting into groups that are large enough.
    """
    table = _with_enough(_table(ballots), parameters)
    matrix = centred(table.votes, table.voted)
    points = _drawn(matrix, table.voted, axes_of(matrix))
    parting, _silhouettes = _best_parting(points, parameters, seed)
    if parting is None:
        raise ValueError("every parting leaves a group too small")
    return parting.labels


def _groups_of(
    table: _Table, parameters: OpinionParameters, seed: int, votes: int, test: Gate
) -> OpinionResult:
    people, statements = table.votes.shape
    matrix = centred(table.votes, table.voted)
    axes = axes_of(matrix)
    parting, silhouettes = _best_parting(_drawn(matrix, table.voted, axes), parameters, seed)
    if parting is None:
        return OpinionResult(
            people, statements, votes, WhyNot.SMALL_GROUPS, test, None, silhouettes
        )
    stability = _stability(table, parting, parameters, seed)
    if stability * 100 < parameters.least_stability:
        return OpinionResult(
            people, statements, votes, WhyNot.UNSTABLE, test, stability, silhouettes
        )
    return OpinionResult(
        people=people,
        statements=statements,
        votes=votes,
        why_not="",
        test=test,
        stability=stability,
        silhouettes=silhouettes,
        sizes=tuple(parting.sizes),
        centres=tuple((float(x), float(y)) for x, y in parting.centres),
        counts=tuple(_counts(table, axes, parting.labels, len(parting.centres))),
    )
