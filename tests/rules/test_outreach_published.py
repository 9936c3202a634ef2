"""People turned away, as it leaves the house: no two published tables can be subtracted to one to four people, and none tells one alone."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.outreach.rules import LEAST, safe_table
from coachdesk.outreach.rules.published import (
    ENOUGH,
    Counted,
    Part,
    PublishedTable,
    counts_in,
    grouped,
    hidden_block,
    last_settled,
    parts_of,
    published_by_need,
    published_by_place,
    quarter_days,
    quarter_of,
    settles_on,
)

FIRST, LAST = 8000, 8007
KEYS = st.builds(Counted, st.sampled_from("ABCDE"), st.sampled_from("wxyz"), st.sampled_from(("hall", "library", "cafe")))
COUNTS = st.dictionaries(st.integers(FIRST, LAST), st.dictionaries(KEYS, st.one_of(st.integers(-3, 6), st.integers(5, 40)), max_size=25))
DAYS = st.dates(date(2019, 1, 1), date(2021, 12, 31))


def numbers(table: PublishedTable) -> dict[tuple[str, str], int]:
    """Every number that a table tells, by what it is of; totals are of `all`."""
    found = {(row, column): cell.people for row, line in zip(table.rows, table.cells, strict=True)
             for column, cell in zip(table.columns, line, strict=True)}
    found |= {(row, "all"): total for row, total in zip(table.rows, table.row_totals, strict=True)}
    found |= {("all", column): total for column, total in zip(table.columns, table.column_totals, strict=True)}
    return found | {("all", "all"): table.total}


def left_over(table: PublishedTable) -> list[int]:
    """What is left of every total when the numbers told beside it are taken from it."""
    rows = [total - sum(cell.people for cell in line) for line, total in zip(table.cells, table.row_totals, strict=True)]
    columns = [total - sum(line[at].people for line in table.cells) for at, total in enumerate(table.column_totals)]
    return [*rows, *columns, sum(rows)]


def is_safe(number: int) -> bool:
    """Nobody, or five and more."""
    return number == 0 or number >= LEAST


@given(COUNTS, st.data())
@settings(max_examples=150, deadline=None)
def test_no_two_papers_of_which_one_holds_the_other_differ_by_one_to_four(
        counts: dict[int, dict[Counted, int]], data: st.DataObject) -> None:
    parts = parts_of(counts, LAST)
    cuts = st.integers(0, len(parts))
    a, d = sorted(data.draw(st.tuples(cuts, cuts)))
    b, c = sorted(data.draw(st.tuples(st.integers(a, d), st.integers(a, d))))
    for publish in (published_by_need, published_by_place):
        larger, smaller = publish(parts[a:d]), publish(parts[b:c])
        mine, other = numbers(larger), numbers(smaller)
        assert all(is_safe(mine.get(key, 0) - other.get(key, 0)) for key in mine | other)
        assert all(map(is_safe, mine.values())) and all(map(is_safe, left_over(larger)))


@given(COUNTS)
@settings(max_examples=80, deadline=None)
def test_both_tables_tell_the_same_of_every_ward_and_every_total_is_true(counts: dict[int, dict[Counted, int]]) -> None:
    parts = parts_of(counts, LAST)
    by_need, by_place = published_by_need(parts), published_by_place(parts)
    assert dict(zip(by_need.rows, by_need.row_totals, strict=True)) == dict(zip(by_place.rows, by_place.row_totals, strict=True))
    assert by_need.total == sum(by_need.column_totals) == sum(sum(part.counts.values()) for part in parts)


@given(st.dictionaries(st.tuples(st.sampled_from("ABCDE"), st.sampled_from("vwxyz")), st.integers(1, 12), min_size=1, max_size=25))
@settings(max_examples=200, deadline=None)
def test_what_is_hidden_is_a_whole_block_with_five_or_more_in_every_line_and_two_lines_each_way(counts: dict[tuple[str, str], int]) -> None:
    """So its totals tell of it no more than its own lines and columns, each of five or more: any corner can give one to its neighbours."""
    def totals(at: int) -> dict[str, int]:
        return {line: sum(n for cell, n in counts.items() if cell[at] == line) for line in {cell[at] for cell in counts}}

    rows, columns = grouped(totals(0), "-"), grouped(totals(1), "-")
    if sum(counts.values()) < LEAST:
        return
    merged: dict[tuple[str, str], int] = {}
    for (row, column), n in counts.items():
        merged[rows[row], columns[column]] = merged.get((rows[row], columns[column]), 0) + n
    over, down = hidden_block(merged)
    assert all(n >= LEAST or (row in over and column in down) for (row, column), n in merged.items())
    if over or down:
        lines = [sum(merged.get((row, column), 0) for column in down) for row in over]
        across = [sum(merged.get((row, column), 0) for row in over) for column in down]
        assert all(map(is_safe, lines)) and all(map(is_safe, across))
        assert sum(n > 0 for n in lines) >= 2 and sum(n > 0 for n in across) >= 2


@given(st.lists(st.tuples(DAYS, st.integers(0, 500), KEYS, st.integers(-4, 30)), max_size=40), DAYS)
@settings(max_examples=100, deadline=None)
def test_what_was_published_stays_as_it_was_whatever_is_written_down_later(
        written: list[tuple[date, int, Counted, int]], today: date) -> None:

    def parts(known_until: date, of_day: date) -> list[Part]:
        counts: dict[int, dict[Counted, int]] = {}
        for on, later, key, count in written:
            wrote = on + timedelta(days=later)
            if wrote <= known_until:
                into = counts.setdefault(counts_in(on, wrote), {})
                into[key] = into.get(key, 0) + count
        return parts_of(counts, last_settled(of_day))

    before, after = parts(today, today), parts(date(2024, 1, 1), date(2024, 1, 1))
    assert after[:len(before)] == before


def test_hiding_small_numbers_alone_is_what_subtracting_gives_away() -> None:
    """Why: each of two tables hides its small numbers well, and the difference of their totals is three people of one ward."""
    eleven = {("A", "housing"): 20, ("B", "housing"): 9}
    assert (safe_table({**eleven, ("A", "housing"): 23}).total or 0) - (safe_table(eleven).total or 0) == 3
    months = {FIRST: {Counted("A", "housing", "hall"): 51}, FIRST + 1: {Counted("A", "housing", "hall"): 3}}
    assert published_by_need(parts_of(months, FIRST)) == published_by_need(parts_of(months, FIRST + 1))


def test_a_part_is_a_quarter_with_fifty_people_or_as_many_quarters_as_it_takes_four_at_most() -> None:
    def people(*quarters: int) -> list[tuple[int, int]]:
        counts = {FIRST + at: {Counted("A", "x", "hall"): n} for at, n in enumerate(quarters) if n}
        return [(part.first - FIRST, part.last - FIRST) for part in parts_of(counts, LAST)]

    assert people(ENOUGH, ENOUGH) == [(0, 0), (1, 1)]
    assert people(20, 29, 1, 60) == [(0, 2), (3, 3)]
    assert people(2, 0, 1, 2, 60) == [(0, 3), (4, 4)]
    assert people(2, 0, 1, 1, 0, 1) == [(0, 5)]
    assert people(2) == [] == people()


def test_small_wards_and_needs_stand_together_and_what_is_small_inside_is_hidden_with_its_block() -> None:
    many = {Counted(ward, need, "hall"): n for (ward, need), n in zip(product("ABC", "xyz"), (20, 8, 9, 7, 2, 9, 6, 12, 1), strict=True)}
    table = published_by_need([Part(FIRST, FIRST, many | {Counted("D", "x", "hall"): 1, Counted("E", "w", "hall"): 4})])
    assert (table.rows, table.columns) == (("A", "C", "B", "other wards"), ("x", "y", "other needs"))
    assert (table.row_totals, table.column_totals, table.total) == ((37, 19, 18, 5), (34, 22, 23), 79)
    shown = [["hidden" if cell.is_hidden else cell.people for cell in line] for line in table.cells]
    assert shown == [[20, 8, 9], ["hidden"] * 3, ["hidden"] * 3, ["hidden"] * 3]
    assert grouped({"a": 9, "b": 2}, "others") == {"a": "others", "b": "others"}
    assert grouped({"a": 9, "b": 7, "c": 1}, "others") == {"a": "a", "b": "others", "c": "others"}


def test_a_quarter_is_settled_a_fortnight_after_it_ended() -> None:
    spring = quarter_of(date(2020, 5, 4))
    assert quarter_days(spring) == (date(2020, 4, 1), date(2020, 6, 30)) and settles_on(spring) == date(2020, 7, 14)
    assert last_settled(date(2020, 7, 14)) == spring - 1 and last_settled(date(2020, 7, 15)) == spring
    assert counts_in(date(2020, 6, 30), date(2020, 7, 14)) == spring
    assert counts_in(date(2020, 6, 30), date(2020, 7, 15)) == spring + 1
    assert quarter_days(quarter_of(date(2020, 12, 31)))[1] == date(2020, 12, 31)
