"""The wordings of the law as a community applies them on a day, and what nobody confirmed yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from infitah.community.models import Community, RuleValue
from infitah.core.viewer import Viewer
from infitah.information.models import LegalText
from infitah.information.rules.wordings import SHIPPED, Mark, Wording, overlaid, unconfirmed

LAWS: Final = ("31-13", "09-08")
"""The laws whose numbers requests for information are handled by."""

EDIT: Final = "ruleset.edit"
READS: Final = (EDIT, "information.read")
"""Who reads the wordings and what is still to be confirmed; who confirms is EDIT alone."""


def as_wording(row: LegalText) -> Wording:
    """Return a kept text as the rule says it."""
    return Wording(
        key=row.key,
        text=row.wording,
        article=row.article,
        source=row.source,
        mark=Mark(row.mark),
        is_offered=row.is_offered,
        valid_from=row.valid_from,
        confirmed_by=row.confirmed_by,
        confirmed_on=row.confirmed_on,
    )


def wordings(community: Community, day: date) -> Mapping[str, Wording]:
    """Return the wordings that hold on `day`, the day of receipt of a case, by key. One query.

    What ships holds until a text of the community replaces or confirms it.
    """
    rows = LegalText.objects.of(community).on(day)
    return overlaid(SHIPPED, (as_wording(row) for row in rows))


def versions_of(community: Community, key: str) -> list[Wording]:
    """Return the community's own texts of a key, the newest first. One query."""
    rows = LegalText.objects.of(community).filter(key=key).order_by("-valid_from")
    return [as_wording(row) for row in rows]


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is in use here although no named person has read it in the official text yet."""

    numbers: int
    wordings: int
    is_cndp_missing: bool
    may_confirm: bool

    def __bool__(self) -> bool:
        return bool(self.numbers or self.wordings or self.is_cndp_missing)


def doubts(viewer: Viewer, today: date) -> Doubts | None:
    """Return what is still to be confirmed, for who runs the house or handles requests.

    None for anybody else. Three queries.
    """
    if not any(viewer.may(right) for right in READS):
        return None
    community = Community.objects.get(pk=viewer.community_id)
    held = RuleValue.objects.of(community).on(today).filter(rule_set__law__in=LAWS)
    open_numbers = held.exclude(mark=RuleValue.Mark.CHECKED).filter(verified_on=None)
    return Doubts(
        numbers=open_numbers.count(),
        wordings=len(unconfirmed(wordings(community, today).values())),
        is_cndp_missing=not community.cndp_number,
        may_confirm=viewer.may(EDIT),
    )
