"""Which ideas a commitment grew from; both pages tell it (programme.md 12.17)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from infitah.core.clock import local_day
from infitah.core.operations import bump
from infitah.core.viewer import Actor
from infitah.ledger.rules.canonical import JSON
from infitah.participation.models import Idea
from infitah.programme.models import Commitment, CommitmentIdea
from infitah.programme.operations.commitment import (
    CommitmentRefused,
    locked_commitment,
    must_be_draft,
    tell_commitment,
)


@transaction.atomic
def link_idea(
    *, commitment: Commitment, idea: Idea, weight: str, on: date, by: Actor, now: datetime
) -> CommitmentIdea:
    """Say that a commitment grew from an idea, wholly or in part; both pages then tell it.

    Raises CommitmentRefused for an idea of another community, or one linked already.
    """
    if idea.community_id != commitment.community_id:
        raise CommitmentRefused(_("This idea belongs to another community."), field="idea")
    if commitment.source_ideas.filter(idea=idea).exists():
        raise CommitmentRefused(_("This idea is linked already."), field="idea")
    link = CommitmentIdea.objects.create(
        community=commitment.community,
        commitment=commitment,
        idea=idea,
        weight=weight,
        linked_on=on,
    )
    _tell(commitment, "idea_linked", {"idea": idea.reference, "weight": weight}, on, by, now)
    return link


@transaction.atomic
def weigh_idea(
    *, commitment: Commitment, idea: Idea, weight: str, by: Actor, now: datetime
) -> CommitmentIdea:
    """Say whether a linked idea is kept whole or in part; the same again changes nothing.

    Raises CommitmentRefused for an idea that is not linked.
    """
    held = locked_commitment(commitment.reference)
    link = _link(held, idea)
    if link.weight == weight:
        return link
    link.weight = weight
    link.save(update_fields=["weight"])
    public: dict[str, JSON] = {"idea": idea.reference, "weight": weight}
    _tell(held, "idea_weighed", public, local_day(now), by, now)
    return link


@transaction.atomic
def unlink_idea(*, commitment: Commitment, idea: Idea, by: Actor, now: datetime) -> None:
    """Take an idea from a draft again; the register keeps that it was linked.

    Raises CommitmentRefused once the text is validated, for an idea that is not linked, or where
    neither an idea nor a reason would be left after it was put to the public.
    """
    held = locked_commitment(commitment.reference)
    must_be_draft(held)
    link = _link(held, idea)
    is_public = held.state == Commitment.State.CONSULTED
    if is_public and held.source_ideas.count() == 1 and not held.reason_without_idea:
        raise CommitmentRefused(
            _("It was put to the public: say first why it grew from no idea."), field="idea"
        )
    link.delete()
    _tell(held, "idea_unlinked", {"idea": idea.reference}, local_day(now), by, now)


def _link(held: Commitment, idea: Idea) -> CommitmentIdea:
    link = held.source_ideas.filter(idea=idea).first()
    if link is None:
        raise CommitmentRefused(_("This idea is not linked to it."), field="idea")
    return link


def _tell(
    commitment: Commitment, step: str, public: dict[str, JSON], on: date, by: Actor, now: datetime
) -> None:
    tell_commitment(commitment, step, public, on=on, by=by, now=now)
    bump(commitment.community.key, "participation")
