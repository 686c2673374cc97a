"""Roles, kinds of unit and what a role may do."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    AGENT = "agent", _("Agent")
    UNIT_HANDLER = "unit_handler", _("Unit handler")
    TEAM_LEAD = "team_lead", _("Team lead")
    DUTY_MANAGER = "duty_manager", _("Duty manager")
    REVIEWER = "reviewer", _("Reviewer")
    QUALITY = "quality", _("Quality officer")
    MANAGER = "manager", _("Manager")
    ADMINISTRATOR = "administrator", _("Administrator")
    AUDITOR = "auditor", _("Auditor")
    DEALER_USER = "dealer_user", _("Dealer user")


class UnitKind(TextChoices):
    COMPANY = "company", _("Company")
    DEPARTMENT = "department", _("Department")
    REGION = "region", _("Region")
    DEALER = "dealer", _("Dealer")
    STATION = "station", _("Service station")


class Permission(TextChoices):
    """The verbs of the access policy; `rules.POLICY` says which role has which."""

    VIEW = "view", _("see complaints")
    TAKE_IN = "take_in", _("take in complaints")
    JUDGE = "judge", _("judge validity and classify")
    DECLINE = "decline", _("decline complaints")
    SET_IMPORTANCE = "set_importance", _("set importance")
    REVIEW = "review", _("review complaints")
    ASSIGN = "assign", _("assign complaints")
    ARBITRATE = "arbitrate", _("decide returned dispatches")
    HANDLE = "handle", _("handle complaints")
    APPROVE = "approve", _("approve remedies")
    REVIEW_REPLY = "review_reply", _("review replies")
    SECOND_REVIEW = "second_review", _("decide the second review")
    CALL_BACK = "call_back", _("call back")
    CLOSE = "close", _("close complaints")
    REOPEN = "reopen", _("reopen complaints")
    MERGE = "merge", _("merge and link complaints")
    MARK = "mark", _("record use and improvement")
    INSPECT = "inspect", _("inspect complaints")
    NOTE = "note", _("write notes and tasks")
    READ_INTERNAL = "read_internal", _("read internal notes")
    CONTACT = "contact", _("talk with the complainant")
    REVEAL = "reveal", _("see personal data")
    EXPORT = "export", _("export")
    BULK = "bulk", _("change many at once")
    IMPORT = "import", _("import")
    SEE_FIGURES = "see_figures", _("see figures")
    CUSTOMERS = "customers", _("see and change customers")
    ERASE = "erase", _("erase personal data")
    SETTINGS = "settings", _("change settings")
    PEOPLE = "people", _("administer people")
    AUDIT = "audit", _("read the audit")
    TOKENS = "tokens", _("make API tokens")


class Scope(TextChoices):
    """What an API token may be used for; inside it, the owner's own permissions still decide."""

    COMPLAINTS_READ = "complaints:read", _("Read complaints")
    COMPLAINTS_WRITE = "complaints:write", _("Create and change complaints")
    CUSTOMERS_READ = "customers:read", _("Read customers")
    CUSTOMERS_WRITE = "customers:write", _("Create and change customers")
    FIGURES_READ = "figures:read", _("Read figures")
    AUDIT_READ = "audit:read", _("Read the audit")
