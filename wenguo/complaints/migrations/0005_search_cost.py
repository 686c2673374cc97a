"""PostgreSQL learns what taking tokens apart costs.

The built-in functions pass for almost free, so a small table of documents was read whole, a second for ten thousand.
A function in PL/pgSQL keeps the cost it states; one in SQL would be written out and lose it.
"""

from typing import Any

from django.db import migrations

FORWARDS = (
    "DROP INDEX IF EXISTS complaints_search",
    "CREATE OR REPLACE FUNCTION complaints_search_tokens(tokens text) RETURNS tsvector "
    "LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000 "
    "AS 'BEGIN RETURN array_to_tsvector(string_to_array(tokens, '' '')); END'",
    "CREATE INDEX complaints_search ON complaints_searchdocument USING gin (complaints_search_tokens(tokens))",
)
BACKWARDS = (
    "DROP INDEX IF EXISTS complaints_search",
    "DROP FUNCTION IF EXISTS complaints_search_tokens(text)",
    "CREATE INDEX complaints_search ON complaints_searchdocument "
    "USING gin (array_to_tsvector(string_to_array(tokens, ' ')))",
)


def state_cost(apps: Any, schema_editor: Any) -> None:
    _run(FORWARDS, schema_editor)


def forget_cost(apps: Any, schema_editor: Any) -> None:
    _run(BACKWARDS, schema_editor)


def _run(statements: tuple[str, ...], schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("complaints", "0004_search_work")]
    operations = [migrations.RunPython(state_cost, forget_cost)]
