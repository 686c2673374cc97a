"""The measurement lives real lives, and its copies leave nothing behind."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from wenguo.world.bench.raw import columns_filled
from wenguo.world.bench.report import milliseconds


def test_each_parameter_knows_its_column() -> None:
    one = 'INSERT INTO "t" ("a", "b_id") VALUES (%s, %s), (%s, %s) RETURNING "t"."id"'
    assert columns_filled(one) == ("t", ("a", "b_id", "a", "b_id"))
    many = 'INSERT INTO "t" ("a", "b_id") SELECT * FROM UNNEST((%s)::text[], (%s)::bigint[]) RETURNING "t"."id"'
    assert columns_filled(many) == ("t", ("a", "b_id"))
    changed = 'UPDATE "t" SET "a" = %s, "b_id" = NULL WHERE "t"."id" IN (%s, %s)'
    assert columns_filled(changed) == ("t", ("a", "id", "id"))


def test_percentiles_are_values_that_were_measured() -> None:
    assert milliseconds([0.001 * n for n in range(1, 101)]) == {"p50_ms": 51.0, "p95_ms": 96.0, "p99_ms": 100.0}


@pytest.mark.skipif(connection.vendor == "postgresql", reason="it would measure")
def test_sqlite_is_not_what_it_measures() -> None:
    with pytest.raises(CommandError, match="PostgreSQL"):
        call_command("bench", "lifecycle", "--json", stdout=StringIO(), stderr=StringIO())
