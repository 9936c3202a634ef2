"""From the bytes of somebody's file to rows of text: what Excel, LibreOffice and old databases write as "csv".

Byte order marks, cp1252, UTF-16, semicolons, tabs, a `sep=` line, title lines above the header, a header in two rows with merged cells,
line breaks inside quotes. Nothing is interpreted here: a cell that looks like a formula is text. The file is read once and let go.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from coachdesk.errors import Refusal, Trouble
from coachdesk.exchange.csv_in.header import Header, header_of

LARGEST = 50 * 1024 * 1024  # bytes; ten thousand people are about two million
MOST_COLUMNS, MOST_ROWS, LONGEST_CELL = 300, 200_000, 20_000
_LONG_RECORD = 12  # lines of the file that one row may run over before it is told
_DELIMITERS = ",;\t|"
_END = "\ue000end of file\ue000"  # a row put after the last one: it is read as itself unless a quotation mark was left open
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069\ufffe\uffff\ue000]|[\ud800-\udfff]")
_WORKBOOKS = {
    b"PK\x03\x04": "an Excel or LibreOffice workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"{\\rt": "a Word document",
    b"<htm": "a web page",
    b"<!DO": "a web page",
    b"<?xm": "an XML file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
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


def read_file(file: Path, knows: Callable[[str], bool] | None = None) -> Table:
    """The rows of a file. Trouble when it cannot be read; Refusals as in read_bytes."""
    try:
        if file.stat().st_size > LARGEST:
            raise Refusal(f"{file.name} is larger than {LARGEST // 1024 // 1024} MB.", "Bring it in by parts. Nothing was changed.")
        content = file.read_bytes()
    except (OSError, ValueError) as problem:
        why = problem.strerror if isinstance(problem, OSError) and problem.strerror else "no file can have that name"
        raise Trouble(f"{file.name or 'That file'} cannot be read: {why.lower()}.", "Nothing was changed.") from None
    return read_bytes(content, file.name, knows)


def read_bytes(content: bytes, name: str = "The file", knows: Callable[[str], bool] | None = None) -> Table:
    """The rows of a file's bytes. knows: whether a cell is a word of a header, which finds the header below any title.

    Refusal for a workbook, an empty file, a file without columns, one with an open quotation mark, or one that is beyond all limits.
    """
    for start, what in _WORKBOOKS.items():
        if content.lstrip()[: len(start)].upper() == start.upper():
            raise Refusal(f"{name} is {what}, not a csv file.", "Open it, choose Save as, and save it as CSV. Nothing was changed.")
    text, encoding = _decoded(content)
    text, unseen = _UNSEEN.subn("", text)
    if unseen > 20 and unseen > len(text) // 20:
        raise Refusal(f"{name} is not a text file.", "Open it in the program it came from and save it as CSV. Nothing was changed.")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n").replace("\u2028", "\n")
    text, told, skipped = _sep_line(text)
    delimiter = told or _delimiter(text)
    rows, notes = _rows(text, delimiter, skipped, name)
    if not rows:
        raise Refusal(f"{name} is empty.", "Choose another file. Nothing was changed.")
    if unseen:
        notes.append(f"{unseen} sign{'s' if unseen > 1 else ''} that cannot be seen {'were' if unseen > 1 else 'was'} left out.")
    found = header_of([row.cells for row in rows], knows or (lambda _cell: False))
    if not any(found.names):
        raise Refusal(f"{name} has no header row.", "The first row has to say what the columns are. Nothing was changed.")
    return _table(rows[found.rows :], found, encoding, delimiter, notes)


def _decoded(content: bytes) -> tuple[str, str]:
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, "replace"), encoding
    pairs = content[:2000]
    for odd, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(pairs) > 20 and pairs[odd::2].count(0) > len(pairs) // 3:
            return content.decode(encoding, "replace"), "utf-16"
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


def _rows(text: str, delimiter: str, skipped: int, name: str) -> tuple[list[Line], list[str]]:
    csv.field_size_limit(LARGEST)
    whole = text if text.endswith("\n") else f"{text}\n"
    reader = csv.reader(io.StringIO(whole + _END, newline=""), delimiter=delimiter)
    found: list[Line] = []
    notes: list[str] = []
    begun = 0
    try:
        for row in reader:
            at, begun = begun + 1 + skipped, reader.line_num
            if row == [_END]:
                return found, notes
            if any(_END in cell for cell in row):
                raise Refusal(
                    f"A quotation mark that opens in line {at} of {name} is never closed.",
                    "Put the missing mark there, or take the single one out, and try again. Nothing was changed.",
                )
            if found and begun - at - skipped >= _LONG_RECORD and not notes:
                notes.append(f"Line {at} runs over {begun - at + 1 + skipped} lines of the file: a quotation mark may be missing there.")
            cells = _cells(row, at, name)
            if any(cells):
                found.append(Line(at, cells))
            if len(found) > MOST_ROWS:
                raise Refusal(f"{name} has more than {MOST_ROWS:,} rows.", "Bring it in by parts. Nothing was changed.")
    except csv.Error:
        raise Refusal(
            f"{name} cannot be read as csv at line {reader.line_num + skipped}.",
            "Save it again as CSV and try once more. Nothing was changed.",
        ) from None
    return found, notes


def _cells(row: list[str], at: int, name: str) -> tuple[str, ...]:
    if len(row) > MOST_COLUMNS and any(cell.strip() for cell in row[MOST_COLUMNS:]):
        raise Refusal(f"Line {at} of {name} has more than {MOST_COLUMNS} columns.", "Leave out what is not needed. Nothing was changed.")
    # a longer cell than any field may hold is cut here; its line is refused if that column is read
    return tuple(cell.strip(" \t\n\u00a0\ufeff")[:LONGEST_CELL] for cell in row[:MOST_COLUMNS])


def _table(body: list[Line], header: Header, encoding: str, delimiter: str, odd: list[str]) -> Table:
    cells = list(header.names)
    while len(cells) > 1 and not cells[-1] and not any(row.cells[len(cells) - 1 :][:1] not in ((), ("",)) for row in body):
        cells.pop()
    names = _distinct(cells)
    notes = [*header.notes, *odd]
    longer = [row.number for row in body if any(row.cells[len(names) :])]
    if longer:
        others = f", and {len(longer) - 1} other{'s' if longer[2:] else ''}" if longer[1:] else ""
        notes.append(f"Line {longer[0]} has more cells than the header{others}: what stands there is not read.")
    lines = [Line(row.number, (*row.cells, *("",) * len(names))[: len(names)]) for row in body]
    again = [line.number for line in lines if _is_header_again(line.cells, cells)]
    if again:
        notes.append(f"The header stands again in line {again[0]}{', and further down' if again[1:] else ''}: passed over.")
    kept = tuple(line for line in lines if any(line.cells) and not _is_header_again(line.cells, cells))
    return Table(names, kept, encoding, delimiter, tuple(notes))


def _is_header_again(cells: tuple[str, ...], header: list[str]) -> bool:
    if len([cell for cell in cells if cell]) < 2:
        return False
    return all(mine.casefold() == its.casefold() for mine, its in zip(cells, header, strict=True))


def _distinct(header: list[str]) -> tuple[str, ...]:
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
