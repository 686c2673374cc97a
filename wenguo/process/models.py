"""The process standard as versioned data, calendars, clock rules, taxonomies and the authority matrix."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, gettext

from wenguo.accounts.choices import Role
from wenguo.process.choices import (
    Confidence,
    DayKind,
    DutyHolder,
    Importance,
    LimitUnit,
    Roll,
    Stage,
    StandardState,
    TreeKind,
)


def language_suffix() -> str:
    """Which of the two fields to show: `zh` unless the active language is English."""
    return "en" if (get_language() or "").startswith("en") else "zh"


class Named(models.Model):
    """Data that has its name in both languages."""

    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if language_suffix() == "en" else self.name_zh


def new_stamp() -> str:
    """Differs after every change: what is computed from a calendar is kept under it."""
    return uuid.uuid4().hex


class Calendar(Named):
    """When people work: several windows a day, holidays and make-up days, in one time zone."""

    code = models.CharField(max_length=40, unique=True)
    time_zone = models.CharField(max_length=40, default="Asia/Shanghai")
    country = models.CharField(max_length=2, default="CN")
    # {"0": [["08:30", "12:00"], ["13:00", "17:30"]], …} Monday is 0
    windows = models.JSONField(default=dict)
    published_through = models.PositiveSmallIntegerField(null=True, blank=True)
    is_default = models.BooleanField(default=False)
    stamp = models.CharField(max_length=32, default=new_stamp, editable=False)

    class Meta:
        ordering = ["-is_default", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="process_one_default_calendar"
            )
        ]


class CalendarDay(models.Model):
    """A day that differs from its weekday: a holiday, or a make-up working day."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="days")
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=DayKind)
    name = models.CharField(max_length=60, blank=True)
    windows = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["calendar", "day"], name="process_day_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"

    @property
    def shown_name(self) -> str:
        """Published holidays are kept in English and shown in the reader's language; what people typed stays."""
        return gettext(self.name) if self.name else ""


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


class ClockRuleQuerySet(models.QuerySet["ClockRule"]):
    def in_force(self, on: date) -> "ClockRuleQuerySet":
        """Switched on and effective on that day; several versions of a code may be."""
        return self.filter(
            Q(effective_from__isnull=True) | Q(effective_from__lte=on),
            Q(effective_to__isnull=True) | Q(effective_to__gte=on),
            is_active=True,
        )


class ClockRule(Named):
    """One promise as effective-dated data (design: clocks.md). `code` + `version` name it for good."""

    code = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    jurisdiction = models.CharField(max_length=10, default="CN")
    regime = models.CharField(max_length=100, blank=True)
    duty_holder = models.CharField(max_length=20, choices=DutyHolder, default=DutyHolder.COMPANY)
    effective_from = models.DateField(null=True, blank=True)
    effective_to = models.DateField(null=True, blank=True)
    applies_when = models.JSONField(default=dict, blank=True)
    start_event = models.CharField(max_length=40)
    stop_event = models.CharField(max_length=40)
    first_day_excluded = models.BooleanField(default=True)
    limit = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=20, choices=LimitUnit)
    roll = models.CharField(max_length=20, choices=Roll, default=Roll.NONE)
    # empty = the calendar of the complaint's standard
    calendar = models.ForeignKey(Calendar, models.PROTECT, null=True, blank=True)
    stop_evidence = models.CharField(max_length=200, blank=True)
    pause_reasons = models.JSONField(default=list, blank=True)
    pause_needs_notice = models.BooleanField(default=False)
    # [{"add": 30, "unit": "calendar_day", "approver_role": "manager", "notice_required": true, "max": 1}]
    extensions = models.JSONField(default=list, blank=True)
    restart_events = models.JSONField(default=list, blank=True)
    warn_at = models.JSONField(default=list, blank=True)
    consequence_zh = models.CharField(max_length=300, blank=True)
    consequence_en = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300, blank=True)
    confidence = models.CharField(max_length=20, choices=Confidence, default=Confidence.FULL_TEXT)
    is_active = models.BooleanField(default=True)

    objects = ClockRuleQuerySet.as_manager()

    class Meta:
        ordering = ["code", "-version"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="process_clock_rule_once")]

    @property
    def consequence(self) -> str:
        return self.consequence_en if language_suffix() == "en" else self.consequence_zh

    @property
    def is_informational(self) -> bool:
        """An agency's duty is shown, and stays outside our figures."""
        return self.duty_holder == DutyHolder.AGENCY


class NodeQuerySet(models.QuerySet["TaxonomyNode"]):
    def of(self, tree: str) -> "NodeQuerySet":
        return self.filter(tree=tree)

    def active(self) -> "NodeQuerySet":
        return self.filter(is_active=True)

    def under(self, node: "TaxonomyNode") -> "NodeQuerySet":
        return self.filter(tree=node.tree, path__startswith=node.path)


class TaxonomyNode(Named):
    """A place in one of the trees. `path` is the codes from the root: `/drivetrain/gearbox/`."""

    tree = models.CharField(max_length=20, choices=TreeKind)
    code = models.CharField(max_length=80)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=400)
    position = models.PositiveSmallIntegerField(default=0)  # among its siblings
    is_active = models.BooleanField(default=True)
    # what a tree's nodes need beside a name: {"routes_zh": …} of a decline reason, {"type": "②"} of a channel
    extra = models.JSONField(default=dict, blank=True)

    objects = NodeQuerySet.as_manager()

    class Meta:
        ordering = ["tree", "path"]
        constraints = [models.UniqueConstraint(fields=["tree", "code"], name="process_code_once_per_tree")]
        indexes = [models.Index(fields=["tree", "path"], name="process_subtree")]

    @property
    def depth(self) -> int:
        """1 at the top of its tree."""
        return self.path.count("/") - 1


class AuthorityLimit(models.Model):
    """Up to which amount a role may approve a remedy; above every row nobody may alone."""

    role = models.CharField(max_length=20, choices=Role, unique=True)
    max_amount = models.DecimalField(max_digits=12, decimal_places=2)
    needs_second = models.BooleanField(default=False)

    class Meta:
        ordering = ["max_amount"]

    def __str__(self) -> str:
        return f"{self.role} ≤ {self.max_amount}"
