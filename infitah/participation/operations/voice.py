"""What a voice counts for, and supporting an idea; `ballots` counts votes.

No entry of the register and no generation for a vote: nothing that anybody reads changes before
closing, and a row a vote would make people linkable (decisions F26). `voice_register` commits them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.core.errors import OperationRefused
from infitah.core.operations import bump
from infitah.kernel.dates import format_date
from infitah.participation import rules
from infitah.participation.models import Idea, Paragraph, Support
from infitah.participation.operations.voice_counts import count_supports

NEW_SUPPORT = """
INSERT INTO participation_support (idea_id, participant_id, given_at) VALUES (%s, %s, %s)
ON CONFLICT (idea_id, participant_id) DO NOTHING
RETURNING id
"""
UNKNOWN: Final = "unknown"


class VoiceRefused(OperationRefused):
    """The vote or the support does not count; `code` "unknown" where there is no such statement."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What is voted on, as a form names it: an idea by reference, or a paragraph by its number."""

    slug: str
    idea: str = ""
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A statement found, with what decides whether a voice counts. One query read it."""

    consultation_id: int
    idea_id: int | None
    paragraph_id: int | None
    state: str
    author_id: int | None
    announced_at: datetime | None
    opens_at: datetime
    closes_at: datetime
    takes_votes: bool
    cancelled_at: datetime | None

    def standing(self, now: datetime) -> rules.ConsultationState:
        """Return where its consultation stands at `now`."""
        return rules.state_of_consultation(
            announced_at=self.announced_at,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            cancelled_at=self.cancelled_at,
            now=now,
        )


OF_CONSULTATION = ("announced_at", "opens_at", "closes_at", "takes_votes", "cancelled_at")


def _held(community: Community, statement: Statement) -> Held:
    if statement.paragraph:
        number = int(statement.paragraph) if statement.paragraph.isdecimal() else 0
        of_text = [f"text__consultation__{name}" for name in OF_CONSULTATION]
        found = Paragraph.objects.filter(
            pk=number,
            text__community=community,
            text__consultation__slug=statement.slug,
            text__is_current=True,
        ).values_list("text__consultation_id", "pk", *of_text)
        for consultation_id, pk, *rest in found:
            return Held(consultation_id, None, pk, rules.IdeaState.VISIBLE, None, *rest)
    else:
        of_idea = [f"consultation__{name}" for name in OF_CONSULTATION]
        ideas = Idea.objects.filter(
            community=community, reference=statement.idea, consultation__slug=statement.slug
        ).values_list("consultation_id", "pk", "state", "author_id", *of_idea)
        for consultation_id, pk, state, author_id, *rest in ideas:
            return Held(consultation_id, pk, None, state, author_id, *rest)
    raise VoiceRefused(_("There is no such statement in this consultation."), code=UNKNOWN)


def _sentence(fault: rules.VoiceFault, held: Held) -> str:
    if held.cancelled_at is not None:
        return _("This consultation is cancelled.")
    if fault is rules.VoiceFault.CLOSED:
        day = format_date(rules.last_day(held.closes_at), (get_language() or "ar")[:3])
        return _(
            "This consultation closed at the end of %(day)s (23:59, Moroccan time): what comes "
            "later is not counted."
        ) % {"day": day}
    sentences = {
        rules.VoiceFault.NOT_OPEN: _("This consultation is not open yet."),
        rules.VoiceFault.NO_VOTES: _("This consultation takes no votes."),
        rules.VoiceFault.NOT_SHOWN: _("This statement is not shown any more: choose another one."),
        rules.VoiceFault.OWN: _("You gave this idea yourself: you are counted as its author."),
    }
    return sentences[fault]


def _refuse(fault: rules.VoiceFault | None, held: Held) -> None:
    if fault is not None:
        unknown = fault is rules.VoiceFault.NOT_OPEN and held.announced_at is None
        raise VoiceRefused(_sentence(fault, held), code=UNKNOWN if unknown else fault)


def check_vote(*, community: Community, statement: Statement, now: datetime) -> Held:
    """Return the statement if a vote on it counts at `now`. One query.

    Raises VoiceRefused before opening, after closing (it says when), for an idea that is not
    shown, and with code "unknown" for what is no statement of this consultation.
    """
    held = _held(community, statement)
    fault = rules.fault_of_vote(
        held.standing(now), takes_votes=held.takes_votes, statement_state=held.state
    )
    _refuse(fault, held)
    return held


def _held_idea(
    community: Community, slug: str, reference: str, participant_id: int | None, now: datetime
) -> Held:
    held = _held(community, Statement(slug, idea=reference))
    fault = rules.fault_of_support(
        held.standing(now),
        statement_state=held.state,
        is_own=participant_id is not None and held.author_id == participant_id,
    )
    _refuse(fault, held)
    return held


def check_support(*, community: Community, slug: str, reference: str, now: datetime) -> None:
    """Return if a support of this idea counts at `now`. One query. Raises VoiceRefused."""
    _held_idea(community, slug, reference, None, now)


@transaction.atomic
def support_idea(
    *, community: Community, slug: str, reference: str, participant_id: int, now: datetime
) -> None:
    """Count a participant's support of an idea, once however often it is given.

    Raises VoiceRefused outside the days of the consultation, for an idea that is not shown, and
    for one's own idea.
    """
    held = _held_idea(community, slug, reference, participant_id, now)
    at = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(NEW_SUPPORT, [held.idea_id, participant_id, at])
        if not cursor.fetchall():
            return
        count_supports(cursor, held, 1)
    bump(community.key, "participation")


@transaction.atomic
def take_back_support(
    *, community: Community, slug: str, reference: str, participant_id: int, now: datetime
) -> None:
    """Take a support back while the consultation is open; without one nothing changes.

    Raises VoiceRefused after closing: the counts stay as they were.
    """
    held = _held_idea(community, slug, reference, None, now)
    gone, _rows = Support.objects.filter(
        idea_id=held.idea_id or 0, participant_id=participant_id
    ).delete()
    if not gone:
        return
    with connection.cursor() as cursor:
        count_supports(cursor, held, -1)
    bump(community.key, "participation")
