"""Acts on the index, by noun: texts, what they mean, the words they hold."""

from infitah.searchindex.operations.meaning import (
    encode,
    encode_waiting,
    has_unencoded,
    renew_vectors,
    use_encoder,
)
from infitah.searchindex.operations.texts import (
    has_dirty,
    index_dirty,
    mark_dirty,
    put,
    remove,
    renew_outdated,
)
from infitah.searchindex.operations.vocabulary import renew_vocabulary

__all__ = [
    "encode",
    "encode_waiting",
    "has_dirty",
    "has_unencoded",
    "index_dirty",
    "mark_dirty",
    "put",
    "remove",
    "renew_outdated",
    "renew_vectors",
    "renew_vocabulary",
    "use_encoder",
]
