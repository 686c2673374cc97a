"""The whole process as one file: out, looked at, taken over."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenguo.lib.errors import Refused
from wenguo.process.access import check_may_change, check_may_read
from wenguo.process.actions import import_pack, try_pack
from wenguo.process.forms.pack_file import PackFileForm
from wenguo.process.queries import active_standard
from wenguo.process.queries.history import history
from wenguo.process.queries.pack_file import exported_pack, pack_differences
from wenguo.process.views.pages import shown
from wenguo.ui.found import signed_in
from wenguo.ui.steps import page_and_form


@login_required
@require_GET
def pack_export(request: HttpRequest) -> HttpResponse:
    """The standard in force, calendars, clock rules, trees and authority."""
    check_may_read(signed_in(request))
    standard = active_standard()
    text = json.dumps(exported_pack(standard), ensure_ascii=False, indent=1, cls=DjangoJSONEncoder)
    name = f"wenguo-process-{standard.pack}-{standard.version}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)


@login_required
@page_and_form
def pack_page(request: HttpRequest) -> HttpResponse:
    """A file is looked at first; only what was shown is then written."""
    check_may_read(signed_in(request))
    context: dict[str, Any] = {"form": PackFileForm(), "standard": active_standard()}
    status = 200
    if request.method == "POST":
        check_may_change(signed_in(request))
        form = PackFileForm(request.POST, request.FILES)
        if form.is_valid() and _done(request, form):
            return redirect("process:pack")
        context["form"] = form
        if not form.errors:
            context["parts"] = pack_differences(form.cleaned_data["pack"], active_standard())
            context["form"] = PackFileForm(initial={"text": form.as_text()})
        status = 422 if form.errors else 200
    context["imports"] = history(10, events=("pack.imported", "pack.installed"))
    return shown(request, "pack", context, status)


def _done(request: HttpRequest, form: PackFileForm) -> bool:
    """Written on the second press; on the first only tried, so that what would be refused is said before."""
    pack, by = form.cleaned_data["pack"], signed_in(request)
    try:
        if "write" not in request.POST:
            try_pack(pack, by=by)
            return False
        draft = import_pack(pack, by=by)
    except Refused as no:
        form.add_error("file", no.sentence)
        return False
    said = _("Taken over. The standard is a draft: look at it, then put it into force.") if draft else _("Taken over.")
    messages.success(request, said)
    return True
