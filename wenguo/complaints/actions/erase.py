"""Erasing a person: what was said on their complaints goes, what was decided stays (ADR-0015)."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from wenguo.audit.actions import record
from wenguo.complaints.actions.guard import notice_change
from wenguo.complaints.actions.search import index_complaint
from wenguo.complaints.models import (
    Attachment,
    ClockEvent,
    Complaint,
    Entry,
    FileText,
    SearchDocument,
    StageOutput,
    Task,
)
from wenguo.complaints.models.complaint import new_salt
from wenguo.customers.access import check_may_erase
from wenguo.customers.actions import Tally
from wenguo.customers.choices import GONE, Erased
from wenguo.customers.models import Customer, Interaction
from wenguo.customers.queries import family
from wenguo.lib.actors import Actor

_TEXTS = ("words", "apparent_demand", "hidden_need", "remedy_sought", "product_text", "order_reference")
_PROXY = ("proxy_name", "proxy_relation")
# What a line of the timeline may go on saying: who did which step to what, when. Subjects and names of files go.
_STEP = ("step", "from", "to", "event", "skipped", "added", "through", "chaser", "task", "unit")
_TOLD = ("notice", "message_id", "reply", "direction", "minutes", "channel")
_DUE = ("clock", "add", "before", "due")
_KIN = ("merged", "linked", "unlinked")
_SCORES = ("survey", "handling", "result", "product", "is_solved")
_FACTS = frozenset((*_STEP, *_TOLD, *_DUE, *_KIN, *_SCORES))


@transaction.atomic
def forget(customer: Customer, *, by: Actor) -> Tally:
    """Words, titles, timeline, tasks and names of files of the whole family's complaints; old links stop working.

    The contents of the files are removed by the caller once this is committed: `contents_of` names them before.
    """
    check_may_erase(by)
    mine = Complaint.objects.filter(customer__in=family(customer))
    complaints = list(mine.select_for_update(of=("self",)).select_related("product", "issue").order_by("pk"))
    keys = [one.pk for one in complaints]
    Interaction.objects.filter(about__in=[one.audit_chain for one in complaints]).update(summary="")
    ClockEvent.objects.filter(clock__complaint__in=keys).update(note="")
    SearchDocument.objects.filter(complaint__in=keys).update(tokens="")  # at once, not when its turn comes
    FileText.objects.filter(attachment__complaint__in=keys).delete()
    StageOutput.objects.filter(complaint__in=keys).exclude(justification="").update(justification=GONE)
    gone: Tally = {
        Erased.WORDS: len(complaints),
        Erased.TIMELINE: _forget_timeline(keys),
        Erased.FILES: Attachment.objects.filter(complaint__in=keys).update(name=GONE, sha256=""),
        Erased.TASKS: Task.objects.filter(complaint__in=keys).update(title=GONE),
    }
    for complaint in complaints:
        _forget_words(complaint, by)
    return gone


def contents_of(customer: Customer) -> set[str]:
    """The contents (by hash) of all files on this customer's complaints."""
    files = Attachment.objects.filter(complaint__customer__in=family(customer)).exclude(sha256="")
    return set(files.values_list("sha256", flat=True))


def in_use(contents: Iterable[str]) -> set[str]:
    """Those that still hang on some complaint: equal files are kept once."""
    return set(Attachment.objects.filter(sha256__in=list(contents)).values_list("sha256", flat=True))


def _forget_timeline(keys: list[int]) -> int:
    entries = list(Entry.objects.filter(complaint__in=keys))
    spoken = sum(bool(entry.body) for entry in entries)
    for entry in entries:
        entry.body = ""
        entry.facts = {name: value for name, value in entry.facts.items() if name in _FACTS}
    Entry.objects.bulk_update(entries, ["body", "facts"], batch_size=200)
    return spoken


def _forget_words(complaint: Complaint, by: Actor) -> None:
    """The number in the source system stays: without it, the next import would bring the complaint back."""
    blank: dict[str, Any] = dict.fromkeys((*_TEXTS, *_PROXY), "")
    blank |= {"title": GONE, "imported_facts": {}, "tracking_salt": new_salt(), "version": complaint.version + 1}
    for field, value in blank.items():
        setattr(complaint, field, value)
    complaint.save(update_fields=list(blank))
    record(complaint, "forgotten", by=by, body={"version": complaint.version})
    notice_change(complaint)
    index_complaint(complaint)
