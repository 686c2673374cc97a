"""Home, bell and palette: where the day starts."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from wenguo.accounts.access import can, signed_in
from wenguo.accounts.choices import Permission
from wenguo.desk.queries.home import alerts, my_complaints, my_reminders, my_tasks, to_do
from wenguo.desk.queries.palette import palette_items
from wenguo.desk.queries.snippets import snippet_items
from wenguo.insights.queries import goals
from wenguo.lib.now import now
from wenguo.outbox.actions import mark_read
from wenguo.outbox.queries import read_notices, unread_notices


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """今日预警 first, then one's own work; figures for those who may see them."""
    user = signed_in(request.user)
    context = {
        "now": now(),
        "alerts": alerts(user),
        "mine": my_complaints(user),
        "waiting": to_do(user),
        "tasks": my_tasks(user),
        "reminders": my_reminders(user),
        "may_take_in": can(user, Permission.TAKE_IN),
        "goals": goals(user) if can(user, Permission.SEE_FIGURES) else [],
    }
    return render(request, "desk/home.html", context)


@login_required
@require_GET
def bell(request: HttpRequest) -> HttpResponse:
    """What was rung for me, newest first: unread, then read."""
    user = signed_in(request.user)
    return render(request, "desk/bell.html", {"unread": unread_notices(user.pk), "read": read_notices(user.pk)})


@login_required
@require_POST
def bell_read(request: HttpRequest) -> HttpResponse:
    mark_read(signed_in(request.user).pk)
    return redirect("desk:bell")


@login_required
@require_GET
def snippets(request: HttpRequest, kind: str) -> JsonResponse:
    """What `::`, `??` and `@@` offer while writing."""
    return JsonResponse({"items": snippet_items(kind, request.GET.get("q", ""))})


@login_required
@require_GET
def palette(request: HttpRequest) -> JsonResponse:
    """Items of the command palette for the words typed: complaints by reference, pages, new complaint."""
    items = palette_items(signed_in(request.user), request.GET.get("q", ""))
    return JsonResponse({"items": items})
