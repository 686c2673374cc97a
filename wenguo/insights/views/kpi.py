"""The KPI page, and the rows behind every number."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from wenguo.accounts.access import can, check_permission, signed_in
from wenguo.accounts.choices import Permission
from wenguo.complaints.models import Complaint
from wenguo.insights.choices import Count, Figure, Part
from wenguo.insights.forms import FiguresForm
from wenguo.insights.queries import annex_h, count_rows, figures, rows_of
from wenguo.lib.now import now
from wenguo.lib.pages import Order, keyset_page

NEWEST: Order = (("received_at", "desc"), ("id", "desc"))


@login_required
@require_GET
def kpi(request: HttpRequest) -> HttpResponse:
    """Four goals, their companions, annex H; each with n, interval, target and its rows."""
    check_permission(signed_in(request.user), Permission.SEE_FIGURES)
    form = FiguresForm(request.GET, signed_in(request.user))
    asked, query = form.asked(), request.GET.urlencode()
    shown = figures(asked, query)
    context = {
        "form": form,
        "asked": asked,
        "goals": shown[:4],
        "companions": shown[4:],
        "figures": shown,
        "counts": annex_h(asked, query),
        "as_of": now(),
        "may_set": can(signed_in(request.user), Permission.SETTINGS),
    }
    return render(request, "insights/kpi.html", context)


@login_required
@require_GET
def rows(request: HttpRequest, figure: str) -> HttpResponse:
    """The complaints that met, failed or are left out of a figure."""
    check_permission(signed_in(request.user), Permission.SEE_FIGURES)
    if figure not in Figure.values:
        raise Http404
    part = request.GET.get("part", Part.FAILED)
    part = part if part in Part.values else Part.FAILED
    asked = FiguresForm(request.GET, signed_in(request.user)).asked()
    found = rows_of(Figure(figure), Part(part), asked)
    return _rows_page(request, str(Figure(figure).label), found, {"part": part, "parts": Part.choices})


@login_required
@require_GET
def count(request: HttpRequest, count: str) -> HttpResponse:
    """The complaints behind one line of annex H."""
    check_permission(signed_in(request.user), Permission.SEE_FIGURES)
    if count not in Count.values:
        raise Http404
    asked = FiguresForm(request.GET, signed_in(request.user)).asked()
    found = count_rows(Count(count), asked).select_related("owner", "lead_unit", "issue", "product")
    return _rows_page(request, str(Count(count).label), found, {})


def _rows_page(request: HttpRequest, title: str, found: QuerySet[Complaint], extra: dict[str, object]) -> HttpResponse:
    page = keyset_page(found, NEWEST, request.GET.get("page") or None, 50)
    context = {"title": title, "rows": page.rows, "page": page, "now": now(), **extra}
    return render(request, "insights/rows.html", context)
