"""The public page of moderation: counts, hours, appeals; each number says what it counts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from infitah.core import clock
from infitah.core.http import public_page, viewer_of
from infitah.design.direction import in_page_language
from infitah.design.parts import Bar
from infitah.participation import queries
from infitah.participation.queries import ModerationFigures
from infitah.participation.views.public import until


@public_page(kinds=("participation",), until=until)
def moderation(request: HttpRequest) -> HttpResponse:
    figures = queries.moderation_figures(viewer=viewer_of(request), now=clock.now())
    context = {
        "figures": figures,
        "bars": _bars(figures),
        "headers": _headers(),
        "rows": _rows(figures),
        "trail": [(_("Consultations and ideas"), reverse("participation:index"))],
    }
    return render(request, "participation/moderation.html", context)


def _bars(figures: ModerationFigures) -> list[Bar]:
    return [
        Bar(
            label=_("Rule %(number)s: %(text)s")
            % {"number": rule.number, "text": in_page_language(rule.text)},
            value=rule.hidden,
            state="refused",
        )
        for rule in figures.rules
    ]


def _headers() -> list[str]:
    return [
        _("Consultation"),
        _("Received"),
        _("Flagged"),
        _("Hidden"),
        _("Shown again"),
        _("Appeals"),
        pgettext("appeals", "Granted"),
        pgettext("appeals", "Refused"),
    ]


def _rows(figures: ModerationFigures) -> list[list[object]]:
    return [
        [
            one.name,
            one.figures.received,
            one.figures.flagged,
            one.figures.hidden,
            one.figures.restored,
            one.figures.appeals,
            one.figures.granted,
            one.figures.refused,
        ]
        for one in figures.consultations
    ]
