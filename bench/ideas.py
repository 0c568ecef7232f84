"""Ideas given through the whole stack by 32 clients: rate, lateness, losses; beside phones."""

import http.client
import json
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from bench.figure import Figure, at_least, at_most, stated
from bench.site import ROOT, Site, running
from bench.stalled import PHONES, stall

CLIENTS = 32
WORKERS = 2
ROUND_SECONDS = 8.0
ROUNDS = 2
BARE_SECONDS = 2.0
GIVE = "/ar/consultations/next-programme/give/"
SHARE_OF_BARE = 0.01


@dataclass
class Given:
    """What one load saw: acknowledged keys, milliseconds of each idea, errors."""

    keys: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.keys) / self.seconds if self.seconds else 0.0


def prepare_devices(site: Site, count: int = CLIENTS) -> list[str]:
    """Prove `count` devices in the copy, each of another citizen; return their cookies."""
    env = {**site.environment, "DJANGO_SETTINGS_MODULE": "infitah.config.settings"}
    command = [sys.executable, "-m", "bench.ideas", "devices", str(count)]
    done = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE)
    cookies: list[str] = json.loads(done.stdout)
    return cookies


def _make_devices(count: int) -> list[str]:
    from infitah.community.models import Community, Device, Participant
    from infitah.community.queries import address_digest
    from infitah.community.rules import codes
    from infitah.core.clock import local_day, real_now
    from infitah.core.vault import seal

    community, now = Community.objects.get(is_default=True), real_now()
    cookies = []
    for number in range(count):
        cookie, row = codes.new_token(), codes.new_token()
        address = f"citizen{number}@example.org"
        person = Participant.objects.create(
            community=community,
            token=row,
            level="L0",
            address_kind="mail",
            address_digest=address_digest(community, address),
            address_sealed=seal(
                address, model="community.Participant", field="address_sealed", row=row
            ),
            created_at=now,
            purge_on=local_day(now + codes.DEVICE_LIFE),
        )
        Device.objects.create(
            community=community,
            participant=person,
            token_digest=codes.token_digest(cookie),
            proved_at=now,
            used_at=now,
            expires_at=now + codes.DEVICE_LIFE,
        )
        cookies.append(cookie)
    return cookies


class Citizen:
    """A browser on a proved device: two posts make an idea; connections are kept open."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port = port
        self.headers = {
            "Host": "localhost",
            "Cookie": f"device={cookie}",
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def post(self, path: str, values: dict[str, str]) -> str:
        """Post a form; return where it leads. Raises RuntimeError for anything but a redirect."""
        self.line.request("POST", path, urlencode(values), self.headers)
        answer = self.line.getresponse()
        answer.read()
        if answer.status != 302:
            raise RuntimeError(f"{answer.status} {path}")
        return answer.headers["Location"]

    def give(self, key: str) -> None:
        """Give one idea; it is acknowledged when the receipt's address is answered."""
        words = f"نشر معطيات مفصلة عن كل مشروع بالإقليم {key[:8]} {key[9:13]}"
        first = self.post(GIVE, {"key": key, "axis": "digital", "statement": words})
        receipt = self.post(first, {"consent": "on"})
        if not receipt.endswith("/received/"):
            raise RuntimeError(f"led to {receipt}")

    def close(self) -> None:
        self.line.close()


