"""A child ends when its parent does, even if the parent was killed without a word."""

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
import time

PR_SET_PDEATHSIG = 1
POLL_SECONDS = 1.0
CANNOT_START = 78  # EX_CONFIG: starting again would change nothing


def supervisor() -> int:
    """Return the process that started this one to look after it, or 0."""
    return int(os.environ.get("INFITAH_SUPERVISOR") or 0)


def follow_parent(parent: int = 0) -> None:
    """Have this process end with its parent; `parent` is the process that should still live.

    Without it, that is who started this one by `multiprocessing`, else the parent as it is now.
    Linux sends the signal itself; elsewhere a thread looks once a second.
    """
    parent = parent or _starter()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    watch = threading.Thread(target=_watch, args=(parent,), name="lifeline", daemon=True)
    watch.start()


def _starter() -> int:
    # A parent that was killed while this process was still loading is no longer the parent that
    # the kernel names: then only what it wrote down at the start says whom to follow.
    starter = multiprocessing.parent_process()
    return starter.pid or 0 if starter else os.getppid()


def _watch(parent: int) -> None:
    # Also on Linux: a parent that died before the call above sends nothing any more, and a
    # process that is stuck while stopping must not stay behind.
    while os.getppid() == parent:
        time.sleep(POLL_SECONDS)
    time.sleep(5)
    os.kill(os.getpid(), signal.SIGKILL)
