"""Published answers in the search index, and those near to words that none of them holds."""

from collections.abc import Sequence
from dataclasses import dataclass

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
    log_of,
    walk_of,
)
from infitah.searchindex import queries as searchindex
from infitah.searchindex.registry import SearchableText

LETTER = "R"
NEAR_SHOWN = 5
FEW = 5
"""Answers that hold the words below which those near to them are offered beside."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Answers near to words that few or none hold; `is_by_meaning`: by what they say."""

    rows: Sequence[RecordRow] = ()
    is_by_meaning: bool = False


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
        *((record.answer_language, text) for _title, text in texts),
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
        )
        for language in languages
    ]


def _filed(spoken: str, languages: Sequence[str]) -> str:
    """Return under which of the languages of a title people's own words are found."""
    filed = rules.language_filed(spoken)
    return filed if filed in languages else languages[0]


def beside(*, viewer: Viewer, wanted: LogFilter, found: RecordList) -> Beside:
    """Return answers near to the words of a search that found few, within its other filters.

    None of those found; nothing where enough were. At most seven queries.
    """
    is_enough = bool(found.newer or found.older) or len(found.rows) >= FEW
    if not wanted.words or is_enough:
        return Beside()
    near = searchindex.near(community_key=viewer.community_key, kind=KIND, text=wanted.words)
    held = {row.reference for row in found.rows}
    others = [one for one in near.subjects if one not in held]
    walk = walk_of(viewer, LogFilter(wanted.facets)) if others else None
    if walk is None or (held and not near.is_by_meaning):
        return Beside()
    known = {row.reference: row for row in walk.among(others).read(len(others))}
    rows = [known[one] for one in others if one in known][:NEAR_SHOWN]
    return Beside(rows, near.is_by_meaning)


def by_number(viewer: Viewer, words: str) -> list[RecordRow]:
    """Return the answer whose number was typed, with its year: 2026-R-42. One query, or none."""
    typed = typed_number(words, LETTER)
    if typed is None or typed.year is None or typed.community not in {"", viewer.community_key}:
        return []
    reference = f"{viewer.community_key}-{typed.year}-{LETTER}-{typed.number:04d}"
    return Walk(log_of(viewer)).among([reference]).read(1)


def near_records(*, viewer: Viewer, text: str, limit: int = NEAR_SHOWN) -> list[RecordRow]:
    """Return published answers close to a question in words or in meaning, the closest first.

    For who is about to ask it again. At most four queries.
    """
    close = searchindex.similar(
        community_key=viewer.community_key, kind=KIND, text=text, limit=limit
    )
    order = [one.subject for one in close]
    known = {row.reference: row for row in Walk(log_of(viewer)).among(order).read(limit)}
    return [known[one] for one in order if one in known]
