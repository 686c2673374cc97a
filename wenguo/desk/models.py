"""What the desk itself keeps: saved views of the list, who is looking at which complaint."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint


class SavedView(models.Model):
    """A list with its filters, order and columns, shared or not. `query` is the list's query string."""

    class Sharing(models.TextChoices):
        PRIVATE = "private", _("Only me")
        TEAM = "team", _("My unit")
        EVERYBODY = "everybody", _("Everybody")

    owner = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000, blank=True)
    sharing = models.CharField(max_length=10, choices=Sharing, default=Sharing.PRIVATE)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="desk_view_name_once")]

    def __str__(self) -> str:
        return self.name


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
