"""Suggestions while typing among 50,000 records, and the page of results at 1,000 and 100,000.

Typed are the questions of `data/council_questions.csv`, whole and broken off at every other
letter. Vectors are those of some thousand sentences of the records, dealt out to all with a little
noise: how long a comparison takes depends on how many there are, not on what they say.

`DATABASE_URL` of another database may be named in INFITAH_BENCH_DATABASE: the suggestions are then
measured there, by words and meaning alike.
"""

import csv
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench.council_texts import records
from bench.figure import Figure, at_least, at_most, stated
from bench.idea_list import ask
from bench.index_rows import in_batches, rows_of_index
from bench.meaning import worker
from bench.site import ROOT, environment, memory, prepare

RECORDS = 50_000
SMALL, LARGE = 1_000, 100_000
ENCODED = 800
"""Records whose own sentences are encoded; the vectors of the others are dealt from these."""
LIMIT_MS = 50.0  # information.md 9
MOST_RATIO = 1.3
MOST_QUERIES = 14
ROUNDS, TIMES = 5, 15
KINDS = ("record", "deliberation", "document", "dataset")
QUESTIONS = Path(__file__).parent / "data" / "council_questions.csv"
PAGES = (
    "النقل المدرسي بجماعة صفرو",
    "شحال كلفات الإنارة العمومية",
    "دعم الجمعيات لسنة 2021",
    "transport scolaire à Sefrou",
    "marches publics de 2022",
    "الحالة المدنيه",
)


# --- In processes of their own -----------------------------------------------------


def fill(count: int, kinds: Sequence[str]) -> None:
    """Put `count` records into the index of this process, and read its vocabulary."""
    from infitah.core import clock
    from infitah.searchindex import operations

    in_batches(rows_of_index(count, lambda place, one: (kinds[place % len(kinds)], one.subject)))
    operations.renew_vocabulary(now=clock.now())


def deal_vectors() -> None:
    """Give every text of the index vectors, as many as it has sentences."""
    import numpy as np

    from infitah.searchindex import operations, rules
    from infitah.searchindex.meaning import vectors
    from infitah.searchindex.models import IndexedText, TextMeaning

    assert operations.use_encoder()
    told = list(records(ENCODED))
    pool = _encoded([part for one in told for part in rules.sentences(one.title, one.body)])
    chance = np.random.default_rng(7)
    rows = IndexedText.objects.order_by("pk").values_list("pk", "kind", "subject", "title", "body")

    def dealt() -> Iterator[TextMeaning]:
        for pk, kind, subject, title, body in rows.iterator(chunk_size=1000):
            count = len(rules.sentences(title, body))
            noise = chance.normal(0, 0.02, (count, pool.shape[1]))
            made = pool[chance.integers(0, len(pool), count)] + noise
            yield TextMeaning(
                text_id=pk,
                community_key="SFR",
                kind=kind,
                subject=subject,
                encoder_version=vectors.VECTORS_VERSION,
                revision=1,
                vectors=vectors.to_bytes(made.astype(np.float32)),
            )

    in_batches(dealt())


def _encoded(parts: list[str]) -> Any:
    import numpy as np

    from infitah.searchindex import operations

    return np.concatenate(
        [operations.encode(parts[place : place + 200]) for place in range(0, len(parts), 200)]
    )


def read() -> None:
    """Answer each address on standard input with the median time of its page and its queries.

    The processor's time counts, because other work may share the machine.
    """
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    for line in sys.stdin:
        address = line.strip()
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        count = len(asked)  # now: the next request forgets them
        times, busy = [], []
        for _ in range(TIMES):
            began, used = time.perf_counter(), time.process_time()
            client.get(address)
            times.append((time.perf_counter() - began) * 1000)
            busy.append((time.process_time() - used) * 1000)
        seen = {"ms": statistics.median(times), "busy": statistics.median(busy)}
        print(json.dumps({**seen, "queries": count}), flush=True)


def typed() -> list[tuple[str, str]]:
    """Return what is typed, each with the language of the page: questions, whole and broken off."""
    chance = random.Random(3)
    with QUESTIONS.open(encoding="utf-8", newline="") as lines:
        asked = [
            ("fr" if row["language"] == "fr" else "ar", row["asked"])
            for row in csv.DictReader(lines)
        ]
    some = chance.sample(asked, 60)
    broken = [(code, text[:end]) for code, text in some[:30] for end in range(3, len(text), 2)]
    return [*broken, *some]


def _has_read(closest_of: Callable[..., dict[int, float]]) -> bool:
    """Tell whether the worker has read the vectors: until then it answers nobody in time."""
    texts = ["النقل المدرسي بجماعة صفرو"]
    return bool(closest_of(community_key="SFR", kinds=KINDS, texts=texts, ids=[], limit=5))


def timed() -> dict[str, list[float]]:
    """Return the times of the suggestions in ms, of the processor too, and who answered."""
    from infitah.searchindex import queries
    from infitah.searchindex.meaning import client

    while client.settings.ENVIRONMENT.meaning and not _has_read(client.closest_of):
        client.forget_silence()
        time.sleep(0.5)
    answered: list[float] = []
    closest = client.closest_of

    def noted(**question: Any) -> dict[int, float]:
        found = closest(**question)
        answered.append(float(bool(found)))
        return found

    client.closest_of = noted  # type: ignore[assignment]
    times, busy = [], []
    for code, text in [*typed()[:40], *typed()]:
        began, used = time.perf_counter(), time.process_time()
        queries.suggest(community_key="SFR", text=text, kinds=KINDS, language=code)
        times.append((time.perf_counter() - began) * 1000)
        busy.append((time.process_time() - used) * 1000)
    return {"times": sorted(times[40:]), "busy": sorted(busy[40:]), "answered": answered[40:]}


