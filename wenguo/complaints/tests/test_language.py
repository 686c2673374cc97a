"""The query language: what people type becomes a tree, and a mistake has its place."""

from datetime import date

import pytest

from wenguo.complaints.rules.language import And, Condition, Mistake, Node, Not, Word, parse
from wenguo.complaints.rules.periods import Period, Span, period, span


def drawn(tree: Node) -> str:
    """The tree on one line, for comparing."""
    if isinstance(tree, Word):
        return f'"{tree.text}"' if tree.exact else tree.text
    if isinstance(tree, Condition):
        return f"{tree.field.name}={'|'.join(value.text for value in tree.values)}"
    if isinstance(tree, Not):
        return f"!{drawn(tree.part)}"
    sign = " & " if isinstance(tree, And) else " | "
    return "(" + sign.join(drawn(part) for part in tree.parts) + ")"


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("变速箱 异响", "(变速箱 & 异响)"),
        ("变速箱　异响", "(变速箱 & 异响)"),
        ("status:open importance:major,complex", "(status=open & importance=major|complex)"),
        ("状态:未结 单位：上海", "(status=未结 & unit=上海)"),
        ("-异响 NOT 漏油", "(!异响 & !漏油)"),
        ('"exact phrase" “整句”', '("exact phrase" & "整句")'),
        ("(a OR b) c", "((a | b) & c)"),
        ("a b OR c", "((a & b) | c)"),
        ("（退款 或 换车） -状态:已结", "((退款 | 换车) & !status=已结)"),
        ('customer:"张 三"', "customer=张 三"),
        ("a AND (b OR (c -d))", "(a & (b | (c & !d)))"),
        ("https://example.com/a 10:30", "(https://example.com/a & 10:30)"),
        ("e-mail 4S店", "(e-mail & 4S店)"),
        ("received:2026-10..2026-11 VIN:LSV", "(received=2026-10..2026-11 & order=LSV)"),
        ("", "()"),
        ("   ", "()"),
    ],
)
def test_a_query_becomes_a_tree(typed: str, tree: str) -> None:
    assert drawn(parse(typed)) == tree


@pytest.mark.parametrize(
    ("typed", "code", "at"),
    [
        ("statos:open", "unknown_field", 0),
        ("变速箱 状况:未结", "unknown_field", 4),
        ("a:b*", "unknown_field", 0),
        ("status: open", "no_value", 0),
        ("status:", "no_value", 0),
        ("status:open,", "no_value", 0),
        ("(变速箱", "not_closed", 0),
        ("变速箱)", "closes_nothing", 3),
        ('异响 "变速箱', "quote_not_closed", 3),
        ("a OR", "nothing_here", 4),
        ("OR a", "nothing_beside", 0),
        ("a OR OR b", "nothing_beside", 5),
        ("a - b", "nothing_after", 2),
        ("()", "nothing_here", 1),
        ("(" * 11 + "a" + ")" * 11, "too_deep", 10),
        ("a " * 61, "too_many", 120),
        ("a" * 1001, "too_long", 1000),
    ],
)
def test_a_mistake_has_its_place(typed: str, code: str, at: int) -> None:
    with pytest.raises(Mistake) as caught:
        parse(typed)
    assert (caught.value.code, caught.value.at) == (code, at)


def test_a_misspelt_field_says_what_may_be_meant() -> None:
    with pytest.raises(Mistake) as caught:
        parse("statsu:open")
    assert "status" in caught.value.meant


TODAY = date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2026-11-05", date(2026, 11, 5), date(2026, 11, 5)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026年2月", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026年2月5日", date(2026, 2, 5), date(2026, 2, 5)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-10..2026-11", date(2026, 10, 1), date(2026, 11, 30)),
        ("2026-10..", date(2026, 10, 1), None),
        ("..2026-10", None, date(2026, 10, 31)),
        (">2026-10", date(2026, 11, 1), None),
        (">=2026-10", date(2026, 10, 1), None),
        ("<2026-10", None, date(2026, 9, 30)),
        ("7d", date(2026, 11, 16), TODAY),
        ("2周", date(2026, 11, 9), TODAY),
        ("今天", TODAY, TODAY),
        ("last_week", date(2026, 11, 9), date(2026, 11, 15)),
        ("上月", date(2026, 10, 1), date(2026, 10, 31)),
    ],
)
def test_days_as_people_type_them(typed: str, first: date | None, last: date | None) -> None:
    assert period(typed, TODAY) == Period(first, last)


@pytest.mark.parametrize("typed", ["", "..", "2026-13", "2026-02-30", "soon", "2026-11..2026-10", "> ", "22.11.2026"])
def test_what_is_no_day_is_none(typed: str) -> None:
    assert period(typed, TODAY) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("3", Span(3, 3)), ("1..2", Span(1, 2)), ("<=2", Span(None, 2)), (">3", Span(4, None)), ("x", None), ("..", None)],
)
def test_numbers_as_people_type_them(typed: str, meant: Span | None) -> None:
    assert span(typed) == meant
