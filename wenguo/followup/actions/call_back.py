"""Stage 12: the call-back by someone independent, its attempts, and what a low score starts."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wenguo.accounts.access import people_with
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.audit.actions import record
from wenguo.complaints.access import check_permission_on
from wenguo.complaints.actions import close_with_notice
from wenguo.complaints.actions.clocks import start_stage_clock, stop_clocks
from wenguo.complaints.actions.guard import add_entry, advance, guard_step, leave_output, lock_complaint, touch
from wenguo.complaints.choices import EntryKind, PassedBy, Status, Step
from wenguo.complaints.models import Complaint
from wenguo.complaints.queries import latest_outputs
from wenguo.complaints.rules.clocks import stage_clock
from wenguo.followup.choices import AttemptResult, CallBackState
from wenguo.followup.models import Attempt, CallBack
from wenguo.followup.rules import DUE_FROM, DUE_UNTIL, is_low, why_called_back
from wenguo.lib.actors import SYSTEM, Actor
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.links import path
from wenguo.lib.now import now
from wenguo.lib.together import written_together
from wenguo.outbox.actions import ring
from wenguo.outbox.choices import NoticeKind
from wenguo.process.choices import Stage


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Three separate scores of 1–5 and whether it is really solved."""

    handling: int
    result: int | None = None
    product: int | None = None
    is_solved: bool | None = None
    comment: str = ""


def check_answer(answer: Answer) -> None:
    for name in ("handling", "result", "product"):
        score = getattr(answer, name)
        if score is not None and not 1 <= score <= 5:
            raise Refused(_("Scores run from 1 to 5."), field=name)


@written_together()
def prepare_call_back(complaint: Complaint, *, by: Actor = SYSTEM) -> CallBack | None:
    """Once handled and the remedy performed: draws a call-back; where none is due the stage is passed by rule."""
    complaint = lock_complaint(complaint)
    existing = _this_round(complaint).first()
    if existing or complaint.status != Status.HANDLED or complaint.call_back_due is False:
        return existing
    reason = why_called_back(complaint.reference, complaint.importance, complaint.standard.call_back_percent)
    complaint.call_back_due = bool(reason)
    made = _new_call_back(complaint, 1, reason) if reason else None
    if made:
        start_stage_clock(complaint, Stage.CALL_BACK, by=by, at=_remedy_done(complaint))
    else:
        sample = {"percent": complaint.standard.call_back_percent}
        leave_output(complaint, Stage.CALL_BACK, by=by, body=sample, passed_by_rule=PassedBy.NOT_DRAWN)
    touch(complaint)
    complaint.save()
    record(complaint, "draw_call_back", by=by, body={"due": bool(reason), "reason": reason})
    return made


def _new_call_back(complaint: Complaint, number: int, reason: str) -> CallBack:
    start = _remedy_done(complaint) if number == 1 else now()
    wait = DUE_FROM if number == 1 else DUE_FROM * 0
    return CallBack.objects.create(
        complaint=complaint,
        round=complaint.round,
        number=number,
        due_from=start + wait,
        due_at=start + DUE_UNTIL,
        drawn_because=reason,
    )


def _remedy_done(complaint: Complaint) -> datetime:
    """When stage 10 left its output: the call-back is counted from there."""
    output = latest_outputs(complaint).get(Stage.FOLLOW_UP)
    return output.at if output else now()


def _this_round(complaint: Complaint) -> QuerySet[CallBack]:
    return CallBack.objects.filter(complaint=complaint, round=complaint.round).order_by("-number")


@written_together()
def record_call_back(complaint: Complaint, answer: Answer, *, by: User, version: int | None = None) -> Complaint:
    """What the complainant said. A low first score starts a second call-back and rings a supervisor."""
    complaint, row = guard_step(complaint, Step.CALL_BACK, by=by, version=version)
    check_answer(answer)
    call = _due_call(complaint)
    if by.pk in (complaint.owner_id, complaint.handled_by_id):
        raise NotAllowed(_("A call-back is made by someone who did not handle the complaint."))
    _write_answer(call, answer, by)
    complaint.satisfaction = answer.handling
    if is_low(answer.handling) and call.number == 1:
        return _call_again(complaint, call, by)
    output = {
        "handling": answer.handling,
        "result": answer.result,
        "product": answer.product,
        "is_solved": answer.is_solved,
        "number": call.number,
    }
    return advance(complaint, row, by=by, output=output, note=answer.comment)


