"""Regulators the product writes files for: regimes, the axes of their codes, states of a file, faults of a row."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Regime(TextChoices):
    CN_BANK = "cn-bank", _("China, banks: JR/T 0169-2018")
    CFPB = "us-cfpb", _("United States: CFPB complaint fields")
    FCA = "uk-fca", _("United Kingdom: FCA complaints return (DISP 1 Annex 1)")
    ASIC = "au-asic", _("Australia: ASIC internal dispute resolution data (RG 271)")


class CodeAxis(TextChoices):
    """What is coded. Which trees of ours are asked for it: `rules.regulators`."""

    BUSINESS_CHANNEL = "business_channel", _("Channel in which the business was done")
    BUSINESS = "business", _("Kind of business")
    REASON = "reason", _("Reason of the complaint")
    PRODUCT = "product", _("Product")
    ISSUE = "issue", _("Issue")
    SUBMITTED = "submitted", _("Submitted via")
    OUTCOME = "outcome", _("Outcome")


class FileState(TextChoices):
    WAITING = "waiting", pgettext_lazy("regulator file", "Waiting")
    WORKING = "working", _("Being written")
    CHECKED = "checked", _("Written and checked")
    READY = "ready", _("Ready to be sent")
    FAILED = "failed", pgettext_lazy("regulator file", "Failed")


FILE_KIND = {
    FileState.WAITING: "neutral",
    FileState.WORKING: "act",
    FileState.CHECKED: "major",
    FileState.READY: "ok",
    FileState.FAILED: "urgent",
}


class RowFault(TextChoices):
    """What is wrong with a row; `what` names the field, the category or the value."""

    UNCLASSIFIED = "unclassified", _("The complaint is not classified for")
    UNMAPPED = "unmapped", _("This category has no code for")
    UNKNOWN_CODE = "unknown_code", _("This code is not in the list")
    MISSING = "missing", _("The regulator needs this field")
    ENDS_BEFORE = "ends_before", _("It ended before it was received")
    UNDECIDED = "undecided", _("It ended without saying whether it was upheld")
    VALUE = "value", _("The regulator does not know this value")


class FirmFact(TextChoices):
    """What a file says of the firm itself; the same for every row."""

    FIRM_NAME = "firm_name", _("Name of the firm, as the regulator knows it")
    FIRM_NUMBER = "firm_number", _("Number of the firm at the regulator")
    BRAND = "brand", _("Brand or subsidiary the complaints are about")
    NOT_HELD_GENDER = "not_held_gender", _("Code for “gender not stated”")
    NOT_HELD_AGE = "not_held_age", _("Code for “age not stated”")
    NOT_HELD_POSTCODE = "not_held_postcode", _("Code for “postcode not stated”")
    STATUS_OPEN = "status_open", _("Code for an open complaint")
    STATUS_CLOSED = "status_closed", _("Code for a closed complaint")


ABOUT: dict[Regime, Promise] = {
    Regime.CN_BANK: _(
        "One row a complaint with three codes: channel of the business, kind of business, reason. A quarter each."
    ),
    Regime.CFPB: _("One row a complaint with the eighteen fields of the public complaint database. A month each."),
    Regime.FCA: _("Counts by product group: opened, closed within 3 business days and 8 weeks, upheld, redress."),
    Regime.ASIC: _("One row a complaint received in the half-year, or open when it began."),
}
# What could not be read in the regulator's own text while this was built; shown on the page and in the handbook
UNVERIFIED: dict[Regime, Promise] = {
    Regime.CN_BANK: _(
        "The text of the standard was not at hand: the three axes and the main classes follow published reports about "
        "it, the numbers of the codes do not. Compare the codes with your copy before the first file is sent."
    ),
    Regime.CFPB: _(
        "The field names are those of the public database. Companies answer in the CFPB's own portal; this file is for "
        "comparison and for your records."
    ),
    Regime.FCA: _(
        "The nil return, the number outstanding and the number opened were checked against the published form; the "
        "groups are its main headings. The return itself is typed into RegData."
    ),
    Regime.ASIC: _(
        "The elements follow the published draft dictionary; the tables of codes are not included. Enter the codes of "
        "the dictionary in force before the first file is sent."
    ),
}
