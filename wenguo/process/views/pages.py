"""The entrance, the authority matrix, and what was changed."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from wenguo.accounts.choices import Role
from wenguo.process.access import check_may_change, check_may_read, may_change
from wenguo.process.actions import set_authority
from wenguo.process.choices import TreeKind
from wenguo.process.forms.standards import AuthorityForm
from wenguo.process.models import ClockRule, Standard
from wenguo.process.queries import authority_for, authority_matrix
from wenguo.process.queries.history import history
from wenguo.process.queries.pages import calendars_with_use, tree_sizes
from wenguo.ui.found import signed_in
from wenguo.ui.steps import StepPage, answer_step

page_and_form = require_http_methods(["GET", "POST"])


def shown(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of this room; `editable` says whether its reader may change what it shows."""
    page = {"editable": may_change(signed_in(request)), **context}
    return render(request, f"process/{template}.html", page, status=status)


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Everything the process is made of, each with its state."""
    check_may_read(signed_in(request))
    sizes = tree_sizes()
    context = {
        "standards": Standard.objects.exclude(state="retired").select_related("calendar"),
        "calendars": calendars_with_use(),
        "trees": [(kind, sizes.get(kind.value, 0)) for kind in TreeKind],
        "clock_rules": ClockRule.objects.values("code").distinct().count(),
        "authority": authority_matrix(),
        "recent": history(8),
    }
    return shown(request, "index", context)


@login_required
@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    """The newest changes of settings, from the audit."""
    check_may_read(signed_in(request))
    return shown(request, "history", {"entries": history()})


@login_required
@require_GET
def authority(request: HttpRequest) -> HttpResponse:
    """Which role approves how much; roles without a row approve nothing."""
    check_may_read(signed_in(request))
    rows = {row.role: row for row in authority_matrix()}
    silent = [role for role in Role if role.value not in rows]
    matrix = [(Role(role), row) for role, row in rows.items()]
    return shown(request, "authority", {"matrix": matrix, "silent": silent})


@login_required
@page_and_form
def authority_edit(request: HttpRequest, role: str) -> HttpResponse:
    check_may_change(signed_in(request))
    if role not in Role.values:
        raise Http404
    present = authority_for(role)
    initial = {"max_amount": present.max_amount, "needs_second": present.needs_second} if present else {}
    page = StepPage(str(Role(role).label), reverse("process:authority"), _("Save"), _("The authority is changed."))
    form = AuthorityForm(request.POST or None, initial=initial)
    return answer_step(
        request, page, form, lambda typed: set_authority(role, by=signed_in(request), **typed.cleaned_data)
    )
