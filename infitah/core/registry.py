"""What the apps above say to the base from `AppConfig.ready`, one line a registration (house 1).

The base calls what is registered here and knows nothing of who registered it.
"""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from typing import Any, Protocol

from django.utils.functional import Promise

from infitah.core.models import Mail, Outbox
from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText


class Job(Protocol):
    """Periodic work; true when more of it waits, so that it is called again at once."""

    def __call__(self, *, now: datetime) -> object: ...


class EventHandling(Protocol):
    """What an app does with an event of the outbox, inside the transaction that marks it done."""

    def __call__(self, *, event: Outbox, now: datetime) -> object: ...


class AfterRestore(Protocol):
    """What an app does once a backup was put back, before the server starts again."""

    def __call__(self, *, archive_sha256: str, made_at: datetime, now: datetime) -> object: ...


class Export(Protocol):
    """A file that `infitah export NAME` writes: its help, its arguments, the writing."""

    help: str

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name what the command takes after NAME."""

    def write(self, options: Mapping[str, Any]) -> str:
        """Write the file; return what was written, in one line. Raises CommandError."""


HasWork = Callable[[datetime], bool]
Service = Callable[[Event], object]
Visible = Callable[[Viewer, str], bool]


@dataclass(frozen=True, slots=True)
class RegisteredJob:
    """A job, how often it runs, and a cheap look that spares the lock when nothing waits."""

    name: str
    every_seconds: float
    run: Job
    has_work: HasWork | None = None
    lease_seconds: int = 600


JOBS: dict[str, RegisteredJob] = {}
HANDLERS: dict[str, list[EventHandling]] = {}
FILE_GUARDS: dict[str, Visible] = {}
AFTER_RESTORE: list[AfterRestore] = []
RETRIES: dict[str, int] = {}
SERVICES: dict[str, Service] = {}
EXPORTS: dict[str, Export] = {}


def register_job(
    name: str,
    every_seconds: float,
    run: Job,
    *,
    has_work: HasWork | None = None,
    lease_seconds: int = 600,
) -> None:
    """Have the worker call `run(now=...)` every `every_seconds`, in one process at a time.

    A job that dies leaves its lock to expire after `lease_seconds`. Registering a name again
    replaces the job.
    """
    JOBS[name] = RegisteredJob(name, every_seconds, run, has_work, lease_seconds)


def register_export(name: str, export: Export) -> None:
    """Have `infitah export NAME` write a file of this app."""
    EXPORTS[name] = export


def register_service(name: str, serve: Service) -> None:
    """Have the worker run `serve(stopping)` in a thread of its own until `stopping` is set.

    One that ends by an error is started again after a while; one that returns stays ended.
    """
    SERVICES[name] = serve


def register_handler(kind: str, handle: EventHandling) -> None:
    """Have every event of `kind` handed to `handle(event=..., now=...)` after its commit."""
    handlers = HANDLERS.setdefault(kind, [])
    if handle not in handlers:
        handlers.append(handle)


def register_file_guard(prefix: str, visible: Visible) -> None:
    """Have `visible(viewer, subject)` decide on private files whose subject begins so."""
    FILE_GUARDS[prefix] = visible


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes to people in the name of a community, and where its pages are.

    `reply_to` is the public mail address, empty where there is none; `counter` returns in a
    language where people are received, in one line, or "".
    """

    institution: LocalizedText
    url: Callable[[str, str], str]
    reply_to: str = ""
    counter: Callable[[str], str] = lambda _language: ""


Letterheads = Callable[[str], Letterhead]
LETTERHEADS: list[Letterheads] = []
ReplyTo = Callable[[Mail], str]
REPLY_TO: dict[str, ReplyTo] = {}
NEWS_WORDS: dict[str, str | Promise] = {}


def register_letterhead(find: Letterheads) -> None:
    """Have `find(community_key)` tell in whose name the base writes; the last one counts."""
    LETTERHEADS.append(find)


def letterhead_of(community_key: str) -> Letterhead:
    """Return in whose name mail of a community is written. Raises IndexError where none is."""
    return LETTERHEADS[-1](community_key)


def register_reply_to(prefix: str, find: ReplyTo) -> None:
    """Have `find(mail)` tell where answers go to mails whose template begins with `prefix`."""
    REPLY_TO[prefix] = find


def reply_to_of(mail: Mail) -> str:
    """Return the address for answers that an app gave to this mail, "" where none did."""
    found = (find(mail) for prefix, find in REPLY_TO.items() if mail.template.startswith(prefix))
    return next(filter(None, found), "")


def register_news(kind: str, words: str | Promise) -> None:
    """Give news of `kind` the heading under which a digest tells it."""
    NEWS_WORDS[kind] = words


def news_words(kind: str) -> str | Promise:
    """Return the heading of news of `kind`; the kind itself where nobody named it."""
    return NEWS_WORDS.get(kind, kind)


def register_after_restore(act: AfterRestore) -> None:
    """Have `act` called once after a backup was restored: the register records it there."""
    if act not in AFTER_RESTORE:
        AFTER_RESTORE.append(act)


def register_retries(task_path: str, tries: int) -> None:
    """Have the task at `task_path` tried `tries` times in all instead of the usual five."""
    RETRIES[task_path] = tries


def file_guard(subject: str) -> Visible | None:
    """Return the guard with the longest prefix of `subject`, or None."""
    prefixes: Mapping[str, Visible] = FILE_GUARDS
    fitting = [prefix for prefix in prefixes if subject.startswith(prefix)]
    return prefixes[max(fitting, key=len)] if fitting else None
