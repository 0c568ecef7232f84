"""A real IMAP server for tests: pymap over a Maildir, into which mails are delivered as by an MTA.

It can be down while mails arrive, come back, and number its mails anew.
"""

import imaplib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import pbkdf2_hmac
from pathlib import Path

ADDRESS = "talabat@example.ma"
PASSWORD = "kalimat as-sirr"  # invented
ROUNDS = 1000


@dataclass(frozen=True)
class Box:
    """The mailbox as the environment names it (`config.environment.Imap`)."""

    port: int
    host: str = "127.0.0.1"
    username: str = ADDRESS
    password: str = PASSWORD
    folder: str = "INBOX"
    is_tls: bool = False
    is_starttls: bool = False
    community: str = ""
    address: str = ADDRESS
    has_plus: bool = False


def _hashed(password: str) -> str:
    salt = secrets.token_bytes(16)
    digest = pbkdf2_hmac("sha256", password.encode(), salt, ROUNDS)
    return f"$pbkdf2-sha256${ROUNDS}${b64encode(salt).decode()}${b64encode(digest).decode()}"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class ImapServer:
    """One mailbox on a port of this machine; start and stop it as often as a test wants."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        home.mkdir(parents=True, exist_ok=True)
        (home / "pymap-etc-passwd").write_text(f"{ADDRESS}:x:1000:::mail:\n")
        (home / "pymap-etc-shadow").write_text(f"{ADDRESS}:{_hashed(PASSWORD)}::::::\n")
        (home / "pymap-etc-group").write_text("")
        for name in ("new", "cur", "tmp"):
            (home / "mail" / name).mkdir(parents=True, exist_ok=True)
        self._process: subprocess.Popen[bytes] | None = None
        self._delivered = 0

    def box(self, **more: object) -> Box:
        """Return its address as the environment names it."""
        return Box(self.port, **more)  # type: ignore[arg-type]

    def start(self) -> "ImapServer":
        program = Path(sys.executable).parent / "pymap"
        assert program.exists(), "pymap is not installed: run `make test`, which installs it."
        self._process = subprocess.Popen(
            [
                *(str(program), "--host", "127.0.0.1", "--port", str(self.port), "--no-tls"),
                *("maildir", str(self.home)),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _try in range(200):
            assert self._process.poll() is None, "pymap did not start"
            try:
                imaplib.IMAP4("127.0.0.1", self.port, timeout=5).logout()
            except OSError:
                time.sleep(0.05)
            else:
                return self
        raise AssertionError("pymap did not answer within ten seconds")

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None

    def hang(self) -> None:
        """Let it take connections and say nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def number_anew(self) -> None:
        """Forget the numbers of all mails, as a mailbox that was restored: UIDVALIDITY changes."""
        self.stop()
        (self.home / "mail" / "dovecot-uidlist").unlink()
        self.start()

    def deliver(self, content: bytes, at: datetime | None = None) -> None:
        """Put a mail into the box as the mail server of the institution does, also while down."""
        self._delivered += 1
        name = f"{1_700_000_000 + self._delivered}.M{self._delivered}P1.test"
        path = self.home / "mail" / "new" / name
        path.write_bytes(content)
        if at is not None:
            os.utime(path, (at.timestamp(), at.timestamp()))
        if self._process is not None:
            self.flags()  # it has its number before the next one comes

    def flags(self) -> dict[int, str]:
        """Return the flags of each mail by its number."""
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=5) as line:
            line.login(ADDRESS, PASSWORD)
            line.select("INBOX", readonly=True)
            _kind, found = line.uid("FETCH", "1:*", "(FLAGS)")
            told = [one.decode() for one in found if isinstance(one, bytes)]
        return {int(one.split("UID ")[1].split()[0].rstrip(")")): one for one in told}

    def mark_read_by_hand(self, uid: int) -> None:
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=5) as line:
            line.login(ADDRESS, PASSWORD)
            line.select("INBOX")
            line.uid("STORE", str(uid), "+FLAGS", r"(\Seen)")
