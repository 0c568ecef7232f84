"""Groups of opinion and themes: time, sameness of bytes, false groups, groups that are found."""

import csv
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.figure import Figure, at_least, at_most, stated

RUNS = 200
SIZES = (20, 600)
NOISY = 0.4
PEOPLE_SURE = (80, 120, 200)
TIMED = ((1_000, 150, 1.0, 0.5), (5_000, 200, 1.0, 1.5), (20_000, 300, 0.1, 8.0))
"""People, statements, share of votes given, seconds (programme.md 12, figure 5)."""
IDEAS = 5_000
LABELLED = Path(__file__).parent.parent / "infitah/participation/tests/data/themes.csv"
CHILD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def best_of(times: int, act: Callable[[], object]) -> tuple[float, float]:
    """Return the least seconds of one core that some runs took, and the least by the clock.

    One thread computes: on a machine that does nothing else the two are the same.
    """
    found = []
    for _ in range(times):
        began = time.process_time(), time.perf_counter()
        act()
        found.append((time.process_time() - began[0], time.perf_counter() - began[1]))
    return min(one[0] for one in found), min(one[1] for one in found)


def speed() -> dict[str, Any]:
    """Return seconds and hashes of the timed sizes, the gate included."""
    from infitah.participation.rules import OpinionParameters, sha256_of
    from infitah.participation.rules.opinion import grouped
    from infitah.participation.tests.votes import planted

    found: dict[str, Any] = {}
    for people, statements, density, _limit in TIMED:
        ballots = planted(people, statements, noise=0.15, seed=5, density=density)
        contents: set[str] = set()

        def act(votes: Any = ballots, seen: set[str] = contents) -> None:
            seen.add(sha256_of(grouped(votes, OpinionParameters(), 7).canonical()))

        found[f"{people}"] = best_of(3, act)
        found[f"{people} hashes"] = sorted(contents)
    return found


def false_groups() -> dict[str, Any]:
    """Return how many of RUNS votes by chance show groups, all votes given and four in ten."""
    import numpy as np

    from infitah.participation.rules import OpinionParameters
    from infitah.participation.rules.opinion import grouped
    from infitah.participation.tests.votes import of_chance

    found: dict[str, Any] = {}
    for density in (1.0, 0.4):
        chance = np.random.default_rng(int(density * 10))
        shown = open_gate = 0
        for seed in range(RUNS):
            people, statements = int(chance.integers(*SIZES)), int(chance.integers(15, 60))
            ballots = of_chance(people, statements, seed=seed, density=density)
            result = grouped(ballots, OpinionParameters(), seed)
            shown += result.is_publishable
            open_gate += result.test is not None and result.test.p <= 0.05
        found[f"{density:g}"] = shown
        found[f"{density:g} gate"] = open_gate
    return found


def found_groups() -> dict[str, Any]:
    """Return how often three planted groups are shown, and how well they are met (ARI)."""
    from infitah.participation.rules import OpinionParameters
    from infitah.participation.rules.opinion import grouped
    from infitah.participation.tests.votes import planted

    shown, tried = 0, 0
    for people in PEOPLE_SURE:
        for seed in range(40):
            ballots = planted(people, 40, noise=NOISY, seed=seed)
            shown += grouped(ballots, OpinionParameters(), seed).is_publishable
            tried += 1
    return {"shown": shown, "tried": tried, "met": likeness()}


def likeness() -> float:
    """Return the mean ARI of the groups found and those planted, at 15 % noise, 80 people up."""
    import numpy as np

    from infitah.participation.rules import OpinionParameters
    from infitah.participation.rules import opinion as computing
    from infitah.participation.rules.partition import agreement
    from infitah.participation.tests.votes import labels_of, planted

    parameters, values = OpinionParameters(), []
    for people in PEOPLE_SURE:
        for seed in range(20):
            ballots = planted(people, 40, noise=0.15, seed=seed)
            values.append(
                agreement(labels_of(people, seed), computing.labels(ballots, parameters, seed))
            )
    return float(np.mean(values))


