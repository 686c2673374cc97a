"""How a complaint ends, and how it begins anew."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.complaints.access import check_step
from wenguo.complaints.actions.clocks import start_whole_clock
from wenguo.complaints.actions.guard import add_entry, advance, guard_step, leave_output, lock_complaint
from wenguo.complaints.actions.search import index_complaint
from wenguo.complaints.choices import EndedAs, EntryKind, PassedBy, Source, Step, Visibility
from wenguo.complaints.models import Complaint
from wenguo.complaints.rules import Row, ended_as, is_grave, tried_enough
from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.together import written_together
from wenguo.process.choices import Stage


@transaction.atomic
def withdraw_complaint(
    complaint: Complaint, *, by: Actor, words: str, through: str = "", version: int | None = None
) -> Complaint:
    """The complainant takes it back, in recorded words of their own; `through` is the channel they said it by."""
    complaint, row = guard_step(complaint, Step.WITHDRAW, by=by, version=version)
    if not words.strip():
        raise Refused(_("Record the complainant's own words: why they take it back."), field="words")
    facts = {"withdrawn": True, "through": through}
    entry = add_entry(complaint, EntryKind.WORDS, words, by=by, visibility=Visibility.PUBLIC, facts=facts)
    # An expression of the complainant, so an output of stage 1: no later step mistakes it for work done.
    leave_output(complaint, Stage.COLLECT, by=by, body={**facts, "entry": entry.pk})
    advance(complaint, row, by=by, output=facts)
    index_complaint(complaint)
    return complaint


@written_together()
def reopen_complaint(complaint: Complaint, *, by: User, reason: str, version: int | None = None) -> Complaint:
    """New facts, or it was not solved: a new round, and the clocks start anew. What was established stands."""
    complaint, row = guard_step(complaint, Step.REOPEN, by=by, version=version)
    if not reason.strip():
        raise Refused(_("Say why it is taken up again."), field="reason")
    was = {"was": complaint.status, "ended_as": complaint.ended_as, "satisfaction": complaint.satisfaction}
    complaint.round += 1
    complaint.reopened += 1
    complaint.ended_at = complaint.handled_at = complaint.handled_by = None
    complaint.reply_accepted = complaint.call_back_due = complaint.satisfaction = None
    complaint.ended_as = ""
    if complaint.source == Source.IMPORTED:
        row = _take_over(complaint, row, by)
    start_whole_clock(complaint, by=by, at=now())
    index_complaint(complaint)  # it is found among the open ones again
    return advance(complaint, row, by=by, output={**was, "round": complaint.round}, note=reason)


def _take_over(complaint: Complaint, row: Row, by: User) -> Row:
    """History becomes live work. Nobody here has weighed or assigned it: it goes on where that begins."""
    complaint.source = Source.LIVE
    if complaint.stage != Stage.IMPROVE:
        return row
    begins = Stage.IMPORTANCE if complaint.issue_id else Stage.CLASSIFY
    for stage in (Stage.ACCEPT, Stage.VALIDITY, Stage.CLASSIFY):
        if stage != begins:
            leave_output(complaint, stage, by=by, passed_by_rule=PassedBy.HISTORY)
    return replace(row, to_stage=begins)


@written_together()
def close_complaint(
    complaint: Complaint, *, by: User, note: str = "", survey: int | None = None, version: int | None = None
) -> Complaint:
    """The second of two steps: handled before, closed now. The call-back was made, or its rule says none is due.

    `survey` (1–5, the handling) may stand for the call-back where the complaint is ordinary.
    """
    complaint = lock_complaint(complaint, version)
    if survey is not None:
        _take_survey(complaint, survey, by)
    row = check_step(by, complaint, Step.CLOSE)
    complaint.ended_as = ended_as(complaint.satisfaction)
    return advance(complaint, row, by=by, output={"ended_as": complaint.ended_as}, note=note)


@written_together()
def close_with_notice(
    complaint: Complaint, *, by: User, attempts: Sequence[datetime], note: str = "", version: int | None = None
) -> Complaint:
    """Nobody could be reached: a message says how to have it reopened. `attempts` are when somebody tried."""
    complaint, row = guard_step(complaint, Step.CLOSE_WITH_NOTICE, by=by, version=version)
    if not tried_enough([timezone.localtime(moment) for moment in attempts]):
        raise Refused(
            _("Try three times first, in different parts of the day and on at least two days."), field="attempts"
        )
    complaint.ended_as = EndedAs.UNASKED
    output = {"attempts": [moment.isoformat() for moment in sorted(attempts)]}
    return advance(complaint, row, by=by, output=output, note=note)


def _take_survey(complaint: Complaint, score: int, by: User) -> None:
    if not 1 <= score <= 5:
        raise Refused(_("Scores run from 1 to 5."), field="survey")
    if is_grave(complaint.importance):
        raise Refused(_("A major or complex complaint is called back; a survey is not enough."), field="survey")
    complaint.satisfaction = score
    if (Stage.CALL_BACK, complaint.round) not in complaint.outputs_left():
        leave_output(complaint, Stage.CALL_BACK, by=by, body={"through": "survey", "handling": score})
