"""The file for the commission (ملف الشكاية): everything of a request as one indexed PDF.

Law 31-13, art. 20. Only what the requester may see; who that is only where the caller passes it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.core import files
from infitah.core.redaction import Store
from infitah.core.viewer import Viewer
from infitah.design import pdf
from infitah.design.pdf import binding
from infitah.design.pdf.binding import Joined, Leaf, NotBindable, Progress
from infitah.information import rules
from infitah.information.models import ActLetter, CaseFile, InformationRequest, RequestAct
from infitah.information.queries.following import Followed, followed
from infitah.information.queries.letters import bundle_front, complaint, of_act, receipt
from infitah.information.queries.letters.case import told
from infitah.kernel.dates import format_date

K = rules.ActKind
DIRECT_PAGES: Final = 20
MOST_PAGES: Final = 1000
"""Files that would make it longer are joined instead of being set in."""


class Nowhere:
    """A store that keeps nothing: each part is drawn anew."""

    def get(self, key: str) -> bytes | None:
        return None

    def put(self, key: str, content: bytes) -> None:
        """Forget it."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """How the parts are drawn; those that are done wait in `store`, each under its own key."""

    language: str
    today: date
    requester: str
    store: Store

    def once(self, key: str, draw: Callable[[], bytes]) -> bytes:
        """Return what is kept under `key`, else draw it and keep it."""
        kept = self.store.get(key)
        if kept is None:
            kept = draw()
            self.store.put(key, kept)
        return kept


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the file: its pages as a PDF, and the hash of what it is made from."""

    title: str
    on: str
    sha256: str
    content: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class Bundle:
    """A file for the commission, drawn but not bound."""

    request: InformationRequest
    language: str
    front: bytes
    parts: tuple[Part, ...]
    joined: tuple[Joined, ...]
    pages: int

    @property
    def is_small(self) -> bool:
        """Whether it is bound while somebody waits; a larger one is the worker's."""
        return self.pages <= DIRECT_PAGES

    def steps(self) -> Iterator[Progress]:
        """Yield how far the binding is, a step a part; the last one holds the file."""
        leaves = [
            Leaf(f"{number}. {one.title}", one.content)
            for number, one in enumerate(self.parts, start=1)
        ]
        behind = sum(one.pages for one in self.parts)
        numbers = pdf.render(
            "design/numbers.typ",
            {
                "author": "",
                "label": self.request.reference,
                "first": self.pages - behind + 1,
                "pages": behind,
                "total": self.pages,
            },
            title=self.request.reference,
            language=self.language,
        )
        yield from binding.bind(self.front, leaves, numbers, self.joined)

    def bound(self) -> bytes:
        """Return the file, whole."""
        return [step.content for step in self.steps()][-1]


def bundle(
    request: InformationRequest,
    language: str,
    *,
    viewer: Viewer,
    today: date,
    requester: str = "",
    store: Store | None = None,
) -> Bundle:
    """Return the file with its parts drawn and its pages counted, ready to be bound in steps.

    With a `store` a drawing that was stopped goes on where it was. Outside any transaction. At
    most 60 queries, and a file read for each document.
    """
    shown = followed(request, viewer, today)
    seen = seen_files(request, viewer)
    drawing = Drawing(language, today, requester, store or Nowhere())
    with override(language):
        letters = list(_letters(shown, seen, drawing))
        parts, joined = _with_documents(letters, seen, drawing)
        front, pages = _front(shown, language, today, requester, parts, joined)
    return Bundle(request, language, front, tuple(parts), tuple(joined), pages)


def seen_files(request: InformationRequest, viewer: Viewer) -> list[CaseFile]:
    """Return the files that are in it: those that `viewer` may see. One query."""
    return list(CaseFile.objects.visible_to(viewer).filter(request=request).select_related("file"))


def _letters(shown: Followed, seen: Sequence[CaseFile], drawing: Drawing) -> Iterator[Part]:
    """Yield the request, the letters of the office and the complaints, in the order of the acts."""
    request = shown.request
    kept = {one.pk: one for one in seen if one.role == CaseFile.Role.LETTER}
    acts = list(request.acts.order_by("position"))
    told_by = dict(
        ActLetter.objects.filter(act__request=request, file__in=list(kept)).values_list(
            "act_id", "file_id"
        )
    )
    if shown.case.remedies.cdai_filed is None:
        title = str(complaint.TITLES[K.COMPLAINED_CDAI])
        made = drawing.once("complaint", lambda: _complaint(shown, drawing))
        yield _part(title, drawing.today, drawing.language, made)
    for act in acts:
        drawn = _drawn(act, drawing, kept.get(told_by.get(act.pk, 0)))
        if drawn is not None:
            made = drawing.once(f"act-{act.pk}", drawn[1])
            yield _part(drawn[0], act.occurred_on, drawing.language, made)


