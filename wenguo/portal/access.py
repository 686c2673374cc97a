"""Who may see held posts; and which complaint a visitor without an account has proved to be theirs."""

from collections.abc import Collection

from wenguo.accounts.access import check_permission
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.complaints.queries import complaint_of_token
from wenguo.lib.refs import parse_reference
from wenguo.portal.models import HeldPost

RELATED = ("customer", "standard", "owner__unit", "lead_unit", "receiving_unit", "merged_into", "product")


def check_sees_held(user: User) -> None:
    check_permission(user, Permission.TAKE_IN)


def get_held_for(user: User, pk: int) -> HeldPost:
    check_sees_held(user)
    return HeldPost.objects.select_related("complaint", "decided_by").get(pk=pk)


def get_complaint_of(key: str, proved: Collection[str]) -> Complaint | None:
    """The complaint behind a secret link, or behind a reference proved in this session; None for anything else."""
    typed, dot, _mac = key.partition(".")
    reference = parse_reference(typed)
    if reference is None or not key.isascii():
        return None
    opened = reference == typed and complaint_of_token(key) is not None if dot else reference in proved
    return Complaint.objects.select_related(*RELATED).filter(reference=reference).first() if opened else None
