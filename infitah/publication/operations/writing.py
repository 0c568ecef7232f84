"""The rows of a record: its text, its files, its grounds, its hash."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from django.utils.translation import gettext as _

from infitah.community.models import Community
from infitah.core import files as stored_files
from infitah.core.models import StoredFile
from infitah.kernel.localized import LocalizedText
from infitah.kernel.text import clean_line, clean_text
from infitah.publication import rules
from infitah.publication.models import PublishedRecord, RecordFile, RecordGround
from infitah.publication.operations.guards import RecordRefused
from infitah.publication.queries.content import canonical_content, content_of
from infitah.searchindex.rules import MAX_INDEXED

FILE_PREFIX = "record:"
"""Begins the subject of a file of a published answer."""


def stage_public_copy(*, stored: StoredFile, name: str, now: datetime) -> StoredFile:
    """Stage a copy of a file under a name that everybody may read; call it outside a transaction.

    A record has files of its own: taking it back takes nothing from who was answered.
    """
    with stored_files.path_of(stored).open("rb") as content:
        return stored_files.stage(content, community_key=stored.community_key, name=name, now=now)


def write_record(
    *, community: Community, record: rules.RecordText, edition: int, now: datetime
) -> PublishedRecord:
    """Write the rows of a new edition, not public yet, and return it; it waits to be saved as such.

    Raises FileRefused for a file that is gone or belongs to something else.
    """
    made = PublishedRecord(community=community, reference=record.reference, edition=edition)
    made.entered_at = now
    fill(made, record)
    return made


def fill(made: PublishedRecord, record: rules.RecordText) -> None:
    """Put the words of a record into its row, cleaned; nothing is saved."""
    made.language = record.language
    made.answer_language = record.answer_language or record.language
    made.title, made.summary = _line(record.title), _line(record.summary)
    made.question, made.answer = clean_text(record.question), clean_text(record.answer)
    made.outcome = record.outcome.value
    made.asked_on, made.answered_on = record.asked_on, record.answered_on
    made.working_days, made.is_late = record.working_days, record.is_late
    made.licence = record.licence


def _line(text: LocalizedText) -> LocalizedText:
    return LocalizedText(**{code: clean_line(text.text_of(code)) for code in text.languages()})


def attach(
    made: PublishedRecord, record: rules.RecordText, *, is_public: bool, now: datetime
) -> None:
    """Bind the files of a saved record, write its grounds and set its hash; the hash is saved."""
    files = [
        _attached(made, one, position, is_public=is_public, now=now)
        for position, one in enumerate(record.files, start=1)
    ]
    RecordFile.objects.bulk_create(files)
    grounds = list(_grounds(made, record, files))
    RecordGround.objects.bulk_create(grounds)
    content = content_of(made, files, grounds)
    made.sha256 = sha256(canonical_content(content)).hexdigest()
    made.save(update_fields=["sha256"])


def detach(made: PublishedRecord, *, now: datetime, is_erased: bool = False) -> None:
    """Take the files of a record out of view; with `is_erased` their bytes go for good."""
    for file in made.files.select_related("stored").order_by("position"):
        stored_files.withdraw(key=str(file.stored.key), now=now, is_erased=is_erased)


def subject_of_files(reference: str) -> str:
    """Return the subject to which the files of a record are bound."""
    return f"{FILE_PREFIX}{reference}"


def _attached(
    made: PublishedRecord,
    file: rules.FileToPublish,
    position: int,
    *,
    is_public: bool,
    now: datetime,
) -> RecordFile:
    try:
        stored = stored_files.bind(
            key=str(file.key),
            community_key=made.community.key,
            subject=subject_of_files(made.reference),
            is_public=is_public,
            now=now,
        )
    except stored_files.FileRefused as refused:
        raise RecordRefused(refused.message, code=refused.code, field="files") from refused
    if RecordFile.objects.filter(stored=stored).exists():
        raise RecordRefused(
            _("The file belongs to something else. Choose it again."), code="taken", field="files"
        )
    if file.text:
        stored.extracted_text = file.text[:MAX_INDEXED]
        stored.save(update_fields=["extracted_text"])
    return RecordFile(
        record=made,
        stored=stored,
        position=position,
        title=_line(file.title),
        pages=file.pages,
        sha256=stored.sha256,
    )


def _grounds(
    made: PublishedRecord, record: rules.RecordText, files: list[RecordFile]
) -> Iterator[RecordGround]:
    parts = [(None, one) for one in record.withheld]
    placed: list[tuple[RecordFile | None, rules.Withheld]] = [*parts]
    for row, file in zip(files, record.files, strict=True):
        placed += [(row, one) for one in file.withheld]
    for position, (row_or_none, part) in enumerate(placed, start=1):
        yield RecordGround(
            record=made,
            file=row_or_none,
            position=position,
            code=part.code,
            article=part.article,
            sentence=part.sentence,
            times=part.times,
            place=part.place,
        )
