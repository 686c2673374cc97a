"""Finding one's complaint, and its page."""

from datetime import timedelta
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from wenguo.complaints.models import Complaint
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.portal.access import get_complaint_of
from wenguo.portal.actions import prove, send_code
from wenguo.portal.forms import CodeForm, FindForm
from wenguo.portal.queries import public_file, tracking_of
from wenguo.portal.rules import PROOF_LIVES
from wenguo.portal.views.frame import not_there, secret, sender_key, show

PROVED, ASKED = "proved", "asked"


def proved_in(request: HttpRequest) -> dict[str, float]:
    """References this browser has proved, each with the moment it ends."""
    moment = now().timestamp()
    kept: dict[str, float] = request.session.get(PROVED, {}) if request.session.session_key else {}
    return {reference: until for reference, until in kept.items() if until > moment}


def complaint_of(request: HttpRequest, key: str) -> Complaint | None:
    return get_complaint_of(key, proved_in(request))


@never_cache
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Reference and address; the answer is the same whether they belong together or not."""
    form = FindForm(request.POST or None, initial={"reference": request.GET.get("reference", "")[:40]})
    if request.method == "POST" and form.is_valid():
        try:
            request.session[ASKED] = send_code(**form.cleaned_data, sender=sender_key(request))
            return redirect("portal:code")
        except Refused as no:
            form.add_error(None, no.sentence)
    return secret(show(request, "find", {"form": form}, status=422 if form.errors else 200))


@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The code from the e-mail opens the page for half an hour."""
    if ASKED not in request.session:
        return redirect("portal:track")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        complaint = _proved(request, form)
        if complaint is not None:
            return redirect("portal:tracking", complaint.reference)
    return secret(show(request, "code", {"form": form}, status=422 if form.errors else 200))


def _proved(request: HttpRequest, form: CodeForm) -> Complaint | None:
    wrong = _("This code is wrong, was used, or is too old. Check the digits, or ask for a new one.")
    try:
        typed = form.cleaned_data["code"]
        complaint = prove(subject=request.session[ASKED], code=typed, sender=sender_key(request))
    except Refused as no:
        complaint, wrong = None, no.sentence
    if complaint is None:
        form.add_error("code", wrong)
        return None
    until = (now() + timedelta(seconds=PROOF_LIVES.total_seconds())).timestamp()
    kept = {**proved_in(request), complaint.reference: until}
    request.session.cycle_key()
    request.session[PROVED] = kept
    del request.session[ASKED]
    return complaint


@never_cache
@require_GET
def tracking(request: HttpRequest, key: str) -> HttpResponse:
    """Stages in plain words, the promised date, who handles it, what both sides said, and what one can do."""
    complaint = complaint_of(request, key)
    if complaint is None:
        return not_there(request)
    context: dict[str, Any] = {"tracking": tracking_of(complaint), "complaint": complaint, "key": key}
    return secret(show(request, "tracking", context))


@never_cache
@require_GET
def file(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    """A file both sides see; always as a download."""
    complaint = complaint_of(request, key)
    found = public_file(complaint, pk) if complaint else None
    if found is None:
        return not_there(request)
    attachment, content = found
    answer = FileResponse(content, as_attachment=True, filename=attachment.name, content_type=attachment.content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store, private"
    return answer
