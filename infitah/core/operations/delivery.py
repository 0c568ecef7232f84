"""Sending what is queued, at most once (programme.md 9).

A message is claimed by its own committed row change, then handed to the mail server, then marked
as sent. What happens between the claim and the mark is not known after a crash: the server may
have taken it or not. Such a message becomes `uncertain` and is never sent again by itself, so a
kill in the middle loses at most the one message in flight and doubles none. A refusal that the
server states, or a connection that never opened, is certain: those are tried again later. The
Message-ID is the key of the mail, so a resend ordered by hand can be recognised as the same.
"""

import logging
import smtplib
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.template import TemplateDoesNotExist, TemplateSyntaxError

from infitah.core import files
from infitah.core.conf import MAIL
from infitah.core.letters import LetterRefused, read
from infitah.core.models import Mail, StoredFile
from infitah.core.vault import UnsealRefused

logger = logging.getLogger("infitah.mail")

CAPPED_FROM = Mail.Priority.ANSWER  # codes and receipts are never held back by the daily cap
UNREADABLE = (LetterRefused, UnsealRefused, TemplateDoesNotExist, TemplateSyntaxError)
# The server said no, or never heard of the message: it was certainly not sent.
STATED = (
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPNotSupportedError,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPDataError,
)


def has_due_mail(now: datetime) -> bool:
    """Return whether a message waits or was left in the middle. Two indexed look-ups."""
    left = now - timedelta(seconds=MAIL.claim_seconds)
    return (
        Mail.objects.filter(state=Mail.State.WAITING, not_before__lte=now).exists()
        or Mail.objects.filter(state=Mail.State.SENDING, claimed_at__lt=left).exists()
    )


def send_due_mail(*, now: datetime, limit: int = MAIL.batch) -> bool:
    """Send up to `limit` messages that are due, codes first; return whether more may wait.

    Outside any transaction: each step commits by itself. Codes and receipts go whatever the
    daily cap says; the rest stops at it until tomorrow.
    """
    _give_up_interrupted(now)
    due = _due(now, limit)
    if not due:
        return False
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        _put_off(due, error, now)
        return False
    try:
        for mail in due:
            _send(mail, connection, now)
    finally:
        connection.close()
    return len(due) == limit


def _due(now: datetime, limit: int) -> list[Mail]:
    waiting = Mail.objects.filter(state=Mail.State.WAITING, not_before__lte=now)
    waiting = waiting.order_by("priority", "not_before", "id")
    urgent = list(waiting.filter(priority__lt=CAPPED_FROM)[:limit])
    room = min(limit - len(urgent), settings.ENVIRONMENT.mail_per_day - _sent_since(now))
    if room <= 0:
        return urgent
    return urgent + list(waiting.filter(priority__gte=CAPPED_FROM)[:room])


def _sent_since(now: datetime) -> int:
    return Mail.objects.filter(sent_at__gt=now - timedelta(days=1)).count()


def _send(mail: Mail, connection: BaseEmailBackend, now: datetime) -> None:
    if not _claim(mail, now):
        return  # another worker has it
    try:
        letter = read(mail)
    except UNREADABLE as refused:
        _finish(mail, Mail.State.FAILED, f"{type(refused).__name__}: {refused}")
        return
    message = letter.message(settings.ENVIRONMENT.mail_from, settings.ENVIRONMENT.mail_domain)
    for stored in mail.attachments.filter(state=StoredFile.State.BOUND):
        message.attach(stored.name, files.content(stored), stored.media_type)
    try:
        connection.send_messages([message])
    except STATED as error:
        _answered(mail, error, now)
    except (OSError, smtplib.SMTPException) as error:
        # The line broke after the message left us: nobody knows whether it arrived.
        _finish(mail, Mail.State.UNCERTAIN, _named(error))
    else:
        Mail.objects.filter(pk=mail.pk).update(
            state=Mail.State.SENT, sent_at=now, claimed_at=None, last_error=""
        )


def _claim(mail: Mail, now: datetime) -> bool:
    waiting = Mail.objects.filter(pk=mail.pk, state=Mail.State.WAITING)
    return bool(waiting.update(state=Mail.State.SENDING, claimed_at=now, tries=F("tries") + 1))


def _answered(mail: Mail, error: Exception, now: datetime) -> None:
    """Give up on a message that the server refused for good, try a passing refusal later."""
    if all(500 <= code < 600 for code in _codes(error)) or mail.tries + 1 >= MAIL.tries:
        _finish(mail, Mail.State.FAILED, _named(error))
        return
    Mail.objects.filter(pk=mail.pk).update(
        state=Mail.State.WAITING,
        claimed_at=None,
        not_before=now + _wait(mail.tries),
        last_error=_named(error),
    )


def _codes(error: Exception) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _reason in error.recipients.values()]
    return [int(getattr(error, "smtp_code", 0))]


def _put_off(mails: list[Mail], error: Exception, now: datetime) -> None:
    logger.warning("The mail server does not answer: %s", _named(error))
    for mail in mails:
        Mail.objects.filter(pk=mail.pk, state=Mail.State.WAITING).update(
            not_before=now + _wait(mail.tries), tries=F("tries") + 1, last_error=_named(error)
        )


def _wait(tries: int) -> timedelta:
    steps = MAIL.backoff_seconds
    return timedelta(seconds=steps[min(tries, len(steps) - 1)])


def _give_up_interrupted(now: datetime) -> None:
    left = now - timedelta(seconds=MAIL.claim_seconds)
    lost = Mail.objects.filter(state=Mail.State.SENDING, claimed_at__lt=left).update(
        state=Mail.State.UNCERTAIN, last_error="interrupted", claimed_at=None
    )
    if lost:
        logger.warning("%d messages were interrupted while being sent; not sent again.", lost)


def _finish(mail: Mail, state: Mail.State, reason: str) -> None:
    logger.warning("Mail %s: %s (%s)", mail.key, state, reason)
    Mail.objects.filter(pk=mail.pk).update(state=state, claimed_at=None, last_error=reason[:200])


def _named(error: Exception) -> str:
    """Return a reason fit for a row in clear: kinds and codes, never an address."""
    codes = ", ".join(str(code) for code in _codes(error) if code)
    return f"{type(error).__name__} {codes}".strip()[:200]


def resend_mail(*, key: str, now: datetime) -> bool:
    """Put a failed or uncertain message back in the queue; return whether there was one."""
    stopped = Mail.objects.filter(key=key, state__in=[Mail.State.FAILED, Mail.State.UNCERTAIN])
    return bool(
        stopped.exclude(sealed_to="").update(
            state=Mail.State.WAITING, not_before=now, tries=0, last_error=""
        )
    )


def erase_old_mail(*, now: datetime) -> int:
    """Erase address and content of what was sent or given up some days ago; return how many."""
    before = now - timedelta(days=MAIL.erase_after_days)
    done = Mail.objects.filter(queued_at__lt=before).exclude(
        state__in=[Mail.State.WAITING, Mail.State.SENDING]
    )
    return done.exclude(sealed_to="").update(sealed_to="", sealed_context="")
