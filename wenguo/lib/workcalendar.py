"""Which days and hours count as working time. Counting itself lives in `worktime`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

import holidays
from chinese_calendar.constants import Holiday
from chinese_calendar.constants import holidays as china_days_off
from chinese_calendar.constants import workdays as china_makeup_days


def gettext_noop(message: str) -> str:
    """Mark for the catalogue; Django's own asks for settings while importing."""
    return message


Windows = tuple[tuple[time, time], ...]
DayKind = Literal["holiday", "makeup", "short"]

_OFFICE: Windows = ((time(9), time(12)), (time(13, 30), time(18)))
OFFICE_HOURS: Mapping[int, Windows] = MappingProxyType(dict.fromkeys(range(5), _OFFICE))
AROUND_THE_CLOCK: Mapping[int, Windows] = MappingProxyType({weekday: ((time(0), time(0)),) for weekday in range(7)})

# Where the country as a whole says less than people mean: bank holidays of England, Easter Monday among them.
_USUAL_SUBDIVISION = {"GB": "ENG"}

# Names are kept in English and translated on display, so that a stored explanation reads in either language.
CHINESE_HOLIDAYS = {
    "元旦": gettext_noop("New Year's Day"),
    "春节": gettext_noop("Spring Festival"),
    "清明节": gettext_noop("Tomb-sweeping Day"),
    "劳动节": gettext_noop("Labour Day"),
    "端午节": gettext_noop("Dragon Boat Festival"),
    "国庆节": gettext_noop("National Day"),
    "中秋节": gettext_noop("Mid-autumn Festival"),
    "国庆节、中秋节": gettext_noop("National Day and Mid-autumn Festival"),
    "中秋节、国庆节": gettext_noop("National Day and Mid-autumn Festival"),
    "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日": gettext_noop("Anti-Fascist 70th Day"),
}


@dataclass(frozen=True)
class DaySpecial:
    """A day unlike its weekday. `windows` None means: the ordinary hours of a working day."""

    kind: DayKind
    name: str = ""
    windows: Windows | None = None


class DayFacts(NamedTuple):
    """Why a day counts or not: a code for machines and the name of the holiday, if any."""

    works: bool
    reason: str
    name: str


@dataclass(frozen=True)
class WorkCalendar:
    """Working windows by weekday (Monday 0) in local time; a window ending 00:00 ends at midnight.

    After `published_through` no holidays are known: plain weekdays count and results are provisional.
    """

    code: str
    time_zone: str
    windows: Mapping[int, Windows]
    special: Mapping[date, DaySpecial] = field(default_factory=dict)
    published_through: int | None = None

    def __post_init__(self) -> None:
        if not any(self.windows.values()):
            raise ValueError(f"calendar {self.code} has no working day")
        ZoneInfo(self.time_zone)
        for windows in [*self.windows.values(), *(day.windows or () for day in self.special.values())]:
            _check_windows(self.code, windows)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def is_published(self, day: date) -> bool:
        return self.published_through is None or day.year <= self.published_through


def _check_windows(code: str, windows: Windows) -> None:
    last = time(0)
    for start, end in windows:
        if start < last or (end <= start and end != time(0)):
            raise ValueError(f"calendar {code} has windows out of order: {start}-{end}")
        last = end if end != time(0) else time.max


def is_working_day(cal: WorkCalendar, day: date) -> bool:
    special = cal.special.get(day)
    if special is not None:
        return special.kind != "holiday"
    return bool(cal.windows.get(day.weekday()))


def day_facts(cal: WorkCalendar, day: date) -> DayFacts:
    """Reasons: working_day, makeup, short, weekend, holiday."""
    special = cal.special.get(day)
    if special is not None:
        return DayFacts(special.kind != "holiday", special.kind, special.name)
    works = bool(cal.windows.get(day.weekday()))
    return DayFacts(works, "working_day" if works else "weekend", "")


def day_windows(cal: WorkCalendar, day: date) -> Windows:
    """Working windows of one day; a make-up day has the hours of its weekday, else of the first working weekday."""
    special = cal.special.get(day)
    own = cal.windows.get(day.weekday(), ())
    if special is None:
        return own
    if special.kind == "holiday":
        return ()
    if special.windows is not None:
        return special.windows
    return own or next(windows for _weekday, windows in sorted(cal.windows.items()) if windows)


def days_from_notice(notice: Mapping[str, Any]) -> dict[date, DaySpecial]:
    """One year of the State Council's notice as published by holiday-cn: {"days": [{name, date, isOffDay}]}."""
    days = {}
    for row in notice["days"]:
        kind: DayKind = "holiday" if row["isOffDay"] else "makeup"
        name = str(row["name"])
        days[date.fromisoformat(row["date"])] = DaySpecial(kind, CHINESE_HOLIDAYS.get(name, name))
    return days


@cache
def _china_special() -> Mapping[date, DaySpecial]:
    days = {day: DaySpecial("holiday", _name(name)) for day, name in china_days_off.items()}
    days |= {day: DaySpecial("makeup", _name(name)) for day, name in china_makeup_days.items()}
    return MappingProxyType(days)


def _name(name: Holiday | str) -> str:
    return name.value if isinstance(name, Holiday) else name


def china_calendar(
    windows: Mapping[int, Windows] = OFFICE_HOURS,
    added: Mapping[date, DaySpecial] = MappingProxyType({}),
    code: str = "cn",
    published_through: int | None = None,
) -> WorkCalendar:
    """China's days off and make-up working days, 2004 to the last published year.

    `added` are days an administrator uploaded; say `published_through` when they complete a newer year.
    """
    known = max(day.year for day in _china_special())
    special = MappingProxyType({**_china_special(), **added}) if added else _china_special()
    return WorkCalendar(code, "Asia/Shanghai", windows, special, max(known, published_through or 0))


def country_calendar(
    country: str,
    time_zone: str,
    windows: Mapping[int, Windows] | None = None,
    subdivision: str | None = None,
    years: range = range(2015, 2036),
) -> WorkCalendar:
    """Public holidays of a country (ISO 3166 code) as computed by `holidays`; provisional after the last year."""
    table = holidays.country_holidays(country, subdiv=subdivision or _USUAL_SUBDIVISION.get(country), years=years)
    if windows is None:
        windows = {weekday: _OFFICE for weekday in range(7) if weekday not in table.weekend}
    special = {day: DaySpecial("holiday", name) for day, name in table.items()}
    code = f"{country}-{subdivision}".lower() if subdivision else country.lower()
    return WorkCalendar(code, time_zone, windows, special, years[-1])
