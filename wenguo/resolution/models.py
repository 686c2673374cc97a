"""Stages 9–11: options with amounts and dates, approvals, remedies and their performance, replies."""

from django.db import models
from django.db.models import Q

from wenguo.accounts.choices import Role
from wenguo.accounts.models import User
from wenguo.complaints.models import Attachment, Complaint
from wenguo.process.models import TaxonomyNode
from wenguo.resolution.choices import Decision, PaymentKind, ProposalState, ReplyKind, ReplyState


class Proposal(models.Model):
    """One option: at least two are weighed, never below what the law gives."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="proposals")
    round = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=200)
    remedy = models.ForeignKey(TaxonomyNode, models.PROTECT, related_name="+")
    description = models.TextField(blank=True)
    payment = models.CharField(max_length=20, choices=PaymentKind, default=PaymentKind.NONE)
    amount = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    promised_on = models.DateField()
    is_below_law = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=ProposalState, default=ProposalState.DRAFT)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "round"], condition=Q(state=ProposalState.CHOSEN), name="resolution_one_chosen"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="resolution_amount_not_negative"),
        ]

    def __str__(self) -> str:
        return self.title


class Approval(models.Model):
    """One signature the authority matrix asks for."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="approvals")
    role = models.CharField(max_length=20, choices=Role)
    decision = models.CharField(max_length=12, choices=Decision, blank=True)
    note = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["role", "asked_at"], name="resolution_approvals", condition=Q(decision=""))]

    def __str__(self) -> str:
        return f"{self.role} {self.decision}"


class Remedy(models.Model):
    """What was promised and whether it was done: what, amount, promised date, done date, proof."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="remedies")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="remedies")
    what = models.CharField(max_length=300)
    amount = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    promised_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    proof = models.CharField(max_length=300, blank=True)
    proof_file = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return self.what


class Reply(models.Model):
    """What the complainant is told: drafted, reviewed, sent; accepted or refused."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="replies")
    kind = models.CharField(max_length=20, choices=ReplyKind, default=ReplyKind.REPLY)
    round = models.PositiveSmallIntegerField(default=1)
    body = models.TextField()
    state = models.CharField(max_length=12, choices=ReplyState, default=ReplyState.DRAFT)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    review_note = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    message_id = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_reason = models.TextField(blank=True)
    answered_through = models.CharField(max_length=20, blank=True)  # portal, phone …

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "replies"
        constraints = [
            models.CheckConstraint(
                condition=~Q(reviewed_by=models.F("drafted_by")), name="resolution_reply_reviewed_by_other"
            )
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.kind} {self.state}"
