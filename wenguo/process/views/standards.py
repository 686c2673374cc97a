"""The process standard: a version with its stages, drafts, comparing, and work instructions to print."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenguo.lib.errors import Changed, Refused
from wenguo.lib.now import now
from wenguo.process import actions
from wenguo.process.access import check_may_change, check_may_read, get_stage_rule_for, get_standard_for, may_change
from wenguo.process.actions.standards import STAGE_FIELDS, STANDARD_FIELDS
from wenguo.process.choices import Stage
from wenguo.process.forms.standards import ActivateForm, SampleForm, StageForm, StandardForm
from wenguo.process.queries import active_standard, stage_rules, versions
from wenguo.process.queries.pages import SampleLimit, limits_as_dates, version_differences
from wenguo.process.views.pages import shown
from wenguo.ui.found import found, signed_in
from wenguo.ui.steps import StepPage, answer_step, page_and_form, told


@login_required
@require_GET
def standard(request: HttpRequest) -> HttpResponse:
    """The version in force."""
    check_may_read(signed_in(request))
    return version(request, active_standard().pk)


@login_required
@require_GET
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: what it says of the whole, its fourteen stages, its sisters."""
    one = found(get_standard_for, signed_in(request), pk)
    others = [row for row in versions(one.pack) if not row.is_draft or may_change(signed_in(request))]
    context = {
        "standard": one,
        "rules": stage_rules(one),
        "versions": others,
        "draft": next((row for row in others if row.is_draft), None),
    }
    return shown(request, "standard", context)


@login_required
@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version to work on."""
    made = actions.draft_new_version(found(get_standard_for, signed_in(request), pk), by=signed_in(request))
    messages.success(
        request, _("Version %(n)s is a draft now. Nothing changes until you activate it.") % {"n": made.version}
    )
    return redirect("process:version", made.pk)


@login_required
@page_and_form
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What a draft says of the whole."""
    check_may_change(signed_in(request))
    one = found(get_standard_for, signed_in(request), pk)
    page = StepPage(
        _("The whole complaint"), reverse("process:version", args=[pk]), _("Save"), _("The draft is saved.")
    )
    form = StandardForm.of(request.POST or None, one)
    return answer_step(
        request, page, form, lambda typed: actions.change_standard(one, by=signed_in(request), **typed.cleaned_data)
    )


@login_required
@page_and_form
def activate(request: HttpRequest, pk: int) -> HttpResponse:
    check_may_change(signed_in(request))
    one = found(get_standard_for, signed_in(request), pk)
    page = StepPage(
        _("Put version %(n)s into force") % {"n": one.version},
        reverse("process:standard"),
        _("Put into force"),
        _("Version %(n)s is in force. Complaints under way keep theirs.") % {"n": one.version},
        hint=_("Complaints received from now on follow it; those under way keep the version they started with."),
    )
    form = ActivateForm(request.POST or None, initial={"note": one.note})
    return answer_step(
        request, page, form, lambda typed: actions.activate_standard(one, by=signed_in(request), **typed.cleaned_data)
    )


@login_required
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    actions.discard_draft(found(get_standard_for, signed_in(request), pk), by=signed_in(request))
    messages.success(request, _("The draft is discarded."))
    return redirect("process:standard")


@login_required
@require_GET
def compare(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """What the newer of two versions says otherwise."""
    pair = [found(get_standard_for, signed_in(request), one) for one in (pk, other)]
    older, newer = sorted(pair, key=lambda row: row.version)
    lines = version_differences(older, newer, STANDARD_FIELDS, STAGE_FIELDS)
    return shown(request, "compare", {"older": older, "newer": newer, "lines": lines})


@login_required
@page_and_form
def stage_edit(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """One stage of a draft: looked at as dates, or saved."""
    check_may_change(signed_in(request))
    rule = found(get_stage_rule_for, signed_in(request), pk, stage)
    form, sample = StageForm.of(request.POST or None, rule), SampleForm.of(request.POST)
    preview: list[SampleLimit] = []
    missed: list[str] = []
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            preview = limits_as_dates(rule.standard, rule, form.cleaned_data, sample.start_or_now())
        else:
            try:
                actions.change_stage_rule(rule, by=signed_in(request), **form.cleaned_data)
            except (Refused, Changed) as no:
                missed = told(form, no)
            else:
                messages.success(request, _("The stage is saved in the draft."))
                return redirect("process:version", pk)
    context = {"rule": rule, "form": form, "sample": sample, "preview": preview, "missed": missed}
    return shown(request, "stage_edit", context, 409 if missed else 422 if form.errors else 200)


@login_required
@require_GET
def instruction(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """The work instruction of one stage, to print."""
    rule = found(get_stage_rule_for, signed_in(request), pk, stage)
    around = list(Stage.values)
    place = around.index(stage)
    neighbours = {"before": around[place - 1] if place else "", "after": "".join(around[place + 1 : place + 2])}
    return shown(
        request, "instruction", {"rules": [rule], "standard": rule.standard, "printed_at": now(), **neighbours}
    )


@login_required
@require_GET
def instructions(request: HttpRequest, pk: int) -> HttpResponse:
    """All fourteen, a page each."""
    one = found(get_standard_for, signed_in(request), pk)
    return shown(request, "instruction", {"rules": stage_rules(one), "standard": one, "printed_at": now()})
