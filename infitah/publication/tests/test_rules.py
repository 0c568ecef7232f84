"""What is fit to publish, how a tag is spelled, when an item of article 10 is late."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from infitah.kernel.localized import LocalizedText
from infitah.publication import rules
from infitah.publication.rules import Applies, Fault, Freshness, Outcome
from infitah.publication.tests.factories import HELD, PRIVATE, make_text

ITEMS = rules.obligations()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"title": LocalizedText(fr="Sans arabe")}, Fault.TITLE),
        ({"title": LocalizedText(ar="ط" * 201)}, Fault.TITLE),
        ({"summary": LocalizedText(ar="...")}, Fault.SUMMARY),
        ({"question": " ؟ "}, Fault.QUESTION),
        ({"answer": "..."}, Fault.ANSWER),
        ({"language": "es"}, Fault.LANGUAGE),
        ({"answer_language": "xx"}, Fault.LANGUAGE),
        ({"answered_on": date(2026, 3, 1)}, Fault.DAYS),
        ({"working_days": -1}, Fault.DAYS),
        ({"outcome": Outcome.PARTIAL}, Fault.WITHHELD),
        ({"withheld": (HELD,)}, Fault.WITHHELD),
        (
            {
                "outcome": Outcome.REFUSED,
                "withheld": (replace(HELD, sentence=LocalizedText()),),
            },
            Fault.WITHHELD,
        ),
        ({"tags": tuple(f"وسم {n}" for n in range(9))}, Fault.TAGS),
        ({"tags": ("!!",)}, Fault.TAGS),
        ({"items": ("P99",)}, Fault.ITEMS),
        ({"licence": "WTFPL"}, Fault.LICENCE),
    ],
)
def test_what_is_unfit_is_told(changes: dict[str, object], fault: Fault) -> None:
    assert rules.faults_of(make_text(**changes), ITEMS) == (fault,)


@pytest.mark.parametrize(
    ("outcome", "withheld"),
    [
        (Outcome.FULL, ()),
        (Outcome.PARTIAL, (PRIVATE,)),
        (Outcome.NOT_HELD, (HELD,)),
        (Outcome.REFUSED, (PRIVATE, HELD)),
    ],
)
def test_an_answer_with_its_grounds_is_fit(
    outcome: Outcome, withheld: tuple[rules.Withheld, ...]
) -> None:
    text = make_text(outcome=outcome, withheld=withheld, language="ar-Latn")
    assert rules.faults_of(text, ITEMS) == ()


@pytest.mark.parametrize("spelled", ["الطرق", "#الطرق", "الطُّرُق", " الطـرق ", "«الطرق»"])
def test_one_tag_in_all_its_spellings_art10(spelled: str) -> None:
    assert rules.tag_key(spelled) == rules.tag_key("الطرق") == "الطرق"
    assert rules.tag_key("Marchés publics") == rules.tag_key("MARCHES-PUBLICS")


def test_terms_of_article_6_stand_in_both_languages() -> None:
    terms = rules.ARTICLE_6.terms
    assert len(terms) >= 4 and all(one.ar and one.fr for one in terms)
    assert (rules.ARTICLE_6.article, rules.ARTICLE_6.mark) == ("6", "to_verify")
    assert rules.DEFAULT_LICENCE in rules.LICENCES


def test_the_list_of_article_10_is_whole() -> None:
    codes = [*(f"P{n:02}" for n in range(1, 20)), *(f"S{n}" for n in range(1, 18))]
    assert list(ITEMS) == codes
    assert all(one.title.ar and one.title.fr and one.source and one.mark for one in ITEMS.values())
    ours = [one.code for one in rules.binding()]
    assert "P06" in ours and "P02" in ours and not {"P01", "P03", "P05", "P18"} & set(ours)
    assert ITEMS["P02"].applies is Applies.LINK


@pytest.mark.parametrize(
    ("published", "months", "last"),
    [
        (date(2025, 4, 2), 12, date(2026, 4, 2)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2025, 12, 31), 1, date(2026, 1, 31)),
    ],
)
def test_the_last_fresh_day_is_the_same_day_of_its_month(
    published: date, months: int, last: date
) -> None:
    assert rules.renewed_by(published, months) == last
    assert rules.freshness_of(published, months, last) is Freshness.FRESH
    assert rules.freshness_of(published, months, last + timedelta(days=1)) is Freshness.LATE


def test_what_nobody_published_and_what_never_ages() -> None:
    assert rules.freshness_of(None, 12, date(2026, 1, 1)) is Freshness.NEVER
    assert rules.freshness_of(date(2001, 1, 1), None, date(2026, 1, 1)) is Freshness.UNTIMED


@given(
    published=some.dates(date(2000, 1, 1), date(2060, 1, 1)),
    months=some.integers(1, 60),
    ahead=some.integers(0, 400),
)
def test_freshness_is_lost_once(published: date, months: int, ahead: int) -> None:
    """Property: the last fresh day is `months` whole months on, and later days are all late."""
    last = rules.renewed_by(published, months)
    whole = (last.year - published.year) * 12 + last.month - published.month
    assert whole == months and last.day <= published.day
    assert rules.freshness_of(published, months, last + timedelta(days=1 + ahead)) is Freshness.LATE
    assert rules.freshness_of(published, months, last - timedelta(days=ahead)) is Freshness.FRESH


def test_publication_is_put_off_to_a_later_day_only() -> None:
    day = date(2026, 6, 1)
    assert rules.may_defer(day, day - timedelta(days=1)) and not rules.may_defer(day, day)
