"""The facts as tables of expressions, without an engine."""

import ibis
from ibis import Table

from wenguo.insights.lake.schema import FACTS

TABLES: dict[str, Table] = {
    kind: ibis.table(ibis.Schema.from_pyarrow(schema), name=kind) for kind, schema in FACTS.items()
}


def sql_of(expression: Table, dialect: str) -> str:
    """An expression over `TABLES` in the SQL of an engine."""
    return str(ibis.to_sql(expression, dialect=dialect))
