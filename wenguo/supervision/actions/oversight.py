"""督办: somebody above asks a unit to act by a date; the owner answers."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.audit.actions import record
from wenguo.complaints.access import check_open, check_permission_on
from wenguo.complaints.actions.guard import add_entry, lock_complaint, touch
from wenguo.complaints.choices import EntryKind
from wenguo.complaints.models import Complaint
from wenguo.lib.errors import Refused
from wenguo.lib.links import path
from wenguo.lib.now import now
from wenguo.outbox.actions import ring
from wenguo.outbox.choices import NoticeKind
from wenguo.supervision.models import OversightOrder


@transaction.atomic
def order_oversight(complaint: Complaint, *, by: User, text: str, due_at: datetime) -> OversightOrder:
    """Asks for action by a date."""
    complaint = lock_complaint(complaint)
    check_open(complaint)
    check_permission_on(by, complaint, Permission.SEE_FIGURES)
    if not text.strip():
        raise Refused(_("Say what is to be done."), field="text")
    if due_at <= now():
        raise Refused(_("Give a moment that lies in the future."), field="due_at")
    order = OversightOrder.objects.create(complaint=complaint, text=text, due_at=due_at, at=now(), by=by)
    add_entry(complaint, EntryKind.NOTE, text, by=by, facts={"oversight": order.pk})
    if complaint.owner_id:
        words = _("Oversight order on %(reference)s") % {"reference": complaint.reference}
        ring(complaint.owner_id, NoticeKind.DUE, words, path=path("complaint", reference=complaint.reference))
    touch(complaint)
    complaint.save()
    record(complaint, "order_oversight", by=by, body={"order": order.pk, "due_at": due_at.isoformat()})
    return order


@transaction.atomic
def answer_oversight(order: OversightOrder, *, by: User, answer: str) -> OversightOrder:
    """What was done about it."""
    complaint = lock_complaint(order.complaint)
    check_permission_on(by, complaint, Permission.NOTE)
    if order.answered_at:
        raise Refused(_("This order was answered already."))
    if not answer.strip():
        raise Refused(_("Write what was done."), field="answer")
    order.answered_at, order.answered_by, order.answer = now(), by, answer
    order.save()
    add_entry(complaint, EntryKind.NOTE, answer, by=by, facts={"oversight": order.pk})
    ring(order.by_id, NoticeKind.SYSTEM, _("Answered: %(reference)s") % {"reference": complaint.reference})
    touch(complaint)
    complaint.save()
    record(complaint, "answer_oversight", by=by, body={"order": order.pk})
    return order
