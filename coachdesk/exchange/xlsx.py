"""Workbooks: every cell has a type, and no text of anybody's becomes a formula. Opens in LibreOffice, Excel and Numbers.

Money is whole pence inside and pounds with two decimals in the cell; days and months are dates with a format. Text is always typed as
text and marked as quoted, whatever it begins with; signs that a workbook cannot hold are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from coachdesk.clock import first_day

TEXT, WRAPPED, DAY, MONTH, MONEY, COUNT = "text", "wrapped", "day", "month", "money", "count"
_FORMATS = {DAY: "d mmm yyyy", MONTH: "mmm yyyy", MONEY: '"£"#,##0.00;[Red]"−£"#,##0.00', COUNT: "#,##0"}
_CANNOT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
_ESCAPED = re.compile("_x[0-9A-Fa-f]{4}_")
_LONGEST = 32_000      # a cell holds 32,767 signs
_NOT_A_NAME = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what its cells are (TEXT, WRAPPED, DAY, MONTH, MONEY in pence, COUNT), and its width in characters."""

    heading: str
    kind: str = TEXT
    width: int = 14


@dataclass(frozen=True)
class Sheet:
    """A sheet: columns and rows, each cell in its column's kind, None for an empty one. `total`: a last row in bold."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    total: Sequence[Any] | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled value on a sheet of facts."""

    label: str
    kind: str
    value: Any


@dataclass(frozen=True)
class Facts:
    """A sheet of labelled values, one a row."""

    name: str
    facts: Sequence[Fact]


def book(sheets: Sequence[Sheet | Facts], title: str, made_at: datetime) -> bytes:
    """The workbook's bytes."""
    import openpyxl

    made = openpyxl.Workbook()
    made.remove(made.active)
    made.properties.title, made.properties.creator = _text(title), "CoachDesk"
    made.properties.created = made.properties.modified = made_at.replace(tzinfo=None, microsecond=0)
    for sheet in sheets:
        page = made.create_sheet(_NOT_A_NAME.sub(" ", sheet.name)[:31])
        (_write_facts if isinstance(sheet, Facts) else _write_sheet)(page, sheet)
        page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
        page.page_setup.paperSize = page.PAPERSIZE_A4
        page.sheet_properties.pageSetUpPr.fitToPage = True
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _write_sheet(page: Any, sheet: Any) -> None:
    from openpyxl.utils import get_column_letter

    for at, column in enumerate(sheet.columns, 1):
        _put(page.cell(1, at), TEXT, column.heading, bold=True, fill=True)
        page.column_dimensions[get_column_letter(at)].width = column.width
    rows = [(row, False) for row in sheet.rows] + ([(sheet.total, True)] if sheet.total is not None else [])
    for down, (row, bold) in enumerate(rows, 2):
        for at, (column, value) in enumerate(zip(sheet.columns, row, strict=True), 1):
            _put(page.cell(down, at), TEXT if bold and isinstance(value, str) else column.kind, value, bold=bold)
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"


def _write_facts(page: Any, sheet: Any) -> None:
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 30, 70
    _put(page.cell(1, 1), TEXT, "What", bold=True, fill=True)
    _put(page.cell(1, 2), TEXT, "Value", bold=True, fill=True)
    for down, fact in enumerate(sheet.facts, 2):
        _put(page.cell(down, 1), TEXT, fact.label, bold=True)
        _put(page.cell(down, 2), fact.kind, fact.value, left=True)
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"


def _put(cell: Any, kind: str, value: Any, *, bold: bool = False, fill: bool = False, left: bool = False) -> None:
    """One cell in its kind."""
    from openpyxl.styles import Alignment, Font, PatternFill

    if bold:
        cell.font = Font(bold=True)
    if fill:
        cell.fill = PatternFill("solid", fgColor="E6ECEB")
    wraps = kind == WRAPPED or fill
    across = "left" if left else None
    cell.alignment = Alignment(horizontal=across, vertical="top", wrap_text=wraps)
    if value is None:
        return
    if kind in (TEXT, WRAPPED):
        if words := _text(value):
            cell.value = words
            cell.data_type = "s"      # openpyxl has guessed a formula or an error from its first signs
            cell.quotePrefix = True
        return
    cell.value = _typed(kind, value)
    cell.number_format = _FORMATS[kind]


def _typed(kind: str, value: Any) -> Any:
    if kind == MONEY:
        return Decimal(int(value)).scaleb(-2)
    if kind == MONTH:
        return first_day(value)
    if kind == DAY:
        return value if type(value) is date else value.date()
    return int(value)


def _text(value: Any) -> str:
    """A text as a workbook can hold it; what would be read as an escaped sign is escaped itself."""
    words = _CANNOT.sub("", str(value))[:_LONGEST]
    return _ESCAPED.sub(lambda found: f"_x005F{found[0]}", words)
