"""What an annual report freezes, read from the records as they stood on its day."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, QuerySet

from infitah.community.models import Mandate
from infitah.community.rules.composition import SeatHeld
from infitah.kernel.dates import local_day
from infitah.ledger.rules.canonical import JSON
from infitah.participation.models import (
    Comment,
    Consultation,
    Idea,
    IdeaAnswer,
    ModerationDecision,
    StatementVote,
    Support,
)
from infitah.participation.rules import closing_instant, first_day, last_day
from infitah.proceedings import rules as meetings
from infitah.proceedings.models import Sitting
from infitah.proceedings.queries import in_office, roll_call
from infitah.programme.models import (
    Adoption,
    Assessment,
    Commitment,
    CommitmentVersion,
    Cycle,
    Milestone,
    Rating,
)
from infitah.programme.queries.report_changes import changes_since, report_before, since
from infitah.programme.rules import progress, reporting
from infitah.programme.rules.states import MilestoneState

Object = dict[str, JSON]


@dataclass(frozen=True, slots=True)
class _Records:
    """What is fetched once for all commitments of a cycle, by their number."""

    versions: Mapping[int, CommitmentVersion]
    ratings: Mapping[int, Mapping[str, int]]


def report_content(cycle: Cycle, *, year: int, counted_on: date) -> Object:
    """Return everything that the report of `year` says, as it stood at the end of `counted_on`.

    `cycle.community` must be fetched. Queries in proportion to the commitments' kinds of records,
    not to their number: 30 at most. Dates are ISO, texts by language, percentages nowhere.
    """
    records = _Records(_versions(cycle), _ratings(cycle, counted_on))
    told = [_commitment(one, records, counted_on) for one in _commitments(cycle)]
    steps = [step for _row, found in told for step in found]
    community, before = cycle.community, report_before(cycle, year)
    return {
        "format": reporting.FORMAT,
        "community": {"key": community.key, "institution": community.institution.as_json()},
        "cycle": _cycle(cycle),
        "year": year,
        "counted_on": counted_on.isoformat(),
        "summary": reporting.counts(steps, counted_on).as_json(),
        "committee": _committee(cycle, counted_on),
        "consultations": [_consultation(one.consultation, counted_on) for one in _rounds(cycle)],
        "commitments": [row for row, _found in told],
        "moderation": _moderation(cycle, counted_on),
        "since": since(before),
        "changes": changes_since(before, [row for row, _found in told]),
    }


def _cycle(cycle: Cycle) -> Object:
    adopted: JSON = None
    if cycle.deliberation is not None:
        item, vote = cycle.deliberation, cycle.deliberation.vote
        adopted = {
            "reference": item.reference,
            "number": item.number,
            "adopted_on": item.adopted_on.isoformat(),
            "for": vote.in_favour if vote.are_counts_known else None,
            "against": vote.against if vote.are_counts_known else None,
            "abstained": vote.abstained if vote.are_counts_known else None,
            "visa_on": _day(item.visa_on),
        }
    principles = cycle.principles.select_related("principle")
    axes = cycle.axes.select_related("axis")
    return {
        "slug": cycle.slug,
        "title": cycle.title.as_json(),
        "from": cycle.starts_on.isoformat(),
        "until": cycle.ends_on.isoformat(),
        "sha256": cycle.sha256,
        "adopted": adopted,
        "principles": [one.principle.name.as_json() for one in principles],
        "axes": [
            {"name": one.axis.name.as_json(), "challenge": one.challenge.as_json()} for one in axes
        ],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _committee(cycle: Cycle, day: date) -> JSON:
    if cycle.committee is None:
        return None
    seats = [_seat(one) for one in in_office(cycle.committee, day)]
    held = (
        Sitting.objects.filter(
            session__body=cycle.committee,
            state=Sitting.State.HELD,
            held_on__gte=cycle.opened_on,
            held_on__lte=min(day, cycle.ends_on),
        )
        .select_related("session")
        .prefetch_related("attendances")
        .order_by("held_on", "pk")
    )
    return {
        "name": cycle.committee.name.as_json(),
        "seats": len(seats),
        "women": sum(one.sex == "female" for one in seats),
        "men": sum(one.sex == "male" for one in seats),
        "by_category": dict(sorted(Counter(one.category for one in seats).items())),
        "sittings": [_sitting(one) for one in held],
    }


def _seat(mandate: Mandate) -> SeatHeld:
    return SeatHeld(mandate.person.sex, mandate.category, mandate.role)


def _sitting(sitting: Sitting) -> Object:
    roll: meetings.RollCall = roll_call(sitting)
    return {
        "session": sitting.session.reference,
        "held_on": sitting.held_on.isoformat(),
        "present": roll.present,
        "seats": roll.seats,
    }


def _rounds(cycle: Cycle) -> QuerySet:
    return cycle.rounds.held().select_related("consultation").order_by("number")


def _consultation(consultation: Consultation, day: date) -> Object:
    until = closing_instant(day)
    ideas = Idea.objects.filter(consultation=consultation, submitted_at__lt=until).shown()
    sources = Counter(dict(ideas.values_list("source").annotate(n=Count("pk")).order_by("source")))
    answers = IdeaAnswer.objects.filter(
        idea__consultation=consultation, is_current=True, answered_on__lte=day
    )
    codes = dict(answers.values_list("code").annotate(n=Count("pk")).order_by("code"))
    is_closed = consultation.closes_at <= until
    return {
        "slug": consultation.slug,
        "name": consultation.name.as_json(),
        "round": consultation.round_number,
        "first_day": first_day(consultation.opens_at).isoformat(),
        "last_day": last_day(consultation.closes_at).isoformat(),
        "ideas": sum(sources.values()),
        "sources": dict(sources),
        "answers": codes,
        "voices": _voices(consultation) if is_closed else None,
    }


def _voices(consultation: Consultation) -> Object:
    """Votes and supports, told only of a consultation that was closed on the day."""
    votes = StatementVote.objects.filter(consultation=consultation)
    comments = Comment.objects.filter(consultation=consultation).shown()
    return {
        "people": votes.values("participant").distinct().count(),
        "votes": votes.count(),
        "supports": Support.objects.filter(idea__consultation=consultation).count(),
        "comments": comments.count(),
    }


def _commitments(cycle: Cycle) -> list[Commitment]:
    found = cycle.commitments.adopted().select_related("axis", "lead_unit")
    return list(
        found.prefetch_related(
            "milestones__changes",
            "milestones__evidence",
            "milestones__unit",
            "indicators__measures",
            "updates__milestone",
            "assessments",
            "source_ideas__idea",
        ).order_by("position")
    )


def _versions(cycle: Cycle) -> dict[int, CommitmentVersion]:
    """Return the text of each commitment of a cycle that was adopted last. One query."""
    found = Adoption.objects.filter(version__commitment__cycle=cycle).select_related("version")
    return {one.version.commitment_id: one.version for one in found.order_by("pk")}


def _commitment(
    commitment: Commitment, records: _Records, day: date
) -> tuple[Object, list[reporting.Told]]:
    milestones = [_milestone(one, day) for one in commitment.milestones.all()]
    steps = [told for _row, told in milestones]
    done = progress.progress(one.step() for one in steps)
    version = records.versions.get(commitment.pk)
    row: Object = {
        "reference": commitment.reference,
        "title": commitment.title.as_json(),
        "axis": commitment.axis.name.as_json(),
        "unit": commitment.lead_unit.name.as_json() if commitment.lead_unit else None,
        "version": version.number if version else None,
        "sha256": version.sha256 if version else None,
        "budget": commitment.budget,
        "confirmed": done.verified,
        "claimed": done.claimed,
        "late_days": progress.lateness((one.step() for one in steps), day),
        "counts": reporting.counts(steps, day).as_json(),
        "ideas": [link.idea.reference for link in commitment.source_ideas.all()],
        "milestones": [row for row, _told in milestones],
        "indicators": _indicators(commitment, day),
        "updates": _updates(commitment, day),
        "findings": _findings(commitment, day),
        "sights": _sights(records.ratings.get(commitment.pk, {})),
    }
    return row, steps


def _milestone(milestone: Milestone, day: date) -> tuple[Object, reporting.Told]:
    changes = sorted(milestone.changes.all(), key=lambda one: (one.on, one.pk))
    state = reporting.state_on(
        (reporting.Change(one.on, MilestoneState(one.after)) for one in changes), day
    )
    is_told = state in progress.TOLD_DONE
    done_on = milestone.done_on if is_told and milestone.done_on else None
    told = reporting.Told(state, milestone.weight, milestone.announced_end, done_on)
    reasons = [one for one in changes if one.on <= day and one.reason]
    moved_later = any(one.on > day for one in changes if one.before == one.after)
    row: Object = {
        "reference": milestone.reference,
        "title": milestone.title.as_json(),
        "unit": milestone.unit.name.as_json() if milestone.unit else None,
        "weight": milestone.weight,
        "announced_start": milestone.announced_start.isoformat(),
        "announced_end": milestone.announced_end.isoformat(),
        "planned_end": None if moved_later else milestone.planned_end.isoformat(),
        "done_on": _day(done_on),
        "state": state.value,
        "knot": progress.knot_of(told.step(), day).value,
        "late_days": progress.days_late(told.step(), day),
        "reason": reasons[-1].reason.as_json() if reasons else None,
        "evidence": [
            {
                "reference": one.reference,
                "title": one.title.as_json(),
                "kind": one.kind,
                "sha256": one.sha256,
                "captured_on": one.captured_on.isoformat(),
                "confirmed_on": _by(one.verified_on, day),
                "returned_on": _by(one.returned_on, day),
            }
            for one in milestone.evidence.all()
            if one.captured_on <= day
        ],
    }
    return row, told


def _is_by(on: date | None, day: date) -> bool:
    return on is not None and on <= day


def _by(on: date | None, day: date) -> str | None:
    """Return a day as the report writes it, None for one after the day of the report."""
    return _day(on) if _is_by(on, day) else None


def _indicators(commitment: Commitment, day: date) -> list[JSON]:
    return [
        {
            "slug": one.slug,
            "name": one.name.as_json(),
            "unit": one.unit.as_json(),
            "baseline": [_day(one.baseline_on), _figure(one.baseline)],
            "target": [one.target_on.isoformat(), str(one.target)],
            "measures": [
                [measure.on.isoformat(), str(measure.value)]
                for measure in sorted(one.measures.all(), key=lambda row: row.on)
                if measure.on <= day
            ],
        }
        for one in commitment.indicators.all()
    ]


def _figure(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _updates(commitment: Commitment, day: date) -> list[JSON]:
    until = closing_instant(day)
    rows = [one for one in commitment.updates.all() if one.given_at < until]
    return [
        {
            "month": one.month.isoformat(),
            "on": local_day(one.given_at).isoformat(),
            "standing": one.standing,
            "milestone": one.milestone.reference if one.milestone else None,
            "note": one.note,
            "language": one.language,
        }
        for one in sorted(rows, key=lambda row: (row.given_at, row.pk))
    ]


def _findings(commitment: Commitment, day: date) -> list[JSON]:
    shown = Assessment.State.PUBLISHED
    rows = [one for one in commitment.assessments.all() if one.state == shown]
    return [
        {
            "kind": one.kind,
            "level": one.level,
            "text": one.text.as_json(),
            "published_on": _day(one.published_on),
        }
        for one in sorted(rows, key=lambda row: (row.assessed_on, row.pk))
        if _is_by(one.published_on, day)
    ]


def _ratings(cycle: Cycle, day: date) -> dict[int, dict[str, int]]:
    """Return the answers of citizens until a day, by commitment. One query."""
    given = Rating.objects.filter(commitment__cycle=cycle, rated_at__lt=closing_instant(day))
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = given.values_list("commitment_id", "sight").annotate(n=Count("pk"))
    for pk, sight, n in rows.order_by("commitment_id", "sight"):
        found[pk][sight] = n
    return found


def _sights(answers: Mapping[str, int]) -> JSON:
    """What citizens see: how many answered, and their answers unless they are very few."""
    masked = reporting.masked(answers)
    told: JSON = dict(masked) if masked is not None else None
    return {"n": sum(answers.values()), "answers": told}


def _moderation(cycle: Cycle, day: date) -> Object:
    """How many decisions of each kind were taken in the consultations of the cycle."""
    slugs = [one.consultation_id for one in _rounds(cycle)]
    until = closing_instant(day)
    found: Counter[str] = Counter()
    for place in ("idea__consultation__in", "comment__consultation__in"):
        rows = ModerationDecision.objects.filter(**{place: slugs}, decided_at__lt=until)
        found.update(dict(rows.values_list("action").annotate(n=Count("pk")).order_by("action")))
    return dict(sorted(found.items()))
