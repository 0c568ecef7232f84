"""Short acts of many threads in one transaction: one commit, each answered after it.

SQLite writes to the disk at every commit (`synchronous=FULL`, decisions E17), and one writer at a
time. When many vote in the same moment, those who wait for the writer are written together by
whoever comes first; nobody is answered before the commit. A process kill loses what was not
answered, and nothing else.
"""

import fcntl
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Generic, TypeVar

from django.db import connection

T = TypeVar("T")
Outcomes = Sequence[Exception | None]
GATE = threading.RLock()
"""Held by the one view, or the one gathering, that writes in this process now."""
MOST = 64


def writes_alone() -> bool:
    """Return whether what this thread writes is better written by itself.

    So it is where many may write at the same time (PostgreSQL), or within a transaction:
    gathering would only make people wait for each other's rows.
    """
    return connection.features.has_select_for_update or connection.in_atomic_block


@contextmanager
def turn() -> Iterator[None]:
    """Wait until it is this process's turn to write what was gathered, in the order of asking.

    SQLite lets a process that finds it busy sleep for longer and longer, up to a tenth of a
    second, while others pass; the kernel queues whoever waits for a lock on a file. A process
    that dies loses the lock. Other writers do not know of it and are kept apart by SQLite.
    """
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or "memory" in name:
        yield
        return
    with open(f"{name}-turn", "ab") as line:  # noqa: PTH123 (a name may be an address of SQLite)
        fcntl.flock(line, fcntl.LOCK_EX)
        yield


class _Waiting(Generic[T]):
    """Something that waits for its commit."""

    __slots__ = ("error", "is_done", "item")

    def __init__(self, item: T) -> None:
        self.item = item
        self.error: Exception | None = None
        self.is_done = False


class Gathering(Generic[T]):
    """Things that wait to be written together by `write`.

    `write(items)` is one transaction and returns, for each item, None or what it refuses; what
    it raises undoes them all, and each is then written by itself.
    """

    def __init__(self, write: Callable[[Sequence[T]], Outcomes]) -> None:
        self.write = write
        self._waiting: deque[_Waiting[T]] = deque()

    def perform(self, item: T) -> None:
        """Write `item` and return when it is committed; raise what it was refused for."""
        mine = _Waiting(item)
        if writes_alone():
            self._one(mine)
        else:
            self._waiting.append(mine)
            with GATE:
                if not mine.is_done:
                    self._together(mine)
        if mine.error is not None:
            raise mine.error

    def _together(self, mine: _Waiting[T]) -> None:
        """Write those who wait now, `mine` among them; only the holder of the gate takes any."""
        held = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST))]
        if mine not in held:
            self._waiting.remove(mine)
            held.append(mine)
        try:
            with turn():
                self._whole(held)
        finally:
            for one in held:
                one.is_done = True

    def _whole(self, held: list[_Waiting[T]]) -> None:
        if len(held) == 1:
            self._one(held[0])
            return
        try:
            outcomes = self.write([one.item for one in held])
        except Exception:  # noqa: BLE001 (one of them: each by itself says which)
            for one in held:
                self._one(one)
            return
        for one, error in zip(held, outcomes, strict=True):
            one.error = error

    def _one(self, one: _Waiting[T]) -> None:
        try:
            (one.error,) = self.write([one.item])
        except Exception as error:  # noqa: BLE001 (raised again in the thread of who asked)
            one.error = error
