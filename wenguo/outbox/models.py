"""Rows that wait to leave: mail and SMS, the bell, idempotency keys. Intake's channels deliver."""

from django.db import models
from django.db.models import Q

from wenguo.lib.fields import EncryptedTextField
from wenguo.outbox.choices import MessageChannel, MessageState, NoticeKind


class OutboundMessage(models.Model):
    """One message to somebody outside or inside. Committed as *sending* before DATA; never resent by itself."""

    message_id = models.CharField(max_length=200, unique=True)
    channel = models.CharField(max_length=10, choices=MessageChannel, default=MessageChannel.EMAIL)
    kind = models.CharField(max_length=40)
    to_address = EncryptedTextField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    # the same with pictures, for programs that show it: {content id: path in the file store}
    html = models.TextField(blank=True)
    pictures = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    about = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=12, choices=MessageState, default=MessageState.QUEUED)
    not_before = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    sending_since = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["not_before", "id"], name="outbox_to_send", condition=Q(state__in=["queued", "held", "sending"])
            ),
            models.Index(fields=["about", "-id"], name="outbox_about"),
            models.Index(fields=["state", "-id"], name="outbox_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.message_id} {self.state}"


class Notice(models.Model):
    """One line behind a colleague's bell. `user_key` is the user's id as text: outbox knows no accounts."""

    user_key = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=NoticeKind)
    text = models.CharField(max_length=300)
    path = models.CharField(max_length=300, blank=True)
    about = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["user_key", "-id"], name="outbox_bell"),
            # every page counts them: of a hundred thousand read ones not one is looked at
            models.Index(fields=["user_key"], name="outbox_unread", condition=models.Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return self.text


class IdempotencyKey(models.Model):
    """A posted form or API call that was answered once; the same key gets the same answer."""

    scope = models.CharField(max_length=100)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="outbox_key_once")]
        indexes = [models.Index(fields=["created_at"], name="outbox_keys_by_age")]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"
