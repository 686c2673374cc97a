"""Data that has its name in both languages."""

from django.db import models
from django.utils.translation import get_language


def language_suffix() -> str:
    """Which of the two fields to show: `zh` unless the active language is English."""
    return "en" if (get_language() or "").startswith("en") else "zh"


class Named(models.Model):
    """Data that has its name in both languages."""

    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if language_suffix() == "en" else self.name_zh
