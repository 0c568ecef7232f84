"""Reads of the desk: milestones in execution, what waits for a second person, the overview."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from infitah.core.clock import local_day
from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.proceedings.models import Session, Sitting
from infitah.programme.models import (
    Assessment,
    Commitment,
    Evidence,
    Milestone,
    MonthlyLink,
    ProgressUpdate,
    TimetableEntry,
)
from infitah.programme.queries.commitments import CommitmentCard, cards, commitments
from infitah.programme.queries.updates import fault_words, last_words, office_words, star_of
from infitah.programme.queries.voices import FindingView, assessments_visible_to, finding_view
from infitah.programme.rules import states, updates

LINKS_SHOWN = 12


def running(viewer: Viewer) -> QuerySet[Milestone]:
    """Return the milestones of adopted commitments that are not confirmed, by announced end."""
    return _due(viewer).exclude(state=Milestone.State.VERIFIED)


def _due(viewer: Viewer) -> QuerySet[Milestone]:
    if not (viewer.may("progress.report") or viewer.may("evidence.confirm")):
        return Milestone.objects.none()
    found = Milestone.objects.filter(
        commitment__community_id=viewer.community_id,
        commitment__state__in=[state.value for state in states.DUE_STATES],
    )
    return found.select_related("commitment__cycle", "unit").order_by("announced_end", "pk")


def milestones_to_confirm(viewer: Viewer) -> QuerySet[Milestone]:
    """Return the claimed milestones, for who may confirm them."""
    if not viewer.may("evidence.confirm"):
        return Milestone.objects.none()
    return running(viewer).filter(state=Milestone.State.CLAIMED)


def milestone_for_desk(viewer: Viewer, reference: str) -> Milestone | None:
    """Return one milestone, confirmed ones too, with evidence and history, or None. 6 queries."""
    rows = _due(viewer).select_related("commitment__community").filter(reference=reference)
    history = ("evidence__file", "evidence__capture", "changes", "updates")
    return rows.prefetch_related(*history).first()


@dataclass(frozen=True, slots=True)
class EvidenceForDesk:
    """A piece of evidence as its judge reads it: by whose office, and why it has no capture."""

    evidence: Evidence
    fault: str
    is_waiting: bool

    @property
    def needs_capture(self) -> bool:
        """Whether it can only be confirmed once it has a capture."""
        return self.is_waiting and not self.evidence.sha256


def evidence_for_desk(milestone: Milestone) -> list[EvidenceForDesk]:
    """Return the evidence of a milestone that `milestone_for_desk` fetched. No query."""
    return [
        EvidenceForDesk(
            evidence=one,
            fault=fault_words(one),
            is_waiting=not one.verified_by and one.returned_on is None,
        )
        for one in milestone.evidence.all()
    ]


def evidence_to_capture(viewer: Viewer, reference: str) -> Evidence | None:
    """Return evidence whose address waits for a capture, for who adds evidence. One query."""
    if not viewer.may("evidence.add"):
        return None
    rows = Evidence.objects.filter(
        community_id=viewer.community_id, sha256="", verified_by="", returned_on=None
    )
    return rows.filter(reference=reference).select_related("milestone").first()


@dataclass(frozen=True, slots=True)
class CarryingOut:
    """A commitment in the overview: its state, the last word on it, what waits for a judge."""

    card: CommitmentCard
    last: ProgressUpdate | None
    star: str
    waiting: int
    drafts: int
    has_owner: bool
    is_asked: bool

    @property
    def office(self) -> str:
        """The office that gave the last word."""
        return office_words(self.last.office) if self.last else ""


def carrying_out(viewer: Viewer, today: date) -> list[CarryingOut]:
    """Return every adopted commitment that is not ended, in its order. Five queries.

    For who follows the whole cycle: `programme.edit`.
    """
    if not viewer.may("programme.edit"):
        return []
    over = {Commitment.State.CARRIED_OVER, Commitment.State.WITHDRAWN, Commitment.State.CLOSED}
    rows = list(commitments(viewer).adopted().exclude(state__in=over))  # type: ignore[attr-defined]
    last, waiting = last_words(rows), _waiting_evidence(rows)
    drafts = _drafts(viewer, rows)
    asked = {state.value for state in updates.ASKED_STATES}
    return [
        CarryingOut(
            card=card,
            last=last.get(card.commitment.pk),
            star=star_of(last[card.commitment.pk]) if card.commitment.pk in last else "",
            waiting=waiting.get(card.commitment.pk, 0),
            drafts=drafts.get(card.commitment.pk, 0),
            has_owner=bool(card.commitment.owner_mail_sealed),
            is_asked=card.commitment.state in asked,
        )
        for card in cards(rows, today)
    ]


def _waiting_evidence(rows: list[Commitment]) -> dict[int, int]:
    waiting = Evidence.objects.filter(
        milestone__commitment__in=rows, verified_by="", returned_on=None
    )
    counted = waiting.values_list("milestone__commitment").annotate(n=Count("pk")).order_by()
    return dict(counted)


def _drafts(viewer: Viewer, rows: list[Commitment]) -> dict[int, int]:
    drafts = assessments_visible_to(viewer).filter(
        commitment__in=rows, state=Assessment.State.DRAFT
    )
    return dict(drafts.values_list("commitment").annotate(n=Count("pk")).order_by())


def commitment_for_desk(viewer: Viewer, reference: str, *rights: str) -> Commitment | None:
    """Return an adopted commitment, for who holds one of `rights`. Two queries."""
    if not any(viewer.may(right) for right in rights):
        return None
    found = Commitment.objects.visible_to(viewer).adopted().filter(reference=reference)
    rows = found.select_related("cycle__committee", "community", "lead_unit")
    return rows.prefetch_related("milestones").first()


def links_sent(commitment: Commitment) -> list[MonthlyLink]:
    """Return the last monthly links of a commitment, the newest first. One query."""
    return list(commitment.links.order_by("-month", "-number")[:LINKS_SHOWN])


def meetings_of(commitment: Commitment) -> QuerySet[Session]:
    """Return the held meetings of the follow-up committee of a commitment's cycle."""
    if commitment.cycle.committee is None:
        return Session.objects.none()
    held = Session.objects.filter(
        body=commitment.cycle.committee, sittings__state=Sitting.State.HELD
    )
    return held.distinct().order_by("-convened_on", "-pk")


