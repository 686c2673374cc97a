"""Reports for a period and a unit: figures out of the sums, words of people, approved by somebody, then frozen."""

from django.db import models
from django.db.models import F, Q

from wenguo.accounts.models import Unit, User
from wenguo.insights.choices.reports import PaperKind, PaperState, ReportKind, ReportState, Section


class Report(models.Model):
    """One report. While it is a draft its figures are read anew each time; approved, `content` keeps them for good."""

    kind = models.CharField(max_length=10, choices=ReportKind)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    first = models.DateField()
    last = models.DateField()
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.DRAFT)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    content = models.JSONField(default=dict)  # {language: [sections]}

    class Meta:
        ordering = ["-last", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "unit", "first", "last"], name="insights_report_once"),
            models.UniqueConstraint(
                fields=["kind", "first", "last"], condition=Q(unit__isnull=True), name="insights_whole_report_once"
            ),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="insights_report_days"),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT) | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="insights_report_approved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first}"

    @property
    def is_draft(self) -> bool:
        return self.state == ReportState.DRAFT

    @property
    def state_kind(self) -> str:
        """The colour word of the state."""
        return "major" if self.is_draft else "ok"


class Commentary(models.Model):
    """What somebody wrote on a section. The newest row holds; the earlier ones are its history."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="commentaries")
    section = models.CharField(max_length=20, choices=Section)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "commentaries"

    def __str__(self) -> str:
        return f"{self.report_id} {self.section}"


class Paper(models.Model):
    """A report as a document in one language, written by the worker's child."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="papers")
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=4, choices=PaperKind)
    state = models.CharField(max_length=10, choices=PaperState, default=PaperState.WAITING)
    is_draft = models.BooleanField(default=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(null=True, blank=True)
    path = models.CharField(max_length=200, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["asked_at"], name="insights_papers_to_write", condition=Q(state=PaperState.WAITING))
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.kind} {self.language}"
