"""The officers' queue of requests by days left: pages by keyset, never a count over everything."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from infitah.community.models import Unit
from infitah.core.viewer import Viewer
from infitah.design.components import days_sentence
from infitah.information import rules
from infitah.information.models import (
    InformationRequest,
    InformationRequestQuerySet,
    ServiceTask,
)
from infitah.information.queries.desk_words import KIND, state_of
from infitah.information.rules.reminders import SOON_DAYS
from infitah.kernel.localized import LocalizedText
from infitah.kernel.references import LAST_NUMBER, TypedNumber, typed_number
from infitah.kernel.text import western_digits
from infitah.searchindex import queries as searchindex

PAGE: Final = 50
MOST_FOUND: Final = 200
MOST_DIGITS: Final = 9
MOST_COUNTED: Final = 1000
WEEK: Final = timedelta(days=7)
FEW: Final = 5
SAMPLE: Final = 100
"""Answers, the newest first, from which the usual pace of a week is read."""

K = rules.Phase
P = rules.Party
OPEN_REMEDIES: Final = [
    rules.Remedy.HEAD_OPEN,
    rules.Remedy.CDAI_OPEN,
    rules.Remedy.COURT_OPEN,
]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A filter by state; `by_due` puts the earliest last day first, else the newest request.

    `parts` are conditions of which one holds: each is read by its own index, then they are merged.
    """

    condition: Callable[[date], Q]
    by_due: bool = True
    parts: tuple[Q, ...] = ()


