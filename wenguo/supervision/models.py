"""Stage 14 and the mark of 13: inspection plans, seeded samples, findings; oversight orders."""

from django.db import models

from wenguo.accounts.models import Unit, User
from wenguo.complaints.models import Complaint
from wenguo.supervision.choices import ItemFinding, MarkClass, PlanState


class ImprovementMark(models.Model):
    """Stage 13: what the complaint is used for, in one sentence, and who does it."""

    complaint = models.OneToOneField(Complaint, models.CASCADE, related_name="improvement_mark")
    mark_class = models.CharField(max_length=20, choices=MarkClass)
    sentence = models.CharField(max_length=500)
    who = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.sentence[:60]


class InspectionPlan(models.Model):
    """Which complaints are inspected: period, unit, size, and the seed that makes the draw repeatable."""

    title = models.CharField(max_length=200)
    period_from = models.DateField()
    period_to = models.DateField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    sample_size = models.PositiveIntegerField()
    population = models.PositiveIntegerField(default=0)
    seed = models.BigIntegerField()
    checklist = models.JSONField(default=list)  # [{"key", "question_zh", "question_en"}]
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.OPEN)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title


class Inspection(models.Model):
    """One drawn complaint: the checklist's answers, the finding, the verdict."""

    plan = models.ForeignKey(InspectionPlan, models.CASCADE, related_name="inspections")
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="inspections")
    position = models.PositiveIntegerField()
    answers = models.JSONField(default=dict)  # {"key": {"finding": …, "note": …}}
    finding = models.CharField(max_length=12, choices=ItemFinding, default=ItemFinding.OPEN)
    verdict = models.TextField(blank=True)
    inspector = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    inspected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["plan", "complaint"], name="supervision_drawn_once")]

    def __str__(self) -> str:
        return f"{self.plan_id} #{self.position}"

    @property
    def finding_kind(self) -> str:
        """The colour word of the finding."""
        return {"open": "neutral", "conforms": "ok", "minor": "major", "major": "urgent"}[self.finding]


class OversightOrder(models.Model):
    """督办: a manager asks a unit to act by a date; answered by the owner."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="oversight_orders")
    text = models.TextField()
    due_at = models.DateTimeField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.text[:60]
