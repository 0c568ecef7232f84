"""A programme before the council as a text kept ready: the votes and deliberations on it."""

from collections.abc import Collection
from functools import partial

from django.urls import reverse

from infitah.core.viewer import Viewer
from infitah.council import rules as council
from infitah.council.models import Deliberation
from infitah.council.queries import OwnText
from infitah.design.direction import in_page_language
from infitah.kernel.localized import LocalizedText
from infitah.proceedings.models import Session, VoteEvent
from infitah.proceedings.queries import DeskAct
from infitah.programme.models import Amendment, Commitment, Cycle
from infitah.programme.queries.adoption import ADOPT, adoption_desk
from infitah.programme.rules import adoption as rules

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
    return OwnText(
        act=DeskAct(label, reverse("programme_desk:adoption", args=[cycle.slug])),
        quoted=adoption_desk(cycle).digest,
        is_of=partial(is_adoption, cycle, _amended_at(cycle)),
    )


def _amended_at(cycle: Cycle) -> Collection[int]:
    """Return the agenda items at which a cycle's commitments were amended. One query."""
    moved = Amendment.objects.filter(commitment__cycle=cycle)
    return set(moved.values_list("item", flat=True))


def is_adoption(
    cycle: Cycle, amended_at: Collection[int], vote: VoteEvent, title: LocalizedText
) -> bool:
    """Return whether a vote, or the deliberation of this title on it, adopts the programme.

    By the item at which it was amended, else by what item, vote and deliberation are called. No
    query where the item of the vote was fetched.
    """
    if vote.item_id in amended_at:
        return True
    years = (cycle.starts_on.year, cycle.ends_on.year)
    return rules.speaks_of_adoption([vote.item.title, vote.question, title], years)


def adopting_vote(cycle: Cycle, votes: Collection[VoteEvent]) -> VoteEvent | None:
    """Return the vote among these that adopted the programme, else the newest. One query."""
    amended_at = _amended_at(cycle)
    found = (one for one in votes if is_adoption(cycle, amended_at, one, one.question))
    return next(found, next(iter(votes), None))


def recorded_for(cycle: Cycle) -> list[Deliberation]:
    """Return the deliberations on this programme that bind none yet, newest first. Two queries.

    Those recorded since the cycle was opened, and not stopped.
    """
    free = Deliberation.objects.filter(
        community=cycle.community_id,
        cycles=None,
        adoptions=None,
        adopted_on__gte=cycle.opened_on,
    ).exclude(state__in=STOPPED)
    amended_at = _amended_at(cycle)
    return [
        one
        for one in free.select_related("vote__item").newest_first()
        if is_adoption(cycle, amended_at, one.vote, one.title)
    ]
