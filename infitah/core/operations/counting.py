"""Numbers without gap or double, generations, and the sliding-window limiter."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from infitah.core import vault
from infitah.core.conf import WORK
from infitah.core.models import Attempt
from infitah.kernel.references import Reference

NEXT_NUMBER = """
INSERT INTO core_referencecounter (community_key, year, letter, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (community_key, year, letter)
DO UPDATE SET last = core_referencecounter.last + 1
RETURNING last
"""
NEXT_GENERATION = """
INSERT INTO core_generation (community_key, kind, number) VALUES (%s, %s, 1)
ON CONFLICT (community_key, kind)
DO UPDATE SET number = core_generation.number + 1
"""


def next_reference(*, community_key: str, year: int, letter: str) -> Reference:
    """Return the next reference; the number is lost with the transaction, so there is no gap.

    One statement. Must be called inside the record's own transaction.
    """
    _inside_a_transaction("next_reference")
    with connection.cursor() as cursor:
        cursor.execute(NEXT_NUMBER, [community_key, year, letter])
        (number,) = cursor.fetchone()
    return Reference(community=community_key, year=year, letter=letter, number=number)


def bump(community_key: str, *kinds: str) -> None:
    """Make every kept page that depends on `kinds` stale; the last step of an operation."""
    _inside_a_transaction("bump")
    with connection.cursor() as cursor:
        for kind in sorted(set(kinds)):
            cursor.execute(NEXT_GENERATION, [community_key, kind])


def within_limit(*, name: str, key: str, limit: int, seconds: int, now: datetime) -> bool:
    """Count one use of `name` by `key`; return False when `limit` was reached within `seconds`.

    Two statements; `key` (an address, a network) is stored as a keyed digest only.
    """
    digest = vault.lookup_digest("attempt", key)
    since = now - timedelta(seconds=seconds)
    with transaction.atomic():
        uses = Attempt.objects.filter(name=name, digest=digest, at__gt=since).count()
        if uses >= limit:
            return False
        Attempt.objects.create(name=name, digest=digest, at=now)
    return True


def sweep_attempts(*, now: datetime) -> int:
    """Delete uses that no limit looks at any more; return how many."""
    before = now - timedelta(hours=WORK.keep_attempts_hours)
    gone, _rows = Attempt.objects.filter(at__lt=before).delete()
    return gone


def _inside_a_transaction(name: str) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError(f"{name} belongs inside the transaction of an act.")
