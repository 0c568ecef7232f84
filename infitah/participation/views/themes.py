"""Themes and groups of opinion as everybody reads them, once they may be read."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core import clock
from infitah.core.http import public_page, viewer_of
from infitah.design.parts import Bar
from infitah.participation import queries, rules
from infitah.participation.models import Consultation
from infitah.participation.queries.opinion import OpinionPage, ReadStatements
from infitah.participation.rules import Reading
from infitah.participation.views.public import found_or_404, until


def _trail(consultation: Consultation, *, is_theme: bool = False) -> list[tuple[object, str]]:
    trail: list[tuple[object, str]] = [
        (_("Consultations and ideas"), reverse("participation:index")),
        (consultation.name, consultation.get_absolute_url()),
    ]
    if is_theme:
        trail.append((_("Themes"), reverse("participation:themes", args=[consultation.slug])))
    return trail


def _page_url(name: str, reference: str) -> str:
    return f"?{name}={reference}#ideas" if reference else ""


@public_page(kinds=("participation",), until=until)
def themes(request: HttpRequest, slug: str) -> HttpResponse:
    consultation = found_or_404(request, slug)
    page = queries.themes_page(
        viewer=viewer_of(request),
        consultation=consultation,
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
        now=clock.now(),
    )
    if page is None:
        raise Http404
    bars = [
        Bar(
            one.name,
            one.counts.ideas,
            reverse("participation:theme", args=[slug, one.reference]),
        )
        for one in page.themes
    ]
    context = {
        "consultation": consultation,
        "page": page,
        "bars": bars,
        "newer_url": _page_url("after", page.loose.newer),
        "older_url": _page_url("before", page.loose.older),
        "trail": _trail(consultation),
    }
    return render(request, "participation/themes.html", context)


@public_page(kinds=("participation",), until=until)
def theme(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """Show a theme; one that was merged leads to the theme that holds its ideas now."""
    consultation = found_or_404(request, slug)
    page = queries.theme_page(
        viewer=viewer_of(request),
        consultation=consultation,
        reference=reference,
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
        now=clock.now(),
    )
    if page is None:
        raise Http404
    if page.leads_to:
        return redirect("participation:theme", slug, page.leads_to)
    context = {
        "consultation": consultation,
        "theme": page.theme,
        "page": page,
        "newer_url": _page_url("after", page.ideas.newer),
        "older_url": _page_url("before", page.ideas.older),
        "trail": _trail(consultation, is_theme=True),
    }
    return render(request, "participation/theme.html", context)


@public_page(kinds=("participation",), until=until)
def opinion(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the groups behind the gate, or that these votes show none; nothing before closing."""
    consultation = found_or_404(request, slug)
    page = queries.opinion_page(
        viewer=viewer_of(request), consultation=consultation, now=clock.now()
    )
    context = {
        "consultation": consultation,
        "page": page,
        "lists": _lists(page) if page else [],
        "last_day": rules.last_day(consultation.closes_at),
        "percent_from": rules.PERCENT_FROM,
        "trail": _trail(consultation),
    }
    return render(request, "participation/opinion.html", context)


def _lists(page: OpinionPage) -> list[tuple[str, str, str, ReadStatements]]:
    """Return name, heading, explanation and statements of each reading that has any."""
    named = (
        (
            Reading.CONSENSUS,
            _("Agreed by all groups"),
            _("Two thirds or more of each group agree."),
        ),
        (
            Reading.BRIDGE,
            _("Bridges between the groups"),
            _("More than half of each group agree."),
        ),
        (
            Reading.DIVISIVE,
            _("What divides the groups"),
            _("More than half of one group agree, more than half of another disagree."),
        ),
        (
            Reading.REFUSED,
            _("Refused by all groups"),
            _("Two thirds or more of each group disagree."),
        ),
    )
    found = [(str(one), title, words, page.read_as(one)) for one, title, words in named]
    return [one for one in found if one[-1].first]


@public_page(kinds=("participation",), until=until)
def opinion_json(request: HttpRequest, slug: str) -> HttpResponse:
    consultation = found_or_404(request, slug)
    page = queries.opinion_page(
        viewer=viewer_of(request), consultation=consultation, now=clock.now()
    )
    if page is None or page.run is None:
        raise Http404
    content = json.dumps(
        {"consultation": slug, **queries.opinion_json(page)}, ensure_ascii=False, indent=1
    )
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    key = request.community.key  # type: ignore[attr-defined]
    response.headers["Content-Disposition"] = f'inline; filename="{key}-{slug}-opinion.json"'
    return response
