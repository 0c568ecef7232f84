"""The page of a consultation with 100,000 votes and 5,000 ideas beside that with 100 of each."""

import shutil
import statistics
import tempfile
from pathlib import Path

from bench.figure import Figure, at_most, stated
from bench.idea_list import ask, reader_of
from bench.site import environment, manage, prepare

SMALL = {"ideas": 100, "votes": 100, "people": 20}
LARGE = {"ideas": 5_000, "votes": 100_000, "people": 2_000}
ROUNDS = 9
MOST_QUERIES = 8
MOST_RATIO = 1.3
PAGE = "/ar/consultations/next-programme/"


def run() -> list[Figure]:
    """Return the figures, measured in one process a home, over two homes that alternate."""
    with tempfile.TemporaryDirectory(prefix="infitah-bench-") as folder:
        homes = [Path(folder) / name for name in ("small", "large")]
        homes[0].mkdir()
        prepare(environment(homes[0], workers=1))
        shutil.copytree(homes[0], homes[1])
        environments = [environment(home, workers=1) for home in homes]
        for env, mass in zip(environments, (SMALL, LARGE), strict=True):
            options = [word for name, count in mass.items() for word in (f"--{name}", str(count))]
            manage(env, "seed", "scale", *options)
        readers = [reader_of(env) for env in environments]
        try:
            seen = [[ask(reader, PAGE) for reader in readers] for _ in range(ROUNDS)]
        finally:
            for reader in readers:
                reader.stdin.close()  # type: ignore[union-attr]
                reader.wait()
    return _figures(seen)


def _figures(seen: list[list[dict[str, float]]]) -> list[Figure]:
    small, large = (statistics.median(row[place]["ms"] for row in seen) for place in (0, 1))
    queries = {int(one["queries"]) for row in seen for one in row}
    ratios = sorted(row[1]["ms"] / row[0]["ms"] for row in seen)
    span = f"{ratios[0]:.2f} to {ratios[-1]:.2f} in {ROUNDS} rounds"
    return [
        stated("the page with 100 ideas and 100 votes", small, "ms"),
        stated("the page with 5,000 ideas and 100,000 votes", large, "ms"),
        at_most("large / small, time", statistics.median(ratios), "x", MOST_RATIO, span),
        at_most("queries of the page", max(queries), "", MOST_QUERIES, f"{sorted(queries)}"),
    ]
