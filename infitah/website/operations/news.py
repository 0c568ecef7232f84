"""News made from the register: what institutions and citizens did, told to who follows it.

One reader for all apps: an act that is in the register can be news, and nothing else is. What is
entered afterwards (history) is no news. Titles are the institution's own words or a number, never
a citizen's: what is hidden later stands in no mail.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from infitah.community.queries import by_key
from infitah.core.clock import local_day
from infitah.core.models import DigestCursor
from infitah.core.operations import post_news
from infitah.core.viewer import Viewer
from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry, HeadState
from infitah.website.topics import Topic, topics_for, topics_of_subject

PIECE: Final = 200
HISTORY: Final = timedelta(days=7)
"""An act entered more than this after its day is history, and no news."""

NEWS: Final = {
    "participation.consultation_announced": _("Consultations announced"),
    "participation.consultation_cancelled": _("Consultations cancelled"),
    "participation.consultation_opened": _("Consultations opened"),
    "participation.consultation_extended": _("Consultations extended"),
    "participation.consultation_closed": _("Consultations closed"),
    "participation.themes_published": _("Themes published"),
    "participation.consultation_answered": _("Every idea answered"),
    "participation.idea_answered": _("Ideas answered"),
    "participation.comment_given": _("New comments"),
    "programme.cycle_opened": _("Programmes opened"),
    "programme.timetable_set": _("Dates announced"),
    "programme.timetable_moved": _("Dates moved"),
    "programme.timetable_struck": _("Dates struck out"),
    "programme.commitment_carried_over": _("Carried over to the next cycle"),
    "programme.adopted": _("Programmes adopted by the council"),
    "programme.commitment_put_to_public": _("Draft texts to comment on"),
    "programme.commitment_validated": _("Commitments validated"),
    "programme.milestone_started": _("Work begun"),
    "programme.milestone_blocked": _("Work blocked"),
    "programme.milestone_claimed": _("Said to be done"),
    "programme.milestone_verified": pgettext_lazy("milestones", "Done and confirmed"),
    "programme.milestone_rescheduled": _("Put off"),
    "programme.progress_told": _("Monthly word of the service"),
    "programme.assessment_published": _("Assessments published"),
    "programme.report_published": _("Reports published"),
}


def has_fresh_acts(_now: datetime) -> bool:
    """Return whether a register grew since the last look. Two queries."""
    cursors = dict(DigestCursor.objects.values_list("community_key", "entry_number"))
    heads = HeadState.objects.values_list("community_key", "size")
    return any(size > cursors.get(key, 0) for key, size in heads)


def read_register(*, now: datetime) -> bool:
    """Make news of what came into the registers; return whether more waits.

    A register that is read for the first time begins at its end: what is in it is history.
    """
    more = False
    for key, size in HeadState.objects.values_list("community_key", "size"):
        more = _read(key, size, now) or more
    return more


@transaction.atomic
def _read(key: str, size: int, now: datetime) -> bool:
    cursor, is_new = DigestCursor.objects.select_for_update().get_or_create(
        community_key=key, defaults={"entry_number": size}
    )
    if is_new or cursor.entry_number >= size:
        return False
    entries = list(
        Entry.objects.of(key).filter(number__gte=cursor.entry_number).order_by("number")[:PIECE]
    )
    viewer = Viewer(key, by_key(key).pk)
    _post(entries, viewer, now)
    if entries:
        cursor.entry_number = entries[-1].number + 1
        cursor.save(update_fields=["entry_number"])
    return len(entries) == PIECE


def _post(entries: Iterable[Entry], viewer: Viewer, now: datetime) -> None:
    """Make news of those entries that are news. One query a kind of topic, two for ideas."""
    fresh = [
        (entry, topics_of_subject(entry.subject, entry.family))
        for entry in entries
        if entry.act in NEWS and local_day(_told_at(entry, now)) - entry.occurred_on <= HISTORY
    ]
    known = topics_for(viewer, {name for _entry, names in fresh for name in names})
    for entry, names in fresh:
        standing = [name for name in names if name in known]
        if standing:
            _tell(entry, known[standing[0]], standing, _told_at(entry, now))


def _told_at(entry: Entry, now: datetime) -> datetime:
    """Return when it is told: the register keeps the true time, a demonstration may pretend."""
    return min(entry.recorded_at, now)


def _tell(entry: Entry, about: Topic, names: Iterable[str], told_at: datetime) -> None:
    title = about.title
    words = title if isinstance(title, LocalizedText) else LocalizedText(ar=str(title))
    for name in names:
        post_news(
            community_key=entry.community_key,
            topic=name,
            kind=entry.act,
            title=words,
            path=about.path,
            reference=about.reference,
            dedupe_key=f"entry:{entry.community_key}:{entry.number}:{name}",
            happened_at=told_at,
        )
