"""Why a milestone is late, where only the monthly word of the service says so."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from infitah.programme import operations, queries
from infitah.programme.rules.updates import Spoken, reason_among
from infitah.programme.tests.factories import OWNER, STEP, adopted_programme, viewer_of

END = date(2024, 12, 31)
TODAY = date(2026, 11, 23)
NOTE = "لم يكتمل تكوين فريق التحرير."


def spoken(standing="late", milestone="", note="بسبب المراجعة"):
    return Spoken(date(2024, 5, 2), standing, milestone, note, "ar")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([], None),
        ([spoken()], 0),
        ([spoken("blocked", "M1"), spoken("late", "", "غيره")], 0),
        ([spoken("late", "M1", "أول"), spoken("late", "M1", "ثان")], 1),
        ([spoken("late", "M2")], None),
        ([spoken(), spoken("on_time", "")], None),
        ([spoken("late", "", "")], None),
        ([spoken("on_time")], None),
    ],
)
def test_the_word_that_explains_names_the_milestone_or_is_the_last_of_the_whole(words, found):
    assert reason_among(words, "M1") == (None if found is None else words[found])


@pytest.fixture
def late(sefrou):
    """A programme whose service said once that it is late, and why."""
    cycle, (one,) = adopted_programme(sefrou)
    word = operations.Word(standing="late", note=NOTE)
    said_at = datetime(2024, 12, 2, 9, tzinfo=UTC)
    operations.tell_progress(commitment=one, word=word, by=OWNER, now=said_at)
    return cycle


def test_the_report_gives_the_reason_that_the_service_gave(late):
    report = operations.make_report(cycle=late, year=2024, counted_on=END, today=TODAY, **STEP)
    page = queries.report_page(report)
    assert page.late and all(step.word.note == NOTE for _one, step in page.late)
    gaps = [one.sentence for one in queries.missing_in(page, viewer_of(late.community))]
    assert not [one for one in gaps if "لم يذكر" in one]
    operations.publish_report(reference=report.reference, on=TODAY, **STEP)
    body = Client(headers={"host": "localhost"}).get("/fr/programme/2024-2025/report/")
    words = body.content.decode()
    assert NOTE in words and "Aucune raison" not in words
    assert "le service, à propos de l’engagement dans son ensemble, le 2 décembre 2024" in words
    assert "le service ne l’a écrit qu’en arabe" in words


def test_what_is_late_today_shows_the_reason_that_the_service_gave(late):
    body = Client(headers={"host": "localhost"}).get("/ar/programme/2024-2025/late/")
    words = body.content.decode()
    assert NOTE in words and "لم يذكر سبب" not in words
