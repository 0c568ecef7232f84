"""Published answers in the search index, and the log looked through by words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from infitah.core.clock import local_day
from infitah.core.viewer import Viewer
from infitah.kernel.references import typed_number
from infitah.publication import rules
from infitah.publication.models import PublishedRecord
from infitah.publication.queries.log import (
    KIND,
    LogFilter,
    RecordList,
    RecordRow,
    Walk,
    by_keyset,
    log_of,
    walk_of,
)
from infitah.searchindex import queries as searchindex
from infitah.searchindex.queries import Suggestion
from infitah.searchindex.registry import SearchableText
from infitah.searchindex.rules import Fragment

LETTER: Final = "R"
CLOSEST: Final = 10
"""Answers shown first as the closest to the words."""
LOOKED_AT: Final = 40
"""Answers close to the words of which those that bear a facet are kept."""
MOST_HELD: Final = 200
"""Texts that hold every word and are listed after the closest: whoever seeks more names more."""
FILES_READ: Final = 20_000
"""Letters of the files of an answer that are looked through."""


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A published answer that a search found, with the passage that was found in it."""

    row: RecordRow
    passage: Sequence[Fragment]
    language: str
    is_by_meaning: bool


@dataclass(frozen=True, slots=True)
class FoundList:
    """What a search found: the closest, then all others that hold every word, newest first."""

    closest: Sequence[FoundRecord] = ()
    is_cut: bool = False
    """More of them hold every word than are listed."""
    others: RecordList = field(default_factory=lambda: RecordList(()))


def searchable_record(community_key: str, subject: str) -> list[SearchableText]:
    """Return what the index holds of an answer: nothing unless it stands in the log. Two queries.

    One text for each language of its title, with the summary in it; the words of the question and
    of the answer, and those of its files, go with the title of their own language.
    """
    shown = PublishedRecord.objects.filter(community__key=community_key).published().current()
    record = shown.filter(reference=subject).first()
    if record is None:
        return []
    texts = list(record.files.order_by("position").values_list("title", "stored__extracted_text"))
    said = [
        (record.language, record.question),
        (record.answer_language, record.answer),
        (record.answer_language, "\n\n".join(text for _title, text in texts)[:FILES_READ]),
    ]
    languages = record.title.languages()
    return [
        SearchableText(
            language=language,
            title=record.title.text_of(language),
            body="\n\n".join(
                [
                    record.summary.text_of(language),
                    *(title.text_of(language) for title, _text in texts),
                    *(text for spoken, text in said if _filed(spoken, languages) == language),
                ]
            ).strip(),
            url=f"/{language}/information/log/{subject}/",
            is_public=True,
            dated_on=local_day(record.published_at or record.entered_at),
        )
        for language in languages
    ]


def _filed(spoken: str, languages: Sequence[str]) -> str:
    """Return under which of the languages of a title people's own words are found."""
    filed = rules.language_filed(spoken)
    return filed if filed in languages else languages[0]


def found_records(
    *, viewer: Viewer, wanted: LogFilter, language: str, before: str = "", after: str = ""
) -> FoundList:
    """Return the answers to words, within the other filters of the log.

    First the closest, by words, by what stands for them, and by meaning in any language; then,
    page by page, every other one that holds all the words, MOST_HELD texts at most. Eleven queries
    at most, whatever the log holds.
    """
    within = walk_of(viewer, LogFilter(wanted.facets))
    if within is None or not wanted.words:
        return FoundList()
    found = searchindex.find(
        community_key=viewer.community_key,
        text=wanted.words,
        kinds=(KIND,),
        language=language,
        kind=KIND,
        page=slice(0, LOOKED_AT if wanted.facets else CLOSEST),
    )
    closest = _rows(within, found.shown)[:CLOSEST]
    shown = {one.row.reference for one in closest}
    held = searchindex.newest_holding(
        community_key=viewer.community_key, text=wanted.words, kind=KIND, limit=MOST_HELD
    )
    others = within.among([one for one in held if one not in shown])
    listed = by_keyset(others, viewer, before=before, after=after)
    return FoundList(
        () if before or after else closest, is_cut=len(held) >= MOST_HELD, others=listed
    )


def _rows(within: Walk, found: Sequence[Suggestion]) -> list[FoundRecord]:
    """Return what was found and may be shown, in the order of the search. One query."""
    references = [one.subject for one in found]
    known = {row.reference: row for row in within.among(references).read(len(references))}
    return [
        FoundRecord(known[one.subject], one.passage, one.language, one.found_by == "meaning")
        for one in found
        if one.subject in known
    ]


def by_number(viewer: Viewer, words: str) -> list[RecordRow]:
    """Return the answer whose number was typed, with its year: 2026-R-42. One query, or none."""
    typed = typed_number(words, LETTER)
    if typed is None or typed.year is None or typed.community not in {"", viewer.community_key}:
        return []
    reference = f"{viewer.community_key}-{typed.year}-{LETTER}-{typed.number:04d}"
    return Walk(log_of(viewer)).among([reference]).read(1)
