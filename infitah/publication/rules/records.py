"""What a published answer is made of, as plain values, and what makes it unfit to publish.

Law 31-13, arts. 6 (re-use), 7 and 18 (what is withheld and why). Nothing here names a requester.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from infitah.kernel.localized import LANGUAGES, LocalizedText
from infitah.kernel.text import has_letters
from infitah.publication.rules.facets import TAG_MAX, tag_key
from infitah.publication.rules.licences import DEFAULT_LICENCE, LICENCES

TITLE_MAX: Final = 200
SUMMARY_MAX: Final = 400
"""Letters of a summary in one language: two lines."""
QUESTION_MAX: Final = 20_000
ANSWER_MAX: Final = 100_000
REASON_MAX: Final = 500
SHORTEST_REASON: Final = 10
LONGEST_DEFERRAL: Final = 366
"""Days for which an answer is put off at most, a year; then it may be put off again.

No text of the law names a number: the house's own, so that no answer is put off for good.
"""
MOST_TAGS: Final = 8
MOST_FILES: Final = 50
WRITTEN_IN: Final = (*LANGUAGES, "ar-Latn")
"""Languages of people's own words: Darija in Latin letters beside those of the site."""


class Outcome(StrEnum):
    """What the answer came to; the codes are those of a decision."""

    FULL = "full"
    PARTIAL = "partial"
    REFUSED = "refused"
    NOT_HELD = "not_held"
    ALREADY_PUBLIC = "already_public"


class Verdict(StrEnum):
    """What a reader says of a record, without a name."""

    ANSWERED_ME = "answered_me"
    NOT_WHAT_I_ASKED = "not_what_i_asked"


class RecordState(StrEnum):
    """Where a record stands before the public."""

    DEFERRED = "deferred"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Withheld:
    """One thing that was not given, as the public reads it.

    `code` is of the law's list (R1 to R7, E01 to E14), `article` of the law that it rests on
    ("7", "18", or another law in words), `sentence` the ground in words, `times` how often it was
    drawn over in a file, `place` where it is published or kept.
    """

    code: str
    article: str
    sentence: LocalizedText
    times: int = 0
    place: str = ""


@dataclass(frozen=True, slots=True)
class FileToPublish:
    """A file of the answer, staged by `operations.stage_public_copy`: nobody else holds it.

    `text` is all that can be read in it, for the search and against names that were left in it.
    """

    key: UUID
    title: LocalizedText
    text: str = ""
    pages: int | None = None
    withheld: tuple[Withheld, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordText:
    """A published answer: the question and the answer without names, and what goes with them.

    `language` is that of the question, `answer_language` that of the answer if it is another one.
    `working_days` is how long the answer took, `is_late` whether it came after the last day of the
    law, None where that is not known; no hash binds it. `axes` are short names of axes of the
    community, `tags` words of anybody's, `items` codes of article 10 (P01 to P19, S1 to S17).
    """

    reference: str
    language: str
    title: LocalizedText
    summary: LocalizedText
    question: str
    answer: str
    outcome: Outcome
    asked_on: date
    answered_on: date
    working_days: int
    answer_language: str = ""
    withheld: tuple[Withheld, ...] = ()
    files: tuple[FileToPublish, ...] = ()
    axes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    licence: str = DEFAULT_LICENCE
    is_late: bool | None = None


class Fault(StrEnum):
    """What makes a record unfit to publish."""

    TITLE = "title"
    SUMMARY = "summary"
    QUESTION = "question"
    ANSWER = "answer"
    LANGUAGE = "language"
    DAYS = "days"
    WITHHELD = "withheld"
    FILES = "files"
    TAGS = "tags"
    ITEMS = "items"
    LICENCE = "licence"


def faults_of(record: RecordText, known_items: Collection[str]) -> tuple[Fault, ...]:
    """Return what makes a record unfit to publish, in the order of the form; empty if nothing.

    Title and summary stand in Arabic at least; what is withheld has its ground in words; who gave
    everything withheld nothing, and who gave less says what.
    """
    checks = {
        Fault.TITLE: _is_text(record.title, TITLE_MAX),
        Fault.SUMMARY: _is_text(record.summary, SUMMARY_MAX),
        Fault.QUESTION: _is_written(record.question, QUESTION_MAX),
        Fault.ANSWER: _is_written(record.answer, ANSWER_MAX),
        Fault.LANGUAGE: {record.language, record.answer_language or record.language}
        <= set(WRITTEN_IN),
        Fault.DAYS: record.asked_on <= record.answered_on and record.working_days >= 0,
        Fault.WITHHELD: _is_grounded(record),
        Fault.FILES: len(record.files) <= MOST_FILES
        and len({one.key for one in record.files}) == len(record.files)
        and all(one.title for one in record.files),
        Fault.TAGS: len(record.tags) <= MOST_TAGS
        and all(tag_key(one) and len(one) <= TAG_MAX for one in record.tags),
        Fault.ITEMS: set(record.items) <= set(known_items),
        Fault.LICENCE: record.licence in LICENCES,
    }
    return tuple(fault for fault, is_well in checks.items() if not is_well)


def _is_text(text: LocalizedText, most: int) -> bool:
    written = [text.text_of(language) for language in text.languages()]
    return has_letters(text.ar) and all(len(one) <= most for one in written)


def _is_written(text: str, most: int) -> bool:
    return has_letters(text) and len(text) <= most


def everything_withheld(record: RecordText) -> tuple[Withheld, ...]:
    """Return what is withheld of the answer as a whole and of each of its files."""
    return (*record.withheld, *(part for file in record.files for part in file.withheld))


def _is_grounded(record: RecordText) -> bool:
    withheld = everything_withheld(record)
    is_complete = all(one.code and one.sentence for one in withheld)
    return is_complete and bool(withheld) == (record.outcome is not Outcome.FULL)


def may_defer(until: date, today: date) -> bool:
    """Return whether publication may be put off until a day: a later one, within a year."""
    return today < until <= last_deferral(today)


def last_deferral(today: date) -> date:
    """Return the last day to which an answer may be put off today."""
    return today + timedelta(days=LONGEST_DEFERRAL)


def star_of(outcome: str) -> str:
    """Return the star of the look that goes with an outcome."""
    stars = {Outcome.FULL: "done", Outcome.ALREADY_PUBLIC: "done", Outcome.PARTIAL: "under_way"}
    return stars.get(Outcome(outcome), "refused")
