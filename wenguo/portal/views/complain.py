"""The form, the help beside it, and the receipt."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wenguo.complaints.queries import tracking_token, tracking_url
from wenguo.lib.errors import Refused
from wenguo.library.queries import articles_for
from wenguo.portal.access import get_complaint_of
from wenguo.portal.actions import Sender, is_too_often, submit_from_web
from wenguo.portal.forms import ComplaintForm
from wenguo.portal.models import HeldPost
from wenguo.portal.queries import day_words, place_of
from wenguo.portal.rules import HELPS
from wenguo.portal.tokens import held_of_token
from wenguo.portal.views.frame import not_there, secret, sender_key, show
from wenguo.portal.views.home import qr

HELPED_CHARACTERS = 2000
TRAP = "website"  # a field people do not see; programs fill it in


@never_cache
@require_http_methods(["GET", "POST"])
def complain(request: HttpRequest) -> HttpResponse:
    """One post makes customer, contact, complaint and files, or nothing and the form as it was typed."""
    if request.method == "GET":
        wanted = {"at": request.GET.get("at", ""), "issue": request.GET.get("about", "")}
        return show_form(request, ComplaintForm(initial=wanted))
    form = ComplaintForm(request.POST, request.FILES)
    token = _submitted(request, form) if form.is_valid() else ""
    return redirect("portal:receipt", token) if token else show_form(request, form, status=422)


def show_form(request: HttpRequest, form: ComplaintForm, *, status: int = 200) -> HttpResponse:
    place = place_of(str(form["at"].value() or ""))
    context = {
        "form": form,
        "place": place,
        "files_lost": form.is_bound and bool(request.FILES),
        "trap": TRAP,
        "help_url": reverse("portal:help"),
        "privacy_url": reverse("portal:privacy"),
    }
    return show(request, "complain", context, status=status)


def _submitted(request: HttpRequest, form: ComplaintForm) -> str:
    """The receipt's token; empty where it was refused, with the reason in the form."""
    given = form.cleaned_data
    place = place_of(given["at"])
    post = form.post(language=get_language() or "zh-hans", at_unit=place.code if place else "")
    session = request.session.session_key or ""
    sender = Sender(sender_key(request), session, trap=request.POST.get(TRAP, ""))
    try:
        token = submit_from_web(post, given["attachments"], form=form.token, sender=sender)
    except Refused as no:
        form.add_error(no.field if no.field in form.fields else None, no.sentence)
        return ""
    request.session["complained"] = True  # gives this browser a session, so that the next posts are counted
    return token


@require_POST
def help_while_typing(request: HttpRequest) -> HttpResponse:
    """Published articles on what is being typed; never another person's words."""
    words = request.POST.get("words", "")[:HELPED_CHARACTERS]
    if len(words.strip()) < 4 or is_too_often("help", sender_key(request), HELPS):
        return HttpResponse("")
    found = articles_for(words, issue=request.POST.get("issue", "")[:80])
    return show(request, "_help", {"articles": found})


@never_cache
@require_GET
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """What was promised, whom to call, the secret link. A held post's receipt becomes the complaint's on release."""
    held_pk = held_of_token(token)
    if held_pk is not None:
        return _held_receipt(request, held_pk)
    if "." not in token or (complaint := get_complaint_of(token, ())) is None:
        return not_there(request)
    address = tracking_url(complaint)
    promised = day_words(complaint.promised_at or complaint.next_due_at)
    context = {"complaint": complaint, "address": address, "qr": qr(address), "key": token, "promised": promised}
    return secret(show(request, "receipt", context))


def _held_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    held = HeldPost.objects.select_related("complaint").filter(pk=pk).first()
    if held is None:
        return not_there(request)
    if held.complaint is not None:
        return secret(redirect("portal:receipt", tracking_token(held.complaint)))
    return secret(show(request, "receipt_held", {"held": held}))
