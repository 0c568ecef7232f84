"""A child ends when its parent does, even if the parent was killed without a word."""

import ctypes
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

    Linux sends the signal itself; elsewhere a thread looks once a second.
    """
    parent = parent or os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    watch = threading.Thread(target=_watch, args=(parent,), name="lifeline", daemon=True)
    watch.start()


def _watch(parent: int) -> None:
    # Also on Linux: a parent that died before the call above sends nothing any more, and a
    # process that is stuck while stopping must not stay behind.
    while os.getppid() == parent:
        time.sleep(POLL_SECONDS)
    time.sleep(5)
    os.kill(os.getpid(), signal.SIGKILL)
