"""Metrics the company defined itself, for whoever keeps the settings."""

from wenguo.accounts.access import check_permission
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.insights.models import OwnMetric


def get_metric_for(user: User, pk: int) -> OwnMetric:
    check_permission(user, Permission.SETTINGS)
    return OwnMetric.objects.get(pk=pk)
