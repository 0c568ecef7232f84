"""The public log of answers at 1,000 and at 100,000: the same queries, nearly the same time.

Answers are written in bulk as the acts would leave them, each with a text of an invented council
in the index; two homes are read in turns by processes of their own, as who has no account.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench.figure import Figure, at_least, at_most, stated
from bench.idea_list import ask
from bench.index_rows import in_batches, rows_of_index
from bench.site import ROOT, environment, prepare

SMALL, LARGE = 1_000, 100_000
ROUNDS, TIMES = 5, 15
MOST_QUERIES = 14
MOST_RATIO = 1.3
LOG = "/ar/information/log/"
PAGES = (
    LOG,
    f"{LOG}?outcome=full",
    f"{LOG}?outcome=full&tag={quote('الطرق')}",
    f"{LOG}?before=SFR-2025-R-0500",
    f"{LOG}?q={quote('النقل المدرسي')}",
    f"{LOG}?q={quote('كلفة الإنارة العمومية')}&outcome=full",
    f"{LOG}SFR-2025-R-0300/",
    "/feeds/information-log.atom",
    "/ar/transparency/",
)


# --- In processes of their own -----------------------------------------------------


def fill(count: int) -> None:
    """Put `count` answers into the log of this process, and their texts into the index."""
    from infitah.community.models import Community
    from infitah.core import clock
    from infitah.publication.tests.factories import make_many
    from infitah.searchindex import operations

    make_many(Community.objects.get(key="SFR"), count)
    in_batches(rows_of_index(count, lambda place, _one: ("record", f"SFR-2025-R-{place + 1:04d}")))
    operations.renew_vocabulary(now=clock.now())


def read() -> None:
    """Answer each address on standard input with the processor's time of its page, its queries.

    Pages that may be kept are made anew each time: what is kept costs nothing.
    """
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    for line in sys.stdin:
        address = line.strip()
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        assert answer.status_code == 200, address
        count, busy = len(asked), []
        for _ in range(TIMES):
            used = time.process_time()
            client.get(address)
            busy.append((time.process_time() - used) * 1000)
        print(json.dumps({"ms": statistics.median(busy), "queries": count}), flush=True)


# --- The measure -------------------------------------------------------------------


@contextmanager
def _homes(folder: Path) -> "Iterator[list[subprocess.Popen[str]]]":
    """Give a reader of a log of SMALL answers and one of a log of LARGE ones."""
    readers = []
    for count in (SMALL, LARGE):
        home = folder / str(count)
        home.mkdir()
        env = environment(home, 1, INFITAH_MEANING="off")
        env["DJANGO_SETTINGS_MODULE"] = "infitah.config.settings"
        prepare(env)
        command = [sys.executable, "-m", "bench.disclosure_log"]
        subprocess.run([*command, "fill", str(count)], cwd=ROOT, env=env, check=True)
        readers.append(_reader([*command, "read"], env))
    try:
        yield readers
    finally:
        for reader in readers:
            reader.stdin.close()  # type: ignore[union-attr]
            reader.wait()


def _reader(command: list[str], env: dict[str, str]) -> "subprocess.Popen[str]":
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=env, text=True, stdin=pipe, stdout=pipe)


def figures_of(readers: "list[subprocess.Popen[str]]") -> list[Figure]:
    """Return how each page at LARGE compares with the same at SMALL, alternating."""
    times: dict[str, list[list[float]]] = {page: [[], []] for page in PAGES}
    counts: dict[str, list[float]] = {page: [0.0, 0.0] for page in PAGES}
    for _ in range(ROUNDS):
        for page in PAGES:
            for place, reader in enumerate(readers):
                seen = ask(reader, page)
                times[page][place].append(seen["ms"])
                counts[page][place] = seen["queries"]
    medians = {page: [statistics.median(each) for each in times[page]] for page in PAGES}
    ratios = {page: large / small for page, (small, large) in medians.items()}
    worst = max(PAGES, key=lambda page: ratios[page])
    small, large = (sum(each[place] for each in medians.values()) for place in (0, 1))
    every: list[Any] = [count for pair in counts.values() for count in pair]
    differ = sum(few != many for few, many in counts.values())
    return [
        stated(f"first page of the log at {SMALL}, processor", medians[LOG][0], "ms"),
        stated(f"first page of the log at {LARGE}, processor", medians[LOG][1], "ms"),
        at_most("first page, time", ratios[LOG], "x", MOST_RATIO),
        at_most("all pages, time", large / small, "x", MOST_RATIO),
        at_most("the worst page, time", ratios[worst], "x", MOST_RATIO, worst),
        at_least("queries of a page, at least", min(every), "", 1),
        at_most("queries of a page", max(every), "", MOST_QUERIES),
        at_most("pages whose queries differ", differ, "", 0),
    ]


def main(name: str, *arguments: str) -> None:
    """Do what a child of this benchmark was started for."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infitah.config.settings")
    django.setup()
    if name == "fill":
        fill(int(arguments[0]))
    else:
        read()


def run() -> list[Figure]:
    """Return every figure of this file."""
    folder = tempfile.TemporaryDirectory(prefix="infitah-bench-")
    with folder, _homes(Path(folder.name)) as readers:
        return figures_of(readers)


if __name__ == "__main__":
    main(*sys.argv[1:])
