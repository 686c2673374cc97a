"""One conversation with the mail server (RFC 5321), step by step, so that it is known whether the content went out."""

import re
import smtplib
import ssl
from collections.abc import Mapping
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime, parseaddr
from types import TracebackType
from typing import Self

from django.conf import settings
from django.core.files.storage import default_storage

from wenguo.intake.actions.deliver import mark_failed, mark_sent, mark_uncertain, put_back
from wenguo.lib.killpoints import kill_point
from wenguo.outbox.models import OutboundMessage

TIMEOUT = 20  # seconds for each step
_LEADING_DOT = re.compile(rb"(?m)^\.")


class CannotStart(Exception):
    """Nothing was handed over: try again later, or never where `for_good`."""

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.for_good = for_good


class BrokeOff(Exception):
    """The content went out and no answer came."""


class MailServer:
    """A connection that is opened when first needed, and kept for the next message."""

    def __init__(self) -> None:
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.hang_up()

    def hang_up(self) -> None:
        if self._smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
        self._smtp = None

    def deliver(self, message: OutboundMessage) -> bool:
        """Hands over one claimed message and notes how it went. True when the other side took it."""
        try:
            self._hand_over(message)
        except CannotStart as refusal:
            (mark_failed if refusal.for_good else put_back)(message, str(refusal))
            return False
        except BrokeOff as lost:
            self._smtp = None
            mark_uncertain(message, str(lost))
            return False
        mark_sent(message)
        return True

    def _hand_over(self, message: OutboundMessage) -> None:
        content, utf8 = as_bytes(message)
        try:
            smtp = self._connected()
            _expect(smtp.mail(_address(settings.DEFAULT_FROM_EMAIL), _options(smtp, utf8)), 250)
            _expect(smtp.rcpt(parseaddr(message.to_address)[1]), 250, 251)
            kill_point("before_data")
            _expect(smtp.docmd("DATA"), 354)
        except CannotStart:
            self.hang_up()
            raise
        except (smtplib.SMTPException, OSError) as error:
            self._smtp = None
            raise CannotStart(_said(error)) from error
        try:
            smtp.send(_LEADING_DOT.sub(b"..", content) + b".\r\n")
            answer = smtp.getreply()
        except (smtplib.SMTPException, OSError) as error:
            raise BrokeOff(_said(error)) from error
        _expect(answer, 250)
        kill_point("after_250")

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is None:
            host, port = settings.EMAIL_HOST, settings.EMAIL_PORT
            if settings.EMAIL_USE_SSL:
                context = ssl.create_default_context()
                self._smtp = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=context)
            else:
                self._smtp = smtplib.SMTP(host, port, timeout=TIMEOUT)
            self._smtp.ehlo_or_helo_if_needed()
            if settings.EMAIL_USE_TLS:
                self._smtp.starttls(context=ssl.create_default_context())
            if settings.EMAIL_HOST_USER:
                self._smtp.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
        return self._smtp


def as_bytes(message: OutboundMessage) -> tuple[bytes, bool]:
    """The message on the wire, and whether it needs SMTPUTF8. An address that is none is refused for good."""
    name, address = parseaddr(message.to_address)
    if "@" not in address or re.search(r"[\x00-\x1f]", message.to_address) or " " in address:
        raise CannotStart("not an e-mail address", for_good=True)
    utf8 = not address.isascii()
    mail = EmailMessage(policy=SMTPUTF8 if utf8 else SMTP)
    mail["Subject"] = message.subject
    mail["From"] = settings.DEFAULT_FROM_EMAIL
    mail["To"] = Address(name, addr_spec=address) if not utf8 else address
    mail["Date"] = format_datetime(message.created_at)
    mail["Message-ID"] = message.message_id
    mail["Content-Language"] = message.language
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body, charset="utf-8")
    if message.html:
        mail.add_alternative(_page(message.html, message.pictures))
    return mail.as_bytes(), utf8


def _page(html: str, pictures: Mapping[str, str]) -> EmailMessage:
    """The HTML with the pictures it shows; one that is gone from the store is left out."""
    page = EmailMessage(policy=SMTP)
    page.set_content(html, subtype="html", charset="utf-8")
    for number, path in pictures.items():
        if default_storage.exists(path):
            with default_storage.open(path) as picture:
                page.add_related(picture.read(), "image", "png", cid=f"<{number}>", disposition="inline")
    return page


def _options(smtp: smtplib.SMTP, utf8: bool) -> list[str]:
    if not utf8:
        return []
    if not smtp.has_extn("smtputf8"):
        raise CannotStart("the mail server takes no such addresses", for_good=True)
    return ["SMTPUTF8", "BODY=8BITMIME"]


def _expect(answer: tuple[int, bytes], *wanted: int) -> None:
    """Another answer than wanted: 5xx is no for good, everything else no for now."""
    code, text = answer
    if code not in wanted:
        raise CannotStart(f"{code} {text.decode('utf-8', 'replace')}"[:500], for_good=500 <= code < 600)


def _address(sender: str) -> str:
    return parseaddr(sender)[1]


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]
