"""Which code of a regulator a category of ours means: the lists, the mappings, what has none."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from wenguo.complaints.models import Complaint
from wenguo.insights.choices import Axis as CutAxis
from wenguo.insights.choices import Metric
from wenguo.insights.choices.regulators import CodeAxis, Regime, RowFault
from wenguo.insights.models import CodeMapping, RegulatorCode, Rollup
from wenguo.insights.models.rollups import COMPANY
from wenguo.insights.queries.slices import house_today
from wenguo.insights.rules.periods import Days
from wenguo.insights.rules.regulators import REGIMES, Axis
from wenguo.process.models import TaxonomyNode
from wenguo.process.models.named import language_suffix

Fault = tuple[RowFault, str]  # what is wrong, with what
IMPORTED = "import-"  # how intake names the branch
_CUTS = {"product": CutAxis.PRODUCT, "issue": CutAxis.ISSUE, "cause": CutAxis.CAUSE, "channel": CutAxis.CHANNEL}


@dataclass(frozen=True)
class Code:
    """One code of a regulator's list. `is_ours`: people added it."""

    code: str
    name_zh: str
    name_en: str
    is_ours: bool = False

    @property
    def name(self) -> str:
        return self.name_en if language_suffix() == "en" else self.name_zh


@cache
def _brought() -> dict[str, dict[str, list[list[str]]]]:
    text = files("wenguo.insights").joinpath("packs/regulators/codes.json").read_text(encoding="utf-8")
    lists: dict[str, dict[str, list[list[str]]]] = json.loads(text)
    return lists


def codes_of(regime: str, axis: str) -> dict[str, Code]:
    """What the product brings, and what people added to it or took out."""
    known = {row[0]: Code(row[0], row[1], row[2]) for row in _brought().get(regime, {}).get(axis, [])}
    for own in RegulatorCode.objects.filter(regime=regime, axis=axis):
        known.pop(own.code, None)
        if own.is_active:
            known[own.code] = Code(own.code, own.name_zh, own.name_en, is_ours=True)
    return known


class Coder:
    """Codes complaints along one axis. Read once a file: the mappings, the list, the trees they hang in."""

    def __init__(self, regime: Regime, axis: Axis) -> None:
        self.axis, self.regime = axis, regime
        self.codes = codes_of(regime, axis.axis)
        self.given = REGIMES[regime].given.get(axis.axis, {})
        self.nodes = {node.pk: node for tree in axis.trees for node in TaxonomyNode.objects.of(tree)}
        self._by_path = {(node.tree, node.path): node for node in self.nodes.values()}
        rows = CodeMapping.objects.filter(regime=regime, axis=axis.axis)
        self.mapped = dict(rows.values_list("node_id", "code"))

    def own(self, node: TaxonomyNode) -> str:
        """Said of this category itself."""
        return self.mapped.get(node.pk) or self.given.get(node.code, "")

    def of(self, node: TaxonomyNode) -> str:
        """Its own code, else that of the nearest category above, else its own name where any name will do."""
        one: TaxonomyNode | None = self.nodes.get(node.pk, node)
        while one is not None:
            if code := self.own(one):
                return code
            one = self._by_path.get((one.tree, one.path.rstrip("/").rpartition("/")[0] + "/"))
        return self._by_name(node) if self.axis.is_open else ""

    def _by_name(self, node: TaxonomyNode) -> str:
        """“Product | Sub-product” out of the names of the tree; refused where the list knows the first of them not.

        What an import brought hangs below a branch of its own, which is nobody's product.
        """
        codes = [part for part in node.path.split("/") if part]
        paths = ["/" + "/".join(codes[: place + 1]) + "/" for place in range(len(codes))]
        if codes[0].startswith(IMPORTED):
            paths = paths[1:]
        names = [found.name_en for path in paths if (found := self._by_path.get((node.tree, path)))]
        if not names or (self.codes and names[0] not in self.codes):
            return ""
        return " | ".join(names[:2])

    def code(self, nodes: dict[str, TaxonomyNode | None]) -> tuple[str, Fault | None]:
        """The code of a complaint with these categories (by tree), or what is wrong."""
        known = [node for tree in self.axis.trees if (node := nodes.get(tree)) is not None]
        for node in known:
            if code := self.of(node):
                listed = not self.codes or code in self.codes or code.split(" | ")[0] in self.codes
                return code, None if listed else (RowFault.UNKNOWN_CODE, code)
        if not self.axis.is_required:
            return "", None
        label = self.axis.axis.value
        if not known:
            return "", (RowFault.UNCLASSIFIED, label)
        return "", (RowFault.UNMAPPED, f"{label}: {known[0].tree}/{known[0].code}")


@dataclass(frozen=True)
class MappedNode:
    """One line of the mapping page: the category, its own code, what it inherits, how often it was used."""

    node: TaxonomyNode
    own: str
    inherited: str
    used: int
    is_asked: bool = True  # nothing else would say the code

    @property
    def is_lacking(self) -> bool:
        return self.is_asked and self.used > 0 and not (self.own or self.inherited)


def mapped_nodes(regime: Regime, axis: Axis) -> list[MappedNode]:
    """Every category of the axis in the order of its trees, with the complaints of the last 365 days that had it."""
    coder, used = Coder(regime, axis), _used(axis)
    speaking = {node.tree for node in coder.nodes.values() if coder.own(node)}
    # one tree stands in for another: asked is the last that has codes at all
    asked = next((tree for tree in reversed(axis.trees) if tree in speaking), axis.trees[-1])
    order = sorted(coder.nodes.values(), key=lambda node: (axis.trees.index(node.tree), node.path))
    lines = []
    for node in order:
        own = coder.own(node)
        lines.append(
            MappedNode(node, own, "" if own else coder.of(node), used.get(str(node.pk), 0), node.tree == asked)
        )
    return lines


def _used(axis: Axis) -> dict[str, int]:
    """Complaints received in the months of the last year by category, out of the sums: no complaint is read."""
    last = house_today()
    days = Days(last.replace(year=last.year - 1, day=1), last)
    axes = [_CUTS[tree] for tree in axis.trees if tree in _CUTS]
    rows = Rollup.objects.filter(
        metric=Metric.RECEIVED, axis__in=axes, grain="m", node=COMPANY, day__gte=days.first, day__lte=days.last
    )
    used: dict[str, int] = {}
    for member, met in rows.values_list("member", "met"):
        used[member] = used.get(member, 0) + met
    return used


def categories_of(
    one: Complaint, cause: TaxonomyNode | None, remedy: TaxonomyNode | None
) -> dict[str, TaxonomyNode | None]:
    return {"product": one.product, "issue": one.issue, "channel": one.channel, "cause": cause, "remedy": remedy}


def axes_of(regime: Regime) -> dict[CodeAxis, Axis]:
    return {one.axis: one for one in REGIMES[regime].axes}
