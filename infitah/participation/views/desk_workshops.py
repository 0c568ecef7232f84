"""Workshops at the desk: announce one, print its sheets, type its notes, take a wrong one back."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from infitah.core import clock
from infitah.core.errors import OperationRefused
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out
from infitah.kernel.localized import LANGUAGES
from infitah.participation import operations, queries
from infitah.participation.forms.reasons import WithdrawNoteForm
from infitah.participation.forms.workshops import NotesForm, WorkshopForm
from infitah.participation.models import Consultation, Workshop, WorkshopTable
from infitah.participation.queries.marks import workshop_mark
from infitah.participation.rules import (
    STATEMENT_MAX,
    STATEMENT_MIN,
    last_day,
    may_hold_workshop,
)
from infitah.participation.views.reasons import ReasonPage, done_with_reason

SHEET_LANGUAGES = LANGUAGES[:2]


def _trail(*more: tuple[object, str]) -> list[tuple[object, str]]:
    return [(_("Workshops"), reverse("participation_desk:workshops")), *more]


def _url(workshop: Workshop) -> str:
    return reverse("participation_desk:workshop", args=[workshop.consultation.slug, workshop.slug])


@desk_page("idea.enter", "consultation.edit")
def workshops(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    context = {
        "workshops": queries.desk_workshops(viewer=viewer),
        "elsewhere": queries.ideas_of_other_workshops(viewer=viewer),
        "consultations": [
            card
            for card in queries.desk_consultations(viewer=viewer, now=clock.now())
            if card.takes_ideas
            and card.state not in {"draft", "cancelled"}
            and may_hold_workshop(clock.today(), last_day=card.last_day)
        ],
    }
    return render(request, "participation/desk/workshops.html", context)


def _consultation(request: HttpRequest, slug: str) -> Consultation:
    found = queries.consultation_for(viewer=viewer_of(request), slug=slug)
    if found is None:
        raise Http404
    return found


@desk_page("consultation.edit")
def create(request: HttpRequest, slug: str) -> HttpResponse:
    consultation = _consultation(request, slug)
    form = WorkshopForm(request.POST or None, consultation=consultation)
    made = carried_out(
        form,
        lambda: operations.create_workshop(
            consultation=consultation,
            text=form.text(),
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if made:
        messages.success(request, _("The workshop is announced: everybody can read it."))
        return redirect("participation_desk:workshop", slug, made.record.slug)
    context = {"consultation": consultation, "form": form, "trail": _trail()}
    status = 422 if form.is_bound else 200
    return render(request, "participation/desk/workshop_new.html", context, status=status)


def _workshop(request: HttpRequest, slug: str, workshop: str) -> Workshop:
    found = queries.workshop_for(viewer=viewer_of(request), slug=slug, workshop=workshop)
    if found is None:
        raise Http404
    return found


@desk_page("idea.enter", "consultation.edit")
def workshop(request: HttpRequest, slug: str, workshop: str) -> HttpResponse:
    found, viewer = _workshop(request, slug, workshop), viewer_of(request)
    seen = workshop_mark(found)
    form = None
    if viewer.may("consultation.edit") and found.cancelled_at is None:
        form = WorkshopForm(request.POST or None, consultation=found.consultation, workshop=found)
    if form is not None and carried_out(form, partial(_edited, request, found, form, seen)):
        messages.success(request, _("The workshop is changed."))
        return redirect(_url(found))
    context = {
        "page": queries.workshop_page(viewer=viewer, workshop=found, now=clock.now()),
        "workshop": found,
        "form": form,
        "languages": SHEET_LANGUAGES,
        "may_type": viewer.may("idea.enter") and found.cancelled_at is None,
        "trail": _trail(),
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "participation/desk/workshop.html", context, status=status)


def _edited(request: HttpRequest, found: Workshop, form: WorkshopForm, seen: str) -> Workshop:
    by, now = viewer_of(request).actor(), clock.now()
    return operations.edit_workshop(
        workshop_id=found.pk, text=form.text(), by=by, now=now, seen=seen
    )


@desk_page("consultation.edit")
def cancel(request: HttpRequest, slug: str, workshop: str) -> HttpResponse:
    found = _workshop(request, slug, workshop)
    page = ReasonPage(
        template="participation/desk/workshop_cancel.html",
        told=_("The workshop is cancelled; its public page says why."),
        back=_url(found),
        context={"workshop": found, "trail": _trail((found.name, _url(found)))},
    )
    return done_with_reason(
        request, partial(operations.cancel_workshop, workshop_id=found.pk), page
    )


@desk_page("consultation.edit")
def remove_table(request: HttpRequest, token: str) -> HttpResponse:
    found = _table(request, token, "consultation.edit")
    workshop, back = found.workshop, _url(found.workshop)
    page = ReasonPage(
        template="participation/desk/table_remove.html",
        told=_("Table %(n)s is taken out.") % {"n": found.number},
        back=back,
        context={"table": found, "workshop": workshop, "trail": _trail((workshop.name, back))},
    )
    return done_with_reason(request, partial(operations.remove_table, table_id=found.pk), page)


@desk_page("idea.enter", "consultation.edit")
def sheets(request: HttpRequest, slug: str, workshop: str, language: str) -> HttpResponse:
    """Every sheet of a workshop, a page a table; one table's alone with `?table=`."""
    found = _workshop(request, slug, workshop)
    tables = list(found.tables.select_related("axis").order_by("number"))
    wanted = request.GET.get("table", "")
    if wanted:
        tables = [table for table in tables if str(table.number) == wanted]
    if language not in SHEET_LANGUAGES or not tables:
        raise Http404
    content = queries.sheets_pdf(found, tables, language)
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{slug}-{workshop}-{language}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _table(request: HttpRequest, token: str, right: str = "idea.enter") -> WorkshopTable:
    found = queries.table_of_token(viewer=viewer_of(request), token=token, right=right)
    if found is None:
        raise Http404
    return found


