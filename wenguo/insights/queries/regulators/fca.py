"""The FCA return: counts by product group. Closed: final answer sent, or ended."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from wenguo.insights.choices.regulators import CodeAxis, RowFault
from wenguo.insights.queries.regulators.codes import Fault
from wenguo.insights.queries.regulators.rows import UNDECIDED_MAY, Writer
from wenguo.insights.queries.regulators.source import Told
from wenguo.insights.rules.periods import Days
from wenguo.lib.workcalendar import WorkCalendar, is_working_day

WEEKS = timedelta(weeks=8)
BUSINESS_DAYS = 3


@dataclass
class Group:
    """One line of the table."""

    opened: int = 0
    in_three_days: int = 0
    in_eight_weeks: int = 0
    later: int = 0
    upheld: int = 0
    redress_upheld: Decimal = Decimal(0)
    redress_not: Decimal = Decimal(0)

    @property
    def closed(self) -> int:
        return self.in_three_days + self.in_eight_weeks + self.later

    def cells(self, name: str) -> list[Any]:
        """As the columns of the file; per cent with one decimal, empty where nothing was closed."""
        share = round(100 * self.upheld / self.closed, 1) if self.closed else ""
        times = (self.in_three_days, self.in_eight_weeks, self.later, self.closed)
        return [name, self.opened, *times, self.upheld, share, self.redress_upheld, self.redress_not]


@dataclass
class Return:
    """The whole return as it is counted, complaint by complaint."""

    writer: Writer
    days: Days
    calendar: WorkCalendar
    groups: dict[str, Group] = field(default_factory=dict)
    outstanding: int = 0
    opened: int = 0

    def add(self, told: Told) -> list[Fault]:
        codes, faults = self.writer.coded(told)
        group = self.groups.setdefault(codes[CodeAxis.PRODUCT], Group())
        if told.received_on < self.days.first:
            self.outstanding += 1
        else:
            self.opened += 1
            group.opened += 1
        if told.closed_on is None or told.closed_on not in self.days:
            return faults
        self._close(group, told, told.closed_on)
        one = told.complaint
        if one.is_upheld is None and one.status not in UNDECIDED_MAY:
            faults.append((RowFault.UNDECIDED, ""))
        return faults

    def _close(self, group: Group, told: Told, closed_on: date) -> None:
        if closed_on <= third_business_day(told.received_on, self.calendar):
            group.in_three_days += 1
        elif closed_on <= told.received_on + WEEKS:
            group.in_eight_weeks += 1
        else:
            group.later += 1
        if told.complaint.is_upheld:
            group.upheld += 1
            group.redress_upheld += told.redress
        else:
            group.redress_not += told.redress

    def table(self) -> list[list[Any]]:
        """A line for each group of the list, those without complaints too, and all together."""
        names = [*self.writer.coders[CodeAxis.PRODUCT].codes, *sorted(set(self.groups) - {""})]
        lines = [self.groups.get(name, Group()).cells(name) for name in dict.fromkeys(names)]
        if "" in self.groups:
            lines.append(self.groups[""].cells("(no group)"))
        return [*lines, total(self.groups.values()).cells("Total")]


def total(groups: Iterable[Group]) -> Group:
    found = Group()
    for one in groups:
        found.opened += one.opened
        found.in_three_days += one.in_three_days
        found.in_eight_weeks += one.in_eight_weeks
        found.later += one.later
        found.upheld += one.upheld
        found.redress_upheld += one.redress_upheld
        found.redress_not += one.redress_not
    return found


def third_business_day(received_on: date, calendar: WorkCalendar) -> date:
    """The close of the third business day after the day of receipt (DISP 1.5)."""
    day, counted = received_on, 0
    while counted < BUSINESS_DAYS:
        day += timedelta(days=1)
        counted += is_working_day(calendar, day)
    return day
