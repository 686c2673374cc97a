"""Stages 10 and 12: promised notices, call-backs with their attempts, surveys."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.followup.choices import AttemptResult, CallBackState

_SCORE = Q(handling__isnull=True) | Q(handling__range=(1, 5))


class PromisedNotice(models.Model):
    """A promise to tell the complainant how it stands, and whether it was kept."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="promised_notices")
    promised_for = models.DateTimeField()
    about = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["promised_for"], name="followup_promised", condition=Q(told_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.promised_for:%Y-%m-%d}"


class CallBack(models.Model):
    """One call-back: by someone independent, with three separate scores."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="call_backs")
    round = models.PositiveSmallIntegerField(default=1)  # a reopened complaint is asked anew
    number = models.PositiveSmallIntegerField(default=1)  # 2 = second call-back after a low score
    state = models.CharField(max_length=12, choices=CallBackState, default=CallBackState.DUE)
    due_from = models.DateTimeField()
    due_at = models.DateTimeField()
    assignee = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    drawn_because = models.CharField(max_length=100)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    handling = models.PositiveSmallIntegerField(null=True, blank=True)
    result = models.PositiveSmallIntegerField(null=True, blank=True)
    product = models.PositiveSmallIntegerField(null=True, blank=True)
    is_solved = models.BooleanField(null=True, blank=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=_SCORE, name="followup_call_back_score")]
        indexes = [models.Index(fields=["due_at"], name="followup_call_backs_due", condition=Q(state="due"))]

    def __str__(self) -> str:
        return f"{self.complaint_id} #{self.number} {self.state}"

    @property
    def reason_label(self) -> str:
        """Why it was drawn, in words."""
        words = {
            "major": _("Major complaint"),
            "complex": _("Complex complaint"),
            "sample": _("Drawn at random"),
            "low score": _("Low score before"),
            "asked": _("Asked for by hand"),
        }
        return words.get(self.drawn_because, self.drawn_because)


class Attempt(models.Model):
    """One try to reach the complainant."""

    call_back = models.ForeignKey(CallBack, models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    result = models.CharField(max_length=20, choices=AttemptResult)
    note = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.result


class Survey(models.Model):
    """A survey by link: handling, result, product; one answer."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="surveys")
    round = models.PositiveSmallIntegerField(default=1)
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    handling = models.PositiveSmallIntegerField(null=True, blank=True)
    result = models.PositiveSmallIntegerField(null=True, blank=True)
    product = models.PositiveSmallIntegerField(null=True, blank=True)
    is_solved = models.BooleanField(null=True, blank=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=_SCORE, name="followup_survey_score")]

    def __str__(self) -> str:
        return f"survey of {self.complaint_id}"
