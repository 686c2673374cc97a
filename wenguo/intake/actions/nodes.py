"""Products and issues of a file become nodes of our trees, below one branch per source."""

from collections.abc import Iterable

from wenguo.intake.rules import Level, Mapping
from wenguo.lib.actors import SYSTEM
from wenguo.process.actions import import_tree
from wenguo.process.models import TaxonomyNode
from wenguo.process.rules.trees import TreeRow, code_from_names

Path = tuple[Level, ...]


def nodes_for(tree: str, paths: Iterable[Path], mapping: Mapping, known: dict[Path, TaxonomyNode]) -> None:
    """Adds the node of each path to `known`, making what is missing.

    A name or code of our own tree is used as it is. New nodes are switched off: they are for what was imported,
    found by search and counted, but not offered for new complaints.
    """
    new = sorted({path for path in paths if path and path not in known})
    if not new:
        return
    rows: dict[str, TreeRow] = {}
    codes: dict[Path, str] = {}
    branch = f"import-{mapping.source_system}"[:80]
    ours = _ours(tree, [path for path in new if len(path) == 1])
    for path in new:
        if path[-1][0] in ours and len(path) == 1:
            known[path] = ours[path[-1][0]]
            continue
        parent = branch
        for depth, (_key, zh, en) in enumerate(path, start=1):
            code = code_from_names([branch, *(key for key, _zh, _en in path[:depth])])
            rows[code] = TreeRow(code, parent, zh, en)
            parent = code
        codes[path] = parent
    label = mapping.label_zh or mapping.name
    rows[branch] = TreeRow(branch, "", f"导入：{label}", f"Imported: {mapping.label_en or label}")
    nodes = _made(tree, rows)
    known.update({path: nodes[code] for path, code in codes.items()})


def _ours(tree: str, paths: list[Path]) -> dict[str, TaxonomyNode]:
    """Nodes of our own that carry such a code or name."""
    typed = [path[0][0] for path in paths]
    found: dict[str, TaxonomyNode] = {}
    for field in ("name_en", "name_zh", "code"):
        rows = TaxonomyNode.objects.of(tree).active().filter(**{f"{field}__in": typed})
        found |= {getattr(node, field): node for node in rows}
    return found


def _made(tree: str, rows: dict[str, TreeRow]) -> dict[str, TaxonomyNode]:
    present = set(TaxonomyNode.objects.of(tree).filter(code__in=list(rows)).values_list("code", flat=True))
    missing = [row for code, row in rows.items() if code not in present]
    if missing:
        import_tree(tree, missing, by=SYSTEM)
        TaxonomyNode.objects.of(tree).filter(code__in=[row.code for row in missing]).update(is_active=False)
    return {node.code: node for node in TaxonomyNode.objects.of(tree).filter(code__in=list(rows))}
