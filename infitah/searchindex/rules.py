"""What is asked of the index and how an answer is shown: words, marks, passages, likeness.

Pure functions over kernel.arabic; no database.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from infitah.kernel import arabic
from infitah.searchindex import darija

MAX_INDEXED: Final = 100_000
"""Characters of a text that are indexed: a tsvector holds one megabyte at most."""
MAX_WORDS: Final = 12
"""Words of a question that are looked up; more would cost and tell nothing."""
MAX_RARE_WORDS: Final = 6
"""Words of an OR: only the rarest, because a frequent word makes it grow with the index."""
MIN_RARE_WORDS: Final = 3
MAX_RANKED: Final = 1500
"""Texts that an OR may have to rank: the time of a look-up is the time of ranking."""
MAX_CANDIDATES: Final = 200
"""Texts that the word index proposes before letters are compared (decisions H39)."""
SIMILAR_FROM: Final = 0.33
"""Likeness from which two records are shown as similar: the lowest at which none of the strangers
of tests/data/similar.csv is shown (the likest of them reaches 0.32) while nearly all of its pairs
are. The pairs are invented: measure again once real ones are labelled.
"""
MEANING_FROM: Final = 0.43
"""Cosine from which a record is shown as close in meaning, whatever its words: see
docs/explanation/close-in-meaning.md for what is found and what is shown wrongly at each value of
tests/data/meaning.csv.
"""
MEANING_WITHIN: Final = 0.08
"""How far behind the closest in meaning another may be: what is only near stays out beside it."""
MEANING_WEIGHT: Final = 0.7
"""What a cosine counts beside a likeness of words, both from 0 to 1."""
WORDS_FROM: Final = 0.3
"""Likeness of words below which it is chance, and counts nothing beside a cosine."""
MEANING_CANDIDATES: Final = 20
"""Texts that meaning alone proposes."""
NEAR_FROM: Final = 0.17
"""Cosine from which a record is near to a few words that no record holds, or few do. A word is
farther from a sentence than a sentence is: see docs/explanation/close-in-meaning.md for what is
found and what is shown wrongly at each value of tests/data/near.csv.
"""
NEAR_WITHIN: Final = 0.15
"""How far behind the nearest to a few words another record may be."""
BEGINNING: Final = 4
"""Letters of a word that another must begin with to be near it where meaning is silent."""
MAX_SENTENCES: Final = 8
MAX_SENTENCE: Final = 400
"""Letters of a sentence that are encoded."""
PASSAGE: Final = 240
"""Characters of a passage shown with a hit."""

MIN_SENTENCE: Final = 12
"""Letters below which a piece says too little to be compared."""

_SENTENCE_END = re.compile(r"[.!?؟؛\n…]+(?:\s+|$)")

Forms = tuple[str, ...]


FoundBy = Literal["words", "meaning"]


@dataclass(frozen=True, slots=True)
class Similar:
    """A record close to what was asked; `score` is 0 to 1, never proof of sameness.

    `found_by` tells whether its words are alike, or only its meaning seems close.
    """

    subject: str
    title: str
    score: float
    found_by: FoundBy = "words"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that may be similar; `cosine` is its closeness in meaning, None where unknown."""

    subject: str
    title: str
    words: str
    cosine: float | None = None


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of shown text; marked where it answers the question."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found, with its title and a passage in pieces."""

    kind: str
    subject: str
    language: str
    url: str
    title: tuple[Fragment, ...]
    passage: tuple[Fragment, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found. `has_all_words` is false where only some words were found.

    `total` counts the records, up to MAX_CANDIDATES; `hits` is the page asked for.
    """

    hits: tuple[Hit, ...]
    total: int
    has_all_words: bool


@dataclass(frozen=True, slots=True)
class IndexForms:
    """The four columns of the word index for one text."""

    title_words: str
    body_words: str
    title_stems: str
    body_stems: str


def index_forms(title: str, body: str) -> IndexForms:
    """Return the words and, apart from them, the stems of a text cut at MAX_INDEXED."""
    title_words = arabic.tokens(title[:MAX_INDEXED])
    body_words = arabic.tokens(body[:MAX_INDEXED])
    return IndexForms(
        " ".join(title_words),
        " ".join(body_words),
        " ".join(stem for word in title_words for stem in arabic.stems(word)),
        " ".join(stem for word in body_words for stem in arabic.stems(word)),
    )


def asked(text: str) -> list[Forms]:
    """Return the words asked for with their stems, at most MAX_WORDS."""
    return arabic.query_forms(text[:MAX_INDEXED])[:MAX_WORDS]


def rarest(words: Sequence[Forms], counts: Mapping[str, int]) -> list[Forms]:
    """Return the words that the index knows, the rarest first, at most MAX_RARE_WORDS.

    `counts` says how many texts hold each form; a word is as frequent as its commonest form.
    Beyond MIN_RARE_WORDS a word is left out if all together would rank over MAX_RANKED texts.
    """
    known = [(max(counts.get(form, 0) for form in forms), forms) for forms in words]
    chosen: list[Forms] = []
    ranked = 0
    for count, forms in sorted(known):
        ranked += count
        if len(chosen) >= MIN_RARE_WORDS and ranked > MAX_RANKED:
            break
        if count:
            chosen.append(forms)
    return chosen[:MAX_RARE_WORDS]


def answers(form: str, wanted: Collection[str]) -> bool:
    """Tell whether a word of a text is one of the forms asked for."""
    return form in wanted or any(stem in wanted for stem in arabic.stems(form))


def marked_spans(text: str, wanted: Collection[str]) -> list[tuple[int, int]]:
    """Return the places in `text` of the words that answer, in order, each once."""
    found = (
        (token.start, token.end)
        for token in arabic.placed_tokens(text)
        if answers(token.form, wanted)
    )
    return list(dict.fromkeys(found))


def fragments(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Fragment, ...]:
    """Return `text` in pieces, those of `spans` marked; together they are the whole text."""
    pieces: list[Fragment] = []
    end = 0
    for start, stop in spans:
        pieces += [Fragment(text[end:start]), Fragment(text[start:stop], is_marked=True)]
        end = stop
    return tuple(piece for piece in (*pieces, Fragment(text[end:])) if piece.text)


def marked(text: str, wanted: Collection[str]) -> tuple[Fragment, ...]:
    """Return the whole `text` in pieces with the words that answer marked."""
    return fragments(text, marked_spans(text, wanted))


def passage(text: str, wanted: Collection[str], width: int = PASSAGE) -> tuple[Fragment, ...]:
    """Return the stretch of `text` of about `width` characters that holds the most answers.

    It begins and ends at a word; an ellipsis says that text was left out.
    """
    text = text[:MAX_INDEXED]
    spans = marked_spans(text, wanted)
    first = _best_start(spans, width)
    start = max(0, first - width // 4)
    if start:
        start = text.find(" ", start, first) + 1 or first
    end = _word_end(text, start + width)
    inside = [(a - start, b - start) for a, b in spans if start <= a and b <= end]
    before = (Fragment("… "),) if start else ()
    after = (Fragment(" …"),) if end < len(text) else ()
    return (*before, *fragments(text[start:end], inside), *after)


def _best_start(spans: Sequence[tuple[int, int]], width: int) -> int:
    """Return where the first of the most marks within `width` begins; linear in the marks."""
    best, best_count, last = 0, 0, 0
    for first, (start, _end) in enumerate(spans):
        while last < len(spans) and spans[last][1] <= start + width * 3 // 4:
            last += 1
        if last - first > best_count:
            best, best_count = start, last - first
    return best


def _word_end(text: str, end: int) -> int:
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", end - 40, end)
    return space if space > 0 else end


def likest(readings: Sequence[frozenset[str]], told: frozenset[str]) -> float:
    """Return the likeness of a text to a question, each in its 3-grams, by the closest reading."""
    return max(arabic.likeness(one, told) for one in readings)


def most_similar(
    text: str, candidates: Sequence[Candidate], *, limit: int, reading: str = ""
) -> list[Similar]:
    """Return the candidates most like `text`, the best first.

    `reading` is the same question in other words (Darija as written Arabic); the likest counts.
    Shown is what is alike in words (SIMILAR_FROM), and of the rest what is closest in meaning
    (MEANING_FROM, MEANING_WITHIN). Words rank, meaning adds MEANING_WEIGHT of itself; where no
    cosine is known words alone rank. A subject in two languages counts by its better one.
    """
    wanted = [arabic.trigrams(one) for one in dict.fromkeys((text, reading or text))]
    compared = [(likest(wanted, arabic.trigrams_of(one.words.split())), one) for one in candidates]
    found_by = shown_by([(likeness, one.cosine) for likeness, one in compared])
    best: dict[str, Similar] = {}
    for (likeness, one), how in zip(compared, found_by, strict=True):
        score = joined_score(likeness, one.cosine)
        known = best.get(one.subject)
        if how and (known is None or score > known.score):
            best[one.subject] = Similar(one.subject, one.title, score, how)
    return sorted(best.values(), key=lambda found: (-found.score, found.subject))[:limit]


def shown_by(compared: Sequence[tuple[float, float | None]]) -> list[FoundBy | None]:
    """Return why each (likeness of words, cosine) is shown: words, else meaning, else not at all.

    The margin of meaning is measured from the closest of those that words do not show: an idea in
    the same words must not push out its twin in the other language.
    """
    others = [cosine or 0.0 for likeness, cosine in compared if likeness < SIMILAR_FROM]
    least = max([MEANING_FROM, *(cosine - MEANING_WITHIN for cosine in others)])
    return [
        "words" if likeness >= SIMILAR_FROM else "meaning" if (cosine or 0.0) >= least else None
        for likeness, cosine in compared
    ]


def joined_score(likeness: float, cosine: float | None) -> float:
    """Return one score, 0 to 1, of a likeness of words and a cosine; the likeness without one."""
    if cosine is None:
        return likeness
    words = max(0.0, likeness - WORDS_FROM) / (1 - WORDS_FROM)
    return (words + MEANING_WEIGHT * max(0.0, cosine)) / (1 + MEANING_WEIGHT)


def sentences(title: str, body: str) -> list[str]:
    """Return what is encoded of a text: its title, then its first sentences, MAX_SENTENCES in all.

    Each is cut at MAX_SENTENCE letters; there is always one, be it empty.
    """
    parts = _SENTENCE_END.split(body[: MAX_SENTENCES * MAX_SENTENCE])
    told = [part.strip()[:MAX_SENTENCE] for part in parts if len(part.strip()) >= MIN_SENTENCE]
    return [title.strip()[:MAX_SENTENCE], *told][:MAX_SENTENCES]


def is_written_in_latin(text: str) -> bool:
    """Tell whether `text` as a whole is Darija in the Latin letters of a telephone."""
    return darija.is_written_in_latin(text)
