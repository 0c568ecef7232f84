"""Cards, telephones, addresses, accounts and names are found in their places, whatever the script."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.kernel.personal import Personal, is_account, is_iban, traces_in

EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def rib(first: int) -> str:
    """An account of 22 digits with its key, counted as the banks do: 97 less the remainder."""
    return f"{first:022d}{97 - first * 100 % 97:02d}"


def found(text, names=()):
    return [(one.kind, text[one.start : one.end]) for one in traces_in(text, names)]


def test_each_kind_is_found_in_its_place():
    account = rib(7780000123400000567)
    text = f"CIN AB123456, tél. +212 6 12 34 56 78, fati.z@example.org, compte {account}."
    assert found(text) == [
        (Personal.CARD, "AB123456"),
        (Personal.PHONE, "+212 6 12 34 56 78"),
        (Personal.MAIL, "fati.z@example.org"),
        (Personal.ACCOUNT, account),
    ]


@pytest.mark.parametrize(
    "written",
    ["0612345678", "06 12 34 56 78", "06.12.34.56.78", "05-35-66-00-00", "+212612345678"],
)
def test_a_telephone_is_found_in_eastern_digits_too(written):
    for text in (f"هاتف {written} للجميع", f"هاتف {written.translate(EASTERN)} للجميع"):
        assert [kind for kind, _text in found(text)] == [Personal.PHONE]


@given(st.integers(0, 10**22 - 1), st.sampled_from(["", " ", ".", "-"]))
def test_an_account_is_known_by_its_key(first, gap):
    digits = rib(first)
    written = gap.join((digits[:3], digits[3:6], digits[6:22], digits[22:]))
    assert is_account(digits)
    assert found(f"RIB : {written}.") == [(Personal.ACCOUNT, written)]
    wrong = f"{digits[:-1]}{(int(digits[-1]) + 1) % 10}"
    assert not is_account(wrong)
    assert Personal.ACCOUNT not in {kind for kind, _text in found(f"code {wrong}.")}


@pytest.mark.parametrize(
    "text",
    [
        "RIB 011 640 0000012345678901 23",
        "011 640 0000012345678901 23",
        "R.I.B : 011640000001234567890123",
        "ر.ب.ه 011640000001234567890123",
        "رقم الحساب البنكي: 0116 4000 0001 2345 6789 0123",
        "23 0000012345678901 640 011 : الحساب",
    ],
)
def test_an_account_is_pointed_at_by_its_label_or_its_groups_whatever_its_key(text):
    (trace,) = traces_in(text)
    assert trace.kind is Personal.ACCOUNT and not trace.is_sure
    assert len([one for one in text[trace.start : trace.end] if one.isdecimal()]) == 24


def test_an_iban_is_found_with_its_letters():
    account = rib(7780000123400000567)
    check = next(f"{number:02d}" for number in range(98) if is_iban(f"{number:02d}", account))
    written = f"MA{check} {account[:4]} {account[4:]}"
    assert found(f"IBAN {written} à Sefrou") == [(Personal.ACCOUNT, written)]


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("السيد محمد بناني من صفرو", ["محمد بناني"], ["محمد بناني"]),
        ("السيد مُحَمَّد بنّاني", ["محمد بناني"], ["مُحَمَّد بنّاني"]),
        ("إلى بناني محمد", ["محمد بناني"], ["بناني محمد"]),
        ("سلم لمحمد بناني", ["محمد بناني"], ["لمحمد بناني"]),
        ("M. Mohamed BENNANI, élu", ["Mohamed Bennani"], ["Mohamed BENNANI"]),
        ("Hélène El Fassi et M. Fassi", ["Helene El Fassi"], ["Hélène El Fassi", "Fassi"]),
        ("شارع بن عبد الله", ["علي بن عبد السلام"], []),
        ("Mohamed", [], []),
    ],
)
def test_names_are_found_in_both_scripts(text, names, expected):
    assert [part for _kind, part in found(text, names)] == expected


def test_a_part_of_a_name_is_not_sure():
    whole, part = traces_in("Mohamed Bennani, puis Bennani", ["Mohamed Bennani"])
    assert whole.is_sure and not part.is_sure


@given(st.text(max_size=60), st.lists(st.text(max_size=12), max_size=2))
def test_no_text_breaks_it_and_places_do_not_overlap(text, names):
    traces = traces_in(text, names)
    assert all(0 <= one.start < one.end <= len(text) for one in traces)
    assert all(a.end <= b.start for a, b in pairwise(traces))


def test_ordinary_numbers_are_nothing_personal():
    assert found("un budget de 50000 dirhams, SFR-2026-R-0042, le 13/11/2023, 1 250 000,00") == []
