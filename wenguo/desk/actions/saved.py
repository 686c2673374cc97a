"""Saved views of the list."""

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.audit.actions import record_in
from wenguo.complaints.queries.lists import asked, newest
from wenguo.desk.models import SavedView, ViewMatch
from wenguo.desk.queries.address import ListAddress
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import now

MAX_VIEWS = 50
LONGEST_QUERY = 2000
MOST_KNOWN = 10_000  # matches a new alert takes as known


@transaction.atomic
def save_view(
    *,
    by: User,
    name: str,
    query: str,
    sharing: str = SavedView.Sharing.PRIVATE,
    alert: str = "",
    view: SavedView | None = None,
) -> SavedView:
    """Keeps a list with filters, order and columns under a name; without `view` the same name again replaces it."""
    name = " ".join(name.split())[:60]
    _check(by, name, query, sharing, alert)
    asked(by, ListAddress.from_string(query).filter)  # a search that cannot be read is not kept
    if view is not None and view.owner_id != by.pk:
        raise NotAllowed(_("Only the owner of a view can change it."))
    known = SavedView.objects.select_for_update().filter(owner=by, name=name).first()
    if view is not None and known is not None and known.pk != view.pk:
        raise Refused(_("You have another view of this name."), field="name")
    kept = view or known or SavedView(owner=by)
    if kept._state.adding and SavedView.objects.filter(owner=by).count() >= MAX_VIEWS:
        raise Refused(_("You have %(limit)d views already. Delete one first.") % {"limit": MAX_VIEWS})
    begins = bool(alert) and (not kept.alert or kept.query != query)
    kept.name, kept.query, kept.sharing, kept.alert = name, query, sharing, alert
    kept.told_until = (now() if begins else kept.told_until) if alert else None
    kept.save()
    if begins:
        _take_as_known(kept)
    record_in("desk", "save_view", by=by, body={"view": kept.pk, "sharing": sharing, "alert": alert})
    return kept


@transaction.atomic
def delete_view(view: SavedView, *, by: User) -> None:
    """Only its owner may."""
    if view.owner_id != by.pk:
        raise NotAllowed(_("Only the owner of a view can delete it."))
    record_in("desk", "delete_view", by=by, body={"view": view.pk})
    view.delete()


def _check(by: User, name: str, query: str, sharing: str, alert: str) -> None:
    if not name:
        raise Refused(_("Give the view a name."), field="name")
    if sharing not in SavedView.Sharing.values:
        raise Refused(_("Choose with whom to share the view."), field="sharing")
    if alert and alert not in SavedView.Alert.values:
        raise Refused(_("Choose how to be told."), field="alert")
    if alert == SavedView.Alert.MAIL and not by.email:
        raise Refused(_("There is no e-mail address in your account to write to."), field="alert")
    if len(query) > LONGEST_QUERY:
        raise Refused(_("These filters are too many for one view. Take some away."))


def _take_as_known(view: SavedView) -> None:
    """What matches now is nothing new."""
    rows, _is_capped = newest(asked(view.owner, ListAddress.from_string(view.query).filter))
    ViewMatch.objects.filter(view=view).delete()
    keys = rows.values_list("pk", flat=True)[:MOST_KNOWN]
    ViewMatch.objects.bulk_create([ViewMatch(view=view, complaint_id=key) for key in keys], batch_size=1000)
