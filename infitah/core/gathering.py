"""Short acts of many threads in one transaction: one commit, each answered after it.

SQLite writes to the disk at every commit (`synchronous=FULL`, decisions E17), and one writer at a
time. When many vote in the same moment, those who wait for the writer are written together by
whoever comes first; nobody is answered before the commit. A process kill loses what was not
answered, and nothing else.
"""

import threading
from collections import deque
from collections.abc import Callable

from django.db import connection, transaction
from django.utils import translation

Act = Callable[[], None]
GATE = threading.RLock()
"""Held by the one view, or the one gathering, that writes in this process now."""
MOST = 64


def writes_alone() -> bool:
    """Return whether an act of this thread is better written by itself."""
    return connection.features.has_select_for_update or connection.in_atomic_block


class _Waiting:
    """An act that waits for its commit, in the language of whoever asked for it."""

    __slots__ = ("act", "error", "is_done", "language")

    def __init__(self, act: Act) -> None:
        self.act = act
        self.language = translation.get_language() or "ar"
        self.error: BaseException | None = None
        self.is_done = False

    def run(self) -> None:
        """Do the act in a savepoint; what it refuses is kept for the one who asked."""
        try:
            with translation.override(self.language), transaction.atomic():
                self.act()
        except Exception as error:  # noqa: BLE001 (raised again in the thread of who asked)
            self.error = error


class Gathering:
    """Acts that wait together. Each must be whole in itself: one that fails undoes only itself."""

    def __init__(self) -> None:
        self._waiting: deque[_Waiting] = deque()

    def perform(self, act: Act) -> None:
        """Do `act` and return when it is committed; raise what it raised.

        Where many may write at the same time (PostgreSQL), or within a transaction, it is done by
        itself at once: gathering would only make people wait for each other's rows.
        """
        if writes_alone():
            act()
            return
        mine = _Waiting(act)
        self._waiting.append(mine)
        with GATE:
            if not mine.is_done:
                self._write([mine, *self._others(mine)])
        if mine.error is not None:
            raise mine.error

    def _others(self, mine: _Waiting) -> list[_Waiting]:
        """Take those who wait now, without `mine`; only the holder of the gate takes any."""
        taken = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST))]
        if mine in taken:
            taken.remove(mine)
        else:
            self._waiting.remove(mine)
        return taken

    def _write(self, acts: list[_Waiting]) -> None:
        try:
            with transaction.atomic():
                for one in acts:
                    one.run()
        except Exception:  # noqa: BLE001 (the commit failed for one of them: each by itself)
            for one in acts:
                one.error = None
                one.run()
        finally:
            for one in acts:
                one.is_done = True
