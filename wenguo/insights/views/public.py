"""What the public is told: the switch, and what it looks like before it is on."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from wenguo.accounts.access import can, check_permission, signed_in
from wenguo.accounts.choices import Permission
from wenguo.insights.actions.public import switch_statistics
from wenguo.insights.models import PublicStatistics
from wenguo.insights.models.public import LEAST, MOST
from wenguo.insights.queries.published import tables_of


class PublicForm(forms.Form):
    """On or off, and the threshold."""

    is_on = forms.BooleanField(label=gettext_lazy("Everybody may read our figures on the portal"), required=False)
    threshold = forms.IntegerField(
        label=gettext_lazy("Numbers below this are left out"), min_value=LEAST, max_value=MOST, initial=5
    )


@login_required
@require_http_methods(["GET", "POST"])
def switch(request: HttpRequest) -> HttpResponse:
    """For administrators to change, for those who see figures to read."""
    user = signed_in(request.user)
    if not can(user, Permission.SETTINGS):
        check_permission(user, Permission.SEE_FIGURES)
    row = PublicStatistics.objects.first()
    known = {"is_on": row.is_on, "threshold": row.threshold} if row else {}
    form = PublicForm(request.POST or None, initial=known)
    if request.method == "POST":
        check_permission(user, Permission.SETTINGS)
        if form.is_valid():
            switch_statistics(is_on=form.cleaned_data["is_on"], threshold=form.cleaned_data["threshold"], by=user)
            messages.success(request, _("Kept. The worker counts within a few seconds."))
            return redirect("insights:public")
    context = {
        "row": row,
        "form": form,
        "may_set": can(user, Permission.SETTINGS),
        "tables": tables_of(row) if row and row.content else [],
    }
    return render(request, "insights/public.html", context, status=422 if request.method == "POST" else 200)
