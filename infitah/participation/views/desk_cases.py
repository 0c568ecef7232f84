"""The moderators' queue of cases by their clock: one by one, many at once, appeals, comments."""

import uuid
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_POST

from infitah.core import clock
from infitah.core.errors import OperationRefused
from infitah.core.http import desk_page, viewer_of
from infitah.design.direction import in_page_language
from infitah.design.entry import carried_out
from infitah.design.parts import FilterGroup, Option
from infitah.participation import operations, queries
from infitah.participation.forms.cases import (
    AppealDecisionForm,
    BulkForm,
    OfficeReplyForm,
    RulingForm,
)
from infitah.participation.forms.desk import HideForm, NoteForm
from infitah.participation.forms.giving import read_key
from infitah.participation.models import Comment, Consultation
from infitah.participation.operations.case_bulk import MOST
from infitah.participation.operations.cases import may_decide_appeal
from infitah.participation.queries import CaseView
from infitah.participation.queries.cases import SHELVES


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


# The queue ----------------------------------------------------------------------------------------


@desk_page("idea.read")
def cases(request: HttpRequest) -> HttpResponse:
    return _queue_page(request, None)


def _queue_page(request: HttpRequest, form: BulkForm | None) -> HttpResponse:
    viewer, rule = viewer_of(request), _number(request.GET.get("rule", ""))
    shelf = request.GET.get("shelf", "")
    queue = queries.case_queue(
        viewer=viewer,
        shelf=shelf,
        rule=rule,
        after=request.GET.get("after", ""),
        now=clock.now(),
    )
    context = {
        "queue": queue,
        "filters": _filters(request, queue.shelf, rule),
        "next_url": _query(queue.shelf, rule, queue.after) if queue.after else "",
        "first_url": _query(queue.shelf, rule) if request.GET.get("after") else "",
        "form": form or _bulk_form(request),
        "may_decide": viewer.may("idea.hide"),
        "rule": rule,
        "most": MOST,
    }
    status = 422 if form else 200
    return render(request, "participation/desk/cases.html", context, status=status)


def _bulk_form(request: HttpRequest, data: object = None) -> BulkForm:
    community = request.community  # type: ignore[attr-defined]
    return BulkForm(data, community=community, today=clock.today(), prefix="bulk")


def _query(shelf: str, rule: int, after: str = "") -> str:
    values = {"shelf": shelf, "rule": str(rule) if rule else "", "after": after}
    return f"?{urlencode({name: value for name, value in values.items() if value})}"


def _filters(request: HttpRequest, current: str, rule: int) -> list[FilterGroup]:
    names = {
        "": _("To decide"),
        "appeals": _("Appeals"),
        "decided": _("Decided"),
        "closed": pgettext("of cases", "Closed"),
    }
    states = [
        Option(names[shelf], _query(shelf, rule), current=shelf == current) for shelf in SHELVES
    ]
    held = queries.rules_in_force(viewer=viewer_of(request), day=clock.today())
    of_rules = [Option(_("All rules"), _query(current, 0), current=not rule)] + [
        Option(
            _("Rule %(number)s") % {"number": one.number},
            _query(current, one.number),
            current=one.number == rule,
        )
        for one in held
    ]
    return [FilterGroup(_("State"), states), FilterGroup(_("Flagged under"), of_rules)]


