"""Working calendars and the days that differ from their weekday."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from wenguo.process.choices import DayKind
from wenguo.process.models.named import Named


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
