"""Words of the portal: what held posts are, why they were held, how somebody wants to be named."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class HeldState(TextChoices):
    WAITING = "waiting", _("Waiting to be checked")
    RELEASED = "released", _("Released")
    DISCARDED = "discarded", _("Discarded")


class Suspicion(TextChoices):
    """Why a post was held. A person decides; nothing is lost."""

    TRAP = "trap", _("Filled in a field people do not see")
    FAST = "fast", _("Sent within seconds of opening the form")
    MANY = "many", _("Many posts from the same connection")
    SAME = "same", _("The same text several times today")
    LINKS = "links", _("Full of links")
    ADVERTISING = "advertising", _("Reads like advertising")
    NO_WORDS = "no_words", _("Hardly any words")


class Naming(TextChoices):
    """How the complainant wants to be treated."""

    NAMED = "named", _("Tell us who you are")
    CONFIDENTIAL = "confidential", _("Confidential")
    ANONYMOUS = "anonymous", _("Anonymous")
