"""A web process stays small: what computes figures and what mines texts is never imported there (stack.md)."""

import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.once
HEAVY = ("duckdb", "ibis", "pyarrow", "polars", "pandas", "numpy", "sklearn", "pyspark", "scipy")
PROGRAM = f"""
import sys
import config.wsgi
from django.urls import get_resolver
from wenguo.insights import jobs
def walk(resolver):
    for one in resolver.url_patterns:
        walk(one) if hasattr(one, "url_patterns") else one.callback
walk(get_resolver())
print(" ".join(name for name in {HEAVY!r} if name in sys.modules))
"""


def test_web_and_worker_import_no_engine() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
