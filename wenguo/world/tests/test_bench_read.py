"""`wenguo bench read` and `memory`, small: a home of their own, loaded by the command, asked over HTTP."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.once]
PAGES = {"home", "home of a manager", "list", "search", "open", "API list", "figures"}


def bench(home: Path, *command: str) -> Any:
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "EMAIL_URL")}
    environment |= {"WENGUO_HOME": str(home), "DJANGO_SETTINGS_MODULE": "config.settings"}
    told = subprocess.run(
        [sys.executable, "-m", "wenguo.console", *command], env=environment, capture_output=True, text=True
    )
    assert told.returncode == 0, told.stderr[-2000:]
    return json.loads(told.stdout) if "--json" in command else None


def test_what_it_says_is_what_was_asked(tmp_path: Path) -> None:
    bench(tmp_path, "migrate", "-v", "0")
    small = ("--ended", "5", "--stopped", "5", "--dealers", "2")
    loaded = bench(tmp_path, "bench", "load", "--complaints", "60", *small, "--json")
    assert loaded["complaints"] == 60
    assert loaded["rows"] > 60 * 20
    read = bench(tmp_path, "bench", "read", "--clients", "2", "--requests", "5", "--json")
    assert read["complaints"] == 60
    assert set(read["pages"]) >= PAGES
    for page in read["pages"].values():
        assert page["requests"] == 2 * 5
        assert 0 < page["p50_ms"] <= page["p95_ms"] <= page["p99_ms"]
    assert len(read["machine"]["load_before"]) == 3
    (tmp_path / "before.json").write_text(json.dumps(read))
    again = bench(
        tmp_path, "bench", "read", "--clients", "1", "--requests", "5", "--compare", f"{tmp_path}/before.json", "--json"
    )
    ratio = again["pages"]["list"]["p95_ms"] / read["pages"]["list"]["p95_ms"]
    assert again["ratio_p95"]["list"] == pytest.approx(ratio, abs=0.01)


@pytest.fixture(scope="module")
def weighed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    home = tmp_path_factory.mktemp("home")
    bench(home, "migrate", "-v", "0")
    return bench(home, "bench", "memory", "--settle", "20", "--json")


def test_web_imports_nothing_for_analysis(weighed: Any) -> None:
    assert weighed["heavy_libraries_in_web"] == []


def test_the_parts_are_the_whole(weighed: Any) -> None:
    parts = weighed["web_mb"] + weighed["worker_mb"] + weighed["worker_children_mb"]
    assert weighed["web_mb"] > 50
    assert weighed["together_mb"] == pytest.approx(parts, abs=0.2)


@pytest.mark.xfail(reason="web 380 MB and worker 183 MB on 2026-11-22: see docs/performance.md", strict=False)
def test_web_and_worker_stay_small(weighed: Any) -> None:
    assert weighed["web_mb"] + weighed["worker_mb"] <= 500
