"""The files of a case at the desk: added, named, let through with what was found, removed."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out
from infitah.information.forms.desk_tasks import AcceptFindingsForm, AddFilesForm, FileTitleForm
from infitah.information.operations import files
from infitah.information.queries.desk_files import file_rows
from infitah.information.views.desk_case import case_page, find, trail_of
from infitah.information.views.taking_in import keep, keys_of, taken


@desk_page("information.answer")
@require_POST
def add(request: HttpRequest, reference: str) -> HttpResponse:
    """Join files to the case; the worker looks into each before it may leave."""
    found, now = find(request, reference), clock.now()
    sent = taken(request, "desk", now, field="add-file")
    form = AddFilesForm(request.POST, prefix="add")
    keep(form, sent)
    done = carried_out(
        form,
        lambda: files.add_files(
            community=found.request.community,
            reference=reference,
            keys=keys_of(sent),
            title=form.cleaned_data["title"],
            by=viewer_of(request).actor(),
            now=now,
        ),
    )
    if done:
        messages.success(request, _("The files are joined; each is looked into now."))
        return redirect("information_desk:case", reference)
    return case_page(request, found, adding=form, status=422)


Act = Callable[..., object]


def _act(
    request: HttpRequest, reference: str, pk: int, form: Form, act: Act, said: str
) -> HttpResponse:
    """Do one thing to one file, or give the page back with why not."""
    found = find(request, reference)
    if pk not in {one.pk for one in found.files}:
        raise Http404
    done = carried_out(
        form,
        lambda: act(
            community=found.request.community,
            reference=reference,
            pk=pk,
            by=viewer_of(request).actor(),
            now=clock.now(),
            **form.cleaned_data,
        ),
    )
    if done:
        messages.success(request, said)
        return redirect("information_desk:case", reference)
    return case_page(request, found, file_forms={pk: form}, status=422)


@desk_page("information.answer")
@require_POST
def name(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    form = FileTitleForm(request.POST, prefix=f"title-{pk}")
    return _act(request, reference, pk, form, files.name_file, _("The title is kept."))


@desk_page("information.answer")
@require_POST
def accept(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    form = AcceptFindingsForm(request.POST, prefix=f"accept-{pk}")
    said = _("What was found is accepted: the file may leave.")
    return _act(request, reference, pk, form, files.accept_findings, said)


@desk_page("information.answer")
def remove(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Ask whether a file is to leave the case, on a page of its own; then take it out."""
    if request.method == "POST":
        form = Form(request.POST, prefix=f"remove-{pk}")
        return _act(request, reference, pk, form, files.remove_file, _("The file is removed."))
    found = find(request, reference)
    row = next((one for one in file_rows(found.files) if one.file.pk == pk), None)
    if row is None or not row.is_removable or row.file.is_given:
        raise Http404
    context = {"found": found, "item": found.request, "row": row, "trail": trail_of(found)}
    return render(request, "information/desk/file_remove.html", context)
