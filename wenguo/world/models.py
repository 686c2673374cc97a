"""What the worker last did, one row a job: the heartbeat and the place to look when something stays undone."""

from django.db import models


class JobRun(models.Model):
    """The last run of one job; the row named `worker` is the heartbeat of the loop itself."""

    name = models.CharField(max_length=60, unique=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