def load(
    port: int, cookies: list[str], seconds: float, stop: threading.Event | None = None
) -> Given:
    """Let every client give ideas for `seconds`, each as fast as it is answered."""
    seen, lock, began = Given(), threading.Lock(), time.perf_counter()
    end = began + seconds

    def work(cookie: str) -> None:
        citizen = Citizen(port, cookie)
        while time.perf_counter() < end and not (stop and stop.is_set()):
            key, start = str(uuid.uuid4()), time.perf_counter()
            try:
                citizen.give(key)
            except (OSError, http.client.HTTPException, RuntimeError) as fault:
                with lock:
                    seen.errors.append(f"{type(fault).__name__} {fault}")
                citizen.close()
                citizen = Citizen(port, cookie)
                time.sleep(0.05)
                continue
            with lock:
                seen.keys.append(key)
                seen.times.append((time.perf_counter() - start) * 1000)
        citizen.close()

    threads = [threading.Thread(target=work, args=(cookie,)) for cookie in cookies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seen.seconds = time.perf_counter() - began
    return seen


def bare(folder: Path, seconds: float = BARE_SECONDS) -> float:
    """Return the rate of one insert and one commit each, in SQLite as the product tunes it."""
    connection = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS idea (id INTEGER PRIMARY KEY, statement TEXT)")
    count, end = 0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO idea (statement) VALUES (?)", ("نشر الميزانية " * 6,))
        connection.execute("COMMIT")
        count += 1
    connection.close()
    return count / seconds


@dataclass(frozen=True)
class Kept:
    """What the database holds after a load."""

    lost: int
    doubled: int
    missing: int


def kept(home: Path, acknowledged: list[str]) -> Kept:
    """Return how many acknowledged ideas are gone, how many numbers are doubled or missing."""
    connection = sqlite3.connect(home / "infitah.sqlite3")
    keys = {row[0] for row in connection.execute("SELECT submission_key FROM participation_idea")}
    numbers = [
        row[0]
        for row in connection.execute(
            "SELECT number FROM participation_idea WHERE year = (SELECT max(year) FROM"
            " participation_idea) AND community_id = (SELECT id FROM community_community"
            " WHERE is_default)"
        )
    ]
    connection.close()
    lost = sum(key.replace("-", "") not in keys for key in acknowledged)
    doubled = len(numbers) - len(set(numbers))
    return Kept(lost, doubled, max(numbers) - len(set(numbers)))


@contextmanager
def phones(port: int) -> Iterator[None]:
    """Hold connections of phones that began an upload and went silent."""
    lines = [stall(port) for _ in range(PHONES)]
    try:
        yield
    finally:
        for line in lines:
            line.close()


def percentile(times: list[float], share: float) -> float:
    """Return the time under which `share` of the ideas stayed."""
    ordered = sorted(times)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def run() -> list[Figure]:
    """Alternate bare database, stack, and stack beside stalled phones, in one run."""
    bares: list[float] = []
    free, beside = Given(), Given()
    with running(workers=WORKERS) as site:
        port = urlsplit(site.url).port or 80
        cookies = prepare_devices(site)
        load(port, cookies, 2.0)
        for _ in range(ROUNDS):
            bares.append(bare(site.home))
            _add(free, load(port, cookies, ROUND_SECONDS))
            with phones(port):
                time.sleep(0.2)
                _add(beside, load(port, cookies, ROUND_SECONDS))
        after = kept(site.home, free.keys + beside.keys)
    return _figures(statistics.median(bares), free, beside, after)


def _add(total: Given, more: Given) -> None:
    total.keys += more.keys
    total.times += more.times
    total.errors += more.errors
    total.seconds += more.seconds


def _figures(bare_rate: float, free: Given, beside: Given, after: Kept) -> list[Figure]:
    where = f"{CLIENTS} clients, {WORKERS} workers, two posts an idea"
    errors = free.errors + beside.errors
    note = re.sub(r"\s+", " ", errors[0])[:80] if errors else ""
    return [
        stated("bare SQLite, one insert and commit each", bare_rate, "1/s", "synchronous=FULL"),
        stated("ideas through the whole stack", free.rate, "1/s", where),
        at_least("ideas / bare inserts", free.rate / bare_rate, "x", SHARE_OF_BARE),
        stated("p50 of an idea (two posts)", percentile(free.times, 0.5), "ms"),
        stated("p99 of an idea (two posts)", percentile(free.times, 0.99), "ms"),
        stated(f"ideas beside {PHONES} stalled phones", beside.rate, "1/s"),
        at_least("beside phones / free", beside.rate / free.rate, "x", 0.7),
        stated("p99 beside stalled phones", percentile(beside.times, 0.99), "ms"),
        at_most("errors", len(errors), "", 0, note),
        at_most("acknowledged ideas lost", after.lost, "", 0),
        at_most("numbers doubled", after.doubled, "", 0),
        at_most("numbers missing", after.missing, "", 0),
    ]


if __name__ == "__main__" and sys.argv[1:2] == ["devices"]:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infitah.config.settings")
    django.setup()
    print(json.dumps(_make_devices(int(sys.argv[2]))))
