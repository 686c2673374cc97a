"""Clock rules: the list beside the company's own promises, one rule with its versions, a new version."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wenguo.lib.now import now
from wenguo.lib.worktime import DueDate, due_date
from wenguo.process import actions
from wenguo.process.access import check_may_change, check_may_read, get_clock_rule_for
from wenguo.process.choices import EVENT_LABELS, PAUSE_LABELS
from wenguo.process.forms.clocks import ClockRuleForm
from wenguo.process.forms.standards import SampleForm
from wenguo.process.models import ClockRule
from wenguo.process.queries import active_standard, rule_calendar
from wenguo.process.queries.pages import clock_rule_versions, company_promises, jurisdictions, newest_clock_rules
from wenguo.process.views.pages import shown
from wenguo.ui.found import found, signed_in
from wenguo.ui.steps import StepPage, answer_step

page_and_form = require_http_methods(["GET", "POST"])


@login_required
@require_GET
def clock_rules(request: HttpRequest) -> HttpResponse:
    """The standard's own promises, then the law's."""
    check_may_read(signed_in(request))
    chosen = request.GET.get("jurisdiction", "")
    places = jurisdictions()
    standard = active_standard()
    context = {
        "standard": standard,
        "promises": company_promises(standard),
        "rules": newest_clock_rules(chosen if chosen in places else ""),
        "choices": [("", _("All")), *((place, place) for place in places)],
        "chosen": chosen,
        "today": timezone.localdate(now()),
    }
    return shown(request, "clock_rules", context)


@login_required
@require_GET
def clock_rule(request: HttpRequest, code: str) -> HttpResponse:
    """All versions of a rule, and what the newest means for a sample."""
    rule = found(get_clock_rule_for, signed_in(request), code)
    sample = SampleForm.of(request.GET)
    context = {
        "rule": rule,
        "versions": clock_rule_versions(code),
        "starts": EVENT_LABELS.get(rule.start_event, rule.start_event),
        "stops": EVENT_LABELS.get(rule.stop_event, rule.stop_event),
        "conditions": [(key, _condition(value)) for key, value in rule.applies_when.items()],
        "pauses": [PAUSE_LABELS.get(reason, reason) for reason in rule.pause_reasons],
        "sample": sample,
        "due": _example(rule, sample),
        "zone": (rule.calendar or active_standard().calendar).time_zone,
        "today": timezone.localdate(now()),
    }
    return shown(request, "clock_rule", context)


def _condition(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return " / ".join(map(str, value)) if isinstance(value, list) else str(value)


def _example(rule: ClockRule, sample: SampleForm) -> DueDate:
    cal = rule_calendar(rule, active_standard())
    return due_date(cal, sample.start_or_now(), rule.limit, rule.unit, rule.first_day_excluded, rule.roll)  # type: ignore[arg-type]


@login_required
@page_and_form
def clock_rule_edit(request: HttpRequest, code: str = "") -> HttpResponse:
    """A new rule, or a new version of one: a version never changes."""
    check_may_change(signed_in(request))
    rule = found(get_clock_rule_for, signed_in(request), code) if code else None
    tomorrow = timezone.localdate(now()) + timedelta(days=1)
    back = reverse("process:clock_rule", args=[code]) if code else reverse("process:clock_rules")
    page = StepPage(
        _("New version of %(name)s") % {"name": rule.name} if rule else _("New clock rule"),
        back,
        _("Save"),
        _("The rule is saved."),
        hint=_("Clocks that run already keep the version they started with."),
    )
    form = ClockRuleForm(request.POST or None, rule=rule, tomorrow=tomorrow)

    def perform(typed: ClockRuleForm) -> object:
        if rule is None:
            return actions.add_clock_rule(by=signed_in(request), **typed.cleaned_data)
        return actions.new_clock_rule_version(rule, by=signed_in(request), **typed.cleaned_data)

    return answer_step(request, page, form, perform)  # type: ignore[arg-type]


@login_required
@require_POST
def clock_rule_switch(request: HttpRequest, code: str) -> HttpResponse:
    rule = found(get_clock_rule_for, signed_in(request), code)
    actions.set_clock_rule_active(rule, request.POST.get("to") == "on", by=signed_in(request))
    messages.success(request, _("The rule is changed for complaints to come."))
    return redirect("process:clock_rule", code)
