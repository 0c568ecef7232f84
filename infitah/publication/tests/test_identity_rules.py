"""Nothing that names who asked is overlooked, however it is written (laws 09-08 and 31-13)."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as some

from infitah.publication.rules import Identity, Trace, identity_left
from infitah.publication.tests.factories import ASKER

NAMES = ("فاطمة الزهراء العلوي", "Fatima-Zahra Alaoui")
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
MARKS = "\u064b\u064e\u0651\u0652\u0640"  # vowel signs and the stroke that stretches a word
EASTERN = str.maketrans(string.digits, "٠١٢٣٤٥٦٧٨٩")
BETWEEN = (" ", "  ", "\n", "\u00a0", "-", "_", " . ", "")


@pytest.mark.parametrize(
    ("text", "trace"),
    [
        ("طلبت السيدة فاطمة الزهراء العلوي نسخة", Trace.NAME),
        ("طلب للسيدة العلوي فاطمة الزَّهْراء", Trace.NAME),
        ("جوابا لفاطمة الزهراء العلوي", Trace.NAME),
        ("فاطمة الزهراء بنت أحمد العلوي", Trace.NAME),
        ("فاطمةالزهراءالعلوي", Trace.NAME),
        ("ﻓﺎﻃﻤﺔ ﺍﻟﺰﻫﺮﺍﺀ ﺍﻟﻌﻠﻮﻱ", Trace.NAME),
        ("يولعلا ءارهزلا ةمطاف", Trace.NAME),
        ("Madame ALAOUI Fatima Zahra", Trace.NAME),
        ("reponse_FatimaZahraAlaoui_2026.pdf", Trace.NAME),
        ("Fátima-Zahra\nAlaoui", Trace.NAME),
        ("رقم البطاقة الوطنية: AB123456", Trace.DOCUMENT),
        ("CNIE ab 123-456", Trace.DOCUMENT),
        ("بطاقةAB١٢٣٤٥٦", Trace.DOCUMENT),
        ("الهاتف 0661234567", Trace.PHONE),
        ("٠٦ ٦١ ٢٣ ٤٥ ٦٧", Trace.PHONE),
        ("+212 661-23-45-67", Trace.PHONE),
        ("tél. (00212) 06.61.23.45.67", Trace.PHONE),
        ("Fatima.Alaoui@Example.org", Trace.EMAIL),
        ("fatima . alaoui [at] example . org", Trace.EMAIL),
        ("يقطن بـ 12 زنقة الأطلس حي السلام صفرو", Trace.ADDRESS),
    ],
)
def test_what_names_the_person_is_found(text: str, trace: Trace) -> None:
    assert trace in ASKER.left_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "نفقات صيانة الطريق الإقليمية رقم 5006",
        "شارع فاطمة الفهرية بصفرو",
        "زنقة الأطلس",
        "AB1234567",
        "XAB123456",
        "رقم الصفقة 40661234567",
        "alaoui@example.org",
        "Fatima est un prénom; Alaoui, un nom, vient bien plus loin dans ce texte",
        "",
    ],
)
def test_what_names_nobody_is_let_through(text: str) -> None:
    assert ASKER.left_in(text) == ()


def test_nobody_is_found_where_nobody_is_known() -> None:
    assert Identity().left_in("فاطمة الزهراء العلوي AB123456") == ()
    assert identity_left("على هذا الأساس", names=("علي",)) == ()  # على and علي are written alike


def test_an_identity_is_never_written_out() -> None:
    assert "العلوي" not in repr(ASKER) and "AB123456" not in repr(ASKER)


@given(
    words=some.lists(some.text(ARABIC, min_size=4, max_size=9), min_size=2, max_size=4),
    before=some.text("0123456789 .،\n", max_size=20),
    after=some.text("0123456789 .،\n", max_size=20),
    between=some.sampled_from(BETWEEN),
    mark=some.sampled_from(MARKS),
    is_turned=some.booleans(),
)
def test_a_name_is_found_however_it_is_set(
    words: list[str], before: str, after: str, between: str, mark: str, is_turned: bool
) -> None:
    """Property: signs on its letters, other spaces and the other order hide no name."""
    written = list(reversed(words)) if is_turned else words
    dressed = between.join(word[:2] + mark + word[2:] for word in written)
    assert identity_left(f"{before} {dressed} {after}", [" ".join(words)]) == (Trace.NAME,)


@given(
    letters=some.text(string.ascii_uppercase, min_size=1, max_size=2),
    digits=some.text(string.digits, min_size=5, max_size=6),
    gap=some.sampled_from(["", " ", "-", ". ", "\n"]),
    is_eastern=some.booleans(),
)
def test_a_number_of_a_card_is_found_in_any_digits(
    letters: str, digits: str, gap: str, is_eastern: bool
) -> None:
    shown = digits.translate(EASTERN) if is_eastern else digits
    text = f"البطاقة {letters.lower()}{gap}{shown} المسلمة"
    assert Trace.DOCUMENT in identity_left(text, document=letters + digits)


@given(
    number=some.text(string.digits, min_size=8, max_size=8).map(lambda rest: f"6{rest}"),
    prefix=some.sampled_from(["0", "+212", "00212", "+212 0", "(+212) "]),
    gap=some.sampled_from(["", " ", "-", "."]),
)
def test_a_telephone_is_found_with_any_prefix(number: str, prefix: str, gap: str) -> None:
    written = prefix + gap.join([number[:3], number[3:5], number[5:7], number[7:]])
    assert identity_left(f"اتصل بـ {written}.", phone=f"0{number}") == (Trace.PHONE,)
    assert identity_left(f"اتصل بـ {written}.", phone=f"+212{number}") == (Trace.PHONE,)


@given(
    text=some.text("0123456789 .،@-" + string.ascii_letters, max_size=200),
    name=some.text(ARABIC, min_size=3, max_size=10),
)
def test_letters_that_are_not_there_are_not_found(text: str, name: str) -> None:
    assert identity_left(text, [f"{name} {name}"]) == ()
