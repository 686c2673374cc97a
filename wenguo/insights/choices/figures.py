"""The figures: which there are, how they are decided."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Figure(TextChoices):
    TIMELINESS = "timeliness", _("Handling timeliness")
    SATISFACTION = "satisfaction", _("Satisfaction rate")
    ANALYSIS = "analysis", _("Cause-analysis timeliness")
    RESOLUTION = "resolution", _("Effective resolution")
    PROMISES = "promises", _("Promises kept")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged in time")
    RETENTION = "retention", _("Key-customer retention")


class Count(TextChoices):
    """ISO 10002 annex H."""

    RECEIVED = "received", _("Received")
    FIRST_CONTACT = "first_contact", _("Resolved at first contact")
    WRONG_PRIORITY = "wrong_priority", _("Wrongly prioritised")
    ACKNOWLEDGED_LATE = "acknowledged_late", _("Acknowledged late")
    RESOLVED_LATE = "resolved_late", _("Resolved late")
    REFERRED = "referred", _("Referred outside")
    REPEAT = "repeat", _("Repeat complaints")
    IMPROVED = "improved", _("Procedures improved")


class Period(TextChoices):
    THIS_MONTH = "this_month", _("This month")
    LAST_MONTH = "last_month", _("Last month")
    DAYS_90 = "90_days", _("90 days")
    YEAR = "year", _("12 months")
    ALL = "all", _("All")


class SourceFilter(TextChoices):
    LIVE = "live", _("Live")
    IMPORTED = "imported", _("Imported history")
    ALL = "all", _("All sources")


class Part(TextChoices):
    FAILED = "failed", _("Fell short")
    MET = "met", _("Reached the goal")
    EXCLUDED = "excluded", _("Left out")