def _complaint(shown: Followed, drawing: Drawing) -> bytes:
    """Return the complaint to the commission that is written beforehand."""
    return complaint.complaint_pdf(
        shown.request,
        complaint.complaint_text(shown, drawing.language, K.COMPLAINED_CDAI),
        drawing.language,
        level=K.COMPLAINED_CDAI,
        on=drawing.today,
        requester=drawing.requester,
    )


def _drawn(
    act: RequestAct, drawing: Drawing, kept: CaseFile | None
) -> tuple[str, Callable[[], bytes]] | None:
    """Return what an act left on paper: the letter that was kept, else one to draw, or None."""
    language, requester = drawing.language, drawing.requester
    if kept is not None:
        return kept.title, lambda: files.content(kept.file)
    if act.kind == K.SUBMITTED:
        title = _("The request and its receipt")
        return title, lambda: receipt.receipt_pdf(act.request, language, requester=requester)
    if act.kind in complaint.TITLES:
        return str(complaint.TITLES[K(act.kind)]), lambda: complaint.complaint_pdf(
            act.request,
            act.words,
            language,
            level=K(act.kind),
            on=act.occurred_on,
            requester=requester,
        )
    if act.kind in of_act.LETTERS and act.kind not in of_act.ANONYMOUS:
        title = of_act.letter_title(act, language)
        return title, lambda: of_act.letter_pdf(act, language, requester=requester)
    return None


def _part(title: str, on: date, language: str, content: bytes) -> Part:
    return Part(
        title=title,
        on=format_date(on, language),
        sha256=sha256(content).hexdigest(),
        content=content,
        pages=binding.pages_of(content),
    )


def _with_documents(
    letters: list[Part], seen: Sequence[CaseFile], drawing: Drawing
) -> tuple[list[Part], list[Joined]]:
    """Return the parts with the documents that have pages behind them, and those that have none."""
    parts = list(letters)
    joined: list[Joined] = []
    for one in seen:
        if one.role == CaseFile.Role.LETTER:
            continue
        try:
            made = drawing.once(f"file-{one.pk}", partial(_pages_of, one))
            pages = binding.pages_of(made)
            if sum(part.pages for part in parts) + pages > MOST_PAGES:
                raise NotBindable("too long")
        except NotBindable:
            joined.append(_joined(one, files.content(one.file), len(joined) + 1))
            continue
        title = one.title or one.file.name
        on = format_date(one.added_at.date(), drawing.language)
        parts.append(Part(title, on, one.file.sha256, made, pages))
    return parts, joined


def _pages_of(one: CaseFile) -> bytes:
    return binding.as_pdf(files.content(one.file), one.file.media_type)


def _joined(one: CaseFile, content: bytes, number: int) -> Joined:
    name = f"{number}-{one.file.name}"
    return Joined(name, content, one.file.media_type, f"SHA-256 {one.file.sha256}")


def _front(
    shown: Followed,
    language: str,
    today: date,
    requester: str,
    parts: Sequence[Part],
    joined: Sequence[Joined],
) -> tuple[bytes, int]:
    """Return the front and the pages of the whole: drawn twice, since it numbers itself too."""
    known = told(shown.request)
    inputs = bundle_front.inputs(known, shown, language, today, requester)
    proof = pdf.Attachment(
        name=f"{shown.request.reference}.json",
        text=receipt.receipt_json(shown.request, with_name=bool(requester)).decode(),
        description="RFC 9162 inclusion proof",
    )
    behind = sum(one.pages for one in parts)
    own, front = 1, b""
    for _turn in range(3):
        lists = {
            "total": own + behind,
            "index": _index(parts, own + 1),
            "joined": [{"name": one.name, "sha256": one.description[8:]} for one in joined],
        }
        front = pdf.render(
            "information/bundle.typ",
            {**inputs, **lists},
            title=_("File for the Commission for the right of access to information"),
            language=language,
            attachments=[proof],
        )
        if binding.pages_of(front) == own:
            break
        own = binding.pages_of(front)
    return front, own + behind


def _index(parts: Sequence[Part], first: int) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for number, one in enumerate(parts, start=1):
        last = first + one.pages - 1
        span = str(first) if one.pages == 1 else f"{first}–{last}"
        rows.append(
            {
                "number": str(number),
                "title": one.title,
                "on": one.on,
                "pages": span,
                "sha256": one.sha256,
            }
        )
        first = last + 1
    return rows
