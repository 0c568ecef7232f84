"""The desk leads from each step of a cycle to the next, for the office that does it."""

from datetime import date, timedelta

import pytest

from infitah.core.clock import local_day
from infitah.participation.models import Theme
from infitah.participation.queries import desk_ways
from infitah.proceedings.models import VoteEvent
from infitah.programme import queries
from infitah.programme.models import Round
from infitah.programme.queries.cycle_desk import desk_cycle
from infitah.programme.queries.method_ways import BEFORE_CLOSING
from infitah.programme.queries.next_steps import next_steps
from infitah.programme.rules.method import MethodStep
from infitah.programme.tests.factories import NOW, commitment_of, cycle_of, idea_of, viewer_of
from infitah.programme.tests.sittings import DAY, vote_at

TODAY = date(2023, 10, 30)
FOCAL = ("programme.edit", "commitment.edit", "committee.edit", "consultation.edit", "answer.give")


@pytest.fixture
def focal(sefrou):
    return viewer_of(sefrou.province, *FOCAL)


@pytest.fixture
def first_round(sefrou, cycle):
    idea = idea_of(sefrou)
    Round.objects.create(
        community=sefrou.province, cycle=cycle, number=1, consultation=idea.consultation
    )
    return idea.consultation


def test_the_step_at_hand_waits_for_the_office_that_does_it(
    sefrou, cycle, focal, django_assert_max_num_queries
):
    secretary = viewer_of(sefrou.province, "session.edit")
    (told,) = next_steps(focal, TODAY)
    assert told.step == MethodStep.WORKSHOPS and cycle.title.ar in told.sentence
    assert next_steps(secretary, TODAY) == []
    commitment_of(cycle, sefrou.axis)
    Round.objects.create(
        community=sefrou.province,
        cycle=cycle,
        number=2,
        consultation=idea_of(sefrou).consultation,
    )
    with django_assert_max_num_queries(12):
        (told,) = next_steps(focal, TODAY)
    assert told.step == MethodStep.VALIDATION and told.url.endswith(f"/{cycle.slug}/")
    assert next_steps(viewer_of(sefrou.province, "idea.read"), TODAY) == []


def test_a_step_waits_since_the_one_before_it_ended(sefrou, cycle, first_round, focal):
    day_after = local_day(first_round.closes_at)
    (told,) = next_steps(focal, day_after - timedelta(days=1))
    assert told.step == MethodStep.FIRST_ROUND
    assert told.since == local_day(first_round.opens_at) > cycle.opened_on
    (told,) = next_steps(focal, day_after + timedelta(days=20))
    assert told.step == MethodStep.DRAFTS and told.since == day_after


def test_drafts_begun_while_ideas_come_in_wait_since_the_round_opened(
    sefrou, cycle, first_round, focal
):
    commitment_of(cycle, sefrou.axis)
    (told,) = next_steps(focal, local_day(first_round.closes_at) - timedelta(days=1))
    assert told.step == MethodStep.DRAFTS and told.since == local_day(first_round.opens_at)


def test_the_council_is_awaited_since_the_committee_validated(sefrou, cycle, validated):
    (told,) = next_steps(viewer_of(sefrou.province, "session.edit"), TODAY)
    assert told.step == MethodStep.ADOPTION and told.since == DAY > cycle.opened_on


@pytest.mark.parametrize(("is_closed", "ways"), [(False, 1), (True, 3)])
def test_ideas_are_arranged_and_answered_once_the_first_round_is_closed(
    sefrou, cycle, first_round, focal, is_closed, ways
):
    today = local_day(first_round.closes_at) + timedelta(days=0 if is_closed else -2)
    steps = desk_cycle(cycle, focal, today).steps
    drafts = next(one for one in steps if one.view.step == MethodStep.DRAFTS)
    assert len(drafts.ways) == ways and (drafts.advice == BEFORE_CLOSING) is not is_closed
    at = f"/consultations/{first_round.slug}/"
    assert any(at in way.url for way in drafts.ways) is is_closed


def test_a_validated_programme_waits_for_the_secretary(sefrou, cycle, validated, focal):
    assert next_steps(focal, TODAY) == []
    (told,) = next_steps(viewer_of(sefrou.province, "session.edit"), TODAY)
    assert told.step == MethodStep.ADOPTION and told.url.endswith("/adoption/")


def test_a_consultation_leads_to_its_cycle_and_drafts(sefrou, cycle, first_round, focal):
    labels = {way.url for way in desk_ways(focal, first_round)}
    start = f"/desk/programme/commitments/start/{cycle.slug}/"
    assert labels == {start, f"/desk/programme/cycles/{cycle.slug}/"}
    theme = Theme.objects.create(
        community=sefrou.province,
        consultation=first_round,
        reference="SFR-2023-T-0001",
        name=cycle.title,
        changed_at=NOW,
    )
    assert desk_ways(focal, first_round, theme)[0].url == f"{start}?theme={theme.pk}"
    Round.objects.update(number=2)
    put = desk_ways(focal, first_round)[0].url
    assert put == f"/desk/programme/cycles/{cycle.slug}/put/{first_round.slug}/"
    assert desk_ways(viewer_of(sefrou.province, "idea.read"), first_round) == []
    assert desk_ways(viewer_of(sefrou.other, *FOCAL), first_round) == []


def test_a_vote_that_validated_another_cycle_is_not_offered_again(sefrou, cycle, committee):
    vote = vote_at(*committee)
    assert list(queries.validating_votes(cycle)) == [vote]
    other = cycle_of(sefrou, slug="2026-2027")
    other.committee = cycle.committee
    other.save(update_fields=["committee"])
    commitment_of(cycle, sefrou.axis).versions.create(
        **{"community": sefrou.province, "number": 9, "content": {}, "sha256": "a" * 64},
        made_on=local_day(NOW),
        vote=vote,
    )
    assert list(queries.validating_votes(cycle)) == [vote]  # several drafts of one cycle: yes
    assert not queries.validating_votes(other).exists()
    VoteEvent.objects.update(taken_on=date(2020, 1, 1))  # before the cycle was opened
    assert not queries.validating_votes(cycle).exists()
