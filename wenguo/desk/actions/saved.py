"""Presence on a complaint, and saved views of the list."""

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.audit.actions import record_in
from wenguo.complaints.models import Complaint
from wenguo.desk.models import Presence, SavedView
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import now

MAX_VIEWS = 50


def note_presence(complaint: Complaint, *, by: User) -> None:
    """Somebody has the complaint open now."""
    Presence.objects.update_or_create(user=by, complaint=complaint, defaults={"seen_at": now()})


@transaction.atomic
def save_view(*, by: User, name: str, query: str, sharing: str = SavedView.Sharing.PRIVATE) -> SavedView:
    """Keeps a list with its filters under a name; the same name again replaces it."""
    name = " ".join(name.split())
    if not name:
        raise Refused(_("Give the view a name."), field="name")
    if sharing not in SavedView.Sharing.values:
        raise Refused(_("Choose with whom to share the view."), field="sharing")
    if len(query) > 2000:
        raise Refused(_("These filters are too many for one view. Take some away."))
    is_new = not SavedView.objects.filter(owner=by, name=name).exists()
    if is_new and SavedView.objects.filter(owner=by).count() >= MAX_VIEWS:
        raise Refused(_("You have %(limit)d views already. Delete one first.") % {"limit": MAX_VIEWS})
    view, _created = SavedView.objects.update_or_create(
        owner=by, name=name[:60], defaults={"query": query, "sharing": sharing}
    )
    record_in("desk", "save_view", by=by, body={"view": view.pk, "sharing": sharing})
    return view


@transaction.atomic
def delete_view(view: SavedView, *, by: User) -> None:
    """Only its owner may."""
    if view.owner_id != by.pk:
        raise NotAllowed(_("Only the owner of a view can delete it."))
    record_in("desk", "delete_view", by=by, body={"view": view.pk})
    view.delete()
