"""The list of a consultation's ideas as its pages show it: words looked for, filters, counts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from infitah.core.http import viewer_of
from infitah.core.viewer import Viewer
from infitah.design.parts import FilterGroup, Option
from infitah.kernel.text import clean_line
from infitah.participation import queries
from infitah.participation.models import Consultation, IdeaAnswer
from infitah.participation.queries.consultations import Tallies, TopicView
from infitah.participation.queries.idea_search import (
    FEW,
    Elsewhere,
    Instead,
    by_number,
    instead_of,
    near_beside,
    topics_holding,
)
from infitah.participation.queries.ideas import WAITING, IdeaFilter, IdeaList, IdeaRow

LANGUAGE_NAMES = {
    "ar": "العربية",
    "ar-Latn": "العربية بحروف لاتينية",
    "fr": "Français",
    "zgh": "ⵜⴰⵎⴰⵣⵉⵖⵜ",
}
WORDS_MAX = 120


def listing(
    request: HttpRequest,
    found: Consultation,
    counts: Tallies,
    topics: Sequence[TopicView],
    now: datetime,
) -> dict[str, object]:
    """Return what the template of the list needs, filtered as the address asks."""
    wanted = _wanted(request)
    viewer = viewer_of(request)
    ideas = queries.idea_list(
        consultation=found,
        viewer=viewer,
        wanted=wanted,
        before=request.GET.get("before", ""),
        after=request.GET.get("after", ""),
        now=now,
    )
    numbered = by_number(consultation=found, viewer=viewer, words=wanted.words)
    instead, beside = (None, ()) if numbered else _around(found, viewer, wanted, ideas, now)
    answering = queries.answering(found, shown=counts.shown, now=now)
    shows = found.shows_counts(now)
    address = _Address(reverse("participation:ideas", args=[found.slug]), wanted)
    groups = _filters(address, topics, counts, shows=shows)
    return {
        "consultation": found,
        "axis": next((topic for topic in topics if topic.slug == wanted.axis), None),
        "wanted": wanted,
        "ideas": ideas,
        "instead": instead,
        "numbered": numbered,
        "beside": beside,
        "topics_found": topics_holding(topics, wanted.words),
        "elsewhere": _elsewhere(instead, wanted),
        "counts": counts,
        "matching": _matching(found, viewer, wanted, counts, ideas)
        if shows and not numbered
        else None,
        "shows_counts": shows,
        "filters": [*groups, *_by_answer(address, answering)],
        "without_words": address.to(q=""),
        "newer_url": address.page("after", ideas.newer),
        "older_url": address.page("before", ideas.older),
        "answering": answering,
        "unanswered": answering,
        "answered": _answered([*ideas.rows, *beside, *(instead.rows if instead else ())], viewer)
        if answering
        else set(),
    }


def _around(
    found: Consultation, viewer: Viewer, wanted: IdeaFilter, ideas: IdeaList, now: datetime
) -> tuple[Instead | None, Sequence[IdeaRow]]:
    """Return what stands in place of an empty search, or beside one that found few."""
    if not wanted.words:
        return None, ()
    asked: dict[str, Any] = {"consultation": found, "viewer": viewer, "wanted": wanted, "now": now}
    if not ideas.rows:
        return instead_of(**asked), ()
    is_whole = not ideas.newer and not ideas.older
    if is_whole and len(ideas.rows) < FEW:
        return None, near_beside(found=ideas.rows, **asked)
    return None, ()


def _wanted(request: HttpRequest) -> IdeaFilter:
    answer = request.GET.get("answer", "")
    return IdeaFilter(
        axis=request.GET.get("axis", "")[:60],
        language=request.GET.get("language", "")[:16],
        is_tray=request.GET.get("tray", "") == "late",
        answer=answer if answer in {*IdeaAnswer.Code.values, WAITING} else "",
        words=clean_line(request.GET.get("q", "")[: WORDS_MAX * 2])[:WORDS_MAX],
    )


def _elsewhere(instead: Instead | None, wanted: IdeaFilter) -> list[tuple[Elsewhere, str]]:
    """Return the other consultations that hold the words, each with the address of its list."""
    query = urlencode({"q": wanted.words})
    return [
        (one, f"{reverse('participation:ideas', args=[one.slug])}?{query}#ideas")
        for one in (instead.elsewhere if instead else ())
    ]


def _matching(
    consultation: Consultation,
    viewer: Viewer,
    wanted: IdeaFilter,
    counts: Tallies,
    ideas: IdeaList,
) -> int | None:
    """Return how many ideas a filtered list has, None where nothing is filtered.

    From the counts that the acts keep where the axis or the language alone is asked; a list that
    words left empty is not counted again.
    """
    if wanted.is_whole:
        return None
    if wanted.words and not ideas.rows:
        return 0
    if not wanted.is_tray and wanted == IdeaFilter(axis=wanted.axis):
        return counts.by_axis[wanted.axis]
    if not wanted.is_tray and wanted == IdeaFilter(language=wanted.language):
        return counts.by_language[wanted.language]
    return queries.count_of_list(consultation=consultation, viewer=viewer, wanted=wanted)


def _answered(rows: Sequence[IdeaRow], viewer: Viewer) -> set[str]:
    """Return which ideas of a list without an answer became something all the same."""
    references = [row.reference for row in rows if not row.answer]
    return queries.answered_among(viewer.community_key, references) if references else set()


class _Address:
    """The addresses of the list: each filter keeps the others and lands at the list itself."""

    def __init__(self, path: str, wanted: IdeaFilter) -> None:
        self.path, self.wanted = path, wanted

    def to(self, **more: str) -> str:
        """Return the address with some of its words changed; an empty one is left out."""
        wanted = self.wanted
        values = {
            "axis": wanted.axis,
            "language": wanted.language,
            "tray": "late" if wanted.is_tray else "",
            "answer": wanted.answer,
            "q": wanted.words,
            **more,
        }
        kept = {name: value for name, value in values.items() if value}
        return f"{self.path}?{urlencode(kept)}#ideas" if kept else f"{self.path}#ideas"

    def page(self, name: str, reference: str) -> str:
        """Return the address of a further page, empty where there is none."""
        return self.to(**{name: reference}) if reference else ""


def _filters(
    address: _Address, topics: Sequence[TopicView], counts: Tallies, *, shows: bool
) -> list[FilterGroup]:
    """Return the ideas by axis and language; the kept counts tell nothing of a search's words."""
    wanted = address.wanted
    axes = [
        Option(
            label=topic.name,
            url=address.to(axis=topic.slug),
            count=topic.shown if shows and not (wanted.is_tray or wanted.words) else None,
            current=topic.slug == wanted.axis,
        )
        for topic in topics
    ]
    every = Option(label=_("All axes"), url=address.to(axis=""), current=not wanted.axis)
    groups = [FilterGroup(_("By axis"), [every, *axes])]
    languages = [code for code, count in counts.by_language.items() if count]
    if len(languages) > 1:
        groups.append(FilterGroup(_("By language"), _by_language(address, languages)))
    return groups


def _by_answer(address: _Address, answering: queries.Answering | None) -> list[FilterGroup]:
    """Return the ideas by their answer, once the consultation is closed and one is answered."""
    wanted = address.wanted
    if answering is None or not answering.answered or wanted.is_tray:
        return []
    found = [(code, str(label), answering.by_code[code]) for code, label in IdeaAnswer.Code.choices]
    found.append((WAITING, str(_("waiting for an answer")), answering.waiting))
    options = [Option(_("All answers"), address.to(answer=""), current=not wanted.answer)]
    options += [
        Option(
            label,
            address.to(answer=code),
            None if wanted.words else count,
            current=code == wanted.answer,
        )
        for code, label, count in found
        if count or code == wanted.answer
    ]
    return [FilterGroup(_("By answer"), options)]


def _by_language(address: _Address, languages: list[str]) -> list[Option]:
    wanted = address.wanted
    every = Option(
        label=_("All languages"), url=address.to(language=""), current=not wanted.language
    )
    return [every] + [
        Option(
            label=LANGUAGE_NAMES.get(code, code),
            url=address.to(language=code),
            current=code == wanted.language,
        )
        for code in sorted(languages)
    ]
