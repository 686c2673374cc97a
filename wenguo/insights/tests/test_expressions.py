"""Every metric, over a made-up world, against a count by hand; and what the form can define."""

from collections import Counter

import pytest

from wenguo.insights.choices import Better, Judged
from wenguo.insights.lake.counting import compiled_contributions, contributions
from wenguo.insights.lake.engine import Duck, Engine, show_facts
from wenguo.insights.lake.schema import FACTS, as_table
from wenguo.insights.lake.tables import sql_of
from wenguo.insights.rules import METRICS
from wenguo.insights.rules.own import COLUMNS, Type, own_rule
from wenguo.insights.tests.worlds import NOW, ORACLE, Sums, World, expected, made


@pytest.fixture(scope="module")
def world() -> World:
    return made(400)


def shown(where: Engine, world: World) -> Engine:
    show_facts(where, {kind: as_table(kind, rows) for kind, rows in world.items()})
    return where


def counted(where: Engine, query: str) -> dict[str, Sums]:
    sums: Counter[tuple[str, str]] = Counter()
    for row in where.run(query).to_pylist():
        if row["at"] <= NOW:
            sums.update({(row["metric"], name): row[name] for name in ("met", "failed", "left_out", "total")})
    return {
        metric: (sums[metric, "met"], sums[metric, "failed"], sums[metric, "left_out"], sums[metric, "total"])
        for metric in {metric for metric, _name in sums}
    }


def test_every_metric_has_its_oracle() -> None:
    assert set(ORACLE) == set(METRICS)


def test_every_metric_counts_what_is_counted_by_hand(world: World) -> None:
    where = shown(Duck(), world)
    found = counted(where, sql_of(contributions(METRICS.values()), where.dialect))
    assert found == expected(world)
    where.close()


@pytest.mark.parametrize(
    ("hour", "minute", "day"),
    [(0, 0, "2026-11-20"), (9, 0, "2026-11-20"), (15, 59, "2026-11-20"), (16, 0, "2026-11-21")],
)
def test_a_day_begins_at_midnight_in_the_house(hour: int, minute: int, day: str) -> None:
    where = Duck()
    moment = NOW.replace(hour=hour, minute=minute)
    fact = {"complaint": 1, "seq": 1, "received_at": moment, "is_merged": False, "status": "open"}
    show_facts(where, {"complaint": as_table("complaint", [fact])})
    found = where.run(sql_of(contributions([METRICS["received"]]), where.dialect)).to_pylist()
    assert [row["day"].isoformat() for row in found] == [day]
    where.close()


def test_the_form_offers_columns_that_are_there() -> None:
    types = {
        Type.TIME: "timestamp[us]",
        Type.NUMBER: "int64",
        Type.YES: "bool",
        Type.TEXT: "string",
        Type.PATH: "string",
    }
    for fact, columns in COLUMNS.items():
        for column, kind in columns.items():
            assert str(FACTS[fact].field(column).type) == types[kind], f"{fact}.{column}"


OWN_RATE = {
    "fact": "complaint", "day": "ended_at", "kind": "rate", "value": "",
    "where": [["status", "is", "closed"]], "met": [["satisfaction", "at_least", "4"], ["is_safety", "is", "no"]],
    "left_out": [["satisfaction", "empty", ""]],
}  # fmt: skip
OWN_SUM = {
    "fact": "action", "day": "done_at", "kind": "money", "value": "amount",
    "where": [["what", "is", "remedy"], ["amount", "at_least", "1"]], "met": [], "left_out": [],
}  # fmt: skip


def test_a_metric_defined_by_form_counts_like_one_written_by_hand(world: World) -> None:
    where = shown(Duck(), world)
    rules = [
        own_rule("own.rate", OWN_RATE, 1, Judged.COUNT, Better.MORE, 90),
        own_rule("own.paid", OWN_SUM, 1, Judged.NOT, Better.LESS, None),
    ]
    found = counted(where, sql_of(contributions(rules), where.dialect))
    closed = [
        one for one in world["complaint"] if one["status"] == "closed" and one["ended_at"] and one["ended_at"] <= NOW
    ]
    known = [one for one in closed if one["satisfaction"] is not None]
    good = [one for one in known if one["satisfaction"] >= 4 and not one["is_safety"]]
    assert found["own.rate"] == (len(good), len(known) - len(good), len(closed) - len(known), 0)
    assert found["own.paid"] == expected(world)["compensation"]
    where.close()


@pytest.mark.django_db
def test_all_in_use_compile_to_one_query() -> None:
    assert compiled_contributions("duckdb").count("UNION ALL") >= len(METRICS) - 1
