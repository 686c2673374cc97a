"""Stage 7: routing rules, assignments with acceptance and return, assisting units."""

from django.db import models
from django.db.models import Q

from wenguo.accounts.models import Unit, User
from wenguo.complaints.models import Complaint
from wenguo.dispatch.rules import Condition
from wenguo.process.choices import Importance
from wenguo.process.models import Named, TaxonomyNode


class RoutingRule(Named):
    """Suggests lead and assisting units. The first matching rule in order of `position` wins; empty = any."""

    position = models.PositiveIntegerField(default=100)
    product = models.ForeignKey(TaxonomyNode, models.PROTECT, null=True, blank=True, related_name="+")
    issue = models.ForeignKey(TaxonomyNode, models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.ForeignKey(TaxonomyNode, models.PROTECT, null=True, blank=True, related_name="+")
    importance = models.CharField(max_length=20, choices=Importance, blank=True)
    is_urgent = models.BooleanField(null=True, blank=True)
    respondent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    lead_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    assisting_units = models.ManyToManyField(Unit, blank=True, related_name="+")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]

    @property
    def condition(self) -> Condition:
        """What the rule asks, as `rules.fits` compares it; the trees must have been read with it."""
        return Condition(
            product=self.product.path if self.product else "",
            issue=self.issue.path if self.issue else "",
            channel=self.channel.path if self.channel else "",
            respondent=self.respondent.path if self.respondent else "",
            importance=self.importance,
            is_urgent=self.is_urgent,
        )


class Assignment(models.Model):
    """One dispatch of a complaint to a lead unit. `taken_on_at` = the owner accepted; one return with a reason."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="assignments")
    lead_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    rule = models.ForeignKey(RoutingRule, models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    taken_on_at = models.DateTimeField(null=True, blank=True)
    taken_on_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    return_reason = models.TextField(blank=True)
    arbitrated_at = models.DateTimeField(null=True, blank=True)
    arbitrated_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    arbitration = models.TextField(blank=True)
    is_upheld = models.BooleanField(null=True, blank=True)  # the return was right: a mis-dispatch
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint"], condition=Q(is_current=True), name="dispatch_one_current"),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | ~Q(return_reason=""), name="dispatch_return_has_reason"
            ),
        ]
        indexes = [
            models.Index(
                fields=["lead_unit", "assigned_at"],
                name="dispatch_waiting",
                condition=Q(is_current=True, taken_on_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} → {self.lead_unit_id}"

    @property
    def awaits_arbitration(self) -> bool:
        """The unit sent it back and nobody has decided yet."""
        return self.returned_at is not None and self.arbitrated_at is None


class AssistingUnit(models.Model):
    """A unit that helps, with its own part and due date; a hand-off is received, done and answered."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="assisting")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    part = models.CharField(max_length=300)
    due_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    received_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["complaint", "unit"], name="dispatch_assists_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} assists {self.complaint_id}"
