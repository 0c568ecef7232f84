"""The files of a case as the desk shows them: what was found in each, whether it may be given."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infitah.core.models import StoredFile
from infitah.core.viewer import Viewer
from infitah.information.models import CaseFile, InformationRequest, RedactionBox
from infitah.information.queries.findings import has_blocking
from infitah.information.rules.files import GIVABLE, FileFacts, FileState, file_state

FILE_PREFIX: Final = "case:"
"""Begins the subject of a stored file of a case; each file has a subject of its own."""

STATES: Final[dict[FileState, tuple[str, str | Promise]]] = {
    FileState.INFECTED: ("refused", _("holds a virus")),
    FileState.CHECKING: ("claimed", _("is being looked into")),
    FileState.PROPOSED: ("claimed", _("proposals of redaction wait for a decision")),
    FileState.TO_REDACT: ("claimed", _("is to be redacted first")),
    FileState.REPLACED: ("done", _("its redacted copy is given instead")),
    FileState.STALE: ("late", _("other parts were marked since: redact it again")),
    FileState.FOUND: ("late", _("holds hidden content: accept it or remove the file")),
    FileState.ACCEPTED: ("done", _("may be given: what was found is accepted")),
    FileState.GREEN: ("done", _("may be given: nothing hidden was found")),
}


@dataclass(frozen=True, slots=True)
class BoxesOf:
    """The boxes of a document: pages and number by exception code, and what is undecided."""

    pages: Mapping[str, tuple[int, ...]]
    proposed: int
    changed_at: datetime | None
    times: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file with its state in words; `findings` are sentences."""

    file: CaseFile
    state: FileState
    boxes: BoxesOf

    @property
    def is_givable(self) -> bool:
        return self.state in GIVABLE

    @property
    def star(self) -> str:
        return STATES[self.state][0]

    @property
    def words(self) -> str | Promise:
        return STATES[self.state][1]

    @property
    def title(self) -> str:
        return self.file.title or self.file.file.name

    @property
    def is_removable(self) -> bool:
        return self.file.role in {CaseFile.Role.SOURCE, CaseFile.Role.PROOF}


NO_BOXES: Final = BoxesOf({}, 0, None)


def boxes_of(files: Collection[CaseFile]) -> dict[int, BoxesOf]:
    """Return the boxes of these documents by their key. One query."""
    found = RedactionBox.objects.filter(document__in=[one.pk for one in files])
    pages: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    times: dict[int, Counter[str]] = defaultdict(Counter)
    proposed: dict[int, int] = defaultdict(int)
    changed: dict[int, datetime] = {}
    rows = found.values_list("document_id", "state", "exception", "page", "changed_at")
    for key, state, exception, page, changed_at in rows:
        if state == RedactionBox.State.PROPOSED:
            proposed[key] += 1
        elif state == RedactionBox.State.ACCEPTED:
            pages[key][exception].add(page)
            times[key][exception] += 1
        changed[key] = max(changed.get(key, changed_at), changed_at)
    return {
        key: BoxesOf(
            {code: tuple(sorted(some)) for code, some in sorted(pages[key].items())},
            proposed[key],
            changed_at,
            dict(times[key]),
        )
        for key, changed_at in changed.items()
    }


def file_rows(files: Sequence[CaseFile]) -> list[FileRow]:
    """Return the files in place of one case, each with its state. One query."""
    boxes = boxes_of(files)
    replaced = {one.original_id for one in files if one.original_id is not None}
    return [_row(one, boxes, replaced) for one in files]


def _row(one: CaseFile, boxes: Mapping[int, BoxesOf], replaced: Collection[int | None]) -> FileRow:
    mine = boxes.get(one.pk, NO_BOXES)
    theirs = boxes.get(one.original_id or 0, NO_BOXES)
    facts = FileFacts(
        is_infected=one.file.scan == StoredFile.Scan.INFECTED,
        is_checked=one.checked_at is not None,
        has_proposals=mine.proposed > 0,
        has_boxes=bool(mine.pages),
        has_copy=one.pk in replaced,
        is_stale=theirs.changed_at is not None and theirs.changed_at > one.added_at,
        has_findings=has_blocking(one.findings),
        is_accepted=bool(one.accepted_by),
    )
    return FileRow(one, file_state(facts), mine)


def givable_roles() -> tuple[str, ...]:
    """Return the parts in a case that a file given with the answer may have."""
    return (CaseFile.Role.SOURCE, CaseFile.Role.REDACTED)


def files_in_place(request: InformationRequest) -> list[CaseFile]:
    """Return the files of a case that were not removed, with their stored file. One query."""
    return list(request.files.in_place().select_related("file", "original", "task__unit"))


def file_is_visible(viewer: Viewer, subject: str) -> bool:
    """Return whether `viewer` may have the stored file of this subject. One query."""
    return CaseFile.objects.visible_to(viewer).in_place().filter(file__subject=subject).exists()
