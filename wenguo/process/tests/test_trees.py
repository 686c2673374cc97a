"""Trees: added, moved, switched, imported; what is refused changes nothing."""

import csv
from pathlib import Path

import pytest

from wenguo.accounts.models import User
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.process import queries
from wenguo.process.actions import add_node, change_node, import_tree, move_node, set_node_active
from wenguo.process.choices import TreeFault, TreeKind
from wenguo.process.models import Standard, TaxonomyNode
from wenguo.process.queries.pages import tree_table
from wenguo.process.rules.trees import TreeRow, code_from_names, plan_tree, rows_from_table

ISSUE = TreeKind.ISSUE


def found(code: str) -> TaxonomyNode:
    return TaxonomyNode.objects.get(tree=ISSUE, code=code)


def paths() -> list[str]:
    return sorted(TaxonomyNode.objects.of(ISSUE).values_list("path", flat=True))


def table(*rows: dict[str, str]) -> list[TreeRow]:
    return rows_from_table(rows[0], list(enumerate(rows, start=2)))


def test_a_node_is_added_below_its_parent(standard: Standard, ada: User) -> None:
    node = add_node(ISSUE, code="gearbox-heat", name_zh="过热", name_en="Heat", parent=found("gearbox"), by=ada)
    assert (node.path, node.depth) == ("/gearbox/gearbox-heat/", 2)
    assert queries.nodes_under(ISSUE, "gearbox")[-1] in [node, *queries.nodes_under(ISSUE, "gearbox")]


@pytest.mark.parametrize("code", ["engine", "two words", "", "x" * 81])
def test_a_code_is_free_and_plain(standard: Standard, ada: User, code: str) -> None:
    before = paths()
    with pytest.raises(Refused) as refused:
        add_node(ISSUE, code=code, name_zh="名", name_en="Name", by=ada)
    assert (refused.value.field, paths()) == ("code", before)


def test_a_moved_node_takes_everything_below_along(standard: Standard, ada: User) -> None:
    move_node(found("gearbox"), to=found("design"), by=ada)
    assert found("gearbox").path == "/design/gearbox/"
    assert found("gearbox-noise").path == "/design/gearbox/gearbox-noise/"
    assert len(queries.nodes_under(ISSUE, "design")) == 9
    move_node(found("gearbox"), to=None, by=ada)
    assert found("gearbox-noise").path == "/gearbox/gearbox-noise/"


def test_a_node_never_comes_below_itself(standard: Standard, ada: User) -> None:
    before = paths()
    with pytest.raises(Refused):
        move_node(found("gearbox"), to=found("gearbox-noise"), by=ada)
    assert paths() == before


def test_switching_off_hides_what_is_below_and_on_shows_what_is_above(standard: Standard, ada: User) -> None:
    set_node_active(found("gearbox"), False, by=ada)
    assert "gearbox-noise" not in [node.code for node in queries.nodes(ISSUE)]
    assert queries.node(ISSUE, "gearbox-noise") is not None
    set_node_active(found("gearbox-noise"), True, by=ada)
    codes = [node.code for node in queries.nodes(ISSUE)]
    assert ("gearbox" in codes, "gearbox-noise" in codes, "gearbox-jerk" in codes) == (True, True, False)


def test_the_order_of_the_file_is_the_order_of_the_choices(standard: Standard) -> None:
    codes = [node.code for node in queries.nodes(TreeKind.CHANNEL)]
    assert codes[:3] == ["phone", "web", "email"]
    assert [node.code for node in queries.nodes(ISSUE)][-1] == "other"


def test_a_renamed_node_keeps_its_code(standard: Standard, ada: User) -> None:
    change_node(found("engine"), by=ada, name_zh="动力", name_en="Power", extra={"letter": "A"})
    assert (found("engine").name_zh, found("engine").path) == ("动力", "/engine/")


