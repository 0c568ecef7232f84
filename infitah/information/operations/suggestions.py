"""What readers did with suggestions: counts of a day, without a person and without their words.

No entry of the register and no generation: no page depends on these counts while they move.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F

from infitah.community.models import Community
from infitah.core.clock import local_day
from infitah.core.operations import within_limit
from infitah.information.conf import OPTIONS
from infitah.information.models import SuggestionCount
from infitah.information.rules.suggesting import KINDS, MAX_TOLD, SEARCH, Place, Told
from infitah.searchindex.queries import public_places

DECISION: Final = (SEARCH, "")


@transaction.atomic
def count_decision(*, community: Community, told: Told, network: str, now: datetime) -> bool:
    """A reader's decision is counted today; false beyond the limit of a network.

    Each record that was shown counts as shown, the one that answered as such, or all of them as
    asked anyway. A record that nobody may read is passed over. At most seven queries.
    """
    if not _within(network, now):
        return False
    wanted = [*told.shown[:MAX_TOLD], *([told.answered] if told.answered else [])]
    known = _known(community, wanted)
    if told.answered is not None and told.answered not in known:
        return False
    places = [DECISION, *dict.fromkeys(place for place in wanted if place in known)]
    _count(community, places, "shown", now)
    if told.answered is None:
        _count(community, places, "asked_anyway", now)
    else:
        _count(community, [DECISION, told.answered], "answered", now)
    return True


@transaction.atomic
def count_opening(*, community: Community, place: Place, network: str, now: datetime) -> bool:
    """That a suggestion was opened is counted today; false beyond the limit, or for none."""
    if not _within(network, now) or place not in _known(community, [place]):
        return False
    _count(community, [place], "opened", now)
    return True


def _within(network: str, now: datetime) -> bool:
    most, seconds = OPTIONS.suggestions_per_network
    name = "information.suggestion"
    return within_limit(name=name, key=network, limit=most, seconds=seconds, now=now)


def _known(community: Community, places: Sequence[Place]) -> set[Place]:
    return public_places(
        community_key=community.key, kinds=KINDS, subjects=[subject for _kind, subject in places]
    )


def _count(community: Community, places: Sequence[Place], column: str, now: datetime) -> None:
    """Add one to a count of today for each of `places`, each of which has its row. Two queries."""
    day = local_day(now)
    rows = [
        SuggestionCount(community=community, day=day, kind=kind, subject=subject)
        for kind, subject in places
    ]
    SuggestionCount.objects.bulk_create(rows, ignore_conflicts=True)
    today = SuggestionCount.objects.of(community).filter(day=day)
    named = {
        (row.kind, row.subject): row.pk
        for row in today.filter(subject__in=[subject for _kind, subject in places])
    }
    counted = [named[place] for place in places]
    SuggestionCount.objects.filter(pk__in=counted).update(**{column: F(column) + 1})
