"""Votes put right: what rests on them, what citizens read, which legal references are marked."""

import re

import pytest

from infitah.community.tests.factories import log_in
from infitah.council import operations, queries
from infitah.council.models import CouncilSession
from infitah.council.operations import DeliberationRefused, ObjectionLetter
from infitah.council.rules import Examination
from infitah.council.tests.factories import TITLE, adopted
from infitah.kernel.localized import LocalizedText
from infitah.proceedings import operations as proceedings
from infitah.proceedings import queries as meetings
from infitah.proceedings.models import VoteEvent
from infitah.proceedings.operations import VoteRefused
from infitah.proceedings.rules import Choice, Counts, Majority, Method
from infitah.proceedings.tests.factories import BY, HELD, NOW, held_sitting

pytestmark = pytest.mark.django_db
STEP = {"by": BY, "now": NOW}
HOST = {"host": "localhost"}
WHY = LocalizedText(ar="كتب عدد خاطئ", fr="Un nombre a été mal écrit")


@pytest.fixture
def sitting(sefrou):
    held = held_sitting(sefrou.council, absent=4)[0]
    CouncilSession.objects.create(
        community=held.community,
        session=held.session,
        kind="extraordinary",
        called_by="president",
    )
    return held


def voted(sitting, counts=(6, 2, 1), **more):
    return proceedings.record_counted_vote(
        item=sitting.items.get(),
        question=TITLE,
        method=Method.SHOW_OF_HANDS,
        counts=Counts(*counts),
        majority=Majority.OF_CAST,
        **STEP,
        **more,
    )


def test_a_vote_on_which_a_deliberation_rests_stays(sefrou, sitting):
    vote = voted(sitting)
    made = adopted(sefrou.council, vote=vote)
    with pytest.raises(VoteRefused) as refused:
        proceedings.strike_vote(vote=vote, reason=WHY, **STEP)
    assert refused.value.code == "bound" and made.reference in refused.value.message
    assert VoteEvent.objects.get() == vote


def test_a_struck_vote_adopts_and_examines_nothing(sefrou, sitting):
    item = adopted(sefrou.council, vote=voted(sitting))
    wrong = voted(sitting)
    proceedings.strike_vote(vote=wrong, reason=WHY, **STEP)
    with pytest.raises(DeliberationRefused) as refused:
        adopted(sefrou.council, number=2, vote=wrong)
    assert refused.value.code == "struck"
    operations.record_sending(reference=item.reference, sent_on=HELD, **STEP)
    letter = ObjectionLetter(number="1", received_on=HELD, reason=WHY)
    operations.record_objection(reference=item.reference, letter=letter, **STEP)
    item.refresh_from_db()
    assert not queries.examining_votes(item).exists()
    with pytest.raises(DeliberationRefused) as refused:
        operations.record_examination(
            reference=item.reference, vote=wrong, outcome=Examination.KEPT, **STEP
        )
    assert refused.value.code == "struck"


def test_a_struck_vote_is_not_offered_for_a_deliberation(sefrou, sitting, client):
    log_in(client, sefrou.secretary, sefrou.province)
    address = f"/desk/meetings/council/{sitting.session.reference}/deliberation/"
    wrong = voted(sitting)
    assert 'name="vote"' in client.get(address).content.decode()
    proceedings.strike_vote(vote=wrong, reason=WHY, **STEP)
    assert 'name="vote"' not in client.get(address).content.decode()
    assert not meetings.votes_of(sefrou.council).exists()


@pytest.mark.parametrize(("language", "why"), [("ar", WHY.ar), ("fr", WHY.fr)])
def test_citizens_read_the_struck_record_beside_the_right_one(sitting, client, language, why):
    wrong = voted(sitting, (2, 6, 1))
    proceedings.correct_vote(vote=wrong, reason=WHY, anew=lambda: voted(sitting, (7, 1, 1)), **STEP)
    address = f"/{language}/council/sessions/{sitting.session.reference}/"
    body = client.get(address, headers=HOST).content.decode()
    assert why in body and body.count('<del datetime="2023-11-14">') == 1
    right = body[body.index("</del>") :]
    assert ">7<" in right and ">6<" not in body


def test_every_article_on_the_page_of_a_decision_is_marked_to_be_verified(sefrou, sitting, client):
    item = adopted(sefrou.council, vote=voted(sitting, (4, 4, 1), casting_vote=Choice.FOR))
    operations.record_sending(reference=item.reference, sent_on=HELD, **STEP)
    letter = ObjectionLetter(number="1", received_on=HELD, reason=WHY)
    operations.record_objection(reference=item.reference, letter=letter, **STEP)
    address = f"/fr/council/decisions/{item.reference}/"
    body = client.get(address, headers=HOST).content.decode()
    articles = [body[one.end() : one.end() + 200] for one in re.finditer(r"\bart\. \d", body)]
    assert len(articles) == 2  # the casting vote and the objection
    assert all('class="estimate"' in after and "à vérifier" in after for after in articles)
