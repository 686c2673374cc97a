"""For administrators: the people, one person, inviting, roles, leaving; and the invitation the invited one opens."""

from urllib.parse import urlencode

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from wenguo.accounts import actions
from wenguo.accounts.access import can_person, check_permission, get_person_for
from wenguo.accounts.actions.invitations import INVITATION_LASTS
from wenguo.accounts.choices import Permission, Role
from wenguo.accounts.forms import InviteForm, LeaveForm, PasswordForm, PeopleFilter, PersonForm, RoleForm
from wenguo.accounts.models import User
from wenguo.accounts.queries import memberships_of, open_invitation, open_units, people_page, possible_successors
from wenguo.lib.errors import Refused
from wenguo.ui.found import found, signed_in
from wenguo.ui.steps import StepPage, answer_step

_NO_MAIL = gettext_lazy("No mail server is set up: on the person's page you get a link to hand over yourself.")
_ADDED = gettext_lazy("The person is added. Show the link on their page and hand it over.")


@require_GET
@login_required
def people(request: HttpRequest) -> HttpResponse:
    check_permission(signed_in(request), Permission.PEOPLE)
    form = PeopleFilter(request.GET, units=open_units(signed_in(request)))
    page = people_page(signed_in(request), cursor=request.GET.get("page"), **form.wanted())
    return render(request, "accounts/people.html", {"section": "people", "form": form, "page": page})


@require_GET
@login_required
def person(request: HttpRequest, pk: int) -> HttpResponse:
    return _person_page(request, found(get_person_for, signed_in(request), pk))


def _person_page(request: HttpRequest, shown: User, link: str = "") -> HttpResponse:
    context = {
        "person": shown,
        "roles": [(row, Role(row.role).label) for row in memberships_of(shown)],
        "may_change": can_person(signed_in(request), shown),
        "has_mfa": is_mfa_enabled(shown),
        "link": link,
        "link_lasts_days": INVITATION_LASTS.days,
    }
    return render(request, "accounts/person.html", context)


@login_required
def invite(request: HttpRequest) -> HttpResponse:
    check_permission(signed_in(request), Permission.PEOPLE)
    page = StepPage(
        title=_("Invite a person"),
        back=reverse("accounts:people") + _only(request.POST.get("username", "")),
        submit=_("Send the invitation") if settings.EMAIL_IS_CONFIGURED else _("Add the person"),
        done=_("The invitation is on its way by e-mail.") if settings.EMAIL_IS_CONFIGURED else str(_ADDED),
        hint="" if settings.EMAIL_IS_CONFIGURED else str(_NO_MAIL),
    )
    form = InviteForm(request.POST or None, units=open_units(signed_in(request)), initial={"language": "zh-hans"})

    def perform(_form: Form) -> None:
        typed = {name: value for name, value in form.cleaned_data.items() if name not in {"role", "reach"}}
        actions.invite_person(**typed, roles=form.roles(), by=signed_in(request))

    return answer_step(request, page, form, perform)


def _only(username: str) -> str:
    """The list narrowed to whoever was just added."""
    return "?" + urlencode({"q": username.strip().lower()}) if username and not settings.EMAIL_IS_CONFIGURED else ""


@require_POST
@login_required
def invite_again(request: HttpRequest, pk: int) -> HttpResponse:
    actions.invite_again(found(get_person_for, signed_in(request), pk), by=signed_in(request))
    messages.success(request, _("The invitation is on its way by e-mail."))
    return redirect("accounts:person", pk)


@require_POST
@login_required
def mail_new_password(request: HttpRequest, pk: int) -> HttpResponse:
    actions.mail_new_password(found(get_person_for, signed_in(request), pk), by=signed_in(request))
    messages.success(request, _("The link is on its way by e-mail."))
    return redirect("accounts:person", pk)


@never_cache
@require_POST
@login_required
def show_link(request: HttpRequest, pk: int) -> HttpResponse:
    """The link is in this one answer and nowhere else."""
    shown = found(get_person_for, signed_in(request), pk)
    return _person_page(request, shown, actions.show_link(shown, by=signed_in(request)))


@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    shown = found(get_person_for, signed_in(request), pk)
    page = StepPage(title=shown.name, back=reverse("accounts:person", args=[pk]), submit=_("Save"), done=_("Saved."))
    known = {name: getattr(shown, name) for name in ("name", "email", "unit", "phone", "staff_number")}
    form = PersonForm(request.POST or None, units=open_units(signed_in(request)), initial=known)
    return answer_step(
        request, page, form, lambda typed: actions.change_person(shown, by=signed_in(request), **typed.cleaned_data)
    )


@login_required
def add_role(request: HttpRequest, pk: int) -> HttpResponse:
    shown = found(get_person_for, signed_in(request), pk)
    page = StepPage(
        title=_("Give %(name)s a role") % {"name": shown.name},
        back=reverse("accounts:person", args=[pk]),
        submit=_("Give the role"),
        done=_("The role holds from now on."),
    )
    form = RoleForm(request.POST or None, units=open_units(signed_in(request)), initial={"unit": shown.unit})
    return answer_step(
        request, page, form, lambda typed: actions.grant_role(shown, by=signed_in(request), **typed.cleaned_data)
    )


@require_POST
@login_required
def revoke_role(request: HttpRequest, pk: int, membership: int) -> HttpResponse:
    shown = found(get_person_for, signed_in(request), pk)
    row = get_object_or_404(memberships_of(shown), pk=membership)
    actions.revoke_role(shown, row.role, row.unit, by=signed_in(request))
    messages.success(request, _("The role is withdrawn."))
    return redirect("accounts:person", pk)


@login_required
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    shown = found(get_person_for, signed_in(request), pk)
    page = StepPage(
        title=_("%(name)s leaves") % {"name": shown.name},
        back=reverse("accounts:person", args=[pk]),
        submit=_("Deactivate"),
        done=_("The person is signed out everywhere; the work is being handed over."),
        hint=_("They can no longer sign in, and their tokens stop working. What they did keeps their name."),
        danger=True,
    )
    form = LeaveForm(request.POST or None, colleagues=possible_successors(shown))
    return answer_step(
        request, page, form, lambda typed: actions.deactivate_person(shown, by=signed_in(request), **typed.cleaned_data)
    )


@require_POST
@login_required
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    actions.reactivate_person(found(get_person_for, signed_in(request), pk), by=signed_in(request))
    messages.success(request, _("The person may sign in again, with the roles they had."))
    return redirect("accounts:person", pk)


@require_POST
@login_required
def remove_second_step(request: HttpRequest, pk: int) -> HttpResponse:
    shown = found(get_person_for, signed_in(request), pk)
    actions.remove_second_step(shown, by=signed_in(request))
    messages.success(request, _("The second step is off, and the person was told by mail."))
    return redirect("accounts:person", pk)


@never_cache
@sensitive_post_parameters("password", "again")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever opens the link chooses the first password."""
    invited = open_invitation(token)
    if invited is None:
        return render(request, "accounts/invitation_over.html", status=410)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.accept_invitation(token, password=form.cleaned_data["password"])
        except Refused as no:
            form.add_error(no.field or None, no.sentence)
        else:
            messages.success(request, _("Your password is set. Sign in with it now."))
            return redirect("account_login")
    status = 422 if form.errors else 200
    return render(request, "accounts/invitation.html", {"form": form, "person": invited.user}, status=status)
