"""Workbooks: typed cells, and hostile text that stays text, read back as a spreadsheet reads it."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coachdesk.clock import month_from_text
from coachdesk.exchange.xlsx import COUNT, DAY, MONEY, MONTH, TEXT, WRAPPED, Column, Fact, Facts, Sheet, book

NOW = datetime(2020, 7, 15, 12, tzinfo=UTC)
COLUMNS = (Column("What", TEXT, 20), Column("Why", WRAPPED, 40), Column("On", DAY), Column("Month", MONTH), Column("Sum", MONEY),
           Column("Of", COUNT))
HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x", "=HYPERLINK(\"http://x\")",
           "=cmd|' /C calc'!A0", "#N/A", "#REF!", "TRUE", "1e5", "2020-05-01",
           "007", "_x0041_", "{=1}", "\x00=1", "a\x0bb", "\ud800", "<b>&amp;", "'=1", "")


def back(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def plain(text: str) -> str:
    """What a spreadsheet shows of a text: signs that XML cannot hold are gone, line ends are one kind, escaped escapes are themselves."""
    clean = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]", "", text)
    return re.sub("\r\n|\r", "\n", re.sub("_x005F(_x[0-9A-Fa-f]{4}_)", r"\1", clean))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40), st.sampled_from(HOSTILE).flatmap(
    lambda start: st.text(max_size=12).map(lambda rest: start + rest))), min_size=1, max_size=4))
@example(list(HOSTILE))
def test_no_text_becomes_a_formula_an_error_or_a_number(texts: list[str]) -> None:
    content = book([Sheet("S", (Column("A", TEXT), Column("B", WRAPPED)), [(text, text) for text in texts]),
                    Facts("F", [Fact(text, TEXT, text) for text in texts])], texts[0], NOW)
    read = back(content)
    for sheet in read:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n") and not (cell.data_type == "n" and cell.value is not None)
    for text, (one, two) in zip(texts, back(content)["S"].iter_rows(min_row=2), strict=True):
        for cell in (one, two):
            assert plain(cell.value or "") == plain(text)
            assert cell.quotePrefix or not plain(text)
    parts = zipfile.ZipFile(BytesIO(content))
    assert all(b"<f>" not in parts.read(name) and b"<f " not in parts.read(name) for name in parts.namelist() if "worksheets" in name)


def test_days_months_money_and_counts_are_typed_and_money_is_exact() -> None:
    content = book([Sheet("Lines", COLUMNS, [("a", "b", date(2020, 5, 4), month_from_text("2020-03"), -123_456_789, 12_345)],
                          ("All", None, None, None, 1, None))], "Claim", NOW)
    page = back(content)["Lines"]
    what, _why, on, month, money, count = page[2]
    assert what.data_type == "s"
    assert (on.value.date(), on.is_date, month.value.date(), month.number_format) == (date(2020, 5, 4), True, date(2020, 3, 1), "mmm yyyy")
    assert (money.value, money.data_type, count.value) == (-1234567.89, "n", 12_345)
    assert "0.00" in money.number_format
    assert page["E3"].value == 0.01 and page["A3"].font.bold
    assert page.freeze_panes == "A2" and page.column_dimensions["B"].width == 40


@given(st.integers(-10**11, 10**11))
@settings(max_examples=30, deadline=None)
def test_pounds_come_back_as_the_pence_that_went_in(pence: int) -> None:
    (value,) = [cell.value for cell in back(book([Sheet("M", (Column("Sum", MONEY),), [(pence,)])], "M", NOW))["M"]["A"]][1:]
    assert round(value * 100) == pence
