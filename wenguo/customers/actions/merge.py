"""Two records of one customer become one. Rows never move: the source points to its target, queries read the family."""

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.audit.actions import record
from wenguo.customers.access import check_may_change, check_not_forgotten, check_not_merged
from wenguo.customers.actions.guard import checked_text, touch
from wenguo.customers.models import Customer
from wenguo.lib.errors import Refused


@transaction.atomic
def merge_customers(source: Customer, target: Customer, *, by: User, reason: str) -> Customer:
    """From now on `source` is shown and found as `target`."""
    if source.pk == target.pk:
        raise Refused(_("This is the same customer. Choose another one."), field="target")
    rows = {
        row.pk: row for row in Customer.objects.select_for_update().filter(pk__in=[source.pk, target.pk]).order_by("pk")
    }
    source, target = rows[source.pk], rows[target.pk]
    check_may_change(by)
    check_not_merged(source)
    check_not_merged(target)
    for one in (source, target):
        check_not_forgotten(one)
    reason = checked_text(reason, "reason", 300)
    if not reason:
        raise Refused(_("Say why you are sure that they are one."), field="reason")
    source.merged_into, source.merge_reason = target, reason
    source.save(update_fields=["merged_into", "merge_reason"])
    Customer.objects.filter(merged_into=source).update(merged_into=target)
    touch(source)
    touch(target)
    record(source, "merged_into", by=by, body={"target": target.pk})
    record(target, "took_in", by=by, body={"source": source.pk})
    return target
