"""What was changed in the settings, read from the audit chain in the reader's words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from wenguo.accounts.choices import Role
from wenguo.audit.models import AuditEntry
from wenguo.process.choices import CHANGE_LABELS, FIELD_LABELS, LimitUnit, Stage, TreeKind

HISTORY_LENGTH = 50


@dataclass(frozen=True)
class ShownChange:
    """One change of the settings in the reader's words: what, of what, by whom, and which fields."""

    label: str
    subject: str
    actor: str
    at: datetime
    fields: tuple[tuple[str, str, str], ...]


def history(limit: int = HISTORY_LENGTH, events: Sequence[str] = ()) -> list[ShownChange]:
    """The newest changes, from the audit chain; of these kinds only, where given."""
    rows = AuditEntry.objects.filter(chain="process").order_by("-seq")
    return [_change(entry) for entry in (rows.filter(event__in=events) if events else rows)[:limit]]


def _change(entry: AuditEntry) -> ShownChange:
    body: dict[str, Any] = entry.body
    changed: dict[str, Any] = body.get("changed") or {}
    fields = tuple(
        (str(FIELD_LABELS.get(key, key)), value_text(key, pair[0]), value_text(key, pair[1]))
        for key, pair in changed.items()
    )
    label = str(CHANGE_LABELS.get(entry.event, entry.event))
    return ShownChange(label, _subject(body), entry.actor.rpartition(" ")[2], entry.at, fields)


def _subject(body: dict[str, Any]) -> str:
    """The thing that was changed: stage, code, day … with its version."""
    parts = []
    if body.get("tree") in TreeKind.values:
        parts.append(str(TreeKind(body["tree"]).label))
    if body.get("stage") in Stage.values:
        parts.append(str(Stage(body["stage"]).label))
    if body.get("role") in Role.values:
        parts.append(str(Role(body["role"]).label))
    parts += [str(body[key]) for key in ("calendar", "code", "day", "year") if body.get(key)]
    if body.get("version"):
        parts.append(_("version %(n)s") % {"n": body["version"]})
    return " · ".join(parts)


def changes_since(event: str, number: int, **body: object) -> list[str]:
    """The newest entries of this kind about this thing, a line a field: who, when, what → what."""
    about = {f"body__{key}": value for key, value in body.items()}
    rows = AuditEntry.objects.filter(chain="process", event=event, **about).order_by("-seq")[:number]
    lines = []
    for change in map(_change, rows):
        head = f"{change.actor} · {localtime(change.at):%H:%M}"
        lines += [f"{head} · {label}: {before} → {after}" for label, before, after in change.fields]
    return lines


def value_text(field: str, value: object) -> str:
    """A value as people read it."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if field == "owner_role":
        return str(Role(str(value)).label)
    if field == "limit_unit":
        return str(LimitUnit(str(value)).label)
    if field == "form" and isinstance(value, list):
        return "\n".join(
            f"{row.get('label_zh')} / {row.get('label_en')}{' *' if row.get('required') else ''}" for row in value
        )
    return str(value)
