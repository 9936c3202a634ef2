"""Files as small charities have them: read, or refused in one sentence; never a crash."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.errors import Refusal, Trouble
from coachdesk.exchange.csv_in.cells import day_of, harmless, near_day_of, yes_no_of
from coachdesk.exchange.csv_in.columns import CONTACTS, PARTNERS, PEOPLE, TARGETS, is_header_word, reader, suggested
from coachdesk.exchange.csv_in.reading import read_bytes, read_file

TODAY = date(2020, 5, 12)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_delimiters_and_line_ends_of_every_program_are_read(encoding: str, delimiter: str, newline: str) -> None:
    rows = [["Name", "Post code", "Note"], ["Zoë O’Brien", "B34 7AG", f"rang{delimiter} twice"], ["José", "", "£9.50"]]
    text = newline.join(delimiter.join(f'"{cell}"' for cell in row) for row in rows) + newline
    table = read_bytes(text.encode(encoding))
    assert table.header == ("Name", "Post code", "Note")
    assert [line.cells for line in table.lines] == [tuple(row) for row in rows[1:]]
    assert [line.number for line in table.lines] == [2, 3]


def test_lines_are_counted_as_an_editor_counts_them_also_after_a_break_inside_quotes() -> None:
    table = read_bytes(b'sep=;\r\nName;Note\r\nAnn;"two\r\nlines"\r\n\r\nBob;x\r\n')
    assert [(line.number, line.cells[0]) for line in table.lines] == [(3, "Ann"), (6, "Bob")]
    assert table.delimiter == ";"


def test_titles_above_the_header_and_a_header_in_two_rows_are_understood() -> None:
    table = read_bytes(b"Our client list,,,,\nApril 2020,,,,\nClient,,,Contact details,\nFirst name,Surname,DOB,Phone,Email\n"
                       b"Ann,Lee,01/02/1980,07700 900123,a@b.org\n")
    assert table.header == ("Client First name", "Client Surname", "Client DOB", "Contact details Phone", "Contact details Email")
    assert [line.cells[1] for line in table.lines] == ["Lee"]
    assert suggested(PEOPLE, table.header) == {"Client First name": "given name", "Client Surname": "family name", "Client DOB": "born_on",
                                               "Contact details Phone": "phone", "Contact details Email": "email"}
    assert any("two rows" in note for note in table.notes)


def test_repeated_and_empty_columns_have_names_of_their_own_and_long_lines_are_told() -> None:
    table = read_bytes(b"Name,Phone,phone,,\nAnn,1,2,3,\nBob,1,2,,,,extra\n")
    assert table.header == ("Name", "Phone", "phone (2)", "column D")
    assert any("more cells" in note for note in table.notes)


@pytest.mark.parametrize(("content", "says"), [
    (b"", "empty"), (b" \r\n,,,\r\n", "empty"), (b"PK\x03\x04xx", "workbook"), (b"\xd0\xcf\x11\xe0xx", "workbook"), (b"%PDF-1.7", "PDF"),
    (b"<html><table>", "web page"), (b'Name,Phone\nAnn,"0740\nBob,1\n', "opens in line 2"), (b",".join([b"a"] * 400), "300 columns"),
])
def test_what_is_no_csv_is_refused_in_one_sentence(content: bytes, says: str) -> None:
    with pytest.raises(Refusal, match=says):
        read_bytes(content)


def test_a_file_that_is_not_there_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(Trouble):
        read_file(tmp_path / "none.csv")
    with pytest.raises(Trouble):
        read_file(tmp_path)


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_no_bytes_whatever_crash_the_reader(content: bytes) -> None:
    try:
        table = read_bytes(content)
    except Refusal as refusal:
        assert refusal.sentence.endswith(".")
        return
    assert table.header
    assert all(len(line.cells) == len(table.header) for line in table.lines)
    for kind in (PEOPLE, CONTACTS, PARTNERS):
        mapping = suggested(kind, table.header)
        assert set(mapping) == set(table.header)
        read = reader(kind, mapping, table.header)
        for line in table.lines:
            try:
                read(line.cells, TODAY)
            except ValueError as wrong:
                assert str(wrong)


@pytest.mark.parametrize(("text", "day"), [
    ("31/12/1980", date(1980, 12, 31)), ("1/2/80", date(1980, 2, 1)), ("01.02.05", date(2005, 2, 1)), ("31-Dec-80", date(1980, 12, 31)),
    ("1st March 1990", date(1990, 3, 1)), ("1980-12-31", date(1980, 12, 31)), ("1980-12-31 00:00:00", date(1980, 12, 31)),
    ("29586", date(1980, 12, 31)), ("29586.0", date(1980, 12, 31)), ("12 may 2020", TODAY),
])
def test_days_are_read_day_first_in_every_common_form(text: str, day: date) -> None:
    assert day_of(text, TODAY) == day


@pytest.mark.parametrize("text", ["12/31/1980", "31/02/1980", "yesterday", "1980", "99/99/99", "0/0/0", "12//80", "7e9"])
def test_a_day_that_is_none_or_month_first_is_refused_and_never_turned_round(text: str) -> None:
    with pytest.raises(ValueError, match=r"month-first|not a day"):
        day_of(text, TODAY)


def test_ticks_are_yes_and_other_words_are_neither() -> None:
    assert [yes_no_of(word, TODAY) for word in ("Y", "yes", "✓", "No", "0")] == [True, True, True, False, False]
    with pytest.raises(ValueError, match="neither"):
        yes_no_of("maybe", TODAY)


@pytest.mark.parametrize(("kind", "header", "fields"), [
    (PEOPLE, ["Surname", "Forename", "D.O.B.", "NINO", "Post Code", "Mobile No", "Key Worker", "Ward"],
     ["family name", "given name", "born_on", "ni_number", "postcode", "phone", "coach", "lot"]),
    (PEOPLE, ["Client Name", "Tel", "E-mail Address", "Shoe size"], ["name", "phone", "email", ""]),
    (PEOPLE, ["Personal Name", "Personal Postcode", "Contact Phone"], ["name", "postcode", "phone"]),
    (PEOPLE, ["Employer name", "Phone"], ["", "phone"]),
    (PEOPLE, ["Name", "First name", "Last name"], ["", "given name", "family name"]),
    (CONTACTS, ["Date", "Venue", "Contact name", "Phone", "Interested in"], ["held_on", "venue", "name", "phone", "topics"]),
    (PARTNERS, ["Organisation", "Type", "Contact", "Tel", "Email"], ["name", "kind", "contact_name", "contact_phone", "contact_email"]),
])
def test_columns_are_recognised_by_the_words_that_charities_use(kind: str, header: list[str], fields: list[str]) -> None:
    assert list(suggested(kind, header).values()) == fields
    assert {name for name in fields if name} <= {each.name for each in TARGETS[kind]}


def known(cell: str) -> bool:
    return is_header_word(PEOPLE, cell)


@pytest.mark.parametrize(("rows", "header", "first"), [
    ("Name,DOB\nAnn,1/1/1980\n", ("Name", "DOB"), "Ann"),
    ("Hope House\nClients seen April 2020,,,printed 1/5/2020\n\nName,DOB,Phone,Notes\nAnn,,,\n", ("Name", "DOB", "Phone", "Notes"), "Ann"),
    ("Name,,Date of birth,Contact,\nFirst,Last,,Phone,Email\nAnn,Lee,1/1/1980,0740,a@b.org\n",
     ("Name First", "Name Last", "Date of birth", "Contact Phone", "Contact Email"), "Ann"),
    ("Name,DOB,Address,,,Phone\n,,Street,Town,Postcode,\nAnn,1/1/1980,High St,Bham,B34 7AA,1\n",
     ("Name", "DOB", "Address Street", "Address Town", "Address Postcode", "Phone"), "Ann"),
    ("Name,Phone,,\nAnn,0740,,\nBob,,x,y\n", ("Name", "Phone", "column C", "column D"), "Ann"),
    ("Name\nAnn\n", ("Name",), "Ann"),
])
def test_the_header_is_found_by_its_words_below_titles_and_in_two_rows(rows: str, header: tuple[str, ...], first: str) -> None:
    table = read_bytes(rows.encode(), knows=known)
    assert table.header == header and table.lines[0].cells[0] == first


def test_what_cannot_be_seen_is_left_out_and_said_and_a_repeated_header_is_passed_over() -> None:
    table = read_bytes(b"Name,DOB\nA\x00nn\x1b[31m,1/1/1980\nName,DOB\nBob,1/1/1981\n", knows=known)
    assert [line.cells[0] for line in table.lines] == ["Ann[31m", "Bob"]
    assert any("2 signs that cannot be seen" in note for note in table.notes)
    assert any("stands again in line 3" in note for note in table.notes)


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03" * 500, b"\x7fELF" + bytes(range(256)) * 20, b"\x89PNG\r\n\x1a\nrest"])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(Refusal, match=r"not a text file|a picture"):
        read_bytes(content)


def test_a_huge_cell_and_three_hundred_columns_are_read_and_a_row_over_many_lines_is_told() -> None:
    table = read_bytes(b"Name,Note\nAnn," + b"x" * 100_000 + b"\nBob,y\n")
    assert [line.number for line in table.lines] == [2, 3] and len(table.lines[0].cells[1]) == 20_000
    assert len(read_bytes(b",".join([b"a"] * 300) + b"\n" + b",".join([b"1"] * 300)).header) == 300
    assert any("a quotation mark may be missing" in note for note in read_bytes(b'Name,Note\nAnn,"a' + b"\n" * 15 + b'b"\nBob,\n').notes)


def test_utf_16_without_a_mark_is_read_in_both_orders() -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        assert read_bytes("Name,Date of birth\nAnn Lee,5/6/1984\n".encode(encoding)).header == ("Name", "Date of birth")


def test_two_figures_of_a_year_that_may_be_to_come_mean_the_nearest_such_year() -> None:
    assert near_day_of("1/3/21", TODAY) == date(2021, 3, 1) and near_day_of("1/3/19", TODAY) == date(2019, 3, 1)
    assert day_of("1/3/21", TODAY) == date(1921, 3, 1)


@pytest.mark.parametrize(("header", "field"), [
    ("Client DOB", "born_on"), ("Date of birth (dd/mm/yyyy)", "born_on"), ("Contact details: Email", "email"), ("GDPR consent", ""),
    ("Consent", ""), ("Contact", ""), ("Telephone number (home)", "phone"),
])
def test_the_end_of_a_header_and_the_longest_word_decide(header: str, field: str) -> None:
    assert suggested(PEOPLE, [header]) == {header: field}


@given(st.text(max_size=30))
@settings(max_examples=200, deadline=None)
def test_no_cell_that_is_written_begins_as_a_formula(text: str) -> None:
    assert harmless(text).lstrip(" ")[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n"} or harmless(text).startswith("'")
