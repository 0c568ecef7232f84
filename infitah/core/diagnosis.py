"""What `infitah doctor` looks at: each finding says how to mend what is wrong."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.apps import apps
from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from infitah.core import clamd, imap, keys
from infitah.core.checks import pretended_time_fault
from infitah.core.conf import WORK
from infitah.core.models import Mail
from infitah.core.queries import inbox_silent_since, is_demonstration, worker_seen_at

Verdict = Literal["well", "warning", "fault"]
LEAST_FREE: Final = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor: what was looked at, how it is, what to do."""

    name: str
    verdict: Verdict
    told: str
    mend: str = ""


def examine(now: datetime) -> Iterator[Finding]:
    """Yield a finding for each part, at the true instant `now`; a broken part stops no other."""
    for look in LOOKS:
        try:
            yield from look(now)
        except Exception as error:  # noqa: BLE001 (whatever is broken is a finding)
            name = look.__name__.strip("_").replace("_", " ")
            yield Finding(name, "fault", f"{type(error).__name__}: {error}")


def _home(_now: datetime) -> Iterator[Finding]:
    home = Path(settings.HOME)
    try:
        with tempfile.TemporaryFile(dir=home):
            yield Finding("home", "well", str(home))
    except OSError as error:
        mend = f"Make {home} writable for the user that runs Infitah, or set INFITAH_HOME."
        yield Finding("home", "fault", f"{home}: {error.strerror}", mend)
        return
    free = shutil.disk_usage(home).free
    told = f"{free // (1024 * 1024)} MB free"
    verdict: Verdict = "well" if free >= LEAST_FREE else "warning"
    yield Finding("disk", verdict, told, "" if verdict == "well" else "Free some space.")


def _database(_now: datetime) -> Iterator[Finding]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        yield Finding("database", "fault", str(error).strip(), "Check DATABASE_URL and the server.")
        return
    yield Finding("database", "well", connection.vendor)
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        yield Finding("migrations", "fault", f"{waiting} not applied", "Run: infitah upgrade")
    else:
        yield Finding("migrations", "well", "all applied")


def _keys(_now: datetime) -> Iterator[Finding]:
    folder = Path(settings.ENVIRONMENT.keys_dir)
    missing = [purpose for purpose in keys.PURPOSES if not list(folder.glob(f"{purpose}-*.key"))]
    if missing:
        told = f"no {', '.join(missing)} key in {folder}"
        mend = "They are made at first use; if data exist, restore the keys."
        yield Finding("missing keys", "warning", told, mend)
    if len(missing) == len(keys.PURPOSES):
        return
    loose = [path.name for path in folder.glob("*.key") if path.stat().st_mode & 0o077]
    if loose:
        yield Finding("keys", "fault", f"others may read {loose[0]}", f"Run: chmod 600 {folder}/*")
        return
    yield Finding("keys", "well", f"{len(list(folder.glob('*.key')))} in {folder}")
    if not keys.is_copied() and not is_demonstration():
        yield Finding(
            "copy of the keys",
            "fault",
            "nobody noted a copy: lost keys cannot be made again",
            "Run: infitah backup FILE --passphrase; or copy the folder and run: "
            "infitah doctor --keys-copied",
        )


def _time(now: datetime) -> Iterator[Finding]:
    fault = pretended_time_fault()
    if fault:
        yield Finding("clock", "fault", fault, "Unset INFITAH_NOW.")
    try:
        zone = ZoneInfo("Africa/Casablanca")
    except ZoneInfoNotFoundError:
        yield Finding("time zones", "fault", "no data", "Install the locked dependencies again.")
        return
    # Ramadan of 2026 begins on 18 or 19 February: data older than that rule know no +00:00 then.
    is_fresh = datetime(2026, 3, 1, 12, tzinfo=zone).utcoffset() == timedelta(0)
    told = f"Africa/Casablanca is {now.astimezone(zone):%z} now"
    mend = "" if is_fresh else "Update the package tzdata: Ramadan 2026 is unknown to it."
    yield Finding("time zones", "well" if is_fresh else "warning", told, mend)


def _made_files(_now: datetime) -> Iterator[Finding]:
    static = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if static.exists():
        yield Finding("static files", "well", str(static.parent))
    else:
        yield Finding(
            "static files", "fault", "not gathered", "Run: infitah collectstatic --no-input"
        )
    fonts = list((Path(apps.get_app_config("design").path) / "pdf" / "fonts").glob("*.ttf"))
    fault = "" if fonts else "Install Infitah again: its fonts are missing."
    yield Finding("fonts", "well" if fonts else "fault", f"{len(fonts)} for documents", fault)
    folder = Path(apps.get_app_config("core").path) / "locale" / "ar" / "LC_MESSAGES"
    is_compiled = (folder / "django.mo").exists()
    fault = "" if is_compiled else "Run: python tools/messages.py compile"
    told = "compiled" if is_compiled else "not compiled"
    yield Finding("messages", "well" if is_compiled else "fault", told, fault)


