"""Triggers that make entries, nodes and signed heads append-only (decisions F28).

Frozen with 0001. A later migration that makes SQLite rebuild one of these tables loses its
triggers and must end with `RunPython(install, remove)` again; `register verify` says if they lack.
"""

KEYS = {
    "ledger_entry": "community_key = NEW.community_key AND number = NEW.number",
    "ledger_node": (
        "community_key = NEW.community_key AND level = NEW.level AND position = NEW.position"
    ),
    "ledger_signedhead": "community_key = NEW.community_key AND day = NEW.day",
}

# INSERT OR REPLACE deletes without firing delete triggers (recursive_triggers is off),
# so an insert over an existing row is refused before it happens.
SQLITE = (
    """
    CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
    BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
    """,
    """
    CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
    BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
    """,
    """
    CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
    WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id OR ({key}))
    BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
    """,
)
SQLITE_REMOVE = (
    "DROP TRIGGER IF EXISTS {table}_no_update",
    "DROP TRIGGER IF EXISTS {table}_no_delete",
    "DROP TRIGGER IF EXISTS {table}_no_replace",
)
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$
"""
POSTGRESQL = (
    """
    CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()
    """,
)
POSTGRESQL_REMOVE = ("DROP TRIGGER IF EXISTS {table}_no_change ON {table}",)


def install(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    if is_postgresql:
        schema_editor.execute(POSTGRESQL_FUNCTION, params=None)
    _each_table(schema_editor, POSTGRESQL if is_postgresql else SQLITE)


def remove(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    _each_table(schema_editor, POSTGRESQL_REMOVE if is_postgresql else SQLITE_REMOVE)
    if is_postgresql:
        schema_editor.execute("DROP FUNCTION IF EXISTS ledger_refuse_change()")


def _each_table(schema_editor, statements):
    for table, key in KEYS.items():
        for statement in statements:
            schema_editor.execute(statement.format(table=table, key=key), params=None)
