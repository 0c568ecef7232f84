"""The web server: Granian with the door, in as many processes as asked."""

import sys

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings

from infitah.core import lifeline

HEADER_MILLISECONDS = 15_000
CONNECTIONS = 2048


def main(host: str, port: int, workers: int) -> None:
    """Serve until told to stop."""
    lifeline.follow_parent(lifeline.supervisor())
    Granian(
        "infitah.config.rsgi:door",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=workers,
        http=HTTPModes.http1,
        websockets=False,
        backlog=CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_MILLISECONDS),
        respawn_failed_workers=True,
        workers_kill_timeout=3,
        log_access=False,
    ).serve()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
