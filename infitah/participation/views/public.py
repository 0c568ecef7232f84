"""Pages that anybody reads and an edge may keep: consultations, ideas, similar ideas."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core import clock
from infitah.core.http import midnight, public_page, viewer_of
from infitah.kernel.text import clean_line
from infitah.participation import queries
from infitah.participation.conf import OPTIONS
from infitah.participation.models import Consultation, Idea
from infitah.participation.queries.consultations import card_of
from infitah.participation.queries.extending import extended
from infitah.participation.queries.ideas import IdeaPage
from infitah.participation.queries.thread import titled
from infitah.participation.rules import (
    PUBLIC_STATES,
    STATEMENT_MAX,
    AnswerCode,
    ConsultationState,
)
from infitah.participation.views.idea_lists import listing


def until(request: HttpRequest) -> datetime | None:
    """Return the next moment at which a page here changes by the clock.

    Any consultation's: a closed one leads to the one that is open, and counts its days.
    """
    change = queries.next_moment(viewer=viewer_of(request), now=clock.now())
    return min(filter(None, (midnight(request), change)))


def found_or_404(request: HttpRequest, slug: str) -> Consultation:
    """Return the consultation at this address, or say that there is none."""
    consultation = queries.consultation_for(viewer=viewer_of(request), slug=slug)
    if consultation is None or consultation.announced_at is None:
        raise Http404
    return consultation


@public_page(kinds=("participation",), until=until)
def index(request: HttpRequest) -> HttpResponse:
    cards = queries.all_consultations(viewer=viewer_of(request), now=clock.now())
    return render(request, "participation/index.html", {"cards": cards})


@public_page(kinds=("participation",), until=until)
def consultation(request: HttpRequest, slug: str) -> HttpResponse:
    now = clock.now()
    standing = queries.standing_of(viewer=viewer_of(request), slug=slug, now=now)
    if standing is None:
        raise Http404
    found = standing.consultation
    if found.cancelled_at is not None:
        return _cancelled(request, found, now)
    counts = queries.tallies(found)
    topics = queries.topics_of(found, counts)
    state = found.state(now)
    context = {
        **listing(request, found, counts, topics, now),
        "card": card_of(found, now, counts.shown),
        "topics": topics,
        "open_instead": standing.open_instead,
        "is_open": state == ConsultationState.OPEN,
        "is_closed": state == ConsultationState.CLOSED,
        "extended": extended(found),
        "has_texts": standing.has_texts,
        "workshops": standing.workshops,
        "results": queries.results_of(consultation=found, viewer=viewer_of(request), now=now),
        "trail": [(_("Consultations and ideas"), reverse("participation:index"))],
    }
    return render(request, "participation/consultation.html", context)


def _cancelled(request: HttpRequest, consultation: Consultation, now: datetime) -> HttpResponse:
    """Say that a consultation is not held, and why, with what it had announced."""
    context = {
        "consultation": consultation,
        "card": card_of(consultation, now),
        "topics": queries.topics_of(consultation, queries.tallies(consultation)),
        "trail": [(_("Consultations and ideas"), reverse("participation:index"))],
    }
    return render(request, "participation/consultation_cancelled.html", context)


@public_page(kinds=("participation", "programme"), until=until)
def ideas(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the list of ideas by itself, so that a search and the filters stand at its top."""
    found, now = found_or_404(request, slug), clock.now()
    if not found.takes_ideas or found.cancelled_at is not None:
        return redirect(found.get_absolute_url())
    counts = queries.tallies(found)
    context = {
        **listing(request, found, counts, queries.topics_of(found, counts), now),
        "card": card_of(found, now, counts.shown),
        "is_open": found.state(now) == ConsultationState.OPEN,
        "trail": [
            (_("Consultations and ideas"), reverse("participation:index")),
            (found.name, found.get_absolute_url()),
        ],
    }
    return render(request, "participation/ideas.html", context)


