"""People and firms, how to reach them, what they own, what they agreed to, every contact with them.

Names, phones, addresses and ids are encrypted; `BlindToken` rows make them findable (an ADR says what leaks).
"""

from django.db import models
from django.db.models import Q

from wenguo.accounts.models import Unit, User
from wenguo.audit.models import Audited
from wenguo.customers.choices import (
    ContactKind,
    CustomerKind,
    Direction,
    ErasureGround,
    ErasureState,
    Purpose,
    ValueTier,
)
from wenguo.lib.fields import EncryptedTextField
from wenguo.process.models import TaxonomyNode


class Customer(Audited):
    """A person or an organisation that talks with us."""

    kind = models.CharField(max_length=20, choices=CustomerKind, default=CustomerKind.PERSON)
    full_name = EncryptedTextField(blank=True)
    value_tier = models.CharField(max_length=20, choices=ValueTier, default=ValueTier.ORDINARY)
    is_vulnerable = models.BooleanField(default=False)
    language = models.CharField(max_length=10, default="zh-hans")
    contact_person = EncryptedTextField(blank=True)
    note = models.TextField(blank=True)
    created_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    merge_reason = models.CharField(max_length=300, blank=True)
    held_reason = models.CharField(max_length=300, blank=True)  # a lawsuit, an authority: nothing may be erased
    forgotten_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["-created_at", "-id"], name="customers_newest")]

    def __str__(self) -> str:
        return f"customer {self.pk}"

    @property
    def audit_chain(self) -> str:
        return f"customer:{self.pk}"


class ContactPoint(models.Model):
    """One way to reach a customer, normalised, so that a number typed any way finds its owner."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=20, choices=ContactKind)
    value = EncryptedTextField()
    blind = models.CharField(max_length=32)
    label = models.CharField(max_length=60, blank=True)
    is_primary = models.BooleanField(default=False)
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "kind", "blind"], name="customers_contact_once")]
        indexes = [models.Index(fields=["kind", "blind"], name="customers_contact_lookup")]

    def __str__(self) -> str:
        return f"{self.kind} of customer {self.customer_id}"


class BlindToken(models.Model):
    """A keyed hash of something searched for: a name's character, a number's last four, a VIN."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="tokens")
    kind = models.CharField(max_length=20)
    token = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "kind", "token"], name="customers_token_once")]
        indexes = [models.Index(fields=["token", "customer"], name="customers_token_lookup")]

    def __str__(self) -> str:
        return self.kind


class Holding(models.Model):
    """What a customer owns: product, serial or VIN, bought on, dealer."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="holdings")
    product = models.ForeignKey(TaxonomyNode, models.PROTECT, null=True, blank=True, related_name="+")
    description = models.CharField(max_length=200, blank=True)
    serial = EncryptedTextField(blank=True)
    serial_blind = models.CharField(max_length=32, blank=True, db_index=True)
    bought_on = models.DateField(null=True, blank=True)
    dealer = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    mileage_km = models.PositiveIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return self.description or f"holding {self.pk}"


class Interaction(models.Model):
    """One contact in or out, on any channel; may become a complaint."""

    customer = models.ForeignKey(Customer, models.PROTECT, null=True, blank=True, related_name="interactions")
    direction = models.CharField(max_length=4, choices=Direction)
    channel = models.ForeignKey(TaxonomyNode, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    summary = models.TextField(blank=True)
    about = models.CharField(max_length=100, blank=True)
    duration_s = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["customer", "-at"], name="customers_contact_log"),
            models.Index(fields=["about", "-at"], name="customers_contacts_about", condition=~Q(about="")),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.at:%Y-%m-%d %H:%M}"


class Consent(models.Model):
    """One decision about one purpose. The newest row per purpose holds; older ones are its history."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    is_given = models.BooleanField()
    source = models.CharField(max_length=100)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["customer", "purpose", "-at"], name="customers_consent_newest")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.is_given}"


class Erasure(models.Model):
    """Somebody asked to erase a customer's data: what would go, then what went. The worker does both, from above."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="erasures")
    ground = models.CharField(max_length=20, choices=ErasureGround)
    state = models.CharField(max_length=12, choices=ErasureState, default=ErasureState.CHECKING)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    gone = models.JSONField(default=dict)  # {choices.Erased: how many}
    refusals = models.JSONField(default=list)  # sentences
    files = models.JSONField(default=list)  # contents still to be removed from the store

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer"],
                condition=Q(state__in=["checking", "ready", "confirmed"]),
                name="customers_one_open_erasure",
            )
        ]
        indexes = [
            models.Index(
                fields=["state", "id"], name="customers_to_erase", condition=Q(state__in=["checking", "confirmed"])
            )
        ]

    def __str__(self) -> str:
        return f"erasure of customer {self.customer_id}: {self.state}"
