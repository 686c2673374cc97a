"""What other rooms know of a batch of complaints, read together: a fixed number of statements for any batch."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import F

from wenguo.accounts.access import Grants, grants_of
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.complaints.choices import ClockState, EntryKind
from wenguo.complaints.models import Clock, Complaint, Entry, Involvement, StageOutput
from wenguo.complaints.rules import ACK, WHOLE
from wenguo.customers.choices import ContactKind
from wenguo.customers.models import ContactPoint
from wenguo.followup.choices import CallBackState
from wenguo.followup.models import CallBack
from wenguo.insights.choices.register import Track
from wenguo.investigation.models import Allegation, Cause, Containment
from wenguo.lib.masking import mask_email, mask_name, mask_personal, mask_phone
from wenguo.process.choices import Stage
from wenguo.resolution.choices import ProposalState
from wenguo.resolution.models import Proposal, Remedy, Reply
from wenguo.resolution.queries import TOLD
from wenguo.supervision.models import ImprovementMark

Done = tuple[datetime | date | None, str]  # when, and who
_REACHED_BY = (ContactKind.PHONE, ContactKind.EMAIL)


@dataclass(frozen=True)
class Eyes:
    """Whose eyes read the register. Personal data are whole only where they asked for it and their role reaches."""

    user: User
    personal: bool = False

    @property
    def grants(self) -> Grants:
        return grants_of(self.user)

    def sees(self, paths: Iterable[str]) -> bool:
        """The personal data of a complaint of these units."""
        if not self.personal:
            return False
        return self.grants.everywhere(Permission.REVEAL) or self.grants.covers(Permission.REVEAL, *paths)

    @property
    def sees_confidential(self) -> bool:
        return self.grants.everywhere(Permission.REVEAL)


@dataclass
class Known:
    """By complaint: what the stages left. Every list is in the order it was written."""

    paths: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    contacts: dict[int, list[ContactPoint]] = field(default_factory=lambda: defaultdict(list))  # by customer
    clocks: dict[int, dict[str, Clock]] = field(default_factory=lambda: defaultdict(dict))
    outputs: dict[int, dict[str, StageOutput]] = field(default_factory=lambda: defaultdict(dict))
    containments: dict[int, list[Containment]] = field(default_factory=lambda: defaultdict(list))
    allegations: dict[int, list[Allegation]] = field(default_factory=lambda: defaultdict(list))
    causes: dict[int, list[Cause]] = field(default_factory=lambda: defaultdict(list))
    chosen: dict[int, Proposal] = field(default_factory=dict)
    remedies: dict[int, list[Remedy]] = field(default_factory=lambda: defaultdict(list))
    replies: dict[int, list[Reply]] = field(default_factory=lambda: defaultdict(list))
    calls: dict[int, CallBack] = field(default_factory=dict)
    marks: dict[int, ImprovementMark] = field(default_factory=dict)
    closers: dict[int, str] = field(default_factory=dict)

    def tracked(self, one: Complaint) -> dict[Track, Done]:
        """The tracking table of the follow-up form."""
        ack = self.clocks[one.pk].get(ACK)
        acknowledged = ack.stopped_at if ack and ack.state in (ClockState.MET, ClockState.MISSED) else None
        done = [remedy for remedy in self.remedies[one.pk] if remedy.done_on]
        is_done = bool(done) and len(done) == len(self.remedies[one.pk])
        told, call = self.replies[one.pk], self.calls.get(one.pk)
        return {
            Track.ACKNOWLEDGED: (acknowledged, self._by_stage(one, Stage.ACCEPT)[1] if acknowledged else ""),
            Track.ASSESSED: self._by_stage(one, Stage.IMPORTANCE),
            Track.INVESTIGATED: self._by_stage(one, Stage.CAUSE),
            Track.RESOLVED: self._by_stage(one, Stage.RESOLVE),
            Track.INFORMED: (told[-1].sent_at, _name(told[-1].sent_by)) if told else (None, ""),
            Track.CORRECTED: (done[-1].done_on, _name(done[-1].done_by)) if is_done else (None, ""),
            Track.VERIFIED: (call.done_at, _name(call.done_by)) if call else (None, ""),
            Track.CLOSED: (one.ended_at, self.closers.get(one.pk, "")),
        }

    def _by_stage(self, one: Complaint, stage: Stage) -> Done:
        left = self.outputs[one.pk].get(stage)
        return (left.at, _name(left.by)) if left and not left.passed_by_rule and not left.justification else (None, "")


def known_of(rows: Sequence[Complaint]) -> Known:
    """Thirteen statements."""
    known, keys = Known(), [one.pk for one in rows]
    for key, path in Involvement.objects.filter(complaint__in=keys).values_list("complaint_id", "unit__path"):
        known.paths[key].append(path)
    customers = {one.customer_id for one in rows if one.customer_id}
    points = ContactPoint.objects.filter(customer__in=customers, kind__in=_REACHED_BY).order_by("-is_primary", "id")
    for point in points:
        known.contacts[point.customer_id].append(point)
    for clock in Clock.objects.filter(complaint__in=keys, rule__in=(ACK, WHOLE)).defer("why").order_by("id"):
        known.clocks[clock.complaint_id][clock.rule] = clock
    for left in StageOutput.objects.filter(complaint__in=keys).select_related("by").defer("body").order_by("id"):
        known.outputs[left.complaint_id][left.stage] = left
    _gather(known.containments, Containment.objects.filter(complaint__in=keys))
    _gather(known.allegations, Allegation.objects.filter(complaint__in=keys))
    _gather(known.causes, Cause.objects.filter(complaint__in=keys).select_related("node"))
    _resolved(known, keys)
    called = CallBack.objects.filter(complaint__in=keys, state=CallBackState.DONE).select_related("done_by")
    known.calls = {call.complaint_id: call for call in called.order_by("id")}
    known.closers = _closers(keys)
    known.marks = {mark.complaint_id: mark for mark in ImprovementMark.objects.filter(complaint__in=keys)}
    return known


def _resolved(known: Known, keys: list[int]) -> None:
    """Of the newest round, as everything here."""
    chosen = Proposal.objects.filter(complaint__in=keys, state=ProposalState.CHOSEN).select_related("remedy")
    known.chosen = {one.complaint_id: one for one in chosen.order_by("round", "id")}
    latest = {one.pk for one in known.chosen.values()}
    remedies = Remedy.objects.filter(complaint__in=keys).select_related("done_by").order_by("done_on", "id")
    for remedy in remedies:
        if remedy.proposal_id in latest:
            known.remedies[remedy.complaint_id].append(remedy)
    replies = Reply.objects.filter(complaint__in=keys, state__in=TOLD).select_related("sent_by").defer("body")
    for reply in replies.order_by("sent_at", "id"):
        known.replies[reply.complaint_id].append(reply)


def _closers(keys: list[int]) -> dict[int, str]:
    """Who took the step by which a complaint ended: the first one written at or after that moment."""
    steps = Entry.objects.filter(complaint__in=keys, kind=EntryKind.STEP, at__gte=F("complaint__ended_at"))
    last_first = steps.select_related("author").order_by("-at", "-id")
    return {step.complaint_id: _name(step.author) for step in last_first}


def _gather(found: dict[int, list[Any]], rows: Any) -> None:
    for row in rows.order_by("id"):
        found[row.complaint_id].append(row)


def _name(user: User | None) -> str:
    return user.name if user else ""


def name_shown(name: str, *, whole: bool) -> str:
    return name if whole else mask_name(name)


def text_shown(text: str, *, whole: bool) -> str:
    return text if whole else mask_personal(text)


def contact_shown(point: ContactPoint, *, whole: bool) -> str:
    if whole:
        return str(point.value)
    return mask_phone(point.value) if point.kind == ContactKind.PHONE else mask_email(point.value)
