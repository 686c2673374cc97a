"""One's own page: profile, language, absence, keys for machines, where one is signed in."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from wenguo.accounts import actions
from wenguo.accounts.access import check_permission
from wenguo.accounts.choices import Permission, Role, Scope
from wenguo.accounts.forms import AbsenceForm, PreferencesForm, TokenForm
from wenguo.accounts.queries import memberships_of, possible_successors, sessions_of, tokens_of
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.ui.found import signed_in
from wenguo.ui.steps import StepPage, answer_step


def _page(request: HttpRequest, section: str, template: str, **more: Any) -> HttpResponse:
    return render(request, f"accounts/{template}.html", {"section": section, **more})


@require_GET
@login_required
def me(request: HttpRequest) -> HttpResponse:
    """Who I am, what I may do and where."""
    person = signed_in(request)
    roles = [(Role(row.role), row.unit) for row in memberships_of(person)]
    absent = bool(person.absent_until and person.absent_until > now())
    return _page(request, "me", "me", person=person, roles=roles, absent=absent, has_mfa=is_mfa_enabled(person))


@login_required
def preferences(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    page = StepPage(title=_("Language and time zone"), back=reverse("accounts:me"), submit=_("Save"), done=_("Saved."))
    form = PreferencesForm(request.POST or None, initial={"language": person.language, "time_zone": person.time_zone})
    return answer_step(
        request, page, form, lambda typed: actions.set_preferences(person, by=person, **typed.cleaned_data)
    )


@login_required
def absence(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    page = StepPage(
        title=_("Absence"),
        back=reverse("accounts:me"),
        submit=_("Save"),
        done=_("Your deputy receives your work in this time."),
    )
    form = AbsenceForm(
        request.POST or None, colleagues=possible_successors(person), initial={"deputy": person.deputy_id}
    )

    def perform(_form: Form) -> None:
        starts, ends = form.times()
        actions.set_absence(
            person, deputy=form.cleaned_data["deputy"], absent_from=starts, absent_until=ends, by=person
        )

    return answer_step(request, page, form, perform)


@require_POST
@login_required
def end_absence(request: HttpRequest) -> HttpResponse:
    actions.end_absence(signed_in(request), by=signed_in(request))
    messages.success(request, _("Welcome back. New work comes to you again."))
    return redirect("accounts:me")


@never_cache
@login_required
def tokens(request: HttpRequest) -> HttpResponse:
    """The list of one's tokens and a form for a new one; its secret is in this one answer and nowhere else."""
    person, made, status = signed_in(request), None, 200
    check_permission(person, Permission.TOKENS)
    form = TokenForm(request.POST or None)
    if request.method == "POST":
        made, status = _made_token(request, form)
        form = TokenForm() if made else form
    rows = [(token, [Scope(scope).label for scope in token.scopes]) for token in tokens_of(person)]
    context = {"section": "tokens", "form": form, "rows": rows, "now": now(), "made": made}
    return render(request, "accounts/tokens.html", context, status=status)


def _made_token(request: HttpRequest, form: TokenForm) -> tuple[str | None, int]:
    if not form.is_valid():
        return None, 422
    typed = form.cleaned_data
    try:
        _token, secret = actions.make_token(
            signed_in(request),
            name=typed["name"],
            scopes=typed["scopes"],
            expires_at=form.expires_at(),
            by=signed_in(request),
        )
    except Refused as no:
        form.add_error(no.field if no.field in form.fields else None, no.sentence)
        return None, 422
    return secret, 200


@require_POST
@login_required
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(tokens_of(signed_in(request)), pk=pk)
    actions.revoke_token(token, by=signed_in(request))
    messages.success(request, _("The token no longer works."))
    return redirect("accounts:tokens")


@require_GET
@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """Where I am signed in."""
    return _page(request, "sessions", "sessions", rows=sessions_of(signed_in(request), request.session.session_key))


@require_POST
@login_required
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    actions.end_session(signed_in(request), pk, by=signed_in(request))
    messages.success(request, _("That device is signed out."))
    return redirect("accounts:sessions")


@require_POST
@login_required
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    actions.end_sessions(signed_in(request), by=signed_in(request), but=request.session.session_key or "")
    messages.success(request, _("All other devices are signed out."))
    return redirect("accounts:sessions")
