"""kill -9 of the whole server, 20 times while people vote: no vote lost, doubled or miscounted."""

import subprocess
import threading
import time
from urllib.parse import urlsplit

from bench.figure import Figure, at_most, stated
from bench.kill import kill_all
from bench.site import running, start
from bench.votes import Cast, add, kept, load, prepared
from tests.live import stop

KILLS = 20
CLIENTS = 16


def run() -> list[Figure]:
    """Return the figures; every acknowledged vote is looked for afterwards."""
    votes, begun = Cast(), 0
    with running(workers=2) as site:
        server, port = site.process, urlsplit(site.url).port or 80
        cookies, ideas = prepared(site, CLIENTS)
        began = time.perf_counter()
        try:
            for number in range(KILLS):
                more = _cut_short(port, cookies, ideas, server, 0.3 + number % 5 * 0.2, begun)
                begun += len(more.times) // CLIENTS
                add(votes, more)
                server, _seconds = start(site.environment)
            add(votes, load(port, cookies, ideas, seconds=1.0, begun=begun))
        finally:
            stop(server)
        after = kept(site.home, votes)
        seconds = time.perf_counter() - began
    return [
        stated("kills of the whole server while people vote", KILLS, "", f"{seconds:.0f} s in all"),
        stated("votes acknowledged", len(votes.times), ""),
        stated("votes never answered", len(votes.unsure), "", "they may count or not"),
        at_most("acknowledged votes lost", after.lost, "", 0),
        at_most("votes doubled", after.doubled, "", 0),
        at_most("statements counted wrongly", after.counts_wrong, "", 0),
        at_most("voters counted wrongly", after.voters_wrong, "", 0),
    ]


def _cut_short(
    port: int,
    cookies: list[str],
    ideas: list[str],
    server: "subprocess.Popen[bytes]",
    after: float,
    begun: int,
) -> Cast:
    """Vote while the server is killed `after` seconds into the load."""
    is_over = threading.Event()

    def cut() -> None:
        time.sleep(after)
        kill_all(server)
        is_over.set()

    cutter = threading.Thread(target=cut)
    cutter.start()
    seen = load(port, cookies, ideas, seconds=after + 1.0, begun=begun, stop=is_over)
    cutter.join()
    return seen
