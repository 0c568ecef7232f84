"""Sending receipts: signed head, sheet and proof are made outside the act, mailed once."""

from datetime import datetime
from io import BytesIO

from django.db import transaction

from infitah.core import files
from infitah.core.models import StoredFile
from infitah.ledger import operations as ledger
from infitah.participation import queries
from infitah.participation.conf import OPTIONS
from infitah.participation.models import Idea
from infitah.participation.operations.letters import address_of_author, queue_receipt

SUBJECT = "receipt:"
"""Begins the subject of a receipt's file: handed out by the receipt's own page, by no other."""


def has_receipts_to_send(now: datetime) -> bool:
    """Return whether an idea waits for its receipt. One look-up in a partial index."""
    return Idea.objects.filter(receipt_queued_at=None).exists()


def send_receipts(*, now: datetime) -> bool:
    """Make and queue the receipts that wait, the oldest first; return whether more may wait.

    Called by the worker, outside any transaction. A receipt that was made but not queued, because
    the process was killed between, is made again; its mail is queued once (dedupe key).
    """
    waiting = (
        Idea.objects.filter(receipt_queued_at=None)
        .select_related("community", "consultation", "axis", "author", "commune", "attachment")
        .order_by("id")[: OPTIONS.receipts_at_once]
    )
    done = 0
    for idea in waiting:
        send_receipt(idea=idea, now=now)
        done += 1
    return done == OPTIONS.receipts_at_once


def send_receipt(*, idea: Idea, now: datetime) -> None:
    """Queue the receipt of one idea with its sheet.

    None for an idea withdrawn meanwhile, or whose author has no address: theirs is on the page.
    """
    if idea.withdrawn_at is not None or not address_of_author(idea.author):
        _mark(idea, now)
        return
    language = idea.author.language if idea.author else "ar"
    ledger.sign_head(community_key=idea.community.key, now=now)
    content = queries.receipt_pdf(idea, language)
    stored = files.stage(
        BytesIO(content),
        community_key=idea.community.key,
        name=f"{idea.reference}.pdf",
        now=now,
    )
    _queue(idea, stored, now)


@transaction.atomic
def _queue(idea: Idea, stored: StoredFile, now: datetime) -> None:
    if not _mark(idea, now):
        return  # another worker was quicker; the staged file is swept
    files.bind(
        key=str(stored.key),
        community_key=idea.community.key,
        subject=f"{SUBJECT}{idea.reference}",
        is_public=False,
        now=now,
    )
    queue_receipt(idea=idea, files=(stored.pk,), now=now)


def _mark(idea: Idea, now: datetime) -> bool:
    waiting = Idea.objects.filter(pk=idea.pk, receipt_queued_at=None)
    return bool(waiting.update(receipt_queued_at=now))
