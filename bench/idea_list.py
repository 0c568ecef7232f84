"""The list of ideas with 2,000 and with 100,000: the same queries, nearly the same time."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.figure import Figure, at_most, stated
from bench.site import ROOT, environment, manage, prepare

SMALL, LARGE = 2_000, 100_000
ROUNDS, PAGES = 7, 25
MOST_QUERIES = 8
MOST_RATIO = 1.3
PAGE = "/ar/consultations/next-programme/"


def run() -> list[Figure]:
    """Return the figures, measured in a process of its own over two homes that alternate."""
    with tempfile.TemporaryDirectory(prefix="infitah-bench-") as folder:
        homes = [Path(folder) / str(count) for count in (SMALL, LARGE)]
        homes[0].mkdir()
        prepare(environment(homes[0], workers=1))
        shutil.copytree(homes[0], homes[1])
        environments = [environment(home, workers=1) for home in homes]
        for env, count in zip(environments, (SMALL, LARGE), strict=True):
            manage(env, "seed", "scale", "--ideas", str(count))
        readers = [reader_of(env) for env in environments]
        try:
            return _compared(readers)
        finally:
            for reader in readers:
                reader.stdin.close()  # type: ignore[union-attr]
                reader.wait()


def reader_of(env: dict[str, str]) -> "subprocess.Popen[str]":
    """Return a process of its own that reads the pages of a home (`read`)."""
    command = [sys.executable, "-m", "bench.idea_list", "read"]
    return subprocess.Popen(
        command, cwd=ROOT, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def ask(reader: "subprocess.Popen[str]", address: str) -> dict[str, float]:
    """Return the median milliseconds of a page and its queries."""
    reader.stdin.write(f"{address}\n")  # type: ignore[union-attr]
    reader.stdin.flush()  # type: ignore[union-attr]
    answer: dict[str, float] = json.loads(reader.stdout.readline())  # type: ignore[union-attr]
    return answer


def _compared(readers: list["subprocess.Popen[str]"]) -> list[Figure]:
    times: list[list[float]] = [[], []]
    counts: list[set[int]] = [set(), set()]
    addresses = [PAGE, f"{PAGE}?axis=digital", f"{PAGE}?language=ar"]
    for _ in range(ROUNDS):
        for place, reader in enumerate(readers):
            for address in addresses:
                seen = ask(reader, address)
                times[place].append(seen["ms"])
                counts[place].add(int(seen["queries"]))
    small, large = statistics.median(times[0]), statistics.median(times[1])
    most = max(counts[0] | counts[1])
    note = f"{SMALL}: {sorted(counts[0])}, {LARGE}: {sorted(counts[1])}"
    return [
        stated(f"a page of the list at {SMALL} ideas", small, "ms"),
        stated(f"a page of the list at {LARGE} ideas", large, "ms"),
        at_most(f"{LARGE} / {SMALL} ideas, time", large / small, "x", MOST_RATIO),
        at_most("queries of a page", most, "", MOST_QUERIES, note),
        at_most("queries that differ", len(counts[0] ^ counts[1]), "", 0),
    ]


def read() -> None:
    """Answer each address on standard input with the median time of its page and its queries."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infitah.config.settings")
    django.setup()
    from django.db import connection
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    for line in sys.stdin:
        address = line.strip()
        client.get(address)
        asked: list[str] = []

        def count(execute: Any, sql: str, *rest: Any, seen: list[str] = asked) -> Any:
            seen.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(count):
            assert client.get(address).status_code == 200
        times = []
        for _ in range(PAGES):
            began = time.perf_counter()
            client.get(address)
            times.append((time.perf_counter() - began) * 1000)
        seen = {"ms": statistics.median(times), "queries": len(asked)}
        print(json.dumps(seen), flush=True)


if __name__ == "__main__" and sys.argv[1:2] == ["read"]:
    read()
