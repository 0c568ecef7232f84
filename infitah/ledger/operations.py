"""What changes the register: an entry, a signed head, an erasure. Nothing else ever does.

The ledger alone also reads the machine's true time: an entry and a head state it, whatever the
demonstration pretends (decisions E23, F27).
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from infitah.core import clock, keys, vault
from infitah.core.errors import OperationRefused
from infitah.core.operations import bump
from infitah.core.viewer import Actor
from infitah.ledger import queries
from infitah.ledger.models import Entry, HeadState, Node, Opening, SignedHead
from infitah.ledger.rules import (
    JSON,
    SALT_BYTES,
    Author,
    EntryFacts,
    TreeHead,
    commitments,
    family_of,
    tree,
)
from infitah.ledger.rules.commitments import AUTHOR
from infitah.ledger.rules.entries import base64_text, check

ERASED = "register.openings_erased"
PIECE = 500


class StillToCome(OperationRefused):
    """The act is said to be of a day that has not come: it is recorded once it happened."""


@dataclass(frozen=True, slots=True)
class ActOn:
    """One of many acts that are recorded together: its subject, and what it states."""

    subject: str
    public: Mapping[str, JSON] = field(default_factory=dict)
    private: Mapping[str, str] = field(default_factory=dict)


def record(
    *,
    community_key: str,
    act: str,
    subject: str,
    by: Actor,
    public: Mapping[str, JSON],
    private: Mapping[str, str] | None = None,
    occurred_on: date,
    now: datetime,
) -> Entry:
    """Append one act to a community's register and return its entry, numbered from 0, no gap.

    `act` is app.past_participle; `subject` a reference, or empty where the subject itself is
    private. `public` stands in clear for ever: integers, text, lists, objects, no floats.
    `private` values and the key of a person stand as salted commitments; `Entry.salts` gives
    the salts by name. An act of an earlier day than today is "entered afterwards".
    Call it within the transaction of the act, after the change and before outbox and bump; it
    bumps "register" itself. At most seven statements.

    Raises RuntimeError outside a transaction, ValueError for what cannot be written, and
    StillToCome for a day that has not come: what is planned is no act.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An act is recorded inside its own transaction.")
    state = _locked(community_key)
    openings = _openings(by, private or {})
    one = ActOn(subject, public, private or {})
    facts = _facts(community_key, state.size, act, one, by, openings, occurred_on, now)
    check(facts)
    entry = _appended(state, facts)
    _keep_openings(entry, openings, by)
    entry.salts = MappingProxyType({name: opening.salt for name, opening in openings.items()})
    bump(community_key, "register")
    return entry


def record_many(
    *,
    community_key: str,
    act: str,
    acts: Sequence[ActOn],
    by: Actor,
    occurred_on: date,
    now: datetime,
) -> list[int]:
    """Append the same act on many subjects, an entry for each; return their numbers in order.

    As `record` in everything, with a bounded number of statements for each 500 of them.

    Raises RuntimeError outside a transaction, ValueError for what cannot be written, and
    StillToCome for a day that has not come.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Acts are recorded inside their own transaction.")
    state = _locked(community_key)
    size, peaks = state.size, tuple(state.peak_hashes)
    written = _Written()
    for one in acts:
        openings = _openings(by, one.private)
        facts = _facts(community_key, size, act, one, by, openings, occurred_on, now)
        check(facts)
        entry, growth = _grown(size, peaks, facts)
        written.entries.append(entry)
        written.openings += _sealed(entry, openings, queries.person_digest(by))
        written.nodes += _nodes(community_key, growth)
        size, peaks = growth.size, growth.peaks
    written.keep()
    HeadState.objects.filter(pk=state.pk).update(size=size, peaks=b"".join(peaks))
    bump(community_key, "register")
    return [entry.number for entry in written.entries]


@dataclass(slots=True)
class _Written:
    """Rows of many entries, kept together."""

    entries: list[Entry] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)

    def keep(self) -> None:
        Entry.objects.bulk_create(self.entries, batch_size=PIECE)
        Node.objects.bulk_create(self.nodes, batch_size=PIECE)
        Opening.objects.bulk_create(self.openings, batch_size=PIECE)


@transaction.atomic
def sign_head(*, community_key: str, now: datetime, is_daily: bool = False) -> SignedHead:
    """Sign and keep the head of a community's register; return it.

    With `is_daily` it becomes the published anchor of today (Africa/Casablanca), once a day.
    A head of the same size, or of the same day, is returned as it stands. The head states the
    machine's true time, not `now`. Raises HeadState.DoesNotExist for a register without entry.
    """
    state = _locked(community_key, is_new=False)
    signed_at = clock.real_now().replace(microsecond=0)
    day = clock.local_day(signed_at) if is_daily else None
    kept = SignedHead.objects.filter(community_key=community_key)
    standing = (kept.filter(day=day) if day else kept.filter(size=state.size)).first()
    if standing is not None:
        return standing
    pair = keys.signing_key()
    root = tree.root_of(state.peak_hashes)
    signed = TreeHead(community_key, state.size, root, signed_at, pair.key_id).signed(pair.private)
    head = SignedHead.objects.create(
        community_key=community_key,
        size=state.size,
        root=root,
        signed_at=signed_at,
        key_id=pair.key_id,
        signature=signed.signature,
        day=day,
    )
    bump(community_key, "register")
    return head


def sign_daily_heads(*, now: datetime) -> int:
    """Sign today's anchor of every register that has none yet; return how many were signed.

    Called by the worker; each community in a transaction of its own. Idempotent.
    """
    due = queries.without_head_of_today()
    for community_key in due:
        sign_head(community_key=community_key, now=now, is_daily=True)
    return len(due)


@transaction.atomic
def erase_openings(*, community_key: str, subject: str, by: Actor, now: datetime) -> int:
    """Erase salts and private values of all entries about `subject`; return how many (law 09-08).

    The entries stay and stay valid; nobody can open their commitments any more. The erasure
    is itself recorded, unless there was nothing to erase.
    """
    found = Opening.objects.filter(community_key=community_key, subject=subject)
    return _erased(community_key, subject, found.delete()[0], by, now)


@transaction.atomic
def erase_person(*, community_key: str, person: Actor, by: Actor, now: datetime) -> int:
    """Erase salts and private values of all that `person` did; return how many (law 09-08).

    Recorded with the number alone: the register does not say of whom.
    """
    found = Opening.objects.filter(
        community_key=community_key, person=queries.person_digest(person)
    )
    return _erased(community_key, "", found.delete()[0], by, now)


def record_restore(*, archive_sha256: str, made_at: datetime, now: datetime) -> None:
    """Record in every register that a backup was put back: a fork is never silent (F27)."""
    for community_key in queries.communities():
        with transaction.atomic():
            record(
                community_key=community_key,
                act="register.restored",
                subject="",
                by=Actor.system("restore"),
                public={"archive_sha256": archive_sha256, "made_at": made_at.isoformat()},
                occurred_on=clock.local_day(now),
                now=now,
            )


def _locked(community_key: str, *, is_new: bool = True) -> HeadState:
    """Return a register's state, held until the end of the transaction (an UPDATE takes it)."""
    states = HeadState.objects.filter(community_key=community_key)
    if not states.update(size=F("size")) and is_new:
        HeadState.objects.bulk_create(
            [HeadState(community_key=community_key)], ignore_conflicts=True
        )
        states.update(size=F("size"))
    return states.get()


