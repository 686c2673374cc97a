"""Page-shaped reads for visitors: whom to call, the receipt, the tracking page. Internal notes never leave here."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from wenguo.accounts.choices import UnitKind
from wenguo.accounts.models import Unit, User
from wenguo.complaints.actions.files import file_path
from wenguo.complaints.choices import ENDED_STATUSES, EntryKind, Status, Step, Visibility
from wenguo.complaints.models import Attachment, Complaint, Entry
from wenguo.complaints.queries import tracking_token
from wenguo.portal.choices import HeldState
from wenguo.portal.models import HeldPost
from wenguo.portal.rules import step_reached
from wenguo.portal.tokens import held_token
from wenguo.process.choices import Stage
from wenguo.resolution.choices import ReplyState
from wenguo.resolution.models import Reply
from wenguo.resolution.queries import told_reply

SERVICE = "SERVICE"  # the unit that answers the phone; without it the company itself
PLACES = (UnitKind.DEALER, UnitKind.STATION)
TAKEN_BACK = (Status.WITHDRAWN, Status.DECLINED, Status.MERGED)


def service_unit() -> Unit | None:
    """Who takes in what comes by the public form."""
    rows = Unit.objects.active().filter(Q(code=SERVICE) | Q(parent=None))
    return min(rows, key=lambda unit: unit.code != SERVICE, default=None)


def place_of(code: str) -> Unit | None:
    """The shop whose poster was scanned; None for anything that is none."""
    if not code or "\0" in code:
        return None
    return Unit.objects.active().filter(code=code[:40], kind__in=PLACES).first()


def places() -> QuerySet[Unit]:
    """Shops and stations a poster can be printed for."""
    return Unit.objects.active().filter(kind__in=PLACES)


# --- receipts ---------------------------------------------------------------------------------------------------


def receipt_token(kept: str) -> str:
    """The token of the receipt for what a post became: `complaint:12` or `held:3`."""
    kind, _colon, pk = kept.partition(":")
    return held_token(int(pk)) if kind == "held" else tracking_token(Complaint.objects.get(pk=int(pk)))


def held_queue() -> QuerySet[HeldPost]:
    """Posts that wait, oldest first."""
    return HeldPost.objects.filter(state=HeldState.WAITING).order_by("at", "id")


def held_decided(limit: int = 20) -> list[HeldPost]:
    """The latest decisions."""
    rows = HeldPost.objects.exclude(state=HeldState.WAITING).select_related("complaint", "decided_by")
    return list(rows.order_by("-decided_at", "-id")[:limit])


# --- the tracking page ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tracking:
    """Everything the tracking page shows."""

    complaint: Complaint
    headline: str
    lead: str
    steps: list[dict[str, str]]
    entries: list[dict[str, Any]]
    promised: str
    handled: str
    handler: User | None
    unit: Unit | None
    reply: Reply | None
    remedies: list[tuple[str, date, date | None]]
    is_open: bool
    can: dict[str, bool] = field(default_factory=dict)


_AFTER_THE_REPLY = (Stage.CALL_BACK, Stage.IMPROVE, Stage.SUPERVISE)


def _promises(complaint: Complaint) -> list[tuple[str, date, date | None]]:
    """What was done, and what is promised now: not what an earlier round offered, nor what was refused just now."""
    kept = Q(done_on__isnull=False)
    if complaint.status != Status.SECOND_REVIEW:
        kept |= Q(proposal__round=complaint.round)
    return list(complaint.remedies.filter(kept).order_by("id").values_list("what", "promised_on", "done_on"))


def tracking_of(complaint: Complaint) -> Tracking:
    """A fixed number of statements, whatever the complaint went through."""
    seen = complaint.merged_into or complaint
    told = told_reply(complaint) if complaint.stage == Stage.FEED_BACK else None
    reply = told if told and told.state == ReplyState.SENT and complaint.status == Status.OPEN else None
    headline, lead = _headline(complaint, reply)
    is_open = complaint.status not in ENDED_STATUSES
    awaits_answer = (is_open or complaint.merged_into) and not _accepted(complaint)
    return Tracking(
        complaint=complaint,
        headline=headline,
        lead=lead,
        steps=_steps(complaint, seen),
        entries=_shown_entries(complaint, reply),
        promised=day_words(seen.promised_at or seen.next_due_at) if awaits_answer else "",
        handled=day_words(complaint.handled_at),
        handler=seen.owner,
        unit=seen.lead_unit,
        reply=reply,
        remedies=_promises(complaint) if told or complaint.stage in _AFTER_THE_REPLY else [],
        is_open=is_open,
        can={
            "add": complaint.status != Status.MERGED,
            "chase": is_open,
            "withdraw": is_open,
            "answer": reply is not None,
            "reopen": complaint.status in ENDED_STATUSES and complaint.status != Status.MERGED,
        },
    )


def public_file(complaint: Complaint, pk: int) -> "tuple[Attachment, Any] | None":
    """A file the complainant may open: their own, or one we sent; None for anything else."""
    row = Attachment.objects.filter(complaint=complaint, visibility=Visibility.PUBLIC, pk=pk).first()
    path = file_path(row.sha256) if row and row.sha256 else ""
    return (row, default_storage.open(path, "rb")) if row and path and default_storage.exists(path) else None


def _accepted(complaint: Complaint) -> bool:
    """Accepted, and not yet marked as handled."""
    return complaint.stage == Stage.FEED_BACK and complaint.status == Status.OPEN and bool(complaint.reply_accepted)


def _headline(complaint: Complaint, reply: Reply | None) -> tuple[str, str]:
    if reply is not None:
        return _("Our answer is here"), _("Please read it and tell us whether you accept it.")
    if _accepted(complaint):
        return _("You accepted our answer"), _("We now do what we promised.")
    by_status = {
        Status.WAITING: (
            _("We need a little more from you"),
            _("Please send us what we asked for. The promised date moves by the time we wait."),
        ),
        Status.SECOND_REVIEW: (
            _("Your complaint is in second review"),
            _("People who had no part in the first answer look at it again and answer you in writing."),
        ),
        Status.HANDLED: (_("Dealt with"), _("We will soon ask whether you are satisfied. Your word counts.")),
        Status.CLOSED: (_("Closed"), _("Thank you for telling us. If it comes back, write to us below.")),
        Status.CLOSED_WITH_NOTICE: (
            _("Closed for now"),
            _("We tried several times and could not reach you. Write to us below and we take it up again."),
        ),
        Status.NOT_ACCEPTED: (
            _("We have given you our final opinion"),
            _("You did not accept it, and that is your right. The other routes below stay open to you."),
        ),
        Status.DECLINED: (
            _("We could not take this up as a complaint"),
            _("The reason and the other routes stand in our message below."),
        ),
        Status.WITHDRAWN: (_("You took this complaint back"), _("If you change your mind, write to us below.")),
        Status.MERGED: (
            _("Handled together with another complaint"),
            _("What you told us is part of it. You will hear from us as before."),
        ),
    }
    return by_status.get(Status(complaint.status)) or _open_headline(complaint)


def _open_headline(complaint: Complaint) -> tuple[str, str]:
    if complaint.stage == Stage.ACCEPT:
        return _("We have received your complaint"), _("A colleague will read it and take it up.")
    if complaint.stage == Stage.CAUSE:
        return _("We are looking into it"), _("The people in charge find out what went wrong and why.")
    if complaint.stage in (Stage.RESOLVE, Stage.FOLLOW_UP, Stage.FEED_BACK):
        return _("We are preparing our answer"), _("We work out what we can do and what it takes.")
    return _("We have taken up your complaint"), _("We check the facts and find the people in charge.")


def _steps(complaint: Complaint, seen: Complaint) -> list[dict[str, str]]:
    """Five steps in plain words; a complaint that ended beside the line shows how far it came."""
    reached = step_reached(Stage.CALL_BACK if _accepted(seen) else seen.stage, seen.status)
    unit = seen.lead_unit
    taken = _("Accepted, with %(unit)s") % {"unit": unit.name} if unit else _("Accepted, somebody takes it on")
    if reached == 1:
        taken = _("Being taken up") if seen.stage == Stage.ACCEPT else _("Accepted, being checked")
    labels = [
        (_("Your complaint arrived"), day_words(complaint.received_at)),
        (taken, ""),
        (_("Looking into it, finding the cause"), ""),
        (_("Our answer, for you to decide"), ""),
        (_("Asking whether you are satisfied"), day_words(complaint.ended_at) if reached == len("12345") else ""),
    ]
    stopped = complaint.status in (Status.WITHDRAWN, Status.DECLINED)
    now_state = "todo" if stopped else "now"
    states = ["done" if i < reached else now_state if i == reached else "todo" for i in range(len(labels))]
    return [{"label": label, "note": note, "state": states[i]} for i, (label, note) in enumerate(labels)]


def day_words(moment: datetime | None) -> str:
    """A promise as people say it: the day, and the time unless it is the end of the day."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    at_day_end = (local.hour, local.minute) >= (23, 59)
    # Translators: date formats of Django
    return date_format(local, gettext("j F") if at_day_end else gettext("j F, H:i"))


