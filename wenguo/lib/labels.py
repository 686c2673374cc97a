"""What a choice is called, quickly."""

from functools import cache
from typing import Any

from django.db import models


class QuickLabels(models.Model):
    """`get_…_display()` without copying all choices at each call: a list of fifty rows asks 250 times."""

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: Any) -> Any:  # noqa: N802 - Django's name for it
        value = getattr(self, field.attname)
        label = _labels(field).get(value, value)
        return label if label is None else str(label)


@cache
def _labels(field: Any) -> dict[Any, Any]:
    return dict(field.flatchoices)
