"""Records of an invented council as rows of the word index, for the benchmarks that search."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from bench.council_texts import Told, records

if TYPE_CHECKING:
    from infitah.searchindex.models import IndexedText

Place = tuple[str, str]
"""The kind of a record in the index, and its subject."""


def rows_of_index(count: int, place_of: Callable[[int, Told], Place]) -> "Iterator[IndexedText]":
    """Yield `count` invented records as rows, each at the place that its number (from 0) has."""
    from infitah.kernel.arabic import NORMALISER_VERSION
    from infitah.searchindex.models import IndexedText
    from infitah.searchindex.rules import index_forms

    for number, one in enumerate(records(count)):
        kind, subject = place_of(number, one)
        forms = index_forms(one.title, one.body)
        yield IndexedText(
            community_key="SFR",
            kind=kind,
            subject=subject,
            language=one.language,
            title=one.title,
            body=one.body,
            url=f"/{one.language}/",
            is_public=True,
            dated_on=one.dated_on,
            title_words=forms.title_words,
            body_words=forms.body_words,
            title_stems=forms.title_stems,
            body_stems=forms.body_stems,
            normaliser_version=NORMALISER_VERSION,
        )


def in_batches(rows: Iterable[Any]) -> None:
    """Write rows of one model, a thousand a transaction."""
    from django.db import transaction

    waiting = iter(rows)
    while batch := list(islice(waiting, 1000)):
        with transaction.atomic():
            type(batch[0]).objects.bulk_create(batch)
