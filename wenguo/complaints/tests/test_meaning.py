"""What a query finds: words and fields, nested as people write them; mistakes find nothing and say why."""

from datetime import UTC, datetime
from typing import Any

import pytest

from wenguo.accounts.models import User
from wenguo.complaints.actions import accept_complaint, add_file, add_note, decline_complaint, reopen_complaint
from wenguo.complaints.actions.synonyms import set_synonyms
from wenguo.complaints.jobs import run_index, run_read_files
from wenguo.complaints.models import Complaint, FileText, Synonyms
from wenguo.complaints.queries import ComplaintFilter, counted, list_page
from wenguo.complaints.queries.told import Misread
from wenguo.complaints.tests.conftest import Take
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.process.models import TaxonomyNode


@pytest.fixture
def three(take: Take) -> tuple[Complaint, Complaint, Complaint]:
    """A gearbox in October, an engine in November that is urgent, a leaking gearbox of nobody."""
    plain: dict[str, Any] = {"remedy_sought": "", "title": ""}
    return (
        take(words="变速箱二挡升三挡异响", received_at=datetime(2026, 10, 5, tzinfo=UTC), **plain),
        take(words="发动机异响，客服不理", received_at=datetime(2026, 11, 5, tzinfo=UTC), is_urgent=True, **plain),
        take(words="变速箱漏油。Gearbox leaks.", received_at=datetime(2026, 11, 6, tzinfo=UTC), customer=None, **plain),
    )


def found(user: User, text: str, three: tuple[Complaint, ...], **how: Any) -> str:
    """Which of the three, as letters."""
    keys = {row.pk for row in list_page(user, ComplaintFilter(text=text), **how).rows}
    return "".join(letter for letter, one in zip("gel", three, strict=True) if one.pk in keys)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("异响", "ge"),
        ("变速箱 -异响", "l"),
        ("-变速箱", "e"),
        ("(发动机 OR 漏油)", "el"),
        ("(发动机 或 漏油) -urgent:yes", "l"),
        ("变速箱 received:2026-11", "l"),
        ("收到:2026-10..2026-11 紧急:是", "e"),
        ('"升三挡异响"', "g"),
        ('"三挡升异响"', ""),
        ('"gearbox LEAKS"', "l"),
        ("status:open", "gel"),
        ("状态:已结", ""),
        ("状态:处理中 异响", "ge"),
        ("(异响 received:2026-10) OR 漏油", "gl"),
        ("NOT (变速箱 OR urgent:yes)", ""),
        ("-has:customer", "l"),
        ("customer:13812346021", "ge"),
        ("owner:none", "gel"),
        ("owner:me", ""),
    ],
)
def test_words_and_fields(typed: str, expected: str, three: tuple[Complaint, ...], alice: User) -> None:
    assert found(alice, typed, three) == expected
    assert str(counted(alice, ComplaintFilter(text=typed))) == str(len(expected))


@pytest.mark.parametrize("order", ["received", "-received", "changed", "due", "best"])
def test_every_order_finds_the_same(order: str, three: tuple[Complaint, ...], alice: User) -> None:
    assert found(alice, "异响 OR 漏油", three, order=order) == "gel"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("status:opne", "opne"),
        ("unit:不存在的单位", "不存在的单位"),
        ("received:soon", "soon"),
        ("urgent:maybe", "maybe"),
        ("satisfaction:good", "good"),
        ("has:nothing", "nothing"),
    ],
)
def test_a_value_nobody_knows_is_refused(typed: str, told: str, three: tuple[Complaint, ...], alice: User) -> None:
    with pytest.raises(Misread) as caught:
        list_page(alice, ComplaintFilter(text=typed))
    assert told in caught.value.sentence
    assert (caught.value.at, caught.value.place.wrong) == (typed.index(":") + 1, told)


def test_a_misspelt_value_is_offered_as_a_whole_query(alice: User) -> None:
    with pytest.raises(Misread) as caught:
        list_page(alice, ComplaintFilter(text="变速箱 status:opne"))
    assert ("open", "变速箱 status:open") in caught.value.place.meant


def test_synonyms_are_found(three: tuple[Complaint, ...], alice: User, ada: User) -> None:
    assert set_synonyms("波箱 = 变速箱 = gear box\n# 注释\n保养, 维保", by=ada) == 2
    assert found(alice, "波箱", three) == "gl"
    assert found(alice, "波箱 漏油", three) == "l"


@pytest.mark.parametrize(
    "text", ["变速箱", "a = b\nc = A", "变速箱 = ，！", "a = " + "b" * 600, "x = =", "甲 = 乙\n" * 2]
)
def test_a_wrong_list_of_synonyms_changes_nothing(text: str, ada: User) -> None:
    set_synonyms("波箱 = 变速箱", by=ada)
    with pytest.raises(Refused):
        set_synonyms(text, by=ada)
    assert Synonyms.objects.get().words == "波箱\t变速箱"


def test_only_settings_people_change_synonyms(alice: User) -> None:
    with pytest.raises(NotAllowed):
        set_synonyms("波箱 = 变速箱", by=alice)
    assert not Synonyms.objects.exists()


def test_a_name_that_only_sounds_the_same_is_found_and_said(submitted: Complaint, alice: User) -> None:
    page = list_page(alice, ComplaintFilter(text="customer:章伟"))
    assert [row.pk for row in page.rows] == [submitted.pk]
    assert page.meaning.remarks == ("章伟",)
    assert list_page(alice, ComplaintFilter(text="customer:张伟")).meaning.remarks == ()


def test_names_lead_only_those_to_complaints_who_look_after_customers(submitted: Complaint, wang: User) -> None:
    assert list_page(wang, ComplaintFilter(text="customer:张伟")).rows == []


def test_what_is_written_in_a_file_is_found(submitted: Complaint, alice: User) -> None:
    add_file(submitted, by=alice, name="检测报告.txt", content="双离合器摩擦片烧蚀".encode())
    assert run_index() == run_read_files() == run_index() == 1
    assert [row.pk for row in list_page(alice, ComplaintFilter(text="摩擦片 has:file")).rows] == [submitted.pk]
    assert run_read_files() == 0
    assert FileText.objects.get().state == "read"


def test_a_dealer_never_finds_what_only_colleagues_wrote(take: Take, alice: User, dan: User) -> None:
    assigned = take(receiving_unit=dan.unit)
    add_note(assigned, by=alice, text="疑似骗保，先不要告诉经销商")
    add_file(assigned, by=alice, name="内部意见.txt", content="律师建议起诉".encode())
    run_index(), run_read_files(), run_index()
    for typed in ("骗保", '"疑似骗保"', "律师", "内部意见"):
        assert list_page(dan, ComplaintFilter(text=typed)).rows == []
        assert [row.pk for row in list_page(alice, ComplaintFilter(text=typed)).rows] == [assigned.pk]


def test_ended_is_not_open_any_more(three: tuple[Complaint, ...], alice: User) -> None:
    accept_complaint(three[0], by=alice)
    assert found(alice, "变速箱 status:open -stage:accept", three) == "g"


def test_what_is_taken_up_again_is_found_among_the_open_ones(
    three: tuple[Complaint, ...], alice: User, carol: User, not_ours: TaxonomyNode
) -> None:
    gearbox = decline_complaint(
        accept_complaint(three[0], by=alice), by=alice, reason=not_ours, explanation="不是我们的"
    )
    run_index()
    assert found(alice, "变速箱 status:open", three) == "l"
    reopen_complaint(gearbox, by=carol, reason="找到了购车发票")
    run_index()
    assert found(alice, "变速箱 status:open", three) == "gl"
