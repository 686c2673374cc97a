"""What regulators are told: their codes, which of our categories means which, the files that were written."""

from django.db import models
from django.db.models import Q

from wenguo.accounts.models import User
from wenguo.insights.choices.figures import SourceFilter
from wenguo.insights.choices.regulators import FILE_KIND, CodeAxis, FileState, Regime
from wenguo.process.models import Named, TaxonomyNode


class RegulatorCode(Named):
    """A code people added to a regulator's list, or (`is_active` off) took out of the one the product brings."""

    regime = models.CharField(max_length=12, choices=Regime)
    axis = models.CharField(max_length=20, choices=CodeAxis)
    code = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["regime", "axis", "code"]
        constraints = [models.UniqueConstraint(fields=["regime", "axis", "code"], name="insights_regulator_code_once")]


class CodeMapping(models.Model):
    """This category of ours, with all below it that has no mapping of its own, is that code of theirs."""

    regime = models.CharField(max_length=12, choices=Regime)
    axis = models.CharField(max_length=20, choices=CodeAxis)
    node = models.ForeignKey(TaxonomyNode, models.CASCADE, related_name="+")
    code = models.CharField(max_length=120)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["regime", "axis", "node"], name="insights_mapped_once")]

    def __str__(self) -> str:
        return f"{self.regime} {self.axis} {self.node_id} = {self.code}"


class RegulatorFirm(models.Model):
    """What files of a regime say of the firm: {choices.FirmFact: text}."""

    regime = models.CharField(max_length=12, choices=Regime, unique=True)
    facts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.regime


class RegulatorFile(models.Model):
    """One file for one period: asked for, written by the worker's child, checked, declared ready by a person."""

    regime = models.CharField(max_length=12, choices=Regime)
    first = models.DateField()
    last = models.DateField()
    source = models.CharField(max_length=10, choices=SourceFilter, default=SourceFilter.LIVE)
    state = models.CharField(max_length=10, choices=FileState, default=FileState.WAITING)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(null=True, blank=True)
    rows = models.PositiveIntegerField(default=0)
    is_nil = models.BooleanField(default=False)
    path = models.CharField(max_length=200, blank=True)
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    # {axis: {code: rows}}; for a return of counts {"table": [[…]], "outstanding": n, "opened": n}
    figures = models.JSONField(default=dict)
    fault_count = models.PositiveIntegerField(default=0)
    fault_kinds = models.JSONField(default=dict)  # {"kind|what": rows}
    faults = models.JSONField(default=list)  # [[reference, kind, what], …], the first thousand
    error = models.CharField(max_length=300, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    ready_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    statement = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=FileState.READY) | Q(fault_count=0, ready_at__isnull=False, ready_by__isnull=False),
                name="insights_ready_without_faults",
            )
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], name="insights_files_to_write", condition=Q(state__in=["waiting", "working"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.regime} {self.first} {self.state}"

    @property
    def kind(self) -> str:
        """The colour word of its state."""
        return FILE_KIND[FileState(self.state)]

    @property
    def is_pending(self) -> bool:
        return self.state in (FileState.WAITING, FileState.WORKING)

    @property
    def is_checked(self) -> bool:
        return self.state == FileState.CHECKED
