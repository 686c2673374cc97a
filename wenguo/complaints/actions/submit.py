"""Stages 1 and 2: an expression becomes a complaint with a reference."""

import dataclasses
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenguo.accounts.access import check_permission
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Unit, User
from wenguo.audit.actions import record
from wenguo.complaints.actions.clocks import recalculate_next_due, start_receipt_clocks
from wenguo.complaints.actions.guard import add_entry, advance, guard_step, leave_output
from wenguo.complaints.actions.notices import tell_complainant
from wenguo.complaints.actions.search import index_new_complaint
from wenguo.complaints.choices import EntryKind, InvolvedAs, Step, Visibility
from wenguo.complaints.models import Complaint, Involvement
from wenguo.customers.models import Customer, Holding, Interaction
from wenguo.lib.actors import COMPLAINANT, Actor
from wenguo.lib.errors import Refused
from wenguo.lib.killpoints import kill_point
from wenguo.lib.now import now
from wenguo.lib.refs import new_reference
from wenguo.lib.together import hold, while_held, written_together
from wenguo.process.choices import Importance, Stage, TreeKind
from wenguo.process.models import TaxonomyNode
from wenguo.process.queries import active_standard

MAX_WORDS = 100_000
EARLIEST_YEAR = 1990


@dataclass(frozen=True, kw_only=True)
class Submission:
    """Everything that may be known when a complaint comes in; only the words and the channel are a must."""

    words: str
    channel: TaxonomyNode
    title: str = ""
    customer: Customer | None = None
    interaction: Interaction | None = None
    received_at: datetime | None = None
    occurred_on: date | None = None
    is_anonymous: bool = False
    is_confidential: bool = False
    is_urgent: bool = False
    is_safety: bool = False
    is_vulnerable: bool = False
    is_recurrent: bool = False
    proxy_name: str = ""
    proxy_relation: str = ""
    language: str = "zh-hans"
    apparent_demand: str = ""
    hidden_need: str = ""
    remedy_sought: str = ""
    product: TaxonomyNode | None = None
    issue: TaxonomyNode | None = None
    product_text: str = ""
    order_reference: str = ""
    holding: Holding | None = None
    receiving_unit: Unit | None = None
    respondent_unit: Unit | None = None
    respondent_user: User | None = None
    raising_department: Unit | None = None
    # what clock rules of the law ask beside what is known of channel and product: {"industry": "finance"}
    facts: dict[str, object] = field(default_factory=dict)


@written_together()
def submit_complaint(given: Submission, *, by: User | None = None) -> Complaint:
    """Takes in a complaint. `by` None is the complainant; staff need the permission to take in.

    The reference and the receipt come at once; acceptance is stage 2 and a person's (`accept_complaint`).
    """
    if by is not None:
        check_permission(by, Permission.TAKE_IN)
    _check_given(given)
    actor: Actor = by or COMPLAINANT
    complaint = _new_row(given, by)
    hold(complaint)
    for nothing_yet in ("clocks", "outputs"):
        while_held(complaint, nothing_yet, list)
    _involve(complaint)
    start_receipt_clocks(complaint, facts_of(complaint) | given.facts, by=actor)
    recalculate_next_due(complaint)
    complaint.keep_changes()
    leave_output(complaint, Stage.COLLECT, by=actor, body={"channel": given.channel.code})
    add_entry(complaint, EntryKind.WORDS, complaint.words, by=by, visibility=Visibility.PUBLIC)
    body = {"channel": given.channel.code, "received_at": complaint.received_at.isoformat(), "version": 1}
    record(complaint, Step.SUBMIT.value, by=actor, body=body)
    index_new_complaint(complaint)
    tell_complainant(complaint, "received")
    transaction.on_commit(lambda: kill_point("after_commit"))
    kill_point("before_commit")
    return complaint


@written_together()
def accept_complaint(complaint: Complaint, *, by: User, note: str = "", version: int | None = None) -> Complaint:
    """Stage 2: a person has it now; the complainant is told."""
    complaint, row = guard_step(complaint, Step.ACCEPT, by=by, version=version)
    complaint.first_owner = complaint.first_owner or by
    return advance(complaint, row, by=by, output={"first_owner": by.pk}, note=note)


