"""The requests behind a figure, one a row, as anybody may read them: days, codes, no word of text.

Whatever a row says stands in the public register already; nothing of who asks, or of what is
asked, is read here. What is published of a request is behind the link of its record.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from infitah.community.models import Community
from infitah.core.viewer import Viewer
from infitah.information.models import InformationRequest, RequestAct, WithheldPart
from infitah.information.queries.figures.conditions import CONDITIONS
from infitah.information.queries.figures.counting import received_in
from infitah.information.queries.words import OUTCOMES
from infitah.information.rules import ActKind, Phase, figures
from infitah.publication.models import PublishedRecord

PAGE: Final = 50
PIECE: Final = 500
READ: Final = (
    *("reference", "channel", "received_on", "phase", "silent_from", "reply_due_on"),
    *("urgent_case", "is_urgent", "is_extended", "outcome", "answered_on", "working_days"),
    *("delivered_on", "published_on", "external_number"),
)
"""All that is read of a request: neither its words nor anything of a person."""
FATES: Final = {
    figures.Fate.ANSWERED: ("done", gettext_lazy("answered")),
    figures.Fate.SILENT: ("late", gettext_lazy("no answer: the last day has passed")),
    figures.Fate.WAITING: ("under_way", gettext_lazy("within its period")),
    figures.Fate.WITHDRAWN: ("to_come", pgettext_lazy("request", "withdrawn by its author")),
    figures.Fate.TRANSFERRED: ("to_come", gettext_lazy("passed on to another institution")),
}


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request as a row of a list: its number, its days, what came of it."""

    pk: int
    reference: str
    life: figures.Life
    due_on: date | None
    external_number: str
    today: date
    record_url: str = ""

    @property
    def fate(self) -> figures.Fate:
        """What came of it by the day of the list."""
        return self.life.fate(self.today)

    @property
    def star(self) -> str:
        """The star of the look that goes with it."""
        return "late" if self.life.is_late else FATES[self.fate][0]

    @property
    def words(self) -> str:
        """What came of it, in the language of the page."""
        if self.fate is not figures.Fate.ANSWERED:
            return str(FATES[self.fate][1])
        outcome = OUTCOMES.get(self.life.outcome)
        return str(outcome) if outcome else _("answered, then opened again")

    @property
    def channel(self) -> str:
        """How it came in, in the language of the page."""
        return str(InformationRequest.Channel(self.life.channel).label)

    @property
    def waited(self) -> str:
        """How many working days the first answer took, in words; "" where none came."""
        days = self.life.working_days
        if days is None:
            return ""
        return ngettext("%(n)s working day", "%(n)s working days", days) % {"n": days}

    def complaint(self) -> tuple[str, str]:
        """Return the highest level that a complaint reached, and what was decided there, or ""."""
        for level in reversed(figures.Level):
            if level in self.life.rulings:
                return level.value, " ".join(sorted(self.life.rulings[level]))
        return "", ""


@dataclass(frozen=True, slots=True)
class FigureList:
    """One page of the requests behind a figure; `after` is the reference to go on from, or ""."""

    rows: Sequence[RequestRow]
    after: str = ""


def figure_list(
    community: Community,
    code: str,
    span: figures.Span,
    *,
    viewer: Viewer,
    today: date,
    after: str = "",
) -> FigureList:
    """Return the requests that stand under a code, the newest first, a page by keyset.

    Four queries, one more for a place to go on from.
    """
    found = received_in(community, span).filter(CONDITIONS[code](today))
    found = _beyond(community, found, after).order_by("-received_on", "-pk")
    some = list(found.only(*READ)[: PAGE + 1])
    rows = with_records(lives_of(some[:PAGE], today), viewer)
    return FigureList(rows, rows[-1].reference if len(some) > PAGE else "")


def _beyond(
    community: Community, found: QuerySet[InformationRequest], after: str
) -> QuerySet[InformationRequest]:
    if not after:
        return found
    known = InformationRequest.objects.of(community).filter(reference=after)
    place = known.values_list("received_on", "pk").first()
    if place is None:
        return found.none()
    on, pk = place
    return found.filter(received_on__lte=on).filter(Q(received_on__lt=on) | Q(pk__lt=pk))


