"""The process standard as versioned data, and the authority matrix."""

from django.db import models
from django.db.models import Q

from wenguo.accounts.choices import Role
from wenguo.process.choices import Importance, LimitUnit, Stage, StandardState
from wenguo.process.models.calendars import Calendar
from wenguo.process.models.named import Named, language_suffix


class Standard(Named):
    """One version of the process standard. A complaint keeps the version it started with."""

    pack = models.CharField(max_length=40, default="product-company")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=StandardState, default=StandardState.DRAFT)
    calendar = models.ForeignKey(Calendar, models.PROTECT)
    note = models.TextField(blank=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=200)
    activated_at = models.DateTimeField(null=True, blank=True)
    # counts the changes of a draft: who has it open is told of what changed meanwhile
    edition = models.PositiveIntegerField(default=1)
    # chance (0–100) that an ordinary complaint is drawn for a call-back; major and complex always are
    call_back_percent = models.PositiveSmallIntegerField(default=30)
    urgent_first_answer_hours = models.PositiveSmallIntegerField(default=2)
    urgent_solved_hours = models.PositiveSmallIntegerField(default=24)
    silence_working_days = models.PositiveSmallIntegerField(default=5)
    reply_needs_review = models.BooleanField(default=True)
    # whole complaint, receipt to handled, in working days by importance
    whole_ordinary = models.PositiveSmallIntegerField(default=7)
    whole_major = models.PositiveSmallIntegerField(default=10)
    whole_complex = models.PositiveSmallIntegerField(default=15)

    class Meta:
        ordering = ["pack", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["pack", "version"], name="process_version_once"),
            models.UniqueConstraint(
                fields=["pack"], condition=Q(state=StandardState.ACTIVE), name="process_one_active_standard"
            ),
        ]

    @property
    def is_draft(self) -> bool:
        return self.state == StandardState.DRAFT

    @property
    def author(self) -> str:
        """The user name of `user:1 ada`."""
        return self.created_by.rpartition(" ")[2]

    def whole_limit(self, importance: str) -> int:
        """Working days from receipt to handled; unknown importance counts as ordinary."""
        by_importance = {Importance.MAJOR.value: self.whole_major, Importance.COMPLEX.value: self.whole_complex}
        return by_importance.get(importance, self.whole_ordinary)


class StageRule(Named):
    """What the standard says of one stage: owner, inputs, outputs, procedure, limit by importance, form."""

    standard = models.ForeignKey(Standard, models.CASCADE, related_name="stages")
    stage = models.CharField(max_length=20, choices=Stage)
    edition = models.PositiveIntegerField(default=1)
    owner_role = models.CharField(max_length=20, choices=Role)
    inputs_zh = models.TextField(blank=True)
    inputs_en = models.TextField(blank=True)
    outputs_zh = models.TextField(blank=True)
    outputs_en = models.TextField(blank=True)
    procedure_zh = models.TextField(blank=True)
    procedure_en = models.TextField(blank=True)
    # by importance; empty = no limit at this stage
    limit_ordinary = models.PositiveSmallIntegerField(null=True, blank=True)
    limit_major = models.PositiveSmallIntegerField(null=True, blank=True)
    limit_complex = models.PositiveSmallIntegerField(null=True, blank=True)
    limit_unit = models.CharField(max_length=20, choices=LimitUnit, default=LimitUnit.WORKING_DAY)
    limit_from_receipt = models.BooleanField(default=False)
    quality_target_zh = models.CharField(max_length=200, blank=True)
    quality_target_en = models.CharField(max_length=200, blank=True)
    # what the stage's form must have filled: [{"key", "label_zh", "label_en", "required"}]
    form = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["standard", "stage"], name="process_stage_once")]

    def limit(self, importance: str) -> int | None:
        """The number of `limit_unit` for this importance; unknown importance counts as ordinary."""
        by_importance = {Importance.MAJOR: self.limit_major, Importance.COMPLEX: self.limit_complex}
        return by_importance.get(Importance(importance or Importance.ORDINARY), self.limit_ordinary)

    @property
    def inputs(self) -> str:
        return self._in_language("inputs")

    @property
    def outputs(self) -> str:
        return self._in_language("outputs")

    @property
    def procedure(self) -> str:
        return self._in_language("procedure")

    @property
    def quality_target(self) -> str:
        return self._in_language("quality_target")

    @property
    def number(self) -> int:
        return Stage(self.stage).number

    def _in_language(self, field: str) -> str:
        return str(getattr(self, f"{field}_{language_suffix()}"))


class AuthorityLimit(models.Model):
    """Up to which amount a role may approve a remedy; above every row nobody may alone."""

    role = models.CharField(max_length=20, choices=Role, unique=True)
    max_amount = models.DecimalField(max_digits=12, decimal_places=2)
    needs_second = models.BooleanField(default=False)

    class Meta:
        ordering = ["max_amount"]

    def __str__(self) -> str:
        return f"{self.role} ≤ {self.max_amount}"
