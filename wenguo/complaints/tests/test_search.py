"""Finding complaints by what is in them; the same on both databases."""

import pytest

from wenguo.accounts.models import User
from wenguo.complaints.actions import add_note
from wenguo.complaints.jobs import run_index
from wenguo.complaints.models import Complaint, SearchDocument, SearchWork
from wenguo.complaints.queries import ComplaintFilter, list_page, search
from wenguo.complaints.tests.conftest import Take


def found(text: str, **how: bool) -> set[str]:
    return set(Complaint.objects.filter(search(text, **how)).values_list("reference", flat=True))


def test_all_words_must_occur(submitted: Complaint, take: Take) -> None:
    take(words="发动机异响", remedy_sought="")
    assert found("变速箱 异响") == {submitted.reference}
    assert len(found("异响")) == 2


def test_english_and_traditional_characters_are_found(take: Take) -> None:
    english = take(words="My mortgage payment was lost by the bank.", customer=None)
    traditional = take(words="變速箱漏油", customer=None, remedy_sought="")
    assert found("Mortgage") == {english.reference}
    assert found("变速箱 漏油") == {traditional.reference}


def test_a_note_is_found_and_the_old_index_forgotten(submitted: Complaint, alice: User) -> None:
    add_note(submitted, by=alice, text="已联系青岛四方店调取行车记录仪视频")
    assert run_index() == 1
    assert found("行车记录仪", finds_internal=True) == {submitted.reference}
    SearchDocument.objects.filter(pk=submitted.pk).update(tokens="别的")
    assert found("行车记录仪", finds_internal=True) == set()
    SearchDocument.objects.filter(pk=submitted.pk).delete()
    assert found("别的") == set()


def test_a_note_is_not_found_by_who_may_not_read_it(submitted: Complaint, alice: User) -> None:
    add_note(submitted, by=alice, text="疑似欺诈，先核实行车记录仪")
    run_index()
    assert found("行车记录仪") == set()
    assert found("变速箱") == found("变速箱", finds_internal=True) == {submitted.reference}


def test_many_additions_are_indexed_at_once(submitted: Complaint, take: Take, alice: User) -> None:
    other = take()
    for number in range(3):
        add_note(submitted, by=alice, text=f"第{number}次联系")
    add_note(other, by=alice, text="无人接听")
    assert run_index() == 4
    assert SearchWork.objects.count() == run_index() == 0
    assert found("无人接听", finds_internal=True) == {other.reference}


@pytest.mark.parametrize("typed", ["13812346021", "138-1234-6021", "+86 138 1234 6021", "zhang.wei@example.com"])
def test_a_number_typed_any_way_finds_its_owner(submitted: Complaint, take: Take, typed: str) -> None:
    take(customer=None)
    assert found(typed) == {submitted.reference}


def test_a_reference_finds_directly_as_people_type_it(submitted: Complaint, take: Take) -> None:
    take()
    assert found(submitted.reference.lower().replace("-", " ")) == {submitted.reference}


@pytest.mark.parametrize("typed", ['"', "' OR 1=1 --", "a:b*", "NEAR(异响 5)", ")(", "!&|", "\0", "😀", "NOT"])
def test_operators_are_only_text(submitted: Complaint, typed: str) -> None:
    assert submitted.reference not in found(typed)


def test_nothing_typed_restricts_nothing(submitted: Complaint) -> None:
    assert found("  ") == {submitted.reference}


def test_search_obeys_who_may_see(submitted: Complaint, alice: User, mallory: User) -> None:
    given = ComplaintFilter(text="变速箱 异响")
    assert [row.pk for row in list_page(alice, given).rows] == [submitted.pk]
    assert list_page(mallory, given).rows == []


def test_the_index_follows_new_unicode_letters(take: Take) -> None:
    """A letter younger than the database's tables still finds its text."""
    complaint = take(words="Ꟶꟶ variant of a 𞤀 letter")
    assert complaint.reference in found("ꟶꟶ 𞤀")
