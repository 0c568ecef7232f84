"""Worlds kept: what a fixture wrote is kept as rows and written back for the next test.

To make the province of Sefrou by its operations takes some 60 ms and its home pages a second; to
write the rows that they left takes a few. A world is kept for one process, key ring and day.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model

T = TypeVar("T")
Rows = dict[Any, Any]  # primary key as the database writes it: the row as it writes it


@dataclass(frozen=True)
class Change:
    """What a fixture changed in one table."""

    model: type[Model]
    removed: list[Any]
    added: list[Any]


@dataclass(frozen=True)
class Kept:
    """A world: what the fixture returned, and what it wrote."""

    value: Any
    changes: list[Change]


_KEPT: dict[tuple[object, ...], Kept] = {}


def keep(name: str, make: Callable[[], T]) -> T:
    """Return what `make` makes in a database just filled; after the first time, from its rows."""
    key = (name, settings.ENVIRONMENT.keys_dir, datetime.now(UTC).date())
    if kept := _KEPT.get(key):
        _write(kept.changes)
        cache.clear()
        return deepcopy(kept.value)
    before = _snapshot()
    value = make()
    _KEPT[key] = Kept(deepcopy(value), list(_changes(before, _snapshot())))
    return value


def _models() -> list[type[Model]]:
    """Return the models with a table of their own; word indexes are filled by triggers."""
    found = apps.get_models(include_auto_created=True)
    real = [model for model in found if model._meta.managed and not model._meta.proxy]
    return [model for model in real if not model._meta.db_table.endswith("_fts")]


def _columns(model: type[Model]) -> str:
    """Return the table's columns as SQL, the primary key first, without generated ones."""
    own = [field for field in model._meta.local_concrete_fields if not field.generated]
    names = [field.column for field in sorted(own, key=lambda field: not field.primary_key)]
    return ", ".join(connection.ops.quote_name(name or "") for name in names)


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _snapshot() -> dict[type[Model], Rows]:
    connection.ensure_connection()
    return {model: _READ[connection.vendor](model) for model in _models()}


def _changes(before: dict[type[Model], Rows], after: dict[type[Model], Rows]) -> Iterator[Change]:
    for model, rows in after.items():
        old = before[model]
        removed = [key for key, row in old.items() if rows.get(key) != row]
        added = [row for key, row in rows.items() if old.get(key) != row]
        if removed or added:
            yield Change(model, removed, added)


def _write(changes: list[Change]) -> None:
    """Write the changes back; foreign keys are checked at the end of the transaction."""
    connection.ensure_connection()
    for change in changes:
        _ADD[connection.vendor](change)
    models = [change.model for change in changes]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _read_sqlite(model: type[Model]) -> Rows:
    # An expression has no declared type, so that nothing is converted on its way.
    plain = ", ".join(f"+{name}" for name in _columns(model).split(", "))
    found = connection.connection.execute(f"SELECT {plain} FROM {_table(model)}")
    return {row[0]: row for row in found}


def _add_sqlite(change: Change) -> None:
    names = _columns(change.model)
    marks = ", ".join("?" for _ in names.split(", "))
    table, raw = _table(change.model), connection.connection
    key = names.split(", ", 1)[0]
    raw.executemany(f"DELETE FROM {table} WHERE {key} = ?", [(key,) for key in change.removed])
    raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", change.added)


def _read_postgresql(model: type[Model]) -> Rows:
    statement = f"COPY {_table(model)} ({_columns(model)}) TO STDOUT"
    with connection.connection.cursor() as cursor, cursor.copy(statement) as copied:
        lines = b"".join(bytes(part) for part in copied).splitlines(keepends=True)
    return {line.rstrip(b"\n").split(b"\t", 1)[0].decode(): line for line in lines}


def _add_postgresql(change: Change) -> None:
    names, table = _columns(change.model), _table(change.model)
    key = names.split(", ", 1)[0]
    with connection.connection.cursor() as cursor:
        if change.removed:
            condition = f"{key}::text = ANY(%s)"
            cursor.execute(f"DELETE FROM {table} WHERE {condition}", [change.removed])
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copied:
            copied.write(b"".join(change.added))


_READ = {"sqlite": _read_sqlite, "postgresql": _read_postgresql}
_ADD = {"sqlite": _add_sqlite, "postgresql": _add_postgresql}
