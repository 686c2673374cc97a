"""Files made here, small enough to learn from in a moment, with an answer that is known."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

Write = Callable[..., Path]
Run = Callable[..., dict[str, Any]]

FAULTS = {
    "发动机": [
        "发动机漏油严重",
        "发动机异响抖动",
        "烧机油冒蓝烟",
        "发动机故障灯亮",
        "怠速不稳发动机熄火",
        "发动机积碳多",
    ],
    "变速箱": ["变速箱顿挫", "变速箱漏油异响", "换挡卡滞顿挫", "变速箱故障报警", "挂挡无反应变速箱坏", "变速箱冲击大"],
    "服务": [
        "销售虚假宣传不退定金",
        "客服态度差不回复",
        "承诺赠品不兑现",
        "店家推诿不解决",
        "强制捆绑销售",
        "拖延维修不给说法",
    ],
}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(name: str, rows: Iterable[Mapping[str, object]], encoding: str = "utf-8") -> Path:
        lines = list(rows)
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, list(lines[0]))
            writer.writeheader()
            writer.writerows(lines)
        return path

    return written


@pytest.fixture
def run() -> Run:
    def ran(*words: object) -> dict[str, Any]:
        printed = StringIO()
        call_command("mining", "evaluate", *[str(word) for word in words], "--json", stdout=printed)
        told: dict[str, Any] = json.loads(printed.getvalue())
        return told

    return ran


def complaints(repeats: int = 4) -> list[dict[str, str]]:
    """Every fault said several ways; the sense stays with the words, not with the numbers."""
    return [
        {"id": f"{label}{times}{at}", "text": f"{said}，已经{times + 2}次了，第{at}家店", "label": label}
        for times in range(repeats)
        for label, ways in FAULTS.items()
        for at, said in enumerate(ways)
    ]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The algorithms know no database: they are tried once."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.once)
