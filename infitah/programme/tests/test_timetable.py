"""The timetable says of a step what its dates and records say, nothing more."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import translation
from django.utils.html import strip_tags

from infitah.kernel.localized import LocalizedText
from infitah.participation.models import Consultation, Workshop, WorkshopTable
from infitah.programme import operations, queries
from infitah.programme.rules.timetable import Standing, standing
from infitah.programme.tests.factories import STEP, cycle_of, idea_of, viewer_of

FIRST, LAST = date(2023, 3, 8), date(2023, 3, 10)
BEFORE, DURING, AFTER = date(2023, 3, 7), date(2023, 3, 9), date(2023, 3, 11)


@pytest.mark.parametrize(
    ("kind", "has_record", "today", "found"),
    [
        ("workshop", False, BEFORE, Standing.COMING),
        ("workshop", False, DURING, Standing.COMING),
        ("workshop", False, AFTER, Standing.NO_RECORD),
        ("workshop", True, AFTER, Standing.HELD),
        ("workshop", True, DURING, Standing.HELD),
        ("execution", True, DURING, Standing.UNDER_WAY),
        ("execution", True, AFTER, Standing.OVER),
        ("consultation", True, DURING, Standing.UNDER_WAY),
        ("consultation", True, AFTER, Standing.HELD),
        ("consultation", False, AFTER, Standing.NO_RECORD),
    ],
)
def test_a_step_was_held_only_if_a_record_says_so(kind, has_record, today, found):
    assert standing(kind, FIRST, LAST, has_record=has_record, today=today) == found


def entry(cycle, slug, kind, span, **more):
    text = LocalizedText(ar="موعد", fr="Étape")
    operations.add_timetable_entry(
        cycle=cycle, slug=slug, kind=kind, span=span, text=text, **more, **STEP
    )


def test_past_steps_are_no_plans_on_the_page(sefrou):
    cycle = cycle_of(sefrou)
    idea_of(sefrou)
    consultation = Consultation.objects.get(slug="june-2023")
    day = date(2023, 6, 5)
    operations.add_round(cycle=cycle, number=1, consultation=consultation, on=day, **STEP)
    entry(cycle, "workshop", "workshop", (FIRST, LAST), record="", is_estimated=True)
    week = (date(2023, 6, 12), date(2023, 6, 20))
    entry(cycle, "week", "consultation", week, record="", is_estimated=False)
    session = (date(2023, 11, 13), date(2023, 11, 13))
    entry(cycle, "session", "session", session, record="SFR-2023-S-0001", is_estimated=False)
    late_step = (date(2027, 1, 4), date(2027, 1, 4))
    entry(cycle, "report", "report", late_step, record="", is_estimated=True)
    with translation.override("ar"):
        page = queries.cycle_page(cycle, viewer_of(sefrou.province), date(2026, 11, 24))
        said = [(step.words, step.date_words) for step in page.timetable]
        urls = [step.url for step in page.timetable]
    assert said == [
        ("مضى الموعد، دون محضر منشور", "تاريخ تقريبي"),
        ("أغلقت، وأفكارها منشورة", ""),
        ("انعقدت", ""),
        ("موعد مبرمج", ""),
    ]
    assert urls == ["", "/ar/consultations/june-2023/", "/d/SFR-2023-S-0001/", ""]


def test_a_step_whose_consultation_was_put_later_says_until_when_and_is_open(sefrou, client):
    cycle = cycle_of(sefrou)
    idea_of(sefrou)
    june = Consultation.objects.get(slug="june-2023")
    operations.add_round(cycle=cycle, number=1, consultation=june, on=FIRST, **STEP)
    entry(cycle, "week", "consultation", (date(2023, 6, 12), date(2023, 6, 18)))
    with time_machine.travel("2023-06-20 12:00+00:00", tick=False):
        page = client.get(f"/ar/programme/{cycle.slug}/", headers={"host": "localhost"})
    body = " ".join(strip_tags(page.content.decode()).split())
    assert "مفتوحة الآن · تم تمديد أجلها إلى 20 يونيو 2023" in body


def test_a_workshop_of_a_round_is_linked_and_was_held_once_its_notes_are_typed(sefrou):
    cycle = cycle_of(sefrou)
    idea_of(sefrou)
    june, province = Consultation.objects.get(slug="june-2023"), sefrou.province
    operations.add_round(cycle=cycle, number=1, consultation=june, on=FIRST, **STEP)
    entry(cycle, "workshop", "workshop", (FIRST, FIRST))
    held = Workshop.objects.create(
        community=province, consultation=june, slug="first", name=june.name, held_on=FIRST
    )
    table = WorkshopTable.objects.create(workshop=held, number=1, axis=sefrou.axis, token="t1")
    said = []
    for typed in (None, datetime(2023, 3, 8, 17, tzinfo=UTC)):
        WorkshopTable.objects.filter(pk=table.pk).update(typed_at=typed)
        with translation.override("ar"):
            (step,) = queries.cycle_page(cycle, viewer_of(province), LAST).timetable
        assert step.url == "/ar/consultations/june-2023/workshops/first/"
        said.append(step.standing)
    assert said == [Standing.NO_RECORD, Standing.HELD]
