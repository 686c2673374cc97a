"""Taxonomies: a tree, one node, moving, switching, and a file in and out."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wenguo.lib.errors import Refused
from wenguo.lib.exports import write_csv
from wenguo.process import actions
from wenguo.process.access import check_may_change, check_may_read, get_node_for
from wenguo.process.choices import TreeKind
from wenguo.process.forms.trees import MoveForm, NodeForm, TreeFileForm
from wenguo.process.queries import tree
from wenguo.process.queries.pages import tree_sizes, tree_table
from wenguo.process.rules.trees import TreePlan
from wenguo.process.views.pages import shown
from wenguo.ui.found import found, signed_in
from wenguo.ui.steps import StepPage, answer_step

page_and_form = require_http_methods(["GET", "POST"])
SAMPLE = (
    {"code": "gearbox", "parent": "", "name_zh": "变速箱", "name_en": "Gearbox"},
    {"code": "gearbox-noise", "parent": "gearbox", "name_zh": "变速箱异响", "name_en": "Gearbox noise"},
)


def _kind(kind: str) -> TreeKind:
    if kind not in TreeKind.values:
        raise Http404
    return TreeKind(kind)


@login_required
@require_GET
def tree_page(request: HttpRequest, kind: str) -> HttpResponse:
    check_may_read(signed_in(request))
    sizes = tree_sizes()
    context = {
        "kind": _kind(kind),
        "kinds": [(one, sizes.get(one.value, 0)) for one in TreeKind],
        "branches": tree(kind, only_active=False),
    }
    return shown(request, "tree", context)


@login_required
@page_and_form
def node_add(request: HttpRequest, kind: str) -> HttpResponse:
    """A new node, below `?parent=` or at the top."""
    check_may_change(signed_in(request))
    above = request.GET.get("parent", "")
    parent = found(get_node_for, signed_in(request), _kind(kind), above) if above else None
    page = StepPage(
        _("New node"),
        reverse("process:tree", args=[_kind(kind).value]),
        _("Add"),
        _("The node is added."),
        hint=_("Below “%(name)s”.") % {"name": parent.name} if parent else _("At the top of the tree."),
    )
    form = NodeForm(request.POST or None)
    return answer_step(
        request,
        page,
        form,
        lambda typed: actions.add_node(kind, parent=parent, by=signed_in(request), **typed.cleaned_data),
    )


@login_required
@page_and_form
def node_edit(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """One node with what can be done to it."""
    node = found(get_node_for, signed_in(request), _kind(kind), code)
    form = NodeForm(request.POST or None, node=node)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_node(node, by=signed_in(request), **form.cleaned_data)
        except Refused as no:
            form.add_error(no.field if no.field in form.fields else None, no.sentence)
        else:
            messages.success(request, _("The node is saved."))
            return redirect("process:tree", kind)
    return shown(request, "node", {"kind": _kind(kind), "node": node, "form": form}, 422 if form.errors else 200)


@login_required
@page_and_form
def node_move(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    check_may_change(signed_in(request))
    node = found(get_node_for, signed_in(request), _kind(kind), code)
    page = StepPage(
        _("Move “%(name)s”") % {"name": node.name},
        reverse("process:tree", args=[kind]),
        _("Move"),
        _("The node is moved with everything below it."),
    )
    form = MoveForm(request.POST or None, node=node)
    return answer_step(
        request, page, form, lambda typed: actions.move_node(node, by=signed_in(request), **typed.cleaned_data)
    )


@login_required
@require_POST
def node_switch(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    node = found(get_node_for, signed_in(request), _kind(kind), code)
    actions.set_node_active(node, request.POST.get("to") == "on", by=signed_in(request))
    messages.success(request, _("Changed. Complaints that use it keep it."))
    return redirect("process:tree", kind)


@login_required
@page_and_form
def tree_import(request: HttpRequest, kind: str) -> HttpResponse:
    """A file is looked at first; only what was shown is then written."""
    check_may_change(signed_in(request))
    form = TreeFileForm(request.POST or None, request.FILES or None)
    plan: TreePlan | None = None
    if request.method == "POST" and form.is_valid():
        write = "write" in request.POST
        plan = actions.import_tree(_kind(kind), form.rows(), by=signed_in(request), dry_run=not write)
        if write:
            messages.success(
                request, _("%(new)s added, %(changed)s changed.") % {"new": len(plan.new), "changed": len(plan.changed)}
            )
            return redirect("process:tree", kind)
        form = TreeFileForm(initial={"text": form.as_text()})
    status = 422 if form.errors or (plan and plan.faults) else 200
    return shown(request, "tree_import", {"kind": _kind(kind), "form": form, "plan": plan}, status)


@login_required
@require_GET
def tree_export(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """The tree as a file an import reads; `?template` gives an empty one with two example rows."""
    check_may_read(signed_in(request))
    columns: Sequence[str] = ["code", "parent", "name_zh", "name_en"]
    rows: Sequence[dict[str, str]] = SAMPLE
    if "template" not in request.GET:
        columns, rows = tree_table(_kind(kind))
    headers = {"Content-Disposition": f'attachment; filename="wenguo-{_kind(kind).value}.csv"'}
    return StreamingHttpResponse(write_csv(rows, columns), content_type="text/csv; charset=utf-8", headers=headers)
