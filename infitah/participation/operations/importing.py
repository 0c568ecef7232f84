"""Taking in the ideas that another home exported: numbers kept where they are free.

In pieces of their own transactions, so that nobody else waits for an import; what was begun is
ended by importing the same file again.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from infitah.community.models import Axis
from infitah.core.clock import local_day
from infitah.core.errors import OperationRefused
from infitah.core.models import ReferenceCounter
from infitah.core.operations import bump, next_reference
from infitah.core.viewer import Actor
from infitah.kernel.localized import LocalizedText
from infitah.kernel.references import Reference
from infitah.kernel.text import clean_line
from infitah.ledger import operations as ledger
from infitah.ledger import queries as register
from infitah.participation import rules
from infitah.participation.models import Consultation, Idea, Workshop, WorkshopTable
from infitah.participation.models.idea import YEAR_STEP
from infitah.participation.operations.consultations import LETTERLESS
from infitah.participation.operations.import_checks import (
    LETTER,
    MOST_FAULTS,
    Fault,
    Known,
    clean,
    faults_of_row,
    is_standing,
    known_of,
    number_in,
    reference_of,
)
from infitah.participation.operations.tallies import CHANGE
from infitah.participation.operations.workshops import new_token
from infitah.participation.queries.ideas import KIND
from infitah.participation.queries.unpacking import Package, packed_ideas, packed_workshops
from infitah.searchindex import operations as searchindex

PIECE: Final = 500
BEGUN: Final = "participation.import_begun"
Rows = Sequence[tuple[int, Mapping[str, str]]]


class ImportRefused(OperationRefused):
    """The ideas of this file cannot be taken in here; `faults` name the wrong cells."""

    def __init__(self, message: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Checked:
    """A package whose every row can be taken in; `last` the last number of each year."""

    package: Package
    workshops: tuple[Mapping[str, str], ...]
    rows: int
    last: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Taken:
    """How far an import is: rows read, ideas made, numbers that could not be kept."""

    rows: int
    made: int
    renumbered: tuple[tuple[str, str], ...]


def check_import(*, consultation: Consultation, package: Package) -> Checked:
    """Return a package that can be taken in whole; writes nothing. Reads the file once.

    Raises ImportRefused with the first faults by row and column, for rows that are fewer than
    the manifest states, and for a consultation that has ideas of its own already.
    """
    _check_empty(consultation, package)
    workshops = tuple(packed_workshops(package))
    known = known_of(consultation, workshops)
    faults, rows, last = _faults_of_workshops(workshops, known), 0, Counter[int]()
    seen: set[str] = set()
    for number, row in packed_ideas(package):
        rows += 1
        faults += faults_of_row(number, row, known)
        if row["reference"] in seen:
            faults.append(Fault(number, "reference", _("This number stands in the file twice.")))
        seen.add(row["reference"])
        if len(faults) >= MOST_FAULTS:
            break
        _note_number(last, row["reference"], consultation.community.key)
    if faults:
        raise ImportRefused(_("Nothing is imported."), faults[:MOST_FAULTS])
    if package.rows is not None and rows != package.rows:
        raise ImportRefused(
            _("The manifest states %(stated)s rows, the file has %(rows)s. Nothing is imported.")
            % {"stated": package.rows, "rows": rows}
        )
    return Checked(package, workshops, rows, last)


def _note_number(last: Counter[int], text: str, key: str) -> None:
    found = reference_of(text)
    if found is not None and found.community == key:
        last[found.year] = max(last[found.year], found.number)


def _check_empty(consultation: Consultation, package: Package) -> None:
    if not consultation.takes_ideas:
        raise ImportRefused(_("This consultation takes no ideas."))
    if consultation.cancelled_at is not None:
        raise ImportRefused(_("This consultation is cancelled."))
    acts = register.of_subject(
        consultation.community.key, LETTERLESS.format(slug=consultation.slug)
    )
    is_begun = any(row.act == BEGUN and package.sha256 in row.canonical for row in acts)
    if not is_begun and consultation.ideas.exists():
        raise ImportRefused(
            _("This consultation has ideas already. Import into one that is empty.")
        )


def _faults_of_workshops(workshops: Sequence[Mapping[str, str]], known: Known) -> list[Fault]:
    faults = []
    for number, row in enumerate(workshops, start=2):
        if row["axis"] not in known.axes:
            sentence = _("This axis is not asked about in the consultation.")
            faults.append(Fault(number, "workshops.csv: axis", sentence))
        is_right = _day(row["held_on"]) and row["workshop"] and row["name_ar"] and row["table"]
        if not is_standing(row):
            sentence = _("Write the hour as 09:30:00; a cancelling has its instant and its reason.")
            faults.append(Fault(number, "workshops.csv", sentence))
        counts = (number_in(row["present"], rules.MOST_PRESENT), number_in(row["table"], 9999))
        if not is_right or not all(counts):
            sentence = _("A workshop needs its short name, day, Arabic name and tables.")
            faults.append(Fault(number, "workshops.csv", sentence))
    return faults


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def import_ideas(
    *, consultation: Consultation, checked: Checked, by: Actor, now: datetime
) -> Iterator[Taken]:
    """Take in a checked package, yielding how far it is after each piece of 500 rows.

    A number that is another community's or is taken here gets a new one; what is in already is
    passed over. Ideas come without authors, answers or votes; two acts in the register cover
    them all. Must be called outside a transaction.
    """
    known = _begin(consultation, checked, by, now)
    rows, made, renumbered = 0, 0, list[tuple[str, str]]()
    source = packed_ideas(checked.package)
    while piece := list(islice(source, PIECE)):
        ideas = _take_piece(piece, known)
        rows, made = rows + len(piece), made + len(ideas)
        renumbered += [(old, idea.reference) for old, idea in ideas if old != idea.reference]
        yield Taken(rows, made, tuple(renumbered))
    _end(consultation, checked, Taken(rows, made, tuple(renumbered)), by, now)


@transaction.atomic
def _begin(consultation: Consultation, checked: Checked, by: Actor, now: datetime) -> Known:
    for year, last in checked.last.items():
        counter, _is_new = ReferenceCounter.objects.select_for_update().get_or_create(
            community_key=consultation.community.key, year=year, letter=LETTER
        )
        if counter.last < last:
            counter.last = last
            counter.save(update_fields=["last"])
    known = known_of(consultation, checked.workshops)
    _set_workshops(consultation, checked.workshops, known.axes)
    _record(consultation, BEGUN, checked, by, now)
    return known_of(consultation)


def _set_workshops(
    consultation: Consultation, rows: Sequence[Mapping[str, str]], axes: Mapping[str, Axis]
) -> None:
    for row in rows:
        workshop, _is_new = Workshop.objects.get_or_create(
            consultation=consultation,
            slug=row["workshop"][:60],
            defaults={
                "community": consultation.community,
                "name": LocalizedText(ar=row["name_ar"], fr=row["name_fr"]),
                "place": LocalizedText(ar=row["place_ar"], fr=row["place_fr"]),
                "held_on": date.fromisoformat(row["held_on"]),
                "present": int(row["present"]) if row["present"] else None,
                "hour": time.fromisoformat(row["hour"]) if row["hour"] else None,
                "cancelled_at": rules.instant(row["cancelled_at"]),
                "cancel_reason": clean_line(row["cancel_reason"]),
            },
        )
        WorkshopTable.objects.get_or_create(
            workshop=workshop,
            number=int(row["table"]),
            defaults={"axis": axes[row["axis"]], "token": new_token()},
        )


@transaction.atomic
def _take_piece(piece: Rows, known: Known) -> list[tuple[str, Idea]]:
    slug = known.consultation.slug
    keys = {rules.key_of_import(slug, row["reference"]): row for _number, row in piece}
    there = set(
        Idea.objects.filter(submission_key__in=keys).values_list("submission_key", flat=True)
    )
    wanted = [row["reference"] for row in keys.values()]
    taken = set(Idea.objects.filter(reference__in=wanted).values_list("reference", flat=True))
    ideas = [
        (row["reference"], _idea(row, known, is_taken=row["reference"] in taken))
        for key, row in keys.items()
        if key not in there
    ]
    Idea.objects.bulk_create(idea for _old, idea in ideas)
    _count([idea for _old, idea in ideas])
    for _old, idea in ideas:
        searchindex.mark_dirty(community_key=idea.community.key, kind=KIND, subject=idea.reference)
    return ideas


def _idea(row: Mapping[str, str], known: Known, *, is_taken: bool) -> Idea:
    consultation = known.consultation
    number = _number(row["reference"], consultation.community.key, is_taken=is_taken)
    at = datetime.fromisoformat(row["submitted_at"])
    statement = clean("statement", row["statement"])
    return Idea(
        community=consultation.community,
        consultation=consultation,
        axis=known.axes[row["axis"]],
        commune=known.communes.get(row["commune"]),
        reference=str(number),
        year=number.year,
        number=number.number,
        position=number.year * YEAR_STEP + number.number,
        statement=statement,
        statement_key=rules.statement_key(statement),
        detail=clean("detail", row["detail"]),
        language=row["language"],
        source=row["source"],
        table=known.tables.get((row["workshop"], row["table"])),
        dots=int(row["dots"]) if row["dots"] else None,
        state=row["state"],
        is_late=row["is_late"] == "1",
        submission_key=rules.key_of_import(consultation.slug, row["reference"]),
        submitted_at=at,
        receipt_queued_at=at,
    )


def _number(text: str, key: str, *, is_taken: bool) -> Reference:
    found = Reference.parse(text)
    if found.community == key and not is_taken:
        return found
    return next_reference(community_key=key, year=found.year, letter=LETTER)


def _count(ideas: Sequence[Idea]) -> None:
    """Add these ideas to the counts, one statement for each axis, commune and language."""
    shown, late = Counter[tuple[int, int, str, str]](), Counter[tuple[int, int, str, str]]()
    for idea in ideas:
        commune = idea.commune.key if idea.commune else ""
        place = (idea.consultation_id, idea.axis_id, commune, idea.language)
        shown[place] += idea.state == rules.IdeaState.VISIBLE
        late[place] += idea.state == rules.IdeaState.LATE
    with connection.cursor() as cursor:
        for place in shown:
            counts = [shown[place], late[place]]
            if any(counts):
                cursor.execute(CHANGE, [*place, *counts, *counts])


@transaction.atomic
def _end(
    consultation: Consultation, checked: Checked, taken: Taken, by: Actor, now: datetime
) -> None:
    more = {"made": taken.made, "renumbered": len(taken.renumbered)}
    _record(consultation, "participation.ideas_imported", checked, by, now, **more)
    bump(consultation.community.key, "participation")


def _record(
    consultation: Consultation, act: str, checked: Checked, by: Actor, now: datetime, **more: int
) -> None:
    ledger.record(
        community_key=consultation.community.key,
        act=act,
        subject=LETTERLESS.format(slug=consultation.slug),
        by=by,
        public={
            "consultation": consultation.slug,
            "rows": checked.rows,
            "ideas_sha256": checked.package.sha256,
            **more,
        },
        occurred_on=local_day(now),
        now=now,
    )
