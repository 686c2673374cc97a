"""The quick label is Django's label."""

import pytest
from django.db import models
from django.utils import translation

from wenguo.complaints.choices import Status
from wenguo.complaints.models import Complaint


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("value", [*Status.values, "", "unknown", None])
def test_it_is_what_django_says(language: str, value: object) -> None:
    complaint = Complaint(status=value)  # type: ignore[misc]
    field = Complaint._meta.get_field("status")
    with translation.override(language):
        assert complaint.get_status_display() == models.Model._get_FIELD_display(complaint, field)  # type: ignore[attr-defined]
