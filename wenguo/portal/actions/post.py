"""What the form posts, as one value that can be kept and read again."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from wenguo.portal.choices import Naming


@dataclass(frozen=True, kw_only=True)
class WebPost:
    """Everything typed into the form. Codes are of the trees and the org chart; empty means not said."""

    words: str
    language: str = "zh-hans"
    product: str = ""
    product_text: str = ""
    issue: str = ""
    occurred_on: date | None = None
    is_recurrent: bool = False
    order_reference: str = ""
    remedy_sought: str = ""
    is_danger: bool = False
    naming: str = Naming.NAMED
    name: str = ""
    phone: str = ""
    email: str = ""
    proxy_name: str = ""
    proxy_relation: str = ""
    call_back_ok: bool = False
    at_unit: str = ""

    @property
    def short_fields(self) -> list[str]:
        return [self.name, self.proxy_name, self.proxy_relation, self.product_text, self.order_reference]


def as_text(post: WebPost) -> str:
    """JSON; dates as ISO."""
    return json.dumps(asdict(post), ensure_ascii=False, default=str)


def from_text(text: str) -> WebPost:
    given: dict[str, Any] = json.loads(text)
    day = given.pop("occurred_on", None)
    return WebPost(**given, occurred_on=date.fromisoformat(day) if day else None)
