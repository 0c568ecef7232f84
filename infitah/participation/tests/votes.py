"""Made-up votes: by chance, and of people who are of three minds (programme.md 7.2)."""

import numpy as np

from infitah.participation.rules import Ballots


def _ballots(votes: np.ndarray, voted: np.ndarray) -> Ballots:
    rows, columns = np.nonzero(voted)
    names = [f"S{place:04}" for place in range(votes.shape[1])]
    return Ballots(
        rows.tolist(), [names[place] for place in columns.tolist()], votes[rows, columns].tolist()
    )


def of_chance(people: int, statements: int, *, seed: int, density: float = 1.0) -> Ballots:
    """Return votes that nobody meant: agree, pass and disagree equally often."""
    chance = np.random.default_rng(seed)
    votes = chance.integers(-1, 2, (people, statements))
    return _ballots(votes, chance.random((people, statements)) < density)


def labels_of(people: int, seed: int) -> np.ndarray:
    """Return to which of the three minds each person of `planted` belongs."""
    return np.random.default_rng([seed, 1]).integers(0, 3, people)


def planted(
    people: int, statements: int, *, noise: float, seed: int, density: float = 1.0
) -> Ballots:
    """Return votes of three minds; `noise` is the share of votes replaced at random."""
    chance = np.random.default_rng(seed)
    minds = chance.choice([-1, 1], (3, statements))
    votes = minds[labels_of(people, seed)]
    replaced = chance.random(votes.shape) < noise
    votes = np.where(replaced, chance.integers(-1, 2, votes.shape), votes)
    return _ballots(votes, chance.random(votes.shape) < density)


def sides(many: int, few: int, *, statements: int) -> Ballots:
    """Return votes of two sides that agree on nothing, one of them small."""
    votes = np.ones((many + few, statements), dtype=np.int64)
    votes[many:] = -1
    return _ballots(votes, np.ones(votes.shape, dtype=bool))
