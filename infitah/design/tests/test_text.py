"""Filters: what bidi would scramble is isolated, and nothing that people typed is markup."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.safestring import SafeString
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from infitah.design import direction, text
from infitah.kernel.localized import LocalizedText
from infitah.kernel.money import Money

HOSTILE = '<script>alert("x")</script>'
NARROW = "\u202f"


def test_reference_is_a_left_to_right_isolate() -> None:
    assert text.ref("SFR-2026-I-0042") == '<bdi dir="ltr" class="ref">SFR-2026-I-0042</bdi>'


@pytest.mark.parametrize(
    "made",
    [
        text.ref,
        text.phone,
        text.email,
        text.law,
        text.number,
        direction.localized,
        direction.people,
    ],
)
def test_filters_escape(made: object) -> None:
    out = made(HOSTILE)  # type: ignore[operator]
    assert "<script" not in out
    assert "alert" in out or made is text.phone


@given(st.text(max_size=60))
def test_text_of_people_never_breaks_out(words: str) -> None:
    inner = direction.people(words).removeprefix('<bdi dir="auto">').removesuffix("</bdi>")
    inner = re.sub('<bdi dir="ltr"(?: class="joined")?>([0-9–‐‑-]+)</bdi>', r"\1", inner)
    assert "<" not in inner and not direction.CONTROLS.search(inner)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (304748, f"304{NARROW}748"),
        (0, "0"),
        (-1200, f"\u22121{NARROW}200"),
        (12.5, "12,5"),
        (Decimal("1250000.50"), f"1{NARROW}250{NARROW}000,5"),
        ("17 / 19", "17 / 19"),
    ],
)
def test_numbers_are_grouped_with_narrow_spaces(value: object, shown: str) -> None:
    assert text.grouped(value) == shown


def test_money_isolates_the_amount_and_writes_the_unit() -> None:
    amount = f'<bdi dir="ltr">1{NARROW}250{NARROW}000,50</bdi>'
    with override("ar"):
        assert text.money(Money.of("1250000.50")) == f'<span class="money">{amount} درهم</span>'
    with override("fr"):
        assert text.money("1250000.50") == f'<span class="money">{amount} dirhams</span>'


def test_phone_is_dialled_without_spaces_and_read_left_to_right() -> None:
    assert text.phone("+212 535 66 00 00") == (
        '<a href="tel:+212535660000"><bdi dir="ltr" class="phone">+212 535 66 00 00</bdi></a>'
    )
    assert text.phone("") == ""


def test_places_in_peoples_text_are_links() -> None:
    said = text.linked("المحضر: SFR-2026-D-0012، /ar/council/sessions/ أو https://example.ma/ar/a/")
    assert 'href="/d/SFR-2026-D-0012"' in said and 'href="/ar/council/sessions/"' in said
    assert said.count("<a ") == 3 and 'href="https://example.ma/ar/a/"' in said
    assert text.linked(None) == "" and "<script" not in text.linked(HOSTILE)


def test_law_in_words() -> None:
    number = '<bdi dir="ltr" class="ref">31-13</bdi>'
    article = '<bdi dir="ltr" class="ref">16</bdi>'
    with override("ar"):
        pointed = number.replace("-", ".")
        assert text.law("31-13:16") == f"المادة {article} من القانون رقم {pointed}"
        assert text.law("112-14").startswith("القانون التنظيمي رقم")
    with override("fr"):
        assert text.law("31-13:16") == f"article {article} de la loi nº {number}"
    assert text.law("الظهير الشريف") == "<bdi>الظهير الشريف</bdi>"


def test_days_have_moroccan_months_and_a_machine_form() -> None:
    with override("ar"):
        assert text.day(date(2026, 11, 23)) == '<time datetime="2026-11-23">23 نونبر 2026</time>'
    with override("fr"):
        assert text.day(date(2024, 1, 1)) == '<time datetime="2024-01-01">1er janvier 2024</time>'
    with override("zgh"):
        assert 'lang="zgh"' in text.day(date(2026, 11, 23))
    assert text.day(None) == ""


def test_moment_is_told_in_moroccan_time() -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    with override("fr"):
        assert text.moment(late) == (
            '<time datetime="2026-11-24T00:30:00+01:00">24 novembre 2026 à 00:30</time>'
        )
        assert "24 novembre" in text.day(late)


def test_period_and_months() -> None:
    with override("ar"):
        assert "من 12 إلى 20 يونيو 2023" in text.period(date(2023, 6, 12), date(2023, 6, 20))
        assert text.month(date(2023, 11, 1)) == '<time datetime="2023-11">نونبر 2023</time>'
        assert ">11/2023<" in text.short_month(date(2023, 11, 13))
        assert text.period(None, None) == ""


@pytest.mark.parametrize(
    ("language", "value", "shown"),
    [
        ("ar", LocalizedText("نص", "Texte"), "نص"),
        ("fr", LocalizedText("نص", "Texte"), "Texte"),
        ("fr", LocalizedText("نص"), '<bdi lang="ar" dir="rtl">نص</bdi>'),
        ("ar", LocalizedText("", "Texte"), '<bdi lang="fr" dir="ltr">Texte</bdi>'),
        ("zgh", LocalizedText("نص", "Texte"), '<bdi lang="ar" dir="rtl">نص</bdi>'),
        ("zgh", LocalizedText("نص", "T", "ⴰⴳⵔⴰⵡ"), '<bdi lang="zgh" dir="ltr">ⴰⴳⵔⴰⵡ</bdi>'),
        ("zgh", "Rechercher", "Rechercher"),
        ("zgh", "ⵔⵣⵓ", '<bdi lang="zgh" dir="ltr">ⵔⵣⵓ</bdi>'),
        ("ar", None, ""),
        ("ar", "القانون 31-13", 'القانون <bdi dir="ltr" class="joined">31-13</bdi>'),
        ("fr", "loi 31-13", 'loi <bdi dir="ltr" class="joined">31-13</bdi>'),
        ("fr", "2024–2025", '<bdi dir="ltr" class="joined">2024–2025</bdi>'),
        ("fr", "Fès-Meknès", "Fès-Meknès"),
        (
            "fr",
            LocalizedText("2024-2025"),
            '<bdi lang="ar" dir="rtl"><bdi dir="ltr" class="joined">2024-2025</bdi></bdi>',
        ),
        ("ar", "<1-2>", '&lt;<bdi dir="ltr" class="joined">1-2</bdi>&gt;'),
    ],
)
def test_text_in_another_language_is_marked(language: str, value: object, shown: str) -> None:
    with override(language):
        assert direction.localized(value) == shown


def test_amazigh_pages_are_marked_french_where_nothing_else_is_said() -> None:
    with override("zgh"):
        assert (direction.page_language(), direction.ui_language()) == ("zgh", "fr")
    with override("en"):
        assert direction.page_language() == "ar"


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (
            '<a href="/ar/2024-2025/">برنامج 2024-2025</a>',
            '<a href="/ar/2024-2025/">برنامج <bdi dir="ltr" class="joined">2024-2025</bdi></a>',
        ),
        ("<p>12345-67890-12345-67890</p>", '<p><bdi dir="ltr">12345-67890-12345-67890</bdi></p>'),
        ("<p>1 < 2</p>", "<p>1 < 2</p>"),
    ],
)
def test_digits_stay_whole_in_finished_html_and_addresses_are_left_alone(
    html: str, shown: str
) -> None:
    assert direction.joined(SafeString(html)) == shown


def test_digits_of_people_stay_whole() -> None:
    assert direction.people("في 2024-2025") == (
        '<bdi dir="auto">في <bdi dir="ltr" class="joined">2024-2025</bdi></bdi>'
    )


def test_marks_that_turn_reading_order_are_dropped() -> None:
    assert direction.people("a\u202eb\u2066c") == '<bdi dir="auto">abc</bdi>'


@pytest.mark.parametrize(
    ("language", "words", "mark"),
    [
        ("fr", "دفتر التحملات", ' lang="ar" '),
        ("zgh", "دفتر التحملات", ' lang="ar" '),
        ("ar", "دفتر التحملات", None),
        ("fr", "Cahier des charges", None),
        ("fr", "ⵜⴰⴼⴰⵡⵜ", ' lang="zgh" '),
    ],
)
def test_text_in_a_script_that_is_not_the_pages_is_marked(
    language: str, words: str, mark: str | None
) -> None:
    with override(language):
        for shown in (direction.localized(words), direction.people(words)):
            assert (mark in shown) if mark else ("lang" not in shown)


def test_what_a_person_wrote_carries_the_language_that_was_told() -> None:
    with override("ar"):
        assert direction.people("Publier le budget", "fr").startswith('<bdi lang="fr" dir="auto">')
        assert direction.people("نشر الميزانية", "ar").startswith('<bdi dir="auto">')
