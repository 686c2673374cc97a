"""Stage 8: allegations with findings, causes by 5-Why, evidence, containment, fault attribution."""

from django.db import models

from wenguo.accounts.models import Unit, User
from wenguo.complaints.models import Attachment, Complaint
from wenguo.investigation.choices import CauseKind, Finding, Verdict
from wenguo.process.models import TaxonomyNode


class Allegation(models.Model):
    """One point complained of, and what was found about it."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="allegations")
    position = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()
    finding = models.CharField(max_length=20, choices=Finding, default=Finding.PENDING)
    reasoning = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text[:60]


class Cause(models.Model):
    """A cause found by asking why; it stops at something the company controls."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="causes")
    allegation = models.ForeignKey(Allegation, models.SET_NULL, null=True, blank=True, related_name="causes")
    kind = models.CharField(max_length=20, choices=CauseKind, default=CauseKind.ROOT)
    node = models.ForeignKey(TaxonomyNode, models.PROTECT, related_name="+")
    whys = models.JSONField(default=list)  # the chain of answers, first to last
    statement = models.TextField()
    is_controllable = models.BooleanField(default=True)
    found_at = models.DateTimeField()
    found_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.statement[:60]


class Evidence(models.Model):
    """A file or a statement in the register, with the hash of its content when it was added."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="evidence")
    allegation = models.ForeignKey(Allegation, models.SET_NULL, null=True, blank=True, related_name="evidence")
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="+")
    description = models.CharField(max_length=300)
    origin = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return self.description


class Containment(models.Model):
    """What was done at once so that it gets no worse."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="containments")
    action = models.CharField(max_length=300)
    is_needed = models.BooleanField(default=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.action


class FaultAttribution(models.Model):
    """Whose fault it was: apart from who handles, after the cause, appealable."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="attributions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=20, choices=Verdict)
    reasoning = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    appealed_at = models.DateTimeField(null=True, blank=True)
    appealed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    appeal = models.TextField(blank=True)
    appeal_decided_at = models.DateTimeField(null=True, blank=True)
    appeal_decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    appeal_upheld = models.BooleanField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.unit_id} {self.verdict}"
