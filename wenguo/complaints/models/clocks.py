"""Clocks running on a complaint, and what happened to them. The arithmetic is in `lib.worktime`."""

from operator import attrgetter

from django.db import models
from django.db.models import Q

from wenguo.complaints.choices import ClockEventKind, ClockState, PauseReason
from wenguo.complaints.models.complaint import Complaint
from wenguo.lib.labels import QuickLabels
from wenguo.lib.together import while_held
from wenguo.process.choices import DutyHolder, LimitUnit, Roll, Stage
from wenguo.process.models import Named, language_suffix


class Clock(QuickLabels, Named):
    """A promise running on this complaint: the rule's terms frozen at start, due, met or missed.

    `rule` names the source: `company.stage.cause`, `company.whole`, `company.ack`, `cn.…` (clock rule code).
    """

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="clocks", db_index=False)
    rule = models.CharField(max_length=60)
    rule_version = models.PositiveSmallIntegerField(default=1)
    stage = models.CharField(max_length=20, choices=Stage, blank=True)
    duty_holder = models.CharField(max_length=20, choices=DutyHolder, default=DutyHolder.COMPANY)
    limit = models.PositiveSmallIntegerField()
    extended_by = models.PositiveSmallIntegerField(default=0)
    unit = models.CharField(max_length=20, choices=LimitUnit)
    roll = models.CharField(max_length=20, choices=Roll, default=Roll.NONE)
    first_day_excluded = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=ClockState, default=ClockState.RUNNING)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    is_provisional = models.BooleanField(default=False)
    paused_at = models.DateTimeField(null=True, blank=True)
    pauses = models.JSONField(default=list)
    stopped_at = models.DateTimeField(null=True, blank=True)
    # when somebody has to be told next, and what was told last: 75, 90, 100 (missed)
    warn_at = models.DateTimeField(null=True, blank=True)
    warned_percent = models.PositiveSmallIntegerField(default=0)
    # the steps of lib.worktime.DueDate: start, days counted, days skipped and why
    why = models.JSONField(default=list)

    class Meta:
        indexes = [
            models.Index(fields=["complaint", "state"], name="complaints_clocks"),
            # the warnings due cost what is due, not what is running
            models.Index(
                fields=["warn_at"], name="complaints_clocks_warn", condition=Q(state="running", warn_at__isnull=False)
            ),
            models.Index(fields=["due_at"], name="complaints_clocks_due", condition=Q(state="running")),
            models.Index(fields=["rule", "due_at"], name="complaints_clocks_by_rule"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.state}"

    @property
    def name(self) -> str:
        return self.name_en if language_suffix() == "en" else self.name_zh


class ClockEvent(models.Model):
    """What happened to a clock, when, by whom and why."""

    clock = models.ForeignKey(Clock, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=ClockEventKind)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    pause_reason = models.CharField(max_length=20, choices=PauseReason, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.kind}"


def clocks_of(complaint: Complaint) -> list[Clock]:
    """All clocks of a complaint, oldest first, without their explanations."""
    return while_held(complaint, "clocks", lambda: _read(complaint))


def _read(complaint: Complaint) -> list[Clock]:
    clocks = list(Clock.objects.filter(complaint=complaint).defer("why"))
    clocks.sort(key=attrgetter("pk"))
    for clock in clocks:
        clock.complaint = complaint
    return clocks
