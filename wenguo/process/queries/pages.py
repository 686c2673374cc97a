"""Reads shaped like the settings pages: the limits as dates, two versions side by side, a year, what was changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from wenguo.lib.worktime import DueDate, WorkCalendar, due_date
from wenguo.process.choices import FIELD_LABELS, DayKind, Importance, LimitUnit, Stage
from wenguo.process.models import Calendar, CalendarDay, ClockRule, StageRule, Standard, TaxonomyNode
from wenguo.process.queries import standard_calendar
from wenguo.process.queries.history import value_text
from wenguo.process.rules import Difference, differences, windows_text
from wenguo.process.rules.trees import extra_text


@dataclass(frozen=True)
class SampleLimit:
    """One limit of a stage as a date, before and after a change; None: no limit."""

    importance: Importance
    before: DueDate | None
    after: DueDate | None


@dataclass(frozen=True)
class Promise:
    """A promise of the standard itself, shown among the clock rules: limits by importance."""

    code: str
    name: str
    limits: tuple[int | None, int | None, int | None]
    unit: str
    stage: str = ""

    @property
    def unit_label(self) -> str:
        return str(LimitUnit(self.unit).label)


def limits_as_dates(
    standard: Standard, before: StageRule, after: Mapping[str, Any], start: datetime
) -> list[SampleLimit]:
    """What a stage's limits mean for a complaint that starts now, as they are and as they would be."""
    cal = standard_calendar(standard)
    return [
        SampleLimit(
            level,
            _due(cal, before.limit(level), before.limit_unit, start),
            _due(cal, after.get(f"limit_{level.value}"), after["limit_unit"], start),
        )
        for level in Importance
    ]


def _due(cal: WorkCalendar, limit: int | None, unit: str, start: datetime) -> DueDate | None:
    return None if limit is None else due_date(cal, start, limit, unit)  # type: ignore[arg-type]


def company_promises(standard: Standard) -> list[Promise]:
    """The clocks the standard itself starts: the whole complaint, urgent ones, each stage with a limit."""
    whole = (standard.whole_ordinary, standard.whole_major, standard.whole_complex)
    first, solved = standard.urgent_first_answer_hours, standard.urgent_solved_hours
    silence = standard.silence_working_days
    made = [
        Promise("company.whole", _("Whole complaint"), whole, LimitUnit.WORKING_DAY),
        Promise("company.urgent.first", _("Urgent: first answer"), (first, first, first), LimitUnit.HOUR),
        Promise("company.urgent.solved", _("Urgent: solved or contained"), (solved, solved, solved), LimitUnit.HOUR),
        Promise("company.silence", _("Never silent longer"), (silence, silence, silence), LimitUnit.WORKING_DAY),
    ]
    for rule in StageRule.objects.filter(standard=standard).order_by("pk"):
        limits = (rule.limit_ordinary, rule.limit_major, rule.limit_complex)
        if any(limit is not None for limit in limits):
            code = "company.ack" if rule.stage == Stage.ACCEPT else f"company.stage.{rule.stage}"
            made.append(Promise(code, rule.name, limits, rule.limit_unit, rule.stage))
    return made


@dataclass(frozen=True)
class ShownDifference:
    """One line of a comparison, in the reader's words."""

    where: str
    label: str
    before: str
    after: str


def version_differences(
    older: Standard, newer: Standard, fields: tuple[str, ...], stage_fields: tuple[str, ...]
) -> list[ShownDifference]:
    """What the newer version says otherwise, the whole first, then stage by stage."""
    found = differences("", _values(older, fields), _values(newer, fields))
    before = {rule.stage: rule for rule in StageRule.objects.filter(standard=older)}
    after = {rule.stage: rule for rule in StageRule.objects.filter(standard=newer)}
    for stage in Stage:
        if stage.value in before and stage.value in after:
            found += differences(
                stage.value, _values(before[stage.value], stage_fields), _values(after[stage.value], stage_fields)
            )
    return [_shown(one) for one in found]


def _values(row: Standard | StageRule, fields: Iterable[str]) -> dict[str, object]:
    return {field: getattr(row, field) for field in fields}


