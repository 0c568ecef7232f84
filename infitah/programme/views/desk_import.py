"""Desk pages of a running programme's import, and of what one cycle takes over from another."""

import uuid
from io import BytesIO
from itertools import chain
from urllib.parse import urlencode

from django.core.files.uploadedfile import UploadedFile
from django.core.signing import Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from infitah.core import clock, files
from infitah.core.errors import OperationRefused
from infitah.core.files import Upload
from infitah.core.http import desk_page, viewer_of
from infitah.core.media_types import KindRefused
from infitah.core.models import StoredFile
from infitah.core.operations import stage_file
from infitah.core.tables import table_file
from infitah.design.entry import carried_out, status_of
from infitah.programme import operations
from infitah.programme.forms import importing as forms
from infitah.programme.models import Commitment, Cycle
from infitah.programme.queries import carry_over as carrying
from infitah.programme.queries import preview_of
from infitah.programme.queries.import_columns import columns_told
from infitah.programme.queries.importing import NO_TABLE
from infitah.programme.rules.cells import WINDOWS_ARABIC, decoded
from infitah.programme.rules.importing import COLUMNS, EXAMPLE_MARKS
from infitah.programme.views.desk_cycle import back, cycle_or_404, trail_of

MAX_BYTES = 8 * 1024 * 1024
TABLES = frozenset({"text/csv", "text/plain"})
SEAL = Signer(salt="programme.import")
"""Says that a file was staged by this page: letters and mails are texts of the same store."""


