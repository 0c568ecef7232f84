"""What of the programme bears a hash: evidence, wordings, the programme as a whole, reports."""

from django.db.models import QuerySet
from django.urls import reverse

from infitah.core.viewer import Viewer
from infitah.ledger.queries import Bearer
from infitah.programme.models import Commitment, CommitmentVersion, Cycle, Evidence
from infitah.programme.queries.commitments import url_of
from infitah.programme.queries.report import report_title, reports


def bearers_of_hash(viewer: Viewer, sha256: str) -> list[Bearer]:
    """Return what `viewer` may read of the programme that bears this hash. Four queries."""
    return [
        *(_of_evidence(one) for one in _evidence(viewer).filter(sha256=sha256)),
        *_versions(viewer, sha256),
        *_cycles(viewer, sha256),
        *_reports(viewer, sha256),
    ]


def evidence_named(viewer: Viewer, reference: str) -> Bearer | None:
    """Return evidence by its reference, or None where `viewer` may not read of it. One query."""
    found = _evidence(viewer).filter(reference=reference).first()
    return _of_evidence(found) if found is not None else None


def _evidence(viewer: Viewer) -> QuerySet[Evidence]:
    seen = Commitment.objects.visible_to(viewer)
    found = Evidence.objects.filter(milestone__commitment__in=seen)
    return found.select_related("milestone__commitment__cycle").order_by("pk")


def _of_evidence(one: Evidence) -> Bearer:
    milestone = one.milestone
    return Bearer(
        kind="evidence",
        title=one.title,
        reference=one.reference,
        address=f"{url_of(milestone.commitment)}#{one.reference}",
        since=one.captured_on,
        subjects=(one.reference, milestone.reference, milestone.commitment.reference),
        mark=one.reference,
        sha256=one.sha256,
        within=milestone.title,
    )


def _versions(viewer: Viewer, sha256: str) -> list[Bearer]:
    found = CommitmentVersion.objects.visible_to(viewer).filter(sha256=sha256)
    rows = found.select_related("commitment__cycle").order_by("number")
    return [
        Bearer(
            kind="version",
            title=one.commitment.title,
            reference=one.commitment.reference,
            address=reverse(
                "programme:versions", args=[one.commitment.cycle.slug, one.commitment.reference]
            ),
            since=one.made_on,
            subjects=(one.commitment.reference,),
            mark=sha256,
            sha256=sha256,
            number=one.number,
        )
        for one in rows
    ]


def _cycles(viewer: Viewer, sha256: str) -> list[Bearer]:
    found = Cycle.objects.visible_to(viewer).filter(deliberation__isnull=False, sha256=sha256)
    return [
        Bearer(
            kind="programme",
            title=one.title,
            reference="",
            address=reverse("programme:cycle", args=[one.slug]),
            since=one.deliberation.adopted_on if one.deliberation else one.opened_on,
            subjects=(f"{viewer.community_key}-programme-{one.slug}",),
            mark=sha256,
            sha256=sha256,
        )
        for one in found.select_related("deliberation")
    ]


def _reports(viewer: Viewer, sha256: str) -> list[Bearer]:
    found = reports(viewer).filter(sha256=sha256, published_on__isnull=False)
    return [
        Bearer(
            kind="report",
            title=report_title(one),
            reference=one.reference,
            address=reverse(
                "programme:report-version", args=[one.cycle.slug, one.year, one.number]
            ),
            since=one.published_on or one.counted_on,
            subjects=(one.reference,),
            mark=sha256,
            sha256=sha256,
        )
        for one in found
    ]
