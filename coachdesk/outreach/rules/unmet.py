"""People turned away, as it may be shown: numbers under five are never told, and no total gives them away.

How it is kept: first wards, needs and places whose own total is under five are put together ("2 other wards"), so that every total that is
shown is five or more. Then each cell under five is hidden, together with the other three corners of one rectangle: add one to two opposite
corners and take one from the two others, and every total stays the same, so nobody can tell which of the tables was the true one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LEAST = 5
NOT_KNOWN_WARD, NO_VENUE, NO_NEED = "ward not known", "not at a place", "need not said"


@dataclass(frozen=True, slots=True)
class SafeTable:
    """A table that may be shown. cells[row][column] is None where it is hidden; every total is true and five or more.

    total is None, and there are no rows, when fewer than five were counted in all.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int, ...]
    column_totals: tuple[int, ...]
    total: int | None

    @property
    def hidden(self) -> int:
        """How many cells are hidden."""
        return sum(cell is None for line in self.cells for cell in line)


def safe_table(counts: Mapping[tuple[str, str], int], rows_are: str = "wards", columns_are: str = "needs", least: int = LEAST) -> SafeTable:
    """People by (row, column), made safe to show: small lines put together, small cells hidden with their rectangles. Most first."""
    clean = {key: count for key, count in counts.items() if count > 0}
    if sum(clean.values()) < least:
        return SafeTable((), (), (), (), (), None)
    row_of = together(_totals(clean, 0), rows_are, least)
    column_of = together(_totals(clean, 1), columns_are, least)
    merged: dict[tuple[str, str], int] = {}
    for (row, column), count in clean.items():
        key = (row_of[row], column_of[column])
        merged[key] = merged.get(key, 0) + count
    rows, columns = _ordered(_totals(merged, 0)), _ordered(_totals(merged, 1))
    grid = [[merged.get((row, column), 0) for column in columns] for row in rows]
    hidden = _hidden(grid, least)
    cells = tuple(tuple(None if (r, c) in hidden else count for c, count in enumerate(line)) for r, line in enumerate(grid))
    return SafeTable(tuple(rows), tuple(columns), cells, tuple(sum(line) for line in grid),
                     tuple(sum(line[c] for line in grid) for c in range(len(columns))), sum(map(sum, grid)))


def together(totals: Mapping[str, int], what: str, least: int = LEAST) -> dict[str, str]:
    """Which name each line stands under: its own, or "3 other wards" for lines under `least`, with the next smallest until it is enough."""
    rising = sorted(totals, key=lambda name: (totals[name], name))
    small = [name for name in rising if totals[name] < least]
    if not small:
        return {name: name for name in totals}
    for name in rising[len(small):]:
        if len(small) > 1 and sum(totals[each] for each in small) >= least:
            break
        small.append(name)
    shared = f"{len(small)} other {what}" if len(small) < len(totals) else f"all {len(small)} {what}"
    return {name: shared if name in small else name for name in totals}


def _totals(counts: Mapping[tuple[str, str], int], at: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, count in counts.items():
        found[key[at]] = found.get(key[at], 0) + count
    return found


def _ordered(totals: Mapping[str, int]) -> list[str]:
    return sorted(totals, key=lambda name: (-totals[name], name))


def _hidden(grid: list[list[int]], least: int) -> set[tuple[int, int]]:
    """Cells under `least`, each with the rectangle that hides least beside it. Cells of nobody are shown, unless a rectangle needs them.

    Two corners beside a small cell hold somebody, for its line and its column come to `least` and it does not; the corner across may
    hold nobody, since one may be added to it.
    """
    small = [(r, c) for r, line in enumerate(grid) for c, count in enumerate(line) if 0 < count < least]
    hidden = set(small)
    for r, c in sorted(small, key=lambda at: (grid[at[0]][at[1]], at)):
        corners = [((r, d), (q, c), (q, d)) for d in range(len(grid[r])) if d != c and grid[r][d]
                   for q in range(len(grid)) if q != r and grid[q][c]]
        best = min(corners, key=lambda three: (sum(grid[q][d] for q, d in three if (q, d) not in hidden), three))
        hidden.update(best)
    return hidden
