"""The officers' queue with 1,000 and with 100,000 requests: the same queries, nearly the same time.

Rows are written in bulk, in every state; two homes are read in turns by processes of their own.
"""

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.figure import Figure, at_most, stated
from bench.site import ROOT, environment, prepare

SMALL, LARGE = 1_000, 100_000
ROUNDS, PAGES = 7, 15
MOST_QUERIES = 16
MOST_RATIO = 1.3
PAGE = "/desk/information/"
ADDRESSES = (
    PAGE,
    f"{PAGE}?shelf=register",
    f"{PAGE}?shelf=silent",
    f"{PAGE}?shelf=publish",
    f"{PAGE}?shelf=complaints",
    f"{PAGE}?shelf=done",
    f"{PAGE}?shelf=all",
    f"{PAGE}?turn=officer",
    f"{PAGE}?q=R-77",
)
OPEN, LEAST_OPEN = 0.05, 500
RARE, LEAST_RARE = 0.01, 120
"""The parts that wait for an answer, and that wait to be published or have a complaint open.

Each fills a page in both homes, so that what is compared is the archive behind, not the rows shown.
"""


def run() -> list[Figure]:
    """Return the figures, measured over two homes that alternate."""
    with tempfile.TemporaryDirectory(prefix="infitah-bench-") as folder:
        homes = [Path(folder) / str(count) for count in (SMALL, LARGE)]
        homes[0].mkdir()
        prepare(environment(homes[0], workers=1))
        shutil.copytree(homes[0], homes[1])
        environments = [environment(home, workers=1) for home in homes]
        for env, count in zip(environments, (SMALL, LARGE), strict=True):
            manage_self(env, "fill", str(count))
        readers = [reader_of(env) for env in environments]
        try:
            return _compared(readers)
        finally:
            for reader in readers:
                reader.stdin.close()  # type: ignore[union-attr]
                reader.wait()


def manage_self(env: dict[str, str], *arguments: str) -> None:
    """Run a part of this benchmark in the home of `env`."""
    command = [sys.executable, "-m", "bench.requests_queue", *arguments]
    subprocess.run(command, cwd=ROOT, env=env, check=True)


def reader_of(env: dict[str, str]) -> "subprocess.Popen[str]":
    """Return a process of its own that reads the pages of a home (`read`)."""
    command = [sys.executable, "-m", "bench.requests_queue", "read"]
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
    times: dict[str, list[list[float]]] = {address: [[], []] for address in ADDRESSES}
    counts: dict[str, list[set[int]]] = {address: [set(), set()] for address in ADDRESSES}
    for _ in range(ROUNDS):
        for address in ADDRESSES:
            for place, reader in enumerate(readers):
                seen = ask(reader, address)
                times[address][place].append(seen["ms"])
                counts[address][place].add(int(seen["queries"]))
    medians = {one: [statistics.median(some) for some in times[one]] for one in ADDRESSES}
    small, large = (sum(one[place] for one in medians.values()) for place in (0, 1))
    worst = max(ADDRESSES, key=lambda one: medians[one][1] / medians[one][0])
    most = max(max(one[0] | one[1]) for one in counts.values())
    differing = sum(one[0] != one[1] for one in counts.values())
    return [
        stated(f"first page of the queue at {SMALL}", medians[PAGE][0], "ms"),
        stated(f"first page of the queue at {LARGE}", medians[PAGE][1], "ms"),
        at_most("first page, time", medians[PAGE][1] / medians[PAGE][0], "x", MOST_RATIO),
        at_most("all filters, time", large / small, "x", MOST_RATIO),
        at_most(
            "the worst filter, time", medians[worst][1] / medians[worst][0], "x", MOST_RATIO, worst
        ),
        at_most("queries of a page", most, "", MOST_QUERIES),
        at_most("filters whose queries differ", differing, "", 0),
    ]


def _ready() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infitah.config.settings")
    django.setup()


def fill(count: int) -> None:
    """Write `count` requests into the province, in every state."""
    _ready()
    from infitah.community.models import Community
    from infitah.information.models import InformationRequest

    community, chance = Community.objects.get(key="SFR"), random.Random(5)
    parts = max(OPEN, LEAST_OPEN / count), max(RARE, LEAST_RARE / count)
    rows = [_row(community.pk, number, chance, *parts) for number in range(1, count + 1)]
    InformationRequest.objects.bulk_create(
        [InformationRequest(**values) for values in rows], batch_size=2_000
    )


def _row(
    community_id: int, number: int, chance: random.Random, is_open: float, is_rare: float
) -> dict[str, Any]:
    today = datetime.now(UTC).date()
    received = today - timedelta(days=chance.randrange(1, 700))
    values: dict[str, Any] = {
        "community_id": community_id,
        "year": 3000,  # no number of the demonstration
        "number": number,
        "reference": f"SFR-3000-R-{number:06}",
        "token": f"bench{number}",
        "code_digest": "0" * 64,
        "submission_key": uuid.UUID(int=number),
        "channel": chance.choice(["web", "desk", "post", "mail", "chafafiya"]),
        "language": chance.choice(["ar", "fr"]),
        "text": f"نسخة من محضر الدورة العادية رقم {number} ولائحة الحاضرين",
        "access": "copy",
        "public_title": f"محضر الدورة العادية رقم {number}",
        "received_at": datetime.combine(received, datetime.min.time(), UTC),
        "received_on": received,
        "remedy": "none",
        "changed_at": datetime.now(UTC),
    }
    if chance.random() < is_open:
        return values | _waiting(chance, today)
    return values | _done(chance, today, is_rare)


def _waiting(chance: random.Random, today: date) -> dict[str, Any]:
    due = today + timedelta(days=chance.randrange(-40, 40))
    phase, turn = chance.choice(
        [
            ("received", "officer"),
            ("open", "officer"),
            ("open", "requester"),
            ("decided", "second_reader"),
            ("read", "officer"),
        ]
    )
    return {
        "phase": phase,
        "turn": turn,
        "due_on": due,
        "due_latest": due,
        "silent_from": due + timedelta(days=1),
    }


def _done(chance: random.Random, today: date, is_rare: float) -> dict[str, Any]:
    answered = today - timedelta(days=chance.randrange(1, 600))
    published = chance.random() >= is_rare
    return {
        "phase": "delivered",
        "turn": "nobody" if published else "officer",
        "remedy": "head_open" if chance.random() < is_rare else "none",
        "outcome": "full",
        "delivered_on": answered,
        "answered_on": answered,
        "published_on": answered if published else None,
    }


def read() -> None:
    """Answer each address on standard input with the median time of its page and its queries."""
    _ready()
    from django.db import connection
    from django.test import Client

    from infitah.community.models import Community, User
    from infitah.community.tests.factories import log_in

    community = Community.objects.get(key="SFR")
    client = log_in(Client(), User.objects.get(username="information_officer"), community)
    for line in sys.stdin:
        address = line.strip()
        assert client.get(address).status_code == 200, address
        asked: list[str] = []

        def count(execute: Any, sql: str, *rest: Any, seen: list[str] = asked) -> Any:
            seen.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(count):
            client.get(address)
        times = []
        for _ in range(PAGES):
            began = time.perf_counter()
            client.get(address)
            times.append((time.perf_counter() - began) * 1000)
        seen = {"ms": statistics.median(times), "queries": len(asked)}
        print(json.dumps(seen), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["fill"]:
        fill(int(sys.argv[2]))
    elif sys.argv[1:2] == ["read"]:
        read()
