"""Entries for tests of this app and of those above."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from types import SimpleNamespace

from django.db import connection, transaction

from infitah.core.viewer import Actor
from infitah.ledger import operations
from infitah.ledger.migrations import _append_only
from infitah.ledger.models import Entry
from infitah.ledger.rules import JSON

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
CITIZEN = Actor("participant", "77")
OFFICER = Actor("officer", "f.alaoui", "moderator")


def make_entry(
    *,
    community_key: str = "SFR",
    act: str = "participation.idea_submitted",
    subject: str = "SFR-2026-I-0001",
    by: Actor = CITIZEN,
    public: Mapping[str, JSON] | None = None,
    private: Mapping[str, str] | None = None,
    occurred_on: date = date(2026, 11, 23),
    now: datetime = NOW,
) -> Entry:
    """Record one act."""
    with transaction.atomic():
        return operations.record(
            community_key=community_key,
            act=act,
            subject=subject,
            by=by,
            public={"axis": "digitisation"} if public is None else public,
            private=private,
            occurred_on=occurred_on,
            now=now,
        )


def make_entries(count: int, *, community_key: str = "SFR") -> list[Entry]:
    """Record several acts, each about its own idea."""
    return [
        make_entry(community_key=community_key, subject=f"{community_key}-2026-I-{number:04}")
        for number in range(1, count + 1)
    ]


def drop_triggers() -> None:
    """Do what an intruder with the database's password would do first."""
    with connection.cursor() as cursor:
        _append_only.remove(None, SimpleNamespace(connection=connection, execute=cursor.execute))
