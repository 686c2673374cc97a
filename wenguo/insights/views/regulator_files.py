"""One file for a regulator: how far it is, its faults with the complaints, taking it away, declaring it ready."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenguo.accounts.access import can, signed_in
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.audit.actions import record_read
from wenguo.audit.choices import ReadKind
from wenguo.insights.access import get_regulator_file_for
from wenguo.insights.actions.regulators import declare_ready
from wenguo.insights.choices.regulators import CodeAxis, Regime
from wenguo.insights.models import RegulatorFile
from wenguo.insights.queries.regulators.faults import counted_codes, faults_for, kinds_of
from wenguo.insights.rules.regulators import REGIMES
from wenguo.ui.found import found


@login_required
@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request.user)
    return render(request, "insights/regulator_file.html", _context(found(get_regulator_file_for, user, pk), user))


@login_required
@require_GET
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that changes, asked for until the file is written."""
    user = signed_in(request.user)
    return render(request, "insights/_regulator_file.html", _context(found(get_regulator_file_for, user, pk), user))


@login_required
@require_GET
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it was written; who took it away is recorded."""
    user = signed_in(request.user)
    one = found(get_regulator_file_for, user, pk)
    if not one.path or not default_storage.exists(one.path):
        raise Http404
    record_read(ReadKind.EXPORT, "regulators", f"{one.regime} {one.first} {one.sha256[:12]}", by=user, count=one.rows)
    return FileResponse(default_storage.open(one.path, "rb"), as_attachment=True, filename=one.path.rpartition("/")[2])


@login_required
@require_POST
def ready(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request.user)
    one = found(get_regulator_file_for, user, pk)
    declare_ready(one, statement=request.POST.get("statement", ""), by=user)
    messages.success(request, _("The file is declared ready. Its content and hash are fixed."))
    return redirect("insights:regulator_file", pk)


def _context(one: RegulatorFile, user: User) -> dict[str, Any]:
    axes = [axis.axis for axis in REGIMES[Regime(one.regime)].axes]
    return {
        "file": one,
        "regime": Regime(one.regime),
        "faults": faults_for(one, user),
        "kinds": kinds_of(one),
        "counted": [(CodeAxis(axis).label, counted_codes(one, axis)) for axis in axes if axis in one.figures],
        "columns": REGIMES[Regime(one.regime)].columns,
        "may_set": can(user, Permission.SETTINGS),
        "axes": axes,
    }
