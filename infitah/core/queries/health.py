"""Whether every part does its work, and the figures behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count, Min
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from infitah.core import clamd
from infitah.core.conf import INBOX, MAIL, WORK
from infitah.core.imap import inbox_key
from infitah.core.models import Inbox, JobLock, Mail, Outbox, StoredFile

WORKER: Final = "worker:"
OLDEST_TASK: Final = timedelta(minutes=5)
OLDEST_URGENT_MAIL: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the installation: whether it is well, and a short detail for the operator."""

    name: str
    is_well: bool
    detail: str = ""


def worker_seen_at() -> datetime | None:
    """Return when a worker last showed that it lives, in true time. One query."""
    newest = JobLock.objects.filter(name__startswith=WORKER).order_by("-last_run_at").first()
    return newest.last_run_at if newest else None


def health(now: datetime) -> list[Part]:
    """Return every part at the true instant `now`; if the database is away, that part alone."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return [
            Part("database", True),
            _worker(now),
            _tasks(now),
            _mail(now),
            _inbox(now),
            _events(),
            _clamd(now),
        ]
    except DatabaseError as error:
        return [Part("database", False, type(error).__name__)]


def _worker(now: datetime) -> Part:
    seen = worker_seen_at()
    if seen is None:
        return Part("worker", False, "no worker was ever seen")
    age = (now - seen).total_seconds()
    return Part("worker", age <= WORK.lease_seconds, f"last seen {age:.0f} s ago")


def _oldest_task(now: datetime) -> datetime | None:
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    due = waiting.filter(run_after__lte=now) | waiting.filter(run_after=get_date_max())
    oldest: datetime | None = due.aggregate(oldest=Min("enqueued_at"))["oldest"]
    return oldest


def _tasks(now: datetime) -> Part:
    oldest = _oldest_task(now)
    if oldest is None:
        return Part("tasks", True, "none waiting")
    age = now - oldest
    return Part("tasks", age <= OLDEST_TASK, f"the oldest waits {age.total_seconds():.0f} s")


def _mail(now: datetime) -> Part:
    states = dict(Mail.objects.values_list("state").annotate(count=Count("id")))
    told = ", ".join(f"{states[state]} {state}" for state in sorted(states))
    late = Mail.objects.filter(
        state=Mail.State.WAITING,
        priority__lte=Mail.Priority.RECEIPT,
        tries__gte=len(MAIL.backoff_seconds) // 2,
    )
    return Part("mail", not late.exists(), told or "none")


def _inbox(now: datetime) -> Part:
    if settings.ENVIRONMENT.imap is None:
        return Part("mailbox", True, "not set up: no mail is read here")
    silent = inbox_silent_since()
    if silent is None:
        return Part("mailbox", True)
    is_long = (now - silent).total_seconds() > INBOX.told_after_seconds
    told = f"the mailbox has not answered since {silent.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return Part("mailbox", not is_long, told)


def inbox_silent_since() -> datetime | None:
    """Return since when the mailbox of the environment is silent, None where it answers.

    In true time. One query at most.
    """
    address = settings.ENVIRONMENT.imap
    if address is None:
        return None
    known = Inbox.objects.filter(key=inbox_key(address)).values_list("silent_since", flat=True)
    return known.first()


def _events() -> Part:
    stuck = Outbox.objects.filter(handled_at=None, tries__gte=WORK.event_tries).count()
    return Part("events", stuck == 0, f"{stuck} given up" if stuck else "")


def _clamd(now: datetime) -> Part:
    address = settings.ENVIRONMENT.clamd
    if not address:
        return Part("scanner", True, "not set up: files are shown as not scanned")
    fault = clamd.fault(address, now)
    return Part("scanner", not fault, fault)


def metrics(now: datetime) -> Iterator[str]:
    """Return the figures in the text format of Prometheus, line by line."""
    for part in health(now):
        yield f'infitah_part_up{{part="{part.name}"}} {int(part.is_well)}\n'
    seen = worker_seen_at()
    if seen is not None:
        yield f"infitah_worker_age_seconds {(now - seen).total_seconds():.1f}\n"
    oldest = _oldest_task(now)
    age = (now - oldest).total_seconds() if oldest else 0.0
    yield f"infitah_oldest_task_seconds {age:.1f}\n"
    yield from _counts("infitah_tasks", DBTaskResult.objects.values_list("status"))
    yield from _counts("infitah_mails", Mail.objects.values_list("state"))
    yield from _counts("infitah_files", StoredFile.objects.values_list("scan"))
    waiting = Outbox.objects.filter(handled_at=None).count()
    yield f"infitah_events_waiting {waiting}\n"


def _counts(name: str, rows: object) -> Iterator[str]:
    for state, count in sorted(rows.annotate(count=Count("pk")).order_by()):  # type: ignore[attr-defined]
        yield f'{name}{{state="{str(state).lower()}"}} {count}\n'
