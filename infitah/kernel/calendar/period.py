"""A length of time as a law sets it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

DAY: Final = timedelta(days=1)

Unit = Literal["working", "calendar"]


@dataclass(frozen=True, slots=True)
class Period:
    """So many working or calendar days; `article` names where the law says so."""

    days: int
    unit: Unit
    article: str

    def __post_init__(self) -> None:
        if self.days < 0:
            raise ValueError("a period is not negative")
        if self.unit not in ("working", "calendar"):
            raise ValueError(f"unknown unit: {self.unit!r}")

    def times(self, count: int) -> "Period":
        """Return the period `count` times over: an extension doubles it."""
        return Period(self.days * count, self.unit, self.article)
