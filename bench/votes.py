"""Votes through the whole stack by 32 clients on proved devices, beside a bare view's rate."""

import http.client
import os
import sqlite3
import statistics
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from bench.figure import Figure, at_least, at_most, stated
from bench.ideas import percentile, prepare_devices
from bench.site import Site, descendants, manage, running

CLIENTS = 32
WORKERS = 2
IDEAS = 2_000
STRIDE = 61
ROUND_SECONDS = 3.0
SETTLE_SECONDS = 120.0
ROUNDS = 8
SHARE_OF_BARE = 0.6
MOST_P99 = 150.0
BARE = "/bare/"
VOTE = "/ar/consultations/next-programme/vote/"
SETTINGS = "bench.bare.settings"
CHOICES = {"agree": 1, "pass": 0, "disagree": -1}
NOTE = "the clients run on the same cores, in Python"

Pair = tuple[str, str]


@dataclass
class Cast:
    """What one load saw: the last acknowledged choice of each pair, times, errors."""

    acknowledged: dict[Pair, str] = field(default_factory=dict)
    unsure: set[Pair] = field(default_factory=set)
    """Pairs whose last vote was never answered: it may count or not."""
    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds if self.seconds else 0.0


class Voter:
    """A browser on a proved device; its connection is kept open."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.cookie = port, cookie
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {
            "Host": "localhost",
            "Cookie": f"device={cookie}",
            "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def post(self, path: str, body: str) -> None:
        """Post a form. Raises RuntimeError for anything but a redirect with 303."""
        self.line.request("POST", path, body, self.headers)
        answer = self.line.getresponse()
        answer.read()
        if answer.status != 303 or "/mine/act/" in answer.headers["Location"]:
            raise RuntimeError(f"{answer.status} {path}")

    def again(self) -> "Voter":
        self.line.close()
        return Voter(self.port, self.cookie)


def references(home: Path) -> list[str]:
    """Return the ideas that can be voted on."""
    connection = sqlite3.connect(home / "infitah.sqlite3")
    rows = connection.execute(
        "SELECT reference FROM participation_idea WHERE state = 'visible' AND consultation_id ="
        " (SELECT id FROM participation_consultation WHERE slug = 'next-programme')"
    )
    found = [row[0] for row in rows]
    connection.close()
    return found


def ballots(number: int, cookie: str, ideas: list[str]) -> Iterator[tuple[Pair, str]]:
    """Yield a client's votes without end: each idea in turn, then all of them changed."""
    words = list(CHOICES)
    for turn in count():
        for place in range(len(ideas)):
            reference = ideas[(place + number * STRIDE) % len(ideas)]
            yield (cookie, reference), words[(turn + place + number) % len(words)]


class Crowd:
    """Clients on proved devices that go on where they stopped."""

    def __init__(self, port: int, cookies: list[str], ideas: list[str]) -> None:
        self.port = port
        self.ballots = [
            (cookie, ballots(number, cookie, ideas)) for number, cookie in enumerate(cookies)
        ]

    def load(
        self, seconds: float, *, path: str = VOTE, stop: threading.Event | None = None
    ) -> Cast:
        """Let every client post for `seconds`, each as fast as it is answered."""
        seen, lock, start = Cast(), threading.Lock(), time.perf_counter()
        end = start + seconds

        def work(cookie: str, votes: Iterator[tuple[Pair, str]]) -> None:
            voter, mine = Voter(self.port, cookie), Cast()
            while time.perf_counter() < end and not (stop and stop.is_set()):
                pair, word = next(votes) if path == VOTE else ((cookie, "-"), "agree")
                began = time.perf_counter()
                try:
                    voter.post(path, f"idea={pair[1]}&choice={word}")
                except (OSError, http.client.HTTPException, RuntimeError) as fault:
                    mine.errors.append(f"{type(fault).__name__} {fault}")
                    mine.unsure.add(pair)
                    voter = voter.again()
                    time.sleep(0.05)
                    continue
                mine.times.append((time.perf_counter() - began) * 1000)
                mine.acknowledged[pair] = word
                mine.unsure.discard(pair)
            voter.line.close()
            with lock:
                add(seen, mine)

        threads = [threading.Thread(target=work, args=one) for one in self.ballots]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seen.seconds = time.perf_counter() - start
        return seen


def add(total: Cast, more: Cast) -> None:
    """Add what a load saw to what earlier ones saw."""
    total.unsure = (total.unsure - more.acknowledged.keys()) | more.unsure
    total.acknowledged |= more.acknowledged
    total.times += more.times
    total.errors += more.errors
    total.seconds += more.seconds


@dataclass(frozen=True)
class Kept:
    """What the database holds after the loads."""

    lost: int
    doubled: int
    counts_wrong: int
    voters_wrong: int


PLACED = """
SELECT d.token_digest, i.reference, v.choice FROM participation_statementvote v
JOIN participation_idea i ON i.id = v.idea_id
JOIN community_device d ON d.participant_id = v.participant_id
"""
WRONG = """
SELECT count(*) FROM participation_statementtally t LEFT JOIN (
    SELECT idea_id, sum(choice = 1) AS agree, sum(choice = -1) AS disagree, sum(choice = 0) AS pass
    FROM participation_statementvote GROUP BY idea_id
) v ON v.idea_id = t.idea_id WHERE t.idea_id IS NOT NULL AND (
    t.agree <> coalesce(v.agree, 0) OR t.disagree <> coalesce(v.disagree, 0)
    OR t.passed <> coalesce(v.pass, 0)
)
"""
VOTERS = """
SELECT sum(abs(t.voters - (
    SELECT count(DISTINCT participant_id) FROM participation_statementvote
    WHERE consultation_id = t.consultation_id
))) FROM participation_voicetally t
"""


