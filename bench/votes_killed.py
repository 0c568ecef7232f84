"""kill -9 of the whole server, 20 times while people vote: no vote lost, doubled or miscounted."""

import time

from bench.figure import Figure, at_most, stated
from bench.kill import killed
from bench.site import running, start
from bench.votes import Cast, add, crowd, kept
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
                after = 0.3 + number % 5 * 0.2
                with killed(server, after) as is_over:
                    add(votes, voters.load(after + 1.0, stop=is_over))
                server, _seconds = start(site.environment)
            add(votes, voters.load(1.0))
        finally:
            stop(server)
        found = kept(site.home, votes)
        seconds = time.perf_counter() - began
    return [
        stated("kills of the whole server while people vote", KILLS, "", f"{seconds:.0f} s in all"),
        stated("votes acknowledged", len(votes.times), ""),
        stated("votes never answered", len(votes.unsure), "", "they may count or not"),
        at_most("acknowledged votes lost", found.lost, "", 0),
        at_most("votes doubled", found.doubled, "", 0),
        at_most("statements counted wrongly", found.counts_wrong, "", 0),
        at_most("voters counted wrongly", found.voters_wrong, "", 0),
    ]