@desk_page("idea.hide")
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Decide the ticked cases alike, or all that wait; each is an act that can be undone."""
    form, viewer = _bulk_form(request, request.POST), viewer_of(request)
    if not form.is_valid():
        return _queue_page(request, form)
    chosen = form.chosen
    if form.is_every:
        rule = _number(request.POST.get("rule", ""))
        chosen = queries.waiting_case_ids(viewer=viewer, rule=rule, limit=MOST)
    done = carried_out(
        form,
        lambda: operations.decide_cases(
            community=request.community,  # type: ignore[attr-defined]
            case_ids=chosen,
            ruling=form.ruling(),
            by=viewer.actor(),
            now=clock.now(),
        ),
    )
    if not done:
        return _queue_page(request, form)
    _say(request, len(done.record.decided), done.record.left)
    return redirect(f"{reverse('participation_desk:cases')}?shelf=decided")


def _say(request: HttpRequest, decided: int, left: int) -> None:
    told = ngettext("%(n)s case was decided.", "%(n)s cases were decided.", decided) % {
        "n": decided
    }
    if left:
        told += " " + ngettext(
            "%(n)s was left: it was changed meanwhile, or there were too many at once.",
            "%(n)s were left: they were changed meanwhile, or there were too many at once.",
            left,
        ) % {"n": left}
    messages.success(request, told)


# One case -----------------------------------------------------------------------------------------


def _view(request: HttpRequest, pk: int) -> CaseView:
    found = queries.case_view(viewer=viewer_of(request), pk=pk, now=clock.now())
    if found is None:
        raise Http404
    return found


def _case_page(request: HttpRequest, found: CaseView, **more: object) -> HttpResponse:
    viewer, community = viewer_of(request), request.community  # type: ignore[attr-defined]
    is_appealed = found.case.state == "appealed"
    may_end = is_appealed and may_decide_appeal(
        found.case, officer=viewer.username, community=community, day=clock.now()
    )
    context = {
        "found": found,
        "case": found.case,
        "row": found.row,
        "text": found.text,
        "may_decide": viewer.may("idea.hide"),
        "may_end_appeal": may_end and viewer.may("idea.hide"),
        "ruling": RulingForm(community=community, today=clock.today(), prefix="ruling"),
        "ending": AppealDecisionForm(prefix="ending"),
        "trail": [(_("Moderation cases"), reverse("participation_desk:cases"))],
        **more,
    }
    status = 422 if more else 200
    return render(request, "participation/desk/case.html", context, status=status)


@desk_page("idea.read")
def case(request: HttpRequest, pk: int) -> HttpResponse:
    return _case_page(request, _view(request, pk))


@desk_page("idea.hide")
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    found, viewer = _view(request, pk), viewer_of(request)
    community = request.community  # type: ignore[attr-defined]
    form = RulingForm(request.POST, community=community, today=clock.today(), prefix="ruling")
    done = carried_out(
        form,
        lambda: operations.decide_case(
            community_id=community.pk,
            case_id=pk,
            ruling=form.ruling(),
            by=viewer.actor(),
            now=clock.now(),
        ),
    )
    if done:
        messages.success(request, _("The case is decided."))
        return redirect("participation_desk:case", pk)
    return _case_page(request, found, ruling=form)


@desk_page("idea.hide")
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    found, viewer = _view(request, pk), viewer_of(request)
    try:
        operations.undo_decision(
            community_id=found.case.community_id, case_id=pk, by=viewer.actor(), now=clock.now()
        )
    except OperationRefused as refused:
        return _case_page(request, found, refusal=refused.message)
    messages.success(request, _("The decision is undone; the case waits again."))
    return redirect("participation_desk:case", pk)


@desk_page("idea.hide")
@require_POST
def end_appeal(request: HttpRequest, pk: int) -> HttpResponse:
    found, viewer = _view(request, pk), viewer_of(request)
    form = AppealDecisionForm(request.POST, prefix="ending")
    done = carried_out(
        form,
        lambda: operations.decide_appeal(
            community_id=found.case.community_id,
            case_id=pk,
            is_granted=form.cleaned_data["outcome"] == "granted",
            reason=form.cleaned_data["reason"],
            by=viewer.actor(),
            now=clock.now(),
        ),
    )
    if done:
        messages.success(request, _("The appeal is decided."))
        return redirect("participation_desk:case", pk)
    return _case_page(request, found, ending=form)


# Comments -----------------------------------------------------------------------------------------


@desk_page("idea.read")
def comments(request: HttpRequest) -> HttpResponse:
    """List comments, of one consultation or of all, the newest first, to read and to reply."""
    asked = {
        "state": request.GET.get("state", ""),
        "consultation": request.GET.get("consultation", "")[:60],
    }
    before = _number(request.GET.get("before", ""))
    rows, older = queries.desk_comments(viewer=viewer_of(request), before=before, **asked)
    context = {
        "rows": rows,
        "older_url": _asking({**asked, "before": str(older)}) if older else "",
        "first_url": _asking(asked) if before else "",
        "filters": _comment_filters(request, asked),
    }
    return render(request, "participation/desk/comments.html", context)


def _asking(asked: Mapping[str, str]) -> str:
    return f"?{urlencode({name: value for name, value in asked.items() if value})}"


def _comment_filters(request: HttpRequest, asked: Mapping[str, str]) -> list[FilterGroup]:
    states = [("", pgettext("axes, themes, states", "All")), *Comment.State.choices[:3]]
    held = Consultation.objects.visible_to(viewer_of(request)).order_by("-opens_at")
    named = [("", _("All")), *((one.slug, in_page_language(one.name)) for one in held)]
    return [
        FilterGroup(heading, [_comment_option(asked, name, *one) for one in options])
        for heading, name, options in (
            (_("State"), "state", states),
            (_("Consultation"), "consultation", named),
        )
    ]


def _comment_option(asked: Mapping[str, str], name: str, value: str, label: object) -> Option:
    return Option(str(label), _asking({**asked, name: value}), current=asked[name] == value)


def _comment(request: HttpRequest, pk: int) -> Comment:
    found = (
        queries.comments_visible_to(viewer_of(request))
        .filter(pk=pk)
        .select_related("consultation", "idea", "paragraph__text", "parent")
        .first()
    )
    if found is None:
        raise Http404
    return found


def _comment_page(request: HttpRequest, found: Comment, **more: object) -> HttpResponse:
    community = request.community  # type: ignore[attr-defined]
    viewer = viewer_of(request)
    context = {
        "comment": found,
        "address": queries.address_of_comment(found),
        "open_case": found.cases.waiting().first(),
        "decisions": found.decisions.select_related("rule"),
        "may_decide": viewer.may("idea.hide"),
        "hiding": HideForm(community=community, today=clock.today(), prefix="hide"),
        "restoring": NoteForm(prefix="restore"),
        "reply": OfficeReplyForm(prefix="reply"),
        "key": read_key(request.POST.get("key", "")) or uuid.uuid4(),
        "trail": [(_("Comments"), reverse("participation_desk:comments"))],
        **more,
    }
    status = 422 if more else 200
    return render(request, "participation/desk/comment.html", context, status=status)


@desk_page("idea.read")
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    return _comment_page(request, _comment(request, pk))


@desk_page("idea.hide")
@require_POST
def hide_comment(request: HttpRequest, pk: int) -> HttpResponse:
    community = request.community  # type: ignore[attr-defined]
    form = HideForm(request.POST, community=community, today=clock.today(), prefix="hide")
    return _acted(request, pk, "hiding", form, operations.hide_comment)


@desk_page("idea.restore")
@require_POST
def restore_comment(request: HttpRequest, pk: int) -> HttpResponse:
    form = NoteForm(request.POST, prefix="restore")
    return _acted(request, pk, "restoring", form, operations.restore_comment)


DONE = {
    "hiding": gettext_lazy("The comment is hidden: its number stays, with the rule."),
    "restoring": gettext_lazy("The comment is shown again."),
}


def _acted(
    request: HttpRequest, pk: int, name: str, form: Form, act: Callable[..., object]
) -> HttpResponse:
    """Take one decision on a comment, or give the page back with what was typed and why not."""
    found, viewer = _comment(request, pk), viewer_of(request)
    done = carried_out(
        form,
        lambda: act(
            community_id=found.community_id,
            comment_id=pk,
            by=viewer.actor(),
            now=clock.now(),
            **form.cleaned_data,
        ),
    )
    if done:
        messages.success(request, DONE[name])
        return redirect("participation_desk:comment", pk)
    return _comment_page(request, found, **{name: form})


@desk_page("idea.hide")
@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Reply under the name of the office; the author of the comment is told by mail."""
    found, viewer = _comment(request, pk), viewer_of(request)
    form = OfficeReplyForm(request.POST, prefix="reply")
    done = carried_out(
        form,
        lambda: operations.reply_as_office(
            community=request.community,  # type: ignore[attr-defined]
            comment_id=pk,
            text=form.cleaned_data["text"],
            key=read_key(request.POST.get("key", "")) or uuid.uuid4(),
            by=viewer.actor(),
            now=clock.now(),
        ),
    )
    if not done:
        return _comment_page(request, found, reply=form)
    messages.success(request, _("The reply is shown."))
    return redirect("participation_desk:comment", pk)
