"""What the desk itself keeps: saved views of the list, reminders, who is looking at which complaint."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint


class SavedView(models.Model):
    """A list with its filters, order and columns, shared or not. `query` is the list's query string.

    With an alert its owner is told of complaints that come to match; `told_until` is how far the worker looked.
    """

    class Sharing(models.TextChoices):
        PRIVATE = "private", _("Only me")
        TEAM = "team", _("My unit")
        EVERYBODY = "everybody", _("Everybody")

    class Alert(models.TextChoices):
        BELL = "bell", _("Ring the bell")
        MAIL = "mail", _("Ring the bell and send a mail")

    owner = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000, blank=True)
    sharing = models.CharField(max_length=10, choices=Sharing, default=Sharing.PRIVATE)
    position = models.PositiveSmallIntegerField(default=100)
    alert = models.CharField(max_length=10, choices=Alert, blank=True)
    told_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="desk_view_name_once"),
            models.CheckConstraint(
                condition=Q(alert="") | Q(told_until__isnull=False), name="desk_view_alert_has_a_start"
            ),
        ]
        indexes = [models.Index(fields=["told_until"], name="desk_views_to_tell", condition=~Q(alert=""))]

    def __str__(self) -> str:
        return self.name


class ViewMatch(models.Model):
    """This complaint matched this view: its owner knows, and is not told again."""

    view = models.ForeignKey(SavedView, models.CASCADE, related_name="matches")
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["view", "complaint"], name="desk_view_told_once")]

    def __str__(self) -> str:
        return f"{self.complaint_id} in view {self.view_id}"


class Presence(models.Model):
    """Somebody has this complaint open; older than a minute no longer counts."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "complaint"], name="desk_present_once")]
        indexes = [models.Index(fields=["complaint", "-seen_at"], name="desk_present")]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.complaint_id}"


class Reminder(models.Model):
    """Somebody wants to see this complaint again at that time, and not before: it rings once and is gone."""

    user = models.ForeignKey(User, models.CASCADE, related_name="reminders")
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "complaint"], name="desk_one_reminder")]
        indexes = [models.Index(fields=["at"], name="desk_reminders_due")]

    def __str__(self) -> str:
        return f"{self.user_id} about {self.complaint_id} at {self.at:%Y-%m-%d %H:%M}"
