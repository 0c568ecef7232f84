"""Questions to the index: search with passages, completion while typing, similar records.

Only public texts answer unless the caller says otherwise; the app that owns a kind still decides
by its own `visible_to` who may read a record.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.db import models

from infitah.kernel import arabic
from infitah.searchindex.darija import reading, reading_of_few
from infitah.searchindex.engines import Probe, Question, engine
from infitah.searchindex.kin import widened
from infitah.searchindex.meaning import client
from infitah.searchindex.models import IndexedText
from infitah.searchindex.rules import (
    BEGINNING,
    MAX_CANDIDATES,
    MEANING_CANDIDATES,
    NEAR_FROM,
    NEAR_WITHIN,
    Answer,
    Candidate,
    Forms,
    Hit,
    Similar,
    asked,
    marked,
    most_similar,
    passage,
    rarest,
)


@dataclass(frozen=True, slots=True)
class Near:
    """Subjects near to words that none of them holds, the nearest first.

    `is_by_meaning`: by what they say; else by words that begin alike.
    """

    subjects: list[str]
    is_by_meaning: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """The texts found, the best first, with the words by which they were."""

    words: list[Forms]
    best: Sequence[tuple[int, float]]
    has_all_words: bool = True


def search(
    *,
    community_key: str,
    text: str,
    kinds: tuple[str, ...] = (),
    language: str = "",
    start: int = 0,
    limit: int = 20,
) -> Answer:
    """Return the public records that hold every word of `text`, the best first.

    Where none does, those that hold some of its rarest words. A record in several languages is
    one hit, in `language` if it can. At most 4 queries.
    """
    words = asked(text)
    if not words:
        return Answer((), 0, has_all_words=True)
    found = _found(words, community_key, kinds)
    return _answer(found, language, slice(start, start + limit))


def subjects(*, community_key: str, text: str, kind: str) -> list[str] | None:
    """Return the subjects of `kind` that hold every word of `text`, or some of its rarest.

    The best first, MAX_CANDIDATES at most; None where `text` has no word to look up. At most four
    queries. For an app that filters its own list by words.
    """
    words = asked(text)
    if not words:
        return None
    found = [pk for pk, _score in _found(words, community_key, (kind,)).best]
    return _subjects(community_key, found)


def private_subjects(
    *, community_key: str, text: str, kind: str, limit: int, is_any: bool = False
) -> list[str]:
    """Return the subjects of `kind` that hold every word of `text`, private ones too, best first.

    With `is_any` those that hold some of its rarest words. For an app whose own `visible_to` then
    decides who may read them. At most three queries; none where `text` has no word to look up.
    """
    words = _rarest(asked(text)) if is_any else asked(text)
    if not words:
        return []
    joined: Literal["all", "any"] = "any" if is_any else "all"
    question = Question(words, joined, community_key, (kind,), public_only=False)
    found = [pk for pk, _score in engine().best(question, limit)]
    rows = IndexedText.objects.of(community_key).filter(pk__in=found, kind=kind)
    named = dict(rows.values_list("pk", "subject"))
    return list(dict.fromkeys(named[pk] for pk in found if pk in named))


def newest_holding(*, community_key: str, text: str, kind: str, limit: int) -> list[str]:
    """Return the subjects of `kind` whose public texts hold every word of `text`, newest first.

    For a list by its own order behind the best ones: nothing is ranked, so that a word that every
    record holds costs no more than another. `limit` counts texts. Two queries, none without words.
    """
    words = asked(text)
    if not words:
        return []
    where = Question((), "all", community_key, (kind,))
    found = engine().newest([Probe(tuple(words), limit)], where)
    # By their ids alone: SQLite would else walk through all texts of the community.
    named = dict(IndexedText.objects.filter(pk__in=found).values_list("pk", "subject"))
    return list(dict.fromkeys(named[pk] for pk in found if pk in named))


def complete(
    *, community_key: str, text: str, kinds: tuple[str, ...] = (), limit: int = 5
) -> list[Hit]:
    """Return the public records for a question still being typed: its last word may go on.

    Two queries; none below two letters.
    """
    words = asked(text)
    if not words or len(words[-1][0]) < 2:
        return []
    question = Question(words, "all", community_key, kinds, is_prefix=True)
    found = _Found(words, engine().best(question, limit))
    return list(_answer(found, "", slice(0, limit)).hits)


def similar(
    *, community_key: str, kind: str, text: str, limit: int = 5, exclude: str = ""
) -> list[Similar]:
    """Return the public records of `kind` close to `text` in words or in meaning, closest first.

    The word index proposes at most MAX_CANDIDATES by their rarest words (decisions H39), the
    worker the closest in meaning, whatever their language; then letters and cosines are compared.
    Words alone answer where the worker is silent (decisions H44). A question in Darija, in Arabic
    or in Latin letters, is looked up as written Arabic too. `exclude` is a subject to leave out.
    At most 3 queries.
    """
    if not asked(text):
        return []
    read = reading(text)
    words = _rarest(asked(read) or asked(text))
    question = Question(words, "any", community_key, (kind,), exclude)
    ids = [pk for pk, _score in engine().best(question, MAX_CANDIDATES)] if words else []
    cosines = client.closest(
        community_key=community_key, kind=kind, text=text, ids=ids, limit=MEANING_CANDIDATES
    )
    rows = IndexedText.objects.of(community_key).filter(
        pk__in={*ids, *cosines}, kind=kind, is_public=True
    )
    candidates = [
        Candidate(subject, title, words, cosines.get(pk))
        for pk, subject, title, words in rows.exclude(subject=exclude).values_list(
            "pk", "subject", "title", "title_words"
        )
    ]
    return most_similar(text, candidates, limit=limit, reading=read)


def near(*, community_key: str, kind: str, text: str) -> Near:
    """Return the subjects of `kind` near to a few words that no record holds, or few do.

    The words are read as Darija too, be it in Latin letters, and widened by their kin (broken
    plurals). Those that hold the words so read, then the closest in meaning (NEAR_FROM,
    NEAR_WITHIN); where there are none, or the worker is silent, those with a word that begins as
    the longest one does. At most 4 queries.
    """
    read = reading_of_few(reading(text))
    words = widened(asked(read))
    if words == asked(text):
        words = []
    question = Question(words, "any", community_key, (kind,))
    held = [pk for pk, _score in engine().best(question, MEANING_CANDIDATES)] if words else []
    cosines = client.closest(
        community_key=community_key, kind=kind, text=read, ids=[], limit=MEANING_CANDIDATES
    )
    least = max(NEAR_FROM, max(cosines.values(), default=0.0) - NEAR_WITHIN)
    close = [pk for pk in sorted(cosines, key=lambda pk: -cosines[pk]) if cosines[pk] >= least]
    if held or close:
        return Near(_subjects(community_key, [*held, *close]), is_by_meaning=True)
    return Near(_beginning_alike(community_key, kind, text), is_by_meaning=False)


def _beginning_alike(community_key: str, kind: str, text: str) -> list[str]:
    longest = max((arabic.root(forms[0]) for forms in asked(text)), key=len, default="")
    if len(longest) < BEGINNING:
        return []
    question = Question([(longest[:BEGINNING],)], "all", community_key, (kind,), is_prefix=True)
    best = engine().best(question, MEANING_CANDIDATES)
    return _subjects(community_key, [pk for pk, _score in best])


def _subjects(community_key: str, ids: Sequence[int]) -> list[str]:
    """Return the subjects of these public texts in the same order, each once. One query."""
    rows = IndexedText.objects.of(community_key).filter(pk__in=ids, is_public=True)
    named = dict(rows.values_list("pk", "subject"))
    return list(dict.fromkeys(named[pk] for pk in ids if pk in named))


def is_indexed(*, community_key: str, kind: str, subject: str) -> bool:
    """Tell whether the index holds a text of the record. One query."""
    rows = IndexedText.objects.of(community_key)
    return rows.filter(kind=kind, subject=subject).exists()


def public_places(
    *, community_key: str, kinds: Sequence[str], subjects: Sequence[str]
) -> set[tuple[str, str]]:
    """Return the (kind, subject) of these that the index holds for everybody. One query."""
    rows = IndexedText.objects.of(community_key).filter(
        kind__in=kinds, subject__in=subjects, is_public=True
    )
    return set(rows.values_list("kind", "subject"))


def counts_by_kind(community_key: str) -> dict[str, int]:
    """Return how many public records of each kind the index holds. One query."""
    rows = IndexedText.objects.of(community_key).filter(is_public=True).values_list("kind")
    return dict(rows.annotate(models.Count("subject", distinct=True)).order_by("kind"))


def _rarest(words: list[Forms]) -> list[Forms]:
    if not words:
        return []
    return rarest(words, engine().counts([form for forms in words for form in forms]))


def _found(words: list[Forms], community_key: str, kinds: tuple[str, ...]) -> _Found:
    """Return the texts that hold every word; where none does, some of the rarest words."""
    best = engine().best(Question(words, "all", community_key, kinds), MAX_CANDIDATES)
    if best or len(words) == 1:
        return _Found(words, best)
    some = _rarest(words)
    question = Question(some, "any", community_key, kinds)
    found = engine().best(question, MAX_CANDIDATES) if some else []
    return _Found(some, found, has_all_words=False)


def _answer(found: _Found, language: str, page: slice) -> Answer:
    """Return one hit a record for the texts found; passages are cut for the page only."""
    scores = dict(found.best)
    rows = IndexedText.objects.in_bulk(list(scores))
    chosen: dict[tuple[str, str], IndexedText] = {}
    for pk in scores:
        row = rows[pk]
        place = (row.kind, row.subject)
        if place not in chosen or row.language == language != chosen[place].language:
            chosen[place] = row
    wanted = frozenset(form for forms in found.words for form in forms)
    hits = tuple(_hit(row, wanted, scores[row.pk]) for row in list(chosen.values())[page])
    return Answer(hits, len(chosen), has_all_words=found.has_all_words)


def _hit(row: IndexedText, wanted: frozenset[str], score: float) -> Hit:
    return Hit(
        kind=row.kind,
        subject=row.subject,
        language=row.language,
        url=row.url,
        title=marked(row.title, wanted),
        passage=passage(row.body, wanted),
        score=score,
    )
