"""States of outgoing messages while they are delivered. Each step is one committed statement that only its owner wins.

The promise: a Message-ID is handed over at most once, and every message is sent, queued or uncertain (failed when the
other side said no). A row is *sending* before DATA; nobody but a person ever sends it again.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from wenguo.accounts.access import check_permission
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.audit.actions import record_in
from wenguo.lib.errors import Refused
from wenguo.lib.killpoints import kill_point
from wenguo.lib.now import now
from wenguo.outbox.choices import MessageChannel, MessageState
from wenguo.outbox.models import OutboundMessage

LEASE = timedelta(minutes=10)  # longer than the slowest conversation with a mail server can last
BACK_OFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4))
MOST_ATTEMPTS = 12  # about a day and a half


def release_held(moment: datetime) -> int:
    """Messages held back for an undo whose time has come."""
    held = OutboundMessage.objects.filter(state=MessageState.HELD, not_before__lte=moment)
    return held.update(state=MessageState.QUEUED)


def note_stale_sendings(moment: datetime, lease: timedelta = LEASE) -> int:
    """Whoever was sending these died: whether they arrived nobody knows."""
    stale = OutboundMessage.objects.filter(state=MessageState.SENDING, sending_since__lt=moment - lease)
    return stale.update(state=MessageState.UNCERTAIN, last_error=_("The sender stopped while sending."))


def claim_message(moment: datetime) -> OutboundMessage | None:
    """Takes the next message that is due, committed as *sending*; None when nothing waits."""
    ready = OutboundMessage.objects.filter(
        Q(not_before__isnull=True) | Q(not_before__lte=moment), state=MessageState.QUEUED, channel=MessageChannel.EMAIL
    )
    for key in list(ready.order_by("id").values_list("pk", flat=True)[:20]):
        with transaction.atomic():
            mine = OutboundMessage.objects.filter(pk=key, state=MessageState.QUEUED)
            won = mine.update(state=MessageState.SENDING, sending_since=moment, last_error="")
            kill_point("before_claim_commit")
        if won:
            kill_point("after_claim_commit")
            return OutboundMessage.objects.get(pk=key)
    return None


def mark_sent(message: OutboundMessage) -> None:
    """The other side took it over. True even where the row was called uncertain meanwhile."""
    with transaction.atomic():
        OutboundMessage.objects.filter(
            pk=message.pk, state__in=(MessageState.SENDING, MessageState.UNCERTAIN), sending_since=message.sending_since
        ).update(state=MessageState.SENT, sent_at=now(), attempts=message.attempts + 1, last_error="")
        kill_point("before_sent_commit")
    kill_point("after_sent_commit")


def mark_failed(message: OutboundMessage, error: str) -> None:
    """The other side said no for good."""
    _move(message, MessageState.FAILED, error)


def mark_uncertain(message: OutboundMessage, error: str) -> None:
    """The conversation broke off after the content went out."""
    _move(message, MessageState.UNCERTAIN, error)


def put_back(message: OutboundMessage, error: str) -> None:
    """Nothing of the content went out: tried again later, after a growing pause."""
    if message.attempts + 1 >= MOST_ATTEMPTS:
        mark_failed(message, error)
        return
    pause = BACK_OFF[min(message.attempts, len(BACK_OFF) - 1)]
    _move(message, MessageState.QUEUED, error, not_before=now() + pause)


@transaction.atomic
def resend_uncertain(message: OutboundMessage, *, by: User) -> OutboundMessage:
    """A person decides to send it again, with the same Message-ID, so that the receiver can tell."""
    message = OutboundMessage.objects.select_for_update().get(pk=message.pk)
    check_permission(by, Permission.SETTINGS)
    if message.state not in (MessageState.UNCERTAIN, MessageState.FAILED):
        raise Refused(_("Only messages that failed or are uncertain can be sent again."))
    if not message.to_address:
        raise Refused(_("This message was erased with the customer's personal data."))
    before = message.state
    message.state, message.not_before, message.attempts = MessageState.QUEUED, None, 0
    message.sending_since = None
    message.save(update_fields=["state", "not_before", "attempts", "sending_since"])
    record_in("outbox", "message.resent", by=by, body={"message_id": message.message_id, "was": before})
    return message


def _move(message: OutboundMessage, state: MessageState, error: str, not_before: datetime | None = None) -> None:
    """Only out of our own sending: the claim's moment says whose it is."""
    OutboundMessage.objects.filter(
        pk=message.pk, state=MessageState.SENDING, sending_since=message.sending_since
    ).update(state=state, last_error=error[:2000], attempts=message.attempts + 1, not_before=not_before)
