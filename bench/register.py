"""The register: how long 100,000 entries take to verify, and whether any flipped bit escapes."""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from bench.figure import Figure, at_least, at_most, stated

ROOT = Path(__file__).resolve().parent.parent
ENTRIES = 100_000
DAYS = 365
SMALL = 300
FLIPS = 1_000
ROUNDS = 5
COLUMNS = {
    "ledger_entry": (
        *("community_key", "number", "act", "family", "subject"),
        *("occurred_on", "recorded_at", "canonical", "leaf_hash"),
    ),
    "ledger_node": ("community_key", "level", "position", "hash"),
    "ledger_signedhead": (
        *("community_key", "size", "root", "signed_at", "key_id", "signature", "day"),
    ),
    "ledger_headstate": ("community_key", "size", "peaks"),
}
BYTES = {"leaf_hash", "hash", "root", "signature", "peaks"}


def run() -> list[Figure]:
    """Return the figures, measured in a process and a home of their own."""
    with tempfile.TemporaryDirectory(prefix="infitah-bench-") as home:
        kept = {
            key: value
            for key, value in os.environ.items()
            if key not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
        }
        env = {**kept, "INFITAH_HOME": home, "DJANGO_SETTINGS_MODULE": "infitah.config.settings"}
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, cwd=ROOT, env=env, check=True)
        measure = [sys.executable, "-m", "bench.register"]
        done = subprocess.run(measure, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE)
    return [Figure(**figure) for figure in json.loads(done.stdout)]


def measured() -> list[Figure]:
    """Fill a register, time its audit, then flip bits of a small one."""
    from infitah.ledger import queries

    fill("SFR", ENTRIES, DAYS)
    seconds, intact = [], True
    for _round in range(ROUNDS):
        began = time.perf_counter()
        audit = queries.audit()
        seconds.append(time.perf_counter() - began)
        intact = intact and audit.is_intact and audit.entries == ENTRIES
    note = (
        f"median of {ROUNDS}, {min(seconds):.2f} to {max(seconds):.2f}; {audit.nodes} nodes, "
        f"{audit.heads} signed heads; {'intact' if intact else 'NOT INTACT'}"
    )
    figures = [
        at_most("verify 100,000 entries", statistics.median(seconds), "s", 2.0, note),
        stated("one more signed head", head_cost(), "ms", "added to an audit by each head kept"),
    ]
    wipe()
    fill("SFR", SMALL, 30)
    found, missed = flips()
    note = f"register of {SMALL} entries, 30 heads; missed: {missed or 'none'}"
    figures.append(at_least("flipped bits detected of 1,000", found, "bits", FLIPS, note))
    return figures


