"""Metrics defined by form: added, changed (a new version), switched off and on; then the lake counts anew."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.access import check_permission
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.audit.actions import record_in
from wenguo.insights.choices import Better, Judged
from wenguo.insights.models import OwnMetric
from wenguo.insights.rules.own import Definition, fault_of
from wenguo.lib.errors import Refused
from wenguo.lib.now import now

CHAIN = "insights"
MOST = 30  # each is counted for every complaint


@dataclass(frozen=True)
class Wanted:
    """What the form says beside the definition."""

    name_zh: str
    name_en: str
    definition: Definition
    judged: Judged = Judged.NOT
    better: Better = Better.NEITHER
    target: float | None = None


@transaction.atomic
def add_metric(code: str, wanted: Wanted, *, by: User) -> OwnMetric:
    """From the next counting on it is in the registry as `own.<code>`."""
    _check(wanted, by)
    if OwnMetric.objects.filter(code=code).exists():
        raise Refused(_("There is a metric with this code already. Choose another one."), "code")
    if OwnMetric.objects.filter(is_active=True).count() >= MOST:
        raise Refused(_("There are thirty metrics of your own already. Switch one off first."))
    metric = OwnMetric(code=code, created_at=now(), created_by=by)
    return _kept(metric, wanted, "metric.added", by)


@transaction.atomic
def change_metric(metric: OwnMetric, wanted: Wanted, *, by: User) -> OwnMetric:
    """A changed definition is a new version; figures on paper say which one they were."""
    _check(wanted, by)
    metric = OwnMetric.objects.select_for_update().get(pk=metric.pk)
    if metric.definition != wanted.definition.as_json():
        metric.version += 1
    return _kept(metric, wanted, "metric.changed", by)


@transaction.atomic
def switch_metric(metric: OwnMetric, *, is_active: bool, by: User) -> OwnMetric:
    check_permission(by, Permission.SETTINGS)
    metric = OwnMetric.objects.select_for_update().get(pk=metric.pk)
    metric.is_active = is_active
    metric.save(update_fields=["is_active"])
    record_in(CHAIN, "metric.switched_on" if is_active else "metric.switched_off", by=by, body={"code": metric.code})
    return metric


def _check(wanted: Wanted, by: User) -> None:
    check_permission(by, Permission.SETTINGS)
    if fault := fault_of(wanted.definition):
        raise Refused(_("This part of the definition makes no sense together with the rest. Look at it again."), fault)


def _kept(metric: OwnMetric, wanted: Wanted, event: str, by: User) -> OwnMetric:
    metric.name_zh, metric.name_en = wanted.name_zh, wanted.name_en
    metric.definition = wanted.definition.as_json()
    metric.judged, metric.better, metric.target = wanted.judged, wanted.better, wanted.target
    metric.save()
    body = {"code": metric.code, "version": metric.version, "definition": metric.definition, "target": metric.target}
    record_in(CHAIN, event, by=by, body=body)
    return metric
