"""What intake does without a user: deliver what lies in the outbox, import files people uploaded."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import translation

from wenguo.intake.actions.batches import claim_import, fail_import, forget_old_uploads, note_check
from wenguo.intake.actions.bring_in import bring_in, look_over
from wenguo.intake.actions.deliver import claim_message, note_stale_sendings, release_held
from wenguo.intake.actions.undo import undo_import
from wenguo.intake.channels.email_out.channel import MailServer
from wenguo.intake.choices import ImportState
from wenguo.intake.models import ImportBatch
from wenguo.intake.queries.mappings import mapping_of
from wenguo.lib.actors import SYSTEM
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import now
from wenguo.lib.tables import read_table

UPLOADS_KEPT = timedelta(days=30)
MOST_MESSAGES = 50  # a run; other jobs want their turn


def run_deliver(moment: datetime | None = None) -> int:
    """Sends what is due; how many messages were handed over. Without a mail server messages stay queued."""
    moment = moment or now()
    release_held(moment)
    note_stale_sendings(moment)
    if not settings.EMAIL_IS_CONFIGURED:
        return 0
    sent = 0
    with MailServer() as server:
        for _turn in range(MOST_MESSAGES):
            message = claim_message(now())
            if message is None:
                break
            sent += server.deliver(message)
    return sent


def run_tidy(moment: datetime | None = None) -> int:
    """Uploads and quarantined rows older than UPLOADS_KEPT are forgotten."""
    return forget_old_uploads((moment or now()) - UPLOADS_KEPT)


def run_imports() -> int:
    """One import or check that waits; the number of rows it read."""
    batch = claim_import()
    if batch is None:
        return 0
    with translation.override(batch.by.language if batch.by else settings.LANGUAGE_CODE):
        try:
            return _work_on(batch)
        except (Refused, NotAllowed) as no:
            fail_import(batch, no.sentence)
    return 0


def _work_on(batch: ImportBatch) -> int:
    if batch.state == ImportState.UNDOING:
        return undo_import(batch, by=batch.undone_by or SYSTEM)
    mapping = mapping_of(batch.mapping, batch.preset)
    table = read_table(Path(default_storage.path(batch.stored_as)), batch.file_name)
    if batch.state == ImportState.CHECKING:
        tally = look_over(table, mapping)
        note_check(batch, tally.as_json())
    else:
        tally = bring_in(batch, table, mapping, by=batch.by or SYSTEM)
    return tally.rows
