"""Figures for machines."""

from django.http import HttpRequest
from ninja import Router, Schema

from wenguo.accounts.access import Caller, caller_for, check_permission
from wenguo.accounts.choices import Permission, Scope
from wenguo.insights.choices import Period, SourceFilter
from wenguo.insights.queries import Asked, annex_h, figures
from wenguo.insights.rules import DEFINITION_VERSION, span_of
from wenguo.lib.now import now

router = Router(tags=["figures"])


class FigureOut(Schema):
    """A rate in percent with its interval; null where there are no rows."""

    key: str
    name: str
    percent: float | None
    low: float | None
    high: float | None
    met: int
    n: int
    left_out: int
    target: float
    verdict: str


class CountOut(Schema):
    key: str
    name: str
    number: int


class FiguresOut(Schema):
    """All figures of a period, as of now."""

    since: str
    until: str
    definition_version: int
    figures: list[FigureOut]
    annex_h: list[CountOut]


@router.get("/figures", response=FiguresOut, operation_id="read_figures", summary="Quality goals and annex H")
def read_figures(
    request: HttpRequest, period: Period = Period.DAYS_90, source: SourceFilter = SourceFilter.LIVE
) -> FiguresOut:
    """Within the caller's row scope."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    user = caller_for(caller, Scope.FIGURES_READ)
    check_permission(user, Permission.SEE_FIGURES)
    asked = Asked(user, span_of(period, now(), user.zone), None, source)
    rows = [
        FigureOut(
            key=one.key,
            name=one.name,
            percent=one.number,
            low=one.low,
            high=one.high,
            met=one.rate.successes,
            n=one.rate.n,
            left_out=one.left_out,
            target=one.target,
            verdict=one.verdict_code.value,
        )
        for one in figures(asked)
    ]
    counts = [CountOut(key=one.count.value, name=str(one.count.label), number=one.number) for one in annex_h(asked)]
    return FiguresOut(
        since=asked.span.start.isoformat(),
        until=asked.span.end.isoformat(),
        definition_version=DEFINITION_VERSION,
        figures=rows,
        annex_h=counts,
    )
