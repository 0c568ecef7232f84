"""Dates as Morocco writes them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.kernel import dates

ADOPTION = date(2023, 11, 13)


@pytest.mark.parametrize(
    ("language", "text", "with_weekday"),
    [
        ("ar", "13 نونبر 2023", "الاثنين 13 نونبر 2023"),
        ("fr", "13 novembre 2023", "lundi 13 novembre 2023"),
        ("zgh", "13 ⵏⵓⵡⴰⵏⴱⵉⵔ 2023", "ⴰⵢⵏⴰⵙ 13 ⵏⵓⵡⴰⵏⴱⵉⵔ 2023"),
    ],
)
def test_days(language: str, text: str, with_weekday: str) -> None:
    assert dates.format_date(ADOPTION, language) == text
    assert dates.format_date(ADOPTION, language, weekday=True) == with_weekday


def test_the_first_of_a_month_in_french() -> None:
    assert dates.format_date(date(2024, 8, 1), "fr") == "1er août 2024"
    assert dates.format_date(date(2024, 8, 1), "ar") == "1 غشت 2024"


@pytest.mark.parametrize(
    ("start", "end", "arabic", "french"),
    [
        (date(2023, 6, 12), date(2023, 6, 20), "من 12 إلى 20 يونيو 2023", "du 12 au 20 juin 2023"),
        (
            date(2023, 6, 30),
            date(2023, 7, 1),
            "من 30 يونيو إلى 1 يوليوز 2023",
            "du 30 juin au 1er juillet 2023",
        ),
        (
            date(2023, 12, 31),
            date(2024, 1, 2),
            "من 31 دجنبر 2023 إلى 2 يناير 2024",
            "du 31 décembre 2023 au 2 janvier 2024",
        ),
        (ADOPTION, ADOPTION, "13 نونبر 2023", "13 novembre 2023"),
    ],
)
def test_periods(start: date, end: date, arabic: str, french: str) -> None:
    assert dates.format_period(start, end, "ar") == arabic
    assert dates.format_period(start, end, "fr") == french


def test_a_period_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="ends after"):
        dates.format_period(ADOPTION, date(2023, 11, 12), "ar")


def test_moments_are_local_and_know_ramadan() -> None:
    usual = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert dates.local_day(usual) == date(2026, 11, 24)
    assert dates.format_datetime(usual, "ar") == "24 نونبر 2026 على الساعة 00:30"
    ramadan = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    assert dates.format_time(ramadan) == "12:00"
    assert dates.format_datetime(ramadan, "fr", weekday=True) == "dimanche 1er mars 2026 à 12:00"
    assert dates.format_datetime(ramadan, "zgh").startswith("1 ⵎⴰⵕⵚ 2026")
    with pytest.raises(ValueError, match="time zone"):
        dates.local_day(datetime(2026, 1, 1))


def test_unknown_languages_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown language"):
        dates.format_date(ADOPTION, "en")
    with pytest.raises(ValueError, match="unknown language"):
        dates.weekday_name(ADOPTION, "en")


@given(st.dates(date(1900, 1, 1)), st.sampled_from(["ar", "fr", "zgh"]))
def test_digits_are_western(day: date, language: str) -> None:
    text = dates.format_date(day, language)
    assert str(day.year) in text
    assert {mark for mark in text if mark.isdigit()} <= set("0123456789")
