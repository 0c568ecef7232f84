"""Lists of the register, by key set: no count, no offset (performance.md)."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from infitah.core import clock, vault
from infitah.core.viewer import Actor
from infitah.kernel.localized import LANGUAGES, LocalizedText
from infitah.ledger.models import Entry, HeadState, Opening, SignedHead
from infitah.ledger.rules import act_label, tree
from infitah.ledger.rules.acts import Label
from infitah.ledger.rules.entries import read_base64

COLUMNS = ("number", "act", "subject", "occurred_on", "recorded_at", "canonical")
NAMING = ("title", "name", "text")
"""What acts write in clear, in several languages, of the thing that they are about."""
PAGE = 50
SHORTEST_HASH = 8
BASE64 = re.compile(r"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=")  # 32 bytes, nothing left over
HEXADECIMAL = re.compile(r"[0-9a-fA-F]{8,64}")


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One act in a list."""

    number: int
    act: str
    subject: str
    occurred_on: date
    recorded_at: datetime
    canonical: str

    @property
    def title(self) -> LocalizedText | None:
        """The words that the act itself wrote in clear of its subject; None for none. No query."""
        public = json.loads(self.canonical)["public"]
        for name in NAMING:
            words = public.get(name)
            if isinstance(words, dict) and words.get("ar") and words.keys() <= set(LANGUAGES):
                return LocalizedText.from_json(words)
        return None

    @property
    def label(self) -> Label:
        return act_label(self.act)

    @property
    def is_entered_afterwards(self) -> bool:
        return self.occurred_on < clock.local_day(self.recorded_at)


@dataclass(frozen=True, slots=True)
class EntryPage:
    """A page of acts, newest first; `older` and `newer` are the numbers to go on from."""

    rows: tuple[EntryRow, ...]
    older: int | None
    newer: int | None


def entries(
    community_key: str,
    *,
    family: str = "",
    before: int | None = None,
    after: int | None = None,
    limit: int = PAGE,
) -> EntryPage:
    """Return acts of a register, newest first: those before or after a number, or the latest.

    One query, whatever the size of the register. With both numbers, `before` counts.
    """
    found = Entry.objects.filter(community_key=community_key)
    if family:
        found = found.filter(family=family)
    if before is not None:
        return _older(_rows(found.filter(number__lt=before).order_by("-number"), limit), limit)
    if after is not None:
        return _newer(_rows(found.filter(number__gt=after).order_by("number"), limit), limit)
    page = _older(_rows(found.order_by("-number"), limit), limit)
    return EntryPage(page.rows, page.older, None)


def _rows(found: Iterable[Entry], limit: int) -> list[EntryRow]:
    listed = found.values_list(*COLUMNS)[: limit + 1]  # type: ignore[attr-defined]
    return [EntryRow(*values) for values in listed]


def _older(found: list[EntryRow], limit: int) -> EntryPage:
    """Return a page read downwards; whoever came from above can go back up."""
    rows = tuple(found[:limit])
    is_more = len(found) > limit
    return EntryPage(rows, rows[-1].number if is_more else None, rows[0].number if rows else None)


def _newer(found: list[EntryRow], limit: int) -> EntryPage:
    rows = tuple(reversed(found[:limit]))
    is_more = len(found) > limit
    return EntryPage(rows, rows[-1].number if rows else None, rows[0].number if is_more else None)


def entry(community_key: str, number: int) -> Entry:
    """Return one entry. One query. Raises Entry.DoesNotExist."""
    return Entry.objects.get(community_key=community_key, number=number)


def of_subject(community_key: str, subject: str) -> list[EntryRow]:
    """Return every act about a subject, oldest first. One query; none for an empty subject."""
    if not subject:
        return []
    found = Entry.objects.filter(community_key=community_key, subject=subject)
    return [EntryRow(*values) for values in found.order_by("number").values_list(*COLUMNS)]


def person_digest(person: Actor) -> str:
    """Return the keyed digest under which a person's acts are found; "" for the system."""
    if not person.key or person.kind == "system":
        return ""
    return vault.lookup_digest("ledger.person", str(person))


def acts_of(
    community_key: str, person: Actor, *, before: int | None = None, limit: int = PAGE
) -> EntryPage:
    """Return the acts of one person, newest first. One query; empty once they were erased."""
    digest = person_digest(person)
    if not digest:
        return EntryPage((), None, None)
    own = Opening.objects.filter(community_key=community_key, person=digest)
    found = Entry.objects.filter(community_key=community_key, number__in=own.values("number"))
    if before is not None:
        found = found.filter(number__lt=before)
    return _older(_rows(found.order_by("-number"), limit), limit)


def find(community_key: str, sought: str) -> list[EntryRow]:
    """Return the acts that a person means: a number, a leaf hash or its beginning, a reference.

    A hash is hexadecimal, of at least 8 letters, or whole in base64. At most two queries.
    """
    found = Entry.objects.filter(community_key=community_key)
    if sought.isdecimal() and len(sought) < SHORTEST_HASH:
        return _rows(found.filter(number=int(sought)), 1)
    bounds = _hash_bounds(sought)
    if bounds is not None:
        rows = _rows(found.filter(leaf_hash__range=bounds).order_by("number"), PAGE)
        return rows or of_subject(community_key, sought)
    return of_subject(community_key, sought.upper())


def _hash_bounds(sought: str) -> tuple[bytes, bytes] | None:
    """Return the least and the greatest hash that `sought` may mean, None if it is no hash."""
    if BASE64.fullmatch(sought):
        whole = read_base64(sought)
        return whole, whole
    if not HEXADECIMAL.fullmatch(sought):
        return None
    digits = 2 * tree.HASH_BYTES
    return bytes.fromhex(sought.ljust(digits, "0")), bytes.fromhex(sought.ljust(digits, "f"))


def communities() -> list[str]:
    """Return the keys of the communities that have a register. One query."""
    return list(HeadState.objects.order_by("community_key").values_list("community_key", flat=True))


def has_registers_without_head_of_today(now: datetime) -> bool:
    """Return whether a daily head is due; `now` is not asked, the true day counts."""
    return bool(without_head_of_today())


def without_head_of_today() -> list[str]:
    """Return the communities whose register has no anchor of today yet. Two queries."""
    today = clock.local_day(clock.real_now())
    signed = set(SignedHead.objects.filter(day=today).values_list("community_key", flat=True))
    return [community_key for community_key in communities() if community_key not in signed]
