"""Pages that anybody reads and an edge may keep: consultations, ideas, similar ideas."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core import clock
from infitah.core.http import midnight, public_page, viewer_of
from infitah.core.viewer import Viewer
from infitah.design.parts import FilterGroup, Option
from infitah.kernel.text import clean_line
from infitah.participation import queries
from infitah.participation.conf import OPTIONS
from infitah.participation.models import Consultation, Idea, IdeaAnswer
from infitah.participation.queries.consultations import Tallies, TopicView, card_of
from infitah.participation.queries.ideas import WAITING, IdeaFilter, IdeaList, IdeaPage
from infitah.participation.rules import PUBLIC_STATES, STATEMENT_MAX, ConsultationState

LANGUAGE_NAMES = {"ar": "العربية", "fr": "Français", "zgh": "ⵜⴰⵎⴰⵣⵉⵖⵜ"}


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
    wanted = IdeaFilter(
        axis=request.GET.get("axis", "")[:60],
        language=request.GET.get("language", "")[:16],
        is_tray=request.GET.get("tray", "") == "late",
        answer=_wanted_answer(request),
    )
    ideas = queries.idea_list(
        consultation=found,
        viewer=viewer_of(request),
        wanted=wanted,
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
        now=now,
    )
    counts = queries.tallies(found)
    answering = queries.answering(found, shown=counts.shown, now=now)
    topics = queries.topics_of(found, counts)
    state, shows = found.state(now), found.shows_counts(now)
    context = {
        "consultation": found,
        "card": card_of(found, now, counts.shown),
        "topics": topics,
        "axis": next((topic for topic in topics if topic.slug == wanted.axis), None),
        "wanted": wanted,
        "ideas": ideas,
        "counts": counts,
        "shows_counts": shows,
        "filters": [*_filters(wanted, topics, counts, shows=shows), *_by_answer(wanted, answering)],
        "newer_url": _page_url(wanted, "after", ideas.newer),
        "older_url": _page_url(wanted, "before", ideas.older),
        "answering": answering,
        "unanswered": answering,
        "answered": _answered(ideas, viewer_of(request)) if answering else set(),
        "open_instead": standing.open_instead,
        "is_open": state == ConsultationState.OPEN,
        "is_closed": state == ConsultationState.CLOSED,
        "has_texts": standing.has_texts,
        "has_workshops": standing.has_workshops,
        "results": queries.results_of(consultation=found, viewer=viewer_of(request), now=now),
        "trail": [(_("Consultations and ideas"), reverse("participation:index"))],
    }
    return render(request, "participation/consultation.html", context)


def _answered(ideas: IdeaList, viewer: Viewer) -> set[str]:
    """Return which ideas of a list without an answer became something all the same."""
    references = [row.reference for row in ideas.rows if not row.answer]
    return queries.answered_among(viewer.community_key, references) if references else set()


@public_page(kinds=("participation",))
def ideas(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead from the address that people shorten to the list itself."""
    return redirect(f"{found_or_404(request, slug).get_absolute_url()}#ideas")


@public_page(kinds=("participation",), until=midnight)
def moderation_rules(request: HttpRequest) -> HttpResponse:
    held = queries.rules_in_force(viewer=viewer_of(request), day=clock.today())
    context = {
        "rules": held,
        "trail": [(_("Consultations and ideas"), reverse("participation:index"))],
    }
    return render(request, "participation/rules.html", context)


def _query(wanted: IdeaFilter, **more: str) -> str:
    values = {
        "axis": wanted.axis,
        "language": wanted.language,
        "tray": "late" if wanted.is_tray else "",
        "answer": wanted.answer,
        **more,
    }
    kept = {name: value for name, value in values.items() if value}
    return f"?{urlencode(kept)}#ideas" if kept else "?#ideas"


def _page_url(wanted: IdeaFilter, name: str, reference: str) -> str:
    return _query(wanted, **{name: reference}) if reference else ""


def _filters(
    wanted: IdeaFilter, topics: Sequence[TopicView], counts: Tallies, *, shows: bool
) -> list[FilterGroup]:
    axes = [
        Option(
            label=topic.name,
            url=_query(wanted, axis=topic.slug),
            count=topic.shown if shows and not wanted.is_tray else None,
            current=topic.slug == wanted.axis,
        )
        for topic in topics
    ]
    every = Option(label=_("All axes"), url=_query(wanted, axis=""), current=not wanted.axis)
    groups = [FilterGroup(_("By axis"), [every, *axes])]
    languages = [code for code, count in counts.by_language.items() if count]
    if len(languages) > 1:
        groups.append(FilterGroup(_("By language"), _by_language(wanted, languages)))
    return groups


def _wanted_answer(request: HttpRequest) -> str:
    asked = request.GET.get("answer", "")
    return asked if asked in {*IdeaAnswer.Code.values, WAITING} else ""


def _by_answer(wanted: IdeaFilter, answering: queries.Answering | None) -> list[FilterGroup]:
    """Return the ideas by their answer, once the consultation is closed and one is answered."""
    if answering is None or not answering.answered or wanted.is_tray:
        return []
    found = [(code, str(label), answering.by_code[code]) for code, label in IdeaAnswer.Code.choices]
    found.append((WAITING, str(_("waiting for an answer")), answering.waiting))
    options = [Option(_("All answers"), _query(wanted, answer=""), current=not wanted.answer)]
    options += [
        Option(label, _query(wanted, answer=code), count, current=code == wanted.answer)
        for code, label, count in found
        if count or code == wanted.answer
    ]
    return [FilterGroup(_("By answer"), options)]


def _by_language(wanted: IdeaFilter, languages: list[str]) -> list[Option]:
    every = Option(
        label=_("All languages"), url=_query(wanted, language=""), current=not wanted.language
    )
    return [every] + [
        Option(
            label=LANGUAGE_NAMES.get(code, code),
            url=_query(wanted, language=code),
            current=code == wanted.language,
        )
        for code in sorted(languages)
    ]


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
    context = {
        "page": page,
        "idea": found,
        "knots": knots,
        "answers": answers,
        "outcomes": became.outcomes,
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
