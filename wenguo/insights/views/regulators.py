"""Regulators: their regimes, our categories in their codes, the firm's own facts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wenguo.accounts.access import can, check_permission, signed_in
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.insights.access import check_sees_regulators
from wenguo.insights.actions.regulators import add_code, ask_file, drop_code, map_codes, set_firm
from wenguo.insights.choices import SourceFilter
from wenguo.insights.choices.regulators import ABOUT, UNVERIFIED, CodeAxis, Regime
from wenguo.insights.models import RegulatorFile, RegulatorFirm
from wenguo.insights.queries.regulators.codes import axes_of, codes_of, mapped_nodes
from wenguo.insights.regulatorforms import AskFileForm, CodeForm, FirmForm
from wenguo.insights.rules.regulators import REGIMES
from wenguo.lib.errors import Refused

_SHOWN = 300
_FILES = 30


@login_required
@require_GET
def regulators(request: HttpRequest) -> HttpResponse:
    """Every regime with its newest file."""
    user = _reader(request)
    files: dict[str, RegulatorFile] = {}
    if can(user, Permission.SEE_FIGURES):
        for file in RegulatorFile.objects.order_by("id").defer("faults", "figures"):
            files[file.regime] = file
    regimes = [(one, ABOUT[one], files.get(one)) for one in Regime]
    return render(request, "insights/regulators.html", {"regimes": regimes})


@login_required
@require_http_methods(["GET", "POST"])
def regime(request: HttpRequest, regime: str) -> HttpResponse:
    """One regime: ask for a file, the history of files, how far the codes go."""
    user, which = _reader(request), _regime(regime)
    form = AskFileForm(which, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            file = ask_file(which, form.days(), source=SourceFilter(form.cleaned_data["source"]), by=user)
            return redirect("insights:regulator_file", file.pk)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
    lacking = [(axis, sum(line.is_lacking for line in mapped_nodes(which, axis))) for axis in REGIMES[which].axes]
    firm = RegulatorFirm.objects.filter(regime=which).first()
    context = {
        "regime": which,
        "about": ABOUT[which],
        "unverified": UNVERIFIED[which],
        "form": form,
        "axes": lacking,
        "facts": [(one.label, (firm.facts if firm else {}).get(one, "")) for one in REGIMES[which].facts],
        "may_ask": can(user, Permission.SEE_FIGURES) and can(user, Permission.EXPORT),
        "may_set": can(user, Permission.SETTINGS),
        "files": _history(user, which),
    }
    return render(request, "insights/regime.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def mapping(request: HttpRequest, regime: str, axis: str) -> HttpResponse:
    """Our categories along one axis, each with the regulator's code; what is used and has none comes first."""
    user, which, along = _reader(request), _regime(regime), _axis(regime, axis)
    if request.method == "POST":
        typed = {key.removeprefix("code-"): value for key, value in request.POST.items() if key.startswith("code-")}
        number = map_codes(which, along, {int(k): str(v) for k, v in typed.items() if k.isdecimal()}, by=user)
        messages.success(
            request, ngettext("%(n)d mapping was changed.", "%(n)d mappings were changed.", number) % {"n": number}
        )
        return redirect(request.get_full_path())
    lines = mapped_nodes(which, axes_of(which)[along])
    lacking = [line for line in lines if line.is_lacking]
    show = request.GET.get("show") or ("lacking" if lacking else "used")
    chosen = {"lacking": lacking, "used": [line for line in lines if line.used or line.own]}.get(show, lines)
    context = {
        "regime": which,
        "axis": along,
        "axes": list(axes_of(which)),
        "lines": chosen[:_SHOWN],
        "is_cut": len(chosen) > _SHOWN,
        "show": show,
        "views": [("lacking", _("Used, without a code")), ("used", _("Used or mapped")), ("all", _("All"))],
        "lacking": len(lacking),
        "codes": codes_of(which, along).values(),
        "form": CodeForm(),
        "may_set": can(user, Permission.SETTINGS),
    }
    return render(request, "insights/regulator_codes.html", context)


@login_required
@require_POST
def code_add(request: HttpRequest, regime: str, axis: str) -> HttpResponse:
    """A code more in the list, or one less (`drop`)."""
    user, which, along = _reader(request), _regime(regime), _axis(regime, axis)
    check_permission(user, Permission.SETTINGS)
    if dropped := request.POST.get("drop"):
        drop_code(which, along, dropped, by=user)
        messages.success(request, _("The code is no longer in the list."))
        return redirect("insights:regulator_codes", which, along)
    form = CodeForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Give the code and its name."))
    given = form.cleaned_data
    add_code(which, along, given["code"], given["name_zh"], given["name_en"], by=user)
    messages.success(request, _("The code is in the list."))
    return redirect("insights:regulator_codes", which, along)


@login_required
@require_http_methods(["GET", "POST"])
def firm(request: HttpRequest, regime: str) -> HttpResponse:
    """What the files say of the firm."""
    user, which = _reader(request), _regime(regime)
    check_permission(user, Permission.SETTINGS)
    known = RegulatorFirm.objects.filter(regime=which).first()
    form = FirmForm(which, request.POST or None, initial=known.facts if known else {})
    if request.method == "POST" and form.is_valid():
        set_firm(which, form.cleaned_data, by=user)
        messages.success(request, _("Kept. Files written from now on say so."))
        return redirect("insights:regime", which)
    return render(request, "insights/regulator_firm.html", {"regime": which, "form": form})


def _history(user: User, which: Regime) -> list[RegulatorFile]:
    if not can(user, Permission.SEE_FIGURES):
        return []
    rows = RegulatorFile.objects.filter(regime=which).select_related("asked_by", "ready_by")
    return list(rows.defer("faults", "figures")[:_FILES])


def _reader(request: HttpRequest) -> User:
    user = signed_in(request.user)
    check_sees_regulators(user)
    return user


def _regime(name: str) -> Regime:
    if name not in Regime.values:
        raise Http404
    return Regime(name)


def _axis(regime: str, name: str) -> CodeAxis:
    if name not in axes_of(_regime(regime)):
        raise Http404
    return CodeAxis(name)
