"""Who has a complaint open: kept for a minute, worth no waiting."""

from contextlib import suppress

from django.db import OperationalError, transaction

from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.desk.models import Presence
from wenguo.lib.now import now


def note_presence(complaint: Complaint, *, by: User) -> None:
    """Somebody has the complaint open now. Where the table is held the note is left out: no page fails for it."""
    seen = Presence(user=by, complaint=complaint, seen_at=now())
    with suppress(OperationalError), transaction.atomic():
        Presence.objects.bulk_create(
            [seen], update_conflicts=True, unique_fields=["user", "complaint"], update_fields=["seen_at"]
        )
