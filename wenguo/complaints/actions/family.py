"""Complaints that belong together: merged into one, or linked."""

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.audit.actions import record
from wenguo.complaints.access import check_open, check_permission_on, check_step
from wenguo.complaints.actions.clocks import count_from_receipt
from wenguo.complaints.actions.guard import add_entry, advance, lock_complaint, notice_change, touch
from wenguo.complaints.choices import EntryKind, LinkKind, Step
from wenguo.complaints.models import Complaint, Involvement, Link
from wenguo.lib.errors import Refused
from wenguo.lib.now import now


@transaction.atomic
def merge_complaints(
    complaint: Complaint, *, target: Complaint, by: User, note: str = "", version: int | None = None
) -> Complaint:
    """This complaint goes on as part of `target`. No row moves; the earlier receipt counts; the complainant is told."""
    if complaint.pk == target.pk:
        raise Refused(_("A complaint cannot be merged into itself."), field="target")
    complaint, target = _lock_both(complaint, target, version)
    row = check_step(by, complaint, Step.MERGE)
    check_open(target)
    check_permission_on(by, target, Permission.MERGE)
    complaint.merged_into = target
    _join(complaint, target, by, note)
    return advance(
        complaint, row, by=by, output={"target": target.reference}, note=note, told={"target": target.reference}
    )


@transaction.atomic
def link_complaints(complaint: Complaint, *, other: Complaint, kind: str, by: User) -> Link:
    """Says how two complaints belong together; both timelines show it."""
    if complaint.pk == other.pk:
        raise Refused(_("A complaint cannot be linked with itself."), field="other")
    complaint = lock_complaint(complaint)
    for one in (complaint, other):
        check_permission_on(by, one, Permission.MERGE)
    link, is_new = Link.objects.get_or_create(
        complaint=complaint, other=other, kind=LinkKind(kind), defaults={"at": now(), "by": by}
    )
    if is_new:
        _tell_link(complaint, other, "linked", kind, by)
    return link


@transaction.atomic
def unlink_complaints(link: Link, *, by: User) -> None:
    """Takes a link away; that it was there stays in the audit."""
    complaint = lock_complaint(link.complaint)
    check_permission_on(by, complaint, Permission.MERGE)
    other, kind = link.other, link.kind
    link.delete()
    _tell_link(complaint, other, "unlinked", kind, by)


def _lock_both(complaint: Complaint, target: Complaint, version: int | None) -> tuple[Complaint, Complaint]:
    """In the order of their numbers, so that two people merging crosswise do not wait for each other for ever."""
    if complaint.pk < target.pk:
        first = lock_complaint(complaint, version)
        return first, lock_complaint(target)
    second = lock_complaint(target)
    return lock_complaint(complaint, version), second


def _join(complaint: Complaint, target: Complaint, by: User, note: str) -> None:
    """What the target takes over: the earlier receipt, urgency, and the units that have to do with it."""
    earlier = complaint.received_at < target.received_at
    if earlier:
        target.received_at = complaint.received_at
        count_from_receipt(target, by=by)
    target.is_urgent = target.is_urgent or complaint.is_urgent
    target.is_safety = target.is_safety or complaint.is_safety
    known = set(target.involvements.values_list("unit_id", "involved_as"))
    new = [row for row in complaint.involvements.all() if (row.unit_id, row.involved_as) not in known]
    Involvement.objects.bulk_create(
        Involvement(complaint=target, unit_id=row.unit_id, involved_as=row.involved_as, since=now()) for row in new
    )
    touch(target)
    target.save()
    text = _("%(reference)s was merged into this complaint.") % {"reference": complaint.reference}
    add_entry(target, EntryKind.STEP, f"{text}\n{note}".strip(), by=by, facts={"merged": complaint.reference})
    body = {"merged": complaint.reference, "earlier_receipt": earlier, "version": target.version}
    record(target, "took_in", by=by, body=body)


def _tell_link(complaint: Complaint, other: Complaint, event: str, kind: str, by: User) -> None:
    label = LinkKind(kind).label
    add_entry(complaint, EntryKind.STEP, f"{label}: {other.reference}", by=by, facts={event: other.reference})
    record(complaint, event, by=by, body={"other": other.reference, "kind": str(kind)})
    notice_change(complaint)
