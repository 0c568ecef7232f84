"""The register of requests as a file of any span: at once where it is short, else by the worker."""

from datetime import date
from tempfile import TemporaryFile

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.design.direction import page_language
from infitah.design.entry import carried_out, status_of
from infitah.information.conf import OPTIONS
from infitah.information.forms.desk_register import RegisterForm
from infitah.information.operations import exports as operations
from infitah.information.queries.figures import files
from infitah.information.queries.figures.office import exports_of


def _here(request: HttpRequest) -> Community:
    community: Community = request.community  # type: ignore[attr-defined]
    return community


@desk_page("information.read")
def register(request: HttpRequest) -> HttpResponseBase:
    """Ask for the register of some days; a long one is made in the background."""
    today = clock.today()
    start = {"first": date(today.year, 1, 1), "last": today, "form": "xlsx"}
    form = RegisterForm(request.POST if request.method == "POST" else None, initial=start)
    community = _here(request)
    done = carried_out(form, lambda: operations.is_long(community, _wanted(form)))
    if done and not done.record:
        return _at_once(community, _wanted(form))
    if done:
        operations.ask_export(
            community=community,
            wanted=_wanted(form),
            by=viewer_of(request).actor(),
            now=clock.now(),
        )
        messages.success(request, _("The file is being made; it appears below within minutes."))
        return redirect("information_desk:register")
    context = {
        "form": form,
        "exports": list(exports_of(viewer_of(request))),
        "days": OPTIONS.export_days,
    }
    return render(request, "information/desk/register.html", context, status=status_of(form))


def _wanted(form: RegisterForm) -> operations.Wanted:
    return operations.Wanted(form.span(), form.cleaned_data["form"], page_language())


def _at_once(community: Community, wanted: operations.Wanted) -> HttpResponseBase:
    out = TemporaryFile()  # noqa: SIM115 - the answer closes it
    files.write_register(
        out,
        community,
        wanted.span,
        form=wanted.form,
        language=wanted.language,
        today=clock.today(),
    )
    out.seek(0)
    name = files.file_name(community, wanted.span, wanted.form)
    media = files.MEDIA[files.Form(wanted.form)]
    return FileResponse(out, as_attachment=True, filename=name, content_type=media)
