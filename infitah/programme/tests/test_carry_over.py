"""What an ended cycle leaves to the next one."""

from datetime import date

import pytest
import time_machine
from django.utils import translation

from infitah.community.tests.factories import (
    AxisFactory,
)
from infitah.core.models import Mail, Outbox
from infitah.core.operations import dispatch_events
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.programme import operations, queries
from infitah.programme.models import CarriedIdea, Commitment, Cycle, Milestone
from infitah.programme.tests.cycles import TODAY, following, left_idea
from infitah.programme.tests.factories import (
    BY,
    NOW,
    STEP,
    WORDS,
    adopted_programme,
    commitment_of,
    viewer_of,
)

WHY = LocalizedText(ar="لتزامن الموعد مع عطلة", fr="La date tombe un jour férié")


@pytest.fixture
def ended(sefrou):
    """A cycle that has ended with one of two milestones confirmed, and one in preparation."""
    first, (commitment,) = adopted_programme(sefrou)
    Milestone.objects.filter(commitment=commitment, number=1).update(
        state="verified", done_on=date(2024, 5, 1)
    )
    return first, commitment, following(sefrou, first)


def carry(commitment, cycle):
    return operations.carry_over_commitment(commitment=commitment, cycle=cycle, **STEP)


def test_what_remains_of_a_commitment_is_drafted_in_the_next_cycle(sefrou, ended):
    _first, commitment, second = ended
    links = commitment.source_ideas.count()
    made = carry(commitment, second)
    assert (made.carried_from, made.state, made.cycle) == (commitment, "drafted", second)
    (left,) = made.milestones.all()
    assert (left.weight, left.state) == (100, "planned")
    assert second.starts_on <= left.announced_start <= left.announced_end <= second.ends_on
    (figure,) = made.indicators.all()
    assert figure.target_on == second.ends_on
    assert made.source_ideas.count() == links
    commitment.refresh_from_db()
    assert commitment.state == "adopted"  # it was not assessed: its state is what it was
    anybody, officer = (viewer_of(sefrou.province, *rights) for rights in ((), ("programme.edit",)))
    assert queries.cycle_page(second, officer, TODAY).taken_over.commitments == (made,)
    assert queries.cycle_page(second, anybody, TODAY).taken_over.commitments == ()
    assert queries.carried_of(commitment, anybody).after is None  # a draft is private at first
    operations.record_check(commitment=made, waiver=WORDS, **STEP)
    assert queries.cycle_page(second, anybody, TODAY).taken_over.commitments == (made,)
    assert queries.carried_of(commitment, anybody).after == made
    assert queries.carried_of(made, anybody).before == commitment
    with pytest.raises(operations.CommitmentRefused) as refused:
        carry(commitment, second)
    assert refused.value.code == "carried"


def test_a_cycle_says_how_much_of_what_remained_the_next_one_took_over(sefrou, client):
    first, (taken, left) = adopted_programme(sefrou, count=2)
    second = following(sefrou, first)
    made = carry(taken, second)
    operations.record_check(commitment=made, waiver=WORDS, **STEP)
    pages = {}
    for cycle in (first, second):
        with time_machine.travel(NOW, tick=False):
            path = f"/ar/programme/{cycle.slug}/"
            pages[cycle.slug] = client.get(path, headers={"host": "localhost"}).content.decode()
    handed = pages[first.slug].partition('id="taken-over"')[2].partition("</section>")[0]
    still = handed.partition("لم تكتمل ولم تستأنفها الدورة الموالية إلى الآن")[2]
    assert "استؤنف 1 من 2" in pages[first.slug]
    assert left.reference in still and taken.reference not in still
    assert "استؤنف" not in pages[second.slug].partition('id="method"')[2].partition("</ol>")[0]


def test_an_assessed_commitment_becomes_carried_over(ended):
    _first, commitment, second = ended
    Commitment.objects.filter(pk=commitment.pk).update(state="assessed")
    carry(commitment, second)
    commitment.refresh_from_db()
    assert commitment.state == "carried_over"


def test_what_is_finished_or_not_adopted_is_not_carried_over(sefrou, ended):
    _first, commitment, second = ended
    draft = commitment_of(second, sefrou.axis)
    with pytest.raises(operations.CycleRefused):
        carry(draft, second)
    Commitment.objects.filter(pk=commitment.pk).update(state="withdrawn")
    with pytest.raises(operations.CommitmentRefused) as refused:
        carry(commitment, second)
    assert refused.value.code == "state"
    Commitment.objects.filter(pk=commitment.pk).update(state="running")
    second.axes.update(axis=AxisFactory(community=sefrou.province))
    with pytest.raises(operations.CommitmentRefused) as refused:
        carry(commitment, second)
    assert refused.value.code == "axis"
    commitment.milestones.update(state="verified", done_on=TODAY)
    with pytest.raises(operations.CommitmentRefused) as refused:
        carry(commitment, second)
    assert refused.value.code == "nothing"


def test_a_cycle_hands_over_only_when_it_ends(ended):
    first, commitment, second = ended
    Cycle.objects.filter(pk=first.pk).update(ends_on=date(2027, 12, 31))
    with pytest.raises(operations.CycleRefused):
        carry(commitment, second)


def test_ideas_left_for_it_are_taken_up_once_and_their_authors_told(sefrou, ended):
    _first, _commitment, second = ended
    idea = left_idea(sefrou)
    take = {"ideas": [idea], "cycle": second, **STEP}
    assert len(operations.carry_over_ideas(**take)) == 1
    assert operations.carry_over_ideas(**take) == []
    assert CarriedIdea.objects.count() == 1
    assert Entry.objects.filter(act="programme.ideas_carried_over").count() == 1
    dispatch_events(now=NOW)
    assert not Outbox.objects.filter(kind=operations.IDEA_CARRIED, handled_at=None).exists()
    mail = Mail.objects.get(reference=idea.reference)
    assert mail.template == "participation/email/result"
    with translation.override("ar"):
        (knot,) = queries.knots_of_carried("SFR", idea.reference)
    assert knot.url == "/ar/programme/2027-2028/"
    page = queries.cycle_page(second, viewer_of(sefrou.province), TODAY)
    assert (page.taken_over.ideas, page.taken_over.idea_count) == ((idea,), 1)


def test_only_ideas_with_that_answer_are_taken_up(sefrou, ended):
    first, _commitment, second = ended
    kept = left_idea(sefrou, 2, code="kept")
    with pytest.raises(operations.CycleRefused) as refused:
        operations.carry_over_ideas(ideas=[kept], cycle=second, **STEP)
    assert refused.value.field == "ideas"
    idea = left_idea(sefrou, 3)
    with pytest.raises(operations.CycleRefused):
        operations.carry_over_ideas(ideas=[idea], cycle=first, **STEP)


def test_principles_of_the_national_texts_are_added_once(sefrou):
    values = {"community": sefrou.province, "by": BY, "now": NOW}
    made = operations.add_national_principles(**values)
    assert {one.slug for one in made} == {
        "transparency",
        "access-to-information",
        "participation",
        "digitisation",
    }
    assert operations.add_national_principles(**values) == []
