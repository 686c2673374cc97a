"""Reading the outbox: messages by state, what a colleague's bell holds."""

from collections.abc import Collection, Sequence

from django.db.models import Count

from wenguo.lib.pages import Page, keyset_page
from wenguo.outbox.choices import MessageState
from wenguo.outbox.models import Notice, OutboundMessage

SHOWN = 50
MOST_COUNTED = 99


def unread_notices(user_id: int) -> Sequence[Notice]:
    """The newest unread lines behind somebody's bell."""
    rows = Notice.objects.filter(user_key=str(user_id), read_at__isnull=True)
    return list(rows.order_by("-id")[:SHOWN])


def read_notices(user_id: int) -> Sequence[Notice]:
    """What rang before and was read, newest first."""
    rows = Notice.objects.filter(user_key=str(user_id), read_at__isnull=False)
    return list(rows.order_by("-id")[:SHOWN])


def unread_count(user_id: int) -> int:
    """How many are unread, 99 at most: the bell says no more."""
    return Notice.objects.filter(user_key=str(user_id), read_at__isnull=True).order_by()[:MOST_COUNTED].count()


def messages_page(state: str = "", *, cursor: str | None = None, size: int = SHOWN) -> Page[OutboundMessage]:
    """Messages of one state, or of all, newest first."""
    rows = OutboundMessage.objects.filter(state=state) if state else OutboundMessage.objects.all()
    return keyset_page(rows, [("id", "desc")], cursor, size)


def counts_by_state() -> dict[str, int]:
    """How many messages are in each state."""
    rows = OutboundMessage.objects.order_by().values("state").annotate(number=Count("id"))
    return {row["state"]: row["number"] for row in rows}


def being_sent(subjects: Collection[str]) -> bool:
    """Whether a message about one of these is on its way this moment."""
    return OutboundMessage.objects.filter(about__in=subjects, state=MessageState.SENDING).exists()
