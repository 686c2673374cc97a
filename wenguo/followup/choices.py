"""Call-backs and surveys."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CallBackState(TextChoices):
    DUE = "due", _("Due")
    DONE = "done", _("Done")
    UNREACHABLE = "unreachable", _("Unreachable")
    ANSWERED_BY_SURVEY = "survey", _("Answered by survey")
    NOT_NEEDED = "not_needed", _("Not needed")


class AttemptResult(TextChoices):
    REACHED = "reached", _("Reached")
    NO_ANSWER = "no_answer", _("No answer")
    BUSY = "busy", _("Busy")
    WRONG_NUMBER = "wrong_number", _("Wrong number")
    CALL_LATER = "call_later", _("Call later")