def kept(home: Path, cast: Cast) -> Kept:
    """Return how many acknowledged votes are gone, doubled, or counted wrongly."""
    from infitah.community.rules.codes import token_digest

    connection = sqlite3.connect(home / "infitah.sqlite3")
    rows = connection.execute(PLACED).fetchall()
    counts_wrong = connection.execute(WRONG).fetchone()[0]
    voters_wrong = connection.execute(VOTERS).fetchone()[0] or 0
    connection.close()
    placed = {(digest, reference): choice for digest, reference, choice in rows}
    digests = {cookie: token_digest(cookie) for cookie, _reference in cast.acknowledged}
    lost = 0
    for (cookie, reference), word in cast.acknowledged.items():
        choice = placed.get((digests[cookie], reference))
        is_unsure = (cookie, reference) in cast.unsure and choice is not None
        lost += choice != CHOICES[word] and not is_unsure
    return Kept(lost, len(rows) - len(placed), counts_wrong, voters_wrong)


def settle(home: Path) -> None:
    """Wait until the worker has indexed the story that was just told: it writes too."""
    connection = sqlite3.connect(home / "infitah.sqlite3", timeout=30)
    until = time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < until:
        if not connection.execute("SELECT count(*) FROM searchindex_dirtyrow").fetchone()[0]:
            break
        time.sleep(0.5)
    connection.close()


def crowd(site: Site, clients: int) -> Crowd:
    """Return clients of a running copy, with ideas enough to vote on."""
    manage(site.environment, "seed", "scale", "--ideas", str(IDEAS))
    cookies = prepare_devices(site, clients)
    settle(site.home)
    return Crowd(urlsplit(site.url).port or 80, cookies, references(site.home))


def web_cpu(site: Site) -> float:
    """Return the milliseconds of CPU that the web processes have used; the worker's not counted."""
    used = 0
    for pid in descendants(site.process.pid):
        if b"infitah.config.web" in Path(f"/proc/{pid}/cmdline").read_bytes():
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            used += int(fields[11]) + int(fields[12])
    return used * 1000 / os.sysconf("SC_CLK_TCK")


@dataclass
class Rounds:
    """What alternating rounds of the bare view and of votes saw."""

    bare: Cast = field(default_factory=Cast)
    votes: Cast = field(default_factory=Cast)
    shares: list[float] = field(default_factory=list)
    bare_cpu: float = 0.0
    vote_cpu: float = 0.0


def run() -> list[Figure]:
    """Alternate the bare view and votes in one run."""
    seen = Rounds()
    with running(workers=WORKERS, settings=SETTINGS) as site:
        voters = crowd(site, CLIENTS)
        voters.load(1.0, path=BARE)
        add(seen.votes, voters.load(1.0))
        seen.votes.times, seen.votes.seconds = [], 0.0
        for _ in range(ROUNDS):
            _one_round(site, voters, seen)
        after = kept(site.home, seen.votes)
    return _figures(seen, after)


def _one_round(site: Site, voters: Crowd, seen: Rounds) -> None:
    at_first = web_cpu(site)
    bare = voters.load(ROUND_SECONDS, path=BARE)
    between = web_cpu(site)
    votes = voters.load(ROUND_SECONDS)
    seen.bare_cpu += between - at_first
    seen.vote_cpu += web_cpu(site) - between
    seen.shares.append(votes.rate / bare.rate)
    add(seen.bare, bare)
    add(seen.votes, votes)


def _figures(seen: Rounds, after: Kept) -> list[Figure]:
    where = f"{CLIENTS} clients, {WORKERS} workers, synchronous=FULL"
    votes, errors = seen.votes, seen.votes.errors + seen.bare.errors
    span = f"{min(seen.shares):.2f} to {max(seen.shares):.2f} in {ROUNDS} rounds"
    each = seen.vote_cpu / len(votes.times)
    return [
        stated("a bare view, whole middleware", seen.bare.rate, "1/s", NOTE),
        stated("votes through the whole stack", votes.rate, "1/s", where),
        at_least("votes / bare view", statistics.median(seen.shares), "x", SHARE_OF_BARE, span),
        stated("CPU of a bare view, web processes", seen.bare_cpu / len(seen.bare.times), "ms"),
        stated("CPU of a vote, web processes", each, "ms"),
        stated("p50 of a vote", percentile(votes.times, 0.5), "ms"),
        at_most("p99 of a vote", percentile(votes.times, 0.99), "ms", MOST_P99),
        at_most("errors", len(errors), "", 0, errors[0][:80] if errors else ""),
        at_most("acknowledged votes lost", after.lost, "", 0),
        at_most("votes doubled", after.doubled, "", 0),
        at_most("statements counted wrongly", after.counts_wrong, "", 0),
        at_most("voters counted wrongly", after.voters_wrong, "", 0),
    ]
