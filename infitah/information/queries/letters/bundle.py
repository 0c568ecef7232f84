"""The file for the commission (ملف الشكاية): everything of a request as one indexed PDF.

Law 31-13, art. 20. Only what the requester may see; who that is only where the caller passes it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.core import files
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


def bundle_pdf(
    request: InformationRequest,
    language: str,
    *,
    viewer: Viewer,
    today: date,
    requester: str = "",
) -> bytes:
    """Return the file for the commission as `viewer` may see it, whole.

    Outside any transaction. At most 60 queries, and a file read for each document.
    """
    content = b""
    for step in bundle(request, language, viewer=viewer, today=today, requester=requester).steps():
        content = step.content
    return content


def bundle(
    request: InformationRequest,
    language: str,
    *,
    viewer: Viewer,
    today: date,
    requester: str = "",
) -> Bundle:
    """Return the file with its parts drawn and its pages counted, ready to be bound in steps."""
    shown = followed(request, viewer, today)
    seen = list(CaseFile.objects.visible_to(viewer).filter(request=request).select_related("file"))
    with override(language):
        letters = list(_letters(shown, seen, language, today, requester))
        parts, joined = _with_documents(letters, seen, language)
        front, pages = _front(shown, language, today, requester, parts, joined)
    return Bundle(request, language, front, tuple(parts), tuple(joined), pages)


def _letters(
    shown: Followed, seen: Sequence[CaseFile], language: str, today: date, requester: str
) -> Iterator[Part]:
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
        words = complaint.complaint_text(shown, language, K.COMPLAINED_CDAI)
        made = complaint.complaint_pdf(
            request, words, language, level=K.COMPLAINED_CDAI, on=today, requester=requester
        )
        yield _part(str(complaint.TITLES[K.COMPLAINED_CDAI]), today, language, made)
    for act in acts:
        drawn = _drawn(act, language, requester, kept.get(told_by.get(act.pk, 0)))
        if drawn is not None:
            yield _part(drawn[0], act.occurred_on, language, drawn[1])


def _drawn(
    act: RequestAct, language: str, requester: str, kept: CaseFile | None
) -> tuple[str, bytes] | None:
    """Return what an act left on paper: the letter that was kept, else one drawn now, or None."""
    if kept is not None:
        return kept.title, files.content(kept.file)
    if act.kind == K.SUBMITTED:
        title = _("The request and its receipt")
        return title, receipt.receipt_pdf(act.request, language, requester=requester)
    if act.kind in complaint.TITLES:
        made = complaint.complaint_pdf(
            act.request,
            act.words,
            language,
            level=K(act.kind),
            on=act.occurred_on,
            requester=requester,
        )
        return str(complaint.TITLES[K(act.kind)]), made
    if act.kind in of_act.LETTERS and act.kind not in of_act.ANONYMOUS:
        title = of_act.letter_title(act, language)
        return title, of_act.letter_pdf(act, language, requester=requester)
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
    letters: list[Part], seen: Sequence[CaseFile], language: str
) -> tuple[list[Part], list[Joined]]:
    """Return the parts with the documents that have pages behind them, and those that have none."""
    parts = list(letters)
    joined: list[Joined] = []
    for one in seen:
        if one.role == CaseFile.Role.LETTER:
            continue
        content = files.content(one.file)
        try:
            made = binding.as_pdf(content, one.file.media_type)
            pages = binding.pages_of(made)
            if sum(part.pages for part in parts) + pages > MOST_PAGES:
                raise NotBindable("too long")
        except NotBindable:
            joined.append(_joined(one, content, len(joined) + 1))
            continue
        title = one.title or one.file.name
        on = format_date(one.added_at.date(), language)
        parts.append(Part(title, on, one.file.sha256, made, pages))
    return parts, joined


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
