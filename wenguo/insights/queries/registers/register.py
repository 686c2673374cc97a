"""The ISO 10002 complaint register: one complaint a row, as the reader may see it, in batches that never grow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.complaints.choices import Status
from wenguo.complaints.models import Complaint, ComplaintQuerySet
from wenguo.complaints.queries import ComplaintFilter, filtered, list_page
from wenguo.complaints.rules import WHOLE
from wenguo.insights.choices.register import COLUMNS, FIELDS, Track
from wenguo.insights.queries.registers.entries import (
    Eyes,
    Known,
    contact_shown,
    known_of,
    name_shown,
    text_shown,
)
from wenguo.lib.now import now
from wenguo.lib.pages import Order, keyset_page
from wenguo.resolution.choices import PaymentKind

NEWEST: Order = (("received_at", "desc"), ("id", "desc"))
BATCH = 500
ON_A_PAGE = 25
_RELATED = ("customer", "channel", "product", "issue", "lead_unit", "owner", "receiving_unit", "recorded_by",
            "raising_department", "respondent_unit")  # fmt: skip
_UNUSED = ("apparent_demand", "hidden_need", "imported_facts")
_OUTSIDE = (Status.NOT_ACCEPTED,)


@dataclass(frozen=True)
class Line:
    """One row of the page: the complaint, its fields, and how far its tracking has come."""

    complaint: Complaint
    values: dict[str, Any]
    steps: list[tuple[str, datetime | date | None]]

    @property
    def reached(self) -> int:
        return sum(1 for _label, at in self.steps if at)


@dataclass(frozen=True)
class RegisterPage:
    lines: list[Line]
    count: str
    next_cursor: str | None
    previous_cursor: str | None


def register_page(user: User, given: ComplaintFilter, cursor: str | None) -> RegisterPage:
    """What the list finds through the same filter, as entries of the register; personal data masked."""
    page = list_page(user, given, cursor=cursor, size=ON_A_PAGE)
    rows = in_full(Complaint.objects.filter(pk__in=[one.pk for one in page.rows])).in_bulk()
    found = [rows[one.pk] for one in page.rows]
    known, eyes = known_of(found), Eyes(user)
    lines = [_line(one, known, eyes) for one in found]
    return RegisterPage(lines, str(page.count), page.next_cursor, page.previous_cursor)


def register_rows(eyes: Eyes, given: ComplaintFilter) -> Iterator[dict[str, Any]]:
    """Every complaint the reader finds through the filter, newest first; a batch in memory at a time."""
    rows, cursor = in_full(filtered(eyes.user, given, now())), None
    while True:
        page = keyset_page(rows, NEWEST, cursor, BATCH)
        known = known_of(page.rows)
        yield from (row_of(one, known, eyes) for one in page.rows)
        cursor = page.next_cursor
        if cursor is None:
            return


def register_count(user: User, given: ComplaintFilter) -> int:
    return filtered(user, given, now()).order_by().count()


def entry_of(complaint: Complaint, eyes: Eyes) -> list[tuple[str, list[tuple[str, Any]]]]:
    """The follow-up form of one complaint: parts, each with its fields in words."""
    row = in_full(Complaint.objects.filter(pk=complaint.pk)).get()
    values = row_of(row, known_of([row]), eyes)
    return [
        (str(section.label), [(str(label), values[key]) for key, label in fields.items()])
        for section, fields in FIELDS.items()
    ]


def in_full(rows: ComplaintQuerySet) -> ComplaintQuerySet:
    return rows.select_related(*_RELATED).defer(*_UNUSED)


def headings() -> dict[str, str]:
    return {key: str(label) for key, label in COLUMNS.items()}


def row_of(one: Complaint, known: Known, eyes: Eyes) -> dict[str, Any]:
    """A value for every column of the register."""
    whole = eyes.sees(known.paths[one.pk])
    return {
        **_receipt(one),
        **_complainant(one, known, eyes, whole),
        **_problem(one, known, whole),
        **_assessment(one, known),
        **_resolution(one, known, whole),
        **_tracking(one, known),
        **_closure(one, known),
    }


def _line(one: Complaint, known: Known, eyes: Eyes) -> Line:
    done = known.tracked(one)
    return Line(one, row_of(one, known, eyes), [(str(track.label), done[track][0]) for track in Track])


def _receipt(one: Complaint) -> dict[str, Any]:
    department = one.raising_department
    return {
        "reference": one.reference,
        "received_at": one.received_at,
        "entered_at": one.entered_at,
        "recorded_by": one.recorded_by.name if one.recorded_by else "",
        "channel": one.channel.name,
        "receiving_unit": one.receiving_unit.name if one.receiving_unit else "",
        "referred_by": department.name if department else one.source_system,
        "referred_number": one.source_id,
    }


def _complainant(one: Complaint, known: Known, eyes: Eyes, whole: bool) -> dict[str, Any]:
    customer = one.customer
    if customer is None or one.is_anonymous:
        return {"complainant": _("Anonymous"), "complainant_kind": "", "contact": "", "acts_for": ""}
    if one.is_confidential and not eyes.sees_confidential:
        return {"complainant": _("Confidential"), "complainant_kind": "", "contact": "", "acts_for": ""}
    points = [contact_shown(point, whole=whole) for point in known.contacts[customer.pk][:2]]
    proxy = name_shown(one.proxy_name, whole=whole) if one.proxy_name else ""
    return {
        "complainant": name_shown(customer.full_name, whole=whole),
        "complainant_kind": str(customer.get_kind_display()),
        "contact": " · ".join(points),
        "acts_for": f"{proxy} ({one.proxy_relation})" if proxy and one.proxy_relation else proxy,
    }


def _problem(one: Complaint, known: Known, whole: bool) -> dict[str, Any]:
    due = known.clocks[one.pk].get(WHOLE)
    return {
        "title": text_shown(one.title, whole=whole),
        "words": text_shown(one.words, whole=whole),
        "occurred_on": one.occurred_on,
        "is_recurrent": yes_no(one.is_recurrent),
        "product": one.product.name if one.product else one.product_text,
        "order_reference": text_shown(one.order_reference, whole=whole),
        "issue": one.issue.name if one.issue else "",
        "remedy_sought": text_shown(one.remedy_sought, whole=whole),
        "respondent": one.respondent_unit.name if one.respondent_unit else "",
        "lead_unit": one.lead_unit.name if one.lead_unit else "",
        "owner": one.owner.name if one.owner else "",
        "due_at": due.due_at if due else one.next_due_at,
    }


def _assessment(one: Complaint, known: Known) -> dict[str, Any]:
    taken = known.containments[one.pk]
    chosen = known.chosen.get(one.pk)
    likely = None if chosen is None else chosen.payment != PaymentKind.NONE
    return {
        "severity": one.severity,
        "safety": one.safety,
        "complexity": one.complexity,
        "impact": one.impact,
        "importance": str(one.get_importance_display()) if one.importance else "",
        "is_immediate": yes_no(one.is_urgent or one.is_safety or any(step.is_needed for step in taken)),
        "immediate_action": joined(step.action for step in taken if step.is_needed),
        "is_compensation_likely": yes_no(likely),
    }


def _resolution(one: Complaint, known: Known, whole: bool) -> dict[str, Any]:
    chosen, remedies = known.chosen.get(one.pk), known.remedies[one.pk]
    needless = one.status in (Status.DECLINED, Status.WITHDRAWN, Status.MERGED)
    what = [remedy.what for remedy in remedies] or ([chosen.title] if chosen else [])
    amount = sum((remedy.amount for remedy in remedies), start=chosen.amount * 0) if chosen else None
    findings = (f"{point.text}: {point.get_finding_display()}" for point in known.allegations[one.pk])
    return {
        "is_resolution_required": yes_no(not needless),
        "findings": text_shown(joined(findings), whole=whole),
        "causes": text_shown(joined(f"{c.node.name}: {c.statement}" for c in known.causes[one.pk]), whole=whole),
        "actions": text_shown(joined(what), whole=whole),
        "amount": amount,
        "promised_on": max((remedy.promised_on for remedy in remedies), default=chosen.promised_on if chosen else None),
    }


def _tracking(one: Complaint, known: Known) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for track, (at, who) in known.tracked(one).items():
        row[f"{track.value}_at"], row[f"{track.value}_by"] = at, who
    return row


def _closure(one: Complaint, known: Known) -> dict[str, Any]:
    mark = known.marks.get(one.pk)
    return {
        "status": str(one.get_status_display()),
        "ended_as": str(one.get_ended_as_display()) if one.ended_as else "",
        "is_upheld": yes_no(one.is_upheld),
        "reply_accepted": yes_no(one.reply_accepted),
        "satisfaction": one.satisfaction,
        "reopened": one.reopened,
        "improvement": str(mark.get_mark_class_display()) if mark else "",
        "referred_outside": yes_no(one.status in _OUTSIDE),
    }


def yes_no(value: bool | None) -> str:
    """Empty where it is not known."""
    return "" if value is None else _("Yes") if value else _("No")


def joined(texts: Sequence[str] | Iterator[str]) -> str:
    return "; ".join(text for text in texts if text)
