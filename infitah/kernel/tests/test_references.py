"""References: written, read back, sorted, with children (decisions C11)."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.kernel.references import CHILD_LETTERS, LETTERS, PATTERN, Reference

references = st.builds(
    Reference,
    st.from_regex(r"[A-Z][A-Z0-9]{1,7}", fullmatch=True),
    st.integers(1000, 9999),
    st.sampled_from(sorted(LETTERS)),
    st.integers(1, 999_999_999),
    st.one_of(
        st.just(""),
        st.builds("{}{}".format, st.sampled_from(sorted(CHILD_LETTERS)), st.integers(1, 999_999)),
    ),
)


@given(references)
def test_what_is_written_is_read_back(reference: Reference) -> None:
    assert Reference.parse(str(reference)) == reference
    assert re.fullmatch(PATTERN, str(reference))


@given(st.lists(references, max_size=6))
def test_order_is_by_integers(some: list[Reference]) -> None:
    assert sorted(some) == sorted(some, key=lambda one: one.sort_key)


def test_children_and_numbers_sort_as_people_count() -> None:
    written = [
        "SFR-2024-C-0003",
        "SFR-2024-C-0003-E1",
        "SFR-2024-C-0003-M2",
        "SFR-2024-C-0003-M10",
        "SFR-2024-C-9999",
        "SFR-2024-C-10000",
        "SFR-2025-C-0001",
    ]
    parsed = [Reference.parse(text) for text in reversed(written)]
    assert [str(one) for one in sorted(parsed)] == written
    assert parsed[0] >= parsed[1]


@pytest.mark.parametrize(
    "typed",
    [
        "sfr-2026-i-42",
        " SFR-2026-I-0042 ",
        "SFR‑2026–I—0042",
        "SFR-٢٠٢٦-I-٠٠٤٢",
        "\u2066SFR-2026-I-0042\u2069",
        "SFR-2026-I-000042",
    ],
)
def test_what_people_type_is_understood(typed: str) -> None:
    assert str(Reference.parse(typed)) == "SFR-2026-I-0042"


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "SFR",
        "SFR-2026-I",
        "SFR-2026-Z-0042",
        "SFR-2026-I-0000",
        "SFR-26-I-0042",
        "SFR-2026-I-0042-Z1",
        "SFR-2026-I-0042-M0",
        "SFR-2026-I-0042-M1-E1",
        "SFR-2026-I-0042/..",
        "S-2026-I-0042",
        "SFR-2026-I-" + "4" * 100,
        "SFR-0026-I-0042",
    ],
)
def test_what_is_no_reference_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Reference.parse(wrong)


def test_children_know_their_parent() -> None:
    commitment = Reference("SFR", 2024, "C", 3)
    milestone = commitment.child("M", 2)
    assert str(milestone) == "SFR-2024-C-0003-M2"
    assert milestone.parent == commitment
    assert commitment.parent is commitment
    with pytest.raises(ValueError, match="no children"):
        milestone.child("E", 1)
    with pytest.raises(ValueError, match="unknown suffix"):
        commitment.child("Z", 1)


@pytest.mark.parametrize("community", ["sfr", "", "SFR-1", "TOOLONGKEY"])
def test_community_keys_are_checked(community: str) -> None:
    with pytest.raises(ValueError, match="community key"):
        Reference(community, 2026, "I", 1)


def test_references_compare_with_nothing_else() -> None:
    with pytest.raises(TypeError):
        _ = Reference("SFR", 2026, "I", 1) < "SFR-2026-I-0002"  # type: ignore[operator]
