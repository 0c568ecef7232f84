"""What the frame of pages tells of a community: officer, statements, strips.

Kept in this process and read again when the community's "site" generation moves, so that a page
pays one small query for its frame.
"""

from dataclasses import dataclass
from datetime import date, datetime

from infitah.community.models import Appointment, Community
from infitah.community.queries import holders
from infitah.core.models import Generation
from infitah.core.queries import is_demonstration
from infitah.kernel.localized import LocalizedText
from infitah.website.models import EmergencyStrip, HomePage, StandardPage
from infitah.website.rules import STATEMENTS


@dataclass(frozen=True, slots=True)
class Officer:
    """الشخص المكلف / personne chargée: who answers for access to information (law 31-13, 12)."""

    name: LocalizedText
    email: str
    phone: str
    address: LocalizedText | None


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one community as of one generation and one day."""

    generation: int
    day: date
    officer: Officer | None
    statements: tuple[tuple[str, str, str], ...]
    strips: tuple[EmergencyStrip, ...]
    is_demonstration: bool

    def strip(self, now: datetime) -> EmergencyStrip | None:
        """Return the strip that stands on top of every page at `now`."""
        return next(
            (row for row in self.strips if row.since <= now and (not row.until or now < row.until)),
            None,
        )


_kept: dict[str, Facts] = {}


def forget_facts() -> None:
    """Make this process read the facts anew."""
    _kept.clear()


def _generation(key: str) -> int:
    row = Generation.objects.filter(community_key=key, kind="site").values_list("number", flat=True)
    return row.first() or 0


def _officer(community: Community, today: date) -> Officer | None:
    held = holders(community, Appointment.Office.INFORMATION_OFFICER, today)
    if not held:
        return None
    person = held[0].person
    return Officer(person.name, community.email, community.phone, community.address or None)


def _statements(community: Community) -> tuple[tuple[str, str, str], ...]:
    """Return (language, slug, title) of the statements that are published."""
    pages = StandardPage.objects.live().filter(slug__in=STATEMENTS)
    paths = HomePage.objects.filter(community=community).values_list(
        "path", "locale__language_code"
    )
    by_path = dict(paths)
    rows = pages.order_by("slug").values_list("path", "slug", "title")
    steplen = StandardPage.steplen
    return tuple(
        (by_path[path[:-steplen]], slug, title)
        for path, slug, title in rows
        if path[:-steplen] in by_path
    )


def of(community: Community, today: date) -> Facts:
    """Return the facts of `community`. One query, five more when they are stale."""
    generation = _generation(community.key)
    kept = _kept.get(community.key)
    if kept is None or (kept.generation, kept.day) != (generation, today):
        kept = Facts(
            generation=generation,
            day=today,
            officer=_officer(community, today),
            statements=_statements(community),
            is_demonstration=is_demonstration(),
            strips=tuple(EmergencyStrip.objects.filter(community=community).order_by("-since")),
        )
        _kept[community.key] = kept
    return kept
