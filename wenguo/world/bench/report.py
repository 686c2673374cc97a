"""What every measurement says the same way: percentiles, and the machine it ran on."""

import os
import platform
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

Figures = Mapping[str, Any]


def milliseconds(seconds: Sequence[float]) -> dict[str, float]:
    """Median and tails by nearest rank: no value that was not measured."""
    ranked = sorted(seconds)
    last = len(ranked) - 1
    shares = {"p50_ms": 0.50, "p95_ms": 0.95, "p99_ms": 0.99}
    return {name: round(ranked[min(last, int(share * len(ranked)))] * 1000, 2) for name, share in shares.items()}


def machine() -> dict[str, Any]:
    """Cores, load by others before we begin, database: what a reader needs to compare two runs."""
    return {
        "cores": os.cpu_count(),
        "load_before": [round(load, 2) for load in os.getloadavg()],
        "python": platform.python_version(),
        "database": connection.vendor,
    }