@desk_page("idea.enter")
def table(request: HttpRequest, token: str) -> HttpResponse:
    """Type the notes of a table: a page of rows that keeps everything until all of it is right."""
    found = _table(request, token)
    if request.method != "POST":
        return _typing(request, NotesForm(table=found, asked=request.GET.get("rows", "")), found)
    form = NotesForm(request.POST, table=found)
    if "more" in request.POST:
        return _typing(request, form, found, status=200)
    if not form.is_valid():
        return _typing(request, form, found)
    return _judged(request, form, found)


def _judged(request: HttpRequest, form: NotesForm, found: WorkshopTable) -> HttpResponse:
    """Give the notes their numbers, or only look whether they would get them, by one judgement.

    Lines that have just become rows are looked at first, whichever button was pressed.
    """
    try:
        if "send" not in request.POST or form.read:
            operations.check_notes(table=found, key=form.key, notes=form.notes(), now=clock.now())
            return _typing(request, form, found, status=200, checked=True)
        made = operations.enter_notes(
            table_id=found.pk,
            key=form.key,
            notes=form.notes(),
            interface=viewer_of(request).language,
            by=viewer_of(request).actor(),
            now=clock.now(),
        )
    except operations.NotesRefused as refused:
        form.add_faults(refused.faults)
        return _typing(request, form, found, refusal=refused.message)
    except OperationRefused as refused:
        return _typing(request, form, found, refusal=refused.message)
    count = len(made)
    told = ngettext("%(n)s note has its number.", "%(n)s notes have their numbers.", count)
    messages.success(request, told % {"n": count})
    return redirect("participation_desk:table-notes", found.token)


def _typing(
    request: HttpRequest,
    form: NotesForm,
    found: WorkshopTable,
    *,
    status: int | None = None,
    **more: object,
) -> HttpResponse:
    context = {
        "form": form,
        "rows": list(form.each_row()),
        "table": found,
        "workshop": found.workshop,
        "is_late": found.workshop.held_on > last_day(found.workshop.consultation.closes_at),
        "is_early": clock.today() < found.workshop.held_on,
        "may_change": viewer_of(request).may("consultation.edit"),
        "least": STATEMENT_MIN,
        "most": STATEMENT_MAX,
        "typed": len(queries.typed_at_table(viewer=viewer_of(request), table=found)),
        "trail": _trail((found.workshop.name, _url(found.workshop))),
        **more,
    }
    status = status or (422 if form.is_bound else 200)
    return render(request, "participation/desk/table_entry.html", context, status=status)


@desk_page("idea.enter")
def table_notes(request: HttpRequest, token: str) -> HttpResponse:
    """The numbers of a table's notes, to read out and to print."""
    found = _table(request, token)
    context = {
        "table": found,
        "workshop": found.workshop,
        "ideas": queries.typed_at_table(viewer=viewer_of(request), table=found),
        "trail": _trail((found.workshop.name, _url(found.workshop))),
    }
    return render(request, "participation/desk/table_notes.html", context)


@desk_page("idea.enter")
def withdraw_note(request: HttpRequest, reference: str) -> HttpResponse:
    found = queries.note_to_withdraw(viewer=viewer_of(request), reference=reference)
    if found is None or found.table is None:
        raise Http404
    page = ReasonPage(
        template="participation/desk/note_withdraw.html",
        told=_("The note is taken back; its number stays."),
        back=reverse("participation_desk:table-notes", args=[found.table.token]),
        context={"idea": found, "trail": _trail()},
        form=WithdrawNoteForm,
    )
    act = partial(operations.withdraw_note, community_id=found.community_id, reference=reference)
    return done_with_reason(request, act, page)
