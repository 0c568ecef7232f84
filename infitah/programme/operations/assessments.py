"""What the council, its follow-up committee and independent reviewers find of a commitment.

A finding is drafted, then published with its hash in the register; the council may reply to an
independent one. None of them changes a milestone, a date or another voice (programme.md 5, 15-16).
"""

from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.ledger.rules.canonical import JSON
from infitah.proceedings.models import Session, Sitting
from infitah.proceedings.operations import Teller
from infitah.programme.models import Assessment, Commitment
from infitah.programme.rules import progress, states, texts, voices
from infitah.programme.rules.voices import FindingFault

NOTHING = LocalizedText("")
tell_finding = Teller(
    "programme.assessment_", ("programme",), subject=attrgetter("commitment.reference")
)


class AssessmentRefused(OperationRefused):
    """The finding cannot be kept or published as it is."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding as it is written; `reviewer` names an independent reviewer and is published."""

    kind: str
    level: str
    text: LocalizedText
    assessed_on: date
    lessons: LocalizedText = NOTHING
    interests: LocalizedText = NOTHING
    session: Session | None = None
    reviewer: str = ""


@transaction.atomic
def draft_assessment(
    *, commitment: Commitment, finding: Finding, by: Actor, now: datetime
) -> Assessment:
    """Keep a finding as a draft that only officers read.

    Raises AssessmentRefused before the adoption, for a day to come, for the meeting of another
    body or one that was not held, and for what its kind needs (`rules.voices`).
    """
    held = Commitment.objects.select_related("community", "cycle").get(pk=commitment.pk)
    if states.CommitmentState(held.state) not in states.ADOPTED_STATES:
        raise AssessmentRefused(_("The council has not adopted this commitment."), code="adopted")
    assessment = Assessment(community=held.community, commitment=held)
    return _written(assessment, finding, by=by, now=now)


@transaction.atomic
def change_assessment(*, pk: int, finding: Finding, by: Actor, now: datetime) -> Assessment:
    """Write a draft anew. Raises AssessmentRefused once it is published, and as a draft does."""
    return _written(_draft(pk), finding, by=by, now=now)


def _draft(pk: int) -> Assessment:
    rows = Assessment.objects.select_for_update(of=("self",))
    found = rows.select_related("community", "commitment__cycle", "session").get(pk=pk)
    if found.state != Assessment.State.DRAFT:
        raise AssessmentRefused(
            _("This finding is published: it does not change any more."), code="published"
        )
    return found


def _written(assessment: Assessment, finding: Finding, *, by: Actor, now: datetime) -> Assessment:
    assessment.kind, assessment.level = finding.kind, finding.level
    assessment.text, assessment.lessons = finding.text, finding.lessons
    assessment.interests, assessment.session = finding.interests, finding.session
    assessment.assessed_on = finding.assessed_on
    assessment.assessed_by = finding.reviewer or by.key
    _check(assessment, now)
    assessment.save()
    return assessment


def _check(assessment: Assessment, now: datetime) -> None:
    if not assessment.text.ar:
        raise AssessmentRefused(_("Give the reasons, in Arabic at least."), field="text")
    if assessment.assessed_on > local_day(now):
        raise AssessmentRefused(_("This day is still to come."), field="assessed_on")
    steps = [one.step for one in assessment.commitment.milestones.all()]
    fault = voices.fault_of_finding(
        voices.Kind(assessment.kind),
        voices.Level(assessment.level),
        has_meeting=assessment.session is not None,
        has_interests=bool(assessment.interests),
        is_confirmed=progress.progress(steps).verified == progress.WHOLE,
    )
    if fault is not None:
        raise _refusal(fault)
    if assessment.session is not None:
        _check_meeting(assessment, assessment.session)


def _refusal(fault: FindingFault) -> AssessmentRefused:
    words, field = {
        FindingFault.MEETING_MISSING: (
            _("Choose the meeting at which the committee found this."),
            "session",
        ),
        FindingFault.MEETING_NOT_ITS: (
            _("A meeting belongs to the finding of the committee only."),
            "session",
        ),
        FindingFault.INTERESTS_MISSING: (
            _("An independent reviewer declares interests, or that there are none."),
            "interests",
        ),
        FindingFault.NOT_COMPLETE: (
            _("The council cannot call it complete: not every milestone is confirmed."),
            "level",
        ),
    }[fault]
    return AssessmentRefused(words, code=fault, field=field)


def _check_meeting(assessment: Assessment, session: Session) -> None:
    if session.body_id != assessment.commitment.cycle.committee_id:
        raise AssessmentRefused(
            _("This meeting is not one of the cycle's follow-up committee."), field="session"
        )
    held = session.sittings.filter(state=Sitting.State.HELD, held_on__lte=assessment.assessed_on)
    if not held.exists():
        raise AssessmentRefused(
            _("This meeting was not held by the day of the finding."), field="session"
        )


@transaction.atomic
def publish_assessment(*, pk: int, by: Actor, now: datetime) -> Assessment:
    """Publish a draft as it stands today, checked anew; its hash enters the register.

    Raises AssessmentRefused if it is published already or no longer holds.
    """
    assessment = _draft(pk)
    _check(assessment, now)
    assessment.state, assessment.published_on = Assessment.State.PUBLISHED, local_day(now)
    assessment.save(update_fields=["state", "published_on"])
    public: dict[str, JSON] = {
        "kind": assessment.kind,
        "level": assessment.level,
        "assessed_on": assessment.assessed_on.isoformat(),
        "sha256": _digest(assessment),
    }
    if assessment.session is not None:
        public["meeting"] = assessment.session.reference
    tell_finding(assessment, "published", public, on=local_day(now), by=by, now=now)
    return assessment


@transaction.atomic
def reply_to_assessment(*, pk: int, reply: LocalizedText, by: Actor, now: datetime) -> Assessment:
    """Publish the council's reply beside an independent finding, once; no word of it changes.

    In time within 15 days of publication; a later one is taken and said to be late. Raises
    AssessmentRefused for another kind, before publication, twice, or without words in Arabic.
    """
    rows = Assessment.objects.select_for_update(of=("self",)).select_related(
        "community", "commitment"
    )
    assessment = rows.get(pk=pk)
    if assessment.kind != Assessment.Kind.INDEPENDENT or assessment.published_on is None:
        raise AssessmentRefused(
            _("The council replies to a published independent finding only."), code="kind"
        )
    if assessment.replied_on is not None:
        raise AssessmentRefused(_("The reply of the council stands already."), code="replied")
    if not reply.ar:
        raise AssessmentRefused(_("Write the reply, in Arabic at least."), field="reply")
    assessment.reply, assessment.replied_on = reply, local_day(now)
    assessment.save(update_fields=["reply", "replied_on"])
    public: dict[str, JSON] = {"reply": dict(reply.as_json())}
    tell_finding(assessment, "replied", public, on=local_day(now), by=by, now=now)
    return assessment


def _digest(assessment: Assessment) -> str:
    return texts.content_digest(
        {
            "text": dict(assessment.text.as_json()),
            "lessons": dict(assessment.lessons.as_json()),
            "interests": dict(assessment.interests.as_json()),
        }
    )
