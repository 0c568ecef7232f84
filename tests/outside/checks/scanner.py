"""A real clamd against the running product: infected refused, clean taken, silence never "clean".

Debian's package comes without signatures, so the daemon gets one of our own: the EICAR test file,
whose text is put together here and lies nowhere in clear (outside-checks 5).
"""

import io
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infitah.core import clamd
from tests.live import free_port
from tests.outside import toolbox
from tests.outside.check import Check, Stage
from tests.outside.site import Site, until

EICAR = (
    r"X5O!P%@AP[4\PZX54(P^)7CC)7}" + "".join(reversed("*H+H$!ELIF-TSET-SURIVITNA-DRADNATS-RACIE$"))
).encode()
# One page, nothing on it: what a reader of PDF takes, and a scanner finds clean.
SHEET = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
REFUSED = "Infitah.EICAR"
LIMIT = 30 * 1024 * 1024


@contextmanager
def daemon(folder: Path, *, signed: bool = True) -> Iterator[str]:
    """Yield the address of a clamd with our one signature, or with another that fits nothing."""
    program, port = toolbox.program("clamd", "clamav-daemon"), free_port()
    base = folder / f"db-{port}"
    base.mkdir(parents=True)
    text = EICAR if signed else b"words that stand in no file of this check"
    (base / "infitah-test.ndb").write_text(f"Infitah.EICAR:0:*:{text.hex()}\n")
    rules = folder / f"clamd-{port}.conf"
    rules.write_text(
        f"DatabaseDirectory {base}\nTCPSocket {port}\nTCPAddr 127.0.0.1\n"
        "Foreground yes\nStreamMaxLength 30M\n"
    )
    quiet = subprocess.DEVNULL
    process = subprocess.Popen([program, "-c", str(rules)], stdout=quiet, stderr=quiet)
    try:
        until(lambda: _answers(f"127.0.0.1:{port}"))
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(15)


def _answers(address: str) -> bool:
    try:
        return clamd.ask(address, "PING") == "PONG"
    except OSError:
        return False


def zipped(content: bytes) -> bytes:
    """Return a zip that holds `content`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.txt", content)
    return out.getvalue()


def by_client(address: str) -> list[str]:
    """Return where our client of clamd says another thing than it should."""
    wanted = (
        ("clean", SHEET),
        ("infected", EICAR),
        ("infected", zipped(EICAR)),
        ("not_scanned", b"x" * (LIMIT + 1)),
    )
    return [
        f"{len(content)} bytes: {seen.state} ({seen.note}), not {state}"
        for state, content in wanted
        if (seen := clamd.scan(address, io.BytesIO(content))).state != state
    ]


def by_form(site: Site) -> list[str]:
    """Send an infected and a clean sheet as a citizen would; return what went wrong."""
    wrong = []
    infected = ("sheet.pdf", "application/pdf", SHEET + EICAR)
    answer = site.browser().give_idea("فكرة مع ملف مصاب للتحقق", infected)
    if answer.status != 422 or REFUSED not in answer.text:
        wrong.append(f"an infected sheet is answered with {answer.status}")
    if REFUSED in answer.text and 'name="kept"' in answer.text:
        wrong.append("the infected sheet was kept")
    clean = site.browser().give_idea(
        "فكرة مع ملف سليم للتحقق", ("sheet.pdf", "application/pdf", SHEET)
    )
    if clean.status != 302:
        wrong.append(f"a clean sheet is answered with {clean.status}")
    left = [path for path in (site.home / "files").rglob("*") if path.is_file()]
    wrong += [f"left on disk: {path.name}" for path in left if EICAR in path.read_bytes()]
    return wrong


def _checked(stage: Stage, *, signed: bool) -> list[str]:
    with (
        daemon(stage.scratch("clamd"), signed=signed) as address,
        stage.copies.running(INFITAH_CLAMD=address) as site,
    ):
        return by_client(address) + by_form(site)


def good(stage: Stage) -> list[str]:
    """Return what is wrong with the daemon that knows the virus, and with one that is down."""
    nobody = f"127.0.0.1:{free_port()}"
    silent = clamd.scan(nobody, io.BytesIO(SHEET)).state
    unheard = [] if silent == "not_scanned" else [f"a daemon that is down says {silent}"]
    return _checked(stage, signed=True) + unheard


CHECKS = (
    Check(
        "clamd",
        "a real scanner: infected, clean, zipped, too large, down",
        lambda stage: _checked(stage, signed=False),
        good,
        ("not infected", "an infected sheet is answered with 302", "left on disk"),
    ),
)
