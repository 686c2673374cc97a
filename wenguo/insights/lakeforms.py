"""Forms whose answer comes from the lake: a metric of one's own, a question."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenguo.complaints.choices import ClockState, Status
from wenguo.insights.actions.own import Wanted
from wenguo.insights.choices import Better, Judged, SourceFilter
from wenguo.insights.choices.columns import COLUMN_LABELS, FACT_LABELS, GROUP_LABELS, OP_LABELS
from wenguo.insights.models import OwnMetric
from wenguo.insights.queries.registry import all_metrics, name_of
from wenguo.insights.queries.slices import house_today
from wenguo.insights.rules.own import COLUMNS, KINDS, Condition, Definition, Op, Type, definition_of
from wenguo.insights.rules.questions import GROUPS, TREE_COLUMNS, Question
from wenguo.process.choices import Importance, Stage
from wenguo.process.models import TaxonomyNode

# How many lines of conditions the form has, by part of the definition
LINES = {"where": 3, "met": 2, "left_out": 2}
_HEADINGS = {
    "where": _("Only those where"),
    "met": _("Reach the goal where"),
    "left_out": _("Left out where"),
}
_WORDS = {
    "status": Status, "from_status": Status, "to_status": Status, "stage": Stage, "from_stage": Stage,
    "to_stage": Stage, "importance": Importance, "state": ClockState,
}  # fmt: skip
_YES = {"yes", "true", "1", "是"}


def _columns(*kinds: Type) -> list[tuple[Any, Any]]:
    """Choices by fact: `complaint.status`; all kinds where none is named."""
    groups: list[tuple[Any, Any]] = [("", "–")]
    for fact, columns in COLUMNS.items():
        inside = [
            (f"{fact}.{name}", COLUMN_LABELS[name]) for name, kind in columns.items() if not kinds or kind in kinds
        ]
        groups.append((FACT_LABELS[fact], inside))
    return groups


class OwnMetricForm(forms.Form):
    """A metric as data. The columns of all parts belong to one kind of fact: the one of the day."""

    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    code = forms.CharField(
        label=_("Code"), max_length=30, validators=[RegexValidator(r"^[a-z][a-z0-9_]*$")],
        help_text=_("Small letters, digits and underscores; it never changes."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind of number"), choices=[(kind.value, kind.label) for kind in KINDS])
    day = forms.ChoiceField(
        label=_("Counts on the day of"), choices=_columns(Type.TIME), help_text=_("Says also what is counted.")
    )
    value = forms.ChoiceField(
        label=_("Sum of"), choices=_columns(Type.NUMBER), required=False, help_text=_("For scores, amounts and times.")
    )
    judged = forms.ChoiceField(label=_("Held against the target"), choices=Judged.choices, required=False)
    better = forms.ChoiceField(label=_("Which way is better"), choices=Better.choices, required=False)
    target = forms.FloatField(label=_("Target"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, metric: OwnMetric | None = None) -> None:
        super().__init__(data, initial=_initial(metric) if metric else {"judged": Judged.NOT, "better": Better.NEITHER})
        if metric:
            self.fields["code"].disabled = True
        for part, number in LINES.items():
            for line in range(1, number + 1):
                self.fields[f"{part}_{line}_column"] = forms.ChoiceField(
                    label=_("Column"), choices=_columns(), required=False
                )
                self.fields[f"{part}_{line}_op"] = forms.ChoiceField(
                    label=_("Comparison"), choices=list(OP_LABELS.items()), required=False
                )
                self.fields[f"{part}_{line}_value"] = forms.CharField(
                    label=pgettext_lazy("figure", "Value"), max_length=100, required=False
                )

    def head(self) -> list[forms.BoundField]:
        names = ("name_zh", "name_en", "code", "kind", "day", "value", "judged", "better", "target")
        return [self[name] for name in names]

    def parts(self) -> list[tuple[str, str, list[list[forms.BoundField]]]]:
        """(key, heading, lines of three fields)."""
        return [
            (part, str(_HEADINGS[part]), [[self[f"{part}_{n}_{side}"] for side in ("column", "op", "value")]
                                 for n in range(1, number + 1)])
            for part, number in LINES.items()
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        fact = str(given.get("day", "")).partition(".")[0]
        for name, value in list(given.items()):
            is_column = name == "value" or name.endswith("_column")
            if is_column and value and value.partition(".")[0] != fact:
                self.add_error(name, _("Choose a column of the same kind as the day."))
        return given

    def wanted(self) -> Wanted:
        given = self.cleaned_data
        fact, _dot, day = given["day"].partition(".")
        parts = {part: self._conditions(part, fact) for part in LINES}
        kind = next(one for one in KINDS if one.value == given["kind"])
        definition = Definition(fact, day, kind, **parts, value=given["value"].partition(".")[2])
        judged, better = Judged(given["judged"] or Judged.NOT), Better(given["better"] or Better.NEITHER)
        return Wanted(given["name_zh"], given["name_en"], definition, judged, better, given["target"])

    def _conditions(self, part: str, fact: str) -> tuple[Condition, ...]:
        found = []
        for line in range(1, LINES[part] + 1):
            if column := self.cleaned_data[f"{part}_{line}_column"].partition(".")[2]:
                op = Op(self.cleaned_data[f"{part}_{line}_op"])
                value = self.cleaned_data[f"{part}_{line}_value"].strip()
                bare = op in (Op.FILLED, Op.EMPTY)
                found.append(Condition(column, op, "" if bare else _coded(column, value, COLUMNS[fact][column])))
        return tuple(found)


def _coded(column: str, typed: str, kind: Type) -> str:
    """What people type becomes what facts hold: a label its code, a node its path, yes or 是 yes."""
    if kind is Type.YES:
        return "yes" if typed.lower() in _YES else "no"
    if kind is Type.PATH and not typed.startswith("/"):
        tree = column.removesuffix("_path")
        node = TaxonomyNode.objects.of(tree).filter(code=typed).first()
        return node.path if node else f"/{typed}/"
    if column in _WORDS:
        return next((code for code, label in _WORDS[column].choices if typed in (code, str(label))), typed)
    return typed


def _initial(metric: OwnMetric) -> dict[str, Any]:
    asked = definition_of(metric.definition)
    start: dict[str, Any] = {name: getattr(metric, name) for name in ("name_zh", "name_en", "code", "target")}
    start |= {"kind": asked.kind.value, "day": f"{asked.fact}.{asked.day}", "judged": metric.judged}
    start |= {"better": metric.better, "value": f"{asked.fact}.{asked.value}" if asked.value else ""}
    for part in LINES:
        for line, one in enumerate(getattr(asked, part), 1):
            start |= {f"{part}_{line}_column": f"{asked.fact}.{one.column}", f"{part}_{line}_op": one.op.value}
            start[f"{part}_{line}_value"] = one.value
    return start


class QuestionForm(forms.Form):
    """A free drill-down: any metric, any days, two groups, narrowed to nodes of the trees."""

    metric = forms.ChoiceField(label=_("Figure"))
    since = forms.DateField(label=_("From"))
    until = forms.DateField(label=_("Until"))
    source = forms.ChoiceField(label=_("Where from"), choices=SourceFilter.choices)
    by_1 = forms.ChoiceField(label=_("Divided by"))
    by_2 = forms.ChoiceField(label=_("and by"), required=False)
    product = forms.CharField(label=_("Only this product (code)"), max_length=80, required=False)
    issue = forms.CharField(label=_("Only this issue (code)"), max_length=80, required=False)
    cause = forms.CharField(label=_("Only this cause (code)"), max_length=80, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        today = house_today()
        start = {"since": today - timedelta(days=364), "until": today, "source": SourceFilter.LIVE, "by_1": "product"}
        super().__init__(data, initial=start)
        groups = [(name, GROUP_LABELS[name]) for name in GROUPS]
        for name, choices in (
            ("metric", [(key, name_of(key)) for key in all_metrics()]),
            ("by_1", groups),
            ("by_2", [("", "–"), *groups]),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for tree in ("product", "issue", "cause"):
            if given.get(tree) and not TaxonomyNode.objects.of(tree).filter(code=given[tree]).exists():
                self.add_error(tree, _("There is no such code in the tree."))
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", _("The end lies before the beginning."))
        return given

    def question(self) -> Question:
        given = self.cleaned_data
        paths = {
            tree: TaxonomyNode.objects.of(tree).get(code=given[tree]).path for tree in TREE_COLUMNS if given.get(tree)
        }
        by = tuple(dict.fromkeys(name for name in (given["by_1"], given["by_2"]) if name))
        return Question(given["metric"], given["since"], given["until"], SourceFilter(given["source"]), paths, by)
