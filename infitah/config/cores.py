"""One core for each web process, where there are as many of them as cores.

A process of Python computes on one core at a time, whatever number of threads it has. When these
wait for each other (votes that share a commit), the kernel wakes them on whichever core is idle,
and each time what the other core knew by heart is read anew: a sixth of all votes a second.
"""

import fcntl
import os
from collections.abc import Iterable
from pathlib import Path
from typing import IO

_held: list[IO[bytes]] = []


def allowed_cores() -> list[int]:
    """Return the cores that this process may run on; empty where the system does not say."""
    ask = getattr(os, "sched_getaffinity", None)
    return sorted(ask(0)) if ask else []


def keep_to_one(folder: Path, workers: int) -> int | None:
    """Bind this process to a core that no other web process of `folder` is bound to.

    Return the core; None, and nothing is bound, unless there are two or more `workers` and as
    many as cores. A lock on a file in `folder` tells the processes apart: the kernel frees it
    when one ends, and who takes its place takes its core. Threads started later are bound too.
    """
    cores = allowed_cores()
    core = _first_free(folder, cores) if workers == len(cores) > 1 else None
    if core is not None:
        os.sched_setaffinity(0, {core})
    return core


def _first_free(folder: Path, cores: Iterable[int]) -> int | None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for core in cores:
        lock = (folder / f"core-{core}.lock").open("ab")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            continue
        _held.append(lock)
        return core
    return None
