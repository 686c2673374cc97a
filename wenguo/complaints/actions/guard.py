"""Locking a complaint, and the one way a step of the life cycle is written."""

from collections.abc import Mapping
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.audit.actions import record
from wenguo.audit.models import AuditEntry
from wenguo.complaints.access import check_step, fill_in
from wenguo.complaints.actions.clocks import (
    cancel_clocks,
    pause_clocks,
    recalculate_next_due,
    resume_clocks,
    start_stage_clock,
    stop_clocks_of_step,
)
from wenguo.complaints.actions.notices import tell_complainant
from wenguo.complaints.choices import EntryKind, PauseReason, Status, Step, Visibility
from wenguo.complaints.models import Complaint, Entry, StageOutput
from wenguo.complaints.rules import ENDED, STAGES_WITH_CLOCK, Row, stage_after
from wenguo.lib.actors import Actor
from wenguo.lib.errors import Changed
from wenguo.lib.links import hide_tokens
from wenguo.lib.now import now
from wenguo.lib.together import held, hold, insert, is_held, update, written_together
from wenguo.process.choices import Stage


def lock_complaint(complaint: Complaint, version: int | None = None) -> Complaint:
    """Reads the row again under a lock. `version` is what the person saw; a newer one is refused with what changed.

    Within one `written_together` block it is read once: the steps of a route work on the same object.
    """
    locked = held(Complaint, complaint.pk) or _read_locked(complaint)
    complaint.__dict__["_left"] = locked
    if version is not None and version != locked.version:
        told = _("Somebody else changed this complaint while you had it open.")
        raise Changed(told, _changes_since(locked, version), locked.version)
    return locked


def _read_locked(complaint: Complaint) -> Complaint:
    """One table, not eight joined ones: what the caller has read already is carried over."""
    locked = Complaint.objects.select_for_update().get(pk=complaint.pk)
    for name in ("owner", "customer"):
        _carry(name, complaint, locked)
    fill_in(locked)
    locked.remember()
    hold(locked)
    return locked


def _carry(name: str, known: Complaint, locked: Complaint) -> None:
    """Keeps a related object the caller read, as long as the row still points to it."""
    field: Any = Complaint._meta.get_field(name)
    if field.is_cached(known) and getattr(known, field.attname) == getattr(locked, field.attname):
        field.set_cached_value(locked, field.get_cached_value(known))


def guard_step(complaint: Complaint, step: Step, *, by: Actor, version: int | None = None) -> tuple[Complaint, Row]:
    """Lock, then check: the first two lines of every action that takes a step."""
    locked = lock_complaint(complaint, version)
    return locked, check_step(by, locked, step)


@written_together()
def advance(
    complaint: Complaint,
    row: Row,
    *,
    by: Actor,
    output: Mapping[str, object] | None = None,
    note: str = "",
    visibility: Visibility = Visibility.INTERNAL,
    told: Mapping[str, str] | None = None,
    quiet: bool = False,
) -> Complaint:
    """Writes a step under the caller's lock: stage, status, output, clocks, timeline, audit, notice to the complainant.

    `output` is kept on the stage's output row and in the audit (no personal data, please); `note` is the timeline's
    text; `told` fills the notice's template; `quiet` leaves the notice out (the caller sends its own).
    """
    hold(complaint)
    before = (complaint.stage, complaint.status)
    stage = stage_after(
        row, importance=complaint.importance, is_disputed=complaint.is_disputed, reopened_from=complaint.stage
    )
    complaint.stage = stage or complaint.stage
    complaint.status = row.to_status or complaint.status
    _move_clocks(complaint, row, before, by)
    if row.output:
        leave_output(complaint, row.output, by=by, body=output)
    touch(complaint)
    if complaint.status in ENDED and before[1] not in ENDED:
        complaint.ended_at = complaint.changed_at
    facts = {"step": row.step.value, "from": list(before), "to": [complaint.stage, complaint.status]}
    body = {**facts, "version": complaint.version, "output": dict(output or {})}
    record(complaint, row.step.value, by=by, body=body)
    complaint.keep_changes()
    add_entry(complaint, EntryKind.STEP, note, by=by, visibility=visibility, facts=facts)
    if row.notice and not quiet:
        tell_complainant(complaint, row.notice, **(told or {}))
    return complaint


def leave_output(
    complaint: Complaint,
    stage: Stage,
    *,
    by: Actor | None,
    body: Mapping[str, object] | None = None,
    passed_by_rule: str = "",
    justification: str = "",
) -> StageOutput:
    """What a stage left, in this round."""
    if is_held(complaint):
        complaint.outputs_left().append((stage.value, complaint.round))
    output = StageOutput(
        complaint=complaint,
        stage=stage,
        round=complaint.round,
        at=now(),
        by=by if isinstance(by, User) else None,
        body=dict(body or {}),
        passed_by_rule=passed_by_rule,
        justification=justification,
    )
    return insert(output)


def touch(complaint: Complaint) -> None:
    """A change others must notice: version, time of change and the next due moment (not saved)."""
    complaint.version += 1
    complaint.changed_at = now()
    recalculate_next_due(complaint)


def notice_change(complaint: Complaint) -> None:
    """Something was added that no open form overwrites (a note, a file): the version stays, so nobody is disturbed."""
    complaint.changed_at = now()
    update(complaint, ["changed_at"])


def add_entry(
    complaint: Complaint,
    kind: EntryKind,
    body: str,
    *,
    by: Actor | None,
    visibility: Visibility = Visibility.INTERNAL,
    facts: Mapping[str, object] | None = None,
) -> Entry:
    """One line of the timeline. Colleagues read it: a link that makes its holder the complainant is hidden."""
    entry = Entry(
        complaint=complaint,
        kind=kind,
        visibility=visibility,
        at=now(),
        author=by if isinstance(by, User) else None,
        body=hide_tokens(body),
        facts=dict(facts or {}),
    )
    return insert(entry)


def _move_clocks(complaint: Complaint, row: Row, before: tuple[str, str], by: Actor) -> None:
    stop_clocks_of_step(complaint, row.step, by=by)
    if complaint.status in ENDED:
        cancel_clocks(complaint, by=by)
        return
    moved, begins_anew = complaint.stage != before[0], before[1] in ENDED
    if complaint.status == Status.WAITING:
        pause_clocks(complaint, PauseReason.COMPLAINANT, by=by)
    elif moved or before[1] == Status.WAITING:
        resume_clocks(complaint, by=by)  # work goes on: no clock stays stopped by oversight
    if (moved or begins_anew) and (stage := Stage(complaint.stage)) in STAGES_WITH_CLOCK:
        start_stage_clock(complaint, stage, by=by)


def _changes_since(complaint: Complaint, version: int) -> list[str]:
    """What was done since the version the person saw, newest first, as short lines."""
    entries = AuditEntry.objects.filter(chain=complaint.audit_chain).order_by("-seq")
    missed = list(entries[: max(complaint.version - version, 1)])
    people = User.objects.filter(username__in=[entry.actor.partition(" ")[2] for entry in missed])
    names = {person.audit_name: person.name for person in people}
    return [
        f"{names.get(entry.actor, entry.actor)} · {_step_label(entry.event)} · {localtime(entry.at):%H:%M}"
        for entry in missed
    ]


def _step_label(event: str) -> str:
    return str(Step(event).label) if event in Step.values else _("added something")
