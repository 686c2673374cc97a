"""The portal's own rows: how often somebody asked, posts held back as suspected spam, codes that prove."""

from django.db import models
from django.db.models import Q

from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.lib.fields import EncryptedTextField
from wenguo.portal.choices import HeldState


class RateCount(models.Model):
    """How often something was done by one sender (a keyed hash) in one window of time; all web processes count here."""

    key = models.CharField(max_length=64)
    window_from = models.DateTimeField()
    uses = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window_from"], name="portal_counted_once")]
        indexes = [models.Index(fields=["window_from"], name="portal_counts_by_age")]

    def __str__(self) -> str:
        return f"{self.uses} since {self.window_from:%Y-%m-%d %H:%M}"


class HeldPost(models.Model):
    """A post that looks like spam: kept whole until a person releases or discards it."""

    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=HeldState, default=HeldState.WAITING)
    reasons = models.JSONField(default=list)
    # everything typed, as JSON (rules of the form: actions.submit.WebPost)
    body = EncryptedTextField()
    # [{"name", "content_type", "sha256", "size"}]; the content lies where attachments lie
    files = models.JSONField(default=list)
    complaint = models.OneToOneField(Complaint, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="portal_held_decided_by_somebody",
            )
        ]
        indexes = [models.Index(fields=["state", "at", "id"], name="portal_held_queue")]

    def __str__(self) -> str:
        return f"held {self.pk} {self.state}"


class TrackingCode(models.Model):
    """A one-time code asked for with a reference and an address. Where they do not belong together, nobody gets it."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, null=True, blank=True, related_name="+")
    subject = models.CharField(max_length=64)  # keyed hash of reference and address
    code_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-id"], name="portal_code_lookup"),
            models.Index(fields=["expires_at"], name="portal_codes_by_age"),
        ]

    def __str__(self) -> str:
        return f"code {self.pk}"