def _facts(
    community_key: str,
    number: int,
    act: str,
    one: ActOn,
    by: Actor,
    openings: Mapping[str, commitments.Opening],
    occurred_on: date,
    now: datetime,
) -> EntryFacts:
    if occurred_on > clock.local_day(now):
        raise StillToCome(_("This day is still to come."), code="future", field="on")
    return EntryFacts(
        community=community_key,
        number=number,
        act=act,
        subject=one.subject,
        by=Author(by.kind, by.office, by.key if by.kind == "system" else ""),
        occurred_on=occurred_on,
        stated_at=now.replace(microsecond=0),
        recorded_at=clock.real_now().replace(microsecond=0),
        public=one.public,
        private={name: opening.commitment for name, opening in openings.items()},
    )


def _grown(size: int, peaks: Sequence[bytes], facts: EntryFacts) -> tuple[Entry, tree.Growth]:
    """Return the entry of these facts, not kept yet, and the tree with it at its end."""
    canonical = facts.canonical()
    leaf = tree.leaf_hash(canonical)
    entry = Entry(
        community_key=facts.community,
        number=facts.number,
        act=facts.act,
        family=family_of(facts.act),
        subject=facts.subject,
        occurred_on=facts.occurred_on,
        recorded_at=facts.recorded_at,
        canonical=canonical.decode(),
        leaf_hash=leaf,
    )
    return entry, tree.grow(size, peaks, leaf)


def _nodes(community_key: str, growth: tree.Growth) -> list[Node]:
    return [
        Node(community_key=community_key, level=place.level, position=place.position, hash=value)
        for place, value in growth.nodes
    ]


def _appended(state: HeadState, facts: EntryFacts) -> Entry:
    entry, growth = _grown(state.size, state.peak_hashes, facts)
    entry.save(force_insert=True)
    Node.objects.bulk_create(_nodes(facts.community, growth))
    HeadState.objects.filter(pk=state.pk).update(size=growth.size, peaks=b"".join(growth.peaks))
    return entry


def _openings(by: Actor, private: Mapping[str, str]) -> dict[str, commitments.Opening]:
    """Return fresh salts with the private values, the author's key among them."""
    if AUTHOR in private:
        raise ValueError(f"{AUTHOR!r} is the name of the author's own commitment.")
    named = dict(private)
    if by.key and by.kind != "system":
        named[AUTHOR] = str(by)
    return {
        name: commitments.Opening(secrets.token_bytes(SALT_BYTES), value)
        for name, value in named.items()
    }


def _keep_openings(entry: Entry, openings: Mapping[str, commitments.Opening], by: Actor) -> None:
    Opening.objects.bulk_create(_sealed(entry, openings, queries.person_digest(by)))


def _sealed(
    entry: Entry, openings: Mapping[str, commitments.Opening], person: str
) -> list[Opening]:
    rows = []
    for name, opening in openings.items():
        row = Opening(
            community_key=entry.community_key,
            number=entry.number,
            name=name,
            subject="" if entry.act == ERASED else entry.subject,  # who erased is kept
            person=person,
        )
        plain = f"{base64_text(opening.salt)}:{opening.value}"
        row.sealed = vault.seal(plain, model="ledger.opening", field="sealed", row=row.row)
        rows.append(row)
    return rows


def _erased(community_key: str, subject: str, count: int, by: Actor, now: datetime) -> int:
    if count:
        record(
            community_key=community_key,
            act=ERASED,
            subject=subject,
            by=by,
            public={"erased": count},
            occurred_on=clock.local_day(now),
            now=now,
        )
    return count
