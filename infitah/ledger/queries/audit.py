"""Verifies whole registers from the database: raw rows, streamed, no model instances.

Text is read as bytes, so that a damaged character is a finding and not a crash.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db import connection

from infitah.core import clock
from infitah.core import keys as ring
from infitah.ledger.rules import SignedTreeHead, TreeHead
from infitah.ledger.rules import audit as rules
from infitah.ledger.rules.audit import Audit, Fault, Finding
from infitah.ledger.rules.entries import read_instant

TABLES = ("ledger_entry", "ledger_node", "ledger_signedhead")
ROWS_AT_ONCE = 2000

# One expression a vendor: how a column becomes bytes, and an instant becomes text.
SQLITE = {
    "bytes": "CAST({} AS BLOB)",
    "instant": "{} || CASE WHEN length({}) = 19 THEN '.000000' ELSE '' END",
    "day": "{}",
    "end": "char(31)",
    "hash": "CAST({} AS BLOB)",
}
POSTGRESQL = {
    "bytes": "convert_to({}, 'UTF8')",
    "instant": "to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
    "day": "to_char({}, 'YYYY-MM-DD')",
    "end": "chr(31)",
    "hash": "{}",
}
SQLITE_TRIGGERS = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
POSTGRESQL_TRIGGERS = """
SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND pg_table_is_visible(c.oid)
"""
SQLITE_GUARDS = ("no_update", "no_delete", "no_replace")
POSTGRESQL_GUARDS = ("no_change",)


def audit(pinned: Sequence[SignedTreeHead] = ()) -> Audit:
    """Return the audit of every register of this database; `pinned` heads were kept outside.

    Reads each table once, in order. Signatures cost about 0.15 ms each, entries 0.015 ms.
    """
    public_keys = ring.public_keys()
    entries = nodes = heads = 0
    findings = [*_guard_findings()]
    names = _communities()
    for community in names:
        signed, unreadable = _heads(community)
        kept = [head for head in pinned if head.head.community == community]
        sizes = {head.head.size for head in (*signed, *kept)}
        tree = rules.rebuilt(community, _entries(community), sizes)
        count, node_faults = rules.node_findings(community, tree, _nodes(community))
        findings += tree.findings + node_faults + unreadable + _state_findings(community, tree)
        findings += rules.head_findings(tree, signed, public_keys)
        findings += rules.pinned_findings(tree, kept)
        entries, nodes, heads = entries + tree.size, nodes + count, heads + len(signed)
    unknown = {head.head.community for head in pinned} - set(names)
    findings += [Finding(Fault.PINNED_HEAD_DIFFERS, name, "-") for name in sorted(unknown)]
    return Audit(len(names), entries, nodes, heads, tuple(findings))


def _sql(kind: str, column: str) -> str:
    forms = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
    return forms[kind].replace("{}", column)


def _rows(statement: str, parameters: Sequence[str] = ()) -> Iterator[tuple[object, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, parameters)
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield from rows


def _text(value: object) -> str:
    return bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else ""


def _communities() -> list[str]:
    """Return every community that any table names, also one that a damaged row invents."""
    tables = " UNION ".join(
        f"SELECT DISTINCT {_sql('bytes', 'community_key')} FROM {table}"  # noqa: S608
        for table in (*TABLES, "ledger_headstate")
    )
    return sorted({_text(name) for (name,) in _rows(tables)})


def _entries(community: str) -> Iterable[rules.EntryColumns]:
    read = (
        "community_key",
        "number",
        "act",
        "family",
        "subject",
        _sql("day", "occurred_on"),
        _sql("instant", "recorded_at"),
    )
    columns = f" || {_sql('end', '')} || ".join(read)
    return _rows(  # type: ignore[return-value]
        f"SELECT number, {_sql('bytes', 'canonical')}, {_sql('hash', 'leaf_hash')},"  # noqa: S608
        f" {_sql('bytes', f'({columns})')} FROM ledger_entry"
        " WHERE community_key = %s ORDER BY number",
        [community],
    )


def _nodes(community: str) -> Iterable[rules.NodeColumns]:
    return _rows(  # type: ignore[return-value]
        f"SELECT level, position, {_sql('hash', 'hash')} FROM ledger_node"  # noqa: S608
        " WHERE community_key = %s ORDER BY level, position",
        [community],
    )


def _heads(community: str) -> tuple[list[SignedTreeHead], list[Finding]]:
    """Return the kept heads that can be read, and a finding for each that cannot."""
    heads, findings = [], []
    columns = ", ".join(
        (
            "size",
            _sql("hash", "root"),
            _sql("bytes", f"({_sql('instant', 'signed_at')})"),
            _sql("bytes", "key_id"),
            _sql("hash", "signature"),
            _sql("bytes", f"({_sql('day', 'day')})"),
        )
    )
    rows = _rows(
        f"SELECT {columns} FROM ledger_signedhead WHERE community_key = %s ORDER BY id",  # noqa: S608
        [community],
    )
    for size, root, signed_at, key_id, signature, day in rows:
        instant = _instant(_text(signed_at))
        if instant is None or not isinstance(size, int):
            findings.append(Finding(Fault.HEAD_UNREADABLE, community, str(size)))
            continue
        if day is not None and _text(day) != clock.local_day(instant).isoformat():
            findings.append(Finding(Fault.HEAD_DAY_WRONG, community, str(size)))
        head = TreeHead(community, size, _bytes(root), instant, _text(key_id))
        heads.append(SignedTreeHead(head, _bytes(signature)))
    return heads, findings


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else b""


def _instant(text: str) -> datetime | None:
    date, _, time = text.partition(" ")
    try:
        return read_instant(f"{date}T{time.removesuffix('.000000')}Z")
    except ValueError:
        return None


def _state_findings(community: str, tree: rules.Rebuilt) -> list[Finding]:
    rows = list(
        _rows(
            f"SELECT size, {_sql('hash', 'peaks')} FROM ledger_headstate"  # noqa: S608
            " WHERE community_key = %s",
            [community],
        )
    )
    expected = (tree.size, b"".join(tree.peaks))
    is_right = len(rows) == 1 and (rows[0][0], _bytes(rows[0][1])) == expected
    return [] if is_right else [Finding(Fault.STATE_DIFFERS, community, str(tree.size))]


def _guard_findings() -> Iterator[Finding]:
    """Yield a finding for each trigger that ought to guard a table and does not."""
    is_postgresql = connection.vendor == "postgresql"
    standing = set(_rows(POSTGRESQL_TRIGGERS if is_postgresql else SQLITE_TRIGGERS))
    for table in TABLES:
        for guard in POSTGRESQL_GUARDS if is_postgresql else SQLITE_GUARDS:
            if (f"{table}_{guard}", table) not in standing:
                yield Finding(Fault.TRIGGER_MISSING, "", f"{table}_{guard}")
