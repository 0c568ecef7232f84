"""What bears a hash: the answer that every app gives of its own public things, and their acts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from infitah.kernel.localized import LocalizedText
from infitah.ledger.models import Entry
from infitah.ledger.queries.listing import COLUMNS, EntryRow

MOST = 50
"""Acts about one thing that are told at once."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """A thing that a reader may see, of whose bytes a hash is stated on its page.

    `kind` is a word for the page that tells it in the reader's language. `subjects` are the names
    under which the register speaks of it; `mark` is what such an act states of it, its hash or
    its own reference. `within` is the title of what it belongs to.
    """

    kind: str
    title: LocalizedText | str
    reference: str
    address: str
    since: date
    subjects: tuple[str, ...]
    mark: str
    sha256: str
    within: LocalizedText | str = ""
    number: int | None = None


def acts_stating(community_key: str, subjects: Iterable[str], mark: str) -> list[EntryRow]:
    """Return the acts about these subjects that state `mark` in clear, oldest first. One query.

    A whole value counts, never a part of one: `...-E2` is not stated by an act on `...-E21`.
    """
    known = [one for one in subjects if one]
    if not known or not mark:
        return []
    found = Entry.objects.of(community_key).filter(
        subject__in=known, canonical__contains=f'"{mark}"'
    )
    return [EntryRow(*values) for values in found.order_by("number").values_list(*COLUMNS)[:MOST]]
