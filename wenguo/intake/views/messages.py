"""Outgoing messages by state; what is uncertain or failed may be sent again by a person."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenguo.accounts.access import signed_in
from wenguo.intake.actions import resend_uncertain
from wenguo.intake.forms import EmptyForm
from wenguo.intake.queries.outbox import get_message_for, message_counts, messages_page
from wenguo.intake.views.imports import posted
from wenguo.lib.masking import mask_email
from wenguo.outbox.choices import MessageState
from wenguo.outbox.models import OutboundMessage
from wenguo.ui.steps import StepPage, answer_step

KINDS = {
    MessageState.SENT: "ok",
    MessageState.FAILED: "urgent",
    MessageState.UNCERTAIN: "major",
    MessageState.SENDING: "act",
    MessageState.QUEUED: "act",
}


@require_GET
@login_required
def outgoing(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    page = messages_page(signed_in(request.user), state, request.GET.get("page"))
    counts = message_counts()
    tabs = [(one.value, one.label, counts.get(one.value, 0)) for one in MessageState]
    rows = [
        {
            "message": row,
            "to": mask_email(row.to_address),
            "kind": KINDS.get(MessageState(row.state), "neutral"),
            "may_resend": row.state in (MessageState.UNCERTAIN, MessageState.FAILED),
        }
        for row in page.rows
    ]
    context = {"page": page, "rows": rows, "tabs": tabs, "state": state, "is_configured": settings.EMAIL_IS_CONFIGURED}
    return render(request, "intake/messages.html", context | {"total": sum(counts.values())})


@login_required
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request.user)
    try:
        message = get_message_for(user, pk)
    except OutboundMessage.DoesNotExist as gone:
        raise Http404 from gone
    page = StepPage(
        _("Send this message again?"), reverse("intake:messages"), _("Send it again"), _("The message is queued."),
        _("It keeps its Message-ID. If the first one did arrive, the receiver may get it twice."), danger=True,
    )  # fmt: skip
    return answer_step(request, page, EmptyForm(posted(request)), lambda _v: resend_uncertain(message, by=user))
