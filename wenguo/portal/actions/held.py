"""A person looks at held posts: a complaint after all, or nothing."""

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.audit.actions import record, record_in
from wenguo.complaints.actions.files import file_path
from wenguo.complaints.models import Complaint
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.uploads import CheckedFile
from wenguo.portal.access import check_sees_held
from wenguo.portal.actions.post import from_text
from wenguo.portal.actions.submit import take_in
from wenguo.portal.choices import HeldState
from wenguo.portal.models import HeldPost

CHAIN = "portal"


@transaction.atomic
def release_held(held: HeldPost, *, by: User) -> Complaint:
    """It is a complaint: taken in as if it had never been held, with the time it came."""
    held = _locked(held, by)
    complaint = take_in(from_text(held.body), _files(held), received_at=held.at)
    record(complaint, "released", by=by, body={"held": held.pk, "reasons": held.reasons})
    held.complaint = complaint
    _decide(held, HeldState.RELEASED, by)
    return complaint


@transaction.atomic
def discard_held(held: HeldPost, *, by: User, note: str) -> HeldPost:
    """It is no complaint. The post stays readable, and who said so."""
    held = _locked(held, by)
    if not note.strip():
        raise Refused(_("Say in a few words why this is no complaint."), field="note")
    held.note = note.strip()[:300]
    _decide(held, HeldState.DISCARDED, by)
    return held


def _locked(held: HeldPost, by: User) -> HeldPost:
    held = HeldPost.objects.select_for_update().get(pk=held.pk)
    check_sees_held(by)
    if held.state != HeldState.WAITING:
        raise Refused(_("Somebody else decided about this post already."))
    return held


def _decide(held: HeldPost, state: HeldState, by: User) -> None:
    held.state, held.decided_at, held.decided_by = state, now(), by
    held.save()
    record_in(CHAIN, f"held.{state}", by=by, body={"held": held.pk})


def _files(held: HeldPost) -> list[CheckedFile]:
    kept = []
    for file in held.files:
        with default_storage.open(file_path(file["sha256"]), "rb") as stored:
            kept.append(CheckedFile(file["name"], file["content_type"], stored.read(), file["sha256"]))
    return kept
