"""Arranging themes at the desk, and asking for computations."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from infitah.core import clock
from infitah.core.errors import OperationRefused
from infitah.core.http import desk_page, viewer_of
from infitah.design.entry import carried_out
from infitah.participation import operations, queries, rules
from infitah.participation.forms.themes import (
    LOOSE,
    MergeForm,
    OrderForm,
    PlaceForm,
    RenameForm,
    RunForm,
    TextRunForm,
    ThemeForm,
)
from infitah.participation.models import ClusterRun, Consultation, Theme
from infitah.participation.queries import ThemePage

ARRANGES = "consultation.edit"


def _found(request: HttpRequest, slug: str) -> Consultation:
    consultation = queries.consultation_for(viewer=viewer_of(request), slug=slug)
    if consultation is None or consultation.announced_at is None:
        raise Http404
    return consultation


def _trail(consultation: Consultation, *, is_theme: bool = False) -> list[tuple[object, str]]:
    page = reverse("participation_desk:consultation", args=[consultation.slug])
    trail: list[tuple[object, str]] = [
        (_("Consultations"), reverse("participation_desk:consultations")),
        (consultation.name, page),
    ]
    if is_theme:
        here = reverse("participation_desk:themes", args=[consultation.slug])
        trail.append((_("Themes"), here))
    return trail


def _page_url(name: str, reference: str) -> str:
    return f"?{name}={reference}#ideas" if reference else ""


def _to_themes(request: HttpRequest, consultation: Consultation, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("participation_desk:themes", consultation.slug)


# All themes of a consultation -------------------------------------------------------------------


def _themes_page(
    request: HttpRequest, consultation: Consultation, *, refusal: str = "", **forms_: forms.Form
) -> HttpResponse:
    viewer = viewer_of(request)
    page = queries.desk_themes(
        viewer=viewer,
        consultation=consultation,
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
    )
    if page is None:
        raise Http404
    standing = [(one.reference, one.name) for one in page.themes]
    context: dict[str, Any] = {
        "consultation": consultation,
        "page": page,
        "is_closed": consultation.state(clock.now()) == rules.ConsultationState.CLOSED,
        "unpublished": sum(not one.is_published and one.counts.ideas > 0 for one in page.themes),
        "place": forms_.get("place") or PlaceForm(themes=standing),
        "add": forms_.get("add") or ThemeForm(),
        "order": forms_.get("order") or OrderForm(themes=standing),
        "refusal": refusal,
        "newer_url": _page_url("after", page.loose.newer),
        "older_url": _page_url("before", page.loose.older),
        "ways": queries.desk_ways(viewer, consultation),
        "trail": _trail(consultation),
    }
    status = 422 if forms_ or refusal else 200
    return render(request, "participation/desk/themes.html", context, status=status)


@desk_page(ARRANGES)
def themes(request: HttpRequest, slug: str) -> HttpResponse:
    return _themes_page(request, _found(request, slug))


@desk_page(ARRANGES)
@require_POST
def add(request: HttpRequest, slug: str) -> HttpResponse:
    consultation, form = _found(request, slug), ThemeForm(request.POST)
    done = carried_out(
        form,
        lambda: operations.add_theme(
            consultation=consultation,
            words=form.words(),
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return _to_themes(request, consultation, _("The theme is added."))
    return _themes_page(request, consultation, add=form)


def _standing(request: HttpRequest, consultation: Consultation) -> list[Any]:
    return queries.standing_themes(viewer=viewer_of(request), consultation=consultation)


@desk_page(ARRANGES)
@require_POST
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """Put ideas that are in no theme into one."""
    consultation = _found(request, slug)
    form = PlaceForm(request.POST, themes=_standing(request, consultation))
    done = carried_out(form, lambda: _move(request, consultation, form, was_in=""))
    if done:
        return _to_themes(request, consultation, _moved(form))
    return _themes_page(request, consultation, place=form)


def _move(
    request: HttpRequest, consultation: Consultation, form: PlaceForm, *, was_in: str
) -> None:
    chosen, to = form.cleaned_data["ideas"], form.cleaned_data["to"]
    by, now = viewer_of(request).actor(), clock.now()
    if to == LOOSE:
        operations.remove_from_theme(
            consultation=consultation, references=chosen, was_in=was_in, by=by, now=now
        )
    else:
        operations.move_ideas(
            consultation=consultation, references=chosen, to=to, was_in=was_in, by=by, now=now
        )


def _moved(form: PlaceForm) -> str:
    count = len(form.cleaned_data["ideas"])
    return ngettext("%(n)s idea was moved.", "%(n)s ideas were moved.", count) % {"n": count}


@desk_page(ARRANGES)
@require_POST
def order(request: HttpRequest, slug: str) -> HttpResponse:
    consultation = _found(request, slug)
    form = OrderForm(request.POST, themes=_standing(request, consultation))
    done = carried_out(
        form,
        lambda: operations.order_themes(
            consultation=consultation,
            references=form.numbers(),
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        return _to_themes(request, consultation, _("The order is kept."))
    return _themes_page(request, consultation, order=form)


@desk_page(ARRANGES)
@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    consultation = _found(request, slug)
    try:
        count = operations.publish_themes(
            consultation=consultation, by=viewer_of(request).actor(), now=clock.now()
        )
    except OperationRefused as refused:
        return _themes_page(request, consultation, refusal=refused.message)
    words = ngettext("%(n)s theme is public now.", "%(n)s themes are public now.", count)
    return _to_themes(request, consultation, words % {"n": count})


# One theme --------------------------------------------------------------------------------------


def _theme(request: HttpRequest, reference: str) -> ThemePage:
    page = queries.desk_theme(
        viewer=viewer_of(request),
        reference=reference,
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
        now=clock.now(),
    )
    if page is None:
        raise Http404
    return page


def _theme_page(request: HttpRequest, page: ThemePage, **forms_: forms.Form) -> HttpResponse:
    theme = page.theme
    themes = _standing(request, theme.consultation)
    others = [one for one in themes if one[0] != theme.reference]
    context = {
        "theme": theme,
        "consultation": theme.consultation,
        "page": page,
        "words": forms_.get("words") or RenameForm(theme=theme),
        "place": forms_.get("place") or PlaceForm(themes=others, is_in_theme=True),
        "merge": forms_.get("merge") or MergeForm(theme=theme, themes=themes),
        "has_others": bool(others),
        "newer_url": _page_url("after", page.ideas.newer),
        "older_url": _page_url("before", page.ideas.older),
        "is_answerable": theme.consultation.state(clock.now()) == rules.ConsultationState.CLOSED,
        "ways": queries.desk_ways(viewer_of(request), theme.consultation, theme),
        "trail": _trail(theme.consultation, is_theme=True),
    }
    status = 422 if forms_ else 200
    return render(request, "participation/desk/theme.html", context, status=status)


@desk_page(ARRANGES)
def theme(request: HttpRequest, reference: str) -> HttpResponse:
    page = _theme(request, reference)
    if page.leads_to:
        messages.info(request, _("%(number)s was merged into this theme.") % {"number": reference})
        return redirect("participation_desk:theme", page.leads_to)
    return _theme_page(request, page)


def _seeing_now(form: Any, theme: Theme) -> None:
    """Let a refused form be sent again by who has seen what stands now."""
    data: QueryDict = form.data.copy()
    data["seen"] = theme.changed_at.isoformat()
    form.data = data


@desk_page(ARRANGES)
@require_POST
def rename(request: HttpRequest, reference: str) -> HttpResponse:
    page = _theme(request, reference)
    form = RenameForm(request.POST, theme=page.theme)
    done = carried_out(
        form,
        lambda: operations.rename_theme(
            theme=page.theme,
            words=form.words(),
            seen=form.cleaned_data["seen"],
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        messages.success(request, _("The words are kept."))
        return redirect("participation_desk:theme", reference)
    _seeing_now(form, page.theme)
    return _theme_page(request, page, words=form)


@desk_page(ARRANGES)
@require_POST
def move(request: HttpRequest, reference: str) -> HttpResponse:
    """Put ideas of a theme into another one, or out of it."""
    page = _theme(request, reference)
    consultation = page.theme.consultation
    themes = [one for one in _standing(request, consultation) if one[0] != reference]
    form = PlaceForm(request.POST, themes=themes, is_in_theme=True)
    done = carried_out(form, lambda: _move(request, consultation, form, was_in=reference))
    if done:
        messages.success(request, _moved(form))
        return redirect("participation_desk:theme", reference)
    return _theme_page(request, page, place=form)


@desk_page(ARRANGES)
@require_POST
def merge(request: HttpRequest, reference: str) -> HttpResponse:
    """Merge a theme into another one, once that was asked again on a page of its own."""
    page = _theme(request, reference)
    consultation = page.theme.consultation
    themes = _standing(request, consultation)
    form = MergeForm(request.POST, theme=page.theme, themes=themes)
    if "sure" not in request.POST and form.is_valid():
        return _merge_page(request, page, form, dict(themes))
    done = carried_out(
        form,
        lambda: operations.merge_themes(
            theme=page.theme,
            into=form.cleaned_data["into"],
            seen=form.cleaned_data["seen"],
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        messages.success(request, _("The themes are one now; every idea kept its author."))
        return redirect("participation_desk:theme", form.cleaned_data["into"])
    _seeing_now(form, page.theme)
    return _theme_page(request, page, merge=form)


def _merge_page(
    request: HttpRequest, page: ThemePage, form: MergeForm, names: dict[str, Any]
) -> HttpResponse:
    """Say what merging does before it is done: nothing takes it back."""
    theme, into = page.theme, form.cleaned_data["into"]
    here = reverse("participation_desk:theme", args=[theme.reference])
    context = {
        "theme": theme,
        "counts": page.counts,
        "into": into,
        "into_name": names[into],
        "seen": form.cleaned_data["seen"].isoformat(),
        "trail": [*_trail(theme.consultation, is_theme=True), (theme.name, here)],
    }
    return render(request, "participation/desk/theme_merge.html", context)


# Computations -----------------------------------------------------------------------------------


def _runs_page(request: HttpRequest, consultation: Consultation, **forms_: Any) -> HttpResponse:
    runs = queries.desk_runs(viewer=viewer_of(request), consultation=consultation)
    if runs is None:
        raise Http404
    initial = {"seed": runs.seed}
    context = {
        "consultation": consultation,
        "runs": runs,
        "is_closed": consultation.state(clock.now()) == rules.ConsultationState.CLOSED,
        "text": forms_.get("text") or TextRunForm(initial=initial, prefix="text"),
        "opinion": forms_.get("opinion") or RunForm(initial=initial, prefix="opinion"),
        "trail": _trail(consultation),
    }
    status = 422 if forms_ else 200
    return render(request, "participation/desk/runs.html", context, status=status)


@desk_page(ARRANGES)
def runs(request: HttpRequest, slug: str) -> HttpResponse:
    return _runs_page(request, _found(request, slug))


def _ask(
    request: HttpRequest, consultation: Consultation, kind: str, form: Any, parameters: Any
) -> HttpResponse:
    done = carried_out(
        form,
        lambda: operations.request_run(
            consultation=consultation,
            kind=kind,
            parameters=parameters(),
            seed=form.cleaned_data["seed"],
            by=viewer_of(request).actor(),
            now=clock.now(),
        ),
    )
    if done:
        messages.success(request, _("The computation waits; its result comes to this page."))
        return redirect("participation_desk:runs", consultation.slug)
    return _runs_page(request, consultation, **{kind: form})


@desk_page(ARRANGES)
@require_POST
def run_text(request: HttpRequest, slug: str) -> HttpResponse:
    form = TextRunForm(request.POST, prefix="text")
    kind = ClusterRun.Kind.TEXT
    return _ask(request, _found(request, slug), str(kind), form, form.parameters)


@desk_page(ARRANGES)
@require_POST
def run_opinion(request: HttpRequest, slug: str) -> HttpResponse:
    form = RunForm(request.POST, prefix="opinion")
    kind = ClusterRun.Kind.OPINION
    return _ask(request, _found(request, slug), str(kind), form, dict)