def themes() -> dict[str, Any]:
    """Return seconds and megabytes to propose themes for IDEAS ideas, by letters and by meaning."""
    import numpy as np

    from bench.similar import sentences
    from infitah.participation import rules
    from infitah.participation.rules.themes import proposed_themes

    texts = rules.sorted_texts(
        [
            rules.ThemeText(f"I-{place:05}", "axis", "ar", text)
            for place, text in enumerate(sentences()[:IDEAS])
        ]
    )
    vectors = np.random.default_rng(3).normal(size=(IDEAS, 512)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = best_of(1, lambda: proposed_themes(texts, None, rules.ThemeParameters()))
    joined = best_of(1, lambda: proposed_themes(texts, vectors, rules.ThemeParameters()))
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return {"letters": seconds, "meaning": joined, "mb": more / 1024}


def labelled() -> dict[str, Any]:
    """Return how the themes proposed for our labelled ideas agree with the labels (ARI)."""
    import numpy as np

    from infitah.participation import rules
    from infitah.participation.rules.partition import agreement
    from infitah.participation.rules.themes import proposed_themes
    from infitah.searchindex import encoder

    with LABELLED.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    texts = [
        rules.ThemeText(f"I-{place:04}", "axis", row["language"], row["statement"])
        for place, row in enumerate(rows)
    ]
    truth = np.unique([row["theme"] for row in rows], return_inverse=True)[1]
    encoder.permit()
    found: dict[str, Any] = {"ideas": len(texts)}
    for name, vectors in (
        ("meaning", encoder.encode([one.text for one in texts])),
        ("letters", None),
    ):
        labels = np.arange(len(texts)) + len(texts)  # who is in no theme is alone
        for number, theme in enumerate(proposed_themes(texts, vectors, rules.ThemeParameters())):
            labels[[int(key[2:]) for key in theme.members]] = number
        found[name] = agreement(truth, labels)
        found[f"{name} placed"] = float((labels < len(texts)).mean() * 100)
    return found


PARTS: dict[str, Callable[[], dict[str, Any]]] = {
    "speed": speed,
    "false": false_groups,
    "found": found_groups,
    "themes": themes,
    "labelled": labelled,
}


def measured(part: str) -> dict[str, Any]:
    """Return the figures of a part, measured in a fresh process with one thread of its own."""
    command = [sys.executable, "-m", "bench.clustering", part]
    env = {**os.environ, **CHILD}
    done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _speed_figures() -> list[Figure]:
    once, again = measured("speed"), measured("speed")
    figures = []
    for people, statements, _density, limit in TIMED:
        name = f"groups of {people:,} people x {statements} statements"
        core, clock = min(once[f"{people}"], again[f"{people}"])
        note = f"gate and stability included; {clock:.2f} s by the clock"
        figures.append(at_most(name, core, "s of one core", limit, note))
        hashes = [*once[f"{people} hashes"], *again[f"{people} hashes"]]
        figures.append(at_most(f"{name}, different bytes", len(set(hashes)), "results", 1))
    return figures


def run() -> list[Figure]:
    """Return time, bytes, false groups, groups found, and the time of themes."""
    figures = _speed_figures()
    false, found, texts = measured("false"), measured("found"), measured("themes")
    for density in ("1", "0.4"):
        note = f"{RUNS} votes by chance, {SIZES[0]} to {SIZES[1]} people, {density} of votes given"
        shown = false[density] / RUNS * 100
        figures.append(at_most(f"false groups, {density}", shown, "%", 5, note))
        by_p = false[f"{density} gate"] / RUNS * 100
        figures.append(stated(f"of these p <= 0.05, {density}", by_p, "%", "before stability"))
    share = found["shown"] / found["tried"] * 100
    figures.append(at_least("groups found at 40 % noise, 80 people up", share, "%", 95))
    figures.append(at_least("mean ARI at 15 % noise, 80 people up", found["met"], "", 0.95))
    for name in ("letters", "meaning"):
        core, clock = texts[name]
        made = "vectors made beforehand; " if name == "meaning" else ""
        note = f"{made}{clock:.2f} s by the clock"
        figures.append(
            at_most(f"themes of {IDEAS:,} ideas by {name}", core, "s of one core", 60, note)
        )
    figures.append(stated("memory of themes", texts["mb"], "MB"))
    return [*figures, *_labelled_figures()]


def _labelled_figures() -> list[Figure]:
    found = measured("labelled")
    note = f"{found['ideas']} ideas of our own in three languages; thresholds chosen on them"
    return [
        at_least("themes agree with labels, meaning (ARI)", found["meaning"], "", 0.6, note),
        stated("ideas placed by meaning", found["meaning placed"], "%"),
        stated("themes agree with labels, letters alone (ARI)", found["letters"], ""),
        stated("ideas placed by letters alone", found["letters placed"], "%"),
    ]


if __name__ == "__main__":
    print(json.dumps(PARTS[sys.argv[1]]()))
