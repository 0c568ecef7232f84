"""The word index beside the table of texts: FTS5 with triggers, or a generated tsvector.

Frozen with 0001. A later migration that makes SQLite rebuild the table loses its triggers and must
end with `RunPython(install, remove)` again.
"""

COLUMNS = "title_words, body_words, title_stems, body_stems"
NEW = "new.title_words, new.body_words, new.title_stems, new.body_stems"
OLD = "old.title_words, old.body_words, old.title_stems, old.body_stems"

# The texts are our own tokens between spaces: every letter, digit and mark belongs to a token.
SQLITE = (
    f"""
    CREATE VIRTUAL TABLE searchindex_words USING fts5(
        {COLUMNS},
        content='searchindex_indexedtext', content_rowid='id', prefix='2 3',
        tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc Pc'"
    )
    """,
    "CREATE VIRTUAL TABLE searchindex_terms USING fts5vocab(searchindex_words, 'row')",
    f"""
    CREATE TRIGGER searchindex_text_added AFTER INSERT ON searchindex_indexedtext BEGIN
        INSERT INTO searchindex_words (rowid, {COLUMNS}) VALUES (new.id, {NEW});
    END
    """,
    f"""
    CREATE TRIGGER searchindex_text_removed AFTER DELETE ON searchindex_indexedtext BEGIN
        INSERT INTO searchindex_words (searchindex_words, rowid, {COLUMNS})
        VALUES ('delete', old.id, {OLD});
    END
    """,
    f"""
    CREATE TRIGGER searchindex_text_changed AFTER UPDATE ON searchindex_indexedtext BEGIN
        INSERT INTO searchindex_words (searchindex_words, rowid, {COLUMNS})
        VALUES ('delete', old.id, {OLD});
        INSERT INTO searchindex_words (rowid, {COLUMNS}) VALUES (new.id, {NEW});
    END
    """,
    "INSERT INTO searchindex_words (searchindex_words) VALUES ('rebuild')",
)
SQLITE_REMOVE = (
    "DROP TRIGGER IF EXISTS searchindex_text_added",
    "DROP TRIGGER IF EXISTS searchindex_text_removed",
    "DROP TRIGGER IF EXISTS searchindex_text_changed",
    "DROP TABLE IF EXISTS searchindex_terms",
    "DROP TABLE IF EXISTS searchindex_words",
)
POSTGRESQL = (
    """
    ALTER TABLE searchindex_indexedtext ADD COLUMN vector tsvector
    GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, title_words), 'A')
        || setweight(to_tsvector('simple'::regconfig, title_stems), 'B')
        || setweight(to_tsvector('simple'::regconfig, body_words), 'C')
        || setweight(to_tsvector('simple'::regconfig, body_stems), 'D')
    ) STORED
    """,
    "CREATE INDEX searchindex_vector ON searchindex_indexedtext USING gin (vector)",
)
POSTGRESQL_REMOVE = ("ALTER TABLE searchindex_indexedtext DROP COLUMN IF EXISTS vector",)


def install(apps, schema_editor):
    _run(schema_editor, SQLITE, POSTGRESQL)


def remove(apps, schema_editor):
    _run(schema_editor, SQLITE_REMOVE, POSTGRESQL_REMOVE)


def _run(schema_editor, sqlite, postgresql):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in postgresql if is_postgresql else sqlite:
        schema_editor.execute(statement, params=None)
