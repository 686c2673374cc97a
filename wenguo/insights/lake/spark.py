"""The engine on a cluster: the same SQL-free definitions, compiled for Spark. Only imported where it is set."""

from collections.abc import Sequence
from uuid import uuid4

import ibis
import pyarrow as pa
from django.conf import settings
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from wenguo.insights.lake import files
from wenguo.insights.lake.engine import Tell
from wenguo.insights.lake.schema import FACTS

ibis.pyspark  # noqa: B018 - looking at it registers the options its compiler asks for


class Spark:
    """One session on the cluster at `address` (`spark://host:7077`). The lake must be where its workers can read it."""

    dialect = "pyspark"
    quote = "`"

    def __init__(self, address: str) -> None:
        asked = (
            SparkSession.builder.master(address)
            .appName(f"wenguo {uuid4().hex[:6]}")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.ansi.enabled", "false")  # as DuckDB: what cannot be computed is null
            .config("spark.sql.timestampType", "TIMESTAMP_NTZ")
            .config("spark.sql.shuffle.partitions", "8")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.driver.memory", f"{settings.CHILD_MEMORY_MB}m")
            .config("spark.executor.memory", settings.SPARK_EXECUTOR_MEMORY)  # a larger one waits for ever
            .config("spark.driver.host", settings.SPARK_DRIVER_HOST)
            .config("spark.driver.bindAddress", settings.SPARK_DRIVER_HOST)
        )
        for name, value in settings.SPARK_OPTIONS.items():
            asked = asked.config(name, value)
        self.session = asked.getOrCreate()

    def read(self, name: str, kind: str, paths: Sequence[str]) -> None:
        """Files of one kind; columns a file does not have yet are null."""
        schema = from_arrow_schema(FACTS[kind], prefer_timestamp_ntz=True)
        places = [f"file://{files.full(path)}" if files.is_local() else files.full(path) for path in paths]
        frame = (
            self.session.read.schema(schema).parquet(*places) if places else self.session.createDataFrame([], schema)
        )
        frame.createOrReplaceTempView(name)

    def given(self, name: str, table: pa.Table) -> None:
        """A table held in memory."""
        schema = from_arrow_schema(table.schema, prefer_timestamp_ntz=True)
        rows = [tuple(row.values()) for row in table.to_pylist()]
        self.session.createDataFrame(rows, schema).createOrReplaceTempView(name)

    def view(self, name: str, query: str) -> None:
        self.session.sql(query).createOrReplaceTempView(name)

    def run(self, query: str, tell: Tell | None = None) -> pa.Table:
        """The rows, times without a zone as DuckDB gives them; `tell` says only that the cluster works."""
        if tell:
            tell(10)
        found = self.session.sql(query).toArrow()
        zoned = [field for field in found.schema if pa.types.is_timestamp(field.type) and field.type.tz]
        for field in zoned:
            place = found.schema.get_field_index(field.name)
            found = found.set_column(place, field.name, found[field.name].cast(pa.timestamp(field.type.unit)))
        return found

    def close(self) -> None:
        self.session.stop()
