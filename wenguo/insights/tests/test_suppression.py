"""Small numbers: what is printed lets nobody work out a small one, attacked by trying every table that fits."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenguo.insights.rules.suppression import Table, bounds, determined, suppressed, with_totals

SMALL = st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=3), min_size=2, max_size=3).filter(
    lambda rows: len({len(row) for row in rows}) == 1
)


def fitting(table: Table) -> list[list[list[int]]]:
    """Every table of counts that a reader of the printed cells has to hold possible; gaps are at least 1."""
    inner = [(y, x) for y in range(table.height - 1) for x in range(table.width - 1)]
    open_cells = [place for place in inner if place in table.gaps]
    found = []
    for guess in product(range(1, 10), repeat=len(open_cells)):
        cells = [[table.cells[y][x] for x in range(table.width - 1)] for y in range(table.height - 1)]
        for (y, x), value in zip(open_cells, guess, strict=True):
            cells[y][x] = value
        whole = with_totals(cells)
        printed = {(y, x) for y in range(table.height) for x in range(table.width)} - table.gaps
        if all(whole[y][x] == table.cells[y][x] for y, x in printed):
            found.append(whole)
    return found


@settings(max_examples=25, deadline=None)
@given(SMALL)
def test_every_small_number_has_other_values_that_fit(counts: list[list[int]]) -> None:
    table = suppressed(counts, 3)
    if table is None or len(table.gaps) > 5:
        return
    possible = fitting(table)
    for y, x in table.gaps:
        if table.is_small((y, x)):
            assert len({whole[y][x] for whole in possible}) > 1, (table.cells, table.gaps)


def test_a_single_gap_in_a_line_takes_others_with_it() -> None:
    table = suppressed([[2, 10, 30], [20, 12, 25], [14, 40, 9]], 5)
    assert table is not None
    assert (0, 0) in table.gaps
    assert len([place for place in table.gaps if place[0] == 0]) >= 2
    assert len([place for place in table.gaps if place[1] == 0]) >= 2
    assert (0, 0) not in determined(table)
    assert bounds(table)[0, 0][1] - bounds(table)[0, 0][0] >= 4


def test_noughts_and_large_numbers_are_printed() -> None:
    table = suppressed([[0, 10], [20, 12]], 5)
    assert table is not None
    assert table.gaps == set()


@pytest.mark.parametrize("counts", [[], [[0, 0]], [[1, 1], [1, 0]]])
def test_a_table_that_is_too_small_is_not_told_at_all(counts: list[list[int]]) -> None:
    assert suppressed(counts, 5) is None


def test_a_gap_that_subtraction_fills_is_found() -> None:
    table = Table(with_totals([[2, 10], [20, 12]]), 5, {(0, 0)})
    assert determined(table) == {(0, 0)}
    assert bounds(table)[0, 0] == (2, 2)
