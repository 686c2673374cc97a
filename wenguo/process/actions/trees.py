"""Taxonomies: nodes are added, renamed, moved, switched off, or imported as a whole. Nothing is ever deleted:
old complaints keep their codes."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from wenguo.lib.actors import Actor
from wenguo.lib.errors import Refused
from wenguo.process.actions.guard import check_filled, lock_process, record, set_fields
from wenguo.process.choices import TreeFault, TreeKind
from wenguo.process.models import TaxonomyNode
from wenguo.process.rules.trees import CODE, DEEPEST, TreePlan, TreeRow, plan_tree


@transaction.atomic
def add_node(
    tree: str,
    *,
    code: str,
    name_zh: str,
    name_en: str,
    by: Actor,
    parent: TaxonomyNode | None = None,
    extra: Mapping[str, Any] | None = None,
) -> TaxonomyNode:
    """Adds a node as the last child of its parent, or at the top."""
    lock_process(by)
    code = code.strip()
    check_filled(code=code, name_zh=name_zh, name_en=name_en)
    if not CODE.fullmatch(code):
        raise Refused(str(TreeFault.BAD_CODE.label), field="code")
    if TaxonomyNode.objects.filter(tree=tree, code=code).exists():
        raise Refused(_("This code is in use already. Choose another one."), field="code")
    path = f"{parent.path if parent else '/'}{code}/"
    _check_depth(path)
    node = TaxonomyNode.objects.create(
        tree=TreeKind(tree),
        code=code,
        name_zh=name_zh.strip(),
        name_en=name_en.strip(),
        parent=parent,
        path=path,
        position=_next_position(tree, parent),
        extra=dict(extra or {}),
    )
    record("node.added", by=by, tree=tree, code=code, path=path)
    return node


@transaction.atomic
def change_node(node: TaxonomyNode, *, by: Actor, **wanted: Any) -> TaxonomyNode:
    """Renames a node or changes what else it says; its code stays for good."""
    lock_process(by)
    node = TaxonomyNode.objects.select_for_update().get(pk=node.pk)
    check_filled(**{key: str(wanted[key]) for key in ("name_zh", "name_en") if key in wanted})
    changed = set_fields(node, {key: wanted[key] for key in ("name_zh", "name_en", "extra") if key in wanted})
    if changed:
        node.save(update_fields=list(changed))
        record("node.changed", by=by, tree=node.tree, code=node.code, changed=changed)
    return node


@transaction.atomic
def move_node(node: TaxonomyNode, *, to: TaxonomyNode | None, by: Actor) -> TaxonomyNode:
    """Moves a node with everything below it; `to` None is the top of the tree."""
    lock_process(by)
    node = TaxonomyNode.objects.select_for_update().get(pk=node.pk)
    if to and (to.tree != node.tree or to.path.startswith(node.path)):
        raise Refused(_("A node cannot be moved below itself or into another tree."), field="parent")
    old, new = node.path, f"{to.path if to else '/'}{node.code}/"
    if old == new:
        return node
    below = TaxonomyNode.objects.filter(tree=node.tree, path__startswith=old)
    for path in below.values_list("path", flat=True):
        _check_depth(new + path[len(old) :])
    below.update(path=Concat(Value(new), Substr("path", len(old) + 1)))
    node.parent, node.path, node.position = to, new, _next_position(node.tree, to)
    node.save(update_fields=["parent", "path", "position"])
    record("node.moved", by=by, tree=node.tree, code=node.code, before=old, after=new)
    return node


@transaction.atomic
def set_node_active(node: TaxonomyNode, is_active: bool, *, by: Actor) -> TaxonomyNode:
    """Switches a node off for new complaints with everything below it, or on again with everything above it."""
    lock_process(by)
    node = TaxonomyNode.objects.select_for_update().get(pk=node.pk)
    if node.is_active == is_active:
        return node
    rows = TaxonomyNode.objects.filter(tree=node.tree)
    if is_active:
        rows.filter(code__in=[code for code in node.path.split("/") if code]).update(is_active=True)
    else:
        rows.filter(path__startswith=node.path).update(is_active=False)
    node.is_active = is_active
    record("node.switched_on" if is_active else "node.switched_off", by=by, tree=node.tree, code=node.code)
    return node


@transaction.atomic
def import_tree(tree: str, rows: Iterable[TreeRow], *, by: Actor, dry_run: bool = False) -> TreePlan:
    """Adds and changes nodes as the file says, or says what it would do. With a faulty row nothing is written."""
    lock_process(by)
    nodes = {node.code: node for node in TaxonomyNode.objects.filter(tree=tree).select_related("parent")}
    plan = plan_tree(rows, {code: as_row(node) for code, node in nodes.items()})
    if dry_run:
        return plan
    if plan.faults:
        raise Refused(_("Nothing was imported: correct the rows with faults and try again."))
    _write(tree, plan, nodes)
    if plan.new or plan.changed:
        record("tree.imported", by=by, tree=tree, new=len(plan.new), changed=len(plan.changed))
    return plan


def as_row(node: TaxonomyNode) -> TreeRow:
    parent = node.parent.code if node.parent else ""
    return TreeRow(node.code, parent, node.name_zh, node.name_en, node.extra)


def _write(tree: str, plan: TreePlan, nodes: dict[str, TaxonomyNode]) -> None:
    """Parents before children, so that a child finds the key of its parent; then paths of all that moved."""
    position = TaxonomyNode.objects.filter(tree=tree).aggregate(last=Max("position"))["last"] or 0
    by_depth: dict[int, list[TreeRow]] = {}
    for row in plan.new:
        by_depth.setdefault(plan.paths[row.code].count("/"), []).append(row)
    order = {row.code: position + number for number, row in enumerate(plan.new, start=1)}
    for _depth, rows in sorted(by_depth.items()):
        made = [_new_node(tree, row, plan, nodes, order[row.code]) for row in rows]
        nodes |= {node.code: node for node in TaxonomyNode.objects.bulk_create(made)}
    for row in plan.changed:
        node = nodes[row.code]
        node.name_zh, node.name_en, node.extra = row.name_zh, row.name_en, dict(row.extra)
        node.parent = nodes[row.parent] if row.parent else None
    touched = {row.code for row in plan.changed}
    for code, node in nodes.items():
        if node.path != plan.paths[code]:
            node.path = plan.paths[code]
            touched.add(code)
    fields = ["name_zh", "name_en", "extra", "parent", "path"]
    TaxonomyNode.objects.bulk_update([nodes[code] for code in touched], fields, batch_size=200)


def _new_node(
    tree: str, row: TreeRow, plan: TreePlan, nodes: Mapping[str, TaxonomyNode], position: int
) -> TaxonomyNode:
    return TaxonomyNode(
        tree=tree,
        code=row.code,
        name_zh=row.name_zh,
        name_en=row.name_en,
        parent=nodes[row.parent] if row.parent else None,
        path=plan.paths[row.code],
        position=position,
        extra=dict(row.extra),
    )


def _next_position(tree: str, parent: TaxonomyNode | None) -> int:
    last = TaxonomyNode.objects.filter(tree=tree, parent=parent).aggregate(last=Max("position"))["last"]
    return int(last or 0) + 1


def _check_depth(path: str) -> None:
    if path.count("/") - 1 > DEEPEST or len(path) > 400:
        raise Refused(str(TreeFault.TOO_DEEP.label), field="parent")
