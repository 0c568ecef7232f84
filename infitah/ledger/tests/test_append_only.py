"""The database itself refuses every change to the register (decisions F28)."""

import pytest
from django.db import DatabaseError, connection, transaction

from infitah.ledger import operations, queries
from infitah.ledger.models import Entry, Node, Opening, SignedHead
from infitah.ledger.tests.factories import NOW, drop_triggers, make_entries, make_entry

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TABLES = ("ledger_entry", "ledger_node", "ledger_signedhead")


@pytest.fixture(autouse=True)
def _register():
    make_entries(4)
    operations.sign_head(community_key="SFR", now=NOW, is_daily=True)


def refused(statement, parameters=()):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, parameters)
    return True


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_updated_or_deleted(table):
    assert refused(f"UPDATE {table} SET community_key = 'FES'")
    assert refused(f"DELETE FROM {table}")
    assert queries.audit().is_intact


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_replaced(table):
    """An upsert of a row onto itself, by id and by its own key."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} LIMIT 1")
        names = [column[0] for column in cursor.description]
        row = list(cursor.fetchone())
    for index, _name in enumerate(names):
        if names[index] == "day":
            row[index] = str(row[index])
    marks = ", ".join(["%s"] * len(row))
    columns = ", ".join(names)
    if connection.vendor == "postgresql":
        assert refused(
            f"INSERT INTO {table} ({columns}) VALUES ({marks})"
            " ON CONFLICT (id) DO UPDATE SET community_key = 'FES'",
            row,
        )
        return
    assert refused(f"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({marks})", row)
    row[names.index("id")] = 999
    assert refused(f"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({marks})", row)
    assert refused(f"UPDATE OR REPLACE {table} SET id = id + 1")


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_truncated(table):
    if connection.vendor == "postgresql":
        assert refused(f"TRUNCATE {table}")
    else:  # SQLite's own truncation is a DELETE without WHERE
        assert refused(f"DELETE FROM {table} WHERE 1")


def test_the_models_are_refused_too():
    for model in (Entry, Node, SignedHead):
        row = model.objects.first()
        for change in (row.save, row.delete):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                change()


def test_openings_may_go():
    make_entry(private={"name": "x"}, subject="SFR-2026-I-0099")
    Opening.objects.filter(subject="SFR-2026-I-0099").delete()
    assert queries.audit().is_intact


def test_a_missing_guard_is_found():
    drop_triggers()
    faults = {finding.fault.value for finding in queries.audit().findings}
    assert faults == {"trigger_missing"}
