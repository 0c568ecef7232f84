"""Vectors as they are stored, eight bits a number, and compared. Only the worker comes here.

numpy is imported where it is used: every process imports this module, few call it.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from infitah.searchindex import darija, encoder
from infitah.searchindex.models import TextMeaning

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

VECTORS_VERSION: Final = encoder.ENCODER_VERSION * 100 + darija.READING_VERSION
"""What stored vectors were made by; others are made anew."""
BLOCK: Final = 1024
"""Texts taken in at a time: some megabytes for the moment, whatever the index holds."""
CODE: Final = encoder.DIMENSIONS // 64
READ: Final = 256
"""Texts of which the vectors are read and compared for one answer."""
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


def codes_of(rows: "Array") -> "Array":
    """Return which numbers of each row are positive: 512 bits, as eight numbers of 64.

    Two sentences of like meaning differ in few of them: 64 bytes a sentence tell which vectors
    are worth reading.
    """
    import numpy as np

    return np.packbits(rows > 0, axis=1).view(np.uint64)


class Shelf:
    """Which texts of one kind in one community there are, and the codes of their sentences.

    The vectors themselves stay in the database. Of the texts whose codes are nearest they are
    read and compared, so that a text that changed or left since is noticed with each answer.
    """

    def __init__(self, community_key: str, kind: str) -> None:
        import numpy as np

        self.where = {"community_key": community_key, "kind": kind, "text__is_public": True}
        self.revisions: dict[int, int] = {}
        self.latest = 0
        self.read_at = time.monotonic()
        self._owners: Array = np.empty(0, dtype=np.int64)
        self._codes: Array = np.empty((0, CODE), dtype=np.uint64)
        self._starts: Array = np.empty(0, dtype=np.int64)

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
        told = fresh.values_list("pk", "revision", "vectors").iterator(chunk_size=BLOCK)
        for rows in _blocks(told):
            self._drop([pk for pk, _revision, _vectors in rows if pk in self.revisions])
            self._add(rows)
            self.latest = max([self.latest, *(revision for _pk, revision, _vectors in rows)])

    def closest(self, rows: "Array", ids: Sequence[int], limit: int) -> dict[int, float]:
        """Return the cosines to `rows` of the texts `ids` and of the `limit` closest.

        Of a text the closest sentence counts, of the rows the closest one. What left the index or
        changed since it was taken in does not answer. One query.
        """
        nearest = self._nearest(rows)
        asked = [pk for pk in ids if pk in self.revisions]
        cosines = self._cosines(rows, list(dict.fromkeys([*nearest, *asked])))
        first = sorted(cosines, key=lambda pk: -cosines[pk])
        chosen = dict.fromkeys([*first[:limit], *(pk for pk in asked if pk in cosines)])
        return {pk: cosines[pk] for pk in chosen}

    def _nearest(self, rows: "Array") -> list[int]:
        """Return the texts whose codes are nearest to those of a row, READ of them."""
        import numpy as np

        if not len(self):
            return []
        apart = np.min([self._apart(code) for code in codes_of(rows)], axis=0)
        each = np.minimum.reduceat(apart, self._starts)
        first = np.argpartition(each, READ)[:READ] if len(each) > READ else np.arange(len(each))
        found: list[int] = self._owners[self._starts[first]].tolist()
        return found

    def _apart(self, code: "Array") -> "Array":
        """Return in how many bits each sentence differs from `code`."""
        import numpy as np

        return np.bitwise_count(self._codes ^ code).sum(axis=1, dtype=np.uint16)

    def _cosines(self, rows: "Array", ids: Sequence[int]) -> dict[int, float]:
        """Return the cosines of those of `ids` that are as they were taken in. One query."""
        held = TextMeaning.objects.filter(pk__in=ids, **self.where)
        told = {
            pk: (revision, kept)
            for pk, revision, kept in held.values_list("pk", "revision", "vectors")
        }
        self._drop([pk for pk in ids if told.get(pk, (None,))[0] != self.revisions[pk]])
        return {
            pk: float((_unit(bytes(kept or b"")) @ rows.T).max())
            for pk, (_revision, kept) in told.items()
            if pk in self.revisions
        }

    def _add(self, rows: list[tuple[int, int, bytes]]) -> None:
        import numpy as np

        added = [_numbers(kept) for _pk, _revision, kept in rows]
        owners = np.repeat([pk for pk, *_ in rows], [len(one) for one in added])
        self._codes = np.concatenate([self._codes, *map(codes_of, added)])
        self._owners = np.concatenate([self._owners, owners.astype(np.int64)])
        self.revisions |= {pk: revision for pk, revision, _vectors in rows}
        self._mark_starts()

    def _drop(self, ids: Sequence[int]) -> None:
        import numpy as np

        if ids:
            kept = ~np.isin(self._owners, np.asarray(ids, dtype=np.int64))
            self._codes, self._owners = self._codes[kept], self._owners[kept]
            for pk in ids:
                self.revisions.pop(pk, None)
            self._mark_starts()

    def _mark_starts(self) -> None:
        """Note where the sentences of each text begin: they stand together."""
        import numpy as np

        first = np.ones(len(self), dtype=bool)
        first[1:] = self._owners[1:] != self._owners[:-1]
        self._starts = np.flatnonzero(first)


def _numbers(kept: bytes) -> "Array":
    import numpy as np

    return np.frombuffer(kept, np.int8).reshape(-1, encoder.DIMENSIONS)


def _unit(kept: bytes) -> "Array":
    """Return the stored rows of a text, each of length one."""
    import numpy as np

    rows = _numbers(kept).astype(np.float32)
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def _blocks(
    told: Iterable[tuple[int, int | None, Any]],
) -> Iterator[list[tuple[int, int, bytes]]]:
    """Yield what was told of the texts, BLOCK of them at a time."""
    known = ((pk, revision or 0, bytes(kept or b"")) for pk, revision, kept in told)
    while block := list(islice(known, BLOCK)):
        yield block
