"""Taking a whole import back, while nothing was done on its rows. The audit remembers what was taken back."""

from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.access import check_permission
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.audit.actions import record_many
from wenguo.audit.models import Audited, Chain
from wenguo.complaints.models import Clock, Complaint, Entry, SearchDocument
from wenguo.customers.models import BlindToken, ContactPoint, Customer
from wenguo.intake.actions.batches import LEASE, UNDOABLE, UNTOUCHED, check_untouched
from wenguo.intake.choices import ImportState
from wenguo.intake.models import ImportBatch, ImportedRow
from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused
from wenguo.lib.now import now

BATCH = 500


@transaction.atomic
def undo_import(batch: ImportBatch, *, by: Actor) -> int:
    """Deletes the complaints of this import and the customers made for them; how many complaints. All or nothing."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if isinstance(by, User):
        check_permission(by, Permission.IMPORT)
    cut_off = batch.state == ImportState.RUNNING and (batch.working_since or batch.created_at) < now() - LEASE
    if batch.state not in (*UNDOABLE, ImportState.UNDOING) and not cut_off:
        raise Refused(_("This is not possible now: the import is “%(state)s”.") % {"state": batch.get_state_display()})
    check_untouched(batch)
    undone = 0
    for chunk in _chunks(batch):
        undone += _take_back(chunk, by)
    stored, batch.stored_as = batch.stored_as, ""
    batch.state, batch.undone_at, batch.working_since = ImportState.UNDONE, now(), None
    batch.save(update_fields=["state", "undone_at", "stored_as", "working_since"])
    if stored:
        transaction.on_commit(lambda: default_storage.delete(stored))
    return undone


def _chunks(batch: ImportBatch) -> Iterator[list[ImportedRow]]:
    while chunk := list(batch.imported_rows.select_related("complaint__customer").order_by("id")[:BATCH]):
        yield chunk


def _take_back(rows: list[ImportedRow], by: Actor) -> int:
    """Leaf by leaf, in a few statements: Django's own cascade would look into every room for every complaint."""
    complaints = [row.complaint for row in rows]
    keys = [complaint.pk for complaint in complaints]
    candidates = {row.complaint.customer_id: row.complaint.customer for row in rows if row.made_customer}
    _keep_chains(complaints, by)
    for model in (ImportedRow, Clock, Entry, SearchDocument):
        model.objects.filter(complaint__in=keys).delete()
    Complaint.objects.filter(pk__in=keys).delete()
    _forget_customers([customer for customer in candidates.values() if customer is not None], by)
    return len(keys)


def _forget_customers(customers: list[Customer], by: Actor) -> None:
    """Those made by the import whom nobody has used since."""
    keys = [customer.pk for customer in customers]
    fresh = Customer.objects.filter(UNTOUCHED, pk__in=keys, complaints=None, interactions=None, holdings=None)
    unused = list(fresh.filter(merged=None, consents=None))
    _keep_chains(unused, by)
    gone = [customer.pk for customer in unused]
    for model in (BlindToken, ContactPoint):
        model.objects.filter(customer__in=gone).delete()
    Customer.objects.filter(pk__in=gone).delete()


def _keep_chains(subjects: list[Complaint] | list[Customer], by: Actor) -> None:
    """The last entry of each, and rows that remember the chains from now on."""
    audited: list[Audited] = list(subjects)
    record_many("import_undone", [(subject, {}) for subject in audited], by=by)
    Chain.objects.bulk_create(
        Chain(name=one.audit_chain, audit_head=one.audit_head, audit_count=one.audit_count) for one in audited
    )