def _shown(one: Difference) -> ShownDifference:
    where = str(Stage(one.where).label) if one.where else ""
    label = str(FIELD_LABELS.get(one.field, one.field))
    return ShownDifference(where, label, value_text(one.field, one.before), value_text(one.field, one.after))


# --- calendars --------------------------------------------------------------------------------------------------


def calendars_with_use() -> list[Calendar]:
    """All calendars, each with `days_count`, and `standards_count` that count with it."""
    counted = Calendar.objects.annotate(
        days_count=Count("days", distinct=True), standards_count=Count("standard", distinct=True)
    )
    return list(counted.order_by("-is_default", "code"))


def week_hours(calendar: Calendar) -> list[tuple[int, str]]:
    """Working hours by weekday, Monday 0; empty text on days off."""
    return [(weekday, windows_text(calendar.windows.get(str(weekday), []))) for weekday in range(7)]


def special_days(calendar: Calendar, year: int) -> list[CalendarDay]:
    return list(CalendarDay.objects.filter(calendar=calendar, day__year=year))


def marked_day(calendar: Calendar, typed: str) -> dict[str, Any]:
    """What is known of a day (ISO text), for its form; empty where it is no day."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return {}
    row = CalendarDay.objects.filter(calendar=calendar, day=day).first()
    known = {"kind": row.kind, "name": row.shown_name, "windows": row.windows or []} if row else {}
    return {"day": day, **known}


@dataclass
class Run:
    """Days in a row of one kind and name."""

    first: date
    last: date
    kind: DayKind
    name: str

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1


def runs(days: Iterable[CalendarDay]) -> list[Run]:
    """Special days put together: a holiday of seven days is one line."""
    made: list[Run] = []
    for day in days:
        last = made[-1] if made else None
        if last and (last.kind, last.name) == (day.kind, day.shown_name) and (day.day - last.last).days == 1:
            last.last = day.day
        else:
            made.append(Run(day.day, day.day, DayKind(day.kind), day.shown_name))
    return made


# --- clock rules ------------------------------------------------------------------------------------------------


def newest_clock_rules(jurisdiction: str = "") -> list[ClockRule]:
    """The newest version of every rule, by code."""
    rows = ClockRule.objects.select_related("calendar").order_by("code", "-version")
    newest: dict[str, ClockRule] = {}
    for rule in rows.filter(jurisdiction=jurisdiction) if jurisdiction else rows:
        newest.setdefault(rule.code, rule)
    return list(newest.values())


def clock_rule_versions(code: str) -> list[ClockRule]:
    return list(ClockRule.objects.filter(code=code).select_related("calendar").order_by("-version"))


def jurisdictions() -> list[str]:
    return list(ClockRule.objects.order_by("jurisdiction").values_list("jurisdiction", flat=True).distinct())


# --- trees ------------------------------------------------------------------------------------------------------


def tree_sizes() -> dict[str, int]:
    """Nodes in use, by kind of tree, in one query."""
    rows = TaxonomyNode.objects.active().order_by().values_list("tree").annotate(n=Count("pk"))
    return dict(rows)


def tree_table(kind: str) -> tuple[list[str], list[dict[str, str]]]:
    """The tree as an import reads it: columns and rows, parents first."""
    rows = list(TaxonomyNode.objects.of(kind).select_related("parent").order_by("position", "path"))
    keys = sorted({key for node in rows for key in node.extra})
    rows.sort(key=lambda node: node.depth)
    columns = ["code", "parent", "name_zh", "name_en", *(f"extra.{key}" for key in keys)]
    table = [
        {
            "code": node.code,
            "parent": node.parent.code if node.parent else "",
            "name_zh": node.name_zh,
            "name_en": node.name_en,
        }
        | {f"extra.{key}": extra_text(node.extra.get(key, "")) for key in keys}
        for node in rows
    ]
    return columns, table


def years_around(today: date, calendar: Calendar) -> list[int]:
    """Years to switch between: those with special days, this one and the next."""
    known = set(CalendarDay.objects.filter(calendar=calendar).values_list("day__year", flat=True).distinct().order_by())
    return sorted(known | {today.year, today.year + 1})
