"""What waits at stage 7: to be taken on, to be decided, to be answered."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from wenguo.accounts.access import can
from wenguo.accounts.choices import Permission
from wenguo.dispatch.access import check_sees_queues
from wenguo.dispatch.queries import awaiting_arbitration, parts_to_answer, returns_by_unit, waiting_for_acceptance
from wenguo.lib.now import now
from wenguo.ui.found import signed_in

SHOWN = 50
COUNTED_OVER = timedelta(days=90)


@login_required
@require_GET
def queues(request: HttpRequest) -> HttpResponse:
    """Longest waiting first; the returns of the last ninety days for those who decide them."""
    user = signed_in(request)
    check_sees_queues(user)
    decides = can(user, Permission.ARBITRATE)
    context = {
        "now": now(),
        "waiting": list(waiting_for_acceptance(user)[:SHOWN]),
        "returned": list(awaiting_arbitration(user)[:SHOWN]) if decides else [],
        "parts": list(parts_to_answer(user)[:SHOWN]),
        "counts": returns_by_unit(user, now() - COUNTED_OVER) if decides else [],
        "decides": decides,
        "most": SHOWN,
    }
    return render(request, "dispatch/queues.html", context)
