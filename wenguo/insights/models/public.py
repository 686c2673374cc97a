"""What the company tells the public about its complaints: one row, counted by the worker, read by strangers."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

LEAST, MOST = 3, 50


class PublicStatistics(models.Model):
    """Off until an administrator switches it on. `content` is the whole page: a stranger's request reads this row."""

    is_on = models.BooleanField(default=False)
    threshold = models.PositiveSmallIntegerField(
        default=5, validators=[MinValueValidator(LEAST), MaxValueValidator(MOST)]
    )
    content = models.JSONField(default=dict)
    counted_at = models.DateTimeField(null=True, blank=True)
    wanted_at = models.DateTimeField(null=True, blank=True)  # count anew, whatever is there

    class Meta:
        verbose_name_plural = "public statistics"

    def __str__(self) -> str:
        return "public statistics"
