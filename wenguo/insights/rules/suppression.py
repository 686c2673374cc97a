"""Small numbers in a published table: which cells are left out so that nobody can work out a small one.

Primary: a count above nought and below the threshold says too much about few people. Complementary: with totals
printed, one gap in a line is filled by subtraction, so further cells go until no gap follows from the rest, and until
what does follow (from ... to ...) leaves at least `threshold` values open. Noughts stay: nobody is in them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

Place = tuple[int, int]


@dataclass
class Table:
    """Counts with a total for each line (last column), each column (last line) and all; `gaps` are not printed."""

    cells: list[list[int]]
    threshold: int
    gaps: set[Place] = field(default_factory=set)

    @property
    def height(self) -> int:
        return len(self.cells)

    @property
    def width(self) -> int:
        return len(self.cells[0]) if self.cells else 0

    def lines(self) -> list[list[Place]]:
        """Each line and column: all its places, the total last. The sum of the others is the total."""
        across = [[(y, x) for x in range(self.width)] for y in range(self.height)]
        return across + [[(y, x) for y in range(self.height)] for x in range(self.width)]

    def at(self, place: Place) -> int:
        return self.cells[place[0]][place[1]]

    def is_small(self, place: Place) -> bool:
        return 0 < self.at(place) < self.threshold


def with_totals(counts: Sequence[Sequence[int]]) -> list[list[int]]:
    """The same with a total for each line and column."""
    across = [[*line, sum(line)] for line in counts]
    return [*across, [sum(column) for column in zip(*across, strict=True)]] if across else []


def suppressed(counts: Sequence[Sequence[int]], threshold: int) -> Table | None:
    """The table with its gaps; None where the whole is too small to be told at all.

    `counts` without totals, noughts included. Of the cells that help, the smallest goes first.
    """
    table = Table(with_totals(counts), threshold)
    if not table.cells or table.at((table.height - 1, table.width - 1)) < threshold:
        return None
    whole = (table.height - 1, table.width - 1)
    table.gaps = {
        (y, x) for y in range(table.height) for x in range(table.width) if table.is_small((y, x)) and (y, x) != whole
    }
    while exposed := _exposed(table):
        helper = _helper(table, exposed)
        if helper is None:
            return None
        table.gaps.add(helper)
    _spare(table)
    return table


def _spare(table: Table) -> None:
    """Prints again, the largest first, what was left out on the way and is not needed in the end."""
    for place in sorted(table.gaps, key=lambda one: (-table.at(one), one)):
        if not table.is_small(place):
            table.gaps.remove(place)
            if _exposed(table):
                table.gaps.add(place)


def _exposed(table: Table) -> Place | None:
    """A small number that can be worked out, or nearly."""
    ranges = bounds(table)
    known = determined(table)
    for place in sorted(table.gaps):
        if not table.is_small(place):
            continue
        low, high = ranges[place]
        if place in known or high - low + 1 < table.threshold:
            return place
    return None


def _helper(table: Table, exposed: Place) -> Place | None:
    """The smallest cell that is printed and shares a line with the exposed one, or with any gap; never the whole."""
    whole = (table.height - 1, table.width - 1)
    near = [line for line in table.lines() if exposed in line]
    linked = [line for line in table.lines() if table.gaps & set(line)]
    for lines in (near, linked):
        printed = {p for line in lines for p in line if p not in table.gaps and p != whole and table.at(p) > 0}
        inner = [p for p in printed if p[0] < table.height - 1 and p[1] < table.width - 1]
        if found := min(inner or printed, key=lambda place: (table.at(place), place), default=None):
            return found
    return None


def bounds(table: Table) -> dict[Place, tuple[int, int]]:
    """What a reader can say of each gap: the least and the most the printed cells allow. A gap is at least 1."""
    most = table.at((table.height - 1, table.width - 1))
    known = {p: (table.at(p), table.at(p)) for line in table.lines() for p in line if p not in table.gaps}
    found = {**known, **dict.fromkeys(table.gaps, (1, most))}
    moved = True
    while moved:
        moved = False
        for line in table.lines():
            for place in line:
                if place in table.gaps:
                    narrow = _narrowed(place, line, found)
                    moved |= narrow != found[place]
                    found[place] = narrow
    return found


def _narrowed(place: Place, line: list[Place], found: dict[Place, tuple[int, int]]) -> tuple[int, int]:
    low, high = found[place]
    *parts, total = line
    if place == total:
        least, most = sum(found[p][0] for p in parts), sum(found[p][1] for p in parts)
    else:
        others = [p for p in parts if p != place]
        least = found[total][0] - sum(found[p][1] for p in others)
        most = found[total][1] - sum(found[p][0] for p in others)
    return max(low, least), min(high, most)


def determined(table: Table) -> set[Place]:
    """Gaps that follow from the printed cells by adding and subtracting: solved exactly, line against line."""
    gaps = sorted(table.gaps)
    rows = []
    for line in table.lines():
        *parts, total = line
        row = [Fraction((gap in parts) - (gap == total)) for gap in gaps]
        if any(row):
            rows.append(row)
    return {gaps[place] for place in _alone(_reduced(rows))}


def _reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """Gauss-Jordan."""
    done = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((y for y in range(done, len(rows)) if rows[y][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        lead = rows[done][column]
        rows[done] = [value / lead for value in rows[done]]
        for y, row in enumerate(rows):
            if y != done and (by := row[column]):
                rows[y] = [a - by * b for a, b in zip(row, rows[done], strict=True)]
        done += 1
    return rows[:done]


def _alone(rows: list[list[Fraction]]) -> list[int]:
    """Unknowns that stand alone in a line."""
    return [next(x for x, value in enumerate(row) if value) for row in rows if sum(1 for value in row if value) == 1]
