"""Writing, reviewing, sending and answering a reply; the decision letter."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenguo.complaints.access import can_step, check_step, get_complaint_for
from wenguo.complaints.choices import Status, Step
from wenguo.customers.access import name_for
from wenguo.lib.errors import Refused
from wenguo.lib.links import path
from wenguo.library.queries import avoided_in, modules
from wenguo.resolution.access import check_drafts, check_reviews, get_reply_for
from wenguo.resolution.actions import (
    approve_reply,
    draft_reply,
    record_answer,
    rework,
    send_back,
    send_final_opinion,
    send_reply,
    submit_for_review,
    undo_reply,
)
from wenguo.resolution.choices import ReplyKind, ReplyState
from wenguo.resolution.forms import AcceptForm, RefuseForm, ReplyForm, ReviewForm, ReworkForm, SendForm
from wenguo.resolution.queries import guided_steps, last_letter, remedies_of, reply_in_hand
from wenguo.ui.found import found, go_to, signed_in
from wenguo.ui.steps import Given, answer, opened, page_and_form, page_for


@login_required
@page_and_form
def compose(request: HttpRequest, reference: str) -> HttpResponse:
    """Writes the reply of this round, or the final opinion in the second review; saved, or given to review."""
    complaint, by = opened(request, reference, get_complaint_for), signed_in(request)
    kind = ReplyKind.FINAL_OPINION if complaint.status == Status.SECOND_REVIEW else ReplyKind.REPLY
    if request.method == "GET":
        check_drafts(by, complaint, kind)
    reply = reply_in_hand(complaint, kind)
    form = ReplyForm(request.POST or None, initial={"body": reply.body if reply else ""})
    if request.method == "POST" and form.is_valid():
        try:
            reply = draft_reply(complaint, by=by, body=form.cleaned_data["body"], kind=kind)
            if "submit" in request.POST:
                submit_for_review(reply, by=by)
                messages.success(request, _("Given to review."))
                return go_to(request, path("complaint", reference=reference))
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, no.sentence)
        else:
            messages.success(request, _("The draft is saved."))
            return redirect("resolution:compose", reference=reference)
    words = form["body"].value() or ""
    context = {
        "complaint": complaint,
        "form": form,
        "reply": reply,
        "kind": kind,
        "hits": avoided_in(words),
        "steps": guided_steps(),
        "modules": modules(),
        "remedies": remedies_of(complaint),
        "can_send": reply is not None and can_step(by, complaint, _sending(kind)),
    }
    return render(request, "resolution/compose.html", context, status=422 if form.errors else 200)


@login_required
@page_and_form
def review(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Other eyes: good to go, or sent back with what should be better."""
    by = signed_in(request)
    reply = found(get_reply_for, by, reference, pk)
    if request.method == "GET":
        check_reviews(by, reply)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verb, said = (
            (send_back, _("Sent back."))
            if "send_back" in request.POST
            else (approve_reply, _("The reply is approved."))
        )
        try:
            verb(reply, by=by, note=form.cleaned_data["note"])
        except Refused as no:
            form.add_error("note" if no.field else None, no.sentence)
        else:
            messages.success(request, said)
            return go_to(request, path("complaint", reference=reference))
    context = {"complaint": reply.complaint, "reply": reply, "form": form, "hits": avoided_in(reply.body)}
    context["remedies"] = remedies_of(reply.complaint)
    return render(request, "resolution/review.html", context, status=422 if form.errors else 200)


@login_required
@page_and_form
def send(request: HttpRequest, reference: str, kind: str = ReplyKind.REPLY) -> HttpResponse:
    """Sends what was approved; where nothing is, one is led to write it."""
    step = _sending(kind)
    complaint, by = opened(request, reference, get_complaint_for, check_step, step), signed_in(request)
    reply = reply_in_hand(complaint, kind)
    if request.method == "GET" and (reply is None or not _is_ready(reply.state, complaint.standard.reply_needs_review)):
        return go_to(request, reverse("resolution:compose", kwargs={"reference": reference}))
    form = SendForm(request.POST or None, initial={"version": complaint.version})

    def perform(given: Given) -> object:
        version = given["version"]
        if kind == ReplyKind.FINAL_OPINION:
            return send_final_opinion(complaint, by=by, reply=reply, version=version)
        return send_reply(complaint, by=by, reply=reply, version=version)

    hint = reply.body if reply else ""
    done = _("The reply is on its way. For a moment it can still be taken back.")
    if kind == ReplyKind.FINAL_OPINION:
        done = _("The final opinion is sent. The complaint is closed, not accepted.")
    return answer(request, page_for(complaint, str(step.label), submit=_("Send"), done=done, hint=hint), form, perform)


@login_required
@require_POST
def undo(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    by = signed_in(request)
    reply = undo_reply(found(get_reply_for, by, reference, pk), by=by)
    messages.success(request, _("Taken back. Nothing was sent."))
    return go_to(request, reverse("resolution:compose", kwargs={"reference": reply.complaint.reference}))


@login_required
@page_and_form
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    complaint, by = opened(request, reference, get_complaint_for, check_step, Step.ACCEPT_REPLY), signed_in(request)
    form = AcceptForm(request.POST or None, initial={"version": complaint.version})
    return answer(
        request,
        page_for(complaint, _("Reply accepted"), submit=_("Record"), done=_("Recorded.")),
        form,
        lambda given: record_answer(complaint, by=by, accepted=True, **given),
    )


@login_required
@page_and_form
def refuse(request: HttpRequest, reference: str) -> HttpResponse:
    complaint, by = opened(request, reference, get_complaint_for, check_step, Step.REFUSE_REPLY), signed_in(request)
    form = RefuseForm(request.POST or None, initial={"version": complaint.version})
    return answer(
        request,
        page_for(
            complaint,
            _("Reply refused"),
            submit=_("Record"),
            done=_("Recorded: it goes to second review."),
            hint=_("A refused reply is not solved: a higher unit that had no part in it decides."),
        ),
        form,
        lambda given: record_answer(complaint, by=by, accepted=False, **given),
    )


@login_required
@page_and_form
def rework_step(request: HttpRequest, reference: str) -> HttpResponse:
    complaint, by = opened(request, reference, get_complaint_for, check_step, Step.REWORK), signed_in(request)
    form = ReworkForm(request.POST or None, initial={"version": complaint.version})
    return answer(
        request,
        page_for(
            complaint,
            _("Work out another remedy"),
            submit=_("Send back to work"),
            done=_("Another remedy is worked out."),
        ),
        form,
        lambda given: rework(complaint, by=by, **given),
    )


@login_required
@require_GET
def letter(request: HttpRequest, reference: str) -> HttpResponse:
    """The decision as a letter to print."""
    complaint, by = opened(request, reference, get_complaint_for), signed_in(request)
    reply = last_letter(complaint)
    if reply is None:
        raise Http404(_("There is no letter yet."))
    name = name_for(by, complaint.customer) if complaint.customer and not complaint.is_anonymous else ""
    context = {"complaint": complaint, "reply": reply, "remedies": remedies_of(complaint), "name": name}
    return render(request, "resolution/letter.html", context)


def _sending(kind: str) -> Step:
    return Step.FINAL_OPINION if kind == ReplyKind.FINAL_OPINION else Step.SEND_REPLY


def _is_ready(state: str, needs_review: bool) -> bool:
    return state == ReplyState.APPROVED or (not needs_review and state == ReplyState.DRAFT)