def meetings_to_show(milestone: Milestone, today: date) -> list[tuple[str, LocalizedText]]:
    """Return what a milestone may point at as a meeting: its record's name and what it is.

    Past steps of the cycle's timetable and held sessions of the community. Two queries.
    """
    cycle = milestone.commitment.cycle
    steps = TimetableEntry.objects.filter(cycle=cycle, ends_on__lte=today, struck_on=None)
    held = Session.objects.filter(
        community_id=cycle.community_id, sittings__state=Sitting.State.HELD
    )
    return [
        *((f"{cycle.slug}/{one.slug}", one.text) for one in steps.order_by("-starts_on", "pk")),
        *((one.reference, one.title) for one in held.distinct().order_by("-convened_on", "-pk")),
    ]


def findings_of(viewer: Viewer, commitment: Commitment, today: date) -> list[FindingView]:
    """Return the findings on a commitment with its drafts, the newest first. One query."""
    found = assessments_visible_to(viewer).filter(commitment=commitment)
    return [finding_view(one, today) for one in found.order_by("-assessed_on", "-pk")]


def replies_due(viewer: Viewer, now: datetime) -> list[FindingView]:
    """Return the independent findings to which the council may still reply, the oldest first.

    For who writes its findings: `assessment.write`. One query.
    """
    if not viewer.may("assessment.write"):
        return []
    rows = assessments_visible_to(viewer).filter(
        Q(kind=Assessment.Kind.INDEPENDENT, state=Assessment.State.PUBLISHED), replied_on=None
    )
    return [finding_view(one, local_day(now)) for one in rows.order_by("published_on", "pk")]
