"""Vectors as they are stored, eight bits a number, and compared. Only the worker comes here.

numpy is imported where it is used: every process imports this module, few call it.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from infitah.searchindex import darija, encoder
from infitah.searchindex.models import TextMeaning

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

VECTORS_VERSION: Final = encoder.ENCODER_VERSION * 100 + darija.READING_VERSION
"""What stored vectors were made by; others are made anew."""
BLOCK: Final = 1024
"""Texts taken in at a time: some megabytes for the moment, whatever the index holds."""
SKETCH: Final = 128
"""Numbers of a sentence that are held in memory, of its 512."""
READ: Final = 128
"""Texts of which the vectors are read and compared for one answer: of the twenty closest among
1,844 they held 99.5 %.
"""
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


class _Sketched(NamedTuple):
    """The sketches of some texts, whose each one is, and their revisions."""

    sketches: "Array"
    owners: "Array"
    revisions: dict[int, int]


class Shelf:
    """Which texts of one kind in one community there are, and a sketch of their sentences.

    The vectors themselves stay in the database. A sketch keeps the SKETCH directions in which the
    sentences of the kind differ most, an eighth of the memory, and tells which vectors are worth
    reading. They are read with each answer, so that a text that changed or left is noticed.
    """

    def __init__(self, community_key: str, kind: str) -> None:
        import numpy as np

        self.where = {"community_key": community_key, "kind": kind, "text__is_public": True}
        self.revisions: dict[int, int] = {}
        self.latest = 0
        self.read_at = time.monotonic()
        self._owners: Array = np.empty(0, dtype=np.int64)
        self._sketches: Array = np.empty((0, SKETCH), dtype=np.int8)
        self._starts: Array = np.empty(0, dtype=np.int64)
        self._directions: Array | None = None

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
        made = [self._sketched(rows) for rows in _blocks(told)]
        if made:
            self._add(made)

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
        """Return the READ texts whose sketches are nearest to those of a row."""
        import numpy as np

        if self._directions is None or not len(self):
            return []
        asked = rows @ self._directions
        near = np.empty(len(self), dtype=np.float32)
        for start in range(0, len(self), BLOCK):
            block = self._sketches[start : start + BLOCK].astype(np.float32)
            near[start : start + BLOCK] = (asked @ block.T).max(axis=0)
        each = np.maximum.reduceat(near, self._starts)
        first = np.argpartition(-each, READ)[:READ] if len(each) > READ else np.arange(len(each))
        found: list[int] = self._owners[self._starts[first]].tolist()
        return found

    def _cosines(self, rows: "Array", ids: Sequence[int]) -> dict[int, float]:
        """Return the cosines of those of `ids` that are as they were taken in. One query.

        The database is asked by key alone: SQLite would rather walk through the whole kind.
        """
        held = TextMeaning.objects.filter(pk__in=ids)
        told = {
            pk: bytes(kept or b"")
            for pk, revision, kept, is_public in held.values_list(
                "pk", "revision", "vectors", "text__is_public"
            )
            if is_public and revision == self.revisions[pk]
        }
        self._drop([pk for pk in ids if pk not in told])
        return dict(zip(told, _closest_of_each(list(told.values()), rows), strict=True))

    def _sketched(self, rows: list[tuple[int, int, bytes]]) -> "_Sketched":
        """Return what is held of these texts."""
        import numpy as np

        kept = _units(b"".join(vectors for _pk, _revision, vectors in rows))
        if self._directions is None:
            self._directions = _widest(kept)
        sketches = np.clip(np.rint(kept @ self._directions * 127), -127, 127).astype(np.int8)
        counts = [len(vectors) // encoder.DIMENSIONS for _pk, _revision, vectors in rows]
        owners = np.repeat(np.array([pk for pk, *_ in rows], dtype=np.int64), counts)
        return _Sketched(sketches, owners, {pk: revision for pk, revision, _vectors in rows})

    def _add(self, made: "list[_Sketched]") -> None:
        """Hold these texts, in place of what was held of them."""
        import numpy as np

        self._drop([pk for one in made for pk in one.revisions if pk in self.revisions])
        self._sketches = np.concatenate([self._sketches, *(one.sketches for one in made)])
        self._owners = np.concatenate([self._owners, *(one.owners for one in made)])
        for one in made:
            self.revisions |= one.revisions
            self.latest = max([self.latest, *one.revisions.values()])
        self._mark_starts()

    def _drop(self, ids: Sequence[int]) -> None:
        import numpy as np

        if ids:
            kept = ~np.isin(self._owners, np.asarray(ids, dtype=np.int64))
            self._sketches, self._owners = self._sketches[kept], self._owners[kept]
            for pk in ids:
                self.revisions.pop(pk, None)
            self._mark_starts()

    def _mark_starts(self) -> None:
        """Note where the sentences of each text begin: they stand together."""
        import numpy as np

        first = np.ones(len(self), dtype=bool)
        first[1:] = self._owners[1:] != self._owners[:-1]
        self._starts = np.flatnonzero(first)


def _units(kept: bytes) -> "Array":
    """Return stored rows, each of length one."""
    import numpy as np

    rows = np.frombuffer(kept, np.int8).reshape(-1, encoder.DIMENSIONS).astype(np.float32)
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def _widest(rows: "Array") -> "Array":
    """Return the SKETCH directions in which `rows` differ most, each of length one."""
    import numpy as np

    _widths, directions = np.linalg.eigh(rows.T @ rows)  # the narrowest first
    return directions[:, -SKETCH:].astype(np.float32)


def _closest_of_each(texts: Sequence[bytes], rows: "Array") -> list[float]:
    """Return for each text's stored sentences the highest cosine to one of `rows`."""
    import numpy as np

    if not texts:
        return []
    each = (_units(b"".join(texts)) @ rows.T).max(axis=1)
    ends = np.cumsum([len(one) // encoder.DIMENSIONS for one in texts])
    found: list[float] = np.maximum.reduceat(each, [0, *ends[:-1]]).tolist()
    return found


def _blocks(
    told: Iterable[tuple[int, int | None, Any]],
) -> Iterator[list[tuple[int, int, bytes]]]:
    """Yield what was told of the texts, BLOCK of them at a time."""
    known = ((pk, revision or 0, bytes(kept or b"")) for pk, revision, kept in told)
    while block := list(islice(known, BLOCK)):
        yield block
