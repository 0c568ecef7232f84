"""Desk pages of the legal numbers: by law, with source and state; a new dated one; confirming."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from infitah.community import operations
from infitah.community.forms.desk import RuleForm, SourceForm
from infitah.community.models import RuleSet, RuleValue
from infitah.community.operations.law import NewNumber
from infitah.community.views.acts import back
from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.design.direction import in_page_language
from infitah.design.entry import carried_out, status_of


def _by_code(value: RuleValue) -> tuple[bool, int, str, str]:
    """Put D2 before D10, and what has no code last."""
    return (not value.code, len(value.code), value.code, value.key)


@desk_page("ruleset.edit")
def rule_sets(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    values = RuleValue.objects.visible_to(viewer).filter(valid_to=None)
    by_law: dict[int, list[RuleValue]] = {}
    for value in values:
        by_law.setdefault(value.rule_set_id, []).append(value)
    laws = [
        (law, sorted(by_law.get(law.pk, []), key=_by_code))
        for law in RuleSet.objects.visible_to(viewer)
    ]
    return render(request, "community/desk/rule_sets.html", {"laws": laws})


def _current(request: HttpRequest, key: str) -> RuleValue:
    values = RuleValue.objects.visible_to(viewer_of(request)).filter(valid_to=None)
    return get_object_or_404(values.select_related("community", "rule_set"), key=key)


def _page(
    request: HttpRequest,
    value: RuleValue,
    *,
    change: RuleForm | None = None,
    verify: SourceForm | None = None,
) -> HttpResponse:
    source = {"source": in_page_language(value.source_words)}
    held = {name: getattr(value, name) for name in ("value", "unit", "article")}
    change = change or RuleForm(prefix="change", initial=held | source)
    verify = verify or SourceForm(prefix="verify")  # empty: who confirms names what was read
    earlier = RuleValue.objects.visible_to(viewer_of(request)).filter(key=value.key)
    context = {
        "value": value,
        "earlier": earlier.exclude(pk=value.pk).order_by("-valid_from"),
        "change": change,
        "verify": verify,
        "trail": [(_("Legal numbers"), reverse("community_desk:rule_sets"))],
    }
    return render(request, "community/desk/rule.html", context, status=status_of(change, verify))


@desk_page("ruleset.edit")
def rule(request: HttpRequest, key: str) -> HttpResponse:
    return _page(request, _current(request, key))


@desk_page("ruleset.edit")
@require_POST
def change(request: HttpRequest, key: str) -> HttpResponse:
    value = _current(request, key)
    form = RuleForm(request.POST, prefix="change")
    done = carried_out(
        form,
        lambda: operations.set_rule(
            value=value,
            new=NewNumber(**form.cleaned_data),
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return back(request, _("The new number is kept."), "community_desk:rule", key)
    return _page(request, value, change=form)


@desk_page("ruleset.edit")
@require_POST
def verify(request: HttpRequest, key: str) -> HttpResponse:
    value = _current(request, key)
    form = SourceForm(request.POST, prefix="verify")
    done = carried_out(
        form,
        lambda: operations.verify_rule(
            value=value,
            source=form.cleaned_data["source"],
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return back(request, _("The number is confirmed."), "community_desk:rule", key)
    return _page(request, value, verify=form)
