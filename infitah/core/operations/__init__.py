"""What the base does for every app, inside the transaction of the act that asks."""

from infitah.core.files import bind as bind_file
from infitah.core.files import stage as stage_file
from infitah.core.files import withdraw as withdraw_file
from infitah.core.operations.counting import bump, next_reference, sweep_attempts, within_limit
from infitah.core.operations.delivery import erase_old_mail, resend_mail, send_due_mail
from infitah.core.operations.digest import forget_news, has_digests, make_digests
from infitah.core.operations.events import dispatch_events, post_event
from infitah.core.operations.following import (
    Following,
    FollowRefused,
    end_follow,
    follow,
    resume_follow,
    set_preferences,
    stop_mail,
)
from infitah.core.operations.inbox import has_inbox_due, read_inbox
from infitah.core.operations.mail import MailRefused, queue_mail
from infitah.core.operations.news import post_news

__all__ = [
    "FollowRefused",
    "Following",
    "MailRefused",
    "bind_file",
    "bump",
    "dispatch_events",
    "end_follow",
    "erase_old_mail",
    "follow",
    "forget_news",
    "has_digests",
    "has_inbox_due",
    "make_digests",
    "next_reference",
    "post_event",
    "post_news",
    "queue_mail",
    "read_inbox",
    "resend_mail",
    "resume_follow",
    "send_due_mail",
    "set_preferences",
    "stage_file",
    "stop_mail",
    "sweep_attempts",
    "withdraw_file",
    "within_limit",
]
