"""Asking the worker what is close in meaning; no answer at once is no answer."""

import logging
import socket
import time
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.conf import settings

from infitah.searchindex.meaning import frames

LOG = logging.getLogger(__name__)

PATIENCE_SECONDS = 0.05
"""A reader waits no longer than this for meaning; then words alone answer (decisions H44)."""
MANY_SILENCES: Final = 3
PAUSE_SECONDS: Final = 5.0
"""After so many silences in a row this process does not ask for so long: a stuck worker slows
nobody down.
"""
MAX_LETTERS: Final = 1000


class _Line:
    """How often the worker was silent in a row, and until when this process leaves it alone."""

    silences = 0
    silent_until = 0.0


def closest(
    *, community_key: str, kind: str, text: str, ids: Sequence[int], limit: int
) -> dict[int, float]:
    """Return the cosines, by id of indexed text, of `ids` and of the `limit` closest others.

    Empty where meaning is off, not ready, or silent for PATIENCE_SECONDS.
    """
    return closest_of(community_key=community_key, kinds=[kind], texts=[text], ids=ids, limit=limit)


def closest_of(
    *,
    community_key: str,
    kinds: Sequence[str],
    texts: Sequence[str],
    ids: Sequence[int],
    limit: int,
) -> dict[int, float]:
    """Return the same of several kinds, `limit` of each, for a question told in several ways.

    The closest way counts.
    """
    if not settings.ENVIRONMENT.meaning or time.monotonic() < _Line.silent_until:
        return {}
    question = {
        "community": community_key,
        "kinds": list(kinds),
        "texts": [text[:MAX_LETTERS] for text in texts],
        "ids": list(ids),
        "limit": limit,
    }
    found = _ask(question, PATIENCE_SECONDS).get("closest", [])
    return {int(pk): float(cosine) for pk, cosine in found}


def is_answering(*, patience: float = 1.0) -> bool:
    """Tell whether the worker of this home answers on meaning now."""
    return _ask({"ping": True}, patience).get("ready") is True


def forget_silence() -> None:
    """Ask the worker again at once, whatever happened before."""
    _Line.silences, _Line.silent_until = 0, 0.0


def _ask(question: Mapping[str, Any], patience: float) -> dict[str, Any]:
    deadline = time.monotonic() + patience
    try:
        with (
            frames.reachable(frames.folder()) as place,
            socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line,
        ):
            line.settimeout(patience)
            line.connect(f"{place}/{frames.NAME}")
            frames.send(line, question, deadline)
            told = frames.receive(line, deadline)
    except (FileNotFoundError, ConnectionRefusedError):
        return {}  # no worker, or one that does not hold the encoder: known at once
    except OSError as error:
        _note_silence(error)
        return {}
    _Line.silences = 0
    return told


def _note_silence(error: OSError) -> None:
    _Line.silences += 1
    if _Line.silences >= MANY_SILENCES:
        _Line.silences, _Line.silent_until = 0, time.monotonic() + PAUSE_SECONDS
        LOG.warning("The worker does not answer on meaning (%s); words alone answer.", error)
