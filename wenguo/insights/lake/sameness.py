"""What a complaint's customer did before and after it: the same issue again, any contact since.

A change of one complaint changes what this says of its neighbours: `actions.fold` looks at them again with it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max, Q

from wenguo.complaints.models import Complaint
from wenguo.customers.choices import ValueTier
from wenguo.customers.models import Customer, Interaction
from wenguo.insights.lake.schema import Row
from wenguo.insights.lake.times import utc


def families_of(customers: Iterable[int]) -> dict[int, int]:
    """Each record of the families these belong to → the record they were merged into (or itself)."""
    heads = {merged or pk for pk, merged in Customer.objects.filter(pk__in=customers).values_list("pk", "merged_into")}
    rows = Customer.objects.filter(Q(pk__in=heads) | Q(merged_into__in=heads)).values_list("pk", "merged_into")
    return {pk: merged or pk for pk, merged in rows}


@dataclass
class Sameness:
    """Complaints by (customer, issue), in order of receipt; tier and last contact by customer."""

    heads: dict[int, int] = field(default_factory=dict)
    same: dict[tuple[int, int], list[tuple[datetime, int]]] = field(default_factory=lambda: defaultdict(list))
    key_customers: frozenset[int] = frozenset()
    last_contact: dict[int, datetime] = field(default_factory=dict)

    @classmethod
    def around(cls, customers: Iterable[int]) -> "Sameness":
        found = cls(heads=families_of(customers))
        rows = Complaint.objects.filter(customer__in=found.heads, issue__isnull=False, merged_into__isnull=True)
        for pk, customer, issue, received in rows.values_list("pk", "customer_id", "issue_id", "received_at"):
            found.same[found.heads[customer], issue].append((received, pk))
        for one in found.same.values():
            one.sort()
        heads = set(found.heads.values())
        tiers = Customer.objects.filter(pk__in=heads, value_tier=ValueTier.KEY)
        found.key_customers = frozenset(tiers.values_list("pk", flat=True))
        talks = (
            Interaction.objects.filter(customer__in=found.heads).order_by().values_list("customer").annotate(Max("at"))
        )
        for customer, last in talks:
            head = found.heads[customer]
            found.last_contact[head] = max(last, found.last_contact.get(head, last))
        return found

    def of(
        self, key: int, customer: int | None, issue: int | None, received_at: datetime, ended_at: datetime | None
    ) -> Row:
        """The columns of the complaint fact that come from its neighbours."""
        head = self.heads.get(customer) if customer else None
        if head is None:
            return {"customer": None, "is_key_customer": False}
        others = [at for at, pk in self.same.get((head, issue or 0), []) if pk != key]
        since = ended_at or received_at
        return {
            "customer": head,
            "is_key_customer": head in self.key_customers,
            "last_contact_at": utc(self.last_contact.get(head)),
            "previous_same_at": utc(max((at for at in others if at < received_at), default=None)),
            "next_same_at": utc(min((at for at in others if at > since), default=None)),
        }
