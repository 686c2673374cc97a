"""Files taken in, the rows they became, and raw messages that could not be taken in."""

from django.db import models
from django.db.models import Q

from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.intake.choices import ImportState, RawState
from wenguo.lib.fields import EncryptedTextField


class ImportBatch(models.Model):
    """One file, imported once or in several goes: what is there already is left as it is."""

    file_name = models.CharField(max_length=200)
    # where an uploaded file waits, under WENGUO_HOME/files; empty when it was read by the command
    stored_as = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    preset = models.CharField(max_length=40, blank=True)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=ImportState, default=ImportState.UPLOADED)
    rows = models.PositiveIntegerField(default=0)
    imported = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    # renewed after every batch of rows; a stale one says that its worker died
    working_since = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = "import batches"
        indexes = [
            models.Index(fields=["-id"], name="intake_imports_newest"),
            models.Index(
                fields=["state", "id"],
                name="intake_imports_to_do",
                condition=Q(state__in=["checking", "waiting", "running", "undoing"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} #{self.pk}"


class ImportedRow(models.Model):
    """Which row of which file a complaint came from: what an undo takes back."""

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="imported_rows")
    complaint = models.OneToOneField(Complaint, models.CASCADE, related_name="imported_row")
    number = models.PositiveIntegerField()
    made_customer = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["batch", "id"], name="intake_rows_of_batch")]

    def __str__(self) -> str:
        return f"row {self.number} of import {self.batch_id}"


class RawMessage(models.Model):
    """What came in and could not be taken in as it was: kept whole with its error, stopping nothing else."""

    channel = models.CharField(max_length=40)
    batch = models.ForeignKey(ImportBatch, models.CASCADE, null=True, blank=True, related_name="quarantined")
    number = models.PositiveIntegerField(null=True, blank=True)
    payload = EncryptedTextField()
    state = models.CharField(max_length=12, choices=RawState, default=RawState.QUARANTINED)
    error = models.TextField(blank=True)
    received_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["batch", "id"], name="intake_raw_of_batch")]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"