def test_an_import_adds_and_changes_and_leaves_the_rest(standard: Standard, ada: User) -> None:
    rows = table(
        {"code": "audio-noise", "parent": "audio", "name_zh": "杂音", "name_en": "Noise", "extra.is_new": "true"},
        {"code": "audio", "parent": "electrics", "name_zh": "音响", "name_en": "Audio", "extra.is_new": ""},
        {"code": "clutch", "parent": "gearbox", "name_zh": "离合器", "name_en": "Clutch", "extra.is_new": ""},
    )
    before = len(paths())
    look = import_tree(ISSUE, rows, by=ada, dry_run=True)
    assert (len(look.new), len(look.changed), len(paths())) == (2, 1, before)
    import_tree(ISSUE, rows, by=ada)
    assert found("audio-noise").path == "/electrics/audio/audio-noise/"
    assert found("audio-noise").extra == {"is_new": True}
    assert found("clutch-slip").path == "/gearbox/clutch/clutch-slip/"
    assert found("clutch-slip").parent == found("clutch")


def test_a_second_import_changes_nothing(standard: Standard, ada: User) -> None:
    columns, rows = tree_table(ISSUE)
    plan = import_tree(ISSUE, rows_from_table(columns, list(enumerate(rows))), by=ada)
    assert (plan.new, plan.changed, plan.unchanged) == ((), (), len(rows))


def test_one_faulty_row_and_nothing_is_written(standard: Standard, ada: User) -> None:
    before = paths()
    rows = table(
        {"code": "good", "parent": "", "name_zh": "好", "name_en": "Good"},
        {"code": "bad", "parent": "nowhere", "name_zh": "坏", "name_en": "Bad"},
    )
    with pytest.raises(Refused):
        import_tree(ISSUE, rows, by=ada)
    assert paths() == before


@pytest.mark.parametrize(
    ("rows", "fault", "number"),
    [
        ([("a", "", "甲"), ("a", "", "乙")], TreeFault.REPEATED, 2),
        ([("a", "b", "甲"), ("b", "a", "乙")], TreeFault.CYCLE, 1),
        ([("a b", "", "甲")], TreeFault.BAD_CODE, 1),
        ([("a", "", "")], TreeFault.NO_NAME, 1),
        ([("a", "", "甲" * 201)], TreeFault.TOO_LONG, 1),
        ([("a", "z", "甲")], TreeFault.UNKNOWN_PARENT, 1),
        ([(f"n{i}", f"n{i - 1}" if i else "", "甲") for i in range(7)], TreeFault.TOO_DEEP, 7),
    ],
)
def test_what_is_wrong_with_a_row(rows: list[tuple[str, str, str]], fault: TreeFault, number: int) -> None:
    typed = [TreeRow(code, parent, name, name, {}, place) for place, (code, parent, name) in enumerate(rows, start=1)]
    assert (number, fault) in [(one.number, one.fault) for one in plan_tree(typed, {}).faults]


def test_a_table_with_a_column_for_each_level(db: None, ada: User, tmp_path: Path) -> None:
    text = "一级分类,二级分类,三级分类\n城乡建设,安全生产,事故处理\n城乡建设,安全生产,安全隐患\n城乡建设,城市管理,\n"
    rows = list(enumerate(csv.DictReader(text.splitlines()), start=2))
    columns = ["一级分类", "二级分类", "三级分类"]
    plan = import_tree(ISSUE, rows_from_table(columns, rows), by=ada)
    assert len(plan.new) == 5
    accident = TaxonomyNode.objects.get(name_zh="事故处理")
    assert accident.parent is not None
    assert (accident.parent.name_zh, accident.depth) == ("安全生产", 3)
    assert import_tree(ISSUE, rows_from_table(columns, rows), by=ada).unchanged == 5


def test_codes_from_names_differ_by_place() -> None:
    assert code_from_names(["甲", "其他"]).startswith("qita-")
    assert code_from_names(["甲", "其他"]) != code_from_names(["乙", "其他"])


def test_stranger_cannot_import(standard: Standard, quinn: User) -> None:
    before = paths()
    with pytest.raises(NotAllowed):
        import_tree(ISSUE, table({"code": "x", "parent": "", "name_zh": "某", "name_en": "X"}), by=quinn)
    assert paths() == before
