"""Verifying by a number: nobody is told that another thing than the one meant is intact."""

import re
from datetime import date, timedelta

import pytest
from django.utils.translation import override

from infitah.core import clock
from infitah.council.tests.factories import adopted
from infitah.ledger import rules
from infitah.ledger.models import Entry
from infitah.ledger.tests.factories import make_entries, make_entry
from infitah.website import lateness, verdicts

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "localhost"}


def verify(client, sought, language="ar"):
    return client.get(f"/{language}/verify/", {"sought": sought}, **HOST)


@pytest.fixture
def borne(sefrou):
    """A deliberation whose number another entry of the register bears too."""
    make_entries(3)
    return adopted(sefrou.council, number=2)


def test_a_number_of_two_things_gives_the_choice_and_no_verdict(client, borne):
    answer = verify(client, "2")
    assert answer.status_code == 200 and "verdict" not in answer.context
    assert "العمل رقم 2 في السجل" in answer.text
    assert f"المقرر عدد 2 لسنة {borne.year}" in answer.text
    assert len(re.findall(r"</svg>\s*سليم|>سليم<", answer.text)) == 2
    assert [one.act.vote is not None for one in answer.context["meanings"]] == [False, True]
    links = re.findall(r'href="\?sought=([^"]+)"', answer.text)
    assert links == ["%232", borne.reference]


def test_each_choice_leads_to_its_own_verdict(client, borne):
    assert verify(client, "#2").context["proven"].number == 2
    for sought in (borne.reference, f"2/{borne.year}", f"2 / {borne.year}"):
        assert verify(client, sought).context["proven"].reference == borne.reference, sought
    assert verify(client, f"2/{borne.year - 1}").status_code == 422


def test_a_number_of_one_thing_is_judged_at_once(client, sefrou):
    make_entries(3)
    item = adopted(sefrou.council, number=4000)
    assert verify(client, "4000").context["proven"].reference == item.reference
    assert verify(client, "1").context["proven"].number == 1


def test_a_deliberation_entered_under_its_own_number_is_one_thing(client, sefrou):
    item = adopted(sefrou.council, number=1)
    number = Entry.objects.get(subject=item.reference).number
    type(item).objects.filter(pk=item.pk).update(number=number)
    assert verify(client, str(number)).context["proven"].reference == item.reference


@pytest.mark.parametrize(
    ("day", "entered", "words"),
    [
        (date(2023, 11, 13), date(2026, 11, 28), "بعد 3 سنوات"),
        (date(2023, 11, 29), date(2026, 11, 28), "بعد سنتين"),
        (date(2024, 1, 1), date(2024, 12, 31), "بعد سنة واحدة"),
        (date(2023, 6, 1), date(2023, 9, 1), "بعد 3 أشهر"),
        (date(2023, 6, 1), date(2023, 6, 13), "بعد 12 يوما"),
        (date(2023, 6, 1), date(2023, 6, 2), "بعد يوم واحد"),
    ],
)
def test_how_late_is_told_in_whole_units(day, entered, words):
    with override("ar"):
        assert lateness.later(day, entered) == words


def test_an_act_entered_afterwards_tells_both_days_and_why(client, sefrou):
    entry = make_entry(subject="SFR-2026-I-0042", occurred_on=date(2020, 2, 3))
    page = verify(client, "SFR-2026-I-0042").text
    assert "3 فبراير 2020" in page and "قيد في السجل بعد" in page and "قبل بدء هذا السجل" in page
    assert "بعد يوم وقوعه" not in page
    began = Entry.objects.order_by("number").first().recorded_at.date()
    late = make_entry(
        subject="SFR-2026-I-0043", occurred_on=began - timedelta(days=1), now=clock.real_now()
    )
    assert entry.number < late.number and "قبل بدء" in verify(client, "SFR-2026-I-0043").text


@pytest.mark.parametrize(
    ("act", "is_told"), [("programme.report_published", False), ("programme.adopted", True)]
)
def test_that_no_deliberation_quotes_a_text_is_told_where_one_should(act, is_told):
    entry = make_entry(act=act, subject="SFR-2026-M-0001")
    facts = rules.EntryFacts.read(entry.canonical.encode())
    quoted = rules.Reason.QUOTED_NOWHERE
    verdict = rules.Verdict(rules.Outcome.INTACT_KNOWN_KEY, (quoted,), facts)
    assert bool(verdicts.told(verdict)["notes"]) is is_told


def test_arabic_digits_mean_what_western_ones_mean(client, borne):
    western, arabic = (verify(client, sought) for sought in ("2", "٢"))
    assert arabic.status_code == 200 and "verdict" not in arabic.context
    offered = [[one.sought for one in each.context["meanings"]] for each in (western, arabic)]
    assert offered == [["#2", borne.reference]] * 2
    year = str(borne.year).translate({ord(str(n)): "٠١٢٣٤٥٦٧٨٩"[n] for n in range(10)})
    for sought in (f"٢/{year}", f"٢ / {year}", borne.reference.replace("2", "٢")):
        assert verify(client, sought).context["proven"].reference == borne.reference, sought
