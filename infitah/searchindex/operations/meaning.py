"""What texts mean, as vectors: encoding for the worker and for the apps' work in it.

No process but the worker, or a command that says `use_encoder`, holds the encoder.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q

from infitah.searchindex import encoder
from infitah.searchindex.meaning import vectors
from infitah.searchindex.models import IndexedText, TextMeaning
from infitah.searchindex.rules import sentences

if TYPE_CHECKING:
    import numpy

BATCH = 25
"""Texts encoded at a time, a quarter of a second: the worker's other jobs have their turn."""

_Texts = Mapping[int, tuple[str, str]]


def use_encoder() -> bool:
    """This process may load the encoder from now on; false where meaning is off.

    Said by the worker at its start, and by a command that encodes; never by a web process. It
    loads at the first `encode`.
    """
    encoder.permit(allowed=settings.ENVIRONMENT.meaning)
    return bool(settings.ENVIRONMENT.meaning)


def encode(texts: Sequence[str]) -> "numpy.ndarray[Any, Any] | None":
    """Return the vectors of `texts`: float32, one row of 512 a text, each of length one.

    The product of two rows is the cosine of their texts. None where meaning is off, where the
    encoder is absent or broken, and in a process that never said `use_encoder`: then words alone
    must do. The first call loads it (about a second); then 1 to 2 ms a text. No query.
    """
    return vectors.encoded(texts)


def has_unencoded(_now: datetime) -> bool:
    """Tell whether a text waits for its vectors in a process that can make them. One query."""
    return encoder.is_loaded() and TextMeaning.objects.filter(revision=None).exists()


def encode_waiting(*, now: datetime, limit: int = BATCH) -> bool:
    """Up to `limit` waiting texts have the vectors of their sentences; true if more may wait.

    They are computed outside the transaction; a text that changed meanwhile waits on. Five
    queries.
    """
    waiting = TextMeaning.objects.filter(revision=None).order_by("pk")[:limit]
    ids = list(waiting.values_list("pk", flat=True))
    texts = _read(ids)
    made = _encoded(texts)
    if made is None:
        return False
    _store(texts, made)
    return len(ids) == limit


def _read(ids: Sequence[int], *, is_locked: bool = False) -> _Texts:
    rows = IndexedText.objects.filter(pk__in=ids)
    rows = rows.order_by("pk").select_for_update() if is_locked else rows
    return {pk: (title, body) for pk, title, body in rows.values_list("pk", "title", "body")}


def _encoded(texts: _Texts) -> dict[int, bytes] | None:
    """Return the stored form of the vectors of each text, all made in one go."""
    parts = {pk: sentences(title, body) for pk, (title, body) in texts.items()}
    rows = vectors.encoded([part for each in parts.values() for part in each])
    if rows is None:
        return None
    made: dict[int, bytes] = {}
    start = 0
    for pk, each in parts.items():
        made[pk] = vectors.to_bytes(rows[start : start + len(each)])
        start += len(each)
    return made


@transaction.atomic
def _store(texts: _Texts, made: Mapping[int, bytes]) -> None:
    """Keep the vectors of the texts that are still as they were read, under the next revision."""
    same = [pk for pk, text in _read(list(texts), is_locked=True).items() if text == texts[pk]]
    highest = TextMeaning.objects.aggregate(highest=Max("revision"))["highest"] or 0
    rows = [
        TextMeaning(
            pk=pk,
            vectors=made[pk],
            encoder_version=vectors.VECTORS_VERSION,
            revision=highest + 1,
        )
        for pk in same
    ]
    TextMeaning.objects.bulk_update(rows, ["vectors", "encoder_version", "revision"])


@transaction.atomic
def renew_vectors(*, now: datetime, limit: int = 500) -> bool:
    """Texts without vectors, or with another encoder's, wait to be encoded; true if more may be.

    Nothing is done where this process encodes nothing. Until then they answer by words alone.
    Three queries.
    """
    if not encoder.is_loaded():
        return False
    bare = IndexedText.objects.filter(meaning=None).order_by("pk")[:limit]
    rows = [
        TextMeaning(text_id=pk, community_key=key, kind=kind, subject=subject)
        for pk, key, kind, subject in bare.values_list("pk", "community_key", "kind", "subject")
    ]
    TextMeaning.objects.bulk_create(rows, ignore_conflicts=True)
    other = TextMeaning.objects.filter(
        ~Q(encoder_version=vectors.VECTORS_VERSION), revision__isnull=False
    )
    ids = list(other.values_list("pk", flat=True)[:limit])
    TextMeaning.objects.filter(pk__in=ids).update(vectors=None, encoder_version=None, revision=None)
    return max(len(rows), len(ids)) == limit
