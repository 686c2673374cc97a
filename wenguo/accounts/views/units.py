"""The org tree, and the table of what each role may do."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenguo.accounts import actions
from wenguo.accounts.access import can, check_permission, get_unit_for
from wenguo.accounts.choices import Permission, Role, UnitKind
from wenguo.accounts.forms import MoveForm, NewUnitForm, UnitForm
from wenguo.accounts.queries import open_units, tree
from wenguo.accounts.rules import POLICY
from wenguo.lib.errors import NotAllowed
from wenguo.ui.found import found, signed_in
from wenguo.ui.steps import StepPage, answer_step


@require_GET
@login_required
def units(request: HttpRequest) -> HttpResponse:
    """The tree with the number of people in each unit."""
    check_permission(signed_in(request), Permission.PEOPLE)
    rows = [(branch, UnitKind(branch.unit.kind).label) for branch in tree(signed_in(request))]
    return render(request, "accounts/units.html", {"section": "units", "rows": rows})


@login_required
def add(request: HttpRequest) -> HttpResponse:
    check_permission(signed_in(request), Permission.PEOPLE)
    page = StepPage(
        title=_("Add a unit"),
        back=reverse("accounts:units"),
        submit=_("Add the unit"),
        done=_("The unit is in the tree."),
    )
    form = NewUnitForm(
        request.POST or None, units=open_units(signed_in(request)), initial={"parent": request.GET.get("parent")}
    )
    return answer_step(
        request, page, form, lambda typed: actions.create_unit(by=signed_in(request), **typed.cleaned_data)
    )


@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    unit = found(get_unit_for, signed_in(request), pk)
    page = StepPage(title=unit.name, back=reverse("accounts:units"), submit=_("Save"), done=_("Saved."))
    known = {name: getattr(unit, name) for name in ("name_zh", "name_en", "province", "phone")}
    form = UnitForm(request.POST or None, initial=known)
    return answer_step(
        request, page, form, lambda typed: actions.change_unit(unit, by=signed_in(request), **typed.cleaned_data)
    )


@login_required
def move(request: HttpRequest, pk: int) -> HttpResponse:
    unit = found(get_unit_for, signed_in(request), pk)
    page = StepPage(
        title=_("Move %(unit)s") % {"unit": unit.name},
        back=reverse("accounts:units"),
        submit=_("Move the unit"),
        done=_("The unit and everything below it moved."),
        hint=_("Roles held in the unit go along. Whoever has a role in the new place above it reaches it from now on."),
    )
    form = MoveForm(request.POST or None, units=open_units(signed_in(request)), initial={"to": unit.parent_id})
    return answer_step(
        request, page, form, lambda typed: actions.move_unit(unit, to=typed.cleaned_data["to"], by=signed_in(request))
    )


@require_POST
@login_required
def close(request: HttpRequest, pk: int) -> HttpResponse:
    actions.deactivate_unit(found(get_unit_for, signed_in(request), pk), by=signed_in(request))
    messages.success(request, _("The unit is closed."))
    return redirect("accounts:units")


@require_POST
@login_required
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    actions.reactivate_unit(found(get_unit_for, signed_in(request), pk), by=signed_in(request))
    messages.success(request, _("The unit is open again."))
    return redirect("accounts:units")


@require_GET
@login_required
def roles(request: HttpRequest) -> HttpResponse:
    """The access policy as the program applies it: one row per permission, one column per role."""
    if not (can(signed_in(request), Permission.PEOPLE) or can(signed_in(request), Permission.AUDIT)):
        raise NotAllowed(_("Only administrators and auditors see the table of roles."))
    rows = [(verb.label, [(role.label, verb in POLICY[role]) for role in Role]) for verb in Permission]
    context = {"section": "roles", "roles": [role.label for role in Role], "rows": rows}
    return render(request, "accounts/roles.html", context)
