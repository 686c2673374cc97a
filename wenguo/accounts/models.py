"""People, org units and what binds them."""

import zoneinfo
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import get_language

from wenguo.accounts.choices import Role, UnitKind
from wenguo.lib.now import now


class UnitQuerySet(models.QuerySet["Unit"]):
    def active(self) -> "UnitQuerySet":
        return self.filter(is_active=True)

    def under(self, unit: "Unit") -> "UnitQuerySet":
        """The unit and everything below it."""
        return self.filter(path__startswith=unit.path)


class Unit(models.Model):
    """A place in the org tree. `path` is the ids from the root, `/1/4/9/`: a subtree is a prefix."""

    code = models.CharField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=UnitKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=200, db_index=True)
    province = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_external = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name_zh


class User(AbstractUser):
    """A person who signs in. `first_name`/`last_name` of Django stay empty: the name is one field."""

    name = models.CharField(max_length=100)
    staff_number = models.CharField(max_length=40, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="people")
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    time_zone = models.CharField(max_length=40, default="Asia/Shanghai")
    deputy = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="stands_in_for")
    absent_from = models.DateTimeField(null=True, blank=True)
    absent_until = models.DateTimeField(null=True, blank=True)
    handed_over_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="took_over_from"
    )  # set on leaving; upper rooms' jobs bring the open work there

    class Meta(AbstractUser.Meta):  # type: ignore[name-defined]  # the stubs leave it out
        constraints = [
            models.CheckConstraint(
                condition=Q(absent_from__isnull=True, absent_until__isnull=True) | Q(absent_until__gt=F("absent_from")),
                name="accounts_absence_has_both_ends",
            ),
            # One signs in by name or address: two people with one address could not be told apart.
            models.UniqueConstraint(Lower("email"), name="accounts_email_once", condition=~Q(email="")),
            models.UniqueConstraint(Lower("username"), name="accounts_username_once"),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def audit_name(self) -> str:
        return f"user:{self.pk} {self.username}"

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def is_waiting(self) -> bool:
        """Invited, and no password chosen yet."""
        return self.is_active and not self.has_usable_password()

    @property
    def is_away(self) -> bool:
        return self.is_absent(now())

    @property
    def last_moment_away(self) -> datetime | None:
        """The end is not included: whoever is away until the 10th, 00:00, is away on the 9th for the last day."""
        return self.absent_until and self.absent_until - timedelta(microseconds=1)

    def is_absent(self, moment: datetime) -> bool:
        return bool(self.absent_from and self.absent_until and self.absent_from <= moment < self.absent_until)


class Membership(models.Model):
    """A role somebody has in a unit and everything below it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "unit", "role"], name="accounts_role_once_per_unit")]

    def __str__(self) -> str:
        return f"{self.user} {self.role} @ {self.unit}"


class Invitation(models.Model):
    """A person asked to set a first password; the token is stored hashed."""

    user = models.OneToOneField(User, models.CASCADE, related_name="invitation")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"invitation of {self.user}"


class ApiToken(models.Model):
    """A machine's key to the API, acting as its owner within `scopes`; stored hashed, shown once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.prefix}… {self.name}"
