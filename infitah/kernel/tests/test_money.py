"""Amounts in dirhams: whole centimes, Moroccan writing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infitah.kernel.money import GROUP, Money

amounts = st.builds(Money, st.integers(-(10**15), 10**15))


@pytest.mark.parametrize(
    ("dirhams", "arabic", "french"),
    [
        ("1250000.50", "1_250_000,50_درهم", "1_250_000,50_dirhams"),
        ("1250000", "1_250_000_درهم", "1_250_000_dirhams"),
        ("1", "1_درهم", "1_dirham"),
        ("1.99", "1,99_درهم", "1,99_dirham"),
        ("2", "2_درهم", "2_dirhams"),
        ("0", "0_درهم", "0_dirham"),
        ("-1000.05", "−1_000,05_درهم", "−1_000,05_dirhams"),
    ],
)
def test_writing(dirhams: str, arabic: str, french: str) -> None:
    assert Money.of(dirhams).format("ar") == arabic.replace("_", GROUP)
    assert Money.of(dirhams).format("fr") == french.replace("_", GROUP)


@given(amounts)
def test_amounts_survive_data(amount: Money) -> None:
    assert Money.of(str(amount).removesuffix(" MAD")) == amount
    assert Money.of(amount.dirhams) == amount


@given(amounts, amounts)
def test_arithmetic_is_exact(one: Money, other: Money) -> None:
    assert one + other - other == one
    assert Money(0) - one == -one
    assert bool(one) == (one.centimes != 0)
    assert (one < other) == (one.dirhams < other.dirhams)


@pytest.mark.parametrize("wrong", ["", "abc", "1.005", "NaN", "Infinity", "1 000", "1,50"])
def test_what_is_no_amount_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"amount|centime"):
        Money.of(wrong)


def test_a_fraction_of_a_centime_is_no_amount() -> None:
    with pytest.raises(TypeError):
        Money(1.5)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Money(True)
    assert Money.of(Decimal("0.01")) == Money(1)
    with pytest.raises(ValueError, match="unknown language"):
        Money(1).format("en")