def fill(community: str, count: int, days: int) -> None:
    """Write a register as the operations would, in bulk, with a daily head now and then."""
    from datetime import UTC, datetime, timedelta

    from django.db import transaction

    from infitah.core import clock, keys
    from infitah.ledger import rules
    from infitah.ledger.models import Entry, HeadState, Node, SignedHead
    from infitah.ledger.rules import tree

    start = datetime(2025, 1, 1, 12, tzinfo=UTC)
    pair, peaks = keys.signing_key(), ()
    entries, nodes, heads = [], [], []
    for number in range(count):
        at = start + timedelta(days=number * days // count)
        facts = rules.EntryFacts(
            community=community,
            number=number,
            act="participation.idea_submitted",
            subject=f"{community}-{at.year}-I-{number:04}",
            by=rules.Author("participant"),
            occurred_on=clock.local_day(at),
            stated_at=at,
            recorded_at=at,
            public={"axis": "digitisation", "title": "رقمنة خدمات المجلس الإقليمي"},
            private={"by": tree.leaf_hash(str(number).encode())},
        )
        canonical = facts.canonical()
        growth = tree.grow(number, peaks, tree.leaf_hash(canonical))
        peaks = growth.peaks
        entries.append(
            Entry(
                community_key=community,
                number=number,
                act=facts.act,
                family="participation",
                subject=facts.subject,
                occurred_on=facts.occurred_on,
                recorded_at=at,
                canonical=canonical.decode(),
                leaf_hash=tree.leaf_hash(canonical),
            )
        )
        nodes += [
            Node(community_key=community, level=place.level, position=place.position, hash=value)
            for place, value in growth.nodes
        ]
        if (number + 1) * days // count != number * days // count:
            root = tree.root_of(peaks)
            head = rules.TreeHead(community, number + 1, root, at, pair.key_id)
            heads.append(
                SignedHead(
                    community_key=community,
                    size=number + 1,
                    root=root,
                    signed_at=at,
                    key_id=pair.key_id,
                    signature=head.signed(pair.private).signature,
                    day=clock.local_day(at),
                )
            )
    with transaction.atomic():
        Entry.objects.bulk_create(entries, batch_size=2000)
        Node.objects.bulk_create(nodes, batch_size=2000)
        SignedHead.objects.bulk_create(heads)
        HeadState.objects.create(community_key=community, size=count, peaks=b"".join(peaks))


def head_cost() -> float:
    """Return what checking one signature costs, in milliseconds."""
    from infitah.core import keys
    from infitah.ledger.models import SignedHead

    signed = SignedHead.objects.earliest("id").signed
    public = keys.public_keys()[signed.head.key_id]
    began = time.perf_counter()
    for _round in range(500):
        assert signed.is_signed_by(public)
    return (time.perf_counter() - began) / 500 * 1000


def wipe() -> None:
    """Empty the register as only somebody with the whole database can."""
    from django.db import connection

    from infitah.ledger.migrations import _append_only

    with connection.schema_editor() as editor:
        _append_only.remove(None, editor)
    with connection.cursor() as cursor:
        for table in COLUMNS:
            cursor.execute(f"DELETE FROM {table}")
    with connection.schema_editor() as editor:
        _append_only.install(None, editor)


def flips() -> tuple[int, list[str]]:
    """Flip one random bit of one stored value, audit, put it back; a thousand times."""
    from infitah.ledger import queries
    from infitah.ledger.rules.audit import Fault

    _without_guards()
    chance, found, missed = random.Random(20261123), 0, []
    while found + len(missed) < FLIPS:
        table = chance.choice(list(COLUMNS))
        column = chance.choice(COLUMNS[table])
        row, before = _pick(chance, table, column)
        if not _write(table, column, row, _flipped(chance, before)):
            continue  # the database itself refused it as a double
        real = [item for item in queries.audit().findings if item.fault != Fault.TRIGGER_MISSING]
        if real:
            found += 1
        else:
            missed.append(f"{table}.{column}")
        assert _write(table, column, row, before)
    return found, missed


def _without_guards() -> None:
    from django.db import connection

    from infitah.ledger.migrations import _append_only

    with connection.schema_editor() as editor:
        _append_only.remove(None, editor)


def _pick(chance: random.Random, table: str, column: str) -> tuple[int, int | bytes]:
    """Return a row's id and the stored value of a column: a number, or bytes."""
    from django.db import connection

    is_number = column in {"number", "size", "level", "position"}
    read = column if is_number else f"CAST({column} AS BLOB)"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} WHERE {column} IS NOT NULL")
        row = chance.choice(cursor.fetchall())[0]
        cursor.execute(f"SELECT {read} FROM {table} WHERE id = %s", [row])
        return row, cursor.fetchone()[0]


def _flipped(chance: random.Random, value: int | bytes) -> int | bytes:
    if isinstance(value, int):
        return value ^ (1 << chance.randrange(16))
    bit = chance.randrange(len(value) * 8)
    return (int.from_bytes(value) ^ (1 << bit)).to_bytes(len(value))


def _write(table: str, column: str, row: int, value: int | bytes) -> bool:
    from django.db import IntegrityError, connection

    is_text = isinstance(value, bytes) and column not in BYTES
    mark = "CAST(%s AS TEXT)" if is_text else "%s"
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"UPDATE {table} SET {column} = {mark} WHERE id = %s", [value, row])
        except IntegrityError:
            return False
    return True


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps([asdict(figure) for figure in measured()]))