@public_page(kinds=("participation",), until=midnight)
def moderation_rules(request: HttpRequest) -> HttpResponse:
    held = queries.rules_in_force(viewer=viewer_of(request), day=clock.today())
    context = {
        "rules": held,
        "trail": [(_("Consultations and ideas"), reverse("participation:index"))],
    }
    return render(request, "participation/rules.html", context)


@public_page(kinds=("participation", "programme"), until=until)
def idea(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    page = queries.idea_page(viewer=viewer_of(request), slug=slug, reference=reference)
    if page is None:
        raise Http404
    found, now = page.idea, clock.now()
    answers = queries.answers_of_idea(viewer=viewer_of(request), page=page, now=now)
    theme = queries.theme_of_idea(viewer=viewer_of(request), idea=found)
    became = queries.became_of(page, answers)
    knots = queries.thread_of(page, answers, theme, became)
    answers = titled(answers, became)
    context = {
        "page": page,
        "idea": found,
        "knots": knots,
        "answers": answers,
        "outcomes": became.outcomes,
        "open_instead": _open_instead(request, page, answers),
        "unanswered": None if answers.current else _waited(page),
        "withdrawal_url": next((knot.proof_url for knot in knots[-1:] if found.withdrawn_at), ""),
        "hidden": page.hidden_under,
        "theme": theme,
        "voice": queries.idea_voice(idea=found, viewer=viewer_of(request), now=clock.now()),
        "is_open": found.consultation.state(clock.now()) == ConsultationState.OPEN,
        "talk": _talk(request, page),
        "may_comment": found.state in PUBLIC_STATES,
        "proof_url": queries.proof_url(found.register_number),
        "attachment_url": _file_url(found),
        "trail": [
            (_("Consultations and ideas"), reverse("participation:index")),
            (found.consultation.name, found.consultation.get_absolute_url()),
        ],
    }
    return render(request, "participation/idea.html", context)


def _talk(request: HttpRequest, page: IdeaPage) -> queries.CommentPage | None:
    """Return what is said under an idea that can be read."""
    if not page.is_readable:
        return None
    after = request.GET.get("after", "")
    viewer, now = viewer_of(request), clock.now()
    return queries.comments_of(viewer=viewer, idea=page.idea, now=now, after=after)


def _open_instead(
    request: HttpRequest, page: IdeaPage, answers: queries.AnswersOfIdea
) -> list[queries.ConsultationCard]:
    """Return the open consultations in which an idea that was not taken up can be given again."""
    is_no_budget = answers.current is not None and answers.current.code == AnswerCode.NO_BUDGET
    if not is_no_budget and page.idea.state != Idea.State.REFUSED:
        return []
    found, viewer, now = page.idea.consultation, viewer_of(request), clock.now()
    return queries.open_instead(viewer=viewer, closed=found, now=now)


def _waited(page: IdeaPage) -> queries.Unanswered | None:
    """Return since when an idea that stands awaits its answer, None once it became something."""
    if not page.is_readable or page.idea.state != Idea.State.VISIBLE:
        return None
    waited = queries.unanswered_since(page.idea.consultation, clock.now())
    if waited is None:
        return None
    found = queries.answered_among(page.idea.community.key, [page.idea.reference])
    return None if found else waited


def _file_url(idea: Idea) -> str:
    if idea.attachment is None:
        return ""
    return reverse("files:file", args=[idea.attachment.key, idea.attachment.name])


@public_page(kinds=("participation",), until=until)
def similar(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer while somebody types: at most five ideas, from at most one sentence."""
    words = clean_line(request.GET.get("q", "")[: STATEMENT_MAX * 2])[:STATEMENT_MAX]
    found = queries.similar_ideas(
        viewer=viewer_of(request), text=words, now=clock.now(), limit=OPTIONS.similar_shown
    )
    if not found:
        return HttpResponse(status=204)
    return render(request, "participation/similar.html", {"similar": found})
