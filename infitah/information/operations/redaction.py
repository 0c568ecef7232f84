"""Boxes on the documents of a case: proposed, drawn, decided, burnt into a checked copy.

Law 31-13, arts. 7 and 8: what an exception covers is taken out, the rest is given. Each box has
its exception; a copy exists only where the engine's own check found nothing left.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.core import files as stored_files
from infitah.core import redaction
from infitah.core.media_types import PDF
from infitah.core.operations import bump
from infitah.core.redaction import apart
from infitah.core.viewer import Actor
from infitah.information import rules
from infitah.information.models import CaseFile, InformationRequest, RedactionBox, RedactionRun
from infitah.information.operations.casework import KIND, RequestRefused, locked_request
from infitah.information.operations.identities import identity_of
from infitah.kernel.text import has_letters

State = RedactionBox.State
MOST_BOXES: Final = 2000
SMALLEST: Final = 0.002
"""The shortest side of a box, as a part of its page: anything less is a slip of the hand."""
SEARCH: Final = "search"
ECHO: Final = "echo"
"""Found by the check of a copy: a word that a box covers stands here too."""
EXCEPTION_OF: Final = dict.fromkeys(redaction.Kind, "E03")
"""What seems personal falls under private life (art. 7), until an officer says otherwise."""


def document_of(request: InformationRequest, pk: int) -> CaseFile:
    """Return a PDF of the case that boxes can be drawn on. Raises RequestRefused."""
    found = request.files.in_place().select_related("file", "community")
    document = found.filter(pk=pk, role=CaseFile.Role.SOURCE, file__media_type=PDF).first()
    if document is None:
        raise RequestRefused(_("Boxes are drawn on a PDF that stands in the case."))
    return document


def takes_boxes(file: CaseFile) -> bool:
    """Return whether boxes can be drawn on a file: a PDF of a service, or of the office."""
    return file.role == CaseFile.Role.SOURCE and file.file.media_type == PDF


def _held(community: Community, reference: str, pk: int) -> CaseFile:
    """Hold the case for this act; raise RequestRefused once its answer has left."""
    request = locked_request(community, reference)
    if request.phase not in {rules.Phase.RECEIVED, rules.Phase.OPEN}:
        raise RequestRefused(
            _("The answer is decided: send it back before anything is covered or uncovered."),
            code="not_now",
        )
    return document_of(request, pk)


def proposed_in(document: CaseFile) -> list[redaction.Proposal]:
    """Return what seems personal in a document; the requester's name is known, and not kept.

    Outside any transaction. Nothing where the file cannot be read: drawing says why.
    """
    identity = identity_of(document.request)
    try:
        return apart.proposals(stored_files.content(document.file), identity.names)
    except redaction.PdfRefused:
        return []


@transaction.atomic
def keep_proposals(
    *, document: CaseFile, proposals: Iterable[redaction.Proposal], now: datetime
) -> int:
    """Keep what was proposed, once for a document; return how many boxes wait for a decision."""
    if RedactionBox.objects.filter(document=document).exists():
        return 0
    rows = [
        _row(document, one.page, rect, state=State.PROPOSED, found=one.kind.value, now=now)
        for one in proposals
        for rect in one.rects
    ]
    RedactionBox.objects.bulk_create(rows[:MOST_BOXES])
    bump(document.community.key, KIND)
    return len(rows[:MOST_BOXES])


def _row(
    document: CaseFile,
    page: int,
    rect: redaction.Rect,
    *,
    state: str,
    now: datetime,
    exception: str = "",
    found: str = "",
    by: str = "",
) -> RedactionBox:
    inside = rect.within_page()
    return RedactionBox(
        community=document.community,
        document=document,
        page=page,
        left=inside.left,
        top=inside.top,
        right=inside.right,
        bottom=inside.bottom,
        exception=exception,
        found=found,
        state=state,
        drawn_by=by,
        decided_by=by,
        changed_at=now,
    )


def _check_exception(code: str) -> None:
    if code not in rules.EXCEPTIONS:
        raise RequestRefused(_("Choose the exception of article 7."), field="exception")


@transaction.atomic
def draw_boxes(
    *,
    community: Community,
    reference: str,
    pk: int,
    places: Sequence[tuple[int, redaction.Rect]],
    exception: str,
    by: Actor,
    now: datetime,
    found: str = "",
) -> int:
    """Cover places of a document, each with its exception; return how many.

    `found` says what found them, "" where they were drawn by hand.

    Raises RequestRefused without an exception of art. 7, for a place that is none, for too many.
    """
    document = _held(community, reference, pk)
    _check_exception(exception)
    if not places or any(_is_slip(rect) for _page, rect in places):
        raise RequestRefused(_("Draw a larger box: from one corner to the other."), field="box")
    standing = RedactionBox.objects.filter(document=document).count()
    if standing + len(places) > MOST_BOXES:
        raise RequestRefused(
            _("A document takes %(most)s boxes at most: leave it out as a whole instead.")
            % {"most": MOST_BOXES}
        )
    RedactionBox.objects.bulk_create(
        _row(
            document,
            page,
            rect,
            state=State.ACCEPTED,
            exception=exception,
            found=found,
            by=by.key,
            now=now,
        )
        for page, rect in places
    )
    bump(community.key, KIND)
    return len(places)


def _is_slip(rect: redaction.Rect) -> bool:
    inside = rect.within_page()
    return inside.width < SMALLEST or inside.height < SMALLEST


@transaction.atomic
def decide_boxes(
    *,
    community: Community,
    reference: str,
    pk: int,
    boxes: Collection[int],
    exception: str,
    by: Actor,
    now: datetime,
) -> int:
    """Accept boxes with an exception, or set them aside where none is given; return how many.

    Raises RequestRefused where no box is chosen.
    """
    document = _held(community, reference, pk)
    if exception:
        _check_exception(exception)
    chosen = RedactionBox.objects.filter(document=document, pk__in=boxes)
    changed = chosen.update(
        state=State.ACCEPTED if exception else State.DISMISSED,
        exception=exception,
        decided_by=by.key,
        changed_at=now,
    )
    if not changed:
        raise RequestRefused(_("Choose at least one box."), field="boxes")
    bump(community.key, KIND)
    return changed


@transaction.atomic
def propose_again(
    *,
    community: Community,
    reference: str,
    pk: int,
    boxes: Collection[int],
    by: Actor,
    now: datetime,
) -> int:
    """Take boxes that were set aside up again, to be decided anew; return how many.

    Raises RequestRefused where no box is chosen.
    """
    document = _held(community, reference, pk)
    aside = RedactionBox.objects.filter(document=document, pk__in=boxes, state=State.DISMISSED)
    changed = aside.update(state=State.PROPOSED, decided_by="", changed_at=now)
    if not changed:
        raise RequestRefused(_("Choose at least one box."), field="boxes")
    bump(community.key, KIND)
    return changed


@transaction.atomic
def propose_echoes(
    *, community: Community, reference: str, pk: int, by: Actor, now: datetime
) -> int:
    """Propose the places where words of boxes still stand uncovered; return how many wait.

    They are those that the check of the last copy told. Raises RequestRefused where none is left.
    """
    document = _held(community, reference, pk)
    run = document.runs.first()
    told = run.report.get("echoes", []) if run is not None else []
    drawn = {(box.page, *_sides(box)) for box in RedactionBox.objects.filter(document=document)}
    rows = [
        _row(document, page, redaction.Rect(*sides), state=State.PROPOSED, found=ECHO, now=now)
        for page, *sides in told
        if (page, *sides) not in drawn
    ]
    room = max(MOST_BOXES - len(drawn), 0)
    if not rows[:room]:
        raise RequestRefused(_("No such place is left: each was proposed already."))
    RedactionBox.objects.bulk_create(rows[:room])
    bump(community.key, KIND)
    return len(rows[:room])


def _sides(box: RedactionBox) -> tuple[float, float, float, float]:
    return (box.left, box.top, box.right, box.bottom)


def places_of(document: CaseFile, text: str) -> list[tuple[int, redaction.Rect]]:
    """Return every place of a document where `text` stands, however it is spelled.

    Outside any transaction: it reads the file. Raises RequestRefused where it stands nowhere.
    """
    if not has_letters(text) and not any(one.isdecimal() for one in text):
        raise RequestRefused(_("Write what is to be covered."), field="text")
    found = apart.proposals(stored_files.content(document.file), (text,))
    wanted = [one for one in found if one.kind is redaction.Kind.NAME and one.is_sure]
    if not wanted:
        raise RequestRefused(
            _("This stands nowhere in the text. On a scanned page draw the box by hand."),
            field="text",
        )
    return [(one.page, rect) for one in wanted for rect in one.rects]


@transaction.atomic
def ask_for_copy(
    *, community: Community, reference: str, pk: int, by: Actor, now: datetime
) -> RedactionRun:
    """Have the worker burn the accepted boxes into a new copy; return the run that waits.

    Raises RequestRefused while a proposal waits for a decision, or no box is accepted.
    """
    document = _held(community, reference, pk)
    boxes = RedactionBox.objects.filter(document=document)
    if boxes.filter(state=State.PROPOSED).exists():
        raise RequestRefused(_("Decide on every proposal first: accept it or set it aside."))
    accepted = list(boxes.accepted())
    if not accepted:
        raise RequestRefused(_("Draw at least one box."))
    waiting = RedactionRun.objects.filter(document=document, state__in=["waiting", "running"])
    standing = waiting.first()
    if standing is not None:
        return standing
    return RedactionRun.objects.create(
        community=community,
        document=document,
        boxes=[_burnt(box) for box in accepted],
        asked_by=by.key,
        asked_at=now,
    )


def _burnt(box: RedactionBox) -> dict[str, object]:
    return {
        "page": box.page,
        "rect": list(_sides(box)),
        "code": box.exception,
    }


def boxes_to_burn(run: RedactionRun) -> list[redaction.Box]:
    """Return the boxes of a run as the engine takes them."""
    return [
        redaction.Box(one["page"], redaction.Rect(*one["rect"]), one["code"]) for one in run.boxes
    ]


def waiting_runs() -> QuerySet[RedactionRun]:
    """Return the runs that the worker is to make, the oldest first."""
    waits = RedactionRun.objects.filter(state__in=["waiting", "running"])
    return waits.select_related("document__file", "document__request__community").order_by("pk")
