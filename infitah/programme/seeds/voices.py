"""Votes and supports of June 2023, invented: 72 people in three ways of seeing, with noise.

Rows are written in bulk, the counts as the acts would have kept them; the register gets the sets
of each day and of the whole, as from real votes.
"""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from infitah.community.models import Community, Participant
from infitah.participation import operations
from infitah.participation.models import (
    ClusterRun,
    Consultation,
    Idea,
    StatementTally,
    StatementVote,
    Support,
    VoiceTally,
)
from infitah.participation.rules import first_day, last_day
from infitah.programme.seeds.people import Cast

PEOPLE: Final = 72
VOTER: Final = "demonstration-voter-"
SEED: Final = 20230612
VOTED_SHARE: Final = 0.55
NOISE: Final = 0.2
MOST_SUPPORTS: Final = 5
# What each of three ways of seeing agrees and disagrees with, by axis.
CAMPS: Final = (
    {"transparency": 1, "information": 1, "digital": 1, "training": -1, "bodies": -1},
    {"participation": 1, "bodies": 1, "training": 1, "digital": -1, "information": 1},
    {"digital": 1, "training": 1, "information": 1, "participation": -1, "transparency": -1},
)


def seed_voices(cast: Cast, consultation: Consultation) -> None:
    """Let 72 invented people vote on and support the ideas of a closed consultation, once."""
    if StatementVote.objects.filter(consultation=consultation).exists():
        return
    chance = random.Random(SEED)  # noqa: S311 - a story that is always the same
    ideas = list(
        Idea.objects.filter(consultation=consultation)
        .shown()
        .select_related("axis")
        .order_by("position")
    )
    with transaction.atomic():
        people = _people(cast.community, cast.now)
        votes = list(_votes(people, ideas, chance))
        StatementVote.objects.bulk_create(votes, batch_size=500)
        supports = list(_supports(people, ideas, chance))
        Support.objects.bulk_create(supports, batch_size=500)
        _count(consultation, votes, supports)
    _commit(cast, consultation)


def voters(community: Community) -> list[Participant]:
    """Return the invented people in the order of their numbers, from 0. One query."""
    found = Participant.objects.of(community).filter(token__startswith=VOTER)
    return list(found.order_by("token"))


def _people(community: Community, now: datetime) -> list[Participant]:
    """Return invented voters: no address, no name, nothing that could be purged."""
    wanted = [f"{VOTER}{number:03d}" for number in range(PEOPLE)]
    Participant.objects.bulk_create(
        Participant(
            community=community,
            token=token,
            level=Participant.Level.ADDRESS,
            address_kind=Participant.AddressKind.NONE,
            created_at=now,
            purge_on=(now + timedelta(days=730)).date(),
        )
        for token in wanted
    )
    return voters(community)


def _instant(consultation: Consultation, idea: Idea, chance: random.Random) -> datetime:
    """Return an instant after the idea was given and before closing."""
    left = (consultation.closes_at - idea.submitted_at).total_seconds()
    return idea.submitted_at + timedelta(seconds=chance.uniform(60, max(left - 60, 61)))


def _votes(
    people: list[Participant], ideas: list[Idea], chance: random.Random
) -> Iterator[StatementVote]:
    for number, person in enumerate(people):
        camp = CAMPS[number % len(CAMPS)]
        for idea in ideas:
            if chance.random() > VOTED_SHARE:
                continue
            leaning = camp.get(idea.axis.slug, 0)
            choice = leaning if chance.random() > NOISE else chance.choice((-1, 0, 1))
            yield StatementVote(
                consultation_id=idea.consultation_id,
                idea=idea,
                participant=person,
                choice=choice,
                voted_at=_instant(idea.consultation, idea, chance),
            )


def _supports(
    people: list[Participant], ideas: list[Idea], chance: random.Random
) -> Iterator[Support]:
    for number, person in enumerate(people):
        liked = [idea for idea in ideas if CAMPS[number % 3].get(idea.axis.slug, 0) > 0]
        for idea in chance.sample(liked, chance.randint(0, MOST_SUPPORTS)):
            yield Support(
                idea=idea,
                participant=person,
                given_at=_instant(idea.consultation, idea, chance),
            )


def _count(consultation: Consultation, votes: list[StatementVote], supports: list[Support]) -> None:
    counts = Counter((vote.idea_id, vote.choice) for vote in votes)
    supported = Counter(one.idea_id for one in supports)
    ideas = {vote.idea_id for vote in votes} | set(supported)
    StatementTally.objects.bulk_create(
        StatementTally(
            consultation=consultation,
            idea_id=pk,
            agree=counts[pk, 1],
            disagree=counts[pk, -1],
            passed=counts[pk, 0],
            supports=supported[pk],
        )
        for pk in sorted(pk for pk in ideas if pk is not None)
    )
    voters = len({vote.participant_id for vote in votes})
    VoiceTally.objects.update_or_create(consultation=consultation, defaults={"voters": voters})


def _commit(cast: Cast, consultation: Consultation) -> None:
    day, last = first_day(consultation.opens_at), last_day(consultation.closes_at)
    while day < last:
        operations.commit_day(consultation_id=consultation.pk, day=day, by=cast.by, now=cast.now)
        day += timedelta(days=1)
    operations.close_voices(consultation_id=consultation.pk, by=cast.by, now=cast.now)
    operations.request_run(
        consultation=consultation,
        kind=ClusterRun.Kind.OPINION,
        parameters={},
        seed=SEED,
        by=cast.by,
        now=cast.now,
    )
