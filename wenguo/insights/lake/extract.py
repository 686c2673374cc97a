"""Facts of some complaints as they are in the rows now: a fixed number of statements for a batch."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Q, Sum

from wenguo.audit.models import AuditEntry
from wenguo.complaints.models import Clock, Complaint, StageOutput
from wenguo.customers.models import Interaction
from wenguo.dispatch.models import Assignment
from wenguo.followup.models import CallBack, PromisedNotice, Survey
from wenguo.insights.lake.sameness import Sameness
from wenguo.insights.lake.schema import Row
from wenguo.insights.lake.times import month_of, on_day, utc
from wenguo.investigation.choices import CauseKind
from wenguo.investigation.models import Cause
from wenguo.process.choices import Stage
from wenguo.resolution.choices import ReplyState
from wenguo.resolution.models import Remedy, Reply
from wenguo.supervision.choices import MarkClass
from wenguo.supervision.models import ImprovementMark

CHAIN = "complaint:"
_STRAIGHT = (
    "source", "source_system", "stage", "status", "importance", "ended_as", "received_at", "entered_at", "handled_at",
    "ended_at", "is_urgent", "is_safety", "is_vulnerable", "is_disputed", "is_anonymous", "is_upheld",
    "reply_accepted", "satisfaction", "round", "chased", "reopened",
)  # fmt: skip
_RENAMED = {
    "complaint": "pk", "channel": "channel_id", "channel_path": "channel__path", "product": "product_id",
    "product_path": "product__path", "issue": "issue_id", "issue_path": "issue__path", "owner": "owner_id",
    "receiving_unit": "receiving_unit_id", "respondent_unit": "respondent_unit_id", "respondent": "respondent_user_id",
    "raising_unit": "raising_department_id",
}  # fmt: skip
_READ = (
    *_STRAIGHT, *_RENAMED.values(), "reference", "customer_id", "interaction_id", "merged_into_id",
    "lead_unit_id", "lead_unit__path", "lead_unit__province", "receiving_unit__path", "receiving_unit__province",
)  # fmt: skip


@dataclass
class Facts:
    """Rows by kind, each with its complaint; `months` says in which month it was received."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    months: dict[int, date] = field(default_factory=dict)
    same: dict[int, str] = field(default_factory=dict)  # what repeats depend on: models.Counted.same

    def with_those_of(self, others: "Facts") -> "Facts":
        kinds = {*self.rows, *others.rows}
        rows = defaultdict(list, {kind: [*self.rows[kind], *others.rows[kind]] for kind in kinds})
        return Facts(rows, self.months | others.months, self.same | others.same)


def facts_of(keys: Sequence[int], seq: int) -> Facts:
    """All facts of these complaints, marked as true up to audit entry `seq`; events keep their own numbers."""
    found = Facts()
    read = list(Complaint.objects.filter(pk__in=keys).order_by("pk").values(*_READ))
    extra = _Extra([row["pk"] for row in read])
    same = Sameness.around({row["customer_id"] for row in read if row["customer_id"]})
    for row in read:
        found.months[row["pk"]] = month_of(row["received_at"])
        fact = {**_complaint(row, extra, same), "seq": seq}
        found.rows["complaint"].append(fact)
        found.same[row["pk"]] = _same(fact)
    sources = {row["pk"]: row["source"] for row in read}
    found.rows["clock"] = [{**one, "source": sources[one["complaint"]], "seq": seq} for one in _clocks(keys)]
    found.rows["contact"] = [{**one, "seq": seq} for one in _contacts(read)]
    found.rows["survey"] = [{**one, "seq": seq} for one in _surveys(keys)]
    found.rows["action"] = [{**one, "seq": seq} for one in _actions(keys)]
    found.rows["event"] = _events({CHAIN + row["reference"]: row["pk"] for row in read})
    return found


