"""Vectors as they are stored, eight bits a number, and compared. Only the worker comes here.

numpy is imported where it is used: every process imports this module, few call it.
"""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from infitah.searchindex import darija, encoder
from infitah.searchindex.models import TextMeaning

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

VECTORS_VERSION: Final = encoder.ENCODER_VERSION * 100 + darija.READING_VERSION
"""What stored vectors were made by; others are made anew."""
BLOCK: Final = 1024
"""Sentences compared at a time: 2 MB of memory for the moment, whatever the index holds."""
STALE_SECONDS: Final = 900
"""After so long everything is read anew, whatever the revisions say."""


def encoded(texts: Sequence[str]) -> "Array | None":
    """Return one row of length one a text, or None where this process encodes nothing.

    Darija is read as standard Arabic first: the encoder knows little of it.
    """
    return encoder.encode([darija.reading(text) for text in texts])


def to_bytes(rows: "Array") -> bytes:
    """Return `rows` as signed bytes, each row stretched to the full range: 512 bytes a sentence.

    Only the direction of a row tells something, so its length need not be kept.
    """
    import numpy as np

    highest = np.abs(rows).max(axis=1, keepdims=True)
    return bytes(np.rint(rows * (127.0 / np.maximum(highest, 1e-9))).astype(np.int8).tobytes())


class Shelf:
    """The vectors of one kind in one community, held in memory and never behind the database."""

    def __init__(self, community_key: str, kind: str) -> None:
        import numpy as np

        self.where = {"community_key": community_key, "kind": kind, "text__is_public": True}
        self.revisions: dict[int, int] = {}
        self.latest = 0
        self.read_at = time.monotonic()
        self._owners: Array = np.empty(0, dtype=np.int64)
        self._rows: Array = np.empty((0, encoder.DIMENSIONS), dtype=np.int8)

    def __len__(self) -> int:
        return len(self._owners)

    @property
    def is_stale(self) -> bool:
        """Whether it was filled so long ago that it is better filled anew."""
        return time.monotonic() - self.read_at > STALE_SECONDS

    def refresh(self) -> None:
        """Take in what was encoded since the last time. One query."""
        fresh = TextMeaning.objects.filter(
            revision__gt=self.latest, encoder_version=VECTORS_VERSION, **self.where
        )
        rows = [
            (pk, revision or 0, bytes(kept or b""))
            for pk, revision, kept in fresh.values_list("pk", "revision", "vectors")
        ]
        if rows:
            self._drop([pk for pk, _revision, _vectors in rows if pk in self.revisions])
            self._add(rows)
            self.latest = max(revision for _pk, revision, _vectors in rows)

    def closest(self, row: "Array", ids: Sequence[int], limit: int) -> dict[int, float]:
        """Return the cosines to `row` of the texts `ids` and of the `limit` closest.

        Of a text the closest sentence counts. What left the index or changed since it was taken
        in is dropped and does not answer: a query for each time that such a one was found.
        """
        while True:
            found = self._cosines(row, ids, limit)
            gone = self._gone(found)
            if not gone:
                return found
            self._drop(gone)

    def _cosines(self, row: "Array", ids: Sequence[int], limit: int) -> dict[int, float]:
        import numpy as np

        if not len(self):
            return {}
        owners, place = np.unique(self._owners, return_inverse=True)
        best = np.full(len(owners), -1.0, dtype=np.float32)
        np.maximum.at(best, place, self._products(row))
        first = np.argsort(-best, kind="stable")[:limit]
        asked = np.flatnonzero(np.isin(owners, np.asarray(ids, dtype=np.int64)))
        return {int(owners[one]): float(best[one]) for one in (*first, *asked)}

    def _products(self, row: "Array") -> "Array":
        import numpy as np

        products = np.empty(len(self), dtype=np.float32)
        for start in range(0, len(self), BLOCK):
            block = self._rows[start : start + BLOCK].astype(np.float32)
            lengths = np.sqrt(np.einsum("ij,ij->i", block, block))
            products[start : start + BLOCK] = (block @ row) / np.maximum(lengths, 1e-9)
        return products

    def _gone(self, found: dict[int, float]) -> list[int]:
        """Return which of `found` the database does not hold as they are here. One query."""
        held = TextMeaning.objects.filter(pk__in=list(found), text__is_public=True)
        known = dict(held.values_list("pk", "revision"))
        return [pk for pk in found if known.get(pk) != self.revisions[pk]]

    def _add(self, rows: list[tuple[int, int, bytes]]) -> None:
        import numpy as np

        added = [np.frombuffer(one, np.int8).reshape(-1, encoder.DIMENSIONS) for *_, one in rows]
        owners = np.repeat([pk for pk, *_ in rows], [len(one) for one in added])
        self._rows = np.concatenate([self._rows, *added])
        self._owners = np.concatenate([self._owners, owners.astype(np.int64)])
        self.revisions |= {pk: revision for pk, revision, _vectors in rows}

    def _drop(self, ids: Sequence[int]) -> None:
        import numpy as np

        if ids:
            kept = ~np.isin(self._owners, np.asarray(ids, dtype=np.int64))
            self._rows, self._owners = self._rows[kept], self._owners[kept]
            for pk in ids:
                self.revisions.pop(pk, None)
