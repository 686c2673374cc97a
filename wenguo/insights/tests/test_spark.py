"""The same lake on a real Spark cluster: a master and two workers on the loopback give the numbers DuckDB gives."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from wenguo.insights.actions.fold import write_file
from wenguo.insights.choices import SourceFilter
from wenguo.insights.lake.asking import answer_to
from wenguo.insights.lake.counting import contributions
from wenguo.insights.lake.engine import Engine, engine, show_lake
from wenguo.insights.lake.schema import as_table
from wenguo.insights.lake.tables import sql_of
from wenguo.insights.models import LakeFile
from wenguo.insights.rules import METRICS
from wenguo.insights.rules.questions import Question
from wenguo.insights.tests.worlds import made

HAS_SPARK = find_spec("pyspark") is not None and shutil.which("java") is not None
pytestmark = [
    pytest.mark.spark,
    pytest.mark.slow,
    pytest.mark.once,
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore"),  # what Spark's own Python leaves open or calls by old names
    pytest.mark.skipif(not HAS_SPARK, reason="needs pyspark (make .venv/.stamp/spark) and Java"),
]
WHERE = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_NO_DAEMONIZE": "1"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a standalone cluster of two workers."""
    found = find_spec("pyspark")
    assert found is not None
    assert found.submodule_search_locations is not None
    program = Path(found.submodule_search_locations[0]) / "bin" / "spark-class"
    home, port, web = tmp_path_factory.mktemp("spark"), free_port(), free_port()
    address = f"spark://127.0.0.1:{port}"
    deploy = "org.apache.spark.deploy"
    commands = [
        [f"{deploy}.master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", str(web)],
        *[
            [f"{deploy}.worker.Worker", "--host", "127.0.0.1", "-c", "1", "-m", "1G",
             "--webui-port", str(free_port()), "-d", str(home / name), address]
            for name in ("one", "two")
        ],
    ]  # fmt: skip
    running: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            said = home / f"{len(running)}.log"
            with said.open("wb") as log:
                arguments = [str(program), *command]
                running.append(subprocess.Popen(arguments, env=os.environ | WHERE, stdout=log, stderr=log))
            _until_said(said, "Successfully registered" if len(running) > 1 else "ALIVE")
        yield address
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(timeout=20)


def _until_said(log: Path, word: str) -> None:
    give_up = time.monotonic() + 120
    while word not in log.read_text(errors="replace"):
        assert time.monotonic() < give_up, log.read_text(errors="replace")[-2000:]
        time.sleep(0.2)


@pytest.fixture
def filled(lake: Path) -> None:
    """A lake of two files a kind, one older rows of the same complaints."""
    for seq, seed in ((1, 3), (2, 7)):
        world = made(120, seed)
        for kind, rows in world.items():
            marked = [row if kind == "event" else {**row, "seq": seq} for row in rows]
            if kind != "event" or seq == 2:
                write_file(kind, date(2026, 11, 1), as_table(kind, marked), seq - 1, seq).save()


def rows(where: Engine, query: str) -> list[str]:
    return sorted(repr({name: _plain(value) for name, value in row.items()}) for row in where.run(query).to_pylist())


def _plain(value: object) -> object:
    """A sum of whole numbers is a decimal here and a long there: the number counts."""
    return int(value) if isinstance(value, Decimal) and value == int(value) else value


def test_both_engines_say_the_same(master: str, filled: None, settings: Settings) -> None:
    question = Question("satisfaction", date(2025, 1, 1), date(2026, 11, 20), SourceFilter.ALL, {}, ("month", "unit"))
    expressions = [
        contributions(METRICS.values()).drop("at"),
        answer_to(question, METRICS["satisfaction"], None, 0),
    ]
    duck = engine()
    settings.WENGUO_ENGINE = master
    settings.SPARK_EXECUTOR_MEMORY = "512m"
    settings.SPARK_OPTIONS = {"spark.sql.codegen.wholeStage": "false"}  # compiling takes longer than 120 complaints
    spark = engine()
    try:
        for where in (duck, spark):
            show_lake(where, LakeFile.objects.all())
        for expression in expressions:
            found = rows(spark, sql_of(expression, spark.dialect))
            assert found == rows(duck, sql_of(expression, duck.dialect))
            assert len(found) > 20
        executors = spark.session.sparkContext._jsc.sc().getExecutorMemoryStatus().size()  # type: ignore[attr-defined]
        assert executors == 3  # two workers and the driver
    finally:
        spark.close()
        duck.close()
