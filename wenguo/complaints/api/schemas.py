"""What comes in first and what comes out. Units by code, people by user name, trees by code, moments in UTC."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema
from pydantic import AwareDatetime


class CustomerIn(Schema):
    """Who complains: found by phone or e-mail, or new."""

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    wechat: str = ""
    kind: str = "person"


class ComplaintIn(Schema):
    """Only the words and the channel are a must."""

    words: str
    channel: str = "api"
    title: str = ""
    customer: CustomerIn | None = None
    is_anonymous: bool = False
    is_confidential: bool = False
    received_at: AwareDatetime | None = None
    occurred_on: date | None = None
    is_urgent: bool = False
    is_safety: bool = False
    is_vulnerable: bool = False
    is_recurrent: bool = False
    proxy_name: str = ""
    proxy_relation: str = ""
    language: str = "zh-hans"
    apparent_demand: str = ""
    hidden_need: str = ""
    remedy_sought: str = ""
    product: str = ""
    issue: str = ""
    product_text: str = Field("", max_length=200)
    order_reference: str = Field("", max_length=100)
    receiving_unit: str = ""
    respondent_unit: str = ""
    respondent: str = ""
    facts: dict[str, Any] = {}


class NextStep(Schema):
    """A step that starts here; `refusal` says why the caller cannot take it now."""

    step: str
    label: str
    is_allowed: bool
    refusal: str
    must_fill: list[str]


class ComplaintLine(Schema):
    """A complaint in a list."""

    reference: str
    title: str
    stage: str
    status: str
    version: int
    importance: str
    is_urgent: bool
    channel: str
    product: str | None
    issue: str | None
    lead_unit: str | None
    owner: str | None
    received_at: datetime
    changed_at: datetime
    next_due_at: datetime | None
    ended_as: str
    satisfaction: int | None


class ComplaintOut(ComplaintLine):
    """A whole complaint, as the caller may read it."""

    words: str
    apparent_demand: str
    hidden_need: str
    remedy_sought: str
    customer: str | None
    is_anonymous: bool
    is_safety: bool
    is_vulnerable: bool
    is_disputed: bool
    occurred_on: date | None
    entered_at: datetime
    promised_at: datetime | None
    handled_at: datetime | None
    ended_at: datetime | None
    is_upheld: bool | None
    reply_accepted: bool | None
    round: int
    chased: int
    reopened: int
    merged_into: str | None
    outputs: dict[str, dict[str, Any]]
    next: list[NextStep]


class CreatedOut(ComplaintOut):
    """With the secret link of the receipt, given once."""

    tracking_url: str


class FacetValueOut(Schema):
    """`value` is what the filter of the facet's name is set to."""

    value: str
    label: str
    number: int


class FacetOut(Schema):
    name: str
    values: list[FacetValueOut]


class SpreadOut(Schema):
    """Counted over the newest matches, 10,000 at most."""

    facets: list[FacetOut]
    counted: int
    is_capped: bool


class ListOut(Schema):
    """`next` and `previous` are cursors of this list. `looked_back_to`: what is older was not looked at yet."""

    facets: SpreadOut | None
    looked_back_to: datetime | None

    rows: list[ComplaintLine]
    count: int
    count_is_capped: bool
    next: str | None
    previous: str | None


class EntryOut(Schema):
    id: int
    kind: str
    visibility: str
    at: datetime
    author: str | None
    body: str
    facts: dict[str, Any]
    files: list[int]


class ClockOut(Schema):
    id: int
    rule: str
    name: str
    state: str
    duty_holder: str
    started_at: datetime
    due_at: datetime
    is_provisional: bool
    stopped_at: datetime | None
    why: list[str]


class FileOut(Schema):
    id: int
    name: str
    content_type: str
    size: int
    sha256: str
    visibility: str
    added_at: datetime


class TaskOut(Schema):
    id: int
    title: str
    assignee: str = Field(alias="assignee.username")
    due_at: datetime | None
    done_at: datetime | None
