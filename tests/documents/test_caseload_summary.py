"""The caseload summary: rows in order, totals that agree, furniture on each page, names right or said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from coachdesk.documents import faces
from coachdesk.documents.caseload import caseload_summary
from coachdesk.errors import Refusal, Trouble
from tests.documents.paper import PRINTED, person, printed, totals


def test_every_page_says_which_it_is_who_printed_it_and_when() -> None:
    lines = [person(number) for number in range(90)]
    paper, _, pages = printed(lambda out: caseload_summary(lines, totals(lines), PRINTED, out))
    assert paper.pages == len(pages) > 2 and not paper.warnings
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text
        assert "Printed by Hannah Whitfield on 15 July 2020 at 14:05" in text
        assert "Caseload summary" in text and "Connecting Communities" in text and "July 2020" in text
        assert "Confidential" in text and "CoachDesk" in text and "What is next" in text


def test_every_person_stands_on_paper_once() -> None:
    lines = [person(number) for number in range(130)]
    _, _, pages = printed(lambda out: caseload_summary(lines, totals(lines), PRINTED, out))
    assert sorted(re.findall(r"SE-\d{5}", " ".join(pages))) == [line.reference for line in lines]


def test_overdue_comes_first_then_due_then_the_next_day_then_the_name() -> None:
    lines = [person(1, "Zoë Adams"), person(2, "Ann Brown", next_on=None), person(3, "Ann Clark", next_on=date(2020, 7, 30)),
             person(4, "Bea Dunn", "due"), person(5, "Cy Ellis", "overdue"), person(6, "Al Frost"),
             person(7, "Di Green", "overdue", date(2020, 7, 1))]
    _, _, pages = printed(lambda out: caseload_summary(lines, totals(lines), PRINTED, out))
    assert [int(number) for number in re.findall(r"SE-0000(\d)", pages[0])] == [7, 5, 4, 3, 6, 1, 2]
    assert pages[0].count("Overdue") == 3 and pages[0].count("Due") == 2       # a total and the rows: words, not colour alone


def test_the_totals_stand_on_the_page() -> None:
    lines = [person(1, state="overdue"), person(2, verdict="check by hand"), person(3, verdict="not eligible", meaningful="3 of 3")]
    _, _, pages = printed(lambda out: caseload_summary(lines, totals(lines), PRINTED, out))
    block = pages[0][:pages[0].index("State")].split("\n")
    labels = ("People", "Overdue", "Eligible", "Check by hand", "Not eligible", "Job outcomes")
    told = {label: block[block.index(label) - 1].strip() for label in labels}
    assert told == {"People": "3", "Overdue": "1", "Eligible": "1", "Check by hand": "1", "Not eligible": "1", "Job outcomes": "4"}


@pytest.mark.parametrize("field", ["people", "overdue", "due", "eligible", "by_hand", "not_eligible", "reached_three"])
def test_totals_that_disagree_with_the_rows_are_refused_and_nothing_is_written(field: str, tmp_path: Path) -> None:
    lines = [person(1), person(2)]
    right = totals(lines)
    with pytest.raises(Refusal, match="Nothing was printed"):
        caseload_summary(lines, replace(right, **{field: getattr(right, field) + 1}), PRINTED, tmp_path / "caseload.pdf")
    assert not list(tmp_path.iterdir())


def test_names_with_diacritics_can_be_found_in_the_file() -> None:
    names = ["Świętosława Żółć", "Nguyễn Thị Hương", "Þórður Ægisson", "Ștefan Țurcanu", "Olúwaṣeun Adébáyọ̀"]
    lines = [person(number, name) for number, name in enumerate(names)]
    paper, _, pages = printed(lambda out: caseload_summary(lines, totals(lines), PRINTED, out))
    assert all(name in pages[0] for name in names[:4]) and "Olúwaṣeun" in pages[0]
    assert not paper.warnings


@pytest.fixture(autouse=True, scope="module")
def fonts_of_the_packages_alone() -> Iterator[None]:
    """What this computer happens to have must not decide."""
    faces.use_faces(faces.Faces(folders=(), name="CaseloadTest"))
    yield
    faces.use_faces(None)


def test_a_name_that_cannot_be_drawn_is_said_on_paper_and_to_the_window() -> None:
    lines = [person(1, "রহিম"), person(2)]
    paper, _, pages = printed(lambda out: caseload_summary(lines, totals(lines), PRINTED, out))
    assert "Bengali" in pages[0] and pages[0].count("SE-00001") == 2
    assert len(paper.warnings) == 1 and paper.warnings[0].startswith("SE-00001") and "রহিম" not in paper.warnings[0]


def test_a_sample_says_so_on_each_page_and_a_real_print_does_not() -> None:
    lines = [person(number) for number in range(60)]
    _, _, real = printed(lambda out: caseload_summary(lines, totals(lines), PRINTED, out))
    _, _, sample = printed(lambda out: caseload_summary(lines, totals(lines), replace(PRINTED, is_sample=True), out))
    assert not any("SAMPLE" in text for text in real) and all("SAMPLE" in text for text in sample)


def test_a_lot_and_coach_named_in_the_header_get_no_column() -> None:
    lines = [person(1)]
    _, _, pages = printed(lambda out: caseload_summary(lines, totals(lines), replace(PRINTED, lot="Shard End", coach="Dev Patel"), out))
    assert pages[0].count("Shard End") == 1 and pages[0].count("Dev Patel") == 1


def test_an_empty_caseload_prints_a_page_that_says_so() -> None:
    paper, _, pages = printed(lambda out: caseload_summary([], totals([]), PRINTED, out))
    assert paper.pages == 1 and "No open people" in pages[0]


def test_the_same_rows_make_the_same_file_whatever_was_printed_before() -> None:
    lines = [person(1, "हरप्रीत सिंह"), person(2, "x\u030c Ann")]
    others = [person(3, "क्षमता ज्ञान")]
    first = printed(lambda out: caseload_summary(lines, totals(lines), PRINTED, out))[1]
    printed(lambda out: caseload_summary(others, totals(others), PRINTED, out))
    assert printed(lambda out: caseload_summary(lines, totals(lines), PRINTED, out))[1] == first


def test_the_file_says_what_it_is() -> None:
    _, content, _ = printed(lambda out: caseload_summary([], totals([]), PRINTED, out))
    about = PdfReader(BytesIO(content)).metadata
    assert about is not None and about.title == "Caseload summary" and about.author == "Connecting Communities"


def test_a_folder_that_is_gone_is_a_plain_sentence(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=r"could not be saved as caseload\.pdf"):
        caseload_summary([], totals([]), PRINTED, tmp_path / "gone" / "caseload.pdf")


def test_a_saved_file_replaces_the_old_one_whole(tmp_path: Path) -> None:
    path = tmp_path / "caseload.pdf"
    path.write_bytes(b"old")
    caseload_summary([person(1)], totals([person(1)]), PRINTED, path)
    assert path.read_bytes().startswith(b"%PDF") and [file.name for file in tmp_path.iterdir()] == ["caseload.pdf"]


HOSTILE = ["\u202eevil\u202c (Tj) ET \\", ") Tj ET Q (", "A" * 4000, "l" + "\u0301" * 500, "\ud800x", "<b>bold</b>&amp;",
           "=cmd|' /C calc'!A0", "🙂 Zoë",
           "\x00\x07\x1b[31m", "ﷺ﷽", "a\u00a0b", "𝕬𝖓𝖓"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_any_cell_stays_text(text: str) -> None:
    hostile = replace(person(1), name=text, lot=text, coach=text, next_what=text, verdict=text, meaningful=text, reference=text)
    lines = [hostile, person(2, "Ann Brown")]
    whom = replace(PRINTED, by=text, programme=text, lot=text, coach=text, month=text)
    paper, _, pages = printed(lambda out: caseload_summary(lines, totals(lines), whom, out))
    assert paper.pages == 1 and "Ann Brown" in pages[0] and "Page 1 of 1" in pages[0]


@settings(max_examples=25)
@given(st.lists(st.tuples(st.text(max_size=40), st.sampled_from(["overdue", "due", ""])), max_size=40))
def test_any_caseload_prints_with_as_many_pages_as_promised(people: list[tuple[str, str]]) -> None:
    lines = [person(number, name, state) for number, (name, state) in enumerate(people)]
    out = BytesIO()
    paper = caseload_summary(lines, totals(lines), PRINTED, out)
    assert paper.pages == len(PdfReader(BytesIO(out.getvalue())).pages)


def test_words_other_than_names_that_cannot_be_drawn_are_told_to_the_window_once() -> None:
    lines = [replace(person(number), next_what="電話", coach="電話") for number in range(3)]
    paper, _, pages = printed(lambda out: caseload_summary(lines, totals(lines), replace(PRINTED, by="রহিম"), out))
    assert len(paper.warnings) == 1 and "cannot be printed" in paper.warnings[0]
    assert "[4 letters in Bengali script this page cannot print]" in pages[0]
