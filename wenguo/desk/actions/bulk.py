"""One verb on many complaints: each in its own transaction with the same checks as alone; refusals say why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wenguo.accounts.access import check_permission
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Unit, User
from wenguo.complaints.actions import close_complaint
from wenguo.complaints.models import Complaint
from wenguo.dispatch.actions import assign_complaint
from wenguo.lib.errors import Changed, NotAllowed, Refused

MOST_AT_ONCE = 500


@dataclass(frozen=True)
class BulkResult:
    """What became of one complaint; `problem` empty means it worked."""

    complaint: Complaint
    problem: str


def assign_many(ids: Sequence[int], *, by: User, lead_unit: Unit, note: str = "") -> list[BulkResult]:
    """Assigns each to the unit."""
    return _each(ids, by, lambda one: assign_complaint(one, by=by, lead_unit=lead_unit, note=note))


def close_many(ids: Sequence[int], *, by: User, note: str = "") -> list[BulkResult]:
    """Closes each; a complaint without its call-back or remedy stays open and says so."""
    return _each(ids, by, lambda one: close_complaint(one, by=by, note=note))


def _each(ids: Sequence[int], by: User, perform: Callable[[Complaint], object]) -> list[BulkResult]:
    check_permission(by, Permission.BULK)
    rows = Complaint.objects.visible_to(by).filter(pk__in=list(ids)[:MOST_AT_ONCE]).order_by("id")
    return [BulkResult(one, _problem(one, perform)) for one in rows]


def _problem(complaint: Complaint, perform: Callable[[Complaint], object]) -> str:
    try:
        perform(complaint)
    except (NotAllowed, Refused, Changed) as no:
        return no.sentence
    return ""
