"""The content of published answers as values, from their rows: for the hash, the page, the data."""

from collections.abc import Sequence

from infitah.ledger.rules.canonical import canonical
from infitah.publication.models import PublishedRecord, RecordFile, RecordGround
from infitah.publication.rules.content import Content, FileFact, WithheldFact


def content_of(
    record: PublishedRecord, files: Sequence[RecordFile], grounds: Sequence[RecordGround]
) -> Content:
    """Return all that the hash of a record binds. No query."""
    position = {one.pk: one.position for one in files}
    return Content(
        reference=record.reference,
        edition=record.edition,
        language=record.language,
        answer_language=record.answer_language,
        title=record.title,
        summary=record.summary,
        question=record.question,
        answer=record.answer,
        outcome=record.outcome,
        asked_on=record.asked_on.isoformat(),
        answered_on=record.answered_on.isoformat(),
        working_days=record.working_days,
        licence=record.licence,
        withheld=[
            WithheldFact(
                code=one.code,
                article=one.article,
                sentence=one.sentence,
                times=one.times,
                place=one.place,
                file=position.get(one.file_id, 0) if one.file_id else 0,
            )
            for one in grounds
        ],
        files=[FileFact(one.position, one.title, one.sha256, one.pages) for one in files],
    )


def canonical_content(content: Content) -> bytes:
    """Return the bytes whose SHA-256 stands in the register."""
    return canonical(content.as_json())  # type: ignore[arg-type]
