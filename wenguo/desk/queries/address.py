"""What the address of the list says: what it is narrowed to, its order, its columns. A saved view keeps it whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import parse_qs, urlencode

from wenguo.complaints.queries import ORDERS, ComplaintFilter
from wenguo.desk.queries.columns import COLUMNS

FIRST_ORDER = "received"


@dataclass(frozen=True)
class ListAddress:
    """`columns` empty is the list as it is drawn for everybody."""

    filter: ComplaintFilter
    order: str = FIRST_ORDER
    columns: tuple[str, ...] = ()

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]]) -> Self:
        """From a query string's values; the search box sends `q`. What is unknown or misspelt is left out."""
        given = dict(query)
        if "q" in given:
            given["text"] = given.pop("q")
        return cls(ComplaintFilter.from_query(given), _order(given.get("sort", ())), _columns(given.get("columns", ())))

    @classmethod
    def from_string(cls, text: str) -> Self:
        return cls.from_query(parse_qs(text.lstrip("?")))

    def to_string(self) -> str:
        """Only what is set, so that addresses stay short."""
        query: dict[str, Any] = self.filter.to_query()
        if "text" in query:
            query = {"q": query.pop("text"), **query}
        if self.order != FIRST_ORDER:
            query["sort"] = self.order
        if self.columns:
            query["columns"] = ",".join(self.columns)
        return urlencode(query, doseq=True)

    def but(self, **changes: Any) -> Self:
        """The same list narrowed otherwise."""
        return replace(self, filter=self.filter.but(**changes))


def _order(values: Sequence[str]) -> str:
    wanted = values[-1] if values else FIRST_ORDER
    return next((one for one in (wanted, wanted.lstrip("-")) if one in ORDERS), FIRST_ORDER)


def _columns(values: Sequence[str]) -> tuple[str, ...]:
    asked = [key.strip() for value in values for key in value.split(",")]
    return tuple(key for key in dict.fromkeys(asked) if key in COLUMNS)
