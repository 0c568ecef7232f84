"""The few numbers that the base goes by; what an operator may change is in the environment."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class MailOptions:
    """How mail is sent: in batches, tried again later, erased afterwards."""

    batch: int = 20
    tries: int = 8
    erase_after_days: int = 7
    claim_seconds: int = 300
    backoff_seconds: tuple[int, ...] = (15, 60, 300, 900, 3600, 3 * 3600, 6 * 3600)


@dataclass(frozen=True, slots=True)
class InboxOptions:
    """How the mailbox is read: a few at a time, nothing huge, again later while it is silent."""

    batch: int = 20
    run_seconds: float = 20.0
    timeout_seconds: float = 15.0
    max_bytes: int = 30 * 1024 * 1024
    head_bytes: int = 64 * 1024
    tries: int = 3
    look_back_days: int = 3
    told_after_seconds: int = 3600
    backoff_seconds: tuple[int, ...] = (60, 120, 300, 600, 900)


@dataclass(frozen=True, slots=True)
class FileOptions:
    """How large a file may be, how long an unbound one is kept."""

    max_bytes: int = 10 * 1024 * 1024
    keep_staged_hours: int = 24
    rescan_minutes: int = 10
    head_bytes: int = 8192


@dataclass(frozen=True, slots=True)
class WorkOptions:
    """How the worker waits, shows that it lives, and tries again."""

    shortest_wait: float = 0.2
    longest_wait: float = 1.0
    beat_seconds: float = 5.0
    lease_seconds: float = 30.0
    service_pause_seconds: float = 10.0
    tries: int = 5
    backoff_seconds: tuple[int, ...] = (5, 60, 300, 1800)
    event_tries: int = 10
    event_backoff_seconds: tuple[int, ...] = (2, 10, 60, 300, 1800)
    keep_events_days: int = 30
    keep_tasks_days: int = 14
    keep_attempts_hours: int = 48


@dataclass(frozen=True, slots=True)
class DigestOptions:
    """When the daily digest goes out, how many people at once, how much it tells."""

    hour: int = 8
    piece: int = 200
    lines_a_kind: int = 12
    keep_news_days: int = 400


@dataclass(frozen=True, slots=True)
class RedactionOptions:
    """How sharp covered pages are drawn, what is too large, how long and how much a run may take.

    An A0 page at 160 dots an inch has 40 million; 14,400 points are the largest side of a PDF page.
    """

    dpi: int = 200
    most_pages: int = 500
    most_dots: int = 40_000_000
    longest_side: int = 14_400
    most_picture_dots: int = 200_000_000
    most_inflated: int = 256 * 1024 * 1024
    most_memory: int = 2 * 1024 * 1024 * 1024
    seconds_a_page: int = 20
    seconds_at_least: int = 60


DIGEST: Final = DigestOptions()
MAIL: Final = MailOptions()
INBOX: Final = InboxOptions()
FILES: Final = FileOptions()
WORK: Final = WorkOptions()
REDACTION: Final = RedactionOptions()
MAX_BODY: Final = 12 * 1024 * 1024  # the largest upload and its form
