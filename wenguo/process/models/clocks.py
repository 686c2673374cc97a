"""Clock rules: promises of the law and of our own, in versions."""

from datetime import date

from django.db import models
from django.db.models import Q

from wenguo.process.choices import Confidence, DutyHolder, LimitUnit, Roll
from wenguo.process.models.calendars import Calendar
from wenguo.process.models.named import Named, language_suffix


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
