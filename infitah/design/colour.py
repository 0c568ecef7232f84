"""Colours as WCAG 2.2 sees them: contrast, and a community's accent made readable."""

import re
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from infitah.core.errors import OperationRefused

LIGHT_GROUNDS: Final = ("#fffdf8", "#f5f1e8")
DARK_GROUNDS: Final = ("#14181f", "#1d232d")
TEXT: Final = 4.5
CHERRY: Final = "#9e1b32"
HEX: Final = re.compile(r"#?([0-9a-fA-F]{6})")

PALETTE: Final[dict[str, str]] = {
    "cherry": CHERRY,
    "olive": "#4f5a12",
    "cedar": "#7a3e12",
    "indigo": "#33348e",
    "sea": "#0d5a75",
    "saffron": "#7d5200",
    "plum": "#702963",
    "slate": "#3b4a5a",
}
"""Accents offered when a community is made; all readable on paper and on cards."""


@dataclass(frozen=True, slots=True)
class Accent:
    """A community's accent on light paper and in the dark, both readable as text."""

    light: str
    dark: str


def channels(colour: str) -> tuple[int, int, int]:
    """Return red, green, blue of #rrggbb. Raises ValueError for anything else."""
    found = HEX.fullmatch(colour)
    if not found:
        raise ValueError(f"not a colour: {colour!r}")
    value = int(found[1], 16)
    return value >> 16, value >> 8 & 255, value & 255


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG, 0 (black) to 1 (white)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """Return `colour` with `share` (0 to 1) of `other` mixed in."""
    pairs = zip(channels(colour), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def is_readable(colour: str, grounds: tuple[str, ...] = LIGHT_GROUNDS) -> bool:
    """Return whether text of `colour` reads on every one of `grounds`."""
    return all(contrast(colour, ground) >= TEXT for ground in grounds)


def _towards(colour: str, other: str, grounds: tuple[str, ...]) -> str:
    steps = (mixed(colour, other, share / 20) for share in range(21))
    return next(step for step in steps if is_readable(step, grounds))


def accent(colour: str) -> Accent:
    """Return the accent nearest to `colour` that reads: darker on paper, lighter in the dark.

    Raises ValueError for what is no colour.
    """
    return Accent(
        light=_towards(colour, "#000000", LIGHT_GROUNDS),
        dark=_towards(colour, "#ffffff", DARK_GROUNDS),
    )


def check_accent(colour: str) -> str:
    """Return `colour` in canonical form, fit to be stored as a community's accent.

    Raises OperationRefused if it is no colour, or too pale to be read on paper.
    """
    try:
        readable = is_readable(colour)
    except ValueError:
        raise OperationRefused(_("This is not a colour (#rrggbb)."), code="not_a_colour") from None
    if not readable:
        raise OperationRefused(_("This colour is too pale to be read."), code="too_pale")
    return "#" + colour.lower().removeprefix("#")
