"""The words of a question as the index looks for them: with what stands for each, and mended."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from django.db import connection

from infitah.kernel import arabic
from infitah.searchindex import asking, spelling, synonyms
from infitah.searchindex.darija import reading_of_few
from infitah.searchindex.kin import widened
from infitah.searchindex.models import EVERY_TEXT
from infitah.searchindex.rules import MAX_INDEXED, MAX_WORDS
from infitah.searchindex.weighing import Sought

MAX_READ: Final = 40
"""Words of a question that are read; of a longer one the first."""
MIN_BEGINNING: Final = 2
"""Letters from which a word that is being typed may go on."""

Forms = tuple[str, ...]


def sought(text: str, *, is_typing: bool) -> tuple[list[Sought], int]:
    """Return the words of `text` with what stands for them, and how many texts there are.

    A word that the index does not know is mended where one letter or one space makes it known.
    With `is_typing` the last word may go on. At most two queries.
    """
    words = _words(text)
    counts = _counts(form for one in words for form in one.every_form)
    total = counts.get(EVERY_TEXT, 0)
    words = [_known(one, counts) if total else one for one in words]
    if is_typing and words and text[-1:].isalnum():
        words[-1] = replace(words[-1], beginnings=_beginnings(words[-1].forms[0]))
    return (_mended(words) if total else words), total


def readings(text: str) -> list[str]:
    """Return `text` and what it says in written Arabic, each once; for closeness in meaning."""
    told = synonyms.told_in_arabic(arabic.tokens(text[:MAX_INDEXED])[: MAX_WORDS * 2])
    return list(dict.fromkeys([text, told]))


def _words(text: str) -> list[Sought]:
    """Return the telling words, or all where none tells; at most MAX_WORDS, each once.

    Beyond MAX_WORDS those that only say what is asked about a thing are left out first.
    """
    written = arabic.tokens(text[:MAX_INDEXED])[:MAX_READ]
    standing = synonyms.standing_for(written)
    made: dict[str, Sought] = {}
    for place, word in enumerate(written):
        if place in standing or not (word in arabic.STOP_WORDS or asking.is_asking(word)):
            made.setdefault(word, _told(word, standing.get(place, ())))
    found = list(made.values()) or [Sought((word,)) for word in dict.fromkeys(written)]
    kept = sorted(range(len(found)), key=lambda place: found[place].is_aspect)[:MAX_WORDS]
    return [found[place] for place in sorted(kept)]


def _told(word: str, standing: Forms) -> Sought:
    forms = (word, *arabic.stems(word))
    others = _others(word, forms, standing)
    return Sought(forms, others, is_aspect=asking.is_aspect(word))


def _others(word: str, forms: Forms, standing: Forms) -> Forms:
    read = [
        form
        for each in arabic.query_forms(reading_of_few(word))
        if each[0] not in arabic.STOP_WORDS
        for form in each
    ]
    bare = asking.unowned(word)
    kin = widened([forms, bare] if bare else [forms])
    meant = dict.fromkeys([*standing, *read, *(form for each in kin for form in each)])
    return tuple(one for one in meant if one not in forms)


def _counts(forms: Iterable[str]) -> dict[str, int]:
    """Return in how many texts each form stands that the vocabulary holds. One query.

    Written in SQL: of some hundred forms Django would make an expression each.
    """
    asked = list({EVERY_TEXT, *forms})
    marks = ", ".join(["%s"] * len(asked))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT form, texts FROM searchindex_vocabularyword WHERE form IN ({marks})",  # noqa: S608
            asked,
        )
        return dict(cursor.fetchall())


def _known(one: Sought, counts: dict[str, int]) -> Sought:
    """Return a word with what the vocabulary knows of what stands for it, and how rare it is.

    Where no text holds the word, what stands for it is counted.
    """
    others = tuple(form for form in one.others if form in counts)
    own = max((counts.get(form, 0) for form in one.forms), default=0)
    texts = own or max((counts[form] for form in others), default=0)
    return replace(one, others=others, texts=texts or None)


def _beginnings(word: str) -> Forms:
    stems = [one for one in arabic.stems(word) if word.endswith(one)]  # a clitic off, no ending
    return tuple(one for one in (word, *stems) if len(one) >= MIN_BEGINNING)


def _mended(words: Sequence[Sought]) -> list[Sought]:
    """Return the words, the unknown ones with those that the index knows one letter off."""
    unknown = [one for one in words if not one.texts][: spelling.MAX_CORRECTED]
    tried = {one.forms[0]: _tried(one.forms[0]) for one in unknown}
    if not any(tried.values()):
        return list(words)
    counts = _counts(word for each in tried.values() for words_ in each for word in words_)
    return [_mend(one, tried.get(one.forms[0], ()), counts) for one in words]


def _tried(word: str) -> list[Forms]:
    """Return what an unknown word may have been: each one word, or two that must both be known."""
    form = spelling.corrected_form(word)
    off = [(one,) for one in spelling.one_letter_off(form)] if form else []
    return [*off, *spelling.halves_of(word)]


def _mend(one: Sought, tried: Iterable[Forms], counts: dict[str, int]) -> Sought:
    found = [word for each in tried if all(word in counts for word in each) for word in each]
    if not found:
        return one
    meant = [form for word in found for form in (word, *arabic.stems(word))]
    most = max(counts[word] for word in found)
    return replace(one, forms=tuple(dict.fromkeys([*one.forms, *meant])), texts=most)
