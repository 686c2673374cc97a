"""The complaint itself, the units involved, and what each stage left."""

import secrets
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from wenguo.accounts.access import grants_of
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Unit, User
from wenguo.audit.models import Audited
from wenguo.audit.queries import kept
from wenguo.complaints.choices import (
    ENDED_STATUSES,
    OPEN_STATUSES,
    STATUS_KIND,
    EndedAs,
    InvolvedAs,
    PassedBy,
    Source,
    Status,
)
from wenguo.customers.models import Customer, Holding, Interaction
from wenguo.lib.fields import EncryptedTextField
from wenguo.lib.labels import QuickLabels
from wenguo.lib.together import update, while_held
from wenguo.process.choices import Importance, Stage
from wenguo.process.models import Standard, TaxonomyNode


def new_salt() -> str:
    return secrets.token_hex(8)


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def open(self) -> "ComplaintQuerySet":
        return self.filter(status__in=OPEN_STATUSES)

    def ended(self) -> "ComplaintQuerySet":
        return self.filter(status__in=ENDED_STATUSES)

    def live(self) -> "ComplaintQuerySet":
        """Without imported history."""
        return self.filter(source=Source.LIVE)

    def overdue(self, now: datetime) -> "ComplaintQuerySet":
        return self.filter(next_due_at__lt=now)

    def visible_to(self, user: User, permission: Permission = Permission.VIEW) -> "ComplaintQuerySet":
        """One policy for list, search, export, figures and API: role × org subtree, and recusal. Fails closed."""
        grants = grants_of(user)
        paths = grants.paths(permission)
        if not paths:
            return self.none()
        visible = self.exclude(respondent_user=user)
        if grants.everywhere(permission):
            return visible
        # IN, not EXISTS, and units by number: a small unit's list costs what the unit has, not what everybody has
        inside = Involvement.objects.filter(unit__in=_unit_keys(user, permission, paths))
        return visible.filter(pk__in=inside.values("complaint"))


def _unit_keys(user: User, permission: Permission, paths: list[str]) -> list[int]:
    """The units below these paths; read once per person object, like the person's grants."""
    known: dict[Permission, list[int]] = user.__dict__.setdefault("_unit_keys", {})
    if permission not in known:
        known[permission] = kept("accounts", ("below", *paths), lambda: _below(paths))
    return known[permission]


def _below(paths: list[str]) -> list[int]:
    below = Q()
    for path in paths:
        below |= Q(path__startswith=path)
    return list(Unit.objects.filter(below).values_list("pk", flat=True))


