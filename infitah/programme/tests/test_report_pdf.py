"""What the document of a report says: units, votes and ways in, what changed, French colons."""

import re
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest
from django.utils import translation

from infitah.programme import operations, queries
from infitah.programme.models import Milestone
from infitah.programme.rules.reporting import Reached, reached
from infitah.programme.tests.factories import OWNER, SECOND, STEP, adopted_programme, evidence

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
    measured = "21,5 (avant 64, cible 10 le 31 décembre 2025) : la cible n’est pas encore atteinte"
    assert f"Délai de publication (jours) {measured}" in words
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
    assert f"{one.reference}-M1) : Avant : prévu ; à la fin de la période : en cours." in words


@pytest.mark.parametrize(
    ("last", "baseline", "day", "told"),
    [
        (None, 64, date(2026, 1, 1), Reached.NOT_MEASURED),
        (21, 64, date(2025, 12, 30), Reached.NOT_YET),
        (21, 64, date(2025, 12, 31), Reached.NO),
        (10, 64, date(2025, 12, 31), Reached.YES),
        (9, 5, date(2025, 12, 31), Reached.NO),
        (10, None, date(2025, 12, 31), Reached.YES),
    ],
)
def test_an_aim_is_reached_not_reached_or_not_measured(last, baseline, day, told):
    figures = [None if one is None else Decimal(one) for one in (last, baseline)]
    assert reached(*figures, (Decimal(10), date(2025, 12, 31)), day) == told


def test_what_was_done_after_its_day_is_counted_and_each_milestone_has_its_place(programme):
    cycle, one = programme
    reference = f"{one.reference}-M1"
    operations.claim_done(
        reference=reference, evidence=evidence(), on=date(2024, 2, 11), by=OWNER, now=STEP["now"]
    )
    operations.verify_milestone(
        reference=reference, on=date(2024, 3, 1), by=SECOND, now=STEP["now"]
    )
    operations.start_milestone(
        reference=f"{one.reference}-M2", on=date(2024, 2, 1), by=OWNER, now=STEP["now"]
    )
    Milestone.objects.filter(reference=f"{one.reference}-M2").update(
        announced_end=date(2025, 2, 1), planned_end=date(2025, 2, 1)
    )
    report = published(cycle, 2024)
    words = read(report)
    assert "Parmi les jalons faits, un l’a été après le jour annoncé." in words
    assert "Les autres : en cours (1)." in words
    assert "fait 14 jours après la date annoncée" in words and f"{one.reference}-E1" in words
    with translation.override("ar"):
        page = queries.report_page(report)
        assert "أنجزت بعد يومها المعلن" in page.answer
        assert "بعد" in page.commitments[0].milestones[0].state_words


def test_a_finding_comes_with_its_reason_and_the_scale_of_its_grade(programme):
    report = published(programme[0], 2024)
    finding = {"kind": "committee", "level": "limited", "published_on": "2024-12-01"}
    finding["text"] = {"ar": "أنجز جزء", "fr": "Une partie est faite"}
    report.content["commitments"][0]["findings"] = [finding]
    words = read(report)
    assert "Une partie est faite" in words and "Échelle des constats" in words


def test_votes_that_nobody_knows_any_more_are_not_told_as_none(programme):
    cycle = programme[0]
    vote = cycle.deliberation.vote
    vote.are_counts_known = False
    vote.in_favour = vote.against = vote.abstained = 0
    vote.save()
    report = published(cycle, 2024)
    assert report.content["cycle"]["adopted"]["for"] is None
    assert cycle.deliberation.reference in read(report) and "contre 0" not in read(report)
