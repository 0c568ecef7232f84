"""Figures of access to information with 1,000 and with 100,000 requests: queries, time, memory.

Rows are written in bulk over all states and 40 months; each home is measured by a process of its
own. The counting is read cold (something happened since) and warm (kept until the next act).
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from bench.figure import Figure, at_most, stated
from bench.site import ROOT, environment, prepare

SMALL, LARGE = 1_000, 100_000
ROUNDS = 9
MOST_RATIO = 1.3
START, TODAY, YEAR = date(2023, 3, 1), date(2026, 6, 30), 2025
PAGE = f"/ar/information/figures/{YEAR}/"
LISTS = ("received", "answered", "silent", "published-5", "exception-e03", "complaint-head")
MOST_MEMORY = 40


def run() -> list[Figure]:
    """Return the figures, measured over two homes one after the other."""
    with tempfile.TemporaryDirectory(prefix="infitah-bench-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        env = environment(home, workers=1)
        prepare(env)
        small, large = (_measured(env, count) for count in (SMALL, LARGE))
    lists = max(LISTS, key=lambda code: large[code]["ms"] / small[code]["ms"])
    differing = sum(small[name]["queries"] != large[name]["queries"] for name in ("cold", *LISTS))
    return [
        stated(f"a year counted anew at {SMALL}", small["cold"]["ms"], "ms"),
        stated(f"a year counted anew at {LARGE}", large["cold"]["ms"], "ms"),
        stated(f"the kept page at {LARGE}", large["warm"]["ms"], "ms"),
        at_most("the kept page, time", large["warm"]["ms"] / small["warm"]["ms"], "x", MOST_RATIO),
        stated("the slowest list, time", large[lists]["ms"] / small[lists]["ms"], "x", lists),
        at_most("pages whose queries differ", differing, "", 0),
        at_most("queries of the page, cold", large["cold"]["queries"], "", 19),
        stated(f"the register of {LARGE} as CSV", large["export"]["ms"] / 1000, "s"),
        at_most("memory that it takes", large["export"]["mb"], "MB", MOST_MEMORY),
    ]


def _measured(env: dict[str, str], count: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.information_figures", str(count)]
    done = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def measure(count: int) -> None:
    """Fill the province up to `count` requests and print what its pages cost."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infitah.config.settings")
    django.setup()
    from django.test import Client

    from infitah.community.models import Community
    from infitah.information.models import InformationRequest
    from infitah.information.queries.figures import forget_figures
    from infitah.information.tests.mass import make_many

    community = Community.objects.get(key="SFR")
    known = InformationRequest.objects.filter(community=community).count()
    for first in range(known, count, 10_000):
        some = min(10_000, count - first)
        make_many(community, some, seed=first, start=START, today=TODAY, first=first + 100_000)
    client = Client(headers={"host": community.host})
    client.get(PAGE)
    found = {"warm": _timed(client, PAGE, lambda: None)}
    found["cold"] = _timed(client, PAGE, forget_figures)
    for code in LISTS:
        found[code] = _timed(client, f"{PAGE}{code}/", lambda: None)
    found["export"] = _exported(community)
    print(json.dumps(found))


def _timed(client: Any, address: str, before: Callable[[], None]) -> dict[str, float]:
    """Return the median milliseconds of a page and its queries."""
    from django.db import connection

    asked: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    client.get(address)
    before()
    with connection.execute_wrapper(count):
        assert client.get(address).status_code == 200, address
    times = []
    for _ in range(ROUNDS):
        before()
        began = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - began) * 1000)
    return {"ms": statistics.median(times), "queries": len(asked)}


def _exported(community: Any) -> dict[str, float]:
    """Return the milliseconds and the megabytes that the whole register takes as a table."""
    from infitah.information.queries.figures.files import write_register
    from infitah.information.rules.figures import Span

    before, began = _memory(), time.perf_counter()
    with tempfile.TemporaryFile() as out:
        write_register(out, community, Span(START, TODAY), form="csv", language="ar", today=TODAY)
    return {"ms": (time.perf_counter() - began) * 1000, "mb": _memory() - before}


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    measure(int(sys.argv[1]))
