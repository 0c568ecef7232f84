"""Publishing an answer at the desk: the record is compared with who asked, then published."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out
from infitah.information import operations
from infitah.information.forms.desk_publish import PublishForm
from infitah.information.operations.file_texts import readable_text
from infitah.information.queries.desk_case import DeskCase
from infitah.information.queries.desk_files import FileRow, file_rows
from infitah.information.queries.publishing import hidden_in, withheld_of
from infitah.information.views.desk_case import case_page, find
from infitah.information.views.desk_publishing import NAME, form_of
from infitah.kernel.localized import LocalizedText
from infitah.publication.operations import FileToPublish, RecordText, stage_public_copy
from infitah.publication.rules import Outcome


@desk_page("information.answer")
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    """Publish the answer, or put it off; what was typed stays where something is to be mended."""
    found = find(request, reference)
    if request.method != "POST":
        return case_page(request, found, opened=NAME)
    form = form_of(request.POST, found)
    done = carried_out(form, lambda: _publish(form, found, by=viewer_of(request).actor()))
    if not done:
        return case_page(request, found, filled={NAME: form}, opened=NAME, status=422)
    said = _("The publication is put off.") if form.is_later else _("The answer is published.")
    messages.success(request, said)
    return redirect("information_desk:case", reference)


def _publish(form: PublishForm, found: DeskCase, *, by: Any) -> object:
    named = {
        "community": found.request.community,
        "reference": found.request.reference,
        "record": record_of(form, found),
        "by": by,
        "now": clock.now(),
    }
    if not form.is_later:
        return operations.publish_answer(**named)
    return operations.defer_answer(
        until=form.cleaned_data["until"], reason=form.text_of("reason"), **named
    )


def record_of(form: PublishForm, found: DeskCase) -> RecordText:
    """Return the record as it was typed; copies of its files are staged before the act."""
    request, decision, typed = found.request, found.decision, form.cleaned_data
    rows = file_rows(found.files)
    chosen = [row for row in rows if row.file.pk in form.chosen_files()]
    by_key = {row.file.pk: row for row in rows}
    return RecordText(
        reference=request.reference,
        language=request.language,
        title=form.text_of("title"),
        summary=form.text_of("summary"),
        question=typed["question"],
        answer=typed["answer"],
        outcome=Outcome(request.outcome or Outcome.FULL),
        asked_on=request.received_on,
        answered_on=request.delivered_on or found.today,
        working_days=request.working_days or 0,
        withheld=withheld_of(decision) if decision is not None else (),
        files=tuple(_public(row, by_key) for row in chosen),
        tags=form.tags_typed(),
        licence=typed["licence"],
    )


def _public(row: FileRow, rows: dict[int, FileRow]) -> FileToPublish:
    stored = row.file.file
    copy = stage_public_copy(stored=stored, name=row.title, now=clock.now())
    return FileToPublish(
        key=copy.key,
        title=LocalizedText(ar=row.title),
        text=readable_text(stored),
        pages=row.file.pages,
        withheld=hidden_in(row, rows),
    )
