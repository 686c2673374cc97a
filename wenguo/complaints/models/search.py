"""The full-text index: one document per complaint, segmented in Python; what waits to be written; texts of files.

SQLite indexes `tokens` by FTS5 (external content), PostgreSQL by an array of words + GIN: see the migration.
"""

from django.db import models
from django.db.models import Q

from wenguo.complaints.choices import FileReading
from wenguo.complaints.models.complaint import Complaint
from wenguo.complaints.models.timeline import Attachment


class SearchDocument(models.Model):
    """All a complaint is found by: words, words only colleagues may find, and marks (`rules.marks`)."""

    complaint = models.OneToOneField(Complaint, models.CASCADE, primary_key=True, related_name="search_document")
    tokens = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"search document of {self.complaint_id}"


class SearchWork(models.Model):
    """A complaint whose document the worker has to write anew. An action leaves one row, whatever it added."""

    # no index: the rows are few, and every step of every complaint leaves one
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="+", db_index=False)

    def __str__(self) -> str:
        return f"search document of {self.complaint_id} to write"


class FileText(models.Model):
    """What is written in a file, for the search; the worker reads it."""

    attachment = models.OneToOneField(Attachment, models.CASCADE, primary_key=True, related_name="read")
    state = models.CharField(max_length=10, choices=FileReading, default=FileReading.WAITING)
    text = models.TextField(blank=True)

    class Meta:
        indexes = [
            # what waits costs what waits, not what was read
            models.Index(fields=["attachment"], name="complaints_files_to_read", condition=Q(state="waiting"))
        ]

    def __str__(self) -> str:
        return f"text of file {self.attachment_id}: {self.state}"


class Synonyms(models.Model):
    """Words that mean the same to whoever searches: one group, separated by tabs in `words`."""

    words = models.CharField(max_length=500)

    class Meta:
        verbose_name_plural = "synonyms"
        ordering = ["words"]

    def __str__(self) -> str:
        return self.words
