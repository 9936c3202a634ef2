"""From the bytes of somebody's file to rows of text: what Excel, LibreOffice and old databases write as "csv".

Byte order marks, cp1252, UTF-16, semicolons, tabs, a `sep=` line, title lines above the header, a header in two rows with merged cells,
line breaks inside quotes. Nothing is interpreted here: a cell that looks like a formula is text.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coachdesk.errors import Refusal, Trouble

LARGEST = 50 * 1024 * 1024  # bytes; ten thousand people are about two million
MOST_COLUMNS, MOST_ROWS, LONGEST_CELL = 300, 200_000, 20_000
_DELIMITERS = ",;\t|"
_WORKBOOKS = {
    b"PK\x03\x04": "an Excel or LibreOffice workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"{\\rt": "a Word document",
    b"<htm": "a web page",
    b"<!DO": "a web page",
    b"<?xm": "an XML file",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row. number: the line in the file where it begins, as an editor counts. cells: as many as the header has, trimmed."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A file as rows. encoding and delimiter: how it was read. notes: what was odd, a sentence each."""

    header: tuple[str, ...]
    lines: tuple[Line, ...]
    encoding: str
    delimiter: str
    notes: tuple[str, ...] = ()


def read_file(file: Path) -> Table:
    """The rows of a file. Trouble when it cannot be read; Refusals as in read_bytes."""
    try:
        if file.stat().st_size > LARGEST:
            raise Refusal(f"{file.name} is larger than {LARGEST // 1024 // 1024} MB.", "Bring it in by parts. Nothing was changed.")
        content = file.read_bytes()
    except (OSError, ValueError) as problem:
        why = problem.strerror if isinstance(problem, OSError) and problem.strerror else "no file can have that name"
        raise Trouble(f"{file.name or 'That file'} cannot be read: {why.lower()}.", "Nothing was changed.") from None
    return read_bytes(content, file.name)


def read_bytes(content: bytes, name: str = "The file") -> Table:
    """The rows of a file's bytes. Refusal for a workbook, an empty file, a file without columns, or one that is beyond all limits."""
    for start, what in _WORKBOOKS.items():
        if content.lstrip()[:4].upper() == start.upper():
            raise Refusal(f"{name} is {what}, not a csv file.", "Open it, choose Save as, and save it as CSV. Nothing was changed.")
    text, encoding = _decoded(content, name)
    text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    text, told, skipped = _sep_line(text)
    delimiter = told or _delimiter(text)
    rows = _rows(text, delimiter, skipped, name)
    if not rows:
        raise Refusal(f"{name} is empty.", "Choose another file. Nothing was changed.")
    return _table(rows, encoding, delimiter, name)


def _decoded(content: bytes, name: str) -> tuple[str, str]:
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, "replace"), encoding
    pairs = content[:2000]
    if len(pairs) > 20 and pairs[1::2].count(0) > len(pairs) // 3:
        return content.decode("utf-16-le", "replace"), "utf-16"
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), "cp1252"


def _sep_line(text: str) -> tuple[str, str, int]:
    """Excel's own first line `sep=;`: (the rest, the delimiter, lines taken off)."""
    first, found, rest = text.partition("\n")
    first = first.strip().strip('"')
    return (rest, first[4], 1) if found and first[:4].lower() == "sep=" and len(first) == 5 else (text, "", 0)


def _delimiter(text: str) -> str:
    """The sign that parts most rows of the beginning into the same number of cells."""
    sample = text[:20_000]
    best, most = ",", (0.0, 0)
    for sign in _DELIMITERS:
        try:
            widths = [len([cell for cell in row]) for row in csv.reader(io.StringIO(sample), delimiter=sign) if any(row)][:30]
        except csv.Error:
            continue
        wide = [width for width in widths if width > 1]
        if wide:
            usual = max(set(wide), key=wide.count)
            score = (wide.count(usual) / len(widths), usual)
            if score > most:
                best, most = sign, score
    return best


