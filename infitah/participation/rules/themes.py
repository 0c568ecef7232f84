"""Themes proposed from the texts of ideas: which speak of one thing, and words to name it by.

Only a proposal: people rename, move and merge (programme.md 5, step 5). The same texts, vectors
and parameters give the same proposal, in whatever order they come. Pure numpy.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from infitah.kernel import arabic
from infitah.participation.rules.clustering import ThemeParameters, ThemeText
from infitah.participation.rules.likeness import Matrix, distances_of, letter_vectors
from infitah.participation.rules.linkage import average_linkage, groups_within

METHOD: Final = "themes-1"
AT_ONCE: Final = 5_000
"""Texts compared with each other at once; more are taken axis by axis."""
NAMING_WORDS: Final = 3
LEAST_LETTERS: Final = 3


@dataclass(frozen=True, slots=True)
class ProposedTheme:
    """Ideas that speak of one thing, the most central first; words and a sentence by language."""

    members: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    sentences: Mapping[str, str]

    def as_json(self) -> dict[str, object]:
        """Return the proposal as it is stored."""
        return {
            "ideas": list(self.members),
            "words": {language: list(words) for language, words in self.words.items()},
        }


def proposed_themes(
    texts: Sequence[ThemeText], vectors: NDArray[np.float32] | None, parameters: ThemeParameters
) -> list[ProposedTheme]:
    """Return themes of at least `least` texts, the largest first; what fits nowhere is left out.

    `texts` as `sorted_texts` gives them, `vectors` a row of length 1 each, or None: letters alone.
    """
    spread = _spread(texts)
    found: list[ProposedTheme] = []
    for part in _parts(texts):
        chosen = [texts[place] for place in part]
        meaning = None if vectors is None else np.asarray(vectors, dtype=np.float32)[part]
        letters = letter_vectors([one.text for one in chosen])
        for members in _groups(letters, meaning, parameters):
            found.append(_named(members, chosen, letters, meaning, spread))
    return sorted(found, key=lambda theme: (-len(theme.members), min(theme.members)))


def _parts(texts: Sequence[ThemeText]) -> Iterator[list[int]]:
    """Yield the places of texts that are compared with each other."""
    if len(texts) <= AT_ONCE:
        if texts:
            yield list(range(len(texts)))
        return
    by_axis = defaultdict(list)
    for place, one in enumerate(texts):
        by_axis[one.axis].append(place)
    for axis in sorted(by_axis):
        places = by_axis[axis]
        yield from (places[start : start + AT_ONCE] for start in range(0, len(places), AT_ONCE))


def _groups(
    letters: Matrix, meaning: Matrix | None, parameters: ThemeParameters
) -> list[list[int]]:
    distances = distances_of(
        letters,
        meaning,
        floor=parameters.meaning_floor / 100,
        letters_weight=parameters.letters_weight / 100,
    )
    alike = parameters.alike_in_letters if meaning is None else parameters.alike
    joins = average_linkage(distances)
    names = groups_within(joins, len(letters), distance=1 - alike / 100, most=parameters.most)
    members = defaultdict(list)
    for place, name in enumerate(names):
        members[name].append(place)
    return [places for places in members.values() if len(places) >= parameters.least]


def _named(
    members: Sequence[int],
    texts: Sequence[ThemeText],
    letters: Matrix,
    meaning: Matrix | None,
    spread: "_Spread",
) -> ProposedTheme:
    vectors = letters if meaning is None else meaning
    middle = vectors[members].sum(axis=0)
    closeness = np.round(vectors[members] @ middle, 4)
    central = [members[place] for place in np.argsort(-closeness, kind="stable")]
    by_language: dict[str, list[ThemeText]] = defaultdict(list)
    for place in central:
        by_language[texts[place].language].append(texts[place])
    return ProposedTheme(
        members=tuple(texts[place].key for place in central),
        words={
            language: spread.telling_words(language, [one.text for one in group])
            for language, group in sorted(by_language.items())
        },
        sentences={language: group[0].text for language, group in sorted(by_language.items())},
    )


@dataclass(frozen=True, slots=True)
class _Spread:
    """In how many texts of a language each word family stands."""

    families: Mapping[str, Counter[str]]
    texts: Counter[str]

    def telling_words(self, language: str, group: Sequence[str]) -> tuple[str, ...]:
        """Return words that this group has and others have not, as they are mostly written.

        Words of two texts or more: one text alone in its language names no theme.
        """
        written: dict[str, Counter[str]] = defaultdict(Counter)
        times: Counter[str] = Counter()
        for text in group:
            forms = {family: word for word, family in reversed(_families(text))}
            times.update(reversed(forms))
            for family, word in forms.items():
                written[family][word] += 1
        known, all_texts = self.families[language], self.texts[language]
        weights = {
            family: count * log((1 + all_texts) / known[family])
            for family, count in times.items()
            if count > 1
        }
        best = sorted(weights, key=lambda family: (-weights[family], family))[:NAMING_WORDS]
        first = list(times)  # in the order of reading, the most central text first
        best.sort(key=first.index)
        return tuple(
            min(written[family], key=lambda word: (-written[family][word], word)) for family in best
        )


def _spread(texts: Sequence[ThemeText]) -> _Spread:
    families: dict[str, Counter[str]] = defaultdict(Counter)
    counts: Counter[str] = Counter()
    for one in texts:
        counts[one.language] += 1
        families[one.language].update({family for _word, family in _families(one.text)})
    return _Spread(families, counts)


def _families(text: str) -> list[tuple[str, str]]:
    """Return the telling words of a text as written, each with its family."""
    return [
        (text[token.start : token.end], arabic.root(token.form))
        for token in arabic.placed_tokens(text)
        if token.form not in arabic.STOP_WORDS and len(token.form) >= LEAST_LETTERS
    ]
