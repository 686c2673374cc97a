"""Questions put to the lake itself: a page leaves the row, the worker's child answers it."""

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from wenguo.accounts.models import User


class AskedState(TextChoices):
    WAITING = "waiting", _("Waiting")
    WORKING = "working", _("Working")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class AdHocQuery(models.Model):
    """A drill-down: metric or facts, filters, group by; progress while it runs, rows when it is done."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    asked = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=AskedState, default=AskedState.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)  # percent
    error = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    columns = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    is_cut = models.BooleanField(default=False)  # there were more rows than are kept
    engine_ms = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "-asked_at"], name="insights_asked_of"),
            models.Index(
                fields=["asked_at"], name="insights_asked_open", condition=Q(state__in=["waiting", "working"])
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.pk} {self.state}"
