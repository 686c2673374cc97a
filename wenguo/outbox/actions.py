"""Leaving messages and bell rows. Nothing is sent here: intake's channels deliver what lies in the outbox."""

import hashlib
import json
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.together import insert
from wenguo.outbox.choices import MessageChannel, MessageState
from wenguo.outbox.models import IdempotencyKey, Notice, OutboundMessage

LONGEST_KEY = 200
KEYS_KEPT = timedelta(days=7)


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
    html: str = "",
    pictures: Mapping[str, str] | None = None,
) -> OutboundMessage:
    """Leaves one message; `hold_for` keeps it back so that the sender may still undo.

    `html` says the same as `body`; `pictures` gives the content ids it shows, with their paths in the file store.
    """
    moment = now()
    message = OutboundMessage(
        message_id=f"<{uuid.uuid4().hex}@{settings.MAIL_DOMAIN}>",
        channel=channel,
        kind=kind,
        to_address=to,
        subject=" ".join(subject.split())[:300],
        body=body,
        html=html,
        pictures=dict(pictures or {}),
        language=language,
        about=about,
        state=MessageState.HELD if hold_for else MessageState.QUEUED,
        not_before=moment + hold_for if hold_for else None,
        created_at=moment,
    )
    return insert(message)


def undo_message(message: OutboundMessage) -> bool:
    """Takes back a held message; False when it is too late."""
    held = OutboundMessage.objects.filter(pk=message.pk, state=MessageState.HELD)
    return bool(held.update(state=MessageState.CANCELLED))


def cancel_messages(about: str, *, kinds: Collection[str]) -> int:
    """What waits about a subject and is no longer true never goes out; how many."""
    waiting = OutboundMessage.objects.filter(about=about, kind__in=kinds)
    return waiting.filter(state__in=[MessageState.HELD, MessageState.QUEUED]).update(state=MessageState.CANCELLED)


def ring(user_id: int, kind: str, text: str, *, path: str = "", about: str = "") -> Notice:
    """Leaves one line behind a colleague's bell."""
    notice = Notice(user_key=str(user_id), kind=kind, text=text[:300], path=path, about=about, created_at=now())
    return insert(notice)


@dataclass(frozen=True)
class Answer:
    """What was answered: a status, plain JSON, and whether it is a repetition of an earlier answer."""

    status: int
    body: Any
    is_repeated: bool = False


def mark_read(user_id: int, *, before: datetime | None = None) -> int:
    """All that rang for somebody (until `before`, if given) is read; how many lines that were."""
    unread = Notice.objects.filter(user_key=str(user_id), read_at__isnull=True)
    return (unread.filter(created_at__lt=before) if before else unread).update(read_at=now())


def answer_once(scope: str, key: str, asked: str | bytes, perform: Callable[[], Any], *, status: int = 200) -> Answer:
    """Performs at most once for this key: the same question again gets the same answer, another one is refused.

    `scope` says whose key it is (caller and address), `asked` is the question as it came. What `perform` raises
    leaves no trace, so a corrected question may use the key again. Of two at once, the second waits for the first.
    """
    if not key.strip() or len(key) > LONGEST_KEY or "\0" in key:
        raise Refused(_("An idempotency key has 1 to %(n)d characters.") % {"n": LONGEST_KEY}, field="Idempotency-Key")
    question = asked.encode() if isinstance(asked, str) else asked
    fingerprint = hashlib.sha256(scope.encode() + b"\n" + question).hexdigest()
    with transaction.atomic():
        row, is_new = IdempotencyKey.objects.get_or_create(
            scope=scope[:100], key=key, defaults={"fingerprint": fingerprint, "created_at": now()}
        )
        if not is_new:
            return _answered_before(row, fingerprint)
        row.answer = json.loads(json.dumps(perform(), cls=DjangoJSONEncoder))
        row.status = status
        row.save(update_fields=["answer", "status"])
    return Answer(row.status, row.answer)


def forget_answers(before: datetime | None = None) -> int:
    """Removes keys nobody repeats any more (older than a week); how many."""
    removed, _by_model = IdempotencyKey.objects.filter(created_at__lt=before or now() - KEYS_KEPT).delete()
    return removed


@transaction.atomic
def forget(subjects: Collection[str], speaks: Callable[[str], bool]) -> int:
    """Erases what was written about these subjects, and to whom; whoever calls knows which they are.

    That a message went out and when stays; what has not gone out never will. Lines of the bell go, and so do answers
    kept for repetition that speak of the person. Returns how many messages and lines.
    """
    theirs = OutboundMessage.objects.filter(about__in=subjects)
    theirs.filter(state__in=[MessageState.HELD, MessageState.QUEUED]).update(state=MessageState.CANCELLED)
    loose = OutboundMessage.objects.filter(about="").iterator(chunk_size=500)
    found = [one.pk for one in loose if speaks(f"{one.to_address} {one.subject} {one.body}")]
    written = OutboundMessage.objects.filter(Q(about__in=subjects) | Q(pk__in=found))
    messages = written.update(to_address="", subject="", body="", html="", last_error="")
    rung = Notice.objects.filter(about="").iterator(chunk_size=500)
    named = [one.pk for one in rung if speaks(f"{one.text} {one.path}")]
    lines, _by_model = Notice.objects.filter(Q(about__in=subjects) | Q(pk__in=named)).delete()
    answers = IdempotencyKey.objects.iterator(chunk_size=500)
    said = [key.pk for key in answers if speaks(json.dumps(key.answer, ensure_ascii=False))]
    IdempotencyKey.objects.filter(pk__in=said).delete()
    return messages + lines


def _answered_before(row: IdempotencyKey, fingerprint: str) -> Answer:
    if row.fingerprint != fingerprint:
        raise Refused(
            _("This idempotency key was used for another request. Use a new key for a new request."),
            field="Idempotency-Key",
        )
    return Answer(row.status, row.answer, is_repeated=True)
