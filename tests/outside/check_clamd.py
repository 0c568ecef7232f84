"""A real clamd, started here, against our client (outside-checks 5).

Not part of `make test`: run `pytest tests/outside/check_clamd.py` where clamd is installed.
"""

import io
import shutil
import socket
import subprocess
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from infitah.core import clamd

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LIMIT = 30 * 1024 * 1024


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        pytest.fail("clamd is not installed (Debian: clamav-daemon): the scanner was NOT checked.")
    folder: Path = tmp_path_factory.mktemp("clamd")
    (folder / "db").mkdir()
    (folder / "db" / "infitah-test.ndb").write_text(f"Infitah.EICAR:0:*:{EICAR.hex()}\n")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (folder / "clamd.conf").write_text(
        f"DatabaseDirectory {folder / 'db'}\nTCPSocket {port}\nTCPAddr 127.0.0.1\n"
        "Foreground yes\nStreamMaxLength 30M\n"
    )
    process = subprocess.Popen([program, "-c", str(folder / "clamd.conf")])
    where = f"127.0.0.1:{port}"
    for _ in range(300):
        try:
            if clamd.ask(where, "PING") == "PONG":
                break
        except OSError:
            time.sleep(0.1)
    yield where
    process.terminate()
    process.wait(10)


def zipped(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.txt", content)
    return out.getvalue()


def test_clean_infected_zipped_and_too_large(address: str) -> None:
    def state(content: bytes) -> str:
        return clamd.scan(address, io.BytesIO(content)).state

    assert state(b"%PDF-1.7 clean") == "clean"
    assert state(EICAR) == "infected"
    assert state(zipped(EICAR)) == "infected"
    assert state(b"x" * (LIMIT + 1)) == "not_scanned"
