"""Acts on the index, by noun: texts and what they mean."""

from infitah.searchindex.operations.meaning import encode, use_encoder
from infitah.searchindex.operations.texts import (
    has_dirty,
    index_dirty,
    mark_dirty,
    put,
    remove,
    renew_outdated,
)

__all__ = [
    "encode",
    "has_dirty",
    "index_dirty",
    "mark_dirty",
    "put",
    "remove",
    "renew_outdated",
    "use_encoder",
]