def with_records(rows: Iterable[RequestRow], viewer: Viewer) -> list[RequestRow]:
    """Return the rows with the address of the published answer where there is one. One query."""
    known = list(rows)
    records = PublishedRecord.objects.visible_to(viewer).published().current()
    here = records.filter(reference__in=[row.reference for row in known])
    urls = {record.reference: record.get_absolute_url() for record in here.only("reference")}
    return [replace(row, record_url=urls.get(row.reference, "")) for row in known]


def public_rows(
    community: Community, span: figures.Span, *, viewer: Viewer, today: date
) -> Iterator[RequestRow]:
    """Yield every request received in a span, the oldest first, in constant memory.

    Four queries for each piece of 500; no cursor stays open while a slow client takes them.
    """
    for some in pieces_of(community, span, today):
        yield from with_records(some, viewer)


def pieces_of(community: Community, span: figures.Span, today: date) -> Iterator[list[RequestRow]]:
    """Yield the requests received in a span in pieces, the oldest first. Three queries a piece."""
    here = received_in(community, span).order_by("received_on", "pk")
    place: tuple[date, int] | None = None
    while True:
        piece = here
        if place is not None:
            on, pk = place
            piece = here.filter(received_on__gte=on).filter(Q(received_on__gt=on) | Q(pk__gt=pk))
        some = list(piece.only(*READ)[:PIECE])
        rows = list(lives_of(some, today))
        if rows:
            yield rows
            place = rows[-1].life.received_on, rows[-1].pk
        if len(some) < PIECE:
            return


def lives_of(requests: Sequence[InformationRequest], today: date) -> Iterator[RequestRow]:
    """Yield requests of which READ was read as figures read them. Two queries."""
    keys = [one.pk for one in requests]
    acts, grounds = _acts_of(keys), _grounds_of(keys)
    for one in requests:
        stands = one.phase == Phase.DELIVERED
        life = figures.Life(
            channel=one.channel,
            received_on=one.received_on,
            phase=Phase(one.phase),
            silent_from=one.silent_from,
            asked_urgent=bool(one.urgent_case),
            is_urgent=one.is_urgent,
            is_extended=one.is_extended,
            extension=acts.extension.get(one.pk, ""),
            outcome=one.outcome if stands else "",
            grounds=grounds.get(one.pk, frozenset()) if stands else frozenset(),
            answered_on=one.answered_on,
            working_days=one.working_days,
            delivered_on=one.delivered_on,
            published_on=one.published_on,
            rulings=acts.rulings.get(one.pk, {}),
        )
        yield RequestRow(one.pk, one.reference, life, one.reply_due_on, one.external_number, today)


@dataclass(frozen=True, slots=True)
class _Acts:
    extension: Mapping[int, str]
    rulings: Mapping[int, dict[figures.Level, frozenset[str]]]


def _acts_of(keys: Sequence[int]) -> _Acts:
    extension: dict[int, str] = {}
    rulings: dict[int, dict[figures.Level, frozenset[str]]] = {}
    kinds = [ActKind.EXTENDED, *figures.FILED, *figures.RULED]
    acts = RequestAct.objects.filter(request__in=keys, kind__in=[kind.value for kind in kinds])
    told = acts.annotate(
        ruling=KeyTextTransform("ruling", "facts"), ground=KeyTextTransform("ground", "facts")
    ).order_by("request_id", "position")
    for key, name, ruling, ground in told.values_list("request_id", "kind", "ruling", "ground"):
        kind = ActKind(name)
        if kind is ActKind.EXTENDED:
            extension[key] = ground or ""
            continue
        of = rulings.setdefault(key, {})
        level = figures.FILED.get(kind) or figures.RULED[kind]
        said = {ruling} if kind in figures.RULED and ruling else set()
        of[level] = of.get(level, frozenset()) | said
    return _Acts(extension, rulings)


def _grounds_of(keys: Sequence[int]) -> dict[int, frozenset[str]]:
    parts = WithheldPart.objects.filter(decision__request__in=keys, decision__is_current=True)
    found: dict[int, frozenset[str]] = {}
    for key, *codes in parts.values_list("decision__request_id", "ground", "exception"):
        found[key] = found.get(key, frozenset()) | {code for code in codes if code}
    return found
