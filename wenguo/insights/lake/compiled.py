"""The contributions' SQL, kept on disk: a child that only counts need not import Ibis, which costs seconds."""

import hashlib
import os
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from wenguo.insights.models import OwnMetric

_SOURCES = (
    "expressions.py",
    "counting.py",
    "own.py",
    "schema.py",
    "tables.py",
    "../rules/metrics.py",
    "../rules/own.py",
)


def contributions_sql(dialect: str) -> str:
    """Made once for each state of the definitions."""
    kept = Path(settings.WENGUO_HOME) / "cache" / f"contributions-{dialect}-{_digest()}.sql"
    if kept.exists():
        return kept.read_text(encoding="utf-8")
    query = str(import_string("wenguo.insights.lake.counting.compiled_contributions")(dialect))
    kept.parent.mkdir(parents=True, exist_ok=True)
    draft = kept.with_name(f".{kept.name}.{os.getpid()}")
    draft.write_text(query, encoding="utf-8")
    draft.replace(kept)
    return query


def _digest() -> str:
    """Of all that goes into the SQL."""
    here = Path(__file__).parent
    digest = hashlib.sha256(settings.TIME_ZONE.encode())
    for name in _SOURCES:
        digest.update((here / name).read_bytes())
    own = OwnMetric.objects.filter(is_active=True).order_by("code").values_list("code", "version", "definition")
    digest.update(repr(list(own)).encode())
    return digest.hexdigest()[:16]
