"""Tables of the base; below floor 4 a community is a string, `community_key`."""

from infitah.core.models.counting import (
    Attempt,
    Generation,
    Installation,
    JobLock,
    ReferenceCounter,
)
from infitah.core.models.files import StoredFile
from infitah.core.models.inbox import Inbox
from infitah.core.models.messages import Mail, Outbox
from infitah.core.models.subscriptions import DigestCursor, Follow, News, Subscriber

__all__ = [
    "Attempt",
    "DigestCursor",
    "Follow",
    "Generation",
    "Inbox",
    "Installation",
    "JobLock",
    "Mail",
    "News",
    "Outbox",
    "ReferenceCounter",
    "StoredFile",
    "Subscriber",
]