def _shown_entries(complaint: Complaint, reply: Reply | None) -> list[dict[str, Any]]:
    """What both sides said, newest first; of complaints merged into it only this customer's own.

    The reply to be answered stands on top of the page and is left out here.
    """
    own = Q(complaint=complaint)
    if complaint.customer_id:
        own |= Q(complaint__merged_into=complaint, complaint__customer=complaint.customer_id)
    rows = Entry.objects.filter(own, visibility=Visibility.PUBLIC).exclude(kind=EntryKind.NOTE)
    rows = rows.prefetch_related("attachments").order_by("-at", "-id")
    on_top = reply.pk if reply else None
    return [_shown(entry, complaint.reference) for entry in rows if not on_top or entry.facts.get("reply") != on_top]


def _shown(entry: Entry, reference: str) -> dict[str, Any]:
    what = re.sub(rf"\s*[(（]{reference}[)）]", "", _what(entry))  # the page says it already
    mine = entry.kind in (EntryKind.WORDS, EntryKind.FILE, EntryKind.STEP) or "survey" in entry.facts
    return {
        "id": f"e{entry.pk}",
        "what": what,
        "is_mine": mine and entry.author_id is None,
        "is_reply": entry.kind == EntryKind.REPLY,
        "folded": entry.kind == EntryKind.NOTICE,
        "at": entry.at,
        "body": "" if entry.kind == EntryKind.FILE else _without_link(entry),
        "stars": entry.facts.get("handling") if "survey" in entry.facts else None,
        "files": [file for file in entry.attachments.all() if file.visibility == Visibility.PUBLIC],
    }


