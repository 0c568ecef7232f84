"""Questions to the index: search with passages, suggestions while typing, similar records.

Only public texts answer unless the caller says otherwise; the app that owns a kind still decides
by its own `visible_to` who may read a record.
"""

from infitah.searchindex.queries.searching import (
    Near,
    complete,
    counts_by_kind,
    is_indexed,
    near,
    newest_holding,
    private_subjects,
    public_places,
    search,
    similar,
    subjects,
)
from infitah.searchindex.queries.suggesting import Found, Suggestion, find, suggest

__all__ = [
    "Found",
    "Near",
    "Suggestion",
    "complete",
    "counts_by_kind",
    "find",
    "is_indexed",
    "near",
    "newest_holding",
    "private_subjects",
    "public_places",
    "search",
    "similar",
    "subjects",
    "suggest",
]
