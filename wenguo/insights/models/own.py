"""Metrics a company defines itself, by form."""

from django.core.validators import RegexValidator
from django.db import models

from wenguo.accounts.models import User
from wenguo.insights.choices import Better, Judged
from wenguo.process.models import Named


class OwnMetric(Named):
    """A metric as data: base fact, day, filters, what counts as met. `rules.own` reads `definition`; no code."""

    code = models.CharField(max_length=30, unique=True, validators=[RegexValidator(r"^[a-z][a-z0-9_]*$")])
    definition = models.JSONField(default=dict)
    version = models.PositiveSmallIntegerField(default=1)
    judged = models.CharField(max_length=10, choices=Judged, default=Judged.NOT)
    better = models.CharField(max_length=10, choices=Better, default=Better.NEITHER)
    target = models.FloatField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="insights_own_metric_once")]

    @property
    def key(self) -> str:
        """The name its sums are kept under."""
        return f"own.{self.code}"
