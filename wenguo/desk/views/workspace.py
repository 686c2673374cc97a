"""The complaint page and its own two panels."""

import hashlib
import json
from datetime import datetime
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import parse_etags, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenguo.accounts.access import signed_in
from wenguo.complaints.access import get_complaint_for
from wenguo.complaints.models import Complaint
from wenguo.complaints.queries import latest_outputs, timeline_shown
from wenguo.desk.actions import note_presence
from wenguo.desk.models import Reminder
from wenguo.desk.queries.guide import guided_steps
from wenguo.desk.queries.people import complainant_of, earlier_complaints, is_hidden_from
from wenguo.desk.queries.workspace import viewers, workspace
from wenguo.desk.queries.writing import news_since, writing_tabs
from wenguo.lib.now import now
from wenguo.outbox.queries import unread_count


def _complaint(request: HttpRequest, reference: str) -> Complaint:
    try:
        return get_complaint_for(signed_in(request.user), reference)
    except Complaint.DoesNotExist as missing:
        raise Http404 from missing


@login_required
@require_GET
def complaint(request: HttpRequest, reference: str) -> HttpResponse:
    """The workspace: header, stepper, clocks, timeline, composer, panels, the one next step."""
    found = _complaint(request, reference)
    note_presence(found, by=signed_in(request.user))
    context = {
        "complaint": found,
        "workspace": workspace(signed_in(request.user), found),
        "now": now(),
        "poll_url": _pulse_url(found),
        "writing": writing_tabs(signed_in(request.user), found),
        "guide": guided_steps(),
        "reminder": Reminder.objects.filter(user=signed_in(request.user), complaint=found).first(),
    }
    return render(request, "desk/complaint.html", context)


def _moment(text: str) -> datetime | None:
    """The time in the address of the pulse, as the page wrote it; None for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _pulse_url(found: Complaint) -> str:
    seen = urlencode({"v": found.version, "t": now().isoformat()})
    return f"{reverse('desk:pulse', args=[found.reference])}?{seen}"


@login_required
@require_GET
def panel_complainant(request: HttpRequest, reference: str) -> HttpResponse:
    """Who complains: masked, with holdings, earlier complaints and consent."""
    found = _complaint(request, reference)
    context = {
        "complaint": found,
        "who": complainant_of(signed_in(request.user), found),
        "hidden": is_hidden_from(signed_in(request.user), found),
        "earlier": earlier_complaints(signed_in(request.user), found),
    }
    return render(request, "desk/_panel_complainant.html", context)


@login_required
@require_GET
def panel_demand(request: HttpRequest, reference: str) -> HttpResponse:
    """What is asked for: apparent demand, hidden need, remedy sought, the facts of the problem."""
    return render(request, "desk/_panel_demand.html", {"complaint": _complaint(request, reference)})


@login_required
@require_GET
def pulse(request: HttpRequest, reference: str) -> HttpResponse:
    """Polled by an open page: what changed since version `v` and time `t`, who else is here; 304 if nothing is new."""
    found = _complaint(request, reference)
    note_presence(found, by=signed_in(request.user))
    seen, since = request.GET.get("v", ""), _moment(request.GET.get("t", ""))
    changes = found.version - int(seen) if seen.isdecimal() else 0
    others = viewers(signed_in(request.user), found)
    names = "、".join(person.name for person in others)
    answer = {
        "new": changes,
        "message": news_since(signed_in(request.user), found, since) if changes > 0 and since else "",
        "bell": unread_count(signed_in(request.user).pk),
        "viewers": _("%(names)s is viewing") % {"names": names} if names else "",
    }
    etag = quote_etag(hashlib.sha256(json.dumps(answer).encode()).hexdigest()[:16])
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers={"ETag": etag})
    return JsonResponse(answer, headers={"ETag": etag})


@login_required
@require_GET
def case_file(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything on one complaint, for printing; masked like the page."""
    found = _complaint(request, reference)
    user = signed_in(request.user)
    context = {
        "complaint": found,
        "who": complainant_of(user, found),
        "entries": timeline_shown(found, user),
        "outputs": latest_outputs(found).values(),
        "clocks": found.clocks.order_by("started_at", "id"),
        "printed_at": now(),
    }
    return render(request, "desk/case_file.html", context)
