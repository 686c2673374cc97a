"""The default pack: whole, in both languages, installed once however often it is asked for."""

import pytest

from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry
from wenguo.lib.actors import SYSTEM
from wenguo.lib.errors import NotAllowed
from wenguo.process import queries
from wenguo.process.actions import install_pack
from wenguo.process.choices import Importance, Stage, TreeKind
from wenguo.process.models import AuthorityLimit, Calendar, ClockRule, StageRule, Standard, TaxonomyNode
from wenguo.process.packs import pack_codes, read_pack

TABLES = (Standard, StageRule, Calendar, ClockRule, TaxonomyNode, AuthorityLimit)


def counts() -> list[int]:
    return [table.objects.count() for table in TABLES]


def test_all_fourteen_stages_are_described_in_both_languages(standard: Standard) -> None:
    rules = queries.stage_rules(standard)
    assert [rule.stage for rule in rules] == list(Stage.values)
    blank = [
        (rule.stage, field)
        for rule in rules
        for field in ("name", "inputs", "outputs", "procedure", "quality_target")
        for language in ("zh", "en")
        if not getattr(rule, f"{field}_{language}")
    ]
    assert blank == []


@pytest.mark.parametrize(
    ("stage", "limits", "unit"),
    [
        (Stage.ACCEPT, (24, 24, 24), "hour"),
        (Stage.VALIDITY, (1, 1, 1), "working_day"),
        (Stage.REVIEW, (None, 2, 2), "working_day"),
        (Stage.ASSIGN, (4, 4, 4), "business_hours"),
        (Stage.CAUSE, (3, 4, 9), "working_day"),
        (Stage.RESOLVE, (5, 8, 13), "working_day"),
        (Stage.FEED_BACK, (1, 1, 1), "working_day"),
        (Stage.CALL_BACK, (7, 7, 7), "calendar_day"),
        (Stage.IMPROVE, (None, None, None), "working_day"),
    ],
)
def test_limits_are_those_of_the_design(
    standard: Standard, stage: Stage, limits: tuple[int | None, ...], unit: str
) -> None:
    rule = queries.stage_rule(standard, stage)
    assert rule is not None
    assert tuple(rule.limit(level) for level in Importance) == limits
    assert rule.limit_unit == unit


def test_the_whole_complaint_has_seven_ten_or_fifteen_working_days(standard: Standard) -> None:
    assert [standard.whole_limit(level) for level in Importance] == [7, 10, 15]
    assert standard.whole_limit("") == 7


def test_trees_are_there(standard: Standard) -> None:
    sizes = {kind: TaxonomyNode.objects.of(kind).count() for kind in TreeKind}
    assert sizes[TreeKind.ISSUE] >= 60
    assert all(sizes.values())
    gearbox = queries.nodes_under(TreeKind.ISSUE, "gearbox")
    assert [node.path for node in gearbox][:2] == ["/gearbox/", "/gearbox/gearbox-jerk/"]


def test_each_channel_has_its_interaction_type_and_each_decline_reason_its_routes(standard: Standard) -> None:
    assert {node.extra["type"] for node in queries.nodes(TreeKind.CHANNEL)} == {"①", "②", "③", "④", "⑤"}
    assert all(node.extra["routes_zh"] and node.extra["routes_en"] for node in queries.nodes(TreeKind.DECLINE_REASON))


def test_a_second_run_changes_nothing(standard: Standard) -> None:
    before, entries = counts(), AuditEntry.objects.filter(chain="process").count()
    again = install_pack(by=SYSTEM)
    assert (again, counts()) == (standard, before)
    assert AuditEntry.objects.filter(chain="process").count() == entries


def test_what_people_changed_stays(standard: Standard) -> None:
    TaxonomyNode.objects.filter(tree=TreeKind.ISSUE, code="engine").update(name_zh="动力总成")
    TaxonomyNode.objects.filter(tree=TreeKind.ISSUE, code="engine-noise").delete()
    install_pack(by=SYSTEM)
    engine = queries.node(TreeKind.ISSUE, "engine")
    noise = queries.node(TreeKind.ISSUE, "engine-noise")
    assert engine is not None
    assert noise is not None
    assert (engine.name_zh, noise.parent) == ("动力总成", engine)


def test_only_who_may_change_settings_installs(db: None, alice: User) -> None:
    before = counts()
    with pytest.raises(NotAllowed):
        install_pack(by=alice)
    assert counts() == before


def test_every_pack_can_be_read() -> None:
    assert [read_pack(code).code for code in pack_codes()] == pack_codes()
