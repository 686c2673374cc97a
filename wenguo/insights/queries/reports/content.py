"""Sections as values that can be kept as JSON and read back."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from wenguo.lib.charts import Chart


@dataclass(frozen=True)
class TableShown:
    """`is_text`: no column but the first is a number."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    is_text: bool = False

    @property
    def labelled(self) -> list[list[tuple[str, str]]]:
        """Each cell with its column's name, for small screens."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class SectionShown:
    """One section: figures, charts, and whether a goal was missed (then it needs words)."""

    key: str
    title: str
    prompt: str
    tables: list[TableShown] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    needs_words: bool = False
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of_json(cls, kept: dict[str, Any]) -> "SectionShown":
        tables = [TableShown(**one) for one in kept["tables"]]
        charts = [
            Chart(
                one["title"],
                one["option"],
                tuple(one["columns"]),
                tuple(tuple(row) for row in one["rows"]),
                one["note"],
            )
            for one in kept["charts"]
        ]
        return cls(**{**kept, "tables": tables, "charts": charts})
