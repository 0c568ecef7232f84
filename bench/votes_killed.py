"""kill -9 of the whole server, 20 times while people vote: no vote lost, doubled or miscounted."""

import subprocess
import threading
import time

from bench.figure import Figure, at_most, stated
from bench.kill import kill_all
from bench.site import running, start
from bench.votes import Cast, Crowd, add, crowd, kept
from tests.live import stop

KILLS = 20
CLIENTS = 16


def run() -> list[Figure]:
    """Return the figures; every acknowledged vote is looked for afterwards."""
    votes = Cast()
    with running(workers=2) as site:
        server, voters = site.process, crowd(site, CLIENTS)
        began = time.perf_counter()
        try:
            for number in range(KILLS):
                add(votes, _cut_short(voters, server, 0.3 + number % 5 * 0.2))
                server, _seconds = start(site.environment)
            add(votes, voters.load(1.0))
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


def _cut_short(voters: Crowd, server: "subprocess.Popen[bytes]", after: float) -> Cast:
    """Vote while the server is killed `after` seconds into the load."""
    is_over = threading.Event()

    def cut() -> None:
        time.sleep(after)
        kill_all(server)
        is_over.set()

    cutter = threading.Thread(target=cut)
    cutter.start()
    seen = voters.load(after + 1.0, stop=is_over)
    cutter.join()
    return seen
