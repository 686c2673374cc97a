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