SHELVES: Final[dict[str, Shelf]] = {
    "": Shelf(lambda today: Q(due_on__isnull=False)),
    "register": Shelf(lambda today: Q(phase=K.RECEIVED, due_on__isnull=False)),
    "open": Shelf(lambda today: Q(turn=P.OFFICER, phase=K.OPEN, due_on__isnull=False)),
    "waiting": Shelf(lambda today: Q(turn=P.REQUESTER, due_on__isnull=False)),
    "second": Shelf(lambda today: Q(turn=P.SECOND_READER, due_on__isnull=False)),
    "deliver": Shelf(
        lambda today: Q(turn=P.OFFICER, phase__in=[K.DECIDED, K.READ], due_on__isnull=False)
    ),
    "silent": Shelf(lambda today: Q(due_on__lt=today, due_latest__lt=today)),
    "publish": Shelf(
        lambda today: Q(turn=P.OFFICER, due_on__isnull=True, phase=K.DELIVERED), by_due=False
    ),
    "complaints": Shelf(
        lambda today: Q(),
        by_due=False,
        parts=tuple(Q(remedy=remedy) for remedy in OPEN_REMEDIES),
    ),
    "done": Shelf(lambda today: Q(turn=P.NOBODY, due_on__isnull=True), by_due=False),
    "all": Shelf(lambda today: Q(), by_due=False),
}


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What an officer asked the queue for; empty is no filter."""

    shelf: str = ""
    turn: str = ""
    unit: str = ""
    channel: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A request in the queue."""

    reference: str
    title: str
    language: str
    channel: str
    unit: LocalizedText | None
    received_on: date
    due_on: date | None
    days_left: int | None
    is_uncertain: bool
    is_silent: bool
    is_urgent: bool
    is_extended: bool
    waits_for_service: bool
    state: str
    state_words: str

    @property
    def left_words(self) -> str:
        """The days left in words, or how late it is."""
        return "" if self.days_left is None else days_sentence(self.days_left)

    @property
    def urgency(self) -> str:
        """Return "late", "soon" (within 3 days) or ""."""
        if self.days_left is None or self.days_left > SOON_DAYS:
            return ""
        return "late" if self.days_left < 0 else "soon"

    @property
    def star(self) -> str:
        """The star of the look beside the days left."""
        return "late" if self.urgency == "late" else "claimed"


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue; `after` is the place to go on from, "" at the end."""

    shelf: str
    rows: tuple[QueueRow, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class Capacity:
    """What this week asks beside what a week usually brings to its end.

    `due` counts what is late or due within 7 days, at most MOST_COUNTED; `usual` is the mean of
    answers a week over the newest SAMPLE, None with fewer than two.
    """

    due: int
    usual: float | None

    @property
    def is_heavy(self) -> bool:
        """Whether this week asks more than half as much again as usual, and not just a few."""
        return self.usual is not None and self.due > max(self.usual * 1.5, FEW)


def queue(
    *, viewer: Viewer, wanted: QueueFilter, after: str = "", today: date, size: int = PAGE
) -> QueuePage:
    """Return a page of requests: late and silent ones first, then by days left. One query.

    Three more for complaints, three more where words are looked for.
    """
    name = "all" if is_number(wanted.words) else wanted.shelf if wanted.shelf in SHELVES else ""
    shelf = SHELVES[name]
    found = _narrowed(_readable(viewer).filter(shelf.condition(today)), viewer, wanted, today)
    found, place = _ordered(found, shelf, after)
    if shelf.parts:
        found = found.filter(pk__in=_newest_of(found, shelf.parts, size + 1))
    waits = ServiceTask.objects.filter(request=OuterRef("pk")).unanswered()
    rows = list(found.select_related("unit").annotate(waits_for_service=Exists(waits))[: size + 1])
    shown = rows[:size]
    last = place(shown[-1]) if len(rows) > size else ""
    return QueuePage(name, tuple(map(partial(_row, today=today), shown)), last)


def _newest_of(found: InformationRequestQuerySet, parts: tuple[Q, ...], most: int) -> list[int]:
    """Return the keys of the newest requests of which one of the conditions holds."""
    keys = [pk for part in parts for pk in found.filter(part).values_list("pk", flat=True)[:most]]
    return sorted(keys, reverse=True)[:most]


def _readable(viewer: Viewer) -> InformationRequestQuerySet:
    if not viewer.may("information.read"):
        return InformationRequest.objects.none()
    return InformationRequest.objects.visible_to(viewer)


def _narrowed(
    found: InformationRequestQuerySet, viewer: Viewer, wanted: QueueFilter, today: date
) -> InformationRequestQuerySet:
    if wanted.turn:
        found = found.filter(turn=wanted.turn)
    if wanted.unit:
        found = found.filter(unit__slug=wanted.unit, unit__community_id=viewer.community_id)
    if wanted.channel:
        found = found.filter(channel=wanted.channel)
    if wanted.words:
        found = found.filter(_named(viewer, wanted.words, today))
    return found


def is_number(words: str) -> bool:
    """Return whether a reference or a bare number is looked for: it is found on every shelf."""
    return _typed(words) is not None


def _typed(words: str) -> TypedNumber | None:
    bare = western_digits(words.strip())
    is_bare = bare.isascii() and bare.isdecimal() and len(bare) <= MOST_DIGITS
    return typed_number(f"R-{bare}" if is_bare else words, "R")


def _named(viewer: Viewer, words: str, today: date) -> Q:
    """Return the condition of a reference, a number, a number elsewhere, or words of the text.

    A number without its year is looked for in this year and the two before. At most three queries.
    """
    here = InformationRequest.objects.filter(community_id=viewer.community_id)
    typed = _typed(words)
    if typed is not None:
        years = [typed.year] if typed.year else [today.year - back for back in range(3)]
        numbered = Q(year__in=years, number=min(typed.number, LAST_NUMBER))
        known = here.filter(numbered | Q(external_number=words.strip()))
        return Q(reference__in=list(known.values_list("reference", flat=True)[:MOST_FOUND]))
    subjects = searchindex.private_subjects(
        community_key=viewer.community_key, text=words, kind=KIND, limit=MOST_FOUND
    )
    elsewhere = here.filter(external_number=words.strip())
    named = elsewhere.values_list("reference", flat=True)[:MOST_FOUND]
    return Q(reference__in=[*subjects, *named])


Place = Callable[[InformationRequest], str]


def _ordered(
    found: InformationRequestQuerySet, shelf: Shelf, after: str
) -> tuple[InformationRequestQuerySet, Place]:
    """Return the requests in order after a place, and how the place of one is written."""
    day, pk = _read_place(after)
    if not shelf.by_due:
        further = found.filter(pk__lt=pk) if pk else found
        return further.order_by("-pk"), lambda one: f"~{one.pk}"
    if day is not None and pk:
        # The first condition is the one that the index is read by.
        found = found.filter(due_on__gte=day).filter(Q(due_on__gt=day) | Q(pk__gt=pk))
    return found.order_by(F("due_on").asc(), "pk"), lambda one: f"{one.due_on}~{one.pk}"


def _read_place(text: str) -> tuple[date | None, int]:
    written, _sign, number = text.partition("~")
    pk = int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else 0
    try:
        return date.fromisoformat(written), pk
    except ValueError:
        return None, pk


def _row(request: InformationRequest, *, today: date) -> QueueRow:
    is_silent = request.due_latest is not None and request.due_latest < today
    state, words = state_of(request, today)
    return QueueRow(
        reference=request.reference,
        title=request.public_title or shortened(request.text),
        language=request.language,
        channel=str(InformationRequest.Channel(request.channel).label),
        unit=request.unit.name if request.unit else None,
        received_on=request.received_on,
        due_on=request.due_on,
        days_left=request.days_left(today),
        is_uncertain=request.due_on != request.due_latest,
        is_silent=is_silent,
        is_urgent=request.is_urgent,
        is_extended=request.is_extended,
        waits_for_service=request.waits_for_service,  # type: ignore[attr-defined]
        state=state,
        state_words=words,
    )


def shortened(text: str, most: int = 140) -> str:
    """Return the beginning of a text on one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[:most].rsplit(" ", 1)[0].rstrip(" ،,;:؛") + "…"


def capacity(*, viewer: Viewer, today: date) -> Capacity:
    """Return how much is due this week beside the usual pace. Two queries, both bounded."""
    readable = _readable(viewer)
    due = readable.filter(due_on__lt=today + WEEK)[:MOST_COUNTED].count()
    answered = readable.filter(answered_on__isnull=False).order_by("-answered_on")
    found = answered.values_list("answered_on", flat=True)[:SAMPLE]
    days = [day for day in found if day is not None]
    if len(days) < 2:
        return Capacity(due, None)
    weeks = max((today - days[-1]) / WEEK, 1.0)
    return Capacity(due, round(len(days) / weeks, 1))


def units_of(viewer: Viewer) -> list[Unit]:
    """Return the services of the community that work, in their order. One query."""
    return list(Unit.objects.visible_to(viewer).filter(closed_on=None))


def capacity_words(found: Capacity) -> str:
    """Return the line over the queue that says how full the week is."""
    if found.usual is None:
        return _("Due within seven days or late: %(due)s.") % {"due": found.due}
    return _("Due within seven days or late: %(due)s. A usual week sees %(usual)s answers.") % {
        "due": found.due,
        "usual": f"{found.usual:g}".replace(".", ","),
    }
