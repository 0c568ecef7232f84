"""The one box for search and for asking: what is offered, who answers, what was counted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infitah.community.models import Appointment, Community
from infitah.community.queries.law import RuleMissing, rules
from infitah.community.rules.deadlines import LegalNumber
from infitah.core.viewer import Viewer
from infitah.council.models import Deliberation
from infitah.information.models import SuggestionCount
from infitah.information.rules.suggesting import (
    FIRST_OF_KIND,
    KINDS,
    PAGE,
    SEARCH,
    SUGGESTED,
    Deflection,
)
from infitah.publication.models import PublishedRecord
from infitah.searchindex.queries import Suggestion, find, suggest

KIND_WORDS: Final[Mapping[str, Promise]] = {
    "record": _("Answers already published"),
    "deliberation": _("Deliberations of the council"),
    "document": _("Published documents"),
    "dataset": _("Open data"),
}
# The index proposes; where an app below tells who may read a record, it decides.
READABLE: Final[Mapping[str, Callable[[Viewer], QuerySet[Any]]]] = {
    "record": PublishedRecord.objects.visible_to,
    "deliberation": Deliberation.objects.visible_to,
}
LAW_KEYS: Final = (
    "information.reply",
    "information.urgent_reply",
    "information.complaint",
    "information.commission",
)


@dataclass(frozen=True, slots=True)
class Group:
    """The records of one kind that may answer: how many are listed, and those of this page."""

    kind: str
    words: Promise
    total: int
    hits: list[Suggestion]
    page: int = 1
    is_alone: bool = False

    @property
    def has_more(self) -> bool:
        """Whether more of this kind are listed than are shown beside the other kinds."""
        return not self.is_alone and self.total > len(self.hits)

    @property
    def next_page(self) -> int:
        """The page after this one, 0 where there is none."""
        return self.page + 1 if self.is_alone and self.total > self.page * PAGE else 0

    @property
    def previous_page(self) -> int:
        return self.page - 1 if self.is_alone else 0


@dataclass(frozen=True, slots=True)
class Suggested:
    """A record suggested while somebody types, with the name of its kind."""

    hit: Suggestion
    words: Promise


@dataclass(frozen=True, slots=True)
class Holder:
    """Who handles requests: the name, the office, and where they may be written to or called."""

    appointment: Appointment
    email: str
    phone: str

    @property
    def is_main(self) -> bool:
        return self.appointment.office == Appointment.Office.INFORMATION_OFFICER


def suggestions(*, viewer: Viewer, text: str, language: str) -> list[Suggested]:
    """Return at most five records that anybody may read for what is being typed.

    Seven queries at most: the index's five, one for each kind whose app is asked.
    """
    found = suggest(
        community_key=viewer.community_key,
        text=text,
        kinds=KINDS,
        language=language,
        limit=SUGGESTED,
    )
    return [Suggested(hit, KIND_WORDS[hit.kind]) for hit in _readable(viewer, found)]


def answers(
    *, viewer: Viewer, text: str, language: str, kind: str = "", page: int = 1
) -> list[Group]:
    """Return what may answer a question, by kind; of `kind` alone, if it is named, that page.

    A kind without a record is left out. Seven queries at most, whatever the index holds.
    """
    is_alone = kind in KINDS
    start = (page - 1) * PAGE if is_alone else 0
    found = find(
        community_key=viewer.community_key,
        text=text,
        kinds=KINDS,
        language=language,
        kind=kind if is_alone else "",
        page=slice(start, start + (PAGE if is_alone else FIRST_OF_KIND)),
    )
    shown = _readable(viewer, found.shown)
    return [
        Group(
            kind=each,
            words=KIND_WORDS[each],
            total=total,
            hits=[hit for hit in shown if hit.kind == each],
            page=page,
            is_alone=is_alone,
        )
        for each, total in found.totals.items()
        if not is_alone or each == kind
    ]


def _readable(viewer: Viewer, hits: Sequence[Suggestion]) -> list[Suggestion]:
    """Return those of the hits that the apps let this viewer read. One query a kind."""
    allowed = {
        (kind, subject)
        for kind, visible_to in READABLE.items()
        for subject in _subjects(visible_to(viewer), [hit for hit in hits if hit.kind == kind])
    }
    return [hit for hit in hits if hit.kind not in READABLE or (hit.kind, hit.subject) in allowed]


def _subjects(visible: QuerySet[Any], hits: Sequence[Suggestion]) -> Iterable[str]:
    if not hits:
        return []
    named = visible.filter(reference__in=[hit.subject for hit in hits])
    return list(named.values_list("reference", flat=True))


def officers(community: Community, today: date) -> list[Holder]:
    """Return who handles requests today, the officer before the deputies. One query.

    Their names and contacts are public (law 31-13, art. 12). Where a person made no contact
    public, that of the community stands.
    """
    offices = (
        Appointment.Office.INFORMATION_OFFICER,
        Appointment.Office.DEPUTY_INFORMATION_OFFICER,
    )
    held = Appointment.objects.of(community).in_force(today).filter(office__in=offices)
    rows = held.select_related("person", "unit").order_by("starts_on", "pk")
    return [
        Holder(
            one,
            one.person.public_email or community.email,
            one.person.public_phone or community.phone,
        )
        for one in sorted(rows, key=lambda row: offices.index(row.office))
    ]


def numbers_of_right(community: Community, today: date) -> list[LegalNumber]:
    """Return the legal numbers of LAW_KEYS today, none before the law was in force. One query."""
    try:
        return rules(community, LAW_KEYS, today)
    except RuleMissing:
        return []


def deflection(*, community: Community, first: date, last: date) -> Deflection:
    """Return what readers decided in front of what was found, both days included. One query.

    Only who pressed a button is counted: who leaves without a word is not.
    """
    rows = SuggestionCount.objects.of(community).filter(kind=SEARCH, day__range=(first, last))
    sums = rows.aggregate(answered=Sum("answered"), asked_anyway=Sum("asked_anyway"))
    return Deflection(sums["answered"] or 0, sums["asked_anyway"] or 0)
