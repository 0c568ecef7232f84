"""The record of an answer made ready for the log: question and answer without names, two lines."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from infitah.information.models import Decision, InformationRequest, WithheldPart
from infitah.information.queries.desk_case import DeskCase
from infitah.information.queries.desk_files import FileRow
from infitah.information.queries.words import EXCEPTIONS, OUTCOMES, ground_of
from infitah.kernel.localized import LocalizedText
from infitah.publication.models import PublishedRecord
from infitah.publication.rules import SUMMARY_MAX, FacetKind, RecordState, Withheld

LANGUAGES: Final = ("ar", "fr")
ARTICLE_7, ARTICLE_18 = "7", "18"


def _in_both(words: object) -> LocalizedText:
    """Return a text of the interface in Arabic and French."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = str(words)
    return LocalizedText(**found)


def proposed_summary(found: DeskCase, language: str) -> str:
    """Return two lines for the log, in a language: what was asked, what it came to."""
    decision = found.decision
    if decision is None:
        return ""
    title = found.request.public_title
    with override(language):
        words = _("Asked: %(title)s. Answer: %(outcome)s.") % {
            "title": title,
            "outcome": OUTCOMES[decision.outcome],
        }
    return words[:SUMMARY_MAX]


def stands_in_log(request: InformationRequest) -> bool:
    """Return whether the log holds an answer of this request, public or put off. One query."""
    known = PublishedRecord.objects.of(request.community).filter(reference=request.reference)
    return known.exclude(state=RecordState.WITHDRAWN).exists()


def waiting_of(request: InformationRequest) -> PublishedRecord | None:
    """Return the answer that is kept ready and put off, None without one. One query."""
    known = PublishedRecord.objects.of(request.community).deferred()
    return known.filter(reference=request.reference).first()


def tags_of(record: PublishedRecord) -> list[str]:
    """Return the tags of an answer as they were typed. One query."""
    rows = record.facet_rows.filter(facet__kind=FacetKind.TAG).order_by("pk")
    return list(rows.values_list("facet__words", flat=True))


def withheld_of(decision: Decision) -> tuple[Withheld, ...]:
    """Return what a decision withholds as everybody reads it: code, article, ground. No reason.

    The reason was written to one person, about their case. No query with its parts.
    """
    return tuple(_withheld(part) for part in decision.withheld.all())


def _withheld(part: WithheldPart) -> Withheld:
    return Withheld(
        code=part.exception or part.ground,
        article=ARTICLE_7 if part.exception else ARTICLE_18,
        sentence=_in_both(ground_of(part)),
        place=part.place,
    )


def hidden_in(row: FileRow, rows: dict[int, FileRow]) -> tuple[Withheld, ...]:
    """Return what a redacted copy hides: how often under each exception."""
    source = rows.get(row.file.original_id or 0)
    return tuple(_hidden(source)) if source is not None else ()


def _hidden(source: FileRow) -> Iterator[Withheld]:
    for code, times in source.boxes.times.items():
        if code in EXCEPTIONS:
            yield Withheld(code, ARTICLE_7, _in_both(EXCEPTIONS[code]), times)
