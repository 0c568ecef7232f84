"""The story of June 2023 and the open consultation: told once, true dates, invented ideas."""

from datetime import UTC, date, datetime

import pytest

from infitah.community.models import Axis
from infitah.community.tests.factories import AxisFactory
from infitah.ledger import queries as ledger
from infitah.participation import seeds
from infitah.participation.models import Idea, IdeaTally, ModerationRule

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
SLUGS = ("transparency", "information", "participation", "digital", "training", "bodies")


@pytest.fixture
def told(sefrou):
    for slug in set(SLUGS) - {sefrou.axis.slug, sefrou.second_axis.slug}:
        AxisFactory(community=sefrou.province, slug=slug)
    axes = Axis.objects.of(sefrou.province)
    return lambda: seeds.seed_consultations(community=sefrou.province, axes=axes, now=NOW)


def test_the_story_is_told_once(sefrou, told):
    first = told()
    size, ideas = ledger.size("SFR"), Idea.objects.count()
    assert told().keys() == first.keys()
    assert (ledger.size("SFR"), Idea.objects.count()) == (size, ideas)
    assert 115 <= ideas <= 130 and ModerationRule.objects.count() == 5


def test_june_2023_has_its_dates_axes_and_numbers(sefrou, told):
    june = told()["ideas-june-2023"]
    assert june.state(NOW) == "closed" and june.is_demonstration
    assert (date(2023, 6, 12), date(2023, 6, 20)) == (seeds.JUNE_FROM, seeds.JUNE_TO)
    ideas = Idea.objects.filter(consultation=june).order_by("number")
    assert [idea.number for idea in ideas] == list(range(1, len(ideas) + 1))
    assert {idea.year for idea in ideas} == {2023}
    in_time = [idea for idea in ideas if not idea.is_late]
    assert all(june.opens_at <= idea.submitted_at < june.closes_at for idea in in_time)
    assert [idea.state for idea in ideas if idea.is_late] == ["late", "late"]
    assert {idea.axis.slug for idea in ideas} == set(SLUGS)
    assert {idea.language for idea in ideas} == {"ar", "fr"}
    assert {idea.source for idea in ideas} == {"online", "desk"}  # notes come with their workshop
    pasted = [idea for idea in ideas if any("\ufe70" <= one <= "\ufefc" for one in idea.statement)]
    assert not pasted  # the file has four, as a PDF gives them: they were written in letters
    assert ideas.filter(statement__startswith="نشر محاضر دورات المجلس").exists()
    row = ledger.of_subject("SFR", ideas[0].reference)[0]
    assert row.is_entered_afterwards and row.occurred_on == date(2023, 6, 12)


def test_the_open_consultation_is_open_on_the_day_of_the_seed(sefrou, told):
    current = told()["next-programme"]
    assert current.state(NOW) == "open"
    assert all(idea.submitted_at <= NOW for idea in current.ideas.all())
    assert current.ideas.count() == 20
    assert ledger.of_subject("SFR", "consultation:ideas-june-2023")[-1].act.endswith("closed")


def test_the_counts_agree_with_the_story(sefrou, told):
    told()
    tallies = IdeaTally.objects.all()
    assert sum(row.shown + row.late for row in tallies) == Idea.objects.count()