def _due_call(complaint: Complaint) -> CallBack:
    call = _this_round(complaint).filter(state=CallBackState.DUE).first()
    if call is None:
        call = _new_call_back(complaint, _this_round(complaint).count() + 1, "asked")
        complaint.call_back_due = True
    return call


def _write_answer(call: CallBack, answer: Answer, by: User) -> None:
    call.state, call.done_at, call.done_by = CallBackState.DONE, now(), by
    call.handling, call.result, call.product = answer.handling, answer.result, answer.product
    call.is_solved, call.comment = answer.is_solved, answer.comment
    call.save()
    Attempt.objects.create(call_back=call, at=now(), by=by, result=AttemptResult.REACHED)


def _call_again(complaint: Complaint, call: CallBack, by: User) -> Complaint:
    second = _new_call_back(complaint, call.number + 1, "low score")
    stop_clocks(complaint, [stage_clock(Stage.CALL_BACK)], by=by)
    start_stage_clock(complaint, Stage.CALL_BACK, by=by)
    add_entry(complaint, EntryKind.CALL, call.comment, by=by, facts={"call_back": call.pk, "handling": call.handling})
    touch(complaint)
    complaint.save()
    record(complaint, "call_back_low", by=by, body={"handling": call.handling, "second": second.pk})
    unit = complaint.lead_unit or complaint.receiving_unit
    supervisors = people_with(Permission.REVIEW_REPLY, unit) if unit else []
    for person in supervisors[:3]:
        text = _("Low score in the call-back of %(reference)s") % {"reference": complaint.reference}
        ring(person.pk, NoticeKind.CUSTOMER, text, path=path("complaint", reference=complaint.reference))
    return complaint


@written_together()
def assign_call_back(call: CallBack, *, to: User, by: User) -> CallBack:
    """Gives a call-back to somebody; never to whoever handled it."""
    check_permission_on(by, call.complaint, Permission.CALL_BACK)
    if to.pk in (call.complaint.owner_id, call.complaint.handled_by_id):
        raise Refused(_("A call-back is made by someone who did not handle the complaint."), field="to")
    call.assignee = to
    call.save(update_fields=["assignee"])
    complaint = lock_complaint(call.complaint)
    record(complaint, "assign_call_back", by=by, body={"call_back": call.pk, "to": to.pk})
    return call


@written_together()
def note_attempt(complaint: Complaint, *, by: User, result: str, note: str = "") -> Attempt:
    """One try to reach the complainant that did not succeed."""
    complaint = lock_complaint(complaint)
    check_permission_on(by, complaint, Permission.CALL_BACK)
    if result not in AttemptResult.values or result == AttemptResult.REACHED:
        raise Refused(_("Say how the attempt ended."), field="result")
    if complaint.status != Status.HANDLED:
        raise Refused(_("There is no call-back to make now."))
    call = _due_call(complaint)
    complaint.save()
    attempt = Attempt.objects.create(call_back=call, at=now(), by=by, result=result, note=note[:300])
    add_entry(complaint, EntryKind.CALL, note, by=by, facts={"attempt": attempt.pk, "result": result})
    touch(complaint)
    complaint.save()
    record(complaint, "call_attempt", by=by, body={"result": result, "number": call.attempts.count()})
    return attempt


@written_together()
def close_unreachable(complaint: Complaint, *, by: User, version: int | None = None) -> Complaint:
    """Three attempts in different day parts on at least two days, then a message with how to reopen."""
    attempts = list(
        Attempt.objects.filter(call_back__complaint=complaint, call_back__round=complaint.round)
        .exclude(result=AttemptResult.REACHED)
        .values_list("at", flat=True)
    )
    closed = close_with_notice(complaint, by=by, attempts=attempts, version=version)
    closed.call_backs.filter(state=CallBackState.DUE).update(state=CallBackState.UNREACHABLE, done_at=now(), done_by=by)
    return closed
