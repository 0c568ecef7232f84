"""Acts on the index: mark, put, remove, and the worker's indexing of what is marked.

A record is marked in the transaction that changes it and indexed after its commit; what becomes
secret leaves at once, in the transaction that makes it so (decisions E21).
"""

import logging
from datetime import date, datetime

from django.db import transaction

from infitah.kernel.arabic import NORMALISER_VERSION
from infitah.searchindex.models import DirtyRow, IndexedText, TextMeaning
from infitah.searchindex.registry import SOURCES, texts_of
from infitah.searchindex.rules import MAX_INDEXED, index_forms

LOG = logging.getLogger(__name__)

BATCH = 50
MAX_TRIES = 5
"""After so many faults a record waits for its next change or for a new version."""

_PLACE = ["community_key", "kind", "subject"]
_CONTENT = [
    "title",
    "body",
    "url",
    "is_public",
    "dated_on",
    "title_words",
    "body_words",
    "title_stems",
    "body_stems",
    "normaliser_version",
]
_MADE = ["vectors", "encoder_version", "revision"]


@transaction.atomic
def mark_dirty(*, community_key: str, kind: str, subject: str) -> None:
    """The record is indexed anew by the worker after this transaction. Marking twice is one.

    It waits for a worker that indexes this very record, so that no change is missed. One query.
    """
    row = DirtyRow(community_key=community_key, kind=kind, subject=subject)
    DirtyRow.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=_PLACE, update_fields=["tries"]
    )


@transaction.atomic
def put(
    *,
    community_key: str,
    kind: str,
    subject: str,
    language: str,
    title: str,
    body: str,
    url: str,
    is_public: bool,
    dated_on: date | None = None,
) -> None:
    """The record's text in `language` is in the index at once, in place of an older one.

    What it means waits for the worker. Two queries; text beyond MAX_INDEXED characters is not kept.
    """
    forms = index_forms(title, body)
    row = IndexedText(
        community_key=community_key,
        kind=kind,
        subject=subject,
        language=language,
        title=title[:MAX_INDEXED],
        body=body[:MAX_INDEXED],
        url=url,
        is_public=is_public,
        dated_on=dated_on,
        title_words=forms.title_words,
        body_words=forms.body_words,
        title_stems=forms.title_stems,
        body_stems=forms.body_stems,
        normaliser_version=NORMALISER_VERSION,
    )
    IndexedText.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=[*_PLACE, "language"], update_fields=_CONTENT
    )
    waits = TextMeaning(text=row, community_key=community_key, kind=kind, subject=subject)
    TextMeaning.objects.bulk_create(
        [waits], update_conflicts=True, unique_fields=["text"], update_fields=_MADE
    )


@transaction.atomic
def remove(*, community_key: str, kind: str, subject: str) -> None:
    """No text of the record is in the index any more, and none waits to be indexed.

    The mark goes first: it waits for a worker that is indexing this record. The meaning goes last:
    who encodes locks the texts. Three queries.
    """
    place = {"community_key": community_key, "kind": kind, "subject": subject}
    DirtyRow.objects.filter(**place).delete()
    IndexedText.objects.filter(**place).delete()
    TextMeaning.objects.filter(**place).delete()


def has_dirty(_now: datetime) -> bool:
    """Tell whether a record waits whose kind can be read. One query."""
    return DirtyRow.objects.filter(kind__in=SOURCES, tries__lt=MAX_TRIES).exists()


@transaction.atomic
def index_dirty(*, now: datetime, limit: int = BATCH) -> bool:
    """Up to `limit` marked records are indexed as they read now; true if more may wait.

    A record that cannot be read is tried again later, MAX_TRIES times, and holds up no other.
    """
    waiting = DirtyRow.objects.select_for_update(skip_locked=True).filter(
        kind__in=SOURCES, tries__lt=MAX_TRIES
    )
    rows = list(waiting.order_by("tries", "pk")[:limit])
    done = [row.pk for row in rows if _index(row)]
    DirtyRow.objects.filter(pk__in=done).delete()
    return len(rows) == limit


def _index(row: DirtyRow) -> bool:
    """Index one record inside a savepoint; a fault is logged and counted."""
    try:
        with transaction.atomic():
            _index_texts(row)
    except Exception:  # the faults of other apps' loaders are theirs, the queue is ours
        LOG.exception("%s cannot be indexed", row)
        row.tries += 1
        row.save(update_fields=["tries"])
        return False
    return True


def _index_texts(row: DirtyRow) -> None:
    found = texts_of(row.kind, row.community_key, row.subject)
    texts = {text.language: text for text in found}
    place = {"community_key": row.community_key, "kind": row.kind, "subject": row.subject}
    left = IndexedText.objects.filter(**place).exclude(language__in=texts)
    ids = list(left.values_list("pk", flat=True))
    if ids:
        IndexedText.objects.filter(pk__in=ids).delete()
        TextMeaning.objects.filter(pk__in=ids).delete()
    for text in texts.values():
        put(
            **place,
            language=text.language,
            title=text.title,
            body=text.body,
            url=text.url,
            is_public=text.is_public,
            dated_on=text.dated_on,
        )


@transaction.atomic
def renew_outdated(*, now: datetime, limit: int = 500) -> bool:
    """Texts of another normaliser are marked to be indexed anew; true if more may remain.

    Until the worker comes to them the old text answers.
    """
    rows = IndexedText.objects.outdated(NORMALISER_VERSION).filter(kind__in=SOURCES)
    marked = DirtyRow.objects.values_list("community_key", "kind", "subject")
    waiting = set(marked)
    fresh = [
        DirtyRow(community_key=key, kind=kind, subject=subject)
        for key, kind, subject in rows.values_list(*_PLACE).distinct()
        if (key, kind, subject) not in waiting
    ][:limit]
    DirtyRow.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh) == limit
