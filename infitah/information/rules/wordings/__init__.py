"""The law's wordings as data: what ships, and how a community's own ones lie over it."""

from collections.abc import Mapping
from typing import Final

from infitah.information.rules.wordings.kinds import (
    Mark,
    Source,
    Wording,
    by_key,
    overlaid,
    unconfirmed,
)
from infitah.information.rules.wordings.refusals import EXCEPTIONS, GROUNDS, LIMBS
from infitah.information.rules.wordings.sentences import (
    DUTIES,
    EXTENSIONS,
    NOTICES,
    REMEDIES,
    REUSE,
    URGENT,
)

GROUPS: Final[Mapping[str, tuple[Wording, ...]]] = {
    "grounds": GROUNDS,
    "exceptions": EXCEPTIONS,
    "limbs": LIMBS,
    "extensions": EXTENSIONS,
    "urgent": URGENT,
    "notices": NOTICES,
    "reuse": REUSE,
    "remedies": REMEDIES,
    "duties": DUTIES,
}
"""The wordings by what they are for, in the order of the desk's page."""

SHIPPED: Final[Mapping[str, Wording]] = by_key(one for some in GROUPS.values() for one in some)


def limbs_of(wordings: Mapping[str, Wording], exception: str) -> list[Wording]:
    """Return the limbs of an exception of article 7 that forms offer, in their order."""
    mine = (one for key, one in wordings.items() if key.startswith(f"{exception}."))
    return [one for one in mine if one.is_offered]


__all__ = [
    "GROUPS",
    "SHIPPED",
    "Mark",
    "Source",
    "Wording",
    "limbs_of",
    "overlaid",
    "unconfirmed",
]
