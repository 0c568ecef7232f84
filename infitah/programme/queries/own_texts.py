"""A programme before the council as a text kept ready: the votes and deliberations on it."""

from collections.abc import Collection

from django.urls import reverse

from infitah.core.viewer import Viewer
from infitah.council import rules as council
from infitah.council.models import Deliberation
from infitah.council.queries import OwnText
from infitah.design.direction import in_page_language
from infitah.proceedings.models import Session, VoteEvent
from infitah.proceedings.queries import DeskAct
from infitah.programme.models import Commitment, Cycle
from infitah.programme.queries.adoption import ADOPT, adoption_desk
from infitah.programme.queries.agenda import deciding_items

STOPPED = [state.value for state in council.STOPPED]


def own_texts(session: Session, viewer: Viewer) -> list[OwnText]:
    """Return the programmes that a session may adopt. Eight queries a programme, and one."""
    if not session.is_of_council:
        return []
    ready = Commitment.objects.filter(state=Commitment.State.VALIDATED).values("cycle")
    found = Cycle.objects.visible_to(viewer).filter(state=Cycle.State.PREPARING, pk__in=ready)
    return [_own_text(cycle) for cycle in found]


def _own_text(cycle: Cycle) -> OwnText:
    label = str(ADOPT) % {"title": in_page_language(cycle.title)}
    items = deciding_items(cycle)
    return OwnText(
        act=DeskAct(label, reverse("programme_desk:adoption", args=[cycle.slug])),
        quoted=adoption_desk(cycle).digest,
        is_of=lambda vote: vote.item_id in items,
    )


def adopting_vote(cycle: Cycle, votes: Collection[VoteEvent]) -> VoteEvent | None:
    """Return the vote among these that adopted the programme, else the newest. One query."""
    items = deciding_items(cycle)
    found = (one for one in votes if one.item_id in items)
    return next(found, next(iter(votes), None))


def recorded_for(cycle: Cycle) -> list[Deliberation]:
    """Return the deliberations on this programme that bind none yet, newest first. Two queries.

    Those by a vote on an item that decides on it, and not stopped.
    """
    free = Deliberation.objects.filter(
        community=cycle.community_id,
        cycles=None,
        adoptions=None,
        vote__item__in=deciding_items(cycle),
    )
    return list(free.exclude(state__in=STOPPED).newest_first())


def amendment_votes(session: Session) -> list[int]:
    """Return the votes of a session that decided amendments. One query."""
    found = VoteEvent.objects.filter(item__sitting__session=session, amendments__isnull=False)
    return list(found.values_list("pk", flat=True))
