"""The engine in process: DuckDB. `engine()` gives this one or the cluster's, by WENGUO_ENGINE; both have one shape.

Expressions are over tables without an engine (`lake.tables`), compiled to the engine's SQL and run over views of the
same names: `complaint`, `clock` … So both run the same definitions, and compiled SQL can be kept (`lake.compiled`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Protocol

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
from django.conf import settings
from django.utils.module_loading import import_string

from wenguo.insights.lake import files
from wenguo.insights.lake.schema import APPENDED, FACTS, SIGN
from wenguo.insights.models import LakeFile

Tell = Callable[[float], bool]
_TELL_SECONDS = 0.5


class Engine(Protocol):
    """Shows files and tables as views, and runs SQL of its dialect."""

    dialect: str
    quote: str

    def read(self, name: str, kind: str, paths: Sequence[str]) -> None: ...

    def given(self, name: str, table: pa.Table) -> None: ...

    def view(self, name: str, query: str) -> None: ...

    def run(self, query: str, tell: Tell | None = None) -> pa.Table: ...

    def close(self) -> None: ...


class Duck:
    """One connection, its memory limited: what does not fit is refused."""

    dialect = "duckdb"
    quote = '"'

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        self.connection.execute("SET TimeZone = 'UTC'")
        self.connection.execute(f"SET memory_limit = '{settings.CHILD_MEMORY_MB * 6 // 10}MB'")

    def read(self, name: str, kind: str, paths: Sequence[str]) -> None:
        """Files of one kind; columns a file does not have yet are null."""
        places = [files.full(path) for path in paths]
        none = f"{name}_none"
        self.connection.register(none, FACTS[kind].empty_table())
        if not places:
            self.view(name, f"SELECT * FROM {none}")  # noqa: S608 - names of our own, as below
        elif files.is_local():
            listed = ", ".join("'" + place.replace("'", "''") + "'" for place in places)
            read = f"SELECT * FROM read_parquet([{listed}], union_by_name = true)"  # noqa: S608
            self.view(name, f"SELECT * FROM {none} UNION ALL BY NAME {read}")  # noqa: S608
        else:
            self.connection.register(name, ds.dataset(places, FACTS[kind], "parquet", files.filesystem()))

    def given(self, name: str, table: pa.Table) -> None:
        """A table held in memory."""
        self.connection.register(name, table)

    def view(self, name: str, query: str) -> None:
        self.connection.execute(f"CREATE OR REPLACE VIEW {name} AS {query}")

    def run(self, query: str, tell: Tell | None = None) -> pa.Table:
        """The rows; `tell` is asked now and then with the percent done, and stops it by answering False."""
        if tell is None:
            return self.connection.sql(query).to_arrow_table()
        with ThreadPoolExecutor(1) as beside:
            running = beside.submit(lambda: self.connection.sql(query).to_arrow_table())
            while not wait([running], timeout=_TELL_SECONDS).done:
                if not tell(max(0.0, self.connection.query_progress())):
                    self.connection.interrupt()
            return running.result()

    def close(self) -> None:
        self.connection.close()


def engine(*, in_process: bool = False) -> Engine:
    """By setting: `duckdb`, or the address of a Spark master."""
    if in_process or settings.WENGUO_ENGINE == "duckdb":
        return Duck()
    made: Engine = import_string("wenguo.insights.lake.spark.Spark")(settings.WENGUO_ENGINE)
    return made


def named(where: Engine, columns: Iterable[str]) -> str:
    """Columns for hand-written SQL: `at` means something else to an engine."""
    return ", ".join(f"{where.quote}{column}{where.quote}" for column in columns)


def show_facts(where: Engine, tables: Mapping[str, pa.Table]) -> None:
    """Facts held in memory, as views named by kind."""
    for kind, schema in FACTS.items():
        where.given(kind, tables.get(kind, schema.empty_table()))


def show_lake(where: Engine, known: Iterable[LakeFile]) -> None:
    """The lake as it is, as views named by kind: of each complaint the newest facts, events all."""
    by_kind: dict[str, list[LakeFile]] = {kind: [] for kind in FACTS}
    for one in known:
        by_kind[one.kind].append(one)
    for kind, found in by_kind.items():
        _show_newest(where, kind, found)


def _show_newest(where: Engine, kind: str, found: Sequence[LakeFile]) -> None:
    """Months of one whole file are read as they are; in the others the newest rows of a complaint win."""
    if kind in APPENDED:
        where.read(kind, kind, [one.path for one in found])
        return
    months: dict[object, list[LakeFile]] = {}
    for one in found:
        months.setdefault(one.month, []).append(one)
    whole = [group[0].path for group in months.values() if len(group) == 1 and group[0].is_whole]
    where.read(f"{kind}_whole", kind, whole)
    where.read(f"{kind}_mixed", kind, [one.path for one in found if one.path not in set(whole)])
    columns = named(where, FACTS[kind].names)
    marked = f"SELECT *, MAX(seq) OVER (PARTITION BY complaint) AS last_seq FROM {kind}_mixed"  # noqa: S608
    newest = f"SELECT {columns} FROM ({marked}) AS marked WHERE seq = last_seq AND {SIGN[kind]} IS NOT NULL"  # noqa: S608
    where.view(kind, f"SELECT {columns} FROM {kind}_whole UNION ALL {newest}")  # noqa: S608
