"""By what the sums were counted: when either changes, they are counted anew."""

import hashlib

from wenguo.accounts.models import Unit
from wenguo.insights.queries.registry import all_metrics


def definitions_stamp() -> str:
    """Versions and cuts of all metrics."""
    rows = sorted((rule.key, rule.version, rule.cuts, rule.day_cuts) for rule in all_metrics().values())
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def units_stamp() -> str:
    """Where each unit hangs: only moving one changes it, since new ones have no sums yet. Paths hold ids only."""
    digest = hashlib.sha256()
    for pk, path in Unit.objects.order_by("pk").values_list("pk", "path"):
        digest.update(f"{pk}{path}".encode())
    return digest.hexdigest()
