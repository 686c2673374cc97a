"""Addresses under /accounts/. allauth's own (sign-in, password, second factor) come after these."""

from django.urls import path, reverse_lazy
from django.views.generic import RedirectView

from wenguo.accounts.views import me, people, units

app_name = "accounts"

_home = RedirectView.as_view(url=reverse_lazy("accounts:me"))
_sign_in = RedirectView.as_view(url=reverse_lazy("account_login"))

urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/preferences/", me.preferences, name="preferences"),
    path("me/absence/", me.absence, name="absence"),
    path("me/absence/end/", me.end_absence, name="end-absence"),
    path("me/tokens/", me.tokens, name="tokens"),
    path("me/tokens/<int:pk>/revoke/", me.revoke_token, name="revoke-token"),
    path("me/sessions/", me.sessions, name="sessions"),
    path("me/sessions/<int:pk>/end/", me.end_session, name="end-session"),
    path("me/sessions/end-others/", me.end_other_sessions, name="end-other-sessions"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/change/", people.change, name="change-person"),
    path("people/<int:pk>/invite-again/", people.invite_again, name="invite-again"),
    path("people/<int:pk>/new-password/", people.mail_new_password, name="new-password"),
    path("people/<int:pk>/link/", people.show_link, name="show-link"),
    path("people/<int:pk>/roles/", people.add_role, name="add-role"),
    path("people/<int:pk>/roles/<int:membership>/revoke/", people.revoke_role, name="revoke-role"),
    path("people/<int:pk>/leave/", people.leave, name="leave"),
    path("people/<int:pk>/bring-back/", people.bring_back, name="bring-back"),
    path("people/<int:pk>/second-step/remove/", people.remove_second_step, name="remove-second-step"),
    path("units/", units.units, name="units"),
    path("units/add/", units.add, name="add-unit"),
    path("units/<int:pk>/change/", units.change, name="change-unit"),
    path("units/<int:pk>/move/", units.move, name="move-unit"),
    path("units/<int:pk>/close/", units.close, name="close-unit"),
    path("units/<int:pk>/reopen/", units.reopen, name="reopen-unit"),
    path("roles/", units.roles, name="roles"),
    path("invitation/<str:token>/", people.invitation, name="invitation"),
    # What allauth offers and we do not: nobody signs up, addresses are the administrator's, sessions have our own page.
    path("signup/", _sign_in),
    path("email/", _home),
    path("confirm-email/", _sign_in),
    path("confirm-email/<str:key>/", _sign_in),
    path("login/code/confirm/", _sign_in),
    path("password/set/", _home),
    path("sessions/", _home),
]
