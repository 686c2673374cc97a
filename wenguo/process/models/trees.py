"""Taxonomies: the trees of products, issues, causes, channels, remedies and decline reasons."""

from django.db import models

from wenguo.process.choices import TreeKind
from wenguo.process.models.named import Named


class NodeQuerySet(models.QuerySet["TaxonomyNode"]):
    def of(self, tree: str) -> "NodeQuerySet":
        return self.filter(tree=tree)

    def active(self) -> "NodeQuerySet":
        return self.filter(is_active=True)

    def under(self, node: "TaxonomyNode") -> "NodeQuerySet":
        return self.filter(tree=node.tree, path__startswith=node.path)


class TaxonomyNode(Named):
    """A place in one of the trees. `path` is the codes from the root: `/drivetrain/gearbox/`."""

    tree = models.CharField(max_length=20, choices=TreeKind)
    code = models.CharField(max_length=80)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=400)
    position = models.PositiveSmallIntegerField(default=0)  # among its siblings
    is_active = models.BooleanField(default=True)
    # what a tree's nodes need beside a name: {"routes_zh": …} of a decline reason, {"type": "②"} of a channel
    extra = models.JSONField(default=dict, blank=True)

    objects = NodeQuerySet.as_manager()

    class Meta:
        ordering = ["tree", "path"]
        constraints = [models.UniqueConstraint(fields=["tree", "code"], name="process_code_once_per_tree")]
        indexes = [models.Index(fields=["tree", "path"], name="process_subtree")]

    @property
    def depth(self) -> int:
        """1 at the top of its tree."""
        return self.path.count("/") - 1
