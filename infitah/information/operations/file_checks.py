"""Looking into the files of cases: hidden sheets, comments, old versions; done by the worker.

What cannot be looked into is a finding itself: nothing leaves because nobody looked.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from infitah.core import files as stored_files
from infitah.core.media_types import CSV, PLAIN
from infitah.core.models import StoredFile
from infitah.core.operations import bump
from infitah.information.models import CaseFile
from infitah.information.operations import redaction
from infitah.information.operations.casework import KIND

AT_ONCE: Final = 5
PLAIN_KINDS: Final = frozenset({CSV, PLAIN, "image/png", "image/jpeg", "image/webp"})
Finding = dict[str, str]


def has_files_to_check(now: datetime) -> bool:
    """Return whether a file waits to be looked into. One look-up."""
    return _waiting().exists()


def _waiting() -> QuerySet[CaseFile]:
    return CaseFile.objects.in_place().filter(checked_at=None)


def check_files(*, now: datetime) -> bool:
    """Look into a few files, outside any transaction; return whether more wait."""
    waiting = list(
        _waiting().select_related("file", "community", "request").order_by("pk")[: AT_ONCE + 1]
    )
    for file in waiting[:AT_ONCE]:
        proposals = redaction.proposed_in(file) if redaction.takes_boxes(file) else []
        redaction.keep_proposals(document=file, proposals=proposals, now=now)
        _keep(file, hidden_in(file.file), now)
    return len(waiting) > AT_ONCE


def hidden_in(stored: StoredFile) -> Sequence[Finding]:
    """Return what a stored file holds that its reader does not see."""
    try:
        content = stored_files.content(stored)
    except FileNotFoundError:
        return [{"code": "missing"}]
    if stored.media_type in PLAIN_KINDS or not content:
        return []
    return [{"code": "not_checked"}]


@transaction.atomic
def _keep(file: CaseFile, findings: Sequence[Finding], now: datetime) -> None:
    CaseFile.objects.filter(pk=file.pk, checked_at=None).update(
        findings=list(findings), checked_at=now
    )
    bump(file.community.key, KIND)
