"""Outgoing messages for their page."""

from django.db.models import Count

from wenguo.accounts.access import check_permission
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.lib.pages import Order, Page, keyset_page
from wenguo.outbox.choices import MessageState
from wenguo.outbox.models import OutboundMessage

NEWEST: Order = (("id", "desc"),)


def messages_page(user: User, state: str = "", cursor: str | None = None, size: int = 50) -> Page[OutboundMessage]:
    """Messages newest first, of one state or of all."""
    check_permission(user, Permission.SETTINGS)
    rows = OutboundMessage.objects.all()
    if state in MessageState.values:
        rows = rows.filter(state=state)
    return keyset_page(rows, NEWEST, cursor, size)


def message_counts() -> dict[str, int]:
    """How many per state."""
    return dict(OutboundMessage.objects.values_list("state").annotate(count=Count("id")).order_by())


def get_message_for(user: User, pk: int) -> OutboundMessage:
    check_permission(user, Permission.SETTINGS)
    return OutboundMessage.objects.get(pk=pk)
