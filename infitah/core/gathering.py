"""Short acts of many threads in one transaction: one commit, each answered after it.

SQLite writes to the disk at every commit (`synchronous=FULL`, decisions E17), and one writer at a
time. When many vote in the same moment, those who wait for the writer are written together by
whoever comes first; nobody is answered before the commit. A process kill loses what was not
answered, and nothing else. Whoever writes waits a moment for as many as the last time, as
PostgreSQL does for the siblings of a commit: who is alone waits for nobody.
"""

import fcntl
import threading
import time
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
COMPANY_SECONDS = 0.002
"""How long the one who writes waits for others, when there were others the last time."""


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
    """Something that waits for its commit, or for its thread's turn to write what waits."""

    __slots__ = ("error", "is_done", "item", "signal")

    def __init__(self, item: T) -> None:
        self.item = item
        self.error: Exception | None = None
        self.is_done = False
        self.signal = threading.Lock()  # free once it is done, or its thread is to write
        self.signal.acquire()


class Gathering(Generic[T]):
    """Things that wait to be written together by `write`.

    `write(items)` is one transaction and returns, for each item, None or what it refuses; what
    it raises undoes them all, and each is then written by itself.
    """

    def __init__(self, write: Callable[[Sequence[T]], Outcomes]) -> None:
        self.write = write
        self._lock = threading.Lock()
        self._waiting: deque[_Waiting[T]] = deque()
        self._is_led = False
        self._company = 1  # how many were written together the last time

    def perform(self, item: T) -> None:
        """Write `item` and return when it is committed; raise what it was refused for."""
        mine = _Waiting(item)
        if writes_alone():
            self._one(mine)
        else:
            self._wait(mine)
            if not mine.is_done:
                self._together()
        if mine.error is not None:
            raise mine.error

    def _wait(self, mine: _Waiting[T]) -> None:
        """Return when `mine` is done, or when this thread is the one to write."""
        with self._lock:
            self._waiting.append(mine)
            if not self._is_led:
                self._is_led = True
                return
        mine.signal.acquire()

    def _together(self) -> None:
        """Write those who wait now, the thread's own first; then let another thread go on."""
        held: list[_Waiting[T]] = []
        try:
            if len(self._waiting) < self._company:
                time.sleep(COMPANY_SECONDS)
            with GATE, turn():
                held = self._taken(MOST)
                self._whole(held)
        finally:
            # A fault before anything was taken is this thread's alone: the others go on.
            self._hand_on(held or self._taken(1))

    def _taken(self, most: int) -> list[_Waiting[T]]:
        with self._lock:
            return [self._waiting.popleft() for _ in range(min(len(self._waiting), most))]

    def _hand_on(self, held: list[_Waiting[T]]) -> None:
        for one in held:
            one.is_done = True
        with self._lock:
            self._company = len(held)
            self._is_led = bool(self._waiting)
            following = [self._waiting[0]] if self._waiting else []
        for one in (*following, *held[1:]):
            one.signal.release()

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
