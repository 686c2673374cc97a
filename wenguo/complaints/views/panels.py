"""The panels this room serves: fragments the complaint page loads."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenguo.accounts.choices import Permission
from wenguo.complaints.access import can_on, get_complaint_for, readable_files
from wenguo.complaints.choices import ClockState
from wenguo.complaints.queries import (
    clocks_shown,
    files_of,
    links_of,
    merged_into_it,
    tasks_of,
    timeline_shown,
)
from wenguo.lib.now import now
from wenguo.ui.found import signed_in
from wenguo.ui.steps import opened


@login_required
@require_GET
def timeline(request: HttpRequest, reference: str) -> HttpResponse:
    """What happened, oldest first; `?show=` narrows it to what was said, to notes, or to one kind."""
    complaint = opened(request, reference, get_complaint_for)
    show = request.GET.get("show", "")
    shows = [("", _("All")), ("said", _("Said")), ("internal", _("Internal")), ("steps", _("Steps"))]
    entries = timeline_shown(complaint, signed_in(request), show)
    context = {"complaint": complaint, "entries": entries, "show": show, "shows": shows}
    return render(request, "complaints/_panel_timeline.html", context)


@login_required
@require_GET
def clocks(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for)
    shown = clocks_shown(complaint, now())
    context = {
        "complaint": complaint,
        "clocks": shown,
        "has_paused": any(one.state == ClockState.PAUSED for one in shown),
        "may_extend": can_on(signed_in(request), complaint, Permission.APPROVE),
    }
    return render(request, "complaints/_panel_clocks.html", context)


@login_required
@require_GET
def files(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for)
    user = signed_in(request)
    may_add, readable = can_on(user, complaint, Permission.NOTE), readable_files(user, complaint)
    context = {"complaint": complaint, "files": files_of(complaint).filter(readable), "may_add": may_add}
    return render(request, "complaints/_panel_files.html", context)


@login_required
@require_GET
def tasks(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for)
    may_add = complaint.is_open and can_on(signed_in(request), complaint, Permission.NOTE)
    context = {"complaint": complaint, "tasks": tasks_of(complaint), "may_add": may_add}
    return render(request, "complaints/_panel_tasks.html", context)


@login_required
@require_GET
def links(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for)
    context = {
        "complaint": complaint,
        "links": links_of(complaint, signed_in(request)),
        "merged": merged_into_it(complaint),
        "may_link": can_on(signed_in(request), complaint, Permission.MERGE),
    }
    return render(request, "complaints/_panel_links.html", context)
