"""Which complaints a person sees, as cheap as the size of their part of the company allows."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from wenguo.accounts.access import grants_of, units_in_scope
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Unit, User
from wenguo.complaints.models import Complaint, ComplaintQuerySet, Involvement

FEW = 20_000  # complaints that are read one by one faster than the newest of all are looked through
_MOST_UNITS = 300  # in one question to the full-text index


@dataclass(frozen=True)
class Reach:
    """How far somebody sees: everywhere, or in these units; `is_few` when that is not much."""

    everywhere: bool
    units: tuple[int, ...] = ()
    is_few: bool = False

    @property
    def indexed_units(self) -> tuple[int, ...]:
        """The units as the full-text index is asked for them; too many are not asked for."""
        return self.units if len(self.units) <= _MOST_UNITS else ()


def reach_of(user: User) -> Reach:
    """One statement for the units, one that counts FEW rows of an index at most."""
    if grants_of(user).everywhere(Permission.VIEW):
        return Reach(everywhere=True)
    units = tuple(Unit.objects.filter(units_in_scope(user, Permission.VIEW)).values_list("pk", flat=True))
    return Reach(False, units, _involved(units)[: FEW + 1].count() <= FEW)


def visible_rows(user: User, reach: Reach) -> ComplaintQuerySet:
    """The same complaints as `visible_to`; a small part of the company is read whole, whatever else is asked."""
    if not reach.is_few:
        return Complaint.objects.visible_to(user)
    keys, parameters = _involved(reach.units).values("complaint").query.sql_with_params()
    if connection.vendor == "postgresql":
        # An array is read before the rest: the planner cannot choose to walk through everybody's complaints instead
        keys = f"SELECT unnest(ARRAY({keys}))"
    return Complaint.objects.exclude(respondent_user=user).filter(pk__in=RawSQL(keys, parameters))  # noqa: S611


def _involved(units: tuple[int, ...]) -> QuerySet[Involvement]:
    return Involvement.objects.filter(unit__in=units).order_by()
