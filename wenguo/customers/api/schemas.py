"""Shapes of what the customers API takes and answers."""

from datetime import date, datetime

from ninja import Schema
from pydantic import AwareDatetime, Field

from wenguo.customers.choices import ContactKind, CustomerKind, Direction, Purpose, ValueTier


class CustomerIn(Schema):
    name: str = Field("", max_length=200)
    kind: CustomerKind = CustomerKind.PERSON
    phone: str = Field("", max_length=60)
    email: str = Field("", max_length=200)
    address: str = Field("", max_length=300)
    contact_person: str = Field("", max_length=200)
    language: str = Field("zh-hans", max_length=10)


class CustomerChange(Schema):
    """What is left out stays as it is."""

    version: int | None = None
    name: str | None = Field(None, max_length=200)
    contact_person: str | None = Field(None, max_length=200)
    kind: CustomerKind | None = None
    value_tier: ValueTier | None = None
    is_vulnerable: bool | None = None
    language: str | None = Field(None, max_length=10)
    note: str | None = Field(None, max_length=5000)


class PointOut(Schema):
    id: int
    kind: str
    label: str
    value: str
    is_primary: bool
    is_verified: bool


class HoldingOut(Schema):
    id: int
    name: str
    serial: str
    bought_on: date | None
    dealer: str
    mileage_km: int | None


class ConsentOut(Schema):
    purpose: str
    is_given: bool | None
    at: datetime | None


class CustomerLine(Schema):
    id: int
    name: str
    kind: str
    phone: str
    email: str
    owns: str


class CustomerOut(Schema):
    id: int
    version: int
    name: str
    kind: str
    value_tier: str
    is_vulnerable: bool
    language: str
    note: str
    contact_points: list[PointOut]
    holdings: list[HoldingOut]
    consents: list[ConsentOut]


class CustomerList(Schema):
    items: list[CustomerLine]
    next: str | None
    previous: str | None


class PointIn(Schema):
    kind: ContactKind
    value: str = Field(max_length=300)
    label: str = Field("", max_length=60)
    is_primary: bool = False
    is_verified: bool = False
    version: int | None = None


class HoldingIn(Schema):
    product: str = Field("", description="Code in the product tree")
    description: str = Field("", max_length=200)
    serial: str = Field("", max_length=60)
    bought_on: date | None = None
    dealer: str = Field("", description="Code of the unit")
    mileage_km: int | None = Field(None, ge=0, le=5_000_000)


class ConsentIn(Schema):
    purpose: Purpose
    is_given: bool
    source: str = Field(max_length=100)


class InteractionIn(Schema):
    direction: Direction
    channel: str = Field(description="Code in the channel tree")
    summary: str = Field("", max_length=20_000)
    at: AwareDatetime | None = None
    duration_s: int | None = Field(None, ge=0, le=86_400)


class InteractionOut(Schema):
    id: int
    direction: str
    channel: str
    at: datetime
    summary: str
    about: str


class ReasonIn(Schema):
    reason: str = Field(max_length=300)


class MergeIn(ReasonIn):
    target: int


class Paging(Schema):
    q: str = Field("", max_length=200, description="Number typed any way, last four digits, e-mail, VIN, name, pinyin")
    cursor: str | None = None
    limit: int = Field(50, ge=1, le=200)
