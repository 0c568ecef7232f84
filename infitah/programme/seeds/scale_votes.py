"""A mass of votes for benchmarks: people and their votes, in bulk, without register entries."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction

from infitah.community.models import Community, Participant
from infitah.community.rules.codes import new_token
from infitah.core.operations import bump
from infitah.kernel.dates import local_day
from infitah.participation.models import (
    Consultation,
    Idea,
    StatementTally,
    StatementVote,
    VoiceTally,
)
from infitah.participation.rules import Choice

BATCH = 5_000
STRIDE = 7_919  # prime: each person votes on other statements
KEPT = timedelta(days=730)
CHOICES = (Choice.AGREE, Choice.AGREE, Choice.DISAGREE, Choice.AGREE, Choice.PASS)
Counts = dict[int, Counter[int]]


@transaction.atomic
def add_votes(votes: int, people: int, *, now: datetime) -> int:
    """Add `votes` by `people` new participants to the newest consultation; return how many.

    Each person votes on as many statements, once on each; the tallies are kept. No more than
    people times ideas can be added.
    """
    community = Community.objects.get(is_default=True)
    consultation = Consultation.objects.of(community).order_by("-opens_at")[:1].get()
    shown = Idea.objects.filter(consultation=consultation).shown().order_by("position")
    ideas = list(shown.values_list("pk", flat=True))
    if not votes or not people or not ideas:
        return 0
    persons = _people(community, people, now)
    counts: Counts = {}
    rows: list[StatementVote] = []
    made = 0
    for person, idea, choice in _pairs(persons, ideas, votes):
        rows.append(
            StatementVote(
                consultation=consultation,
                idea_id=idea,
                participant_id=person,
                choice=choice,
                voted_at=now,
            )
        )
        counts.setdefault(idea, Counter())[choice] += 1
        made += 1
        if len(rows) == BATCH:
            StatementVote.objects.bulk_create(rows)
            rows = []
    StatementVote.objects.bulk_create(rows)
    _count(consultation, counts, min(people, made))
    bump(community.key, "participation")
    return made


def _people(community: Community, count: int, now: datetime) -> list[int]:
    made = Participant.objects.bulk_create(
        [
            Participant(
                community=community,
                token=new_token(),
                level=Participant.Level.ADDRESS,
                language="ar",
                address_kind=Participant.AddressKind.NONE,
                created_at=now,
                purge_on=local_day(now + KEPT),
            )
            for _ in range(count)
        ],
        batch_size=BATCH,
    )
    return [one.pk for one in made]


def _pairs(persons: list[int], ideas: list[int], votes: int) -> Iterator[tuple[int, int, Choice]]:
    """Yield who votes how on what: everybody's first vote, then everybody's second, and so on."""
    for number in range(min(votes, len(persons) * len(ideas))):
        turn, place = divmod(number, len(persons))
        idea = ideas[(place * STRIDE + turn) % len(ideas)]
        yield persons[place], idea, CHOICES[(place + turn) % len(CHOICES)]


def _count(consultation: Consultation, counts: Counts, people: int) -> None:
    known = {
        tally.idea_id: tally
        for tally in StatementTally.objects.filter(consultation=consultation, idea__in=counts)
    }
    fresh = [
        StatementTally(consultation=consultation, idea_id=idea)
        for idea in counts
        if idea not in known
    ]
    for tally in (*known.values(), *fresh):
        added = counts[tally.idea_id or 0]
        tally.agree += added[Choice.AGREE]
        tally.disagree += added[Choice.DISAGREE]
        tally.passed += added[Choice.PASS]
    StatementTally.objects.bulk_create(fresh, batch_size=BATCH)
    StatementTally.objects.bulk_update(
        known.values(), ["agree", "disagree", "passed"], batch_size=200
    )
    voice, _is_new = VoiceTally.objects.get_or_create(consultation=consultation)
    voice.voters += people
    voice.save(update_fields=["voters"])
