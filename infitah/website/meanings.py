"""What a number may mean: an entry of the register, or a deliberation that bears it.

The council numbers its deliberations anew each year, the register numbers every act: whoever types
the number of a decision page must not be answered about another thing (programme.md 7).
"""

import re
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from infitah.core.viewer import Viewer
from infitah.council.models import Deliberation, DeliberationQuerySet
from infitah.kernel.references import Reference
from infitah.ledger import queries
from infitah.ledger.queries import EntryRow
from infitah.website import verdicts
from infitah.website.addresses import Title, titles_of

BARE: Final = re.compile(r"[0-9]{1,7}")
ENTRY: Final = re.compile(r"#\s*([0-9]{1,7})")
OF_YEAR: Final = re.compile(r"([0-9]{1,7})\s*/\s*([0-9]{4})")
MAX_YEARS: Final = 6
"""Deliberations of one number that are offered at once, the newest."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that bears a number, with the verdict on its most telling act."""

    heading: str
    title: Title
    act: verdicts.JudgedAct
    sought: str


def read(viewer: Viewer, sought: str) -> str:
    """Return what the register finds by: the reference of "47/2023", the number of "#47".

    A reference comes back as it is printed, however its dashes were typed. Anything else, and a
    deliberation that is not known, stays as it is. At most one query.
    """
    if entry := ENTRY.fullmatch(sought):
        return entry[1]
    named = OF_YEAR.fullmatch(sought)
    if named is None:
        return _as_printed(sought)
    found = _numbered(viewer, int(named[1])).filter(year=int(named[2]))
    return found.values_list("reference", flat=True).first() or sought


def _as_printed(sought: str) -> str:
    try:
        return str(Reference.parse(sought))
    except ValueError:
        return sought


def _numbered(viewer: Viewer, number: int) -> DeliberationQuerySet:
    return Deliberation.objects.visible_to(viewer).filter(number=number).newest_first()


def of_number(viewer: Viewer, sought: str) -> list[Meaning]:
    """Return everything that bears a bare number, empty where a deliberation does not bear it.

    An entry that is about the very deliberation is no other meaning. At most 17 queries each.
    """
    if not BARE.fullmatch(sought):
        return []
    entries = queries.find(viewer.community_key, sought)
    subjects = {row.subject for row in entries}
    named = _numbered(viewer, int(sought))[:MAX_YEARS]
    others = [one for one in named if one.reference not in subjects]
    meanings = [_of_entry(viewer, row) for row in entries] if others else []
    return meanings + [found for one in others if (found := _of_deliberation(viewer, one))]


def _of_entry(viewer: Viewer, row: EntryRow) -> Meaning:
    return Meaning(
        heading=_("Act number %(number)s in the register") % {"number": row.number},
        title=row.title or titles_of([row.subject], viewer).get(row.subject, ""),
        act=verdicts.judged([row], viewer)[0],
        sought=f"#{row.number}",
    )


def _of_deliberation(viewer: Viewer, item: Deliberation) -> Meaning | None:
    rows = queries.of_subject(viewer.community_key, item.reference)
    telling = next((row for row in rows if row.act == verdicts.ADOPTED), None)
    if telling is None:
        return None
    words = {"number": item.number, "year": item.year}
    return Meaning(
        heading=pgettext("of the sentence", "Deliberation number %(number)s of %(year)s") % words,
        title=item.title,
        act=verdicts.judged([telling], viewer)[0],
        sought=item.reference,
    )