@desk_page("programme.edit")
def deliberation(request: HttpRequest, slug: str) -> HttpResponse:
    cycle = cycle_or_404(request, slug)
    form = forms.PastDeliberationForm(request.POST or None)
    done = carried_out(
        form,
        lambda: operations.enter_past_deliberation(
            body=operations.council_that_adopted(cycle),
            session=form.session(),
            adopted=form.adopted(),
            counts=form.counts(),
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return back(request, _("The deliberation is entered."), "import", slug)
    context = {"cycle": cycle, "form": form, "trail": trail_of(cycle)}
    return render(request, "programme/desk/past_deliberation.html", context, status=status_of(form))


@desk_page("programme.edit")
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    cycle = cycle_or_404(request, slug)
    form = forms.FileForm(request.POST or None, request.FILES or None)
    done = carried_out(form, lambda: _staged(request, form.cleaned_data["file"]))
    if done:
        page = reverse("programme_desk:import_preview", args=[slug, done.record.key])
        told = {"seal": SEAL.signature(f"{slug}/{done.record.key}")}
        if form.cleaned_data["file"].charset == WINDOWS_ARABIC:
            told["from"] = WINDOWS_ARABIC
        return redirect(f"{page}?{urlencode(told)}")
    context = {
        "cycle": cycle,
        "form": form,
        "columns": columns_told(cycle),
        "trail": trail_of(cycle),
    }
    return render(request, "programme/desk/import.html", context, status=status_of(form))


def _staged(request: HttpRequest, given: UploadedFile) -> StoredFile:
    try:
        stored = stage_file(
            _in_utf8(given),
            community_key=request.community.key,  # type: ignore[attr-defined]
            name=given.name or "programme.csv",
            now=clock.now(),
            max_bytes=MAX_BYTES,
        )
    except KindRefused as refused:
        raise OperationRefused(str(NO_TABLE), field="file") from refused
    if stored.media_type not in TABLES:
        raise OperationRefused(str(NO_TABLE), field="file")
    return stored


def _in_utf8(given: UploadedFile) -> Upload:
    """Return the file, or its words in UTF-8 where a spreadsheet wrote the Arabic of Windows.

    Raises OperationRefused for what is no text. A file that is too large is left to the store.
    """
    if (given.size or 0) > MAX_BYTES:
        return given
    found = decoded(given.read())
    given.seek(0)
    if found is None:
        raise OperationRefused(str(NO_TABLE), field="file")
    if found[1] != WINDOWS_ARABIC:
        return given
    given.charset = WINDOWS_ARABIC
    return BytesIO(found[0].encode())


def _kept(request: HttpRequest, slug: str, key: uuid.UUID) -> StoredFile:
    """Return the table staged here for this cycle; 404 for every other file of the community."""
    if not constant_time_compare(request.GET.get("seal", ""), SEAL.signature(f"{slug}/{key}")):
        raise Http404
    found = StoredFile.objects.filter(
        key=key,
        community_key=request.community.key,  # type: ignore[attr-defined]
        media_type__in=TABLES,
    ).exclude(state=StoredFile.State.WITHDRAWN)
    stored = found.first()
    if stored is None:
        raise Http404
    return stored


@desk_page("programme.edit")
def preview(request: HttpRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    cycle, stored = cycle_or_404(request, slug), _kept(request, slug, key)
    found = preview_of(cycle, files.content(stored), clock.today())
    form = forms.ConfirmImportForm(request.POST or None, community=cycle.community)
    done = carried_out(
        form,
        lambda: operations.import_programme(
            cycle=cycle,
            reading=found.reading,
            deliberation=form.cleaned_data["deliberation"],
            file=stored,
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return back(request, _("The programme is imported."), "cycle", slug)
    context = {
        "cycle": cycle,
        "preview": found,
        "form": form,
        "file": stored,
        "is_windows": request.GET.get("from") == WINDOWS_ARABIC,
        "trail": trail_of(cycle),
    }
    status = 422 if form.is_bound or found.faults else 200
    return render(request, "programme/desk/import_preview.html", context, status=status)


@desk_page("programme.edit")
def example(request: HttpRequest, slug: str) -> HttpResponse:
    cycle = cycle_or_404(request, slug)
    cells = ([row.get(column, "") for column in COLUMNS] for row in _example_rows(cycle))
    return table_file(f"programme-{slug}.csv", chain([COLUMNS], cells), delimiter=";")


def _example_rows(cycle: Cycle) -> list[dict[str, str]]:
    """Return two rows that a person overwrites: one commitment in two milestones of the cycle."""
    axis = cycle.axes.select_related("axis").first()
    middle = cycle.starts_on + (cycle.ends_on - cycle.starts_on) / 2
    head = {
        "key": "1",
        "title_ar": f"{EXAMPLE_MARKS.ar} نشر محاضر الدورات",
        "title_fr": f"{EXAMPLE_MARKS.fr} Publier les procès-verbaux",
        "axis": axis.axis.slug if axis else "",
        "values": "transparency",
    }
    first = {
        "milestone_title_ar": f"{EXAMPLE_MARKS.ar} إعداد المسطرة",
        "weight": "40",
        "announced_start": cycle.starts_on.isoformat(),
        "announced_end": middle.isoformat(),
    }
    second = {
        "milestone_title_ar": f"{EXAMPLE_MARKS.ar} نشر محاضر سنتين",
        "weight": "60",
        "announced_start": middle.isoformat(),
        "announced_end": cycle.ends_on.isoformat(),
        "after": "1",
    }
    return [head | first, {"key": "1"} | second]


@desk_page("programme.edit")
def carry_over(request: HttpRequest, slug: str) -> HttpResponse:
    cycle = cycle_or_404(request, slug)
    form = forms.CarryIdeasForm(request.POST or None, left=carrying.ideas_left(cycle))
    done = carried_out(
        form,
        lambda: operations.carry_over_ideas(
            ideas=list(form.cleaned_data["ideas"]),
            cycle=cycle,
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return back(
            request, _("The ideas are taken up; their authors are told."), "carry_over", slug
        )
    return _carry_over_page(request, cycle, form)


def _carry_over_page(
    request: HttpRequest, cycle: Cycle, form: forms.CarryIdeasForm, refusal: str = ""
) -> HttpResponse:
    today = clock.today()
    context = {
        "cycle": cycle,
        "pages": [
            carrying.carry_over_page(cycle, one, today) for one in carrying.sources_of(cycle)[:2]
        ],
        "form": form,
        "has_ideas": carrying.ideas_left(cycle).exists(),
        "taken_up": cycle.carried_ideas.count(),
        "refusal": refusal,
        "trail": trail_of(cycle),
    }
    status = 422 if form.is_bound or refusal else 200
    return render(request, "programme/desk/carry_over.html", context, status=status)


@desk_page("programme.edit")
@require_POST
def carry_commitment(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    cycle = cycle_or_404(request, slug)
    viewer = viewer_of(request)
    commitment = Commitment.objects.visible_to(viewer).filter(reference=reference).first()
    if commitment is None:
        raise Http404
    try:
        operations.carry_over_commitment(
            commitment=commitment, cycle=cycle, by=viewer.actor(), now=clock.now()
        )
    except OperationRefused as refused:
        form = forms.CarryIdeasForm(left=carrying.ideas_left(cycle))
        return _carry_over_page(request, cycle, form, refused.message)
    return back(request, _("A draft holds what remains of it."), "carry_over", slug)
