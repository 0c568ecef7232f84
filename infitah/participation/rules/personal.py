"""What seems to name or reach a person in a text that becomes public: telephone, card, mail.

Source: law 09-08 (personal data) and the platform's own moderation rules. It only warns: a number
of a public office is meant to be public, and a machine cannot tell. Values in, values out: no
clock, no database, no Django.
"""

from enum import StrEnum
from typing import Final

from infitah.kernel.personal import CARD, MAIL, PHONE
from infitah.kernel.text import western_digits

DOTS_UNKNOWN: Final = 200
"""Dots on one note from which the number is asked again where nobody counted who was present."""


class Personal(StrEnum):
    """What a text seems to hold."""

    PHONE = "phone"
    CARD = "card"
    MAIL = "mail"


_PATTERNS: Final = {Personal.PHONE: PHONE, Personal.CARD: CARD, Personal.MAIL: MAIL}


def personal_in(*texts: str) -> tuple[Personal, ...]:
    """Return what `texts` seem to hold of a person, in the order of Personal; digits of any script.

    Linear in the length of the texts.
    """
    plain = [western_digits(text) for text in texts]
    return tuple(
        kind for kind, pattern in _PATTERNS.items() if any(pattern.search(one) for one in plain)
    )


def are_many_dots(dots: int | None, present: int | None) -> bool:
    """Return whether a note has more dots than people were there to put one each."""
    return dots is not None and dots > (DOTS_UNKNOWN if present is None else present)
