"""Versions of the process standard: drafted from the one in force, edited as a draft, activated or discarded."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from wenguo.lib.actors import Actor
from wenguo.lib.errors import Changed, Refused
from wenguo.lib.now import now
from wenguo.process.actions.guard import check_filled, lock_process, record, set_fields
from wenguo.process.choices import Stage, StandardState
from wenguo.process.models import StageRule, Standard
from wenguo.process.queries.history import changes_since

STANDARD_FIELDS = (
    "name_zh", "name_en", "calendar", "note", "call_back_percent", "urgent_first_answer_hours", "urgent_solved_hours",
    "silence_working_days", "reply_needs_review", "whole_ordinary", "whole_major", "whole_complex",
)  # fmt: skip
STAGE_FIELDS = (
    "name_zh", "name_en", "owner_role", "inputs_zh", "inputs_en", "outputs_zh", "outputs_en", "procedure_zh",
    "procedure_en", "limit_ordinary", "limit_major", "limit_complex", "limit_unit", "limit_from_receipt",
    "quality_target_zh", "quality_target_en", "form",
)  # fmt: skip


@transaction.atomic
def draft_new_version(standard: Standard, *, by: Actor) -> Standard:
    """A draft with everything the given version says; one draft a pack at a time."""
    lock_process(by)
    rows = Standard.objects.filter(pack=standard.pack)
    if rows.filter(state=StandardState.DRAFT).exists():
        raise Refused(_("There is a draft already. Go on with it, or discard it first."))
    stages = list(StageRule.objects.filter(standard=standard))
    latest = rows.aggregate(latest=Max("version"))["latest"] or 0
    draft = Standard.objects.create(
        pack=standard.pack,
        version=latest + 1,
        state=StandardState.DRAFT,
        created_at=now(),
        created_by=by.audit_name[:200],
        **{field: getattr(standard, field) for field in STANDARD_FIELDS} | {"note": ""},
    )
    copies = [
        StageRule(standard=draft, stage=rule.stage, **{field: getattr(rule, field) for field in STAGE_FIELDS})
        for rule in stages
    ]
    StageRule.objects.bulk_create(copies)
    record("standard.drafted", by=by, pack=draft.pack, version=draft.version, source=standard.version)
    return draft


@transaction.atomic
def change_standard(draft: Standard, *, by: Actor, version: int | None = None, **wanted: Any) -> Standard:
    """Changes what a draft says of the whole: calendar, whole-complaint limits, urgent hours, call-back share.

    `version` is the edition the person saw; what somebody else changed since is told, and nothing is written.
    """
    lock_process(by)
    draft = _locked_draft(draft)
    _check_edition(draft, version, "standard.changed", draft)
    check_filled(**{key: str(wanted[key]) for key in ("name_zh", "name_en") if key in wanted})
    if not 0 <= int(wanted.get("call_back_percent", 0)) <= 100:
        raise Refused(_("Enter a share from 0 to 100."), field="call_back_percent")
    changed = set_fields(draft, {field: wanted[field] for field in STANDARD_FIELDS if field in wanted})
    if changed:
        draft.edition += 1
        draft.save(update_fields=[*changed, "edition"])
        record("standard.changed", by=by, pack=draft.pack, version=draft.version, changed=changed)
    return draft


@transaction.atomic
def change_stage_rule(rule: StageRule, *, by: Actor, version: int | None = None, **wanted: Any) -> StageRule:
    """Changes what a draft says of one stage. Versions in force or retired never change: complaints keep them.

    `version` is the edition the person saw, as in `change_standard`.
    """
    lock_process(by)
    _locked_draft(rule.standard)
    rule = StageRule.objects.select_for_update().select_related("standard").get(pk=rule.pk)
    _check_edition(rule, version, "stage_rule.changed", rule.standard, stage=rule.stage)
    check_filled(**{key: str(wanted[key]) for key in ("name_zh", "name_en") if key in wanted})
    _check_limits(rule, wanted)
    changed = set_fields(rule, {field: wanted[field] for field in STAGE_FIELDS if field in wanted})
    if changed:
        rule.edition += 1
        rule.save(update_fields=[*changed, "edition"])
        facts = {"version": rule.standard.version, "stage": rule.stage, "changed": changed}
        record("stage_rule.changed", by=by, pack=rule.standard.pack, **facts)
    return rule


@transaction.atomic
def activate_standard(draft: Standard, *, by: Actor, note: str = "") -> Standard:
    """The draft comes into force for complaints from now on; the version before is retired and keeps its complaints."""
    lock_process(by)
    draft = _locked_draft(draft)
    _check_complete(draft)
    before = Standard.objects.filter(pack=draft.pack, state=StandardState.ACTIVE)
    retired = list(before.values_list("version", flat=True))
    before.update(state=StandardState.RETIRED)
    draft.state, draft.activated_at, draft.note = StandardState.ACTIVE, now(), note.strip() or draft.note
    draft.save(update_fields=["state", "activated_at", "note"])
    record("standard.activated", by=by, pack=draft.pack, version=draft.version, retired=retired, note=draft.note)
    return draft


@transaction.atomic
def discard_draft(draft: Standard, *, by: Actor) -> None:
    """Deletes a draft; nothing refers to it."""
    lock_process(by)
    draft = _locked_draft(draft)
    pack, version = draft.pack, draft.version
    draft.delete()
    record("standard.discarded", by=by, pack=pack, version=version)


def _locked_draft(standard: Standard) -> Standard:
    found = Standard.objects.select_for_update().filter(pk=standard.pk).first()
    if found is None:
        raise Refused(_("This draft was discarded by somebody else. Draft a new version."))
    if not found.is_draft:
        raise Refused(_("Only a draft can be changed. Draft a new version first."))
    return found


def _check_edition(row: Standard | StageRule, seen: int | None, event: str, draft: Standard, **where: str) -> None:
    """Two people on one draft: the second is told what the first changed."""
    if seen is None or seen == row.edition:
        return
    missed = changes_since(event, row.edition - seen, pack=draft.pack, version=draft.version, **where)
    raise Changed(_("Somebody else changed this draft while you had it open."), missed, row.edition)


def _check_limits(rule: StageRule, wanted: dict[str, Any]) -> None:
    for field in ("limit_ordinary", "limit_major", "limit_complex"):
        value = wanted.get(field, getattr(rule, field))
        if value is not None and not 0 <= value <= 1000:
            raise Refused(_("Enter a limit from 0 to 1000, or leave it empty for no limit."), field=field)


def _check_complete(draft: Standard) -> None:
    there = set(StageRule.objects.filter(standard=draft).values_list("stage", flat=True))
    missing = [str(stage.label) for stage in Stage if stage.value not in there]
    if missing:
        raise Refused(_("These stages are missing: %(stages)s.") % {"stages": ", ".join(missing)})
