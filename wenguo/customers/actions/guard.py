"""What the actions share: the lock with its version check, contact points from what was typed, the tokens."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry
from wenguo.customers.access import check_not_forgotten, check_not_merged
from wenguo.customers.choices import ContactKind
from wenguo.customers.models import BlindToken, Customer
from wenguo.customers.rules import Token, customer_tokens, normalise_contact
from wenguo.lib.errors import Changed, Refused
from wenguo.lib.fields import blind

LONGEST_NAME = 200
# the events that raise the version, in words
EVENTS = {
    "changed": gettext_lazy("changed"),
    "completed": gettext_lazy("added contact points"),
    "contact_point_added": gettext_lazy("added a contact point"),
    "contact_point_changed": gettext_lazy("changed a contact point"),
    "contact_point_removed": gettext_lazy("removed a contact point"),
    "holding_added": gettext_lazy("added a product"),
    "holding_changed": gettext_lazy("changed a product"),
    "holding_removed": gettext_lazy("removed a product"),
    "took_in": gettext_lazy("merged another record into this one"),
}
FIELDS = {
    "full_name": gettext_lazy("Name"),
    "contact_person": gettext_lazy("Contact person"),
    "kind": gettext_lazy("Kind"),
    "value_tier": gettext_lazy("Value"),
    "is_vulnerable": gettext_lazy("Vulnerable customer"),
    "language": gettext_lazy("Language"),
    "note": gettext_lazy("Note"),
}


def lock_customer(customer: Customer, version: int | None = None) -> Customer:
    """Reads the row again under a lock. `version` is what the person saw; a newer one is refused."""
    locked = Customer.objects.select_for_update().get(pk=customer.pk)
    check_not_merged(locked)
    check_not_forgotten(locked)
    if version is not None and version != locked.version:
        told = _("Somebody else changed this customer while you had the form open.")
        raise Changed(told, changes_since(locked, version), locked.version)
    return locked


def changes_since(customer: Customer, version: int) -> list[str]:
    """What was done since the version the person saw, newest first: who, what, when. Never the values."""
    entries = AuditEntry.objects.filter(chain=customer.audit_chain, event__in=EVENTS).order_by("-seq")
    missed = list(entries[: max(customer.version - version, 1)])
    people = User.objects.filter(username__in=[entry.actor.partition(" ")[2] for entry in missed])
    names = {person.audit_name: person.name for person in people}
    return [f"{names.get(entry.actor, entry.actor)} · {_what(entry)} · {localtime(entry.at):%H:%M}" for entry in missed]


def _what(entry: AuditEntry) -> str:
    fields = "、".join(str(FIELDS.get(name, name)) for name in entry.body.get("fields", []))
    return f"{EVENTS[entry.event]}{fields and ': '}{fields}"


def touch(customer: Customer) -> None:
    customer.version += 1
    customer.save(update_fields=["version"])


def checked_text(text: str, field: str, limit: int = 5000) -> str:
    """Text without spaces at its ends; null bytes cannot be stored."""
    if "\0" in text:
        raise Refused(_("The text contains a character that cannot be kept (null byte). Remove it."), field=field)
    if len(text) > limit:
        raise Refused(_("The text is too long: at most %(limit)d characters.") % {"limit": limit}, field=field)
    return text.strip()


def checked_language(code: str) -> str:
    if code not in dict(settings.LANGUAGES):
        known = ", ".join(known for known, _name in settings.LANGUAGES)
        raise Refused(_("Choose one of these languages: %(known)s.") % {"known": known}, field="language")
    return code


def checked_name(name: str) -> str:
    text = " ".join(checked_text(name, "name").split())
    if len(text) > LONGEST_NAME:
        raise Refused(_("The name is too long: at most %(limit)d characters.") % {"limit": LONGEST_NAME}, field="name")
    return text


def checked_contact(kind: str, typed: str, field: str = "value") -> str:
    """The normalised contact point, or a sentence that says what to do."""
    value = normalise_contact(kind, checked_text(typed, field))
    if value is not None:
        return value
    sentences = {
        ContactKind.PHONE: _(
            "This phone number is not complete. Give it with its area code, for example 021-62345678."
        ),
        ContactKind.EMAIL: _("This is not an e-mail address. It looks like name@example.com."),
        ContactKind.ID_NUMBER: _("This ID number is too short. Check it."),
    }
    raise Refused(sentences.get(ContactKind(kind), _("Fill in this field, with at most 300 characters.")), field=field)


def blind_contact(kind: str, value: str) -> str:
    return blind(f"contact:{kind}", value)


def blinded(tokens: Iterable[Token]) -> set[tuple[str, str]]:
    """(kind, token) rows of what a customer is found by."""
    return {(kind, blind(kind, value)) for kind, value in tokens}


def index_customer(customer: Customer) -> None:
    """Brings the blind tokens in line with the names, contact points and holdings."""
    contacts = [(point.kind, point.value) for point in customer.contact_points.all()]
    serials = [holding.serial for holding in customer.holdings.all()]
    wanted = blinded(customer_tokens([customer.full_name, customer.contact_person], contacts, serials))
    present = {(row.kind, row.token): row for row in BlindToken.objects.filter(customer=customer)}
    gone = [row.pk for key, row in present.items() if key not in wanted]
    BlindToken.objects.filter(pk__in=gone).delete()
    BlindToken.objects.bulk_create(
        BlindToken(customer=customer, kind=kind, token=token) for kind, token in sorted(wanted - present.keys())
    )