class _Extra:
    """What other rooms know of a complaint, one number each."""

    def __init__(self, keys: Sequence[int]) -> None:
        of = Q(complaint__in=keys)
        self.first_answer = _by_complaint(Reply.objects.filter(of, sent_at__isnull=False), Min("sent_at"))
        self.refused = _by_complaint(Reply.objects.filter(of, state=ReplyState.REFUSED), Count("pk"))
        self.misdispatched = _by_complaint(Assignment.objects.filter(of, is_upheld=True), Count("pk"))
        self.paid = _by_complaint(Remedy.objects.filter(of, done_on__isnull=False), Sum("amount"))
        outputs = StageOutput.objects.filter(of)
        self.first_contact = _by_complaint(
            outputs.filter(stage=Stage.RESOLVE, body__route="first_contact"), Count("pk")
        )
        self.reweighed = _by_complaint(outputs.filter(stage=Stage.IMPORTANCE, body__changed=True), Count("pk"))
        causes = Cause.objects.filter(of, kind=CauseKind.ROOT).order_by("-pk")
        self.cause = {one: (node, path) for one, node, path in causes.values_list("complaint", "node", "node__path")}
        chains = dict(Complaint.objects.filter(pk__in=keys).values_list("pk", "reference"))
        talks = Interaction.objects.filter(about__in=[CHAIN + one for one in chains.values()])
        seconds = dict(talks.order_by().values_list("about").annotate(Sum("duration_s")))
        self.talked = {pk: seconds.get(CHAIN + reference) or 0 for pk, reference in chains.items()}


def _by_complaint(rows: Any, what: Any) -> dict[int, Any]:
    return dict(rows.order_by().values_list("complaint").annotate(what))


def _complaint(row: Mapping[str, Any], extra: _Extra, same: Sameness) -> Row:
    key = row["pk"]
    lead = "lead_unit" if row["lead_unit_id"] else "receiving_unit"
    paid = round((extra.paid.get(key) or 0) * 100)
    fact: Row = {name: utc(row[name]) if name.endswith("_at") else row[name] for name in _STRAIGHT}
    fact |= {name: row[read] for name, read in _RENAMED.items()}
    fact |= same.of(key, row["customer_id"], row["issue_id"], row["received_at"], row["ended_at"])
    cause, cause_path = extra.cause.get(key, (None, None))
    return fact | {
        "cause": cause,
        "cause_path": cause_path,
        "unit": row[f"{lead}_id"],
        "unit_path": row[f"{lead}__path"],
        "province": row[f"{lead}__province"],
        "is_merged": row["merged_into_id"] is not None,
        "first_answer_at": utc(extra.first_answer.get(key)),
        "at_first_contact": key in extra.first_contact,
        "is_reweighed": key in extra.reweighed,
        "misdispatched": extra.misdispatched.get(key, 0),
        "replies_refused": extra.refused.get(key, 0),
        "contact_seconds": extra.talked[key],
        "compensation": paid,
        "cost": paid + round(extra.talked[key] / 60 * settings.COST_PER_MINUTE * 100),
    }


def _same(fact: Row) -> str:
    """Empty where customer or issue is unknown: such a complaint is nobody's repeat."""
    if not fact["customer"] or not fact["issue"]:
        return ""
    return f"{fact['customer']}/{fact['issue']}/{fact['received_at']}/{fact['is_merged']}"


def _clocks(keys: Sequence[int]) -> Iterable[Row]:
    names = ("rule", "rule_version", "stage", "duty_holder", "state", "extended_by")
    times = ("started_at", "due_at", "stopped_at")
    for row in Clock.objects.filter(complaint__in=keys).order_by("pk").values("pk", "complaint_id", *names, *times):
        fact = {name: row[name] for name in names} | {name: utc(row[name]) for name in times}
        yield {"complaint": row["complaint_id"], "clock": row["pk"], **fact}


def _contacts(read: Sequence[Mapping[str, Any]]) -> Iterable[Row]:
    """What was said about the complaint, and the contact it came from."""
    about = {CHAIN + row["reference"]: row["pk"] for row in read}
    first = {row["interaction_id"]: row["pk"] for row in read if row["interaction_id"]}
    rows = Interaction.objects.filter(Q(about__in=about) | Q(pk__in=first)).order_by("pk")
    for row in rows.values("pk", "about", "direction", "channel_id", "at", "by_id", "duration_s"):
        yield {
            "complaint": about.get(row["about"]) or first[row["pk"]],
            "contact": row["pk"],
            "direction": row["direction"],
            "channel": row["channel_id"],
            "at": utc(row["at"]),
            "agent": row["by_id"],
            "seconds": row["duration_s"],
        }


