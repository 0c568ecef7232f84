"""A programme before its committee and the council: sittings, votes, amendments; with fixtures."""

from datetime import date

import pytest

from infitah.council.models import CouncilSession
from infitah.kernel.localized import LocalizedText
from infitah.proceedings.operations import record_named_vote
from infitah.proceedings.rules import Choice, Majority
from infitah.proceedings.tests.factories import AgendaItemFactory, held_sitting
from infitah.programme import operations
from infitah.programme.tests.factories import BY, NOW, STEP, WORDS, commitment_of, cycle_of

DAY = date(2023, 10, 27)
AFTER = LocalizedText(ar="تجديد الموقع وترجمته", fr="Renouveler et traduire le site")
WHY = LocalizedText(ar="لا يدخل في اختصاص المجلس", fr="Hors des compétences du conseil")


def vote_at(sitting, seats, choice=Choice.FOR, item=None):
    return record_named_vote(
        item=item or AgendaItemFactory(sitting=sitting),
        question=WORDS,
        choices={seat.pk: choice for seat in seats},
        majority=Majority.OF_CAST,
        by=BY,
        now=NOW,
    )


@pytest.fixture
def cycle(sefrou):
    return cycle_of(sefrou)


@pytest.fixture
def committee(cycle):
    """The held sitting of the cycle's committee, and who was there."""
    return held_sitting(cycle.committee, seats=4)


@pytest.fixture
def session(sefrou):
    """The held sitting of the council, and who was there."""
    sitting, present = held_sitting(sefrou.council, absent=2)
    CouncilSession.objects.create(
        community=sitting.community,
        session=sitting.session,
        kind="extraordinary",
        called_by="president",
    )
    return sitting, present


@pytest.fixture
def validated(sefrou, cycle):
    """Two commitments that the committee validated."""
    made = [commitment_of(cycle, sefrou.axis) for _n in range(2)]
    for one in made:
        operations.validate_commitment(commitment=one, on=DAY, **STEP)
    return made


def moved(commitment, session, part="title", after=AFTER, **more):
    sitting, present = session
    values = {
        "commitment": commitment,
        "item": sitting.items.first(),
        "mover": present[0],
        "part": part,
        "after": after,
        "reason": WORDS,
    }
    return operations.move_amendment(**(values | more), **STEP)
