"""The call-back queue, what the panel shows, and what the jobs have to do."""

import hashlib
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, QuerySet

from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.complaints.choices import Source, Status
from wenguo.complaints.models import Complaint, StageOutput
from wenguo.followup.choices import CallBackState
from wenguo.followup.models import CallBack, Survey
from wenguo.process.choices import Stage


def call_back_queue(user: User) -> QuerySet[CallBack]:
    """Due call-backs this person may make (never on a complaint they handled), first due first."""
    visible = Complaint.objects.visible_to(user, Permission.CALL_BACK).exclude(owner=user).exclude(handled_by=user)
    rows = CallBack.objects.filter(state=CallBackState.DUE, complaint__in=visible)
    rows = rows.select_related("complaint", "complaint__customer", "complaint__owner", "assignee")
    return rows.annotate(tries=Count("attempts")).order_by("due_at", "id")


def survey_of(token: str) -> Survey | None:
    """The survey a link belongs to, whatever its state; None for anything else."""
    hashed = hashlib.sha256(token.encode()).hexdigest()
    return Survey.objects.select_related("complaint").filter(token_hash=hashed).first()


def waiting_for_draw(limit: int = 200) -> list[Complaint]:
    """Handled, remedy performed, not yet drawn for a call-back."""
    performed = StageOutput.objects.filter(complaint=OuterRef("pk"), stage=Stage.FOLLOW_UP, round=OuterRef("round"))
    rows = Complaint.objects.filter(status=Status.HANDLED, call_back_due__isnull=True, source=Source.LIVE)
    return list(rows.filter(Exists(performed)).order_by("id")[:limit])


def waiting_for_survey(limit: int = 200) -> list[Complaint]:
    """Handled, live, never sent a survey."""
    sent = Survey.objects.filter(complaint=OuterRef("pk"), round=OuterRef("round"))
    rows = Complaint.objects.filter(status=Status.HANDLED, source=Source.LIVE, customer__isnull=False)
    return list(rows.exclude(Exists(sent)).order_by("id")[:limit])


def panel_of(complaint: Complaint, moment: datetime) -> dict[str, object]:
    """What the follow-up panel shows: promised notices, call-backs with attempts, surveys."""
    return {
        "notices": list(complaint.promised_notices.select_related("made_by", "told_by").order_by("promised_for")),
        "call_backs": list(
            complaint.call_backs.select_related("done_by", "assignee").prefetch_related("attempts__by").order_by("id")
        ),
        "surveys": list(complaint.surveys.order_by("id")),
        "now": moment,
    }
