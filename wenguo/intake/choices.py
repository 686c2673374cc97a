"""States of an import and of a raw message, and the fields a file may fill."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ImportState(TextChoices):
    UPLOADED = "uploaded", _("Uploaded")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked through")
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Being imported")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    UNDOING = "undoing", _("Being taken back")
    UNDONE = "undone", _("Taken back")


IMPORT_STATE_KIND = {  # colour words of the design system
    ImportState.UPLOADED: "neutral",
    ImportState.CHECKING: "act",
    ImportState.CHECKED: "act",
    ImportState.WAITING: "act",
    ImportState.RUNNING: "act",
    ImportState.DONE: "ok",
    ImportState.FAILED: "urgent",
    ImportState.UNDOING: "act",
    ImportState.UNDONE: "neutral",
}


class RawState(TextChoices):
    QUARANTINED = "quarantined", _("Quarantined")
    TAKEN = "taken", _("Taken in")


class Column(TextChoices):
    """What a column of a file may be. A preset or a mapping file says which is which."""

    SOURCE_ID = "source_id", _("Number in the other system")
    WORDS = "words", _("Text of the complaint")
    TITLE = "title", _("Title")
    RECEIVED_AT = "received_at", _("Received on")
    OCCURRED_ON = "occurred_on", _("Day of the problem")
    ENDED_AT = "ended_at", _("Ended on")
    PRODUCT = "product", _("Product")
    ISSUE = "issue", _("Issue")
    CHANNEL = "channel", _("Channel")
    STATUS = "status", _("Status")
    PRODUCT_TEXT = "product_text", _("Product in words")
    ORDER_REFERENCE = "order_reference", _("Order or VIN")
    REMEDY_SOUGHT = "remedy_sought", _("Remedy sought")
    NAME = "name", _("Name of the complainant")
    PHONE = "phone", _("Phone")
    EMAIL = "email", _("E-mail")
