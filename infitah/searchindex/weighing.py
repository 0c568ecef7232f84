"""What a text holds of a question, and how much that counts: rare words more, titles more.

Pure functions; both databases are asked for candidates only, and rank alike.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from infitah.searchindex.engines.question import Probe

IN_TITLE: Final = 1.0
IN_BODY: Final = 0.8
"""What a word counts that stands in the text and not in its title."""
STANDS_FOR: Final = 0.85
"""What a word counts that only stands for the one asked for: a synonym, its plural, a mend."""
MEANING_COUNTS: Final = 0.7
"""What a cosine of 1 counts beside a text that holds every word."""
ASPECT_COUNTS: Final = 0.2
"""What a word counts that only says what is asked about a thing: its amount, its year."""
NAMING: Final = 2
"""Words that name the thing, from which on such a word counts less: "صفقات 2026" is the thing."""
UNKNOWN_COUNTS: Final = 0.5
"""What a word that no text holds counts, beside the mean of those that some do: it tells texts
apart from nothing, and must not outweigh those that are found."""
CORE: Final = 4
"""The heaviest words of a question, of which a text must hold its least share: whoever writes a
longer and more precise sentence must not find less."""
RAREST: Final = 3
"""Words of a question that are also looked for in pairs and alone."""
ALONE: Final = 9
"""Words of a question, the heaviest, that are looked for alone in titles."""
MANY: Final = 40
FEW: Final = 20
FEWEST: Final = 10
"""Texts taken of one probe: of the strict ones, of the others, of those for one more word."""
ARTICLE: Final = "ال"
LEAST_WEIGHT: Final = 0.05
"""What a word still counts that every text holds, beside one that hardly any does (about 10)."""

Forms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """A word asked for: its own forms, and the forms of what stands for it.

    `beginnings` are letters that a word may go on from, while it is still being typed. `texts` is
    the number of texts that hold its commonest form, None where the index holds none. `is_aspect`:
    it says what is asked about a thing, not about which.
    """

    forms: Forms
    others: Forms = ()
    beginnings: Forms = ()
    texts: int | None = None
    is_aspect: bool = False

    @property
    def every_form(self) -> Forms:
        return (*self.forms, *self.others)


@dataclass(frozen=True, slots=True)
class Held:
    """The normalised words and stems of a text: of its title, of the rest."""

    title: str
    body: str


def probes(sought: Sequence[Sought]) -> list[Probe]:
    """Return what the word index is asked, the strictest first: every word, then ever fewer.

    A word that no text held when the vocabulary was read may have come since: it is asked with
    the others, and once by itself. Each of the first words is asked alone too, however many stand
    beside it.
    """
    if not sought:
        return []
    known = [one for one in sought if one.texts or one.beginnings]
    new = [one for one in sought if not one.texts]
    made = [*_strict(sought), *(_strict(known) if 0 < len(known) < len(sought) else [])]
    ordered = sorted(known, key=lambda one: (one.is_aspect, one.texts or 0))
    rare = ordered[:RAREST]
    if len(known) > 1:
        made.append(_probe(rare[:2], FEW, is_in_title=True))
    for size in range(min(RAREST, len(known) - 1), 0, -1):
        made += [_probe(some, FEW) for some in combinations(rare, size)]
    if len(known) > 1:
        made.append(_probe(rare[:1], FEW, is_in_title=True))
    made += [_probe([one], FEWEST, is_in_title=True) for one in ordered[RAREST:ALONE]]
    if new:
        made.append(Probe((_fewest(form for one in new for form in one.every_form),), FEW))
    return _once(made)


def _once(made: Iterable[Probe]) -> list[Probe]:
    """Return probes without those that ask what another one asks, for no more texts."""
    largest: dict[object, Probe] = {}
    for one in made:
        asked = frozenset(map(frozenset, one.words)), one.is_in_title, one.beginnings
        known = largest.setdefault(asked, one)
        if known.limit < one.limit:
            largest[asked] = one
    return list(largest.values())


def _strict(words: Sequence[Sought]) -> list[Probe]:
    return [_probe(words, MANY, is_in_title=True), _probe(words, MANY)]


def _probe(words: Sequence[Sought], limit: int, *, is_in_title: bool = False) -> Probe:
    """Return what finds the texts that hold every word; words that stand for each other are one."""
    ordered = sorted(words, key=lambda one: bool(one.beginnings))
    *before, last = [_fewest(one.every_form) for one in ordered]
    different = {frozenset(forms): forms for forms in before if frozenset(forms) != frozenset(last)}
    return Probe((*different.values(), last), limit, is_in_title, ordered[-1].beginnings)


def _fewest(forms: Iterable[str]) -> Forms:
    """Return the forms that find what all of them do.

    A text that holds a word with the article holds it without, as a stem: one of both is enough.
    Of other clitics that is not so: the index takes off one at most.
    """
    every = dict.fromkeys(forms)
    return tuple(
        form for form in every if form.removeprefix(ARTICLE) == form or form[2:] not in every
    )


def weights(sought: Sequence[Sought], total: int) -> list[float]:
    """Return what each word counts, by how few of the `total` texts hold it; together 1.

    What is asked about a thing counts ASPECT_COUNTS of that beside NAMING words that name it; a
    word that no text holds counts UNKNOWN_COUNTS of the mean.
    """
    is_named = sum(not one.is_aspect for one in sought) >= NAMING
    known = [
        max(LEAST_WEIGHT, math.log((total + 1) / (one.texts + 0.5)))
        for one in sought
        if one.texts and total
    ]
    unknown = UNKNOWN_COUNTS * sum(known) / len(known) if known else 1.0
    waiting = iter(known)
    told = [next(waiting) if one.texts and total else unknown for one in sought]
    each = [
        weight * ASPECT_COUNTS if is_named and one.is_aspect else weight
        for one, weight in zip(sought, told, strict=True)
    ]
    return [one / sum(each) for one in each]


def least(weighed: Sequence[float], share: float) -> float:
    """Return how much of a question a text must hold: `share` of what its CORE words count."""
    return share * sum(sorted(weighed)[-CORE:])


def coverage(sought: Sequence[Sought], weighed: Sequence[float], held: Held) -> float:
    """Return how much of a question a text holds, 0 to 1."""
    title, body = frozenset(held.title.split()), frozenset(held.body.split())
    return sum(
        weight * _best(one, held, title, body) for one, weight in zip(sought, weighed, strict=True)
    )


def _best(one: Sought, held: Held, title: frozenset[str], body: frozenset[str]) -> float:
    if not title.isdisjoint(one.forms) or _begins(held.title, one.beginnings):
        return IN_TITLE
    if not title.isdisjoint(one.others):
        return IN_TITLE * STANDS_FOR
    if not body.isdisjoint(one.forms) or _begins(held.body, one.beginnings):
        return IN_BODY
    return IN_BODY * STANDS_FOR if not body.isdisjoint(one.others) else 0.0


def _begins(text: str, beginnings: Forms) -> bool:
    return any(f" {beginning}" in f" {text}" for beginning in beginnings)


def joint(covered: float, cosine: float | None) -> float:
    """Return one score of the words that a text holds and of its closeness in meaning."""
    return covered + MEANING_COUNTS * max(0.0, cosine or 0.0)
