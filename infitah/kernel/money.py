"""Amounts in Moroccan dirhams, kept as whole centimes: no fraction is ever rounded in silence."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from infitah.kernel.localized import known_language

CURRENCY: Final = "MAD"
GROUP: Final = "\u202f"  # narrow no-break space, so that an amount never breaks over two lines
_MINUS = "\u2212"
_UNITS: Final[Mapping[str, str]] = {"ar": "درهم", "fr": "dirhams", "zgh": "ⴰⴷⵔⵉⵎ"}


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in centimes of the dirham; negative amounts are corrections and debts."""

    centimes: int

    def __post_init__(self) -> None:
        if type(self.centimes) is not int:
            raise TypeError("an amount is a whole number of centimes")

    @classmethod
    def of(cls, dirhams: "Decimal | int | str") -> "Money":
        """Return the amount of `dirhams`, written with a point: "1250000.50".

        Raises ValueError for what is no number or has parts smaller than a centime.
        """
        try:
            centimes = Decimal(dirhams).scaleb(2)
            whole = int(centimes)
        except (InvalidOperation, OverflowError, ValueError):
            raise ValueError(f"not an amount: {dirhams!r}") from None
        if whole != centimes:
            raise ValueError(f"smaller than a centime: {dirhams!r}")
        return cls(whole)

    @property
    def dirhams(self) -> Decimal:
        """The amount as a decimal with two places."""
        return Decimal(self.centimes).scaleb(-2)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.centimes + other.centimes)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.centimes - other.centimes)

    def __neg__(self) -> "Money":
        return Money(-self.centimes)

    def __bool__(self) -> bool:
        return self.centimes != 0

    def __str__(self) -> str:
        """The plain form for data: 1250000.50 MAD."""
        return f"{self.dirhams:.2f} {CURRENCY}"

    def amount(self) -> str:
        """Return the number alone, as Morocco writes it: 1 250 000,50; centimes only if any."""
        whole, rest = divmod(abs(self.centimes), 100)
        grouped = f"{whole:,}".replace(",", GROUP)
        sign = _MINUS if self.centimes < 0 else ""
        return f"{sign}{grouped},{rest:02d}" if rest else f"{sign}{grouped}"

    def format(self, language: str) -> str:
        """Return amount and unit: 1 250 000 درهم, 1 dirham, 2,50 dirhams.

        Inside Arabic text a template must isolate `amount()`: its parts would change places.
        """
        unit = _UNITS[known_language(language)]
        if language == "fr" and abs(self.centimes) < 200:
            unit = "dirham"
        return f"{self.amount()}{GROUP}{unit}"
