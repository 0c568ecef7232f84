"""The worker's answering on meaning: a thread, a socket that only the owner reaches, one question
at a time.

It holds the vectors so that no web process does, and asks the database before each answer whether
they are still there.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from django.db import close_old_connections, connection

from infitah.searchindex import encoder
from infitah.searchindex.meaning import frames
from infitah.searchindex.meaning.vectors import Shelf, encoded
from infitah.searchindex.models import TextMeaning
from infitah.searchindex.operations import use_encoder

LOG = logging.getLogger("infitah.meaning")

HEAD_START_SECONDS: Final = 3.0
"""The server starts in this time; loading takes a processor for a second and can wait."""
PATIENCE_SECONDS: Final = 0.02
"""How long one asker may take to put its question, or to take its answer."""
MAX_FOUND: Final = 50
MAX_ASKED: Final = 400
MAX_TEXTS: Final = 3
MAX_KINDS: Final = 8
MAX_SENTENCES: Final = 400_000
"""Sentences held over all shelves, 55 MB; the shelf asked longest ago goes first."""


class Shelves:
    """What this worker holds in memory, by community and kind."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], Shelf] = {}

    def of(self, community_key: str, kind: str) -> Shelf:
        """Return a shelf that is up to date, as the one asked last. One query."""
        place = (community_key, kind)
        shelf = self._held.pop(place, None)
        if shelf is None or shelf.is_stale:
            shelf = Shelf(community_key, kind)
        shelf.refresh()
        self._held[place] = shelf
        self._make_room()
        return shelf

    def fill(self) -> None:
        """Take in whatever the index holds, and read the list of Darija."""
        encoded(["بغينا"])
        places = TextMeaning.objects.values_list("community_key", "kind").distinct()
        for community_key, kind in places.order_by("community_key", "kind"):
            self.of(community_key, kind)

    def _make_room(self) -> None:
        while len(self._held) > 1 and sum(map(len, self._held.values())) > MAX_SENTENCES:
            del self._held[next(iter(self._held))]


def answer(question: dict[str, Any], shelves: Shelves) -> dict[str, Any]:
    """Return what the worker says to a question: whether it is ready, or what is closest."""
    if "ping" in question:
        return {"ready": encoder.is_loaded()}
    rows = encoded([str(text) for text in question["texts"][:MAX_TEXTS]])
    if rows is None:
        return {"closest": []}
    ids = [int(pk) for pk in question["ids"][:MAX_ASKED]]
    limit = min(int(question["limit"]), MAX_FOUND)
    found: dict[int, float] = {}
    for kind in question["kinds"][:MAX_KINDS]:
        found |= shelves.of(str(question["community"]), str(kind)).closest(rows, ids, limit)
    return {"closest": [[pk, round(cosine, 4)] for pk, cosine in found.items()]}


def serve(stopping: threading.Event, *, head_start: float = HEAD_START_SECONDS) -> None:
    """Load the encoder a moment after the start and answer until told to stop."""
    if not use_encoder() or stopping.wait(head_start) or not encoder.load():
        return
    shelves = Shelves()
    try:
        shelves.fill()  # what is read once is read before anybody waits
        with _listening() as listener:
            while not stopping.is_set():
                _serve_next(listener, shelves)
    finally:
        connection.close()


def _serve_next(listener: socket.socket, shelves: Shelves) -> None:
    """Answer the next asker, if one comes within half a second; a fault ends only its line."""
    try:
        line, _address = listener.accept()
    except TimeoutError:
        return
    close_old_connections()
    with line:
        try:
            question = frames.receive(line, time.monotonic() + PATIENCE_SECONDS)
            frames.send(line, answer(question, shelves), time.monotonic() + PATIENCE_SECONDS)
        except OSError:
            LOG.debug("An asker left or said nothing.", exc_info=True)
        except Exception:  # a strange question, a database that is away: words alone answer
            LOG.exception("A question on meaning was not answered.")


@contextmanager
def _listening() -> Iterator[socket.socket]:
    """Yield the socket at its place, in the place of an older one; only the owner reaches it."""
    place = frames.folder()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.chmod(0o700)
    mine = f"{frames.NAME}.{os.getpid()}"
    with (
        frames.reachable(place) as short,
        socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener,
    ):
        with suppress(FileNotFoundError):
            (place / mine).unlink()
        listener.bind(f"{short}/{mine}")
        (place / mine).chmod(0o600)
        listener.listen(64)
        listener.settimeout(0.5)
        number = (place / mine).stat().st_ino
        (place / mine).replace(place / frames.NAME)
        try:
            yield listener
        finally:
            with suppress(OSError):
                if (place / frames.NAME).stat().st_ino == number:
                    (place / frames.NAME).unlink()
