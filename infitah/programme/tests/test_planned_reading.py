"""The page of an idea says on which day the committee is to read it, where the timetable does."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from infitah.kernel.localized import LocalizedText
from infitah.participation.tests.factories import DURING
from infitah.programme.models import Round, TimetableEntry
from infitah.programme.tests.factories import cycle_of, idea_of

PLANNED = date(2023, 7, 5)


@pytest.fixture
def idea(sefrou):
    return idea_of(sefrou)


def step(idea, cycle, **more):
    values = {
        "kind": "committee",
        "starts_on": PLANNED,
        "ends_on": PLANNED,
        "text": LocalizedText(ar="اجتماع لجنة التتبع"),
        "slug": f"step-{TimetableEntry.objects.count()}",
        **more,
    }
    return TimetableEntry.objects.create(community=cycle.community, cycle=cycle, **values)


def page_of(idea):
    with time_machine.travel(DURING, tick=False):
        anybody = Client(headers={"host": "localhost"})
        return anybody.get(f"/ar{idea.get_absolute_url().removeprefix('/ar')}").content.decode()


def test_the_planned_day_of_the_committee_stands_on_the_page_of_an_idea(sefrou, idea):
    cycle = cycle_of(sefrou)
    assert "5 يوليوز 2023" not in page_of(idea)
    step(idea, cycle)
    assert "5 يوليوز 2023" not in page_of(idea)  # its consultation is of no cycle yet
    Round.objects.create(
        community=cycle.community, cycle=cycle, number=1, consultation=idea.consultation
    )
    step(idea, cycle, starts_on=date(2023, 6, 1), ends_on=date(2023, 6, 1))  # before the closing
    step(idea, cycle, kind="meeting", starts_on=date(2023, 7, 1), ends_on=date(2023, 7, 1))
    page = page_of(idea)
    assert "5 يوليوز 2023" in page and "مبرمجة" in page
    TimetableEntry.objects.update(precision="month")
    page = page_of(idea)
    assert "5 يوليوز 2023" not in page and "مبرمجة في يوليوز 2023" in page
    TimetableEntry.objects.filter(kind="committee").update(struck_on=date(2023, 6, 10))
    assert "مبرمجة" not in page_of(idea)
