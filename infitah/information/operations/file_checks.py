"""Looking into the files of cases: hidden sheets, comments, old versions; done by the worker.

What cannot be looked into is a finding itself: nothing leaves because nobody looked.
"""

import logging
from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from infitah.core import files as stored_files
from infitah.core.errors import OperationRefused
from infitah.core.media_types import CSV, PLAIN
from infitah.core.models import StoredFile
from infitah.core.operations import bump
from infitah.core.redaction import PdfRefused, Proposal, apart
from infitah.information.models import CaseFile
from infitah.information.operations import redaction
from infitah.information.operations.casework import KIND

AT_ONCE: Final = 5
MOST_KEPT: Final = 50
HIDES_NOTHING: Final = frozenset({CSV, PLAIN})
Finding = dict[str, str]
Sheet = tuple[int, float, float, bool]
"""A page by its number, width and height in points, and whether text can be read from it."""
logger = logging.getLogger(__name__)


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
        sheets, proposals = _read(file) if redaction.takes_boxes(file) else ([], [])
        redaction.keep_proposals(document=file, proposals=proposals, now=now)
        _keep(file, sheets, hidden_in(file.file), now)
    return len(waiting) > AT_ONCE


def _read(file: CaseFile) -> tuple[list[Sheet], list[Proposal]]:
    """Return the pages of a PDF and what seems personal on them; nothing where it is not read."""
    try:
        pages = apart.inspect(stored_files.content(file.file)).pages
    except (PdfRefused, FileNotFoundError):
        return [], []
    return [astuple(page) for page in pages], redaction.proposed_in(file)


def hidden_in(stored: StoredFile) -> Sequence[Finding]:
    """Return what a stored file holds that its reader does not see, what blocks it first.

    Fails closed: what cannot be looked into is a finding, named by why.
    """
    try:
        content = stored_files.content(stored)
    except FileNotFoundError:
        return [{"code": "missing"}]
    if stored.media_type in HIDES_NOTHING:
        return []
    try:
        found = apart.findings(content, stored.media_type, stored.name)
    except OperationRefused as refusal:
        return [{"code": refusal.code}]
    except (
        Exception
    ):  # whatever a strange file makes its readers do, the next files are looked into
        logger.exception("a file of a case could not be looked into")
        return [{"code": "not_checked"}]
    ordered = sorted(found, key=lambda one: not one.blocks)[:MOST_KEPT]
    return [{"code": one.kind.value, "place": one.place, "detail": one.detail} for one in ordered]


@transaction.atomic
def _keep(
    file: CaseFile, sheets: Sequence[Sheet], findings: Sequence[Finding], now: datetime
) -> None:
    CaseFile.objects.filter(pk=file.pk, checked_at=None).update(
        sheets=list(sheets), findings=list(findings), checked_at=now
    )
    bump(file.community.key, KIND)
