"""Answering ideas at the desk: the queue, one idea, a theme with a line for each."""

import re
from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from infitah.core import clock
from infitah.core.http import desk_page, viewer_of
from infitah.core.viewer import Viewer
from infitah.design.entry import carried_out
from infitah.design.parts import FilterGroup, Option
from infitah.participation import operations, queries
from infitah.participation.forms.answers import AnswerForm, ThemeAnswerForm
from infitah.participation.models import Consultation, Idea
from infitah.participation.queries import AnswerQueue, AnswersOfIdea, IdeaPage, ThemeToAnswer
from infitah.participation.queries.answer_desk import ANSWERED, Group, QueueFilter
from infitah.participation.rules import may_be_answered

NAMED = re.compile(r"(?:take|line_ar|line_fr)_([0-9]{1,9})")


def _place(consultation: Consultation, viewer: Viewer) -> list[tuple[object, str]]:
    if not viewer.may("consultation.edit"):
        return [(consultation.name, "")]
    page = reverse("participation_desk:consultation", args=[consultation.slug])
    return [
        (_("Consultations"), reverse("participation_desk:consultations")),
        (consultation.name, page),
    ]


def _trail(consultation: Consultation, viewer: Viewer) -> list[tuple[object, str]]:
    page = reverse("participation_desk:answers", args=[consultation.slug])
    return [*_place(consultation, viewer), (_("Answers"), page)]


# The queue -------------------------------------------------------------------------------------


@desk_page("answer.give")
def queue(request: HttpRequest, slug: str) -> HttpResponse:
    wanted = QueueFilter(
        theme=request.GET.get("theme", "")[:30],
        axis=request.GET.get("axis", "")[:60],
        shelf=ANSWERED if request.GET.get("shelf") == ANSWERED else "",
    )
    page = queries.answer_queue(
        viewer=viewer_of(request),
        slug=slug,
        wanted=wanted,
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
        now=clock.now(),
    )
    if page is None:
        raise Http404
    newer, older = page.ideas.newer, page.ideas.older
    context = {
        "page": page,
        "consultation": page.consultation,
        "filters": _filters(page),
        "newer_url": _query(wanted, after=newer) if newer else "",
        "older_url": _query(wanted, before=older) if older else "",
        "may_arrange": viewer_of(request).may("consultation.edit"),
        "ways": queries.desk_ways(viewer_of(request), page.consultation),
        "trail": _place(page.consultation, viewer_of(request)),
    }
    return render(request, "participation/desk/answers.html", context)


def _query(wanted: QueueFilter, **more: str) -> str:
    values = {"theme": wanted.theme, "axis": wanted.axis, "shelf": wanted.shelf, **more}
    return f"?{urlencode({name: value for name, value in values.items() if value})}"


def _filters(page: AnswerQueue) -> list[FilterGroup]:
    wanted, progress = page.wanted, page.figures.progress if page.figures else None
    if progress is None:
        return []
    shelves = [
        Option(_("Waiting"), _query(wanted, shelf=""), progress.waiting, not wanted.shelf),
        Option(
            _("Answered"), _query(wanted, shelf=ANSWERED), progress.answered, bool(wanted.shelf)
        ),
    ]
    groups = [FilterGroup(_("Ideas"), shelves)]
    for label, name, found in (
        (_("By theme"), "theme", page.themes),
        (_("By axis"), "axis", page.axes),
    ):
        if found:
            groups.append(FilterGroup(label, _options(wanted, name, found)))
    return groups


def _options(wanted: QueueFilter, name: str, found: tuple[Group, ...]) -> list[Option]:
    current = getattr(wanted, name)
    every = Option(
        pgettext("axes, themes, states", "All"), _query(wanted, **{name: ""}), current=not current
    )
    return [every] + [
        Option(
            label=group.name,
            url=_query(wanted, **{name: group.key}),
            count=None if wanted.shelf else group.waiting,
            current=group.key == current,
        )
        for group in found
    ]


# One idea --------------------------------------------------------------------------------------


@desk_page("answer.give")
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer an idea, or correct its answer; who comes second sees what changed."""
    idea = queries.idea_to_answer(viewer=viewer_of(request), reference=reference)
    if idea is None:
        raise Http404
    if request.method != "POST":
        return _answer_page(request, idea, None)
    form = AnswerForm(request.POST)
    seen = request.POST.get("seen", "")[:4]
    act = _giving(request, idea, form, int(seen) if seen.isdecimal() else 0)
    if carried_out(form, act):
        messages.success(request, _("The answer is public now."))
        return redirect("participation_desk:answer", reference)
    return _answer_page(request, idea, form)


def _giving(request: HttpRequest, idea: Idea, form: AnswerForm, seen: int) -> Callable[[], object]:
    """Return the act of this form: a first answer, or a correction of the one that was seen."""

    def act() -> object:
        by, now, said = viewer_of(request).actor(), clock.now(), form.answer()
        if seen:
            return operations.correct_answer(idea=idea, answer=said, seen=seen, by=by, now=now)
        return operations.answer_idea(idea=idea, answer=said, by=by, now=now)

    return act


def _answer_page(request: HttpRequest, idea: Idea, form: AnswerForm | None) -> HttpResponse:
    viewer, now = viewer_of(request), clock.now()
    page = IdeaPage(idea, is_readable=True)
    answers = queries.answers_of_idea(viewer=viewer, page=page, now=now)
    is_closed = now >= idea.consultation.closes_at
    context = {
        "idea": idea,
        "form": form or AnswerForm(initial=_initial(answers)),
        "answers": answers,
        "may_answer": is_closed and may_be_answered(idea.state),
        "is_closed": is_closed,
        "is_told": queries.author_is_told(idea),
        "next": queries.next_to_answer(viewer=viewer, idea=idea),
        "trail": _trail(idea.consultation, viewer_of(request)),
    }
    status = 422 if form else 200
    return render(request, "participation/desk/answer.html", context, status=status)


def _initial(answers: AnswersOfIdea) -> dict[str, str]:
    return AnswerForm.initial_of(answers.current) if answers.current else {}


# A theme ---------------------------------------------------------------------------------------


@desk_page("answer.give")
def theme(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer the ideas of a theme together, each with its own number and, if wished, its line."""
    named = {int(found[1]) for found in map(NAMED.fullmatch, request.POST) if found}
    found = queries.theme_to_answer(viewer=viewer_of(request), reference=reference, also=named)
    if found is None:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = ThemeAnswerForm(posted, ideas=found.ideas, changed=found.changed)
    if carried_out(form, _answering(request, found, form)):
        count = len(form.only())
        told = ngettext("%(n)s idea is answered.", "%(n)s ideas are answered.", count)
        messages.success(request, told % {"n": count})
        return redirect(f"{_queue_url(found)}?theme={reference}")
    context = {
        "found": found,
        "theme": found.theme,
        "form": form,
        "trail": _trail(found.theme.consultation, viewer_of(request)),
    }
    status = 422 if form.is_bound else 200
    return render(request, "participation/desk/answer_theme.html", context, status=status)


def _queue_url(found: ThemeToAnswer) -> str:
    return reverse("participation_desk:answers", args=[found.theme.consultation.slug])


def _answering(
    request: HttpRequest, found: ThemeToAnswer, form: ThemeAnswerForm
) -> Callable[[], object]:
    def act() -> object:
        return operations.answer_theme(
            theme=found.theme,
            answer=form.answer(),
            personal_lines=form.lines(),
            only=form.only(),
            by=viewer_of(request).actor(),
            now=clock.now(),
        )

    return act
