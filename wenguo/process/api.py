"""The process for machines: what is promised, calendars, trees. Reading only; changing is for people on the pages."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema

from wenguo.accounts.access import caller_for
from wenguo.accounts.choices import Scope
from wenguo.accounts.models import User
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.worktime import due_date
from wenguo.process.access import check_may_read, get_calendar_for
from wenguo.process.choices import TreeKind
from wenguo.process.models import Calendar, StageRule, Standard, TaxonomyNode
from wenguo.process.queries import active_standard, nodes, stage_rules, work_calendar
from wenguo.process.queries.pages import calendars_with_use, special_days
from wenguo.ui.found import found

router = Router(tags=["process"])
Unit = Literal["hour", "business_hours", "working_day", "calendar_day", "week", "month"]


class LimitsOut(Schema):
    """By importance; null: no limit."""

    ordinary: int | None
    major: int | None
    complex: int | None
    unit: str
    from_receipt: bool


class StageOut(Schema):
    number: int
    stage: str
    name_zh: str
    name_en: str
    owner_role: str
    limits: LimitsOut
    form: list[dict[str, Any]]


class StandardOut(Schema):
    """The version in force."""

    pack: str
    version: int
    name_zh: str
    name_en: str
    calendar: str
    activated_at: datetime | None
    whole: LimitsOut
    stages: list[StageOut]


class CalendarOut(Schema):
    code: str
    name_zh: str
    name_en: str
    time_zone: str
    country: str
    windows: dict[str, list[list[str]]]
    published_through: int | None
    is_default: bool


class DayOut(Schema):
    day: date
    kind: str
    name: str


class DueOut(Schema):
    """When, whether the holidays of that year are known yet, and why."""

    due_at: datetime
    is_provisional: bool
    why: list[str]


class NodeOut(Schema):
    code: str
    parent: str | None
    name_zh: str
    name_en: str
    path: str
    is_active: bool
    extra: dict[str, Any]


def _reader(request: HttpRequest) -> User:
    person = caller_for(request.auth, Scope.COMPLAINTS_READ)  # type: ignore[attr-defined]
    check_may_read(person)
    return person


@router.get("/standard", response=StandardOut, summary="The process standard in force", operation_id="process_standard")
def read_standard(request: HttpRequest) -> dict[str, Any]:
    _reader(request)
    standard = active_standard()
    return {
        "pack": standard.pack,
        "version": standard.version,
        "name_zh": standard.name_zh,
        "name_en": standard.name_en,
        "calendar": standard.calendar.code,
        "activated_at": standard.activated_at,
        "whole": _whole(standard),
        "stages": [_stage(rule) for rule in stage_rules(standard)],
    }


def _whole(standard: Standard) -> dict[str, Any]:
    limits = {
        "ordinary": standard.whole_ordinary, "major": standard.whole_major, "complex": standard.whole_complex,
    }  # fmt: skip
    return limits | {"unit": "working_day", "from_receipt": True}


def _stage(rule: StageRule) -> dict[str, Any]:
    limits = {"ordinary": rule.limit_ordinary, "major": rule.limit_major, "complex": rule.limit_complex}
    return {
        "number": rule.number,
        "stage": rule.stage,
        "name_zh": rule.name_zh,
        "name_en": rule.name_en,
        "owner_role": rule.owner_role,
        "limits": limits | {"unit": rule.limit_unit, "from_receipt": rule.limit_from_receipt},
        "form": rule.form,
    }


@router.get("/calendars", response=list[CalendarOut], summary="Working calendars", operation_id="process_calendars")
def read_calendars(request: HttpRequest) -> list[Calendar]:
    _reader(request)
    return calendars_with_use()


@router.get(
    "/calendars/{str:code}/days", response=list[DayOut], summary="Special days of a year", operation_id="calendar_days"
)
def read_days(request: HttpRequest, code: str, year: int) -> list[Any]:
    calendar = found(get_calendar_for, _reader(request), code)
    return list(special_days(calendar, year)) if 1900 <= year <= 9999 else []


@router.get(
    "/calendars/{str:code}/due", response=DueOut, summary="A due date with its reasons", operation_id="calendar_due"
)
def read_due(request: HttpRequest, code: str, limit: int, unit: Unit, start: datetime | None = None) -> dict[str, Any]:
    calendar = found(get_calendar_for, _reader(request), code)
    cal = work_calendar(calendar)
    begin = start or now()
    if not 0 <= limit <= 1000 or not 1990 <= begin.year <= 2100:
        raise Refused(_("Ask for a limit from 0 to 1000 and a start from 1990 to 2100."), field="limit")
    aware = begin if begin.tzinfo else begin.replace(tzinfo=cal.zone)
    due = due_date(cal, aware, limit, unit)
    return {"due_at": due.due_at, "is_provisional": due.provisional, "why": due.explain()}


@router.get("/trees/{kind}", response=list[NodeOut], summary="A taxonomy, parents first", operation_id="process_tree")
def read_tree(request: HttpRequest, kind: TreeKind, include_inactive: bool = False) -> list[dict[str, Any]]:
    _reader(request)
    rows = nodes(kind.value, only_active=not include_inactive)
    codes = {node.pk: node.code for node in rows}
    return [_node(node, codes) for node in rows]


def _node(node: TaxonomyNode, codes: dict[int, str]) -> dict[str, Any]:
    return {
        "code": node.code,
        "parent": codes.get(node.parent_id) if node.parent_id else None,
        "name_zh": node.name_zh,
        "name_en": node.name_en,
        "path": node.path,
        "is_active": node.is_active,
        "extra": node.extra,
    }
