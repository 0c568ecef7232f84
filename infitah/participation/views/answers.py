"""How the ideas of a consultation were answered: the public figures, each with its list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core import clock
from infitah.core.http import public_page
from infitah.design.parts import Bar
from infitah.participation import queries
from infitah.participation.models import Consultation, IdeaAnswer
from infitah.participation.queries import AnswerFigures
from infitah.participation.rules import ANSWER_WITHIN, star_of_answer
from infitah.participation.views.public import found_or_404, until


@public_page(kinds=("participation",), until=until)
def answers(request: HttpRequest, slug: str) -> HttpResponse:
    found = found_or_404(request, slug)
    figures = queries.answer_figures(found, now=clock.now())
    context = {
        "consultation": found,
        "figures": figures,
        "bars": _bars(found, figures) if figures else [],
        "within": ANSWER_WITHIN,
        "trail": [
            (_("Consultations and ideas"), reverse("participation:index")),
            (found.name, found.get_absolute_url()),
        ],
    }
    return render(request, "participation/answers.html", context)


def _bars(consultation: Consultation, figures: AnswerFigures) -> list[Bar]:
    """Return a bar for each answer of the closed list, none left out; each leads to its list."""
    page = reverse("participation:ideas", args=[consultation.slug])
    return [
        Bar(
            label=str(IdeaAnswer.Code(code).label),
            value=count,
            url=f"{page}?answer={code}#ideas" if count else "",
            state=star_of_answer(code),
        )
        for code, count in figures.by_code
    ]
