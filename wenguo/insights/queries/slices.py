"""What sums are asked for: whose eyes, which days, which part of the company. Row scope lives here and fails closed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from wenguo.accounts.access import grants_of
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Unit, User
from wenguo.complaints.choices import Source
from wenguo.insights.choices import Axis, Period, SourceFilter
from wenguo.insights.models.rollups import COMPANY
from wenguo.insights.queries.cohorts import Asked
from wenguo.insights.rules import Days, days_of
from wenguo.lib.now import now
from wenguo.process.models import TaxonomyNode


def house_today() -> date:
    """Figures are kept by the house's days, the same for every reader."""
    return now().astimezone(ZoneInfo(settings.TIME_ZONE)).date()


@dataclass(frozen=True)
class Slice:
    """The filters of a page of figures. `axis` and `member` narrow to one product, issue … (with all below it)."""

    user: User
    days: Days
    unit: Unit | None = None
    source: SourceFilter = SourceFilter.LIVE
    axis: Axis = Axis.ALL
    member: str = ""

    def nodes(self) -> list[int]:
        """The units whose sums the reader may add up; none without the permission (ADR-0016, ADR-0012).

        Two granted subtrees never overlap: `Grants.paths` has dropped what lies inside another.
        """
        grants = grants_of(self.user)
        paths = grants.paths(Permission.SEE_FIGURES)
        if not paths:
            return []
        everywhere = grants.everywhere(Permission.SEE_FIGURES)
        if self.unit is not None:
            inside = everywhere or any(self.unit.path.startswith(path) for path in paths)
            return [self.unit.pk] if inside else []
        return [COMPANY] if everywhere else [int(path.rstrip("/").rsplit("/", 1)[1]) for path in paths]

    def sources(self) -> list[str]:
        return list(Source.values) if self.source == SourceFilter.ALL else [self.source.value]

    def members(self) -> list[str] | None:
        """The places on the axis of the filter; None where there is no filter."""
        if self.axis is Axis.ALL:
            return None
        if self.axis not in TREE_OF or not self.member:
            return [self.member]
        node = TaxonomyNode.objects.filter(tree=TREE_OF[self.axis], code=self.member).first()
        return [str(pk) for pk in TaxonomyNode.objects.under(node).values_list("pk", flat=True)] if node else []

    def children(self) -> list[Unit]:
        """The units one step below those of `nodes`: what a chart by unit shows."""
        nodes = self.nodes()
        below = Q(parent__isnull=True) if nodes == [COMPANY] else Q(parent__in=nodes)
        found = list(Unit.objects.filter(below))
        if nodes == [COMPANY] and len(found) == 1:  # one root is the company itself
            found = list(Unit.objects.filter(parent=found[0]))
        return found

    def at(self, **changes: object) -> "Slice":
        """The same with something changed."""
        return replace(self, **changes)  # type: ignore[arg-type]  # dataclass fields by name


def slice_of(asked: Asked) -> Slice:
    """The same question, put to the sums: by the house's days."""
    zone = ZoneInfo(settings.TIME_ZONE)
    last = asked.span.end - timedelta(microseconds=1)
    days = Days(asked.span.start.astimezone(zone).date(), last.astimezone(zone).date())
    return Slice(asked.user, days, asked.unit, asked.source)


def kept_slice(filters: Mapping[str, str], user: User) -> Slice:
    """The slice a board was kept with; what is gone or unknown falls back to the default."""
    period, source = filters.get("period", ""), filters.get("source", "")
    number = filters.get("unit", "")
    unit = Unit.objects.filter(pk=int(number)).first() if number.isdecimal() else None
    days = days_of(Period(period) if period in Period.values else Period.DAYS_90, house_today())
    return Slice(user, days, unit, SourceFilter(source) if source in SourceFilter.values else SourceFilter.LIVE)


# Axes whose members are nodes of a taxonomy; the address names them by code
TREE_OF = {Axis.PRODUCT: "product", Axis.ISSUE: "issue", Axis.CAUSE: "cause", Axis.CHANNEL: "channel"}
