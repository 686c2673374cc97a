"""Telling the owner of a saved view of complaints that came to match it: each once, several in one line."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wenguo.complaints.models import Complaint
from wenguo.complaints.queries import Misread, filtered
from wenguo.desk.models import SavedView, ViewMatch
from wenguo.desk.queries.address import ListAddress
from wenguo.lib.now import now
from wenguo.outbox.actions import leave_message, ring
from wenguo.outbox.choices import NoticeKind

MOST_TOLD = 500
_NAMED = 5
# A change is dated before it is committed: what was being written at the last look is looked at again
_OVERLAP = timedelta(minutes=5)


@transaction.atomic
def tell_matches(view: SavedView) -> int:
    """How many new matches its owner is told of. At night and to those who left nothing is told; it waits."""
    locked = SavedView.objects.select_for_update().select_related("owner").filter(pk=view.pk).exclude(alert="").first()
    if locked is None or locked.told_until is None:
        return 0
    moment = now()
    new = _new_matches(locked) if locked.owner.is_active else []
    ViewMatch.objects.bulk_create([ViewMatch(view=locked, complaint=one) for one in new])
    locked.told_until = moment
    locked.save(update_fields=["told_until"])
    if new:
        _tell(locked, new)
    return len(new)


def _new_matches(view: SavedView) -> list[Complaint]:
    """Among what changed, or became due, since the last look."""
    since = (view.told_until or now()) - _OVERLAP
    touched = Q(changed_at__gte=since) | Q(next_due_at__gte=since, next_due_at__lte=now())
    recent = Complaint.objects.filter(touched).values("pk")
    try:
        rows = filtered(view.owner, ListAddress.from_string(view.query).filter, now())
    except Misread:  # a unit or product it names is gone
        return []
    known = ViewMatch.objects.filter(view=view).values("complaint")
    return list(rows.filter(pk__in=recent).exclude(pk__in=known).order_by("-received_at", "-id")[:MOST_TOLD])


def _tell(view: SavedView, new: list[Complaint]) -> None:
    owner = view.owner
    path = f"{reverse('desk:complaints')}?{view.query}"
    with translation.override(owner.language), timezone.override(owner.zone):
        told = ngettext("“%(view)s”: %(n)d new complaint", "“%(view)s”: %(n)d new complaints", len(new))
        line = told % {"view": view.name, "n": len(new)}
        named = "、".join(one.reference for one in new[:_NAMED]) + ("…" if len(new) > _NAMED else "")
        ring(owner.pk, NoticeKind.SYSTEM, f"{line}（{named}）", path=path)
        if view.alert == SavedView.Alert.MAIL and owner.email:
            lines = [f"{one.reference} {one.title}" for one in new[:20]]
            body = "\n".join(
                [line, "", *lines, "", _("Open the list: %(address)s") % {"address": settings.PUBLIC_URL + path}]
            )
            leave_message(kind="view_alert", to=owner.email, subject=line, body=body, language=owner.language)
