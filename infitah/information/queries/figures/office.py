"""The register of requests for officers and control bodies: the fields of law.md 1.9, no identity.

Of who asks only whether a citizen or a resident; of what is asked the title, once it is published.
In codes for programs, in words of the reader for sheets and tables.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from infitah.community.models import Community
from infitah.core.sheets import Cell
from infitah.core.viewer import Viewer
from infitah.design.direction import in_page_language
from infitah.information.models import InformationRequest, RegisterExport, Requester
from infitah.information.queries.desk_words import EXTENSION_GROUNDS
from infitah.information.queries.figures.counting import received_in
from infitah.information.queries.figures.data import REQUEST_COLUMNS, cells_of
from infitah.information.queries.figures.rows import RequestRow, pieces_of
from infitah.information.rules import EXCEPTIONS, ExtensionGround, figures

SHOWN: Final = 20
CODE_COLUMNS: Final = (*REQUEST_COLUMNS[:-1], "external_number", "requester", "cost")
"""Columns for programs: those that anybody may read, without the published answer, and three."""


REQUESTERS: Final[Mapping[str, Promise]] = {
    Requester.Status.CITIZEN: pgettext_lazy("requester", "citizen"),
    Requester.Status.RESIDENT: pgettext_lazy("requester", "resident"),
}


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """A request as the register names it for the office; `requester` is citizen or resident."""

    row: RequestRow
    requester: str
    subject: str = ""

    @property
    def kind(self) -> str:
        """Whether it is an ordinary or an urgent request, and what it was presented as."""
        life = self.row.life
        if life.is_urgent:
            return _("urgent")
        return _("ordinary, presented as urgent") if life.asked_urgent else _("ordinary")

    @property
    def extension(self) -> str:
        """The ground by which its period was extended, in words."""
        ground = self.row.life.extension
        return str(EXTENSION_GROUNDS[ExtensionGround(ground)]) if ground else ""

    @property
    def in_time(self) -> str:
        """Whether its first answer came in time; "" where none came."""
        if self.row.life.answered_on is None:
            return ""
        return _("no") if self.row.life.is_late else _("yes")

    def codes(self, *, exceptions: bool) -> str:
        """Return the codes of grounds, or of exceptions, of the answer that stands."""
        some = self.row.life.grounds
        return " ".join(sorted(code for code in some if (code in EXCEPTIONS) == exceptions))

    @property
    def complaint(self) -> str:
        """The highest level that a complaint reached, in words."""
        level, _ruling = self.row.complaint()
        return in_page_language(figures.FIGURES[f"complaint-{level}"].name) if level else ""

    @property
    def ruling(self) -> str:
        """What was decided on that complaint, in words."""
        level, rulings = self.row.complaint()
        known = [figures.RULINGS[one] for one in rulings.split()]
        if level and not known:
            known = [figures.RULINGS["open"]]
        return " ".join(in_page_language(one) for one in known)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the register: its head in words, what stands in it."""

    head: Promise
    cell: Callable[[OfficeRow], Cell]
    on_paper: bool = True


COLUMNS: Final = (
    Column(gettext_lazy("Number of the request"), lambda one: one.row.reference),
    Column(pgettext_lazy("of a request", "Subject"), lambda one: one.subject, False),
    Column(gettext_lazy("Channel"), lambda one: one.row.channel),
    Column(gettext_lazy("Number given elsewhere"), lambda one: one.row.external_number, False),
    Column(gettext_lazy("Type of request"), lambda one: one.kind),
    Column(
        gettext_lazy("Requester"),
        lambda one: str(REQUESTERS[one.requester]) if one.requester else "",
    ),
    Column(gettext_lazy("Received on"), lambda one: one.row.life.received_on),
    Column(gettext_lazy("Last day"), lambda one: one.row.due_on),
    Column(gettext_lazy("Ground of the extension"), lambda one: one.extension, False),
    Column(gettext_lazy("First answer"), lambda one: one.row.life.answered_on),
    Column(gettext_lazy("Working days"), lambda one: one.row.life.working_days),
    Column(pgettext_lazy("answer", "In time"), lambda one: one.in_time),
    Column(gettext_lazy("Outcome"), lambda one: one.row.words),
    Column(gettext_lazy("Grounds of refusal"), lambda one: one.codes(exceptions=False)),
    Column(gettext_lazy("Exceptions of article 7"), lambda one: one.codes(exceptions=True)),
    Column(gettext_lazy("Complaint"), lambda one: one.complaint),
    Column(gettext_lazy("Decision on the complaint"), lambda one: one.ruling),
    Column(gettext_lazy("Published on"), lambda one: one.row.life.published_on, False),
    Column(gettext_lazy("Cost"), lambda one: ""),
)
"""The columns of tables and sheets; the printed sheets leave some out for want of room."""


def office_rows(community: Community, span: figures.Span, today: date) -> Iterator[OfficeRow]:
    """Yield the register of a span, the oldest first, in constant memory. Five queries a piece."""
    for piece in pieces_of(community, span, today):
        some = Requester.objects.of(community).filter(request__in=[row.pk for row in piece])
        kinds = dict(some.values_list("request_id", "status"))
        known = InformationRequest.objects.of(community).filter(published_on__isnull=False)
        here = known.filter(pk__in=[row.pk for row in piece])
        titles = dict(here.values_list("pk", "public_title"))
        yield from (OfficeRow(row, kinds.get(row.pk, ""), titles.get(row.pk, "")) for row in piece)


def heads() -> list[str]:
    """Return the heads of the columns in the language in force."""
    return [str(column.head) for column in COLUMNS]


def cells(one: OfficeRow) -> list[Cell]:
    """Return a row in words of the language in force, in the order of COLUMNS."""
    return [column.cell(one) for column in COLUMNS]


def code_cells(one: OfficeRow) -> Sequence[str | int | bool | None]:
    """Return a row in codes, in the order of CODE_COLUMNS; the cost is not recorded."""
    return (*cells_of(one.row), one.row.external_number, one.requester, None)


def count_in(community: Community, span: figures.Span, *, most: int) -> int:
    """Return how many requests a span holds, counted up to one more than `most`. One query."""
    return received_in(community, span)[: most + 1].count()


def exports_of(viewer: Viewer) -> QuerySet[RegisterExport]:
    """Return the newest exports that were made or wait. One query."""
    found = RegisterExport.objects.visible_to(viewer).select_related("stored")
    return found.order_by("-pk")[:SHOWN]


def may_open_export(viewer: Viewer, subject: str) -> bool:
    """Return whether a viewer may open the file of an export. One query."""
    number = subject.rpartition(":")[2]
    return RegisterExport.objects.visible_to(viewer).filter(pk=number).exists()