def _rows(text: str, delimiter: str, skipped: int, name: str) -> list[Line]:
    csv.field_size_limit(LARGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found: list[Line] = []
    begun = 0
    try:
        for row in reader:
            if len(row) > MOST_COLUMNS and any(cell.strip() for cell in row[MOST_COLUMNS:]):
                raise Refusal(
                    f"Line {begun + 1 + skipped} of {name} has more than {MOST_COLUMNS} columns.",
                    "Leave out what is not needed. Nothing was changed.",
                )
            cells = tuple(cell.strip(" \t\n\u00a0\ufeff") for cell in row[:MOST_COLUMNS])
            if max(map(len, cells), default=0) > LONGEST_CELL:
                raise Refusal(
                    f"A cell that begins in line {begun + 1 + skipped} of {name} is too long: a quotation mark may be missing.",
                    "Mend that line and try again. Nothing was changed.",
                )
            if any(cells):
                found.append(Line(begun + 1 + skipped, cells))
            if len(found) > MOST_ROWS:
                raise Refusal(f"{name} has more than {MOST_ROWS:,} rows.", "Bring it in by parts. Nothing was changed.")
            begun = reader.line_num
    except csv.Error:
        raise Refusal(
            f"{name} cannot be read as csv at line {reader.line_num + skipped}.",
            "Save it again as CSV and try once more. Nothing was changed.",
        ) from None
    return found


def _table(rows: list[Line], encoding: str, delimiter: str, name: str) -> Table:
    width = _usual_width(rows)
    place = next((number for number, row in enumerate(rows) if _filled(row) >= max(1, (width + 1) // 2)), 0)
    notes = [f"{place} line{'s' if place > 1 else ''} above the header {'were' if place > 1 else 'was'} passed over."] if place else []
    header, body = list(rows[place].cells), rows[place + 1 :]
    merged = _merged(rows, place)
    if merged:
        header, body = merged, rows[place + 2 :]
        notes.append("The header stands in two rows; they were read as one.")
    elif place and _filled(rows[place - 1]) > 1 and _filled(rows[place - 1]) < _filled(rows[place]):
        groups = _spread(rows[place - 1].cells, len(header))
        header = [f"{group} {own}".strip() if own else group for group, own in zip(groups, header, strict=True)]
        notes = [*notes[:0], "The header stands in two rows; they were read as one."]
    while header and not header[-1] and not any(len(row.cells) >= len(header) and row.cells[len(header) - 1] for row in body):
        header.pop()
    if not header:
        raise Refusal(f"{name} has no header row.", "The first row has to say what the columns are. Nothing was changed.")
    names = _distinct(header)
    lines = tuple(Line(row.number, (*row.cells, *("",) * len(names))[: len(names)]) for row in body)
    longer = [row.number for row in body if any(row.cells[len(names) :])]
    if longer:
        notes.append(
            f"Line {longer[0]} has more cells than the header{f', and {len(longer) - 1} others' if longer[1:] else ''}: "
            "what stands there is not read."
        )
    return Table(names, tuple(line for line in lines if any(line.cells)), encoding, delimiter, tuple(notes))


def _usual_width(rows: list[Line]) -> int:
    widths = [_filled(row) for row in rows[:40]]
    return max(widths[: max(1, len(widths))], default=1)


def _filled(row: Line) -> int:
    return sum(1 for cell in row.cells if cell)


def _merged(rows: list[Line], place: int) -> list[str] | None:
    """The header of two rows as one: gaps in the upper row are filled from the left where the lower row has words; else None."""
    if place + 1 >= len(rows):
        return None
    upper, lower = rows[place].cells, rows[place + 1].cells
    gaps = [number for number, cell in enumerate(upper) if not cell and number < len(lower) and lower[number]]
    if not gaps or any(any(sign.isdigit() for sign in cell) or len(cell) > 60 for cell in lower) or "@" in "".join(lower):
        return None
    if len(rows) > place + 2 and _filled(rows[place + 1]) < _filled(rows[place + 2]) // 2:
        return None
    if 0 in gaps or _filled(rows[place + 1]) < 2:
        return None
    width = max(len(upper), len(lower))
    groups = _spread((*upper, *("",) * width)[:width], width)
    below = (*lower, *("",) * width)[:width]
    return [
        f"{group} {own}".strip() if own and own.casefold() != group.casefold() else (own or upper_cell)
        for group, own, upper_cell in zip(groups, below, (*upper, *("",) * width)[:width], strict=True)
    ]


def _spread(cells: Sequence[str], width: int) -> list[str]:
    """A merged cell stands once and is empty to its right: its words count for all of it."""
    found, last = [], ""
    for cell in (*cells, *("",) * width)[:width]:
        last = cell or last
        found.append(last)
    return found


def _distinct(header: Sequence[str]) -> tuple[str, ...]:
    """Every column has a name of its own: empty ones are called by their letter, repeated ones are counted."""
    found: list[str] = []
    for number, cell in enumerate(header):
        name = " ".join(cell.split()) or f"column {_letter(number)}"
        again = 2
        made = name
        while made.casefold() in {known.casefold() for known in found}:
            made, again = f"{name} ({again})", again + 1
        found.append(made)
    return tuple(found)


def _letter(number: int) -> str:
    """A column's letters as a spreadsheet shows them: 0 is A, 26 is AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