def _worker(now: datetime) -> Iterator[Finding]:
    seen = worker_seen_at()
    age = (now - seen).total_seconds() if seen else None
    if age is not None and age <= WORK.lease_seconds:
        yield Finding("worker", "well", f"seen {age:.0f} s ago")
        return
    told = "never seen" if seen is None else f"last seen {seen.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    yield Finding("worker", "warning", told, "Start the server: infitah serve")


def _mail(_now: datetime) -> Iterator[Finding]:
    if settings.ENVIRONMENT.smtp is None:
        verdict: Verdict = "well" if is_demonstration() else "warning"
        mend = "" if verdict == "well" else "Set INFITAH_SMTP_URL: nobody receives these files."
        yield Finding("mail", verdict, "written to INFITAH_HOME/mail", mend)
    else:
        door = get_connection()
        try:
            door.open()
            door.close()
            yield Finding("mail", "well", f"{settings.ENVIRONMENT.smtp.host} answers")
        except OSError as error:
            mend = "Check INFITAH_SMTP_URL: host, port, user, password."
            yield Finding("mail", "fault", f"{type(error).__name__}: {error}", mend)
    stopped = Mail.objects.filter(state__in=[Mail.State.FAILED, Mail.State.UNCERTAIN]).count()
    if stopped:
        mend = "See the log of the worker for the reasons."
        yield Finding("mail not sent", "warning", f"{stopped} messages", mend)


def _inbox(_now: datetime) -> Iterator[Finding]:
    address = settings.ENVIRONMENT.imap
    if address is None:
        yield Finding("mailbox", "well", "none is read; INFITAH_IMAP_URL would name one")
        return
    try:
        with imap.opened(address) as mailbox:
            told = f"{address.host} answers: {mailbox.count} mails in {address.folder}"
            yield Finding("mailbox", "well", told)
    except imap.MailboxDown as down:
        silent = inbox_silent_since()
        since = f"; silent since {silent.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if silent else ""
        mend = "Check INFITAH_IMAP_URL: host, port, user, password, folder. No mail is lost there."
        yield Finding("mailbox", "fault", f"{down}{since}", mend)
    if not (address.is_tls or address.is_starttls) and not _is_here(address.host):
        mend = "Write imaps:// in INFITAH_IMAP_URL, or add ?starttls=1."
        yield Finding("line to the mailbox", "warning", "the password travels in clear", mend)
    if not address.address:
        mend = "Add ?address=name@domain to INFITAH_IMAP_URL."
        told = "unknown: answers of people go to the address of the community"
        yield Finding("address of the mailbox", "warning", told, mend)


def _is_here(host: str) -> bool:
    return host in {"localhost", "::1"} or host.startswith("127.")


def _scanner(now: datetime) -> Iterator[Finding]:
    address = settings.ENVIRONMENT.clamd
    if not address:
        mend = "Set INFITAH_CLAMD to clamd's host:port or socket."
        yield Finding("scanner", "warning", "none: files are shown as not scanned", mend)
        return
    fault = clamd.fault(address, now)
    mend = "Start clamd, run freshclam." if fault else ""
    yield Finding("scanner", "fault" if fault else "well", fault or address, mend)


def _storage(_now: datetime) -> Iterator[Finding]:
    if settings.ENVIRONMENT.storage_url:
        told = "INFITAH_STORAGE_URL is reserved: an object store is not built yet"
        yield Finding("storage", "fault", told, "Unset it: files are kept in INFITAH_HOME/files.")
        return
    root = Path(settings.STORED_FILES_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    is_writable = os.access(root, os.W_OK)
    mend = "" if is_writable else f"Make {root} writable."
    yield Finding("storage", "well" if is_writable else "fault", str(root), mend)


Look = Callable[[datetime], Iterator[Finding]]
LOOKS: list[Look] = [
    _home,
    _database,
    _keys,
    _time,
    _made_files,
    _worker,
    _mail,
    _inbox,
    _scanner,
    _storage,
]


def register_look(look: Look) -> None:
    """Have the doctor look at a part of an app above, after the parts of the base."""
    if look not in LOOKS:
        LOOKS.append(look)
