"""Votes through the whole stack by 32 clients on proved devices, beside a bare view's rate."""

import http.client
import sqlite3
import statistics
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bench.figure import Figure, at_least, at_most, stated
from bench.ideas import percentile, prepare_devices
from bench.site import Site, manage, running

CLIENTS = 32
WORKERS = 2
IDEAS = 2_000
ROUND_SECONDS = 3.0
ROUNDS = 4
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


def ballots(cookie: str, ideas: list[str], begun: int) -> Iterator[tuple[Pair, str]]:
    """Yield votes without end: each idea in turn, elsewhere for each client, then changed ones."""
    words = list(CHOICES)
    for number in range(begun, begun + 10_000_000):
        turn, place = divmod(number, len(ideas))
        reference = ideas[(place + hash(cookie)) % len(ideas)]
        yield (cookie, reference), words[(turn + place) % len(words)]


def load(
    port: int,
    cookies: list[str],
    ideas: list[str],
    *,
    seconds: float,
    begun: int = 0,
    stop: threading.Event | None = None,
) -> Cast:
    """Let every client vote for `seconds`, each as fast as it is answered; no ideas: bare."""
    seen, lock, start = Cast(), threading.Lock(), time.perf_counter()
    end = start + seconds

    def work(cookie: str) -> None:
        voter, mine = Voter(port, cookie), Cast()
        for pair, word in ballots(cookie, ideas or ["-"], begun):
            if time.perf_counter() >= end or (stop and stop.is_set()):
                break
            began = time.perf_counter()
            try:
                voter.post(VOTE if ideas else BARE, f"idea={pair[1]}&choice={word}")
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

    threads = [threading.Thread(target=work, args=(cookie,)) for cookie in cookies]
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


def prepared(site: Site, clients: int) -> tuple[list[str], list[str]]:
    """Return devices and ideas of a running copy."""
    manage(site.environment, "seed", "scale", "--ideas", str(IDEAS))
    return prepare_devices(site, clients), references(site.home)


def run() -> list[Figure]:
    """Alternate the bare view and votes in one run."""
    bares: list[float] = []
    shares: list[float] = []
    votes, bare_errors = Cast(), 0
    with running(workers=WORKERS, settings=SETTINGS) as site:
        port = urlsplit(site.url).port or 80
        cookies, ideas = prepared(site, CLIENTS)
        load(port, cookies, [], seconds=1.0)
        add(votes, warm := load(port, cookies, ideas, seconds=1.0))
        begun, votes.times, votes.seconds = len(warm.times) // CLIENTS, [], 0.0
        for _ in range(ROUNDS):
            bare = load(port, cookies, [], seconds=ROUND_SECONDS)
            more = load(port, cookies, ideas, seconds=ROUND_SECONDS, begun=begun)
            begun += len(more.times) // CLIENTS
            bares.append(bare.rate)
            shares.append(more.rate / bare.rate)
            bare_errors += len(bare.errors)
            add(votes, more)
        after = kept(site.home, votes)
    return _figures(bares, shares, votes, after, bare_errors)


def _figures(
    bares: list[float], shares: list[float], votes: Cast, after: Kept, bare_errors: int
) -> list[Figure]:
    where = f"{CLIENTS} clients, {WORKERS} workers, synchronous=FULL"
    share = statistics.median(shares)
    errors = len(votes.errors) + bare_errors
    return [
        stated("a bare view, whole middleware", statistics.median(bares), "1/s", NOTE),
        stated("votes through the whole stack", votes.rate, "1/s", where),
        at_least(
            "votes / bare view",
            share,
            "x",
            SHARE_OF_BARE,
            f"{min(shares):.2f} to {max(shares):.2f}",
        ),
        stated("p50 of a vote", percentile(votes.times, 0.5), "ms"),
        at_most("p99 of a vote", percentile(votes.times, 0.99), "ms", MOST_P99),
        at_most("errors", errors, "", 0, votes.errors[0][:80] if votes.errors else ""),
        at_most("acknowledged votes lost", after.lost, "", 0),
        at_most("votes doubled", after.doubled, "", 0),
        at_most("statements counted wrongly", after.counts_wrong, "", 0),
        at_most("voters counted wrongly", after.voters_wrong, "", 0),
    ]
