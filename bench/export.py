"""The package of 250,000 ideas: first byte, memory, rows in the manifest; importing gives the same.

The whole export is measured over HTTP. What is imported again is a twelfth of it by default;
`BENCH_IMPORT=250000 make bench export` imports all.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.figure import Figure, at_least, at_most, stated
from bench.site import ROOT, descendants, environment, manage, start
from tests.live import stop

ROWS = int(os.environ.get("BENCH_ROWS", "250000"))
IMPORTED = int(os.environ.get("BENCH_IMPORT", "20000"))
SLUG = "next-programme"
FIRST_BYTE_SECONDS = 1.0
GROWTH_MB = 40.0
SETTLES_WITHIN = 60  # seconds
BLOCK = 64 * 1024


@dataclass
class Fetched:
    """What one client saw of a package, and what the server grew by meanwhile.

    `growth` is memory of its own; `mapped` are pages of the database that stand in the file cache
    of the system, which takes them back whenever it wants (SQLite's mmap_size bounds them).
    """

    first: float
    seconds: float
    megabytes: float
    growth: float
    mapped: float


@contextmanager
def homes() -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Yield a home that holds the demonstration, and one with its consultations but no idea."""
    with tempfile.TemporaryDirectory(prefix="infitah-export-") as folder:
        full, bare = Path(folder) / "full", Path(folder) / "bare"
        full.mkdir()
        env = {**environment(full, workers=1), "INFITAH_MEANING": "off"}
        manage(env, "migrate", "--verbosity", "0")
        shutil.copytree(full, bare)
        other = {**environment(bare, workers=1), "INFITAH_MEANING": "off"}
        inside(other, "empty")
        manage(env, "collectstatic", "--no-input", "--verbosity", "0")
        manage(env, "seed", "sefrou")
        yield env, other


def inside(env: dict[str, str], *arguments: str) -> str:
    """Run a verb of this file in a process of its own; return what it printed."""
    command = [sys.executable, "-m", "bench.export", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def run() -> list[Figure]:
    """Return the figures of export and import."""
    with homes() as (env, other), tempfile.TemporaryDirectory(prefix="infitah-package-") as folder:
        small, large = Path(folder) / "small.zip", Path(folder) / "large.zip"
        manage(env, "seed", "scale", "--ideas", str(IMPORTED))
        manage(env, "export", "ideas", SLUG, str(small))
        back = _imported(other, small)
        manage(env, "seed", "scale", "--ideas", str(ROWS - IMPORTED))
        seen = _fetched(env, large)
        readable = int(inside(env, "count"))
        rows, whole = _manifest(large)
    note = f"{seen.megabytes:.1f} MB"
    return [
        at_most(f"export of {ROWS} ideas, first byte", seen.first, "s", FIRST_BYTE_SECONDS),
        stated(f"export of {ROWS} ideas, whole", seen.seconds, "s", note),
        at_most("memory growth while it streams", seen.growth, "MB", GROWTH_MB),
        stated("pages of the database mapped meanwhile", seen.mapped, "MB"),
        at_most("rows that the manifest is off by", abs(rows - readable), "", 0, f"{rows} rows"),
        at_least("files as their hashes say", whole, "", 1),
        *back,
    ]


def _fetched(env: dict[str, str], target: Path) -> Fetched:
    process, _seconds = start(env)
    try:
        address = f"{env['INFITAH_URL']}/ar/consultations/{SLUG}/"
        for path in ("", "files/", "consultation.json"):  # what a process loads once
            urllib.request.urlopen(address + path, timeout=60).read()
        _take(f"{address}ideas.atom", target)
        before, sizes, done = _settled(process.pid), [(0.0, 0.0)], threading.Event()
        watch = threading.Thread(target=_watch, args=(process.pid, sizes, done))
        watch.start()
        first, seconds = _take(f"{address}consultation.zip", target)
        done.set()
        watch.join()
    finally:
        stop(process)
    own, mapped = (max(part) for part in zip(*sizes, strict=True))
    size = target.stat().st_size / 1e6
    return Fetched(first, seconds, size, own - before[0], mapped - before[1])


def _settled(pid: int) -> tuple[float, float]:
    """Return the memory of a process tree once the worker beside it has begun its jobs too."""
    before = held(pid)
    for _second in range(SETTLES_WITHIN // 3):
        time.sleep(3)
        now = held(pid)
        if abs(now[0] - before[0]) < 0.5:
            break
        before = now
    return held(pid)


def held(pid: int) -> tuple[float, float]:
    """Return the memory of a process tree in MB: its own, and its share of mapped files."""
    kinds = dict.fromkeys(("Pss_Anon:", "Pss_File:"), 0)
    for one in descendants(pid):
        for row in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
            name, *rest = row.split()
            if name in kinds:
                kinds[name] += int(rest[0])
    return kinds["Pss_Anon:"] / 1024, kinds["Pss_File:"] / 1024


def _watch(pid: int, sizes: list[tuple[float, float]], done: threading.Event) -> None:
    while not done.wait(0.2):
        sizes.append(held(pid))


def _take(address: str, target: Path) -> tuple[float, float]:
    began, first = time.perf_counter(), 0.0
    with urllib.request.urlopen(address, timeout=300) as answer, target.open("wb") as file:
        while block := answer.read1(BLOCK):
            first = first or time.perf_counter() - began
            file.write(block)
    return first, time.perf_counter() - began


def _manifest(path: Path) -> tuple[int, int]:
    """Return the rows of ideas that the manifest states, and whether every file is as it says."""
    with zipfile.ZipFile(path) as archive:
        stated_files = json.loads(archive.read("datapackage.json"))["resources"]
        is_whole = all(
            one["hash"] == f"sha256:{_sha256(archive, one['path'])}" for one in stated_files
        )
    return next(one["rows"] for one in stated_files if one["name"] == "ideas"), int(is_whole)


def _sha256(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _imported(env: dict[str, str], package: Path) -> list[Figure]:
    """Import a package into a home without ideas, export it, and hold both side by side."""
    began = time.perf_counter()
    manage(env, "import", "ideas", str(package), "--consultation", SLUG)
    seconds = time.perf_counter() - began
    again = package.with_name("again.zip")
    manage(env, "export", "ideas", SLUG, str(again))
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(again) as new:
        same = _sha256(old, "ideas.csv") == _sha256(new, "ideas.csv")
    note = f"{IMPORTED} rows in {seconds:.1f} s"
    return [
        at_least("import then export gives the same bytes", int(same), "", 1, note),
        stated("rows imported a second", IMPORTED / seconds, ""),
    ]


def _ready() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infitah.config.settings")
    django.setup()


def count() -> None:
    """Print how many ideas of the consultation anybody may read."""
    from infitah.participation.models import Idea
    from infitah.participation.rules import PUBLIC_STATES

    print(Idea.objects.filter(consultation__slug=SLUG, state__in=PUBLIC_STATES).count())


def empty() -> None:
    """Tell the story of Sefrou up to its axes, with the same consultation and no idea in it."""
    from django.db import transaction

    from infitah.community import seeds as community
    from infitah.community.queries import axes
    from infitah.core import clock
    from infitah.core.models import Installation
    from infitah.core.viewer import Actor
    from infitah.participation import seeds
    from infitah.programme import seeds as programme

    by, now = Actor.system("bench"), clock.now()
    with transaction.atomic():
        Installation.objects.update_or_create(
            pk=1, defaults={"is_demonstration": True, "seeded_at": now}
        )
        sefrou = community.seed_communities(now=now, by=by)["SFR"]
        programme.seed_vocabulary(sefrou, by=by, now=now)
        given, seeds._give = seeds._give, lambda *_rest: None  # the consultations without ideas
        try:
            seeds.seed_consultations(community=sefrou, axes=axes(sefrou), now=now)
        finally:
            seeds._give = given


if __name__ == "__main__" and sys.argv[1:2]:
    _ready()
    {"count": count, "empty": empty}[sys.argv[1]]()
