"""What the service said of why a milestone is late, where the milestone itself gives no reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from infitah.design.direction import ui_language
from infitah.kernel.dates import format_date, local_day
from infitah.programme.models import Milestone
from infitah.programme.rules.updates import Spoken, reason_among


@dataclass(frozen=True, slots=True)
class Word:
    """A note of the service in its language, with when it was said and of what."""

    note: str
    language: str
    source: str

    def __str__(self) -> str:
        return f"{self.note} ({self.source})"


def word_of(milestone: Milestone) -> Word | None:
    """Return what the service said of why a milestone is late, or None.

    The words of its commitment must be fetched, each with its milestone.
    """
    words = [
        Spoken(
            on=local_day(one.given_at),
            standing=one.standing,
            milestone=one.milestone.reference if one.milestone else "",
            note=one.note,
            language=one.language,
        )
        for one in sorted(
            milestone.commitment.updates.all(), key=lambda row: (row.given_at, row.pk)
        )
    ]
    return _told(reason_among(words, milestone.reference))


def frozen_word(rows: Iterable[Mapping[str, Any]], reference: str) -> Word | None:
    """Return the same from the frozen words of a report. No query."""
    words = [
        Spoken(
            on=date.fromisoformat(one["on"]),
            standing=one["standing"],
            milestone=one.get("milestone") or "",
            note=one["note"],
            language=one["language"],
        )
        for one in rows
        if one.get("on")
    ]
    return _told(reason_among(words, reference))


def _told(found: Spoken | None) -> Word | None:
    if found is None:
        return None
    words = _("said by the service of the whole commitment on %(day)s")
    if found.milestone:
        words = _("said by the service on %(day)s")
    day = format_date(found.on, ui_language())
    return Word(found.note, found.language, words % {"day": day})
