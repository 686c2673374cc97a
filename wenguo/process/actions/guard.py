"""What the actions of this room share: one lock, one chain of the audit, fields that must be filled."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from wenguo.audit import actions as audit
from wenguo.audit.models import Chain
from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused
from wenguo.process.access import check_may_change

CHAIN = "process"


def lock_process(by: Actor) -> None:
    """Settings change rarely and touch each other: one at a time, by a lock on their chain. Then the access check."""
    check_may_change(by)
    Chain.objects.get_or_create(name=CHAIN)
    list(Chain.objects.select_for_update().filter(name=CHAIN).values_list("pk"))


def record(event: str, *, by: Actor, **body: object) -> None:
    audit.record_in(CHAIN, event, by=by, body=body)


def set_fields(row: models.Model, wanted: Mapping[str, Any]) -> dict[str, list[object]]:
    """Sets what differs and returns it as {field: [before, after]}, as the audit keeps it. Does not save."""
    changed: dict[str, list[object]] = {}
    for field, value in wanted.items():
        before = getattr(row, field)
        if before != value:
            changed[field] = [_said(before), _said(value)]
            setattr(row, field, value)
    return changed


def check_filled(**values: str) -> None:
    for field, value in values.items():
        if not value.strip():
            raise Refused(_("Fill in this field."), field=field)


def _said(value: object) -> object:
    if isinstance(value, models.Model):
        return str(getattr(value, "code", value.pk))
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)
