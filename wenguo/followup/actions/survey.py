"""A survey by link: sent once the complaint is handled, answered once, without an account."""

import hashlib
import secrets

from django.utils.translation import gettext as _

from wenguo.audit.actions import record
from wenguo.complaints.actions.guard import add_entry, leave_output, lock_complaint, touch
from wenguo.complaints.actions.notices import tell_complainant
from wenguo.complaints.choices import EntryKind, Status, Visibility
from wenguo.complaints.models import Complaint
from wenguo.followup.actions.call_back import Answer, check_answer
from wenguo.followup.choices import CallBackState
from wenguo.followup.models import Survey
from wenguo.followup.rules import SURVEY_LIVES, is_low
from wenguo.lib.actors import COMPLAINANT, SYSTEM
from wenguo.lib.errors import Refused
from wenguo.lib.links import url
from wenguo.lib.now import now
from wenguo.lib.together import written_together
from wenguo.process.choices import Stage


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@written_together()
def send_survey(complaint: Complaint) -> str:
    """Makes the survey and sends its link; returns the token (kept only as a hash)."""
    complaint = lock_complaint(complaint)
    token = secrets.token_urlsafe(18)
    moment = now()
    Survey.objects.create(
        complaint=complaint,
        round=complaint.round,
        token_hash=token_hash(token),
        sent_at=moment,
        expires_at=moment + SURVEY_LIVES,
    )
    tell_complainant(complaint, "survey", survey_link=url("survey", token=token))
    record(complaint, "send_survey", by=SYSTEM)
    return token


@written_together()
def answer_survey(survey: Survey, answer: Answer) -> Complaint:
    """One answer per link. For an ordinary complaint it stands for the call-back, unless the score is low."""
    complaint = lock_complaint(survey.complaint)
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    check_answer(answer)
    if survey.answered_at:
        raise Refused(_("This survey was answered already. Thank you!"))
    if survey.expires_at < now():
        raise Refused(_("This survey has ended. You can still write to us through the tracking page."))
    survey.answered_at, survey.handling, survey.result = now(), answer.handling, answer.result
    survey.product, survey.is_solved, survey.comment = answer.product, answer.is_solved, answer.comment
    survey.save()
    complaint.satisfaction = answer.handling
    facts = {"survey": survey.pk, "handling": answer.handling, "result": answer.result, "product": answer.product}
    add_entry(complaint, EntryKind.CALL, answer.comment, by=None, visibility=Visibility.PUBLIC, facts=facts)
    if _stands_for_call(complaint, answer):
        leave_output(complaint, Stage.CALL_BACK, by=None, body=facts)
        complaint.call_backs.filter(state=CallBackState.DUE).update(state=CallBackState.ANSWERED_BY_SURVEY)
    touch(complaint)
    complaint.save()
    record(complaint, "answer_survey", by=COMPLAINANT, body=facts)
    return complaint


def _stands_for_call(complaint: Complaint, answer: Answer) -> bool:
    grave = complaint.importance in ("major", "complex")
    return complaint.status == Status.HANDLED and not grave and not is_low(answer.handling)
