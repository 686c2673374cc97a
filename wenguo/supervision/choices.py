"""Inspections and the mark of stage 13."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MarkClass(TextChoices):
    KNOWLEDGE = "knowledge", _("Knowledge item")
    PROPOSAL = "proposal", _("Improvement proposal")
    CORRECTIVE_ACTION = "capa", _("Corrective action")
    PRODUCT_IDEA = "product_idea", _("Product concept")
    NOTHING = "nothing", _("Nothing to improve")


class ItemFinding(TextChoices):
    OPEN = "open", _("Not yet checked")
    CONFORMS = "conforms", _("Conforms")
    MINOR = "minor", _("Minor nonconformity")
    MAJOR = "major", _("Major nonconformity")


class PlanState(TextChoices):
    OPEN = "open", _("Under way")
    DONE = "done", _("Finished")
