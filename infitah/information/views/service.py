"""The page of a service: its task alone, by a one-time link and a code; never who asked.

The code comes first: without it the page says whose task it is and by when, and no more.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infitah.core import clock
from infitah.design.entry import carried_out
from infitah.information.forms.desk_tasks import CodeForm, ServiceAnswerForm
from infitah.information.models import ServiceTask
from infitah.information.operations import tasks
from infitah.information.operations.tasks import ServiceAnswer
from infitah.information.rules.tasks import MOST_WRONG_CODES, LinkState
from infitah.information.views.following import link_page
from infitah.information.views.taking_in import keep, keys_of, mislabelled, taken

SHUT = {
    LinkState.USED: gettext_lazy("Your answer was received. Thank you; nothing more is needed."),
    LinkState.CANCELLED: gettext_lazy("The officer took this back: nothing is asked any more."),
    LinkState.EXPIRED: gettext_lazy("This link is too old. Ask the officer for a new one."),
    LinkState.LOCKED: gettext_lazy(
        "The code was wrong five times, so this link is locked. Ask the officer for a new one."
    ),
}


@link_page
def task(request: HttpRequest, token: str) -> HttpResponse:
    community = request.community  # type: ignore[attr-defined]
    found, now = tasks.task_of_link(community, token), clock.now()
    if found is None:
        raise Http404
    state = tasks.state_of_task(found, now)
    if state is not LinkState.OPEN:
        return _page(request, found, shut=SHUT[state], status=200 if state == "used" else 410)
    if request.method != "POST":
        return _page(request, found, code_form=CodeForm())
    code_form = CodeForm(request.POST)
    if not code_form.is_valid():
        return _page(request, found, code_form=code_form, status=422)
    code = code_form.cleaned_data["code"]
    if not tasks.open_task(community=community, token=token, code=code, now=now):
        return _wrong(request, found, code_form)
    return _opened(request, found, token, code)


def _page(
    request: HttpRequest, found: ServiceTask, *, status: int = 200, **more: object
) -> HttpResponse:
    context = {"task": found, **more}
    return render(request, "information/service.html", context, status=status)


def _wrong(request: HttpRequest, found: ServiceTask, form: CodeForm) -> HttpResponse:
    """Say that the code is wrong and how many tries are left; after the last one, what to do."""
    found.refresh_from_db(fields=["wrong_codes"])
    left = MOST_WRONG_CODES - found.wrong_codes
    if left <= 0:
        return _page(request, found, shut=SHUT[LinkState.LOCKED], status=410)
    form.add_error("code", _("This is not the code. Tries left: %(left)s.") % {"left": left})
    return _page(request, found, code_form=form, status=422)


def _opened(request: HttpRequest, found: ServiceTask, token: str, code: str) -> HttpResponse:
    """Show the task to who has the code, and take the answer once."""
    if "result" not in request.POST and "by_whom" not in request.POST:
        return _page(request, found, code=code, form=ServiceAnswerForm())
    now = clock.now()
    sent = taken(request, "service", now)
    if request.POST.get("press") == "keep":
        form = ServiceAnswerForm(initial=request.POST.dict())
        keep(form, sent)
        return _page(
            request, found, code=code, form=form, refusals=[*sent.refusals, *mislabelled(sent)]
        )
    form = ServiceAnswerForm(request.POST)
    keep(form, sent)
    done = carried_out(
        form,
        lambda: tasks.answer_by_link(
            community=found.community,
            token=token,
            code=code,
            answer=_said(form, keys_of(sent)),
            now=now,
        ),
    )
    if done:
        return redirect("information:service", token)
    return _page(request, found, code=code, form=form, status=422)


def _said(form: ServiceAnswerForm, keys: list[str]) -> ServiceAnswer:
    typed = form.cleaned_data
    return ServiceAnswer(typed["result"], typed["words"], typed["by_whom"], keys)
