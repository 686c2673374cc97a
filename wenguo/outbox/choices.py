"""States and kinds of what leaves the house."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MessageState(TextChoices):
    HELD = "held", _("Held back")  # delayed send: may still be undone
    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    UNCERTAIN = "uncertain", _("Uncertain: may or may not have arrived")
    CANCELLED = "cancelled", _("Cancelled")


class MessageChannel(TextChoices):
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")


class NoticeKind(TextChoices):
    ASSIGNED = "assigned", _("Assigned to you")
    DUE = "due", _("Due soon or missed")
    MENTION = "mention", _("Mentioned")
    CUSTOMER = "customer", _("The customer wrote")
    APPROVAL = "approval", _("Approval wanted")
    RETURNED = "returned", _("Returned")
    TASK = "task", _("Task")
    SYSTEM = "system", _("System")
