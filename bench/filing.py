"""Requests for information filed through the whole stack by 50 clients: rate, losses, numbers.

Each client walks the three screens without an address: two posts are kept, the third gives the
number. Each comes from a network of its own, since one network may send few in an hour.
"""

import http.client
import re
import sqlite3
import statistics
import threading
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from bench.figure import Figure, at_least, at_most, stated
from bench.site import running

CLIENTS = 50
WORKERS = 2
ROUND_SECONDS = 8.0
ROUNDS = 3
BARE_SECONDS = 2.0
ASK = "/ar/information/ask/"
WHO = {
    "status": "citizen",
    "first_name": "أمينة",
    "family_name": "الصفريوية",
    "address": "12 زنقة الأمل، صفرو",
    "document": "CD123456",
}
AGREED = {"undertaking": "on", "consent": "on", "language": "ar"}
SHARE_OF_BARE = 0.005


@dataclass
class Filed:
    """What one load saw: acknowledged keys, milliseconds of each request, errors."""

    keys: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.keys) / self.seconds if self.seconds else 0.0


class Citizen:
    """A browser without account: three posts make a request; the connection is kept open."""

    def __init__(self, port: int) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def post(self, path: str, values: dict[str, str], network: str) -> str:
        """Post a form; return where it leads. Raises RuntimeError for anything but a redirect."""
        headers = {
            "Host": "localhost",
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": network,
        }
        self.line.request("POST", path, urlencode(values), headers)
        answer = self.line.getresponse()
        answer.read()
        if answer.status != 302:
            raise RuntimeError(f"{answer.status} {path}")
        return answer.headers["Location"]

    def file(self, key: str, network: str) -> None:
        """File one request; it is acknowledged when the receipt's address is answered."""
        text = f"نسخة من محضر الدورة العادية ولائحة الحاضرين {key[:8]}"
        who = self.post(ASK, {"key": key, "text": text}, network)
        send = self.post(who, WHO, network)
        receipt = self.post(send, AGREED, network)
        if not receipt.endswith("/received/"):
            raise RuntimeError(f"led to {receipt}")

    def close(self) -> None:
        self.line.close()


def _network(client: int, count: int) -> str:
    return f"10.{client}.{count // 250 % 250}.{count % 250 + 1}"


def load(port: int, seconds: float, first: int = 0) -> Filed:
    """Let every client file requests for `seconds`, each as fast as it is answered."""
    seen, lock, began = Filed(), threading.Lock(), time.perf_counter()
    end = began + seconds

    def work(client: int) -> None:
        citizen, count = Citizen(port), first
        while time.perf_counter() < end:
            key, start = str(uuid.uuid4()), time.perf_counter()
            count += 1
            try:
                citizen.file(key, _network(client, count))
            except (OSError, http.client.HTTPException, RuntimeError) as fault:
                with lock:
                    seen.errors.append(f"{type(fault).__name__} {fault}")
                citizen.close()
                citizen = Citizen(port)
                time.sleep(0.05)
                continue
            with lock:
                seen.keys.append(key)
                seen.times.append((time.perf_counter() - start) * 1000)
        citizen.close()

    threads = [threading.Thread(target=work, args=(client,)) for client in range(CLIENTS)]
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
    connection.execute("CREATE TABLE IF NOT EXISTS request (id INTEGER PRIMARY KEY, text TEXT)")
    count, end = 0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO request (text) VALUES (?)", ("محضر الدورة " * 6,))
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
    """Return how many acknowledged requests are gone, how many numbers doubled or missing."""
    connection = sqlite3.connect(home / "infitah.sqlite3")
    table = "information_informationrequest"
    keys = {row[0] for row in connection.execute(f"SELECT submission_key FROM {table}")}
    numbers = [
        row[0]
        for row in connection.execute(
            f"SELECT number FROM {table} WHERE year = (SELECT max(year) FROM {table})"
            " AND community_id = (SELECT id FROM community_community WHERE is_default)"
        )
    ]
    connection.close()
    lost = sum(key.replace("-", "") not in keys for key in acknowledged)
    doubled = len(numbers) - len(set(numbers))
    return Kept(lost, doubled, max(numbers) - len(set(numbers)))


def percentile(times: list[float], share: float) -> float:
    """Return the time under which `share` of the requests stayed."""
    ordered = sorted(times)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def run() -> list[Figure]:
    """Alternate the bare database and the stack, in one run."""
    bares: list[float] = []
    all_ = Filed()
    with running(workers=WORKERS, INFITAH_TRUSTED_PROXIES="127.0.0.1") as site:
        port = urlsplit(site.url).port or 80
        load(port, 2.0)
        for number in range(1, ROUNDS + 1):
            bares.append(bare(site.home))
            more = load(port, ROUND_SECONDS, first=number * 10_000)
            all_.keys += more.keys
            all_.times += more.times
            all_.errors += more.errors
            all_.seconds += more.seconds
        after = kept(site.home, all_.keys)
    return _figures(statistics.median(bares), all_, after)


def _figures(bare_rate: float, all_: Filed, after: Kept) -> list[Figure]:
    where = f"{CLIENTS} clients, {WORKERS} workers, three posts a request"
    note = re.sub(r"\s+", " ", all_.errors[0])[:80] if all_.errors else ""
    return [
        stated("bare SQLite, one insert and commit each", bare_rate, "1/s", "synchronous=FULL"),
        stated("requests filed through the whole stack", all_.rate, "1/s", where),
        at_least("requests / bare inserts", all_.rate / bare_rate, "x", SHARE_OF_BARE),
        stated("p50 of a request (three posts)", percentile(all_.times, 0.5), "ms"),
        stated("p99 of a request (three posts)", percentile(all_.times, 0.99), "ms"),
        at_most("errors", len(all_.errors), "", 0, note),
        at_most("acknowledged requests lost", after.lost, "", 0),
        at_most("numbers doubled", after.doubled, "", 0),
        at_most("numbers missing", after.missing, "", 0),
    ]
