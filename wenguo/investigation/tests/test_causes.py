"""Asking why, until it is something the company controls."""

import pytest

from tests.cast.investigation import WHYS
from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.investigation.actions import add_cause, remove_cause
from wenguo.investigation.choices import CauseKind
from wenguo.investigation.rules import blames_a_person, is_human_branch, upheld
from wenguo.lib.errors import Refused
from wenguo.process.models import TaxonomyNode


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("技师粗心，没有拧紧", True),
        ("员工责任心不强", True),
        ("人为失误", True),
        ("客服忘记回电", True),
        ("the technician was careless", True),
        ("human error", True),
        ("交车检验单上没有路试这一项", False),
        ("技师未经新车型培训", False),
        ("没有规定由谁复核报价，客服忘记时无人发现", False),
        ("the checklist has no road test", False),
        ("螺栓批次强度不足", False),
    ],
)
def test_blaming_a_person_is_recognised(words: str, expected: bool) -> None:
    assert blames_a_person(words) is expected


@pytest.mark.parametrize(
    ("path", "extra", "expected"),
    [("/human-error/", {}, True), ("/x/", {"human": True}, True), ("/repair-skill/repair-training/", {}, False)],
)
def test_places_that_blame_a_person(path: str, extra: dict[str, bool], expected: bool) -> None:
    assert is_human_branch(path, extra) is expected


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        (["substantiated", "not_substantiated"], True),
        (["partly"], True),
        (["not_substantiated"], False),
        (["not_substantiated", "cannot"], None),
        ([], None),
    ],
)
def test_one_point_is_enough_to_uphold(findings: list[str], expected: bool | None) -> None:
    assert upheld(findings) is expected


def test_keeps_the_chain_and_says_the_last_answer(taken_on: Complaint, check_missing: TaxonomyNode, wang: User) -> None:
    cause = add_cause(taken_on, by=wang, node=check_missing, whys=[*WHYS, "", " "])

    assert cause.whys == list(WHYS)
    assert cause.statement == WHYS[-1]
    assert taken_on.entries.order_by("-id")[0].body == "根本原因：" + " → ".join(WHYS)


def test_human_error_alone_is_refused_and_says_what_to_do(
    taken_on: Complaint, check_missing: TaxonomyNode, wang: User
) -> None:
    with pytest.raises(Refused, match="“人为失误”本身不是根本原因。请再问一次") as no:
        add_cause(taken_on, by=wang, node=check_missing, whys=["异响没查出", "技师粗心"])

    assert no.value.field == "whys"
    assert not taken_on.causes.exists()


def test_a_person_may_stand_in_the_middle_of_the_chain(
    taken_on: Complaint, check_missing: TaxonomyNode, wang: User
) -> None:
    add_cause(taken_on, by=wang, node=check_missing, whys=["技师粗心", "没有复核这一步"])

    assert taken_on.causes.count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"whys": ["只有一个回答"]}, "whys"),
        ({"whys": []}, "whys"),
        ({"whys": ["一"] * 8}, "whys"),
        ({"is_controllable": False}, "is_controllable"),
        ({"kind": "guess"}, "kind"),
    ],
)
def test_what_is_no_root_cause_changes_nothing(
    taken_on: Complaint, check_missing: TaxonomyNode, wang: User, more: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as no:
        add_cause(taken_on, by=wang, **{"node": check_missing, "whys": WHYS, **more})  # type: ignore[arg-type]

    assert no.value.field == field
    assert not taken_on.causes.exists()


def test_what_the_company_does_not_control_may_contribute(
    taken_on: Complaint, check_missing: TaxonomyNode, wang: User
) -> None:
    cause = add_cause(
        taken_on, by=wang, node=check_missing, whys=["高温"], kind=CauseKind.CONTRIBUTING, is_controllable=False
    )

    assert cause.kind == CauseKind.CONTRIBUTING


def test_only_places_of_the_cause_tree(taken_on: Complaint, gearbox_noise: TaxonomyNode, wang: User) -> None:
    with pytest.raises(Refused) as no:
        add_cause(taken_on, by=wang, node=gearbox_noise, whys=WHYS)

    assert no.value.field == "node"


def test_a_wrong_cause_is_withdrawn_and_stays_in_the_timeline(investigated: Complaint, wang: User) -> None:
    remove_cause(investigated.causes.get(), by=wang)

    assert not investigated.causes.exists()
    assert investigated.entries.order_by("-id")[0].body == f"撤回原因：{WHYS[-1]}"
