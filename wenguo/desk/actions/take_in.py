"""A complaint taken in by hand: customer, contact, complaint and files in one transaction."""

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.access import check_permission
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.complaints.actions import Submission, accept_complaint, add_file, submit_complaint
from wenguo.complaints.choices import Visibility
from wenguo.complaints.models import Complaint
from wenguo.customers.actions import find_or_create_customer, log_interaction
from wenguo.customers.choices import CustomerKind, Direction
from wenguo.customers.models import Customer
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.outbox.actions import answer_once
from wenguo.process.models import TaxonomyNode


def take_in_once(once: str, *, by: User, **given: Any) -> str:
    """Takes a complaint in and gives its reference. The same form sent twice (`once` is its mark) is one complaint."""
    return str(answer_once(f"take-in {by.pk}", once, once, lambda: take_in_by_hand(by=by, **given).reference).body)


@transaction.atomic
def take_in_by_hand(
    *,
    by: User,
    channel: TaxonomyNode,
    words: str,
    customer: int | None = None,
    phone: str = "",
    name: str = "",
    kind: str = CustomerKind.PERSON,
    email: str = "",
    is_anonymous: bool = False,
    attachments: Sequence[UploadedFile] = (),
    accept_now: bool = False,
    **given: Any,
) -> Complaint:
    """Customer, contact, complaint and files in one transaction: all of it or nothing."""
    check_permission(by, Permission.TAKE_IN)
    who = None if is_anonymous else _customer(by, customer, name=name, phone=phone, email=email, kind=kind)
    received_at = given.pop("received_at", None) or now()
    contact = log_interaction(who, direction=Direction.IN, channel=channel, summary=words[:200], by=by, at=received_at)
    language = who.language if who else by.language
    submission = Submission(
        words=words,
        channel=channel,
        customer=who,
        interaction=contact,
        is_anonymous=is_anonymous,
        received_at=received_at,
        language=language,
        **given,
    )
    complaint = submit_complaint(submission, by=by)
    for file in attachments:
        add_file(complaint, by=by, name=file.name or "", content=file, visibility=Visibility.PUBLIC)
    return accept_complaint(complaint, by=by) if accept_now else complaint


def _customer(by: User, pk: int | None, *, name: str, phone: str, email: str, kind: str) -> Customer:
    if pk:
        found = Customer.objects.filter(pk=pk, merged_into__isnull=True).first()
        if found is None:
            raise Refused(_("This customer does not exist any more. Search again."), field="phone")
        return found
    return find_or_create_customer(name=name, phone=phone, email=email, kind=kind, by=by)
