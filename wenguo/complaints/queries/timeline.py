"""The timeline as a person sees it, and what stages left."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.complaints.access import readable_entries, text_for
from wenguo.complaints.choices import EntryKind, Step, Visibility
from wenguo.complaints.models import Attachment, Complaint, Entry, StageOutput
from wenguo.process.choices import Stage

MOST_SHOWN = 300
_SAID = (EntryKind.WORDS, EntryKind.CALL, EntryKind.MAIL, EntryKind.REPLY, EntryKind.NOTICE, EntryKind.FILE)
# What the filter above the timeline may ask for
SHOWS: dict[str, Collection[str]] = {
    "said": _SAID,
    "internal": (EntryKind.NOTE, EntryKind.CALL, EntryKind.TASK),
    "steps": (EntryKind.STEP, EntryKind.CLOCK, EntryKind.TASK),
}
_SIDES = {
    EntryKind.WORDS: "customer",
    EntryKind.MAIL: "customer",
    EntryKind.REPLY: "reply",
    EntryKind.NOTICE: "reply",
    EntryKind.NOTE: "internal",
    EntryKind.CALL: "internal",
    EntryKind.TASK: "internal",
    EntryKind.STEP: "system",
    EntryKind.CLOCK: "system",
}
_ICONS = {EntryKind.CALL: "phone", EntryKind.TASK: "task", EntryKind.CLOCK: "clock", EntryKind.FILE: "paperclip"}


def family_ids(complaint: Complaint) -> list[int]:
    """The complaint and all merged into it, however deep: rows never move, so readers read the family."""
    found, level = [complaint.pk], [complaint.pk]
    while level:
        level = list(Complaint.objects.filter(merged_into__in=level).values_list("pk", flat=True))
        found += level
    return found


def own_family_ids(complaint: Complaint) -> list[int]:
    """What the complainant may see of the family: complaints of the same person only, never another's words."""
    if complaint.customer_id is None:
        return [complaint.pk]
    same = Complaint.objects.filter(pk__in=family_ids(complaint), customer=complaint.customer_id)
    return list(same.values_list("pk", flat=True))


def timeline(complaint: Complaint, *, public_only: bool = False) -> QuerySet[Entry]:
    """Entries of the family in order, with their authors, files and the complaint they were written on.

    `public_only` is what the complainant sees.
    """
    keys = own_family_ids(complaint) if public_only else family_ids(complaint)
    rows = Entry.objects.filter(complaint__in=keys)
    if public_only:
        rows = rows.filter(visibility=Visibility.PUBLIC)
    return rows.select_related("author", "complaint").prefetch_related("attachments").order_by("at", "id")


def latest_outputs(complaint: Complaint) -> dict[str, StageOutput]:
    """The newest output per stage."""
    rows = StageOutput.objects.filter(complaint=complaint).select_related("by").order_by("id")
    return {row.stage: row for row in rows}


@dataclass(frozen=True)
class FileShown:
    name: str
    url: str
    size: str
    digest: str


@dataclass(frozen=True)
class EntryShown:
    """One line of the timeline: whose side it stands on, who said what and when, as this person may read it."""

    id: str
    side: str
    icon: str
    author: str
    what: str
    at: datetime
    body: str
    files: list[FileShown]
    from_reference: str
    is_folded: bool


def timeline_shown(complaint: Complaint, user: User, show: str = "") -> list[EntryShown]:
    """Oldest first, at most the newest MOST_SHOWN; `show` is one of SHOWS or a kind of entry."""
    rows = timeline(complaint).filter(readable_entries(user, complaint))
    if kinds := SHOWS.get(show, (show,) if show in EntryKind.values else ()):
        rows = rows.filter(kind__in=kinds)
    newest = list(rows.order_by("-at", "-id")[:MOST_SHOWN])
    return [_entry(entry, complaint, user) for entry in reversed(newest)]


def _entry(entry: Entry, complaint: Complaint, user: User) -> EntryShown:
    kind = EntryKind(entry.kind)
    public = entry.visibility == Visibility.PUBLIC
    side = _SIDES.get(kind) or ("customer" if public and entry.author is None else "internal")
    said_by = entry.author.name if entry.author else _("Complainant") if side == "customer" else _("System")
    return EntryShown(
        id=f"entry-{entry.pk}",
        side="reply" if public and side == "internal" else side,
        icon=_ICONS.get(kind, ""),
        author=said_by,
        what=_what(entry, kind),
        at=entry.at,
        body="" if kind is EntryKind.FILE else text_for(user, entry.body),
        files=[_file(one, entry.complaint.reference) for one in entry.attachments.all()],
        from_reference=entry.complaint.reference if entry.complaint_id != complaint.pk else "",
        is_folded=kind is EntryKind.NOTICE,
    )


def _what(entry: Entry, kind: EntryKind) -> str:
    """What happened: a step with the stages it led between, a notice with its subject, else the kind."""
    facts = entry.facts
    if kind is EntryKind.STEP and facts.get("step") in Step.values:
        label = str(Step(facts["step"]).label)
        before, after = facts.get("from", [""])[0], facts.get("to", [""])[0]
        moved = before != after and {before, after} <= set(Stage.values)
        if not moved:
            return label
        names = {"step": label, "before": Stage(before).label, "after": Stage(after).label}
        return _("%(step)s: %(before)s → %(after)s") % names
    if kind is EntryKind.NOTICE:
        return str(facts.get("subject", kind.label))
    if kind is EntryKind.CALL and facts.get("minutes"):
        return _("%(kind)s, %(n)d min") % {"kind": kind.label, "n": facts["minutes"]}
    return str(kind.label)


def _file(attachment: Attachment, reference: str) -> FileShown:
    url = reverse("complaints:file", kwargs={"reference": reference, "pk": attachment.pk})
    return FileShown(attachment.name, url, filesizeformat(attachment.size), attachment.sha256)
