"""The record of an answer as its form holds it before anybody typed anything."""

from typing import Any, Final

from infitah.core.media_types import CSV, PDF, PLAIN
from infitah.information.forms.desk_publish import PublishForm
from infitah.information.operations.identities import identity_of
from infitah.information.queries.desk_case import DeskCase
from infitah.information.queries.desk_files import FileRow, file_rows
from infitah.information.queries.prepared import without_numbers
from infitah.information.queries.prepared_public import public_words
from infitah.information.queries.publishing import proposed_summary, tags_of, waiting_of
from infitah.publication.models import PublishedRecord

NAME: Final = "publish"
BOTH: Final = ("ar", "fr")
READ_BY_MACHINES: Final = frozenset({PDF, PLAIN, CSV})


def form_of(data: Any, found: DeskCase) -> PublishForm:
    """Return the form: bound to what was sent, or with the record that the case speaks for."""
    given = [row for row in file_rows(found.files) if row.file.is_given]
    return PublishForm(
        data,
        prefix=NAME,
        files=[(row.file.pk, row.title) for row in given],
        language=found.request.language,
        today=found.today,
        initial=_ready(found, given) if data is None else {},
    )


def _ready(found: DeskCase, given: list[FileRow]) -> dict[str, Any]:
    """Return the record as it is kept where it is put off, else the one made ready."""
    kept = waiting_of(found.request) if found.case.deferred_until is not None else None
    return _proposed(found, given) if kept is None else _as_kept(kept, given)


def _as_kept(kept: PublishedRecord, given: list[FileRow]) -> dict[str, Any]:
    """Return the record that waits for its day; its files are known by their hash."""
    hashes = set(kept.files.values_list("sha256", flat=True))
    texts = {"title": kept.title, "summary": kept.summary}
    return {
        **{f"{name}_{code}": text.text_of(code) for name, text in texts.items() for code in BOTH},
        "question": kept.question,
        "answer": kept.answer,
        "licence": kept.licence,
        "tags": ", ".join(tags_of(kept)),
        "published": [str(row.file.pk) for row in given if row.file.file.sha256 in hashes],
        "when": "now",
    }


def _proposed(found: DeskCase, given: list[FileRow]) -> dict[str, Any]:
    """Return the record made ready; words that name who asked are left out, to be written anew."""
    request, identity = found.request, identity_of(found.request)
    titles = {f"title_{request.language}": request.public_title}
    answer = public_words(found, found.decision.answer) if found.decision is not None else ""
    summaries = {
        f"summary_{language}": proposed_summary(found, language)
        for language in BOTH
        if language == request.language
    }
    clean = {
        name: "" if identity.left_in(text) else text
        for name, text in {
            **titles,
            **summaries,
            "question": without_numbers(request.text),
            "answer": answer,
        }.items()
    }
    clean["question"] = clean["question"] or request.public_title
    readable = [row for row in given if row.file.file.media_type in READ_BY_MACHINES]
    return {**clean, "published": [str(row.file.pk) for row in readable], "when": "now"}
