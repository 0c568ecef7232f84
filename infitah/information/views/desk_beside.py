"""What stands beside the acts of a case, each with its forms: the files, and the services asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.forms import Form
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infitah.core.media_types import PDF
from infitah.information.forms.desk_tasks import (
    AcceptFindingsForm,
    FileTitleForm,
    ServiceAnswerForm,
)
from infitah.information.models import CaseFile, ServiceTask
from infitah.information.queries.desk_case import DeskCase
from infitah.information.queries.desk_files import FileRow, givable_roles
from infitah.information.queries.findings import FindingShown, shown_findings
from infitah.information.rules.files import FileState

Words = str | Promise


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file with what was found in it and what may be done to it."""

    row: FileRow
    findings: Sequence[FindingShown]
    title_form: Form
    accept_form: Form | None
    fault: str
    redaction_url: str

    @property
    def is_opened(self) -> bool:
        return self.title_form.is_bound

    @property
    def is_named(self) -> bool:
        """Whether it bears a title that officers give; a letter has its own."""
        return self.row.file.role in givable_roles()


@dataclass(frozen=True, slots=True)
class ShownTask:
    """A service that was asked, and what may be done about it."""

    task: ServiceTask
    star: str
    state: Words
    form: Form | None

    @property
    def is_opened(self) -> bool:
        return self.form is not None and self.form.is_bound


def shown_files(
    found: DeskCase, rows: Sequence[FileRow], filled: Mapping[int, Form]
) -> list[ShownFile]:
    """Return the files of a case; `filled` are forms that came back, by file. No query."""
    return [_file(found, row, filled.get(row.file.pk)) for row in rows]


def _file(found: DeskCase, row: FileRow, filled: Form | None) -> ShownFile:
    pk = row.file.pk
    title = filled if isinstance(filled, FileTitleForm) else None
    accept = filled if isinstance(filled, AcceptFindingsForm) else None
    if accept is None and row.state is FileState.FOUND:
        accept = AcceptFindingsForm(prefix=f"accept-{pk}")
    other = filled is not None and filled not in (title, accept)
    return ShownFile(
        row=row,
        findings=shown_findings(row.file.findings),
        title_form=title or FileTitleForm(prefix=f"title-{pk}", initial={"title": row.title}),
        accept_form=accept,
        fault=str(filled.non_field_errors()[0]) if other and filled else "",
        redaction_url=_redaction_url(found, row.file),
    )


def _redaction_url(found: DeskCase, file: CaseFile) -> str:
    """Return where boxes are drawn on a document, "" where they cannot be."""
    if file.role != CaseFile.Role.SOURCE or file.file.media_type != PDF:
        return ""
    try:
        return reverse("information_desk:redaction", args=[found.request.reference, file.pk])
    except NoReverseMatch:
        return ""


def shown_tasks(found: DeskCase, filled: Mapping[int, Form]) -> list[ShownTask]:
    """Return the services asked; `filled` are forms that came back, by number. No query."""
    return [_task(one, found.today, filled.get(one.position)) for one in found.tasks]


def _task(task: ServiceTask, today: date, filled: Form | None) -> ShownTask:
    star, state = _state(task, today)
    is_open = task.answered_at is None and task.cancelled_at is None
    form = filled
    if form is None and is_open:
        form = ServiceAnswerForm(prefix=f"answer-{task.position}")
    return ShownTask(task, star, state, form)


def _state(task: ServiceTask, today: date) -> tuple[str, Words]:
    if task.answered_at is not None:
        return "done", ServiceTask.Result(task.result).label
    if task.cancelled_at is not None:
        return "refused", _("taken back from the service")
    if task.due_on < today:
        return "late", _("the service is late")
    return "claimed", _("waiting for the service")
