"""Votes and supports of people not proved yet: what waits for the code, in words."""

from datetime import datetime

from django.utils.translation import gettext as _

from infitah.community.models import Participant
from infitah.core.viewer import Actor, Viewer
from infitah.participation import rules
from infitah.participation.models import Paragraph, PendingAct, StatementVote
from infitah.participation.operations.ballots import vote_on_statement
from infitah.participation.operations.voice import Statement, support_idea
from infitah.participation.queries.ideas import statement_of

VOTE, SUPPORT = "vote", "support"


def perform_vote(*, act: PendingAct, participant: Participant, by: Actor, now: datetime) -> None:
    """Count the vote that waited. Raises VoiceRefused as voting does."""
    vote_on_statement(
        community=act.community,
        statement=_statement(act),
        choice=rules.CHOICES[act.payload["choice"]],
        participant_id=participant.pk,
        now=now,
    )


def perform_support(*, act: PendingAct, participant: Participant, by: Actor, now: datetime) -> None:
    """Count the support that waited. Raises VoiceRefused as supporting does."""
    support_idea(
        community=act.community,
        slug=act.payload["slug"],
        reference=act.payload["idea"],
        participant_id=participant.pk,
        now=now,
    )


def _statement(act: PendingAct) -> Statement:
    typed = act.payload
    return Statement(typed["slug"], typed.get("idea", ""), typed.get("paragraph", ""))


def shown_of_statement(act: PendingAct) -> str:
    """Return the words of the statement that an act is about, as anybody may read them."""
    typed = act.payload
    if typed.get("paragraph"):
        texts = Paragraph.objects.filter(pk=typed["paragraph"], text__community=act.community)
        body = texts.values_list("body", flat=True).first()
        return body.in_language(act.interface) if body else ""
    visitor = Viewer(act.community.key, act.community_id)
    return statement_of(visitor, typed.get("idea", ""))


def shown_of_vote(act: PendingAct) -> str:
    """Return what somebody says of a statement, and the statement."""
    choice = StatementVote.Choice(rules.CHOICES[act.payload["choice"]])
    return _("You say: %(choice)s\n%(statement)s") % {
        "choice": choice.label,
        "statement": shown_of_statement(act),
    }


def named_of_vote(act: PendingAct) -> str:
    """Say what a code is for: the statement, never the vote."""
    return _("your vote on “%(words)s”") % {"words": rules.first_words(shown_of_statement(act))}


def named_of_support(act: PendingAct) -> str:
    """Say what a code is for."""
    words = rules.first_words(shown_of_statement(act))
    return _("your support of the idea “%(words)s”") % {"words": words}


def named_of_comment(act: PendingAct) -> str:
    """Say what a code is for."""
    words = rules.first_words(str(act.payload.get("text", "")))
    return _("your comment “%(words)s”") % {"words": words}