class Complaint(QuickLabels, Audited):
    """An expression of dissatisfaction where an answer is expected, from receipt to the proven close.

    `db_index=False` where an index below begins with the column, or where nobody looks: each step moves the row, and
    a moved row is written into every index again.
    """

    AUDIT_CHAIN_FIELDS = ("reference",)

    reference = models.CharField(max_length=20, unique=True)
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="+", db_index=False)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.ACCEPT)
    status = models.CharField(max_length=20, choices=Status, default=Status.OPEN)
    version = models.PositiveIntegerField(default=1)

    # who complains, and for whom
    customer = models.ForeignKey(Customer, models.PROTECT, null=True, blank=True, related_name="complaints")
    is_anonymous = models.BooleanField(default=False)
    is_confidential = models.BooleanField(default=False)
    proxy_name = EncryptedTextField(blank=True)
    proxy_relation = models.CharField(max_length=100, blank=True)
    raising_department = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    language = models.CharField(max_length=10, default="zh-hans")

    # what was said: `words` are never changed
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    apparent_demand = models.TextField(blank=True)
    hidden_need = models.TextField(blank=True)
    remedy_sought = models.TextField(blank=True)
    occurred_on = models.DateField(null=True, blank=True)
    is_recurrent = models.BooleanField(default=False)

    # about what and whom
    channel = models.ForeignKey(TaxonomyNode, models.PROTECT, related_name="+")
    product = models.ForeignKey(TaxonomyNode, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    issue = models.ForeignKey(TaxonomyNode, models.PROTECT, null=True, blank=True, related_name="+")
    product_text = models.CharField(max_length=200, blank=True)
    order_reference = models.CharField(max_length=100, blank=True)
    holding = models.ForeignKey(Holding, models.PROTECT, null=True, blank=True, related_name="+")
    respondent_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    respondent_user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    # how grave
    importance = models.CharField(max_length=20, choices=Importance, blank=True)
    is_urgent = models.BooleanField(default=False)
    is_safety = models.BooleanField(default=False)
    is_vulnerable = models.BooleanField(default=False)
    is_disputed = models.BooleanField(default=False)
    severity = models.PositiveSmallIntegerField(null=True, blank=True)
    safety = models.PositiveSmallIntegerField(null=True, blank=True)
    complexity = models.PositiveSmallIntegerField(null=True, blank=True)
    impact = models.PositiveSmallIntegerField(null=True, blank=True)

    # whose it is
    receiving_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    first_owner = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    lead_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="owned_complaints", db_index=False
    )

    # when; received is not entered
    received_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    next_due_at = models.DateTimeField(null=True, blank=True)
    promised_at = models.DateTimeField(null=True, blank=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    # how it ended
    ended_as = models.CharField(max_length=20, choices=EndedAs, blank=True)
    is_upheld = models.BooleanField(null=True, blank=True)
    reply_accepted = models.BooleanField(null=True, blank=True)
    call_back_due = models.BooleanField(null=True, blank=True)
    satisfaction = models.PositiveSmallIntegerField(null=True, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    chased = models.PositiveSmallIntegerField(default=0)
    reopened = models.PositiveSmallIntegerField(default=0)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    # where it came from
    source = models.CharField(max_length=10, choices=Source, default=Source.LIVE)
    source_system = models.CharField(max_length=40, blank=True)
    source_id = models.CharField(max_length=100, blank=True)
    imported_facts = models.JSONField(default=dict, blank=True)
    interaction = models.ForeignKey(Interaction, models.PROTECT, null=True, blank=True, related_name="+")
    # with SECRET_KEY it makes the link on the receipt; a new salt makes old links worthless
    tracking_salt = models.CharField(max_length=16, default=new_salt, editable=False)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_system", "source_id"], condition=~Q(source_id=""), name="complaints_imported_once"
            ),
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True) | Q(handled_by__isnull=False) | Q(source="imported"),
                name="complaints_handled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")), name="complaints_not_into_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="complaints_newest"),
            models.Index(fields=["status", "-received_at", "-id"], name="complaints_by_status"),
            models.Index(fields=["stage", "-received_at", "-id"], name="complaints_by_stage"),
            models.Index(fields=["owner", "status", "-received_at", "-id"], name="complaints_of_owner"),
            models.Index(fields=["lead_unit", "status", "-received_at", "-id"], name="complaints_of_unit"),
            models.Index(fields=["product", "issue", "-received_at"], name="complaints_alike"),
            # finding what is due costs what is due, not what is open
            models.Index(fields=["next_due_at", "id"], name="complaints_due", condition=Q(next_due_at__isnull=False)),
            models.Index(fields=["-changed_at", "-id"], name="complaints_changed"),
            models.Index(fields=["handled_at"], name="complaints_handled", condition=Q(handled_at__isnull=False)),
            models.Index(fields=["ended_at"], name="complaints_ended", condition=Q(ended_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def audit_chain(self) -> str:
        return f"complaint:{self.reference}"

    @property
    def status_kind(self) -> str:
        """The colour word of the status."""
        return STATUS_KIND[Status(self.status)]

    @property
    def importance_kind(self) -> str:
        """The colour word of the importance."""
        return "neutral" if self.importance in ("", Importance.ORDINARY) else "major"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES

    def outputs_left(self) -> list[tuple[str, int]]:
        """(stage, round) of everything its stages left."""
        return while_held(self, "outputs", lambda: list(self.outputs.values_list("stage", "round")))

    def involved_paths(self) -> list[str]:
        """The paths of the units that have to do with it."""
        return while_held(self, "paths", lambda: list(self.involvements.values_list("unit__path", flat=True)))

    def as_left(self) -> "Complaint | None":
        """The row as the last action on this object left it; None where no action has locked it."""
        left: Complaint | None = self.__dict__.get("_left")
        return left

    def remember(self) -> None:
        """From here on `keep_changes` knows what differs."""
        self.__dict__["_as_read"] = {name: self.__dict__[name] for name in _COLUMNS}

    def keep_changes(self) -> None:
        """Writes the columns that differ from what was read under the lock: a dozen of seventy."""
        before = self.__dict__["_as_read"]
        changed = [name for name in _COLUMNS if self.__dict__[name] != before[name]]
        if changed:
            update(self, changed)
            self.remember()


_COLUMNS = tuple(field.attname for field in Complaint._meta.concrete_fields)


class Involvement(models.Model):
    """A unit that has to do with a complaint: what row scope is read from."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="involvements", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    involved_as = models.CharField(max_length=12, choices=InvolvedAs)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "unit", "involved_as"], name="complaints_involved_once")
        ]
        indexes = [models.Index(fields=["unit", "-complaint"], name="complaints_of_involved_unit")]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.involved_as} {self.unit_id}"


class StageOutput(models.Model):
    """What a stage left: the input of the next one. A skipped stage says why."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="outputs", db_index=False)
    stage = models.CharField(max_length=20, choices=Stage)
    round = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    body = models.JSONField(default=dict)
    # "" = done; otherwise the rule it was passed by (`PassedBy`), or a person's justification for skipping it
    passed_by_rule = models.CharField(max_length=200, blank=True)
    justification = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["complaint", "stage", "-id"], name="complaints_outputs")]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.stage}"

    @property
    def not_done_because(self) -> str:
        """The rule or the justification by which the stage was passed; empty where it was done."""
        rule = self.passed_by_rule
        return str(PassedBy(rule).label) if rule in PassedBy.values else rule or self.justification
