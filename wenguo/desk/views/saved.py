"""Saved views: kept from the list, changed on a page of their own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wenguo.accounts.access import signed_in
from wenguo.accounts.models import User
from wenguo.desk.actions import delete_view, save_view
from wenguo.desk.forms import ViewForm
from wenguo.desk.models import SavedView
from wenguo.desk.queries.address import ListAddress
from wenguo.lib.errors import Refused


@login_required
@require_http_methods(["GET", "POST"])
def view_new(request: HttpRequest) -> HttpResponse:
    """The list as it stands now, to be kept under a name."""
    start = ListAddress.from_query({key: value for key, value in request.GET.lists() if key != "page"})
    return _edited(request, None, start)


@login_required
@require_http_methods(["GET", "POST"])
def view_edit(request: HttpRequest, pk: int) -> HttpResponse:
    view = _own_view(signed_in(request.user), pk)
    return _edited(request, view, ListAddress.from_string(view.query))


@login_required
@require_POST
def view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    delete_view(get_object_or_404(SavedView, pk=pk), by=signed_in(request.user))
    messages.success(request, _("The view is deleted."))
    return redirect("desk:complaints")


def _own_view(user: User, pk: int) -> SavedView:
    return get_object_or_404(SavedView, pk=pk, owner=user)


def _edited(request: HttpRequest, view: SavedView | None, address: ListAddress) -> HttpResponse:
    form = ViewForm(request.POST or None, view=view, address=address)
    if request.method == "POST" and form.is_valid():
        try:
            kept = save_view(by=signed_in(request.user), view=view, **form.given())
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, no.sentence)
        else:
            return redirect(f"{reverse('desk:complaints')}?{kept.query}")
    context = {"form": form, "view": view, "back": f"{reverse('desk:complaints')}?{address.to_string()}"}
    return render(request, "desk/view.html", context, status=422 if form.errors else 200)
