"""Metrics of one's own, and questions put to the lake."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wenguo.accounts.access import can, check_permission, signed_in
from wenguo.accounts.choices import Permission
from wenguo.insights.actions import ask_lake, cancel_question
from wenguo.insights.actions.own import add_metric, change_metric, switch_metric
from wenguo.insights.lakeforms import OwnMetricForm, QuestionForm
from wenguo.insights.models import AdHocQuery, OwnMetric
from wenguo.insights.queries.asked import get_question_for, headings_of, lines_of, questions_of, title_of
from wenguo.insights.queries.own import get_metric_for
from wenguo.lib.errors import Refused
from wenguo.ui.found import found


@login_required
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """The company's own metrics."""
    user = signed_in(request.user)
    check_permission(user, Permission.SETTINGS)
    context = {"metrics": OwnMetric.objects.all(), "sees_figures": can(user, Permission.SEE_FIGURES)}
    return render(request, "insights/own_metrics.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def metric_new(request: HttpRequest) -> HttpResponse:
    check_permission(signed_in(request.user), Permission.SETTINGS)
    return _metric_form(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def metric_change(request: HttpRequest, pk: int) -> HttpResponse:
    return _metric_form(request, found(get_metric_for, signed_in(request.user), pk))


@login_required
@require_POST
def metric_switch(request: HttpRequest, pk: int) -> HttpResponse:
    metric = found(get_metric_for, signed_in(request.user), pk)
    switch_metric(metric, is_active=not metric.is_active, by=signed_in(request.user))
    messages.success(request, _("Done. All figures are now counted anew; this may take a while."))
    return redirect("insights:own_metrics")


def _metric_form(request: HttpRequest, metric: OwnMetric | None) -> HttpResponse:
    form = OwnMetricForm(request.POST if request.method == "POST" else None, metric)
    if request.method == "POST" and form.is_valid():
        try:
            _save(form, metric, request)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, _("Done. All figures are now counted anew; this may take a while."))
            return redirect("insights:own_metrics")
    status = 422 if form.is_bound else 200
    return render(request, "insights/own_metric_form.html", {"form": form, "metric": metric}, status=status)


def _save(form: OwnMetricForm, metric: OwnMetric | None, request: HttpRequest) -> None:
    by = signed_in(request.user)
    if metric is None:
        add_metric(form.cleaned_data["code"], form.wanted(), by=by)
    else:
        change_metric(metric, form.wanted(), by=by)


@login_required
@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """What can be asked, and one's own questions."""
    user = signed_in(request.user)
    check_permission(user, Permission.SEE_FIGURES)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("insights:question", ask_lake(form.question(), by=user).pk)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    asked = [(one, title_of(one)) for one in questions_of(user)[:20]]
    status = 422 if form.is_bound else 200
    return render(request, "insights/questions.html", {"form": form, "asked": asked}, status=status)


@login_required
@require_GET
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; then the answer."""
    asked = found(get_question_for, signed_in(request.user), pk)
    return render(request, "insights/question.html", _answer(asked))


@login_required
@require_GET
def question_state(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that changes, asked for until the answer is there."""
    asked = found(get_question_for, signed_in(request.user), pk)
    return render(request, "insights/_answer.html", _answer(asked))


@login_required
@require_POST
def question_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    asked = found(get_question_for, signed_in(request.user), pk)
    cancel_question(asked, by=signed_in(request.user))
    return redirect("insights:question", pk)


def _answer(asked: AdHocQuery) -> dict[str, object]:
    return {"asked": asked, "title": title_of(asked), "headings": headings_of(asked), "lines": lines_of(asked)}
