"""Public pages of the programme, and the same commitments as files."""

from itertools import chain
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core import clock
from infitah.core.http import machine_page, midnight, public_page, viewer_of
from infitah.core.tables import table_file
from infitah.kernel.money import Money
from infitah.participation.queries import texts_about
from infitah.programme import queries
from infitah.programme.models import Cycle
from infitah.programme.queries.commitments import VALUES
from infitah.programme.queries.export import COLUMNS

KINDS = ("programme", "participation", "council")


def _cycle(request: HttpRequest, slug: str) -> Cycle:
    return get_object_or_404(queries.cycles(viewer_of(request)), slug=slug)


def _trail(*steps: tuple[object, str]) -> list[tuple[object, str]]:
    return [(_("Openness programme"), reverse("programme:index")), *steps]


def _context(cycle: Cycle, request: HttpRequest) -> dict[str, Any]:
    viewer, today = viewer_of(request), clock.today()
    return {
        "page": queries.cycle_page(cycle, viewer, today),
        "cycles": queries.cycles(viewer),
        "today": today,
    }


@public_page(kinds=KINDS, until=midnight)
def index(request: HttpRequest) -> HttpResponse:
    viewer, today = viewer_of(request), clock.today()
    current = queries.current_cycle(viewer, today)
    if current is None:
        above = queries.programme_above(request.community)  # type: ignore[attr-defined]
        return render(request, "programme/none.html", {"above": above})
    beside = {
        "coming": queries.coming_cycle(viewer, current, today),
        "late_elsewhere": queries.late_elsewhere(viewer, current, today),
    }
    return render(request, "programme/cycle.html", _context(current, request) | beside)


@public_page(kinds=KINDS, until=midnight)
def cycle(request: HttpRequest, slug: str) -> HttpResponse:
    found = _cycle(request, slug)
    context = _context(found, request) | {"trail": _trail((found.title, ""))}
    return render(request, "programme/cycle.html", context)


@public_page(kinds=KINDS, until=midnight)
def commitment(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    page = queries.commitment_page(
        cycle_slug=slug, reference=reference, viewer=viewer_of(request), today=clock.today()
    )
    if page is None:
        raise Http404
    held = page.card.commitment
    voices = queries.voices_of(held, viewer_of(request), clock.today())
    context = {
        "page": page,
        "updated": max(filter(None, (page.updated_on, voices.told_on)), default=None),
        "thread": queries.by_day([*page.thread, *queries.report_knots(viewer_of(request), slug)]),
        "commitment": held,
        "voices": voices,
        "budget": None if held.budget is None else Money(held.budget),
        "values": [VALUES[value] for value in held.values if value in VALUES],
        "quality": queries.published_quality(held),
        "asked": texts_about(viewer=viewer_of(request), subject=reference),
        "trail": _trail(
            (held.cycle.title, reverse("programme:cycle", args=[slug])), (held.title, "")
        ),
    }
    return render(request, "programme/commitment.html", context)


@public_page(kinds=KINDS, until=midnight)
def late(request: HttpRequest, slug: str) -> HttpResponse:
    found = _cycle(request, slug)
    context = {
        "cycle": found,
        "overdue": queries.overdue(viewer_of(request), found, clock.today()),
        "today": clock.today(),
        "trail": _trail(
            (found.title, reverse("programme:cycle", args=[slug])), (_("What is late"), "")
        ),
    }
    return render(request, "programme/late.html", context)


@machine_page(kinds=KINDS)
def commitments_csv(request: HttpRequest, slug: str) -> HttpResponse:
    rows = queries.commitment_rows(_cycle(request, slug), viewer_of(request), clock.today())
    cells = ([row[name] for name in COLUMNS] for row in rows)
    return table_file(f"commitments-{slug}.csv", chain([COLUMNS], cells))


@machine_page(kinds=KINDS)
def commitments_json(request: HttpRequest, slug: str) -> HttpResponse:
    found = _cycle(request, slug)
    rows = list(queries.commitment_rows(found, viewer_of(request), clock.today()))
    body = {
        "cycle": found.slug,
        "title": found.title.as_json(),
        "deliberation": found.deliberation.reference if found.deliberation else None,
        "sha256": found.sha256,
        "counted_on": clock.today().isoformat(),
        "rows": len(rows),
        "milestones": rows,
    }
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False, "indent": 1})
