"""How the worker and its askers speak: one length, one JSON object; where the socket stands."""

import json
import os
import socket
import struct
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.conf import settings

MAX_FRAME: Final = 32 * 1024
"""Bytes of a frame: a question with 200 ids, or as many answers."""
NAME: Final = "meaning.sock"
LONGEST_PATH: Final = 80
"""Bytes of a folder's path that leave room in the address of a socket, which holds 107."""

_LENGTH = struct.Struct("!I")


class FrameRefused(OSError):
    """The other side sent what is no frame, or too long a one, or too slowly."""


def folder() -> Path:
    """Return where the socket stands: a folder of the home that only its owner may enter."""
    return Path(settings.HOME) / "run"


@contextmanager
def reachable(place: Path) -> Iterator[str]:
    """Yield a path to `place` short enough for the address of a socket (Linux, if it is long)."""
    if len(os.fsencode(place)) <= LONGEST_PATH:
        yield str(place)
        return
    number = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{number}"
    finally:
        os.close(number)


def send(line: socket.socket, told: Mapping[str, Any], deadline: float) -> None:
    """Send one frame before `deadline` (monotonic seconds). Raises OSError."""
    body = json.dumps(told, ensure_ascii=False).encode()
    if len(body) > MAX_FRAME:
        raise FrameRefused(f"a frame of {len(body)} bytes is too long")
    line.settimeout(_left(deadline))
    line.sendall(_LENGTH.pack(len(body)) + body)


def receive(line: socket.socket, deadline: float) -> dict[str, Any]:
    """Return the next frame, whole before `deadline` (monotonic seconds). Raises OSError."""
    (length,) = _LENGTH.unpack(_exactly(line, _LENGTH.size, deadline))
    if length > MAX_FRAME:
        raise FrameRefused(f"a frame of {length} bytes is too long")
    try:
        told = json.loads(_exactly(line, length, deadline))
    except ValueError as error:
        raise FrameRefused("a frame is no JSON") from error
    if not isinstance(told, dict):
        raise FrameRefused("a frame is no object")
    return told


def _exactly(line: socket.socket, count: int, deadline: float) -> bytes:
    parts = b""
    while len(parts) < count:
        line.settimeout(_left(deadline))
        part = line.recv(count - len(parts))
        if not part:
            raise FrameRefused("the line was closed")
        parts += part
    return parts


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
