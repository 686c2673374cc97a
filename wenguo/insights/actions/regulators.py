"""Regulators: codes, mappings and the firm's facts are kept; files are asked for and declared ready."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.access import check_permission
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.audit.actions import record_in
from wenguo.insights.access import check_regulators
from wenguo.insights.choices import SourceFilter
from wenguo.insights.choices.regulators import CodeAxis, FileState, Regime
from wenguo.insights.models import CodeMapping, RegulatorCode, RegulatorFile, RegulatorFirm
from wenguo.insights.queries.regulators.codes import axes_of, codes_of
from wenguo.insights.queries.slices import house_today
from wenguo.insights.rules.periods import Days
from wenguo.insights.rules.regulators import REGIMES
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.process.models import TaxonomyNode

CHAIN = "regulators"


@transaction.atomic
def map_codes(regime: Regime, axis: CodeAxis, codes: Mapping[int, str], *, by: User) -> int:
    """Says which code each of these categories (by id) is; an empty text takes the mapping away. How many changed."""
    check_permission(by, Permission.SETTINGS)
    trees, known = axes_of(regime)[axis].trees, codes_of(regime, axis)
    nodes = TaxonomyNode.objects.filter(tree__in=trees, pk__in=codes).in_bulk()
    before = dict(CodeMapping.objects.filter(regime=regime, axis=axis).values_list("node_id", "code"))
    changed = {}
    for pk, node in nodes.items():
        code = " ".join(codes[pk].split())[:120]
        if code == before.get(pk, ""):
            continue
        if code and known and code not in known and code.split(" | ")[0] not in known:
            raise Refused(_("“%(code)s” is not in the list of codes. Add it to the list first.") % {"code": code})
        changed[node.code] = [before.get(pk, ""), code]
        if code:
            said = {"code": code, "changed_at": now(), "changed_by": by}
            CodeMapping.objects.update_or_create(regime=regime, axis=axis, node=node, defaults=said)
        else:
            CodeMapping.objects.filter(regime=regime, axis=axis, node=node).delete()
    if changed:
        record_in(CHAIN, "codes.mapped", by=by, body={"regime": regime, "axis": axis, "changed": changed})
    return len(changed)


@transaction.atomic
def add_code(regime: Regime, axis: CodeAxis, code: str, name_zh: str, name_en: str, *, by: User) -> RegulatorCode:
    """Adds a code to a regulator's list, or gives one another name."""
    check_permission(by, Permission.SETTINGS)
    code = " ".join(code.split())[:120]
    if not code or not (name_zh or name_en):
        raise Refused(_("Give the code and its name."), "code")
    names = {"name_zh": name_zh or name_en, "name_en": name_en or name_zh, "is_active": True}
    kept, _made = RegulatorCode.objects.update_or_create(regime=regime, axis=axis, code=code, defaults=names)
    record_in(CHAIN, "code.added", by=by, body={"regime": regime, "axis": axis, "code": code})
    return kept


@transaction.atomic
def drop_code(regime: Regime, axis: CodeAxis, code: str, *, by: User) -> None:
    """Takes a code out of the list. Mappings to it stay, and are faults until they are changed."""
    check_permission(by, Permission.SETTINGS)
    known = codes_of(regime, axis)
    if code not in known:
        raise Refused(_("“%(code)s” is not in the list of codes.") % {"code": code})
    names = {"name_zh": known[code].name_zh, "name_en": known[code].name_en, "is_active": False}
    RegulatorCode.objects.update_or_create(regime=regime, axis=axis, code=code, defaults=names)
    record_in(CHAIN, "code.dropped", by=by, body={"regime": regime, "axis": axis, "code": code})


@transaction.atomic
def set_firm(regime: Regime, facts: Mapping[str, str], *, by: User) -> None:
    """What every file of this regime says of the firm."""
    check_permission(by, Permission.SETTINGS)
    kept = {str(one): " ".join(facts.get(one, "").split())[:200] for one in REGIMES[regime].facts}
    RegulatorFirm.objects.update_or_create(regime=regime, defaults={"facts": kept})
    record_in(CHAIN, "firm.set", by=by, body={"regime": regime, "facts": kept})


@transaction.atomic
def ask_file(regime: Regime, days: Days, *, source: SourceFilter = SourceFilter.LIVE, by: User) -> RegulatorFile:
    """Leaves a file to be written. Earlier files of the period stay in the history."""
    check_regulators(by)
    if days.first > days.last:
        raise Refused(_("The period ends before it begins."), "last")
    if days.last >= house_today():
        raise Refused(_("The period is not over yet. Choose one that ended yesterday or before."), "last")
    if RegulatorFile.objects.filter(regime=regime, first=days.first, last=days.last, state=FileState.WAITING).exists():
        raise Refused(_("A file of this period is being written already."))
    asked = {"regime": regime, "first": days.first, "last": days.last, "source": source}
    file = RegulatorFile.objects.create(**asked, asked_at=now(), asked_by=by)
    record_in(CHAIN, "file.asked", by=by, body={"file": file.pk, **{key: str(value) for key, value in asked.items()}})
    return file


@transaction.atomic
def declare_ready(file: RegulatorFile, *, statement: str = "", by: User) -> RegulatorFile:
    """A person says this file goes out. Not while a fault stands; a nil return needs its sentence."""
    check_regulators(by)
    file = RegulatorFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if file.state != FileState.CHECKED:
        raise Refused(_("Only a file that was written and checked can be declared ready."))
    if file.fault_count:
        raise Refused(
            _("%(n)d faults stand. Correct the complaints or the codes, and have the file written again.")
            % {"n": file.fault_count}
        )
    statement = " ".join(statement.split())[:300]
    if file.is_nil and not statement:
        raise Refused(_("Write the sentence by which you declare that there was nothing to report."), "statement")
    file.state, file.ready_at, file.ready_by, file.statement = FileState.READY, now(), by, statement
    file.save(update_fields=["state", "ready_at", "ready_by", "statement"])
    body = {"file": file.pk, "sha256": file.sha256, "rows": file.rows, "is_nil": file.is_nil, "statement": statement}
    record_in(CHAIN, "file.ready", by=by, body=body)
    return file
