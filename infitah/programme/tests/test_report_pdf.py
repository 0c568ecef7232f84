"""What the document of a report says: units, votes and ways in, what changed, French colons."""

import re
from datetime import date

import pypdfium2
import pytest

from infitah.programme import operations, queries
from infitah.programme.tests.factories import OWNER, STEP, adopted_programme

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
CONSULTATION = {
    "slug": "one",
    "name": {"ar": "استشارة", "fr": "Consultation de 2023"},
    "round": 1,
    "first_day": "2023-06-12",
    "last_day": "2023-06-20",
    "ideas": 116,
    "sources": {"online": 94, "workshop": 22},
    "answers": {},
    "voices": {"people": 72, "votes": 4532, "supports": 170, "comments": 25},
}
INDICATOR = {
    "slug": "days",
    "name": {"ar": "آجال النشر", "fr": "Délai de publication"},
    "unit": {"ar": "يوم", "fr": "jours"},
    "baseline": ["2023-12-31", "64.00"],
    "target": ["2025-12-31", "10.00"],
    "measures": [["2025-12-01", "21.50"]],
}


@pytest.fixture
def programme(sefrou):
    cycle, (one,) = adopted_programme(sefrou)
    return cycle, one


def published(cycle, year):
    report = operations.make_report(
        cycle=cycle, year=year, counted_on=date(year, 12, 31), today=TODAY, **STEP
    )
    return operations.publish_report(reference=report.reference, on=TODAY, **STEP)


def read(report, language="fr"):
    pages = pypdfium2.PdfDocument(queries.report_pdf(report, language))
    words = " ".join(page.get_textpage().get_text_range() for page in pages)
    return re.sub(r"[ \r\n\u00a0\u202f]+", " ", words)


def test_the_document_gives_units_ways_in_and_votes(programme):
    report = published(programme[0], 2024)
    content = report.content
    content["consultations"] = [CONSULTATION]
    content["commitments"][0]["indicators"] = [INDICATOR]
    content["commitments"][0]["sights"] = {"n": 8, "answers": {"yes": 6, "no": 2}}
    words = read(report)
    assert "Délai de publication (jours) 21,5 (avant 64, objectif 10)" in words
    assert "Personnes ayant voté 72 Votes 4 532" in words and "sur ce site : 94" in words
    assert "abstentions 0" in words and "8 (Je le vois : 6" in words


def test_the_document_says_what_changed_since_the_report_before(programme):
    cycle, one = programme
    published(cycle, 2024)
    operations.start_milestone(
        reference=f"{one.reference}-M1", on=date(2025, 3, 1), by=OWNER, now=STEP["now"]
    )
    words = read(published(cycle, 2025))
    assert "Ce qui a changé depuis le rapport de 2024" in words
    assert f"{one.reference}-M1) : Avant : prévu. Maintenant : en cours." in words


def test_votes_that_nobody_knows_any_more_are_not_told_as_none(programme):
    cycle = programme[0]
    vote = cycle.deliberation.vote
    vote.are_counts_known = False
    vote.in_favour = vote.against = vote.abstained = 0
    vote.save()
    report = published(cycle, 2024)
    assert report.content["cycle"]["adopted"]["for"] is None
    assert cycle.deliberation.reference in read(report) and "contre 0" not in read(report)
