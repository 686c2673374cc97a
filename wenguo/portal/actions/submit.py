"""A complaint from the public form: taken in at once, or held where it looks like spam. Never lost, never twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.access import people_with
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Unit
from wenguo.complaints.actions import Submission, submit_complaint
from wenguo.complaints.actions.files import file_path, keep_file
from wenguo.complaints.actions.search import index_complaint
from wenguo.complaints.choices import Visibility
from wenguo.complaints.models import Complaint
from wenguo.customers.actions import find_or_create_customer, log_interaction, record_consent
from wenguo.customers.choices import Direction, Purpose
from wenguo.lib.actors import COMPLAINANT
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.text import sentence_start
from wenguo.lib.uploads import CheckedFile
from wenguo.outbox.actions import answer_once, ring
from wenguo.outbox.choices import NoticeKind
from wenguo.portal import rules
from wenguo.portal.actions.counting import is_too_often
from wenguo.portal.actions.post import WebPost, as_text
from wenguo.portal.choices import HeldState, Naming, Suspicion
from wenguo.portal.models import HeldPost
from wenguo.portal.queries import receipt_token, service_unit
from wenguo.portal.tokens import FormToken, fingerprint
from wenguo.process.choices import TreeKind
from wenguo.process.models import TaxonomyNode
from wenguo.process.queries import node

SCOPE = "portal.submit"
HELD_PATH = "/desk/held/"


@dataclass(frozen=True)
class Sender:
    """Who posts, as far as limits need to know: keys, not addresses; and what gave them away."""

    address: str
    session: str = ""
    trap: str = ""


def submit_from_web(post: WebPost, files: Sequence[CheckedFile], *, form: FormToken, sender: Sender) -> str:
    """Takes the post in and returns the token of its receipt. The same form with the same words counts once."""
    if is_too_often("posts", sender.address, rules.POSTS_AT_ALL):
        raise Refused(_("Too many complaints came from your connection in the last hour. Please wait, or call us."))
    key = f"{form.nonce}:{fingerprint([as_text(post), *(file.sha256 for file in files)])}"
    reasons = _suspicions(post, form, sender)

    def perform() -> str:
        if reasons:
            return f"held:{_hold(post, files, reasons).pk}"
        return f"complaint:{take_in(post, files).pk}"

    return receipt_token(str(answer_once(SCOPE, key, key, perform).body))


def take_in(post: WebPost, files: Sequence[CheckedFile], *, received_at: datetime | None = None) -> Complaint:
    """Customer, contact, complaint, consent and files, all or nothing (inside the caller's transaction)."""
    customer = None
    if post.naming != Naming.ANONYMOUS:
        customer = find_or_create_customer(
            by=COMPLAINANT, name=post.name, phone=post.phone, email=post.email, language=post.language
        )
    channel = _channel()
    summary = sentence_start(post.words, 120)
    interaction = log_interaction(
        customer, by=COMPLAINANT, direction=Direction.IN, channel=channel, summary=summary, at=received_at
    )
    complaint = submit_complaint(
        Submission(
            words=post.words,
            channel=channel,
            customer=customer,
            interaction=interaction,
            received_at=received_at,
            occurred_on=post.occurred_on,
            is_anonymous=post.naming == Naming.ANONYMOUS,
            is_confidential=post.naming == Naming.CONFIDENTIAL,
            is_safety=post.is_danger,
            is_recurrent=post.is_recurrent,
            proxy_name=post.proxy_name,
            proxy_relation=post.proxy_relation,
            language=post.language,
            remedy_sought=post.remedy_sought,
            product=node(TreeKind.PRODUCT, post.product) if post.product else None,
            issue=node(TreeKind.ISSUE, post.issue) if post.issue else None,
            product_text=post.product_text,
            order_reference=post.order_reference,
            receiving_unit=service_unit(),
            respondent_unit=Unit.objects.active().filter(code=post.at_unit).first() if post.at_unit else None,
        )
    )
    if customer is not None and post.phone:
        record_consent(
            customer,
            by=COMPLAINANT,
            purpose=Purpose.CALL_BACK,
            is_given=post.call_back_ok,
            source=f"web {complaint.reference}",
        )
    for file in files:
        keep_file(complaint, file, by=COMPLAINANT, visibility=Visibility.PUBLIC)
    if files:
        index_complaint(complaint)
    return complaint


def _suspicions(post: WebPost, form: FormToken, sender: Sender) -> list[Suspicion]:
    found = rules.suspicions(post.words, others=post.short_fields, trap=sender.trap, seconds=form.seconds)
    if is_too_often("address", sender.address, rules.POSTS_OF_ADDRESS) or is_too_often(
        "session", sender.session, rules.POSTS_OF_SESSION
    ):
        found.append(Suspicion.MANY)
    if is_too_often("text", f"{sender.address}:{fingerprint([post.words])}", rules.SAME_TEXT):
        found.append(Suspicion.SAME)
    # Danger never waits in a queue: better an advertisement among the complaints than somebody hurt unheard.
    return [] if post.is_danger and Suspicion.TRAP not in found else found


@transaction.atomic
def _hold(post: WebPost, files: Sequence[CheckedFile], reasons: Sequence[Suspicion]) -> HeldPost:
    """Keeps the whole post for a person to look at; the first one of an empty queue rings."""
    is_first = not HeldPost.objects.filter(state=HeldState.WAITING).exists()
    for file in files:
        if not default_storage.exists(file_path(file.sha256)):
            default_storage.save(file_path(file.sha256), ContentFile(file.content))
    kept = [{"name": f.name, "content_type": f.content_type, "sha256": f.sha256} for f in files]
    held = HeldPost.objects.create(at=now(), reasons=[str(one) for one in reasons], body=as_text(post), files=kept)
    unit = service_unit()
    if unit is not None and (is_first or post.is_danger):
        for person in people_with(Permission.ASSIGN, unit)[:3]:
            ring(person.pk, NoticeKind.CUSTOMER, _("A post on the public form waits to be checked."), path=HELD_PATH)
    return held


def _channel() -> TaxonomyNode:
    found = node(TreeKind.CHANNEL, "web")
    if found is None:
        raise Refused(_("The public form is not set up yet. Please call us."))
    return found
