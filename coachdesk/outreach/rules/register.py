"""The paper register: a typed line with its row's number in front, rows left blank, and which rows are still to key."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from coachdesk.errors import Refusal
from coachdesk.outreach.rules.line import ContactLine, parse_line

BLANK_ROW = "blank row"
MOST_ROWS = 500
USUAL_ROWS = 30
_NUMBER = r"([0-9]{1,3})"
_ROW = re.compile(rf"\s*(?:no\.?\s*|#\s*)?{_NUMBER}(?:[.):,]\s*|\s+|\Z)(.*)\Z", re.IGNORECASE | re.DOTALL)
_BLANKS = re.compile(rf"\s*(?:no\.?\s*|#\s*)?{_NUMBER}(?:\s*(?:-|–|—|to)\s*{_NUMBER})?\s*(?:[-–—]|[.):,]?\s*blank)\s*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """What a line of the register says. number: the row, None when none was typed; last: of a stretch of blank rows; rest: as typed."""

    number: int | None
    last: int | None
    is_blank: bool
    rest: str
    contact: ContactLine | None


def parse_register_line(text: str, today: date) -> RegisterLine:
    """`7 Zoë Kowalska 07400 … b34 7aa cv` keys row 7; `7 -` says that it is blank, `9-12 -` that four are. Never refuses or loses text."""
    blanks = _BLANKS.match(text)
    if blanks:
        first, last = int(blanks[1]), int(blanks[2] or blanks[1])
        return RegisterLine(first, max(first, last), True, "", None)
    found = _ROW.match(text)
    if found:
        return RegisterLine(int(found[1]), int(found[1]), False, found[2], parse_line(found[2], today))
    return RegisterLine(None, None, False, text, parse_line(text, today))


def rows_of(rows: int | None) -> int:
    """How many numbered rows a register has, 1 to MOST_ROWS; USUAL_ROWS when not said. Refusal otherwise."""
    count = USUAL_ROWS if rows is None else rows
    if not 1 <= count <= MOST_ROWS:
        raise Refusal(f"A register has 1 to {MOST_ROWS} rows.", "Choose another number of rows; nothing was changed.")
    return count


def missing(rows: int | None, keyed: Collection[int], blank: Collection[int]) -> tuple[int, ...]:
    """The printed rows that were neither keyed nor said to be blank, rising; none where no register was printed."""
    seen = {*keyed, *blank}
    return tuple(number for number in range(1, (rows or 0) + 1) if number not in seen)


def next_row(rows: int | None, keyed: Collection[int], blank: Collection[int], after: int = 0) -> int | None:
    """The row to key next: the first missing one after the one just keyed, else the first missing one."""
    left = missing(rows, keyed, blank)
    return next((number for number in left if number > after), left[0] if left else None)


def spans(numbers: Collection[int]) -> str:
    """Numbers as people write them: `4, 9–12`. Empty for none."""
    parts: list[str] = []
    ordered = sorted(numbers)
    at = 0
    while at < len(ordered):
        end = at
        while end + 1 < len(ordered) and ordered[end + 1] == ordered[end] + 1:
            end += 1
        alone = [str(number) for number in ordered[at:end + 1]]
        parts += alone if len(alone) < 3 else [f"{alone[0]}–{alone[-1]}"]
        at = end + 1
    return ", ".join(parts)


def still_words(numbers: Collection[int]) -> str:
    """`Still to key: 4, 9–12`; empty when nothing is missing."""
    return f"Still to key: {spans(numbers)}" if numbers else ""


def check_row(number: int | None, rows: int | None) -> int:
    """A row that the printed register has. Refusal otherwise."""
    if rows is None:
        raise Refusal("No register was printed for this session.",
                      "Print it, or say how many rows your own paper has under Print register. Nothing was changed.")
    if number is None:
        raise Refusal("This line has no row number.", "Begin it with the number of its row, like “7 Zoë Kowalska”. Nothing was changed.")
    if not 1 <= number <= rows:
        raise Refusal(f"The register of this session has the rows 1 to {rows}; there is no row {number}.",
                      "Check the number; nothing was changed.")
    return number
