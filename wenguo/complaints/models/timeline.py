"""The timeline: every word, call, note and step in order; files, tasks, links."""

from django.db import models
from django.db.models import Q

from wenguo.accounts.models import User
from wenguo.complaints.choices import EntryKind, LinkKind, Visibility
from wenguo.complaints.models.complaint import Complaint
from wenguo.customers.models import Interaction


class Entry(models.Model):
    """One line of the timeline. What shall be found by search is an Entry."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="entries", db_index=False)
    kind = models.CharField(max_length=10, choices=EntryKind)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.INTERNAL)
    at = models.DateTimeField()
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    body = models.TextField(blank=True)
    # for kind STEP: {"step": …}; for a reply: {"message_id": …}; for a call: {"direction", "minutes"}
    facts = models.JSONField(default=dict, blank=True)
    interaction = models.ForeignKey(Interaction, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["complaint", "at", "id"], name="complaints_timeline")]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.kind}"


class Attachment(models.Model):
    """A file on a complaint; its content lies under WENGUO_HOME/files, named by its hash."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="attachments", db_index=False)
    entry = models.ForeignKey(Entry, models.SET_NULL, null=True, blank=True, related_name="attachments")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.INTERNAL)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["complaint", "id"], name="complaints_files")]

    def __str__(self) -> str:
        return self.name


class Task(models.Model):
    """Something somebody shall do for a complaint."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="tasks")
    title = models.CharField(max_length=200)
    assignee = models.ForeignKey(User, models.PROTECT, related_name="complaint_tasks")
    due_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="complaints_task_done_by_somebody",
            )
        ]
        indexes = [
            models.Index(fields=["assignee", "due_at"], name="complaints_tasks_of", condition=Q(done_at__isnull=True))
        ]

    def __str__(self) -> str:
        return self.title


class Link(models.Model):
    """Two complaints that belong together."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="links")
    other = models.ForeignKey(Complaint, models.CASCADE, related_name="linked_from")
    kind = models.CharField(max_length=12, choices=LinkKind)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["complaint", "other", "kind"], name="complaints_link_once")]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.kind} {self.other_id}"
