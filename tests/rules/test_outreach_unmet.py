"""People turned away: numbers under five are never told, and no total gives them away."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.outreach.rules import LEAST, SafeTable, safe_table, together

COUNTS = st.dictionaries(st.tuples(st.sampled_from("ABCDEF"), st.sampled_from("uvwxy")), st.integers(-2, 15), max_size=24)


def fillings(table: SafeTable, most: int = 4000) -> Iterator[list[list[int]]]:
    """Every table of whole numbers that fits what is shown (up to `most` of them)."""
    holes = [(r, c) for r, line in enumerate(table.cells) for c, cell in enumerate(line) if cell is None]
    rows = [total - sum(cell or 0 for cell in line) for total, line in zip(table.row_totals, table.cells, strict=True)]
    columns = [total - sum(line[c] or 0 for line in table.cells) for c, total in enumerate(table.column_totals)]
    found = 0
    grid = [[cell or 0 for cell in line] for line in table.cells]

    def fill(at: int) -> Iterator[list[list[int]]]:
        nonlocal found
        if found >= most:
            return
        if at == len(holes):
            if not any(rows) and not any(columns):
                found += 1
                yield [list(line) for line in grid]
            return
        r, c = holes[at]
        last = all(hole[0] != r for hole in holes[at + 1:])
        for value in ([rows[r]] if last else range(min(rows[r], columns[c]) + 1)):
            if not 0 <= value <= columns[c]:
                continue
            grid[r][c], rows[r], columns[c] = value, rows[r] - value, columns[c] - value
            yield from fill(at + 1)
            grid[r][c], rows[r], columns[c] = 0, rows[r] + value, columns[c] + value

    return fill(0)


@given(COUNTS)
@settings(max_examples=300, deadline=None)
def test_nothing_under_five_is_shown_and_every_total_is_true(counts: dict[tuple[str, str], int]) -> None:
    table = safe_table(counts)
    total = sum(count for count in counts.values() if count > 0)
    if total < LEAST:
        assert table.total is None and not table.rows
        return
    assert table.total == sum(table.row_totals) == sum(table.column_totals) == total
    assert all(each >= LEAST for each in (*table.row_totals, *table.column_totals))
    shown = [cell for line in table.cells for cell in line if cell is not None]
    assert all(cell == 0 or cell >= LEAST for cell in shown)


@given(st.dictionaries(st.tuples(st.sampled_from("ABC"), st.sampled_from("uvw")), st.integers(0, 9), min_size=2, max_size=9))
@settings(max_examples=200, deadline=None)
def test_no_hidden_number_under_five_can_be_worked_out_from_what_is_shown(counts: dict[tuple[str, str], int]) -> None:
    """Every small cell has at least two values among the tables that fit what is shown: the totals leave it open."""
    table = safe_table(counts)
    true = merged(counts)
    for (r, row), (c, column) in product(enumerate(table.rows), enumerate(table.columns)):
        if table.cells[r][c] is None and 0 < true.get((row, column), 0) < LEAST:
            seen: set[int] = set()
            for filling in fillings(table, 20_000):
                seen.add(filling[r][c])
                if len(seen) > 1:
                    break
            assert len(seen) > 1, (row, column)


@given(st.dictionaries(st.tuples(st.sampled_from("ABCDEFGH"), st.sampled_from("stuvwxy")), st.integers(0, 30), min_size=4))
@settings(max_examples=300, deadline=None)
def test_each_small_cell_is_a_corner_of_a_hidden_rectangle_in_which_one_can_be_moved(counts: dict[tuple[str, str], int]) -> None:
    """The same for tables too large to try out: some hidden rectangle lets one be added here without any number below nought."""
    table = safe_table(counts)
    if table.total is None:
        return
    true = merged(counts)
    grid = [[true.get((row, column), 0) for column in table.columns] for row in table.rows]
    for r, line in enumerate(grid):
        for c, n in enumerate(line):
            assert (table.cells[r][c] in (None, n))
            if 0 < n < LEAST:
                assert table.cells[r][c] is None
                assert any(None is table.cells[r][d] is table.cells[q][c] is table.cells[q][d] and grid[r][d] and grid[q][c]
                           for d in range(len(line)) if d != c for q in range(len(grid)) if q != r)


def merged(counts: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """The true numbers behind a table: small wards and needs put together."""
    rows, columns = together(_sums(counts, 0), "wards"), together(_sums(counts, 1), "needs")
    true: dict[tuple[str, str], int] = {}
    for (r, c), n in counts.items():
        if n > 0:
            true[rows[r], columns[c]] = true.get((rows[r], columns[c]), 0) + n
    return true


def _sums(counts: dict[tuple[str, str], int], at: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, n in counts.items():
        if n > 0:
            found[key[at]] = found.get(key[at], 0) + n
    return found


def test_small_wards_stand_together() -> None:
    assert together({"a": 9, "b": 2, "c": 3}, "wards") == {"a": "a", "b": "2 other wards", "c": "2 other wards"}
    assert together({"a": 9, "b": 2}, "wards") == {"a": "all 2 wards", "b": "all 2 wards"}
    assert together({"a": 9, "b": 7, "c": 1}, "wards") == {"a": "a", "b": "2 other wards", "c": "2 other wards"}
    assert together({"a": 5, "b": 6}, "wards") == {"a": "a", "b": "b"}
    assert together({}, "wards") == {}


def test_fewer_than_five_in_all_is_all_that_is_said() -> None:
    assert safe_table({("A", "x"): 3, ("B", "y"): 1}).total is None
    assert safe_table({}).total is None
    table = safe_table({("A", "x"): 5})
    assert (table.rows, table.cells, table.total) == (("A",), ((5,),), 5)
