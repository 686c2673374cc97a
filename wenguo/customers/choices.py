"""Kinds of customer, contact point, interaction and consent."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CustomerKind(TextChoices):
    PERSON = "person", _("Person")
    ORGANISATION = "organisation", _("Organisation")


class ValueTier(TextChoices):
    ORDINARY = "ordinary", _("Ordinary customer")
    KEY = "key", _("Key customer")


class ContactKind(TextChoices):
    PHONE = "phone", _("Phone")
    EMAIL = "email", _("E-mail")
    WECHAT = "wechat", _("WeChat")
    ADDRESS = "address", _("Address")
    ID_NUMBER = "id_number", _("ID number")


class Direction(TextChoices):
    IN = "in", _("Inbound")
    OUT = "out", _("Outbound")


class Purpose(TextChoices):
    """What the customer may agree to, each apart."""

    CALL_BACK = "call_back", _("Call-back")
    MARKETING = "marketing", _("Marketing")
    SMS = "sms", _("SMS notices")
    DATA_SHARING = "data_sharing", _("Passing on to the dealer")


class ErasureGround(TextChoices):
    """Why personal data go. Free words have no place here: the ground stays for good."""

    PURPOSE = "purpose", _("no longer needed for what it was collected for")
    CONSENT = "consent", _("the person withdrew consent")
    REQUEST = "request", _("the person asks for it")
    UNLAWFUL = "unlawful", _("it should never have been collected")
    ORDER = "order", _("an authority or a court orders it")


class ErasureState(TextChoices):
    CHECKING = "checking", _("Being counted")
    READY = "ready", _("Waiting for your decision")
    CONFIRMED = "confirmed", _("Being erased")
    DONE = "done", _("Erased")
    REFUSED = "refused", _("Not possible now")
    DROPPED = "dropped", _("Not carried out")


class Erased(TextChoices):
    """What `forget` counts, room by room."""

    NAMES = "names", _("names, notes and contact persons")
    CONTACTS = "contacts", _("phone numbers and addresses")
    HOLDINGS = "holdings", _("serial numbers of products")
    TALKS = "talks", _("words of the contact log")
    WORDS = "words", _("words and titles of complaints")
    TIMELINE = "timeline", _("texts of the timeline")
    FILES = "files", _("files")
    TASKS = "tasks", _("titles of tasks")
    FINDINGS = "findings", _("words of investigations")
    REMEDIES = "remedies", _("words of proposals and remedies")
    REPLIES = "replies", _("replies and answers to them")
    DISPATCHES = "dispatches", _("notes of dispatches")
    OPINIONS = "opinions", _("comments of call-backs and surveys")
    SUPERVISION = "supervision", _("words of inspections and oversight")
    POSTS = "posts", _("posts of the public form")
    RAW = "raw", _("rows of imports in quarantine")
    MESSAGES = "messages", _("messages and lines of the bell")
    READS = "reads", _("reasons in the log of who looked")
    VIEWS = "views", _("saved searches")


GONE = "—"  # stands where an erased text may not be empty
OPEN_ERASURES = (ErasureState.CHECKING, ErasureState.READY, ErasureState.CONFIRMED)
UNBOUND_GROUNDS = (ErasureGround.UNLAWFUL, ErasureGround.ORDER)  # no period of keeping stands against them
