"""The four goals and their companions: rate, n, interval, target, verdict, and the address of the rows."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.insights.choices import Figure, Part, Period
from wenguo.insights.queries import rollups
from wenguo.insights.queries.cohorts import COHORTS, Asked
from wenguo.insights.queries.definitions import definition_of
from wenguo.insights.queries.slices import slice_of
from wenguo.insights.rules import DEFINITION_VERSION, SAMPLES, TARGETS, Rate, Verdict, rate, span_of, verdict
from wenguo.lib.now import now

GOALS = (Figure.TIMELINESS, Figure.SATISFACTION, Figure.ANALYSIS, Figure.RESOLUTION)
_KIND = {Verdict.MET: "ok", Verdict.MISSED: "urgent", Verdict.NOT_PROVEN: "major", Verdict.NO_ROWS: "neutral"}


@dataclass(frozen=True)
class Shown:
    """A figure as a card and a row: everything the reader needs to believe or doubt it."""

    figure: Figure
    rate: Rate
    left_out: int
    verdict_code: Verdict
    url: str

    @property
    def key(self) -> str:
        return self.figure.value

    @property
    def name(self) -> str:
        return str(self.figure.label)

    @property
    def value(self) -> str:
        return "–" if self.rate.percent is None else f"{self.rate.percent:.1f}"

    @property
    def unit(self) -> str:
        return "" if self.rate.percent is None else "%"

    @property
    def number(self) -> float | None:
        return self.rate.percent

    @property
    def low(self) -> float | None:
        return self.rate.low

    @property
    def high(self) -> float | None:
        return self.rate.high

    @property
    def target(self) -> float:
        return TARGETS[self.figure]

    @property
    def floor(self) -> int:
        """Where the bar starts: near the figures, so that differences show."""
        lowest = min(self.rate.low if self.rate.low is not None else 100, self.target)
        return max(0, int(lowest // 10) * 10 - 10)

    @property
    def kind(self) -> str:
        return _KIND[self.verdict_code]

    @property
    def is_sample(self) -> bool:
        return self.figure in SAMPLES

    @property
    def foot(self) -> str:
        if self.rate.percent is None:
            return _("no rows in this period · target %(target)g%%") % {"target": self.target}
        facts = {"ok": self.rate.successes, "n": self.rate.n, "low": self.low, "high": self.high, "target": self.target}
        text = _("%(ok)d of %(n)d · interval %(low).0f–%(high).0f%% · target %(target)g%%") % facts
        return text + (_(" · %(n)d left out") % {"n": self.left_out} if self.left_out else "")

    @property
    def verdict(self) -> str:
        words = {
            Verdict.MET: _("proven") if self.is_sample else _("met"),
            Verdict.MISSED: _("missed"),
            Verdict.NOT_PROVEN: _("not proven"),
            Verdict.NO_ROWS: "",
        }
        return words[self.verdict_code]

    @property
    def definition(self) -> str:
        return definition_of(self.figure.value)

    @property
    def version(self) -> int:
        return DEFINITION_VERSION


def figures(asked: Asked, query: str = "") -> list[Shown]:
    """All of them, goals first; out of the sums, one statement."""
    return _shown([*GOALS, *[one for one in Figure if one not in GOALS]], asked, query)


def goals(user: User) -> list[Shown]:
    """The four quality goals of the last 90 days, for home."""
    asked = Asked(user, span_of(Period.DAYS_90, now(), user.zone))
    return _shown(list(GOALS), asked, urlencode({"period": Period.DAYS_90.value}))


def _shown(which: list[Figure], asked: Asked, query: str) -> list[Shown]:
    found = rollups.totals([one.value for one in which], slice_of(asked))
    shown = []
    for one in which:
        measure, url = found[one.value], reverse("insights:rows", args=[one.value])
        share = rate(measure.met, measure.n)
        address = f"{url}?{query}" if query else url
        shown.append(Shown(one, share, measure.left_out, verdict(one, share), address))
    return shown


def rows_of(which: Figure, part: Part, asked: Asked) -> QuerySet[Complaint]:
    """The complaints behind a figure: one click from the number."""
    cohort = COHORTS[which](asked)
    rows = {Part.FAILED: cohort.failed, Part.MET: cohort.met, Part.EXCLUDED: cohort.left_out}[part]
    return rows.select_related("owner", "lead_unit", "issue", "product")
