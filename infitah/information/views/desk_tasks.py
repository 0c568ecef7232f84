"""Tasks to services at the desk: given, their link renewed, answered for them, taken back."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from infitah.community.models import Unit
from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out
from infitah.information.forms.desk_tasks import ServiceAnswerForm
from infitah.information.operations import tasks
from infitah.information.operations.task_letters import service_link
from infitah.information.operations.tasks import TaskGiven
from infitah.information.queries.desk_case import DeskCase
from infitah.information.views.desk_acts import BY_NAME
from infitah.information.views.desk_case import case_page, find
from infitah.information.views.taking_in import keep, keys_of, taken

NAME = "task"


@desk_page("information.answer")
def give(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask a service; the code of its link is shown once, to be told by telephone."""
    found, viewer = find(request, reference), viewer_of(request)
    if request.method != "POST":
        return case_page(request, found, opened=NAME)
    form = BY_NAME[NAME].form(request.POST, found)
    units = Unit.objects.visible_to(viewer)
    done = carried_out(
        form,
        lambda: tasks.ask_service(
            community=found.request.community,
            reference=reference,
            unit=get_object_or_404(units, slug=form.cleaned_data["unit"]),
            words=form.cleaned_data["words"],
            due_on=form.cleaned_data["due_on"],
            on=found.today,
            by=viewer.actor(),
            now=clock.now(),
        ),
    )
    if done:
        return _given_page(request, found, done.record)
    return case_page(request, found, filled={NAME: form}, opened=NAME, status=422)


def _given_page(request: HttpRequest, found: DeskCase, given: TaskGiven) -> HttpResponse:
    """Show the code once; the link too, where no mail took it."""
    trail = [
        (_("Access to information"), reverse("information_desk:queue")),
        (found.request.reference, reverse("information_desk:case", args=[found.request.reference])),
    ]
    context = {
        "task": given.task,
        "code": given.code,
        "is_mailed": given.is_mailed,
        "link": "" if given.is_mailed else service_link(given.task.community, given.token),
        "reference": found.request.reference,
        "trail": trail,
    }
    return render(request, "information/desk/task_given.html", context)


def _find(request: HttpRequest, reference: str, position: int) -> DeskCase:
    found = find(request, reference)
    if position not in {one.position for one in found.tasks}:
        raise Http404
    return found


def _act(
    request: HttpRequest, found: DeskCase, position: int, act: Callable[..., object]
) -> object:
    """Return what became of one act on a task, or None with the page's refusal."""
    form = Form(request.POST)
    done = carried_out(
        form,
        lambda: act(
            community=found.request.community,
            reference=found.request.reference,
            position=position,
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return done.record
    return case_page(request, found, refusal=form.non_field_errors()[0], status=422)


@desk_page("information.answer")
@require_POST
def renew(request: HttpRequest, reference: str, position: int) -> HttpResponse:
    found = _find(request, reference, position)
    result = _act(request, found, position, tasks.renew_link)
    return result if isinstance(result, HttpResponse) else _given_page(request, found, result)  # type: ignore[arg-type]


@desk_page("information.answer")
@require_POST
def cancel(request: HttpRequest, reference: str, position: int) -> HttpResponse:
    found = _find(request, reference, position)
    result = _act(request, found, position, tasks.cancel_task)
    if isinstance(result, HttpResponse):
        return result
    messages.success(request, _("What the service was asked is taken back."))
    return redirect("information_desk:case", reference)


@desk_page("information.answer")
@require_POST
def answer(request: HttpRequest, reference: str, position: int) -> HttpResponse:
    """Enter what a service answered by telephone, on paper or by mail."""
    found, now = _find(request, reference, position), clock.now()
    prefix = f"answer-{position}"
    sent = taken(request, "desk", now, field=f"{prefix}-file")
    form = ServiceAnswerForm(request.POST, prefix=prefix)
    keep(form, sent)
    done = carried_out(
        form,
        lambda: tasks.note_service_answer(
            community=found.request.community,
            reference=reference,
            position=position,
            result=form.cleaned_data["result"],
            words=form.cleaned_data["words"],
            by_whom=form.cleaned_data["by_whom"],
            keys=keys_of(sent),
            on=found.today,
            by=viewer_of(request).actor(),
            now=now,
        ),
    )
    if done:
        messages.success(request, _("The answer of the service is kept."))
        return redirect("information_desk:case", reference)
    return case_page(request, found, task_forms={position: form}, status=422)
