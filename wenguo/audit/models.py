"""Append-only rows: what was done (one chain per subject) and what was looked at (one chain per day).

No foreign keys: actor and subject are text, so that the audit outlives what it tells of.
"""

from typing import ClassVar

from django.db import models

from wenguo.audit.choices import ReadKind
from wenguo.audit.rules import GENESIS, Link


class Audited(models.Model):
    """Head and count of its own chain are kept on the subject, so a cut tail is found."""

    AUDIT_CHAIN_FIELDS: ClassVar[tuple[str, ...]] = ()  # what `audit_chain` reads besides the primary key

    audit_head = models.CharField(max_length=64, default=GENESIS, editable=False)
    audit_count = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    @property
    def audit_chain(self) -> str:
        """The name of this subject's chain."""
        raise NotImplementedError


class Chain(Audited):
    """The chain of a subject that has no row of its own (settings, people, a day of reads)."""

    AUDIT_CHAIN_FIELDS = ("name",)

    name = models.CharField(max_length=100, unique=True)

    def __str__(self) -> str:
        return self.name

    @property
    def audit_chain(self) -> str:
        return self.name


class AuditEntry(models.Model):
    """One thing done by somebody to a subject."""

    chain = models.CharField(max_length=100)
    seq = models.PositiveIntegerField()
    event = models.CharField(max_length=60)
    actor = models.CharField(max_length=200)
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    body = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="audit_entry_in_order")]
        indexes = [models.Index(fields=["-at", "-id"], name="audit_newest_first")]

    def __str__(self) -> str:
        return f"{self.chain} #{self.seq} {self.event}"

    def as_link(self) -> Link:
        """What of this row is hashed."""
        return Link(
            self.chain,
            self.seq,
            self.event,
            self.actor,
            self.at.isoformat(timespec="microseconds"),
            self.written_at.isoformat(timespec="microseconds"),
            self.body,
            self.previous,
        )


class ReadEntry(models.Model):
    """Somebody saw or exported personal data. Hashed in the chain of its day through an AuditEntry."""

    kind = models.CharField(max_length=20, choices=ReadKind)
    actor = models.CharField(max_length=200)
    subject = models.CharField(max_length=100)
    what = models.CharField(max_length=200)
    reason = models.CharField(max_length=300, blank=True)
    count = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-at"], name="audit_reads_of_subject"),
            models.Index(fields=["-at", "-id"], name="audit_reads_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.kind} {self.subject}"
