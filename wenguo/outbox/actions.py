"""Leaving messages and bell rows. Nothing is sent here: intake's channels deliver what lies in the outbox."""

import uuid
from datetime import timedelta

from django.conf import settings

from wenguo.lib.now import now
from wenguo.outbox.choices import MessageChannel, MessageState
from wenguo.outbox.models import Notice, OutboundMessage


def leave_message(
    *,
    kind: str,
    to: str,
    subject: str,
    body: str,
    about: str = "",
    language: str = "zh-hans",
    channel: str = MessageChannel.EMAIL,
    hold_for: timedelta | None = None,
) -> OutboundMessage:
    """Leaves one message; `hold_for` keeps it back so that the sender may still undo."""
    moment = now()
    return OutboundMessage.objects.create(
        message_id=f"<{uuid.uuid4().hex}@{settings.MAIL_DOMAIN}>",
        channel=channel,
        kind=kind,
        to_address=to,
        subject=" ".join(subject.split())[:300],
        body=body,
        language=language,
        about=about,
        state=MessageState.HELD if hold_for else MessageState.QUEUED,
        not_before=moment + hold_for if hold_for else None,
        created_at=moment,
    )


def undo_message(message: OutboundMessage) -> bool:
    """Takes back a held message; False when it is too late."""
    held = OutboundMessage.objects.filter(pk=message.pk, state=MessageState.HELD)
    return bool(held.update(state=MessageState.CANCELLED))


def ring(user_id: int, kind: str, text: str, *, path: str = "", about: str = "") -> Notice:
    """Leaves one line behind a colleague's bell."""
    return Notice.objects.create(
        user_key=str(user_id), kind=kind, text=text[:300], path=path, about=about, created_at=now()
    )
