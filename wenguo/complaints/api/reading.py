"""Create, read, list and search."""

import dataclasses
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Status

from wenguo.accounts.choices import Scope
from wenguo.accounts.models import User
from wenguo.complaints.access import readable_entries, steps_for, text_for
from wenguo.complaints.actions import Submission, submit_complaint
from wenguo.complaints.api.asked import asked, caller, node_of, node_or_none, person_of, router, unit_or_none
from wenguo.complaints.api.schemas import ComplaintIn, ComplaintOut, CreatedOut, CustomerIn, EntryOut, ListOut
from wenguo.complaints.models import Complaint, Entry
from wenguo.complaints.queries import ComplaintFilter, latest_outputs, list_page, spread_of, timeline, tracking_url
from wenguo.customers.access import name_for
from wenguo.customers.actions import find_or_create_customer
from wenguo.customers.models import Customer
from wenguo.process.choices import TreeKind

_LINE = (
    *("reference", "title", "stage", "status", "version", "importance", "is_urgent"),
    *("received_at", "changed_at", "next_due_at", "ended_as", "satisfaction"),
)
_WHOLE = (
    *("is_anonymous", "is_safety", "is_vulnerable", "is_disputed", "occurred_on", "entered_at", "promised_at"),
    *("handled_at", "ended_at", "is_upheld", "reply_accepted", "round", "chased", "reopened"),
)
_TEXTS = ("words", "apparent_demand", "hidden_need", "remedy_sought")


@router.post("", response={201: CreatedOut}, summary="Create", operation_id="complaint_create")
def create(request: HttpRequest, body: ComplaintIn) -> Status[dict[str, Any]]:
    """Takes in a complaint. Send an `Idempotency-Key` so that a repeated request makes no second one."""
    user = caller(request)
    complaint = submit_complaint(_submission(body, user), by=user)
    return Status(201, {**whole(complaint, user), "tracking_url": tracking_url(complaint)})


@router.get("", response=ListOut, summary="List and search", operation_id="complaint_list")
def listing(
    request: HttpRequest,
    sort: str = "received",
    cursor: str | None = None,
    size: int = 50,
    q: Annotated[str, Query(description="The query language: 变速箱 异响 status:open received:2026-10..2026-11")] = "",
    facets: Annotated[str, Query(description="Facets to count, with commas: status,unit,product")] = "",
) -> dict[str, Any]:
    """Everything is asked for by `q`; a mistake in it is answered with its place. Beside it the filters of the page:
    status, stage, importance, urgent, overdue, owner, unit, product, issue, channel, received_from, received_to,
    source, satisfaction, ended_as, waiting, due_today. A page may end before `size`: go on with `next` to null.
    """
    user = caller(request, Scope.COMPLAINTS_READ)
    asked_for = dict(request.GET.lists())
    given = ComplaintFilter.from_query({**asked_for, "text": [q] if q else asked_for.get("text", [])})
    page = list_page(user, given, cursor=cursor, size=size, order=sort)
    names = [name.strip() for name in facets.split(",") if name.strip()]
    return {
        "facets": spread_of(user, given, names) if names else None,
        "looked_back_to": page.looked_back_to,
        "rows": [line(row, user) for row in page.rows],
        "count": page.count.number,
        "count_is_capped": page.count.is_capped,
        "next": page.next_cursor,
        "previous": page.previous_cursor,
    }


@router.get("/{reference}", response=ComplaintOut, summary="Read", operation_id="complaint_read")
def read(request: HttpRequest, reference: str) -> dict[str, Any]:
    """With the steps that start here, and why the caller cannot take one."""
    user, complaint = asked(request, reference, Scope.COMPLAINTS_READ)
    return whole(complaint, user)


@router.get("/{reference}/timeline", response=list[EntryOut], summary="Timeline", operation_id="complaint_timeline")
def entries(request: HttpRequest, reference: str) -> list[dict[str, Any]]:
    user, complaint = asked(request, reference, Scope.COMPLAINTS_READ)
    return [_entry(entry, user) for entry in timeline(complaint).filter(readable_entries(user, complaint))]


def line(complaint: Complaint, user: User) -> dict[str, Any]:
    plain = {name: getattr(complaint, name) for name in _LINE}
    return {
        **plain,
        "title": text_for(user, complaint.title),
        "channel": complaint.channel.code,
        "product": complaint.product.code if complaint.product else None,
        "issue": complaint.issue.code if complaint.issue else None,
        "lead_unit": complaint.lead_unit.code if complaint.lead_unit else None,
        "owner": complaint.owner.username if complaint.owner else None,
    }


def whole(complaint: Complaint, user: User) -> dict[str, Any]:
    """Everything of one complaint this person may read."""
    outputs = {stage: _output(row, user) for stage, row in latest_outputs(complaint).items()}
    return {
        **line(complaint, user),
        **{name: getattr(complaint, name) for name in _WHOLE},
        **{name: text_for(user, getattr(complaint, name)) for name in _TEXTS},
        "customer": name_for(user, complaint.customer) if complaint.customer else None,
        "merged_into": complaint.merged_into.reference if complaint.merged_into else None,
        "outputs": outputs,
        "next": [
            {
                "step": row.step.value,
                "label": str(row.step.label),
                "is_allowed": not refusal,
                "refusal": refusal,
                "must_fill": list(row.fills),
            }
            for row, refusal in steps_for(user, complaint)
        ],
    }


def _output(row: Any, user: User) -> dict[str, Any]:
    body = {key: text_for(user, value) if isinstance(value, str) else value for key, value in row.body.items()}
    passed = {"passed_by_rule": row.passed_by_rule, "justification": row.justification}
    return {"at": row.at, "round": row.round, **{key: value for key, value in passed.items() if value}, "body": body}


def _entry(entry: Entry, user: User) -> dict[str, Any]:
    return {
        "id": entry.pk,
        "kind": entry.kind,
        "visibility": entry.visibility,
        "at": entry.at,
        "author": entry.author.username if entry.author else None,
        "body": text_for(user, entry.body),
        "facts": entry.facts,
        "files": [one.pk for one in entry.attachments.all()],
    }


def _submission(body: ComplaintIn, user: User) -> Submission:
    named = {"customer", "channel", "product", "issue", "receiving_unit", "respondent_unit", "respondent"}
    plain = {key: value for key, value in body.dict().items() if key not in named}
    given = Submission(
        **plain,
        channel=node_of(TreeKind.CHANNEL, body.channel, "channel"),
        product=node_or_none(TreeKind.PRODUCT, body.product, "product"),
        issue=node_or_none(TreeKind.ISSUE, body.issue, "issue"),
        receiving_unit=unit_or_none(body.receiving_unit, "receiving_unit"),
        respondent_unit=unit_or_none(body.respondent_unit, "respondent_unit"),
        respondent_user=person_of(body.respondent, "respondent") if body.respondent else None,
    )
    return dataclasses.replace(given, customer=_customer(body.customer, given, user)) if body.customer else given


def _customer(given: CustomerIn, submission: Submission, user: User) -> Customer | None:
    if submission.is_anonymous:
        return None
    return find_or_create_customer(**given.dict(), language=submission.language, by=user)
