"""Who complains, as the complaint page shows it: masked by what the viewer may see."""

from dataclasses import dataclass

from wenguo.accounts.access import grants_of
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.customers.choices import ContactKind
from wenguo.customers.models import Consent, ContactPoint, Customer, Holding
from wenguo.customers.queries import family
from wenguo.lib.masking import mask_address, mask_email, mask_id, mask_name, mask_phone

EARLIER_SHOWN = 5
OF_CUSTOMER_SHOWN = 30
_MASKS = {
    ContactKind.PHONE: mask_phone,
    ContactKind.EMAIL: mask_email,
    ContactKind.ADDRESS: mask_address,
    ContactKind.ID_NUMBER: mask_id,
    ContactKind.WECHAT: mask_name,
}


@dataclass(frozen=True)
class Complainant:
    """A customer with everything personal masked; the whole is shown only by a recorded reveal."""

    customer: Customer
    name: str
    contacts: list[tuple[str, str]]
    holdings: list[Holding]
    consents: list[Consent]


def is_hidden_from(user: User, complaint: Complaint) -> bool:
    """Who complains confidentially is known only to those whose permission reaches the whole company."""
    return complaint.is_confidential and not grants_of(user).everywhere(Permission.REVEAL)


def complainant_of(user: User, complaint: Complaint) -> Complainant | None:
    """None for an anonymous complaint, and for a confidential one outside the service centre."""
    customer = complaint.customer
    if customer is None or is_hidden_from(user, complaint):
        return None
    points = ContactPoint.objects.filter(customer=customer).order_by("-is_primary", "id")
    contacts = [(str(point.get_kind_display()), _MASKS[ContactKind(point.kind)](point.value)) for point in points]
    holdings = list(Holding.objects.filter(customer=customer).select_related("product", "dealer").order_by("-id")[:3])
    newest: dict[str, Consent] = {}
    for consent in Consent.objects.filter(customer=customer).order_by("at", "id"):
        newest[consent.purpose] = consent
    return Complainant(customer, mask_name(customer.full_name), contacts, holdings, list(newest.values()))


def earlier_complaints(user: User, complaint: Complaint) -> list[Complaint]:
    """The same customer's other complaints the viewer may see, newest first."""
    if complaint.customer_id is None or is_hidden_from(user, complaint):
        return []
    rows = Complaint.objects.visible_to(user).filter(customer=complaint.customer_id).exclude(pk=complaint.pk)
    return list(rows.order_by("-received_at", "-id")[:EARLIER_SHOWN])


def complaints_of(user: User, customer: Customer) -> list[Complaint]:
    """What this customer, and whoever was merged into them, complained of, as far as the viewer may know it is them."""
    rows = Complaint.objects.visible_to(user).filter(customer__in=family(customer))
    if not grants_of(user).everywhere(Permission.REVEAL):
        rows = rows.filter(is_confidential=False)
    return list(rows.select_related("issue").order_by("-received_at", "-id")[:OF_CUSTOMER_SHOWN])
