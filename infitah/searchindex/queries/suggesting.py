"""Suggestions to somebody who types what they look for, and the lists behind them.

Words propose within bounds (`weighing.probes`), the worker adds what is close in meaning in any
language, and one score joins both. Nothing counts through the index: the work is the same among a
thousand records and a hundred thousand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from django.db.models.functions import Substr

from infitah.kernel import arabic
from infitah.searchindex import weighing
from infitah.searchindex.engines import Question, engine
from infitah.searchindex.meaning import client
from infitah.searchindex.models import IndexedText
from infitah.searchindex.queries.wording import readings, sought
from infitah.searchindex.rules import PASSAGE, FoundBy, Fragment, answers, marked, passage
from infitah.searchindex.weighing import Held, Sought

PROPOSED: Final = 160
"""Texts that words propose, of which the words are compared."""
BY_MEANING: Final = 20
"""Texts of each kind that meaning proposes."""
COMPARED: Final = 3000
"""Letters of a text in which the words of a question are looked for when it is ranked."""
COVERED_FROM: Final = 0.2
"""How much of a question's heaviest words a text must hold to be shown for its words."""
MEANT_FROM: Final = 0.4
"""Cosine from which a text is shown for its meaning alone."""
LEAST_TYPED: Final = 3
SHORT_PASSAGE: Final = 110
"""Letters of a passage in a suggestion: two lines under a field."""
LISTED: Final = 100
"""Records of a search that are listed, of all kinds together: whoever seeks more names more."""
SHOWN: Final = ("kind", "subject", "language", "url", "title", "body", "dated_on")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A record that may answer: its title and a passage with marks, its day if it has one.

    `found_by` says whether it holds words asked for, or only seems close in meaning; neither
    proves that it answers.
    """

    kind: str
    subject: str
    language: str
    url: str
    title: tuple[Fragment, ...]
    passage: tuple[Fragment, ...]
    dated_on: date | None
    found_by: FoundBy


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of each kind, the best first; `shown` are those asked for."""

    shown: list[Suggestion]
    totals: dict[str, int]


class _Text(NamedTuple):
    """A text that was proposed, and where it stands."""

    pk: int
    kind: str
    subject: str
    language: str


@dataclass(frozen=True, slots=True)
class _Ranked:
    """What may answer a question, the best first, each record once, and the question's words."""

    words: list[Sought]
    texts: list[_Text]


def suggest(
    *, community_key: str, text: str, kinds: Sequence[str], language: str, limit: int = 5
) -> list[Suggestion]:
    """Return at most `limit` public records for what is being typed, from the third letter on.

    The last word may go on. Chosen by words and by meaning in every language; shown in the
    reader's `language` first. At most five queries, whatever the index holds.
    """
    if len(text.strip()) < LEAST_TYPED:
        return []
    ranked = _ranked(community_key, text, kinds, is_typing=True)
    return _shown(community_key, ranked.words, ranked.texts[:limit], language, width=SHORT_PASSAGE)


def find(
    *,
    community_key: str,
    text: str,
    kinds: Sequence[str],
    language: str,
    kind: str = "",
    page: slice = slice(0, 5),
) -> Found:
    """Return the public records that answer a question, and how many of each kind do.

    Of every kind those of `page`, or of `kind` alone; LISTED in all at most, the best first. At
    most five queries, whatever the index holds.
    """
    ranked = _ranked(community_key, text, kinds, is_typing=False)
    by_kind: dict[str, list[_Text]] = {}
    for one in ranked.texts[:LISTED]:
        by_kind.setdefault(one.kind, []).append(one)
    totals = {each: len(by_kind[each]) for each in kinds if each in by_kind}
    chosen = [one for each in totals if kind in {"", each} for one in by_kind[each][page]]
    return Found(_shown(community_key, ranked.words, chosen, language), totals)


def _ranked(community_key: str, text: str, kinds: Sequence[str], *, is_typing: bool) -> _Ranked:
    """Return the records that may answer. At most four queries."""
    words, total = sought(text, is_typing=is_typing)
    asked = weighing.probes(words)
    where = Question((), "all", community_key, tuple(kinds))
    proposed = list(dict.fromkeys(engine().newest(asked, where)))[:PROPOSED] if asked else []
    cosines = client.closest_of(
        community_key=community_key,
        kinds=kinds,
        texts=readings(text),
        ids=proposed,
        limit=BY_MEANING,
    )
    held = _held(community_key, kinds, {*proposed, *cosines})
    weighed = weighing.weights(words, total)
    least = weighing.least(weighed, COVERED_FROM)
    scores: dict[_Text, float] = {}
    for one, told in held.items():
        covered, cosine = weighing.coverage(words, weighed, told), cosines.get(one.pk, 0.0)
        if covered >= least or cosine >= MEANT_FROM:
            scores[one] = weighing.joint(covered, cosine)
    best = sorted(scores, key=lambda one: (-scores[one], -one.pk))
    once = {(one.kind, one.subject): one for one in reversed(best)}
    return _Ranked(words, [one for one in best if once[one.kind, one.subject] is one])


def _held(community_key: str, kinds: Sequence[str], ids: set[int]) -> dict[_Text, Held]:
    """Return the words of those of these texts that are public and of these kinds. One query.

    The database is asked by key alone: SQLite would rather walk through the kinds.
    """
    rows = IndexedText.objects.filter(pk__in=ids).annotate(
        of_body=Substr("body_words", 1, COMPARED), of_body_stems=Substr("body_stems", 1, COMPARED)
    )
    of_text = ("title_words", "title_stems", "of_body", "of_body_stems")
    told = rows.values_list(*_Text._fields, "community_key", "is_public", *of_text)
    return {
        _Text(pk, kind, subject, language): Held(f"{title} {stems}", f"{body} {body_stems}")
        for pk, kind, subject, language, key, is_public, title, stems, body, body_stems in told
        if key == community_key and is_public and kind in kinds
    }


def _shown(
    community_key: str,
    words: Sequence[Sought],
    chosen: Sequence[_Text],
    language: str,
    width: int = PASSAGE,
) -> list[Suggestion]:
    """Return these records as they are shown, those in the reader's language first. One query."""
    places = {(one.kind, one.subject): place for place, one in enumerate(chosen)}
    rows = IndexedText.objects.of(community_key).filter(
        kind__in={kind for kind, _subject in places},
        subject__in={subject for _kind, subject in places},
        is_public=True,
    )
    best: dict[tuple[str, str], IndexedText] = {}
    for row in rows.only(*SHOWN):
        place = (row.kind, row.subject)
        if place in places and row.language in {language, chosen[places[place]].language}:
            kept = best.get(place)
            best[place] = row if kept is None or row.language == language else kept
    order = sorted(best, key=lambda place: (best[place].language != language, places[place]))
    own = frozenset(form for one in words for form in one.forms)
    wanted = own.union(*(one.others for one in words))
    return [_suggestion(best[place], own, wanted, width) for place in order]


def _suggestion(
    row: IndexedText, own: frozenset[str], wanted: frozenset[str], width: int
) -> Suggestion:
    title, text = marked(row.title, wanted), passage(row.body, wanted, width)
    is_held = any(one.is_marked and answers_any(one.text, own) for one in (*title, *text))
    found_by: FoundBy = "words" if is_held else "meaning"
    return Suggestion(
        row.kind, row.subject, row.language, row.url, title, text, row.dated_on, found_by
    )


def answers_any(text: str, wanted: frozenset[str]) -> bool:
    """Tell whether a word of `text` is one of the forms asked for."""
    return any(answers(word, wanted) for word in arabic.tokens(text))
