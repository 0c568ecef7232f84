"""Readers beside 20 stalled phones: nobody waits for somebody else's upload (decisions E18)."""

import socket
import statistics
import time
import urllib.request
from urllib.parse import urlsplit

from bench.figure import Figure, at_most, stated
from bench.site import running

PHONES = 20
READS = 60
ROUNDS = 3


def stall(port: int) -> socket.socket:
    """Begin an upload of 9,000 bytes and stop after four."""
    line = socket.create_connection(("127.0.0.1", port))
    line.sendall(b"POST /ar/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n\r\nhalf")
    return line


def read_times(url: str) -> list[float]:
    """Return the milliseconds of each of READS reads."""
    times = []
    for _ in range(READS):
        began = time.perf_counter()
        with urllib.request.urlopen(url, timeout=30) as answer:
            answer.read()
        times.append((time.perf_counter() - began) * 1000)
    return times


def run() -> list[Figure]:
    """Compare reads with and without stalled phones, one after the other, in one run."""
    free: list[float] = []
    beside: list[float] = []
    with running(workers=1) as site:
        url = f"{site.url}/ar/"
        port = urlsplit(site.url).port or 80
        read_times(url)
        for _ in range(ROUNDS):
            free += read_times(url)
            phones = [stall(port) for _ in range(PHONES)]
            time.sleep(0.3)
            beside += read_times(url)
            for phone in phones:
                phone.close()
            time.sleep(0.3)
    ratio = statistics.median(beside) / statistics.median(free)
    return [
        stated("home page, median, nobody stalls, 1 web worker", statistics.median(free), "ms"),
        stated(f"the same beside {PHONES} stalled phones", statistics.median(beside), "ms"),
        at_most("beside / free", ratio, "x", 1.3),
        stated("slowest read beside them", max(beside), "ms"),
    ]
