"""What is read about a person and therefore logged."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReadKind(TextChoices):
    REVEAL = "reveal", _("Personal data shown")
    EXPORT = "export", _("Exported")
    DOWNLOAD = "download", _("File opened")
