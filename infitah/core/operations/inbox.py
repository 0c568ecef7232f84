"""Reading the mailbox: a few mails at a time, none lost, none taken in twice.

A mail is fetched and prepared without a transaction; what is kept of it and how far the mailbox was
read are one commit; only then the server is told that it was read. A kill in between loses nothing:
before the commit the mail is fetched again, after it only the mark is missing.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction

from infitah.core import clock, imap
from infitah.core.conf import INBOX
from infitah.core.models import Inbox

logger = logging.getLogger("infitah.inbox")

# What the mail itself is not to blame for: it waits, whole, until this has passed.
PASSING = (imap.MailboxDown, OperationalError, InterfaceError, OSError)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A mail as it was fetched; not `is_whole` where only its headers were.

    `is_stuck`: whole, it could not be taken in several times.
    """

    uid: int
    size: int
    received_at: datetime
    content: bytes
    is_whole: bool
    is_stuck: bool = False


Keep = Callable[[], object]


class Prepare(Protocol):
    """Gets a mail ready outside any transaction; what it returns keeps it, inside one."""

    def __call__(self, arrived: Arrived, *, now: datetime) -> Keep: ...


def has_inbox_due(_now: datetime) -> bool:
    """Return whether a mailbox is set up and not waited for. One query at most."""
    address = settings.ENVIRONMENT.imap
    if address is None:
        return False
    known = Inbox.objects.filter(key=imap.inbox_key(address))
    return not known.filter(retry_at__gt=clock.real_now()).exists()


def read_inbox(*, prepare: Prepare, now: datetime) -> bool:
    """Take in what came; return whether more waits. Outside any transaction.

    A mailbox that does not answer is tried again later, later each time; the instant since which
    it is silent is kept.
    """
    address = settings.ENVIRONMENT.imap
    if address is None:
        return False
    inbox, _is_new = Inbox.objects.get_or_create(key=imap.inbox_key(address))
    try:
        with imap.opened(address) as mailbox:
            _answered(inbox, mailbox)
            return _read(inbox, mailbox, prepare, now)
    except imap.MailboxDown as down:
        _silent(inbox, down)
        return False


def _answered(inbox: Inbox, mailbox: imap.Mailbox) -> None:
    before = inbox.answered_at
    inbox.answered_at, inbox.silent_since, inbox.retry_at = clock.real_now(), None, None
    inbox.tries, inbox.last_error = 0, ""
    if before is None or inbox.validity != mailbox.validity:
        if before is not None:
            logger.warning("The mailbox numbers its mails anew: the last days are read again.")
        inbox.known_since = _look_back(before) if before is not None else None
        inbox.validity, inbox.last_uid = mailbox.validity, 0
        inbox.known_upto = mailbox.next_uid - 1
        inbox.stuck_uid, inbox.stuck_tries = 0, 0
    inbox.save()


def _look_back(answered_at: datetime) -> date:
    return (answered_at - timedelta(days=INBOX.look_back_days)).date()


def _silent(inbox: Inbox, down: imap.MailboxDown) -> None:
    logger.warning("The mailbox does not answer: %s", down)
    now, steps = clock.real_now(), INBOX.backoff_seconds
    wait = timedelta(seconds=steps[min(inbox.tries, len(steps) - 1)])
    Inbox.objects.filter(pk=inbox.pk).update(
        silent_since=inbox.silent_since or now,
        retry_at=now + wait,
        tries=min(inbox.tries + 1, 1000),
        last_error=str(down)[:200],
    )


def _read(inbox: Inbox, mailbox: imap.Mailbox, prepare: Prepare, now: datetime) -> bool:
    """Take in the first mails that wait; return whether more do."""
    until = time.monotonic() + INBOX.run_seconds
    waiting = _waiting(inbox, mailbox)
    for done, uid in enumerate(waiting):
        if done == INBOX.batch or time.monotonic() > until:
            return True
        if not _taken(inbox, mailbox, uid, prepare, now):
            return False
    return False


def _waiting(inbox: Inbox, mailbox: imap.Mailbox) -> list[int]:
    """Return the numbers of the mails to take in, in order."""
    start, upto = inbox.last_uid, inbox.known_upto
    if start >= upto:
        return mailbox.after(start)
    return [*mailbox.fresh(start, upto, inbox.known_since), *mailbox.after(upto)]


def _taken(inbox: Inbox, mailbox: imap.Mailbox, uid: int, prepare: Prepare, now: datetime) -> bool:
    """Take in one mail; return False where it could not be, so that it is tried again."""
    try:
        arrived = _fetched(inbox, mailbox, uid)
        keep = prepare(arrived, now=now) if arrived is not None else None
        with transaction.atomic():
            _go_on(inbox, uid, keep)
    except PASSING:
        raise
    except Exception:  # one mail must not stop all that come after it
        logger.exception("The mail %s could not be taken in.", uid)
        _stuck(inbox, uid)
        return False
    mailbox.mark_read(uid)
    return True


def _fetched(inbox: Inbox, mailbox: imap.Mailbox, uid: int) -> Arrived | None:
    """Return a mail, its headers alone where it is huge or failed before; None if it is gone."""
    facts = mailbox.facts(uid)
    if facts is None:
        return None
    is_stuck = inbox.stuck_uid == uid and inbox.stuck_tries >= INBOX.tries
    is_whole = facts.size <= INBOX.max_bytes and not is_stuck
    content = mailbox.content(uid) if is_whole else mailbox.head(uid)
    if content is None:
        return None
    return Arrived(uid, facts.size, facts.received_at, content, is_whole, is_stuck)


def _go_on(inbox: Inbox, uid: int, keep: Keep | None) -> None:
    """Keep a mail and that it was read, unless another process did."""
    held = Inbox.objects.select_for_update().get(pk=inbox.pk)
    if held.validity != inbox.validity or held.last_uid >= uid:
        return
    if keep is not None:
        keep()
    held.last_uid = inbox.last_uid = uid
    held.save(update_fields=["last_uid"])


def _stuck(inbox: Inbox, uid: int) -> None:
    tries = inbox.stuck_tries + 1 if inbox.stuck_uid == uid else 1
    inbox.stuck_uid, inbox.stuck_tries = uid, min(tries, 1000)
    inbox.save(update_fields=["stuck_uid", "stuck_tries"])
