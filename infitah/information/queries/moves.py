"""What moved the last days of a request: which day off, announced by whom, from when to when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infitah.community.models import CalendarDay, CalendarVersion, Community
from infitah.community.rules.shipped import source_words
from infitah.design.direction import page_language
from infitah.information import rules
from infitah.information.models import ClockMove, InformationRequest
from infitah.information.rules.labels import CLOCK_LABELS
from infitah.information.rules.moves import Move, windows_told
from infitah.kernel.dates import format_date
from infitah.kernel.localized import LocalizedText

Change = CalendarVersion.Change
UNNAMED: Final = LocalizedText(ar="يوم عطلة", fr="un jour férié")
SENTENCES: Final[dict[str, str | Promise]] = {
    Change.CONFIRMED: gettext_lazy("%(name)s is confirmed on %(after)s"),
    Change.MOVED: gettext_lazy("%(name)s falls on %(after)s, no longer on %(before)s"),
    Change.CANCELLED: gettext_lazy("%(name)s: %(before)s is a working day after all"),
    Change.ADDED: gettext_lazy("%(name)s: the offices are closed on %(after)s"),
}


@dataclass(frozen=True, slots=True)
class Cause:
    """The change of the days off behind a version of the calendar."""

    change: str
    name: LocalizedText
    before: date | None
    after: date | None
    source: str | LocalizedText

    def sentence(self, language: str) -> str:
        """Return in one sentence what was announced; the active language is `language`."""
        days = {"before": self.before, "after": self.after}
        parts = {key: format_date(day, language) if day else "" for key, day in days.items()}
        return str(SENTENCES[self.change]) % {"name": self.name.in_language(language), **parts}

    def source_in(self, language: str) -> str:
        """Return where it was announced."""
        known = self.source
        return known.in_language(language) if isinstance(known, LocalizedText) else known


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A move as pages and mails tell it."""

    label: LocalizedText
    move: Move
    version: str
    moved_at: datetime
    cause: Cause | None

    @property
    def words(self) -> str:
        """Which last day it is now, and which it was, in the language of the page."""
        return sentence_of(self.move, page_language())

    @property
    def cause_words(self) -> str:
        """What was announced, in the language of the page."""
        return self.cause.sentence(page_language()) if self.cause else ""

    @property
    def source_words(self) -> str:
        """Where it was announced."""
        return self.cause.source_in(page_language()) if self.cause else ""


def as_move(row: ClockMove) -> Move:
    """Return a kept move as the rule says it."""
    days = (row.before, row.after, row.latest_before, row.latest_after)
    return Move(rules.ClockName(row.clock), *days)


def sentence_of(move: Move, language: str) -> str:
    """Return which last day it is now, and which it was; the active language is `language`."""
    if move.is_upheld:
        words = _("%(clock)s: until %(before)s, as you were told, though the count ends earlier")
    elif move.before != move.after:
        words = _("%(clock)s: %(after)s, no longer %(before)s")
    else:
        words = _("%(clock)s: %(after)s as before; %(latest)s at the latest, not %(earlier)s")
    days = {
        "before": move.before,
        "after": move.after,
        "latest": move.latest_after,
        "earlier": move.latest_before,
    }
    parts = {key: format_date(day, language) for key, day in days.items()}
    return words % {"clock": CLOCK_LABELS[move.name].in_language(language), **parts}


def moves_of(request: InformationRequest) -> list[MoveRow]:
    """Return how the days of a request moved, the latest change first. Three queries at most."""
    rows = list(request.moves.order_by("-pk"))
    causes = causes_of(request.community, {row.calendar_version for row in rows})
    return [
        MoveRow(
            CLOCK_LABELS[rules.ClockName(row.clock)],
            as_move(row),
            row.calendar_version,
            row.moved_at,
            causes.get(row.calendar_version),
        )
        for row in rows
    ]


def windows_told_of(request: InformationRequest) -> dict[rules.ClockName, date]:
    """Return until when windows of a request were said to be open. One query."""
    return dict(windows_told(request.moves.values_list("clock", "before")))


def windows_told_in(moves: Iterable[MoveRow]) -> dict[rules.ClockName, date]:
    """Return the same from moves that were read already. No query."""
    return dict(windows_told((one.move.name, one.move.before) for one in moves))


def causes_of(community: Community, versions: Iterable[str]) -> dict[str, Cause]:
    """Return what was announced by each version, such as "SFR-8". Two queries, none for none."""
    numbers = [int(one.rpartition("-")[2]) for one in versions]
    if not numbers:
        return {}
    found = list(CalendarVersion.objects.of(community).filter(number__in=numbers))
    occasions = [one.occasion for one in found]
    days = CalendarDay.objects.of(community).filter(
        Q(occasion__in=occasions) | Q(feast__in=occasions)
    )
    by_name: dict[str, CalendarDay] = {}
    for day in days.order_by("-date", "-pk"):
        by_name[day.occasion] = day
        if day.feast:
            by_name[day.feast] = day  # the first day of the feast is read last
    return {
        f"{community.key}-{one.number}": _cause(one, by_name.get(one.occasion)) for one in found
    }


def _cause(version: CalendarVersion, day: CalendarDay | None) -> Cause:
    return Cause(
        change=version.change,
        name=day.name if day else UNNAMED,
        before=version.date_before,
        after=version.date_after,
        source=source_words(day.source) if day else "",
    )
