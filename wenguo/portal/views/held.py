"""Colleagues look at held posts: released they become complaints, discarded they stay readable."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wenguo.accounts.access import signed_in
from wenguo.lib.errors import Refused
from wenguo.portal.access import check_sees_held, get_held_for
from wenguo.portal.actions import discard_held, from_text, release_held
from wenguo.portal.choices import Suspicion
from wenguo.portal.forms import DiscardForm
from wenguo.portal.models import HeldPost
from wenguo.portal.queries import held_decided, held_queue

SHOWN = 50


@login_required
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first, whole; and the latest decisions."""
    check_sees_held(signed_in(request.user))
    waiting = [_shown(held) for held in held_queue()[:SHOWN]]
    context = {"waiting": waiting, "decided": held_decided(), "count": held_queue().count()}
    return render(request, "portal/held.html", context)


@login_required
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    complaint = release_held(_held(request, pk), by=signed_in(request.user))
    done = _("Released: it is complaint %(reference)s now.") % {"reference": complaint.reference}
    messages.success(request, done)
    return redirect("portal:held")


@login_required
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    held = _held(request, pk)
    form = DiscardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            discard_held(held, by=signed_in(request.user), note=form.cleaned_data["note"])
            messages.success(request, _("Discarded. It stays in the list below."))
            return redirect("portal:held")
        except Refused as no:
            form.add_error(None, no.sentence)
    context = {"form": form, "held": _shown(held)}
    return render(request, "portal/discard.html", context, status=422 if form.errors else 200)


def _held(request: HttpRequest, pk: int) -> HeldPost:
    try:
        return get_held_for(signed_in(request.user), pk)
    except HeldPost.DoesNotExist as missing:
        raise Http404 from missing


def _shown(held: HeldPost) -> dict[str, object]:
    reasons = [Suspicion(one).label for one in held.reasons if one in Suspicion.values]
    return {"held": held, "post": from_text(held.body), "reasons": reasons}