def _without_link(entry: Entry) -> str:
    """A message of ours without its last lines: the link to the page one is on, and who signs."""
    ours = entry.kind in (EntryKind.NOTICE, EntryKind.REPLY)
    link = entry.body.find("/track/") if ours else -1
    end = entry.body.rfind("\n\n", 0, link) if link >= 0 else -1
    return entry.body[:end] if end > 0 else entry.body


def _what(entry: Entry) -> str:
    facts = entry.facts
    if entry.kind == EntryKind.NOTICE:
        return str(facts.get("subject") or _("Message from us"))
    if entry.kind == EntryKind.WORDS:
        return _("You asked where it stands") if "chaser" in facts else _words_of(facts)
    if "survey" in facts:
        return _("Your rating")
    by_kind = {EntryKind.REPLY: _("Our answer"), EntryKind.FILE: _("A file")}
    by_step = {Step.ACCEPT_REPLY: _("You accepted our answer"), Step.REFUSE_REPLY: _("You did not accept our answer")}
    return by_step.get(facts.get("step", "")) or by_kind.get(EntryKind(entry.kind)) or _("Message from us")


def _words_of(facts: dict[str, Any]) -> str:
    if "withdrawn" in facts:
        return _("You took it back")
    return _("You added") if "added" in facts else _("What you told us")
