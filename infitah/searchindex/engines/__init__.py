"""The word index in the database at hand: the same questions to FTS5 and to tsvector."""

from django.db import connection

from infitah.searchindex.engines import postgresql, sqlite
from infitah.searchindex.engines.question import Engine, Probe, Question

__all__ = ["Engine", "Probe", "Question", "engine"]

_ENGINES: dict[str, Engine] = {"sqlite": sqlite.FullText(), "postgresql": postgresql.FullText()}


def engine() -> Engine:
    """Return the word index of the connection's database."""
    return _ENGINES[connection.vendor]
