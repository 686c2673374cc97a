"""The settings of routing: the rules in their order, one rule with its preview, out and in as one file."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wenguo.dispatch.access import check_may_route, get_rule_for
from wenguo.dispatch.actions import RuleTerms, change_rule, create_rule, delete_rule, import_rules, move_rule
from wenguo.dispatch.forms import ImportRulesForm, RoutingRuleForm
from wenguo.dispatch.models import RoutingRule
from wenguo.dispatch.queries import Preview, all_rules, condition_words, exported_rules, open_by_rule, preview
from wenguo.dispatch.rules import PATHS, Condition
from wenguo.lib.errors import Refused
from wenguo.ui.found import found, signed_in

page_and_form = require_http_methods(["GET", "POST"])


@login_required
@require_GET
def routing(request: HttpRequest) -> HttpResponse:
    """All rules from the top."""
    check_may_route(signed_in(request))
    return _shown(request, ImportRulesForm())


def _shown(request: HttpRequest, form: ImportRulesForm, status: int = 200) -> HttpResponse:
    """Each rule with its condition and how many open complaints would be its own now."""
    looked_at, taken = open_by_rule(signed_in(request))
    rows = [(rule, condition_words(rule), taken.get(rule.pk, 0)) for rule in all_rules()]
    context = {"rows": rows, "looked_at": looked_at, "form": form}
    return render(request, "dispatch/routing.html", context, status=status)


@login_required
@page_and_form
def rule_page(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One rule, new or old: looked at beforehand, or saved."""
    check_may_route(signed_in(request))
    rule = found(get_rule_for, signed_in(request), pk) if pk else None
    form = RoutingRuleForm(request.POST or None, rule=rule)
    shown: Preview | None = None
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            shown = _previewed(request, form, rule)
        elif _saved(request, form, rule):
            messages.success(request, _("The rule is saved."))
            return redirect("dispatch:routing")
    status = 422 if form.errors else 200
    return render(request, "dispatch/rule.html", {"form": form, "rule": rule, "preview": shown}, status=status)


@login_required
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    move_rule(found(get_rule_for, signed_in(request), pk), by=signed_in(request), up=request.POST.get("to") == "up")
    return redirect("dispatch:routing")


@login_required
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    delete_rule(found(get_rule_for, signed_in(request), pk), by=signed_in(request))
    messages.success(request, _("The rule is gone. Earlier dispatches stay as they are."))
    return redirect("dispatch:routing")


@login_required
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    check_may_route(signed_in(request))
    text = json.dumps(exported_rules(), ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": 'attachment; filename="wenguo-routing.json"'}
    return HttpResponse(text, content_type="application/json", headers=headers)


@login_required
@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    """Replaces all rules by the file's."""
    check_may_route(signed_in(request))
    form = ImportRulesForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            number = import_rules(form.cleaned_data["file"], by=signed_in(request))
        except Refused as no:
            form.add_error("file", no.sentence)
        else:
            said = ngettext("%(n)d rule is in use now.", "%(n)d rules are in use now.", number)
            messages.success(request, said % {"n": number})
            return redirect("dispatch:routing")
    return _shown(request, form, 422)


def _saved(request: HttpRequest, form: RoutingRuleForm, rule: RoutingRule | None) -> bool:
    terms = RuleTerms(**form.cleaned_data)
    try:
        if rule is None:
            create_rule(terms, by=signed_in(request))
        else:
            change_rule(rule, terms, by=signed_in(request))
    except Refused as no:
        form.add_error(no.field if no.field in form.fields else None, no.sentence)
        return False
    return True


def _previewed(request: HttpRequest, form: RoutingRuleForm, rule: RoutingRule | None) -> Preview:
    given: dict[str, Any] = form.cleaned_data
    paths = {name: given[name].path if given[name] else "" for name in PATHS}
    condition = Condition(**paths, importance=given["importance"], is_urgent=given["is_urgent"])
    return preview(signed_in(request), condition, position=given["position"], but=rule.pk if rule else None)
