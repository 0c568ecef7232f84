"""Asking clamd whether a file holds a virus: our own client of its INSTREAM command.

`INFITAH_CLAMD` is `host:port` or the path of a socket. An answer that is not plainly "OK" or
"FOUND" is "not scanned" with its reason, never "clean" (dependencies.md 4.6).
"""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import BinaryIO, Literal

State = Literal["clean", "infected", "not_scanned"]
BLOCK = 64 * 1024
TIMEOUT_SECONDS = 5.0
OLDEST_SIGNATURES = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the scan says; `note` is the name of the virus, or why there was no scan."""

    state: State
    note: str = ""


@contextmanager
def _line(address: str) -> Iterator[socket.socket]:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        target: str | tuple[str, int] = address
    else:
        host, _colon, port = address.rpartition(":")
        line = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        target = (host.strip("[]") or "127.0.0.1", int(port))
    line.settimeout(TIMEOUT_SECONDS)
    with line:
        line.connect(target)
        yield line


def _answer(line: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0"):
        block = line.recv(4096)
        if not block:
            break
        answer += block
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def ask(address: str, command: str) -> str:
    """Return the answer to a plain command such as PING or VERSION. Raises OSError."""
    with _line(address) as line:
        line.sendall(b"z" + command.encode() + b"\0")
        return _answer(line)


def signature_date(version: str) -> datetime | None:
    """Return the date of the signatures in an answer to VERSION, or None if there is none."""
    parts = version.split("/")
    if len(parts) < 3:
        return None
    try:
        return datetime.strptime(parts[2].strip(), "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    except ValueError:
        return None


def fault(address: str, now: datetime) -> str:
    """Return why scans cannot be trusted at `now`, or nothing if they can."""
    try:
        version = ask(address, "VERSION")
    except (OSError, ValueError) as error:
        return f"clamd does not answer at {address}: {error}"
    made = signature_date(version)
    if made is None:
        return "clamd has no virus signatures; run freshclam"
    if now - made > OLDEST_SIGNATURES:
        return f"clamd's signatures are of {made:%Y-%m-%d}, older than 7 days; run freshclam"
    return ""


def scan(address: str, content: BinaryIO) -> Verdict:
    """Return the verdict on `content`, read from where it stands to its end."""
    if not address:
        return Verdict("not_scanned", "no scanner is set up")
    try:
        with _line(address) as line:
            line.sendall(b"zINSTREAM\0")
            while block := content.read(BLOCK):
                line.sendall(struct.pack("!I", len(block)) + block)
            line.sendall(struct.pack("!I", 0))
            return _verdict(_answer(line))
    except (OSError, ValueError) as error:
        return Verdict("not_scanned", f"the scanner does not answer: {error}"[:200])


def _verdict(answer: str) -> Verdict:
    body = answer.partition(": ")[2] or answer
    if body.endswith(" FOUND"):
        return Verdict("infected", body.removesuffix(" FOUND")[:200])
    if body == "OK":
        return Verdict("clean")
    return Verdict("not_scanned", (body or "the scanner gave no answer")[:200])
