"""What the base does for every app, inside the transaction of the act that asks."""

from infitah.core.files import bind as bind_file
from infitah.core.files import stage as stage_file
from infitah.core.files import withdraw as withdraw_file
from infitah.core.operations.counting import bump, next_reference, sweep_attempts, within_limit
from infitah.core.operations.delivery import erase_old_mail, resend_mail, send_due_mail
from infitah.core.operations.events import dispatch_events, post_event
from infitah.core.operations.mail import MailRefused, queue_mail

__all__ = [
    "MailRefused",
    "bind_file",
    "bump",
    "dispatch_events",
    "erase_old_mail",
    "next_reference",
    "post_event",
    "queue_mail",
    "resend_mail",
    "send_due_mail",
    "stage_file",
    "sweep_attempts",
    "withdraw_file",
    "within_limit",
]
