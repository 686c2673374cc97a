"""Changing the importance after it was set: what was weighed wrongly is weighed anew, and counted as such."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.complaints.actions.bells import leads_of, people_in_charge, ring_people
from wenguo.complaints.actions.clocks import recalculate_whole, start_urgent_clocks
from wenguo.complaints.actions.counting import RUNNING, count, end_clock, tell
from wenguo.complaints.actions.guard import advance, guard_step, leave_output
from wenguo.complaints.actions.judge import put_on_scales
from wenguo.complaints.actions.notices import tell_complainant
from wenguo.complaints.choices import ClockEventKind, ClockState, PassedBy, Step
from wenguo.complaints.models import Clock, Complaint, StageOutput
from wenguo.complaints.rules import URGENT_FIRST, URGENT_SOLVED, needs_review, stage_once_weighed
from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.outbox.choices import NoticeKind
from wenguo.process.choices import Importance, Stage
from wenguo.process.queries import stage_rule


@transaction.atomic
def reweigh_complaint(
    complaint: Complaint,
    *,
    by: User,
    severity: int,
    safety: int,
    complexity: int,
    impact: int,
    reason: str,
    is_urgent: bool = False,
    is_vulnerable: bool = False,
    is_disputed: bool = False,
    override: str = "",
    version: int | None = None,
) -> Complaint:
    """The level or the urgency was set wrongly, or new facts came: limits follow it, and ISO's figure counts it.

    Before anybody works on it, it goes through review where it now needs one; later the work is not held up, and the
    reason stands as the justification of the review that was not held.
    """
    complaint, row = guard_step(complaint, Step.REWEIGH, by=by, version=version)
    if not reason.strip():
        raise Refused(_("Say why the importance changes."), field="reason")
    before = _standing(complaint)
    scores = {"severity": severity, "safety": safety, "complexity": complexity, "impact": impact}
    reasons = put_on_scales(complaint, scores, is_urgent, override, reason)
    complaint.is_safety, complaint.is_vulnerable, complaint.is_disputed = safety >= 4, is_vulnerable, is_disputed
    if _standing(complaint) == before:
        raise Refused(_("This leads to the same importance as before. Change the scores, or leave it."))
    stage = _review_again(complaint, by, reason)
    promised = complaint.promised_at
    _recount(complaint, stage, by)
    after = _standing(complaint)
    output = {**scores, "importance": complaint.importance, "before": before[0], "reasons": reasons}
    output["changed"] = after[:2] != before[:2]
    said = f"{_shown(*before)} → {_shown(*after)}"
    advance(complaint, replace(row, to_stage=stage), by=by, output=output, note=f"{said}\n{reason.strip()}")
    people = [one for one in (*people_in_charge(complaint), *leads_of(complaint)) if one.pk != by.pk]
    ring_people(complaint, people, NoticeKind.DUE, lambda: _("importance changed: %(said)s") % {"said": said})
    _tell_later_promise(complaint, promised)
    return complaint


def _standing(complaint: Complaint) -> tuple[str, bool, bool, bool]:
    """Level and urgency, which ISO's figure counts; vulnerable and disputed, which change who looks at it."""
    return complaint.importance, complaint.is_urgent, complaint.is_vulnerable, complaint.is_disputed


def _shown(importance: str, *flags: bool) -> str:
    words = (_("Urgent"), _("Vulnerable complainant"), _("Disputed"))
    level = str(Importance(importance).label) if importance else "—"
    return " · ".join([level, *(word for word, is_set in zip(words, flags, strict=True) if is_set)])


def _review_again(complaint: Complaint, by: User, reason: str) -> Stage:
    """Where it goes on; leaves the review's output where none is held."""
    held = StageOutput.objects.filter(complaint=complaint, stage=Stage.REVIEW, passed_by_rule="")
    is_due = needs_review(complaint.importance, complaint.is_disputed) and not held.exists()
    stage = stage_once_weighed(Stage(complaint.stage), is_review_due=is_due)
    if stage == Stage.ASSIGN != complaint.stage:
        leave_output(complaint, Stage.REVIEW, by=by, passed_by_rule=PassedBy.NO_REVIEW)
    elif is_due and stage != Stage.REVIEW:
        leave_output(complaint, Stage.REVIEW, by=by, justification=reason.strip()[:500])
    return stage


def _recount(complaint: Complaint, stage: Stage, by: Actor) -> None:
    """Limits by importance follow the standard; what no longer applies ends without counting."""
    recalculate_whole(complaint, by=by)
    for clock in complaint.clocks.filter(state__in=RUNNING).exclude(stage=""):
        if clock.stage == complaint.stage and clock.stage != stage:
            end_clock(clock, by, now(), ClockState.CANCELLED)
        else:
            _follow_standard(clock, complaint, by)
    if complaint.is_urgent:
        start_urgent_clocks(complaint, by=by)
        return
    for clock in complaint.clocks.filter(state__in=RUNNING, rule__in=(URGENT_FIRST, URGENT_SOLVED)):
        end_clock(clock, by, now(), ClockState.CANCELLED)


def _follow_standard(clock: Clock, complaint: Complaint, by: Actor) -> None:
    rule = stage_rule(complaint.standard, clock.stage)
    limit = rule.limit(complaint.importance) if rule else None
    if limit is None or limit == clock.limit:
        return
    note = f"{clock.limit} → {limit}"
    clock.limit, clock.complaint = limit, complaint
    count(clock)
    clock.save()
    tell(clock, ClockEventKind.RECALCULATED, by, now(), note=note)


def _tell_later_promise(complaint: Complaint, before: datetime | None) -> None:
    """An earlier date is a gift; a later one has to be told, in words for the complainant and not our own reasons."""
    if before is None or complaint.promised_at is None or complaint.promised_at <= before:
        return
    with translation.override(complaint.language):
        shown = date_format(timezone.localtime(before), "DATETIME_FORMAT")
        reason = _("we looked at your complaint again, and it needs a more thorough enquiry than we first thought.")
    tell_complainant(complaint, "promise_moved", before=shown, reason=reason)
