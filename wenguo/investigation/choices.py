"""Findings and kinds of cause."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Finding(TextChoices):
    PENDING = "pending", _("Not yet established")
    SUBSTANTIATED = "substantiated", _("Substantiated")
    PARTLY = "partly", _("Partly substantiated")
    NOT_SUBSTANTIATED = "not_substantiated", _("Not substantiated")
    CANNOT = "cannot", _("Cannot be established")


class CauseKind(TextChoices):
    ROOT = "root", _("Root cause")
    ESCAPE = "escape", _("Escape cause")
    CONTRIBUTING = "contributing", _("Contributing cause")


class Verdict(TextChoices):
    AT_FAULT = "at_fault", _("At fault")
    NOT_AT_FAULT = "not_at_fault", _("Not at fault")
