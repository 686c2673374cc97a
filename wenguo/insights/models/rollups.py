"""The sums every page of figures reads, and what each complaint put into them (ADR-0016)."""

from django.db import models
from django.db.models import Q

from wenguo.complaints.choices import Source
from wenguo.insights.choices import Axis, Grain

COMPANY = 0  # the node that stands for everything, complaints without a unit included


class Rollup(models.Model):
    """Four sums of a metric on a day (or in a month) for a unit and all below it, perhaps cut along one axis.

    `node` is the unit's id; every complaint is added to its responsible unit (lead, else receiving), to each unit
    above, and to COMPANY: what a subtree has is one row a day, not a sum over its units. `member` names the place on
    the axis: id of a taxonomy node, importance, stage, step of a histogram, reason.
    """

    pk = models.CompositePrimaryKey("metric", "axis", "grain", "node", "source", "day", "member")
    metric = models.CharField(max_length=50)
    axis = models.CharField(max_length=12, choices=Axis, blank=True)
    grain = models.CharField(max_length=1, choices=Grain)
    node = models.IntegerField()
    source = models.CharField(max_length=10, choices=Source)
    day = models.DateField()
    member = models.CharField(max_length=40, blank=True)
    met = models.BigIntegerField(default=0)
    failed = models.BigIntegerField(default=0)
    left_out = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.metric} {self.axis}{self.member} {self.day} @{self.node}"


class Counted(models.Model):
    """What one complaint has put into the sums, so that it can be taken out again when it changes."""

    complaint = models.BigIntegerField(primary_key=True)  # no key: outlives a complaint whose import was taken back
    month = models.DateField()
    seq = models.BigIntegerField()
    source = models.CharField(max_length=10, choices=Source)
    unit = models.IntegerField(null=True, blank=True)
    respondent = models.IntegerField(null=True, blank=True)
    # customer/issue/received/merged: when it differs, repeats of the same customer may have come or gone
    same = models.CharField(max_length=80, blank=True)
    # {axis: member} along which its sums are cut
    members = models.JSONField(default=dict)
    # [[metric, day, met, failed, left_out, total, [[axis, member], …]], …]: what only this one is cut by
    put = models.JSONField(default=list)
    # when time alone changes something: a clock falls due, thirty days have passed
    next_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], name="insights_counted_next", condition=Q(next_at__isnull=False)),
            # recusal: what is about the reader is taken out of what the reader sees
            models.Index(fields=["respondent"], name="insights_counted_about", condition=Q(respondent__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"counted {self.complaint}"
