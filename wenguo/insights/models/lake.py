"""Which files make up the lake, and how far it has read: committed together, so that every change is in it once."""

from django.db import models


class LakeFile(models.Model):
    """A Parquet file that counts. A file without its row does not exist for readers, and is swept."""

    path = models.CharField(max_length=200, unique=True)  # below the lake's root
    kind = models.CharField(max_length=20)
    month = models.DateField()  # of receipt of the complaints in it
    seq_from = models.BigIntegerField()  # audit entries after this one …
    seq_to = models.BigIntegerField()  # … up to this one
    rows = models.BigIntegerField()
    size = models.BigIntegerField()
    schema = models.PositiveSmallIntegerField()
    # made of all earlier ones of its kind and month: every complaint in it once
    is_whole = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kind", "month"], name="insights_files")]

    def __str__(self) -> str:
        return self.path


class LakeState(models.Model):
    """One row: how far the lake has read, and by which definitions it has counted."""

    position = models.BigIntegerField(default=0)  # the last audit entry in it
    # sums hold as of this moment of business time
    as_of = models.DateTimeField(null=True, blank=True)
    # when either changes, the sums are counted anew: versions of the metrics, and where the units hang
    definitions = models.CharField(max_length=64, blank=True)
    units = models.CharField(max_length=64, blank=True)
    # what a rebuild has done so far: the last complaint, 0 when none is under way
    rebuilt_to = models.BigIntegerField(default=0)
    rebuilding = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"lake at {self.position}"
