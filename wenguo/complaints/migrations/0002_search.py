"""The full-text index over the segmented tokens: FTS5 on SQLite, GIN on PostgreSQL.

A later migration that makes SQLite rebuild complaints_searchdocument (altering a column) drops the triggers: call
`make_index` again after it.
"""

from typing import Any

from django.db import migrations

SQLITE = (
    # External content: the tokens are kept once, in the table. detail stays full: a new letter that this SQLite's
    # Unicode tables do not know would split a token in two, and such a phrase needs positions.
    "CREATE VIRTUAL TABLE complaints_search USING fts5("
    "tokens, content='complaints_searchdocument', content_rowid='complaint_id', tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER complaints_search_added AFTER INSERT ON complaints_searchdocument BEGIN "
    "INSERT INTO complaints_search(rowid, tokens) VALUES (new.complaint_id, new.tokens); END",
    "CREATE TRIGGER complaints_search_removed AFTER DELETE ON complaints_searchdocument BEGIN "
    "INSERT INTO complaints_search(complaints_search, rowid, tokens) "
    "VALUES ('delete', old.complaint_id, old.tokens); END",
    "CREATE TRIGGER complaints_search_changed AFTER UPDATE ON complaints_searchdocument BEGIN "
    "INSERT INTO complaints_search(complaints_search, rowid, tokens) "
    "VALUES ('delete', old.complaint_id, old.tokens); "
    "INSERT INTO complaints_search(rowid, tokens) VALUES (new.complaint_id, new.tokens); END",
    "INSERT INTO complaints_search(complaints_search) VALUES ('rebuild')",
)
POSTGRESQL = (
    "CREATE INDEX IF NOT EXISTS complaints_search ON complaints_searchdocument "
    "USING gin (array_to_tsvector(string_to_array(tokens, ' ')))",
)
DROP_SQLITE = (
    "DROP TRIGGER IF EXISTS complaints_search_added",
    "DROP TRIGGER IF EXISTS complaints_search_removed",
    "DROP TRIGGER IF EXISTS complaints_search_changed",
    "DROP TABLE IF EXISTS complaints_search",
)
DROP_POSTGRESQL = ("DROP INDEX IF EXISTS complaints_search",)


def make_index(apps: Any, schema_editor: Any) -> None:
    on_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in (*DROP_SQLITE, *SQLITE) if on_sqlite else POSTGRESQL:
        schema_editor.execute(statement)


def drop_index(apps: Any, schema_editor: Any) -> None:
    for statement in DROP_SQLITE if schema_editor.connection.vendor == "sqlite" else DROP_POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("complaints", "0001_initial")]
    operations = [migrations.RunPython(make_index, drop_index)]
