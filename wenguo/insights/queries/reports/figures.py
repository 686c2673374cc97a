"""Tables of a report out of the sums: the same functions as the KPI page, so the same numbers."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wenguo.accounts.models import Unit, User
from wenguo.insights.choices import Metric, SourceFilter
from wenguo.insights.choices.reports import CHARTS, Section
from wenguo.insights.models import Report
from wenguo.insights.queries import Asked, annex_h, figures
from wenguo.insights.queries.cards import cards
from wenguo.insights.queries.drawings import DRAWINGS
from wenguo.insights.queries.figures import Shown
from wenguo.insights.queries.reports.content import TableShown
from wenguo.insights.queries.slices import Slice, slice_of
from wenguo.insights.rules import Span, Verdict
from wenguo.insights.rules.periods import Days
from wenguo.lib.charts import Chart

BRIEF = (
    Metric.RECEIVED,
    Metric.ENDED,
    Metric.TIMELINESS,
    Metric.SATISFACTION,
    Metric.ANALYSIS,
    Metric.RESOLUTION,
    Metric.REFERRED,
    Metric.REPEAT_30,
    Metric.UPHELD,
)


@dataclass(frozen=True)
class Scene:
    """What a report is drawn from: whose eyes, which days, which unit."""

    report: Report
    user: User

    @property
    def days(self) -> Days:
        return Days(self.report.first, self.report.last)

    @property
    def unit(self) -> Unit | None:
        return self.report.unit

    @property
    def asked(self) -> Asked:
        """As the KPI page asks, by the house's days."""
        zone = ZoneInfo(settings.TIME_ZONE)
        first = datetime.combine(self.report.first, time(), zone)
        after = datetime.combine(self.report.last + timedelta(days=1), time(), zone)
        return Asked(self.user, Span(first, after), self.unit, SourceFilter.LIVE)

    @property
    def cut(self) -> Slice:
        return slice_of(self.asked)


def charts_of(section: Section, scene: Scene) -> list[Chart]:
    return [DRAWINGS[name](scene.cut) for name in CHARTS.get(section, ())]


def brief_table(scene: Scene) -> TableShown:
    """The cards of the period, each beside as many days before."""
    rows = [
        [card.name, f"{card.value}{f' {card.unit}' if card.unit else ''}", card.foot]
        for card in cards(scene.cut, BRIEF)
    ]
    return TableShown("", [_("Figure"), pgettext("figure", "Value"), _("Compared")], rows, is_text=True)


def goals_table(scene: Scene) -> tuple[TableShown, bool]:
    """Every goal with n, interval and verdict; True where one was missed."""
    found = figures(scene.asked)
    columns = [
        _("Figure"),
        pgettext("figure", "Value"),
        _("Reached the goal"),
        "n",
        _("Interval (95 %)"),
        _("Target"),
        _("Left out"),
        _("Verdict"),
    ]
    return TableShown("", columns, [_goal(one) for one in found]), any(
        one.verdict_code is Verdict.MISSED for one in found
    )


def _goal(one: Shown) -> list[str]:
    interval = f"{one.low:.1f}–{one.high:.1f}" if one.low is not None and one.high is not None else "–"
    value = f"{one.value}{' %' if one.unit else ''}"
    numbers = [str(one.rate.successes), str(one.rate.n), interval, f"{one.target:g} %", str(one.left_out)]
    return [one.name, value, *numbers, one.verdict or "–"]


def annex_h_table(scene: Scene) -> TableShown:
    rows = [[str(one.count.label), str(one.number)] for one in annex_h(scene.asked)]
    return TableShown("", [_("Count"), _("Number")], rows)
