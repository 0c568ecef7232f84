"""What a request must hold (law 31-13, art. 14) and what only deserves a warning."""

import re
from dataclasses import dataclass
from typing import Final

from infitah.kernel.text import western_digits

SHORTEST_TEXT: Final = 10
CNIE: Final = re.compile(r"[A-Z]{1,2}[0-9]{1,6}")
"""رقم البطاقة الوطنية للتعريف الإلكترونية: one or two letters, then up to six digits."""

RESIDENCE: Final = re.compile(r"[A-Z]{1,2}[0-9]{4,8}[A-Z]?")
CODE_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH: Final = 8


@dataclass(frozen=True, slots=True)
class Identity:
    """The person as art. 14 asks: names, postal address, status with its document number."""

    first_name: str
    family_name: str
    address: str
    document: str
    is_resident: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.family_name}".strip()


def normal_document(text: str) -> str:
    """Return a document number as it is compared: western digits, capitals, nothing between."""
    return re.sub(r"[\s.\-/]", "", western_digits(text)).upper()


def is_document(text: str, *, is_resident: bool) -> bool:
    """Return whether this can be the number of a CNIE, or of a residence document."""
    pattern = RESIDENCE if is_resident else CNIE
    return pattern.fullmatch(normal_document(text)) is not None