# --- The measure -------------------------------------------------------------------


def child(env: dict[str, str], *arguments: str) -> dict[str, list[float]]:
    """Return what a function of this file says in a fresh process."""
    command = [sys.executable, "-m", "bench.suggestions", *arguments]
    done = subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, list[float]] = json.loads(done.stdout or "{}")
    return told


def typing_figures(folder: Path) -> list[Figure]:
    """Return the times of suggestions among RECORDS, by words alone and with meaning."""
    elsewhere = os.environ.get("INFITAH_BENCH_DATABASE", "")
    address = {"DATABASE_URL": elsewhere} if elsewhere else {}
    env = environment(folder, 1, INFITAH_MEANING="on", **address)
    env["DJANGO_SETTINGS_MODULE"] = "infitah.config.settings"
    prepare(env)
    child(env, "fill", str(RECORDS))
    child(env, "deal")
    alone = child({**env, "INFITAH_MEANING": "off"}, "timed")
    with worker(env) as pid:
        both = child(env, "timed")
        held = memory(pid)
    where = f"among {RECORDS} records{', ' + elsewhere.split(':')[0] if elsewhere else ''}"
    figures = []
    for told, how in ((alone, "by words"), (both, "by words and meaning")):
        times, busy = told["times"], told["busy"]
        used = f"processor p95 {busy[len(busy) * 95 // 100]:.1f} ms"
        note = f"{len(times)} states of typing {where}; {used}"
        figures += [
            stated(f"suggestions {how}, p50", times[len(times) // 2], "ms", note),
            at_most(f"suggestions {how}, p95", times[len(times) * 95 // 100], "ms", LIMIT_MS),
        ]
    share = statistics.mean(both["answered"])
    return [
        *figures,
        at_least("suggestions that meaning joined in time", share, "", 0.95),
        stated("memory of the worker (PSS)", held, "MB", where),
    ]


def page_figures(folder: Path) -> list[Figure]:
    """Return how a page of results with SMALL records compares to one with LARGE, alternating."""
    homes = [folder / str(count) for count in (SMALL, LARGE)]
    environments = []
    for home, count in zip(homes, (SMALL, LARGE), strict=True):
        home.mkdir()
        env = environment(home, 1, INFITAH_MEANING="off")
        env["DJANGO_SETTINGS_MODULE"] = "infitah.config.settings"
        prepare(env)
        child(env, "fill", str(count), "document", "dataset")
        environments.append(env)
    readers = [reader_of(env) for env in environments]
    times: list[list[float]] = [[], []]
    busy: list[list[float]] = [[], []]
    counts: list[list[float]] = [[], []]
    try:
        for _ in range(ROUNDS):
            for text in PAGES:
                for place, reader in enumerate(readers):
                    seen = ask(reader, f"/ar/information/?q={quote(text)}")
                    times[place].append(seen["ms"])
                    busy[place].append(seen["busy"])
                    counts[place].append(seen["queries"])
    finally:
        for reader in readers:
            reader.stdin.close()  # type: ignore[union-attr]
            reader.wait()
    small, large = (statistics.median(each) for each in busy)
    waited = [f"{statistics.median(each):.1f} ms by the clock" for each in times]
    differ = sum(one != other for one, other in zip(*counts, strict=True))
    return [
        stated(f"a page of results at {SMALL} records, processor", small, "ms", waited[0]),
        stated(f"a page of results at {LARGE} records, processor", large, "ms", waited[1]),
        at_most(f"{LARGE} / {SMALL} records, processor time", large / small, "x", MOST_RATIO),
        at_least("queries of a page, at least", min(map(min, counts)), "", 1),
        at_most("queries of a page", max(map(max, counts)), "", MOST_QUERIES),
        at_most("pages whose queries differ", differ, "", 0),
    ]


def reader_of(env: dict[str, str]) -> "subprocess.Popen[str]":
    """Return a process of its own that reads the pages of a home (`read`)."""
    command = [sys.executable, "-m", "bench.suggestions", "read"]
    return subprocess.Popen(
        command, cwd=ROOT, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def run() -> list[Figure]:
    """Return every figure of this file."""
    with tempfile.TemporaryDirectory(prefix="infitah-bench-") as folder:
        (Path(folder) / "typing").mkdir()
        figures = typing_figures(Path(folder) / "typing")
    with tempfile.TemporaryDirectory(prefix="infitah-bench-") as folder:
        return [*figures, *page_figures(Path(folder))]


def main(name: str, *arguments: str) -> None:
    """Do what a child of this benchmark was started for."""
    import django

    django.setup()
    if name == "fill":
        fill(int(arguments[0]), arguments[1:] or KINDS)
    elif name == "deal":
        deal_vectors()
    elif name == "read":
        read()
    else:
        print(json.dumps(timed()))


if __name__ == "__main__":
    main(*sys.argv[1:])
