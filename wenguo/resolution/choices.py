"""Proposals, approvals, replies."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProposalState(TextChoices):
    DRAFT = "draft", _("Draft")
    AWAITING = "awaiting", _("Awaiting approval")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    CHOSEN = "chosen", _("Chosen")
    DROPPED = "dropped", _("Dropped")


class Decision(TextChoices):
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")


class PaymentKind(TextChoices):
    NONE = "none", _("No payment")
    COMPENSATION = "compensation", _("Compensation")
    GOODWILL = "goodwill", _("Goodwill payment")
    REFUND = "refund", _("Refund")


class ReplyState(TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    SENT_BACK = "sent_back", _("Sent back")
    APPROVED = "approved", _("Approved")
    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", pgettext_lazy("reply", "Accepted")
    REFUSED = "refused", pgettext_lazy("reply", "Refused")


class ReplyKind(TextChoices):
    REPLY = "reply", _("Reply")
    FINAL_OPINION = "final_opinion", _("Final opinion")