def facts_of(complaint: Complaint) -> dict[str, object]:
    """What clock rules may ask: channel, referral, and whatever yes-or-no facts the product and the issue carry."""
    facts: dict[str, object] = {
        "channel": complaint.channel.code,
        "is_referral": complaint.channel.path.startswith("/regulator/"),
        "importance": complaint.importance or Importance.ORDINARY.value,
    }
    for node in (complaint.product, complaint.issue):
        if node is not None:
            facts |= {key: value for key, value in node.extra.items() if key.startswith(("is_", "in_", "sold_"))}
    return facts


def _check_given(given: Submission) -> None:
    if not given.words.strip():
        raise Refused(_("Please say in your own words what happened."), field="words")
    for one in dataclasses.fields(given):
        value = getattr(given, one.name)
        if isinstance(value, str):
            _check_text(one.name, value)
    _check_times(given)
    for place, tree, name in (
        (given.channel, TreeKind.CHANNEL, "channel"),
        (given.product, TreeKind.PRODUCT, "product"),
        (given.issue, TreeKind.ISSUE, "issue"),
    ):
        if place is not None and place.tree != tree:
            raise Refused(_("Choose it from its own tree."), field=name)
    if given.language not in dict(settings.LANGUAGES):
        raise Refused(_("We write in Chinese or English: choose one of them."), field="language")


def _check_text(name: str, text: str) -> None:
    """What no database keeps, and more than the field or a reader holds. A long title is only cut."""
    if "\0" in text:
        raise Refused(_("The text contains a character that cannot be kept (null byte). Remove it."), field=name)
    limit = getattr(Complaint._meta.get_field(name), "max_length", None) or MAX_WORDS
    if len(text) > limit and name != "title":
        raise Refused(
            _("The text is too long: at most %(limit)d characters. Put the rest into a file and attach it.")
            % {"limit": limit},
            field=name,
        )


def _check_times(given: Submission) -> None:
    moment = now()
    if given.received_at and given.received_at > moment + timedelta(minutes=5):
        raise Refused(_("The time of receipt lies in the future. Check date and time."), field="received_at")
    for day, name in (
        (given.occurred_on, "occurred_on"),
        (given.received_at and given.received_at.date(), "received_at"),
    ):
        if day and day.year < EARLIEST_YEAR:
            raise Refused(_("The date lies too far back. Check the year."), field=name)
    if given.occurred_on and given.occurred_on > timezone.localdate(moment) + timedelta(days=1):
        raise Refused(_("The day of the problem lies in the future. Check the date."), field="occurred_on")


def _new_row(given: Submission, by: User | None) -> Complaint:
    moment = now()
    fields = {f.name: getattr(given, f.name) for f in dataclasses.fields(given) if f.name != "facts"}
    fields["title"] = title_of(given)
    fields["received_at"] = given.received_at or moment
    fields["is_urgent"] = given.is_urgent or given.is_safety
    if by is not None and given.receiving_unit is None:
        fields["receiving_unit"] = by.unit
    for _attempt in range(5):
        try:
            with transaction.atomic():
                complaint = Complaint.objects.create(
                    **fields,
                    reference=new_reference(timezone.localdate(moment)),
                    standard=active_standard(),
                    recorded_by=by,
                    first_owner=by,
                    entered_at=moment,
                    changed_at=moment,
                )
                complaint.remember()
                return complaint
        except IntegrityError:
            continue
    raise RuntimeError("no free reference found in five attempts")


def title_of(given: Submission) -> str:
    """The title given, or the beginning of the words."""
    text = " ".join((given.title or given.words).split())
    return text if len(text) <= 60 and not given.title else text[:200] if given.title else f"{text[:59]}…"


def _involve(complaint: Complaint) -> None:
    units = ((complaint.receiving_unit, InvolvedAs.RECEIVING), (complaint.respondent_unit, InvolvedAs.RESPONDENT))
    Involvement.objects.bulk_create(
        Involvement(complaint=complaint, unit=unit, involved_as=kind, since=complaint.entered_at)
        for unit, kind in units
        if unit is not None
    )