def _surveys(keys: Sequence[int]) -> Iterable[Row]:
    """Call-backs and surveys by link, one shape."""
    answers = ("handling", "result", "product", "is_solved")
    calls = CallBack.objects.filter(complaint__in=keys).order_by("pk")
    for row in calls.values("complaint_id", "round", "number", "state", "due_from", "done_at", *answers):
        yield _answer(row, "call_back", row["due_from"], row["done_at"])
    links = Survey.objects.filter(complaint__in=keys).order_by("pk")
    for row in links.values("complaint_id", "round", "sent_at", "answered_at", *answers):
        state = "answered" if row["answered_at"] else "sent"
        yield _answer({**row, "number": 1, "state": state}, "survey", row["sent_at"], row["answered_at"])


def _answer(row: Mapping[str, Any], way: str, asked_at: datetime, answered_at: datetime | None) -> Row:
    same = {name: row[name] for name in ("round", "number", "state", "handling", "result", "product", "is_solved")}
    return {
        "complaint": row["complaint_id"],
        "way": way,
        "asked_at": utc(asked_at),
        "answered_at": utc(answered_at),
        **same,
    }


def _actions(keys: Sequence[int]) -> Iterable[Row]:
    """Remedies, promised notices, marks of improvement."""
    of = Q(complaint__in=keys)
    remedies = Remedy.objects.filter(of).order_by("pk").select_related("proposal__remedy")
    for one in remedies:
        label = one.proposal.remedy.path
        when = {
            "at": utc(one.proposal.created_at),
            "promised_at": on_day(one.promised_on),
            "done_at": on_day(one.done_on),
        }
        yield _action(one.complaint_id, one.pk, "remedy", label, when, round(one.amount * 100))
    for notice in PromisedNotice.objects.filter(of).order_by("pk"):
        when = {"at": utc(notice.made_at), "promised_at": utc(notice.promised_for), "done_at": utc(notice.told_at)}
        yield _action(notice.complaint_id, notice.pk, "notice", "", when)
    for mark in ImprovementMark.objects.filter(of).exclude(mark_class=MarkClass.NOTHING).order_by("pk"):
        yield _action(
            mark.complaint_id, mark.pk, "mark", mark.mark_class, {"at": utc(mark.at), "done_at": utc(mark.at)}
        )


def _action(key: int, pk: int, what: str, label: str, when: Mapping[str, object], amount: int | None = None) -> Row:
    return {"complaint": key, "action": pk, "what": what, "label": label, "amount": amount, **when}


def _events(chains: Mapping[str, int]) -> list[Row]:
    """Every entry of their audit; steps with where they led, and how long the stage left had lasted."""
    rows = AuditEntry.objects.filter(chain__in=chains).order_by("chain", "seq")
    found: list[Row] = []
    entered: dict[int, datetime] = {}
    for entry in rows.only("pk", "chain", "event", "actor", "at", "body"):
        key = chains[entry.chain]
        begin, end = (_place(entry.body.get(side)) for side in ("from", "to"))
        left = bool(begin[0]) and bool(end[0]) and begin[0] != end[0]
        seconds = (entry.at - entered[key]).total_seconds() if left and key in entered else None
        if left or key not in entered:
            entered[key] = entry.at
        found.append({
            "complaint": key, "seq": entry.pk, "event": entry.event, "at": utc(entry.at), "actor": _user(entry.actor),
            "from_stage": begin[0], "from_status": begin[1], "to_stage": end[0], "to_status": end[1],
            "stage_seconds": None if seconds is None else max(0, round(seconds)),
        })  # fmt: skip
    return found


def _place(said: object) -> Sequence[str | None]:
    """Stage and status, as steps write them; other events say other things under the same word: from whom, to whom."""
    return said if isinstance(said, list) else (None, None)


def _user(actor: str) -> int | None:
    """The id of the person who did it; None for the system and for complainants."""
    kind, _colon, rest = actor.partition(":")
    number = rest.split(" ")[0]
    return int(number) if kind == "user" and number.isdigit() else None
