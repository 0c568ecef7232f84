"""The vocabulary of the index, renewed by the worker: which words there are and how rare."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.db import transaction

from infitah.searchindex.engines import engine
from infitah.searchindex.models import EVERY_TEXT, IndexedText, VocabularyWord

BATCH: Final = 2000


def renew_vocabulary(*, now: datetime) -> bool:
    """The vocabulary says what the index holds now; nothing is left to do, so false.

    Only what changed is written, in one transaction; what the index holds is read before it.
    """
    held = dict(_counted())
    known = dict(VocabularyWord.objects.values_list("form", "texts"))
    _write(
        [
            VocabularyWord(form=form, texts=held[form])
            for form in held
            if held[form] != known.get(form)
        ],
        [form for form in known if form not in held],
    )
    return False


def _counted() -> Iterator[tuple[str, int]]:
    yield EVERY_TEXT, IndexedText.objects.count()
    yield from engine().vocabulary()


@transaction.atomic
def _write(changed: list[VocabularyWord], gone: list[str]) -> None:
    for start in range(0, len(gone), BATCH):
        VocabularyWord.objects.filter(form__in=gone[start : start + BATCH]).delete()
    VocabularyWord.objects.bulk_create(
        changed,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["form"],
        update_fields=["texts"],
    )
