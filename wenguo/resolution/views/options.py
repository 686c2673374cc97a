"""Options, the decision, signatures, and the remedy performed."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenguo.complaints.access import check_step, get_complaint_for
from wenguo.complaints.actions.files import add_file
from wenguo.complaints.choices import Step
from wenguo.investigation.actions import KnownCause
from wenguo.lib.errors import Refused
from wenguo.lib.links import path
from wenguo.lib.now import now
from wenguo.lib.pages import keyset_page
from wenguo.resolution.access import check_approves, check_sees_approvals, get_approval_for, get_proposal_for
from wenguo.resolution.actions import (
    Offer,
    approve_proposal,
    change_proposal,
    decide_remedy,
    drop_proposal,
    mark_handled,
    perform_remedy,
    propose,
    reject_proposal,
    resolve_at_first_contact,
)
from wenguo.resolution.forms import DecideForm, FirstContactForm, HandleForm, PerformForm, ProposalForm, SignForm
from wenguo.resolution.queries import approvals_waiting, replies_to_review
from wenguo.ui.found import found, go_to, signed_in
from wenguo.ui.steps import Given, answer, opened, page_and_form, page_for

SHOWN = 30


@login_required
@page_and_form
def proposal(request: HttpRequest, reference: str, pk: int | None = None) -> HttpResponse:
    """A new option, or better terms for one."""
    complaint, by = opened(request, reference, get_complaint_for), signed_in(request)
    old = found(get_proposal_for, by, reference, pk) if pk else None
    form = ProposalForm(request.POST or None, proposal=old)

    def perform(given: Given) -> object:
        offer = Offer(**given)
        return change_proposal(old, offer, by=by) if old else propose(complaint, offer, by=by)

    return answer(request, page_for(complaint, _("Option"), submit=_("Save")), form, perform)


@login_required
@require_POST
def drop(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    by = signed_in(request)
    row = found(get_proposal_for, by, reference, pk)
    drop_proposal(row, by=by)
    return go_to(request, path("complaint", reference=reference))


@login_required
@page_and_form
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Chooses an option; where it needs signatures they are asked for first."""
    complaint, by = opened(request, reference, get_complaint_for, check_step, Step.DECIDE), signed_in(request)
    form = DecideForm(request.POST or None, complaint=complaint, initial={"version": complaint.version})
    return answer(
        request,
        page_for(
            complaint,
            _("Decide the remedy"),
            submit=_("Decide"),
            done=_("Recorded. Where a signature is needed, it has been asked for."),
            hint=_(
                "At least two options are weighed. An amount above your limit is signed first; you decide once it is."
            ),
        ),
        form,
        lambda given: decide_remedy(complaint, by=by, **given),
    )


@login_required
@page_and_form
def resolve(request: HttpRequest, reference: str) -> HttpResponse:
    """The first contact route: known cause and agreed remedy at once."""
    complaint, by = opened(request, reference, get_complaint_for, check_step, Step.FINISH_CAUSE), signed_in(request)
    form = FirstContactForm(request.POST or None, initial={"version": complaint.version})

    def perform(given: Given) -> object:
        known = KnownCause(**{name: given[name] for name in ("allegation", "reasoning", "node", "statement")})
        terms = {name: given[name] for name in ("title", "remedy", "payment", "amount", "promised_on")}
        return resolve_at_first_contact(
            complaint, known, Offer(**terms), by=by, reply=given["reply"], version=given["version"]
        )

    return answer(
        request,
        page_for(
            complaint,
            _("Known cause and remedy in one step"),
            submit=_("Save"),
            hint=_("For ordinary complaints, within your own limit. Each stage leaves its own record."),
            done=_("Cause and remedy are recorded. Now the reply."),
        ),
        form,
        perform,
    )


@login_required
@page_and_form
def sign(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    by = signed_in(request)
    approval = found(get_approval_for, by, reference, pk)
    if request.method == "GET":
        check_approves(by, approval)
    offered = approval.proposal
    form = SignForm(request.POST or None)

    def perform(given: Given) -> object:
        verb = approve_proposal if given["is_signed"] else reject_proposal
        return verb(approval, by=by, note=given["note"])

    hint = f"{offered.title} · ¥{offered.amount:,.2f} · {offered.promised_on.isoformat()} · {offered.created_by.name}"
    return answer(
        request,
        page_for(offered.complaint, _("Sign a remedy"), hint=hint, submit=_("Decide"), done=_("Recorded.")),
        form,
        perform,
    )


@login_required
@page_and_form
def perform(request: HttpRequest, reference: str) -> HttpResponse:
    """What was promised is done; with its proof."""
    complaint, by = opened(request, reference, get_complaint_for, check_step, Step.PERFORM), signed_in(request)
    initial = {"version": complaint.version, "done_on": timezone.localdate(now())}
    form = PerformForm(request.POST or None, request.FILES or None, complaint=complaint, initial=initial)

    def record(given: Given) -> object:
        upload, remedy = given.pop("file"), given.pop("remedy")
        if upload:
            given["proof_file"] = add_file(complaint, by=by, name=upload.name, content=upload.file)
        return perform_remedy(remedy, by=by, **given)

    if not form.fields["remedy"].queryset.exists():  # type: ignore[attr-defined]
        raise Refused(_("No remedy is left to be performed."))
    return answer(
        request, page_for(complaint, _("Remedy performed"), submit=_("Save"), done=_("Recorded.")), form, record
    )


@login_required
@page_and_form
def handle(request: HttpRequest, reference: str) -> HttpResponse:
    complaint, by = opened(request, reference, get_complaint_for, check_step, Step.HANDLE), signed_in(request)
    form = HandleForm(request.POST or None, initial={"version": complaint.version})
    return answer(
        request,
        page_for(
            complaint,
            _("Mark as handled"),
            submit=_("Mark as handled"),
            done=_("Handled. Somebody else calls back and closes it."),
        ),
        form,
        lambda given: mark_handled(complaint, by=by, **given),
    )


@login_required
@require_GET
def approvals(request: HttpRequest) -> HttpResponse:
    """What waits for this person's signature, and replies that wait for other eyes."""
    user = signed_in(request)
    check_sees_approvals(user)
    order = (("asked_at", "asc"), ("id", "asc"))
    page = keyset_page(approvals_waiting(user), order, request.GET.get("page") or None, SHOWN)  # type: ignore[arg-type]
    replies = list(replies_to_review(user)[:SHOWN])
    return render(request, "resolution/approvals.html", {"page": page, "rows": page.rows, "replies": replies})
