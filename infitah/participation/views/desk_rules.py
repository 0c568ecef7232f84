"""The moderation rules at the desk: everybody who reads ideas sees them, who consults sets them."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from infitah.core import clock
from infitah.core.errors import OperationRefused
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out
from infitah.participation import operations, queries
from infitah.participation.forms.moderation_rules import CloseRuleForm, ModerationRuleForm
from infitah.participation.models import ModerationRule
from infitah.participation.queries.marks import rule_mark

SETS = "consultation.edit"
Form = ModerationRuleForm | CloseRuleForm


def _trail() -> list[tuple[str, str]]:
    return [(_("Moderation rules"), reverse("participation_desk:rules"))]


@desk_page("idea.read")
def rules(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    context = {
        "shelves": queries.desk_rules(viewer, clock.today()),
        "may_set": viewer.may(SETS),
        "trail": [(_("Ideas"), reverse("participation_desk:queue"))],
    }
    return render(request, "participation/desk/rules.html", context)


def _back(request: HttpRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("participation_desk:rules")


@desk_page(SETS)
def add(request: HttpRequest) -> HttpResponse:
    initial = {"starts_on": clock.today()}
    form = ModerationRuleForm(request.POST or None, initial=initial)
    done = carried_out(
        form,
        lambda: operations.add_rule(
            community=request.community,  # type: ignore[attr-defined]
            text=form.text(),
            starts_on=form.cleaned_data["starts_on"],
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return _back(request, _("The rule is kept."))
    context = {"form": form, "trail": _trail()}
    status = 422 if form.is_bound else 200
    return render(request, "participation/desk/rule_add.html", context, status=status)


def _rule(request: HttpRequest, pk: int) -> ModerationRule:
    return get_object_or_404(ModerationRule.objects.visible_to(viewer_of(request)), pk=pk)


def _worded(found: ModerationRule, sent: QueryDict | None = None) -> ModerationRuleForm:
    """Return the form of its words: from tomorrow on, or from the day on which it begins."""
    today = clock.today()
    first = today + timedelta(days=1) if found.starts_on <= today else found.starts_on
    initial = {"starts_on": first}
    return ModerationRuleForm(sent, rule=found, prefix="reword", initial=initial)


def _page(
    request: HttpRequest,
    found: ModerationRule,
    *,
    worded: ModerationRuleForm | None = None,
    closed: CloseRuleForm | None = None,
    refusal: str = "",
) -> HttpResponse:
    context = {
        "rule": found,
        "uses": found.decisions.count(),
        "has_begun": found.starts_on <= clock.today(),
        "is_open": found.ends_on is None,
        "worded": worded or _worded(found),
        "closed": closed or CloseRuleForm(prefix="close"),
        "refusal": refusal,
        "trail": _trail(),
    }
    status = 422 if worded or closed or refusal else 200
    return render(request, "participation/desk/rule.html", context, status=status)


@desk_page(SETS)
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _rule(request, pk))


@desk_page(SETS)
@require_POST
def reword(request: HttpRequest, pk: int) -> HttpResponse:
    found = _rule(request, pk)
    seen = rule_mark(found)
    form = _worded(found, request.POST)
    done = carried_out(
        form,
        lambda: operations.reword_rule(
            rule=found,
            text=form.text(),
            starts_on=form.cleaned_data["starts_on"],
            by=viewer_of(request).actor(),
            now=clock.now(),
            seen=seen,
        ),
    )
    return _back(request, _("The words are kept.")) if done else _page(request, found, worded=form)


@desk_page(SETS)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    found = _rule(request, pk)
    form = CloseRuleForm(request.POST, prefix="close")
    done = carried_out(
        form,
        lambda: operations.close_rule(
            rule=found,
            ends_on=form.cleaned_data["ends_on"],
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    return _back(request, _("The end is kept.")) if done else _page(request, found, closed=form)


@desk_page(SETS)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = _rule(request, pk)
    try:
        operations.withdraw_rule(rule=found, by=viewer_of(request).actor(), now=clock.now())
    except OperationRefused as refused:
        return _page(request, found, refusal=refused.message)
    return _back(request, _("The rule is withdrawn; its wording is in the register."))
