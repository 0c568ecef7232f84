"""Evidence as an officer names it, made into what is kept: captured, dated, hashed by us.

A file is kept as it came; of a deliberation or a meeting its record is kept as canonical JSON; of
an address a capture. Nobody types a hash. Called outside the transaction of the claim: it stages.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.media_types import SHOWN
from infitah.core.models import StoredFile
from infitah.core.operations import stage_file
from infitah.council.models import Deliberation
from infitah.kernel.localized import LocalizedText
from infitah.ledger.rules.canonical import JSON
from infitah.proceedings.models import Session, Sitting
from infitah.programme.fetching import is_own
from infitah.programme.models import Evidence, TimetableEntry
from infitah.programme.operations.milestone import EvidenceGiven
from infitah.programme.rules import captures


class EvidenceRefused(OperationRefused):
    """What was given shows nothing that could be kept; `field` says where."""


@dataclass(frozen=True, slots=True)
class EvidenceAsked:
    """Evidence as an officer names it.

    `record` is the number of a deliberation or session, or `cycle/step` for a step of the
    timetable; `file` the document itself, or the capture of an address that we do not fetch.
    """

    kind: str
    title: LocalizedText
    url: str = ""
    record: str = ""
    file: StoredFile | None = None
    alt: str = ""


def prepare_evidence(*, community: Community, asked: EvidenceAsked, now: datetime) -> EvidenceGiven:
    """Return what a claim binds, its hash computed by us, captured today.

    Pages of this site, and others where INFITAH_FETCH_EVIDENCE is on, are left to the worker.
    Raises EvidenceRefused beside the field that lacks something. At most five queries.
    """
    kind = Evidence.Kind(asked.kind)
    if kind in {Evidence.Kind.URL, Evidence.Kind.DATASET}:
        return _of_address(asked, now)
    if kind == Evidence.Kind.FILE:
        return _of_file(asked, now)
    facts = _facts_of_record(community, kind, asked.record.strip(), now)
    kept = stage_file(
        io.BytesIO(captures.record_capture(facts)),
        community_key=community.key,
        name=f"{asked.record.replace('/', '-')}.txt",
        now=now,
    )
    return EvidenceGiven(
        kind=kind,
        title=asked.title,
        sha256=kept.sha256,
        captured_on=local_day(now),
        record=asked.record.strip(),
        capture=kept,
    )


def check_picture(file: StoredFile | None, alt: str) -> None:
    """Refuse a picture of which nobody says what it shows. Raises EvidenceRefused."""
    if file is not None and file.media_type.startswith("image/") and not alt:
        raise EvidenceRefused(
            _("Say in one sentence what the picture shows."), code="alt", field="alt"
        )


def check_copy(file: StoredFile | None) -> None:
    """Refuse as the copy of a page what shows no page. Raises EvidenceRefused."""
    if file is not None and file.media_type not in SHOWN:
        raise EvidenceRefused(
            _("A capture of a page is a PDF or a picture; by its content this file is neither."),
            code="kind",
            field="file",
        )


def _of_file(asked: EvidenceAsked, now: datetime) -> EvidenceGiven:
    if asked.file is None:
        raise EvidenceRefused(
            _("Choose the document or photograph that shows it."), code="file", field="file"
        )
    check_picture(asked.file, asked.alt)
    return EvidenceGiven(
        kind=asked.kind,
        title=asked.title,
        sha256=asked.file.sha256,
        captured_on=local_day(now),
        file=asked.file,
        alt=asked.alt,
    )


def _of_address(asked: EvidenceAsked, now: datetime) -> EvidenceGiven:
    if not asked.url:
        raise EvidenceRefused(_("Write the link of the page."), code="url", field="url")
    is_fetched = is_own(asked.url) or settings.ENVIRONMENT.fetch_evidence
    if asked.file is None and not is_fetched:
        raise EvidenceRefused(
            _("This site does not fetch pages of others: add a capture, as PDF or picture."),
            code="capture",
            field="file",
        )
    check_copy(asked.file)
    check_picture(asked.file, asked.alt)
    return EvidenceGiven(
        kind=asked.kind,
        title=asked.title,
        sha256=asked.file.sha256 if asked.file else "",
        captured_on=local_day(now),
        url=asked.url,
        capture=asked.file,
        alt=asked.alt,
        is_uploaded=asked.file is not None,
    )


def _facts_of_record(
    community: Community, kind: Evidence.Kind, record: str, now: datetime
) -> Mapping[str, JSON]:
    """Return what a record says, to be kept and hashed. Raises EvidenceRefused where it is none."""
    if kind == Evidence.Kind.DELIBERATION:
        found = _deliberation(community, record)
    elif kind == Evidence.Kind.EVENT and "/" in record:
        found = _step(community, record, now)
    elif kind == Evidence.Kind.EVENT:
        found = _session(community, record)
    else:
        found = None
    if found is None:
        raise EvidenceRefused(
            _("There is no such record here: check its number."), code="record", field="record"
        )
    return found


def _deliberation(community: Community, reference: str) -> Mapping[str, JSON] | None:
    rows = Deliberation.objects.of(community).filter(reference=reference)
    found = rows.prefetch_related("versions").first()
    if found is None:
        return None
    return {
        "reference": found.reference,
        "number": found.number,
        "year": found.year,
        "title": dict(found.title.as_json()),
        "adopted_on": found.adopted_on.isoformat(),
        "texts": [version.sha256 for version in found.versions.all()],
    }


def _session(community: Community, reference: str) -> Mapping[str, JSON] | None:
    rows = Session.objects.of(community).filter(reference=reference).select_related("body")
    found = rows.prefetch_related("sittings").first()
    if found is None:
        return None
    held = [one for one in found.sittings.all() if one.state == Sitting.State.HELD]
    if not held:
        raise EvidenceRefused(
            _("No sitting of this session was held."), code="not_held", field="record"
        )
    return {
        "reference": found.reference,
        "body": dict(found.body.name.as_json()),
        "title": dict(found.title.as_json()),
        "convened_on": found.convened_on.isoformat(),
        "sittings": [one.held_on.isoformat() for one in held],
    }


def _step(community: Community, record: str, now: datetime) -> Mapping[str, JSON] | None:
    cycle, _slash, slug = record.partition("/")
    rows = TimetableEntry.objects.filter(community=community, cycle__slug=cycle, slug=slug)
    found = rows.filter(struck_on=None).first()
    if found is None:
        return None
    if found.ends_on > local_day(now):
        raise EvidenceRefused(
            _("This meeting is still to come: it shows nothing yet."),
            code="future",
            field="record",
        )
    return {
        "cycle": cycle,
        "step": slug,
        "kind": found.kind,
        "text": dict(found.text.as_json()),
        "starts_on": found.starts_on.isoformat(),
        "ends_on": found.ends_on.isoformat(),
        "record": found.record,
    }
