"""Capturing what evidence at an address shows: by the worker, or by an officer's own capture."""

import io
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.models import StoredFile
from infitah.core.operations import bind_file, stage_file
from infitah.core.viewer import Actor
from infitah.ledger.rules.canonical import JSON
from infitah.proceedings.operations import Teller
from infitah.programme.conf import OPTIONS
from infitah.programme.fetching import FetchRefused, capture
from infitah.programme.models import Evidence
from infitah.programme.operations.evidence import EvidenceRefused, check_copy, check_picture
from infitah.programme.rules import captures

tell_evidence = Teller("programme.evidence_", ("programme",))
WORKER = Actor.system("captures")


def _waiting() -> QuerySet[Evidence]:
    waiting = Evidence.objects.filter(sha256="", returned_on=None).exclude(url="")
    return waiting.filter(capture_tries__lt=captures.TRIES).order_by("capture_tries", "pk")


def has_captures_to_make(_now: datetime) -> bool:
    """Return whether an address waits to be captured. One query."""
    return _waiting().exists()


def make_captures(*, now: datetime) -> bool:
    """Capture what waits, some at a time; return whether more may wait.

    Each address is tried three times; then its evidence says why it has no capture, and an
    officer may add one. Nothing is fetched inside a transaction.
    """
    rows = list(_waiting().select_related("community")[: OPTIONS.captures_at_once])
    for evidence in rows:
        _capture(evidence, now)
    return len(rows) == OPTIONS.captures_at_once


def _capture(evidence: Evidence, now: datetime) -> None:
    try:
        kept = _kept(evidence, now)
    except FetchRefused as refused:
        _failed(evidence, refused.code)
    except OperationRefused:  # of a kind that is not stored, or infected
        _failed(evidence, "kind")
    else:
        keep_capture(reference=evidence.reference, file=kept, alt="", by=WORKER, now=now)


def _kept(evidence: Evidence, now: datetime) -> StoredFile:
    found = capture(evidence.url, may_fetch=settings.ENVIRONMENT.fetch_evidence)
    content, name = found.content, found.address.rstrip("/").rpartition("/")[2] or "page"
    if found.is_page:
        content = captures.page_capture(found, asked=evidence.url, at=now)
        name = f"{evidence.reference}.txt"
    return stage_file(
        io.BytesIO(content),
        community_key=evidence.community.key,
        name=name,
        now=now,
        max_bytes=OPTIONS.evidence_bytes,
    )


def _failed(evidence: Evidence, code: str) -> None:
    Evidence.objects.filter(pk=evidence.pk).update(
        capture_tries=F("capture_tries") + 1, capture_fault=code
    )


@transaction.atomic
def keep_capture(
    *, reference: str, file: StoredFile, alt: str, by: Actor, now: datetime
) -> Evidence:
    """Bind the capture of an address to its evidence, with its hash and the day of today.

    Raises EvidenceRefused where a capture stands already or the evidence was judged, for a file
    of a person that is neither PDF nor picture, or a picture of which nobody says what it shows.
    """
    rows = Evidence.objects.select_for_update(of=("self",)).select_related("community")
    evidence = rows.get(reference=reference)
    if evidence.sha256 or evidence.verified_by or evidence.returned_on is not None:
        raise EvidenceRefused(_("This evidence has its capture already."), code="captured")
    is_uploaded = by != WORKER
    if is_uploaded:
        check_copy(file)
    check_picture(file, alt)
    key = evidence.community.key
    bind_file(key=str(file.key), community_key=key, subject=reference, is_public=True, now=now)
    evidence.capture, evidence.sha256, evidence.alt = file, file.sha256, alt
    evidence.captured_on, evidence.capture_fault = local_day(now), ""
    evidence.is_uploaded = is_uploaded
    changed = ("capture", "sha256", "alt", "captured_on", "capture_fault", "is_uploaded")
    evidence.save(update_fields=changed)
    public: dict[str, JSON] = {"sha256": file.sha256, "bytes": file.size}
    tell_evidence(evidence, "captured", public, on=local_day(now), by=by, now=now)
    return evidence
