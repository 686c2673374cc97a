"""The full-text index: one document per complaint and visibility class of its words, segmented in Python.

SQLite indexes `tokens` by FTS5 (external content), PostgreSQL by tsvector('simple') + GIN: see the migration.
"""

from django.db import models

from wenguo.complaints.models.complaint import Complaint


class SearchDocument(models.Model):
    """All tokens of a complaint that staff may find: title, words, entries, names of files."""

    complaint = models.OneToOneField(Complaint, models.CASCADE, primary_key=True, related_name="search_document")
    tokens = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"search document of {self.complaint_id}"
