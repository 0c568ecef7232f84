"""Writing a draft: part by part, its milestones and indicators as tables; every wording is kept.

An officer sends with each part the moment at which the draft was last changed when the page was
opened; somebody quicker means that nothing is overwritten (issue 3, "two officers on one record").
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.community.models import Axis, Person, Principle, Unit
from infitah.core.clock import local_day
from infitah.core.operations import bump
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.ledger.rules.canonical import JSON
from infitah.participation.models import Idea, Theme
from infitah.programme.models import Commitment, CommitmentVersion, Cycle
from infitah.programme.operations.commitment import (
    CommitmentDraft,
    CommitmentRefused,
    draft_commitment,
    locked_commitment,
    must_be_draft,
    tell_commitment,
)
from infitah.programme.operations.freezing import NOTHING, freeze
from infitah.programme.operations.linking import link_idea
from infitah.programme.queries.contents import content_of
from infitah.programme.rules import states, texts

Kind = CommitmentVersion.Kind


class DraftChanged(CommitmentRefused):
    """Somebody changed the draft after the page was opened: what stands now is to be looked at."""


@dataclass(frozen=True, slots=True)
class WhatPart:
    """What the commitment is and why."""

    title: LocalizedText
    problem: LocalizedText
    description: LocalizedText


@dataclass(frozen=True, slots=True)
class ResultPart:
    """What it changes, and how anybody can check it."""

    contribution: LocalizedText
    expected_result: LocalizedText
    verifiability: LocalizedText


@dataclass(frozen=True, slots=True)
class WhoPart:
    """Who answers for it; the partner of civil society with a contact by name."""

    lead_unit: Unit | None
    responsible: Person | None
    partners: LocalizedText = NOTHING
    civil_partner: LocalizedText = NOTHING


@dataclass(frozen=True, slots=True)
class MoneyPart:
    """The budget in centimes and its source, or that it needs no money."""

    budget: int | None
    budget_source: LocalizedText = NOTHING
    is_without_cost: bool = False


@dataclass(frozen=True, slots=True)
class ValuePart:
    """The values of open government that it serves, with the argument; goals by number."""

    values: Sequence[str]
    value_argument: LocalizedText
    sdg: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class FramePart:
    """Where it stands in the cycle: axis, principles, its days (last one included)."""

    axis: Axis
    principles: Sequence[Principle]
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class OriginPart:
    """Why it grew from no idea of a citizen."""

    reason_without_idea: LocalizedText


DraftPart = WhatPart | ResultPart | WhoPart | MoneyPart | ValuePart | FramePart | OriginPart


@transaction.atomic
def start_draft(
    *,
    cycle: Cycle,
    title: LocalizedText,
    axis: Axis,
    by: Actor,
    now: datetime,
    problem: LocalizedText = NOTHING,
    ideas: Sequence[Idea] = (),
    reason: LocalizedText = NOTHING,
) -> Commitment:
    """Begin a draft of a cycle in preparation: a title and an axis are enough; ideas are linked.

    It takes the span and the principles of the cycle. Raises CommitmentRefused once the programme
    is adopted, for a foreign axis, or for neither an idea nor a reason.
    """
    if not ideas and not reason:
        raise CommitmentRefused(
            _("Choose an idea from which it grows, or say why it grew from none."), field="reason"
        )
    if not title.ar:
        raise CommitmentRefused(_("Write the title in Arabic."), field="title")
    day = local_day(now)
    draft = CommitmentDraft(
        title=title,
        problem=problem,
        description=NOTHING,
        contribution=NOTHING,
        expected_result=NOTHING,
        verifiability=NOTHING,
        axis=axis,
        span=(cycle.starts_on, cycle.ends_on),
        principles=[one.principle for one in cycle.principles.select_related("principle")],
        reason_without_idea=reason,
    )
    made = draft_commitment(cycle=cycle, draft=draft, drafted_on=day, by=by, now=now)
    for idea in ideas:
        link_idea(commitment=made, idea=idea, weight="main", on=day, by=by, now=now)
    save_draft_version(commitment=made, by=by, now=now)
    return made


def start_from_theme(
    *, cycle: Cycle, theme: Theme, axis: Axis, by: Actor, now: datetime
) -> Commitment:
    """Begin a draft from a theme: its name is the title, its ideas are linked, and the problem
    is its summary with their numbers; without a summary the problem is still to be written.
    Raises CommitmentRefused as `start_draft` does.
    """
    ideas = [
        one.idea
        for one in theme.placings.select_related("idea").order_by("idea__position")
        if one.idea.state == Idea.State.VISIBLE
    ]
    references = "، ".join(one.reference for one in ideas)
    summary = theme.summary or LocalizedText("")
    problem = LocalizedText(
        ar=f"{summary.ar} ({references})" if summary.ar and references else summary.ar,
        fr=f"{summary.fr} ({references.replace('،', ',')})" if summary.fr else "",
    )
    return start_draft(
        cycle=cycle, title=theme.name, axis=axis, problem=problem, ideas=ideas, by=by, now=now
    )


@transaction.atomic
def edit_draft(
    *, commitment: Commitment, part: DraftPart, seen_at: datetime, by: Actor, now: datetime
) -> CommitmentVersion | None:
    """Make one part of a draft say this; return the new version, None where no word changed.

    `seen_at` is the moment of the last change that the officer saw. Raises DraftChanged if
    somebody was quicker; CommitmentRefused once it is validated, or for what cannot be.
    """
    held = open_draft(commitment, seen_at)
    _check(held, part)
    before = texts.content_digest(content_of(held))
    for one in fields(part):
        value = getattr(part, one.name)
        if one.name == "principles":
            held.principles.set(value)
        else:
            plain = list(value) if one.name in {"values", "sdg"} else value
            setattr(held, one.name, plain)
    held.save()
    if texts.content_digest(content_of(held)) == before:
        return None
    changed: dict[str, JSON] = {"fields": [one.name for one in fields(part)]}
    return keep_change(held, "edited", changed, by=by, now=now)


def open_draft(commitment: Commitment, seen_at: datetime) -> Commitment:
    """Return the draft locked, if it may still be written and nobody was quicker.

    Raises DraftChanged or CommitmentRefused.
    """
    held = locked_commitment(commitment.reference)
    must_be_draft(held)
    if held.changed_at != seen_at:
        raise DraftChanged(
            _(
                "Somebody changed this draft since you opened the page. What it says now is shown "
                "beside what you typed: look, then save again."
            ),
            code="changed",
        )
    return held


def keep_change(
    held: Commitment, step: str, told: dict[str, JSON], *, by: Actor, now: datetime
) -> CommitmentVersion | None:
    """Note the moment of a change, keep its wording as a version, tell it in the register."""
    held.changed_at = now
    held.save(update_fields=["changed_at"])
    version = _kept(held, reason="", by=by, now=now)
    public = told if version is None else {**told, "sha256": version.sha256}
    tell_commitment(held, step, public, on=local_day(now), by=by, now=now)
    return version


@transaction.atomic
def save_draft_version(
    *, commitment: Commitment, by: Actor, now: datetime, reason: str = ""
) -> CommitmentVersion | None:
    """Keep the wording of a draft as its next version; None where it is that of the newest one.

    Raises CommitmentRefused once it is validated.
    """
    held = locked_commitment(commitment.reference)
    must_be_draft(held)
    return _kept(held, reason=reason, by=by, now=now)


def _kept(held: Commitment, *, reason: str, by: Actor, now: datetime) -> CommitmentVersion | None:
    digest = texts.content_digest(content_of(held))
    latest = held.versions.order_by("-number").values_list("sha256", flat=True).first()
    if latest == digest:
        return None
    return freeze(held, kind=Kind.DRAFT, on=local_day(now), by=by, reason=reason)


@transaction.atomic
def record_check(
    *, commitment: Commitment, waiver: LocalizedText, by: Actor, now: datetime
) -> CommitmentVersion:
    """Publish a draft with what the linter finds in it, and why it goes on below the mark.

    It refuses nothing (decisions G33); the draft is then "quality checked", and from now on anybody
    reads it and each wording that is saved (docs/decisions/0018). Raises CommitmentRefused once it
    is validated.
    """
    held = locked_commitment(commitment.reference)
    must_be_draft(held)
    day = local_day(now)
    linted = states.CommitmentState.LINTED
    if states.commitment_may_become(states.CommitmentState(held.state), linted):
        held.state = linted.value
    version = freeze(held, kind=Kind.DRAFT, on=day, by=by, waiver=waiver)
    held.changed_at = now
    held.save(update_fields=["state", "changed_at"])
    public: dict[str, JSON] = {
        "title": held.title.as_json(),
        "score": version.lint_score,
        "sha256": version.sha256,
    }
    tell_commitment(held, "checked", public, on=day, by=by, now=now)
    bump(held.community.key, "participation")
    return version


def _check(held: Commitment, part: DraftPart) -> None:
    """Raise CommitmentRefused for what a draft cannot say, beside the field of it."""
    if isinstance(part, WhatPart) and not part.title.ar:
        raise CommitmentRefused(_("Write the title in Arabic."), field="title_ar")
    if isinstance(part, FramePart):
        _check_frame(held, part)
    if isinstance(part, MoneyPart) and part.is_without_cost and part.budget:
        raise CommitmentRefused(
            _("It states a budget and that it needs no money: keep one of the two."),
            field="is_without_cost",
        )
    if isinstance(part, WhoPart):
        for one in (part.lead_unit, part.responsible):
            if one is not None and one.community_id != held.community_id:
                raise CommitmentRefused(
                    _("This service or person belongs to another community."), field="lead_unit"
                )


def _check_frame(held: Commitment, part: FramePart) -> None:
    if not held.cycle.axes.filter(axis=part.axis).exists():
        raise CommitmentRefused(_("This axis is not one of the cycle."), field="axis")
    if part.ends_on <= part.starts_on:
        raise CommitmentRefused(_("The last day is before the first."), field="ends_on")
