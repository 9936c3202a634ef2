"""`import` as a person or a script gives it: tried, done, listed, taken back; exit codes and sentences."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

TITLES = "Our clients,,,\r\nApril 2020,,,\r\n,,,\r\nClient,,,Contact\r\nFirst name,Surname,DOB,Mobile\r\n"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """As Excel saves it in this country: cp1252, CRLF, titles, a header in two rows, trailing empties."""
    file = tmp_path / "people.csv"
    rows = "Zo\xeb,O\x92Brien,5/6/1984,7400123456\r\nBob,Ode,31/02/1990,\r\n,,,\r\nCat,Poe,5 June 1985,+44 7400 123457\r\n"
    file.write_bytes((TITLES + rows).encode("latin-1"))
    return file


def test_a_file_is_tried_brought_in_listed_and_taken_back(desk: Any, people: Path, tmp_path: Path) -> None:
    tried = desk("import", "participant", people, "--lot", "Shard End", "--dry-run")
    assert (tried["id"], tried["dry_run"], tried["taken"], tried["refused"], tried["known"]) == (None, True, 2, 1, 0)
    assert [line["line"] for line in tried["lines"]] == [6, 7, 9] and desk("list", "participant") == []
    done = desk("import", "participants", people, "--lot", "Shard End", "--report", tmp_path / "said.csv")
    assert sorted(row["name"] for row in desk("list", "participant")) == ["Cat Poe", "Zoë O’Brien"]
    said = list(csv.reader((tmp_path / "said.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert said[2][:3] == ["7", "refused", "Bob Ode"] and "not a day of the calendar" in said[2][3]
    assert [(row["id"], row["taken"], row["can_go"]) for row in desk("import", "list")] == [(done["id"], 2, True)]
    back = desk("import", "undo", done["id"])
    assert back["taken_back"] == 2 and [each["name"] for each in back["went"]] == ["Cat Poe", "Zoë O’Brien"]
    assert desk("list", "participant") == [] and desk("import", "list")[0]["taken_back_on"] == "2020-05-12"


def test_refusals_say_what_to_do_and_are_exit_code_1(run: Any, desk: Any, people: Path, tmp_path: Path) -> None:
    store = tmp_path / "desk.coachdesk"

    def said(*words: object) -> tuple[int, str]:
        answer = run("--store", store, "--today", "2020-05-12", *words)
        return answer.code, answer.err

    (tmp_path / "book.csv").write_bytes(b"PK\x03\x04rest")
    (tmp_path / "none.csv").write_bytes(b"Name,DOB\n,1/1/1980\nAnn,31/02/1990\n")
    assert said("import", "participant", tmp_path / "book.csv") == (
        1, "book.csv is an Excel or LibreOffice workbook, not a csv file. Open it, choose Save as, and save it as CSV."
           " Nothing was changed.\n")
    assert said("import", "participant", tmp_path / "gone.csv")[0] == 3
    assert said("import", "claim", people)[0] == 1 and said("import", "undo", "7")[0] == 1 and said("import", "participant")[0] == 1
    code, err = said("import", "participant", people)
    assert code == 1 and "No line of people.csv can be taken." in err
    answer = run("--store", store, "--json", "import", "participant", tmp_path / "none.csv", "--lot", "Shard End")
    assert answer.code == 1 and [line["state"] for line in json.loads(answer.out)["lines"]] == ["refused", "refused"]


def test_an_import_on_which_something_was_built_says_on_whom(run: Any, desk: Any, people: Path, tmp_path: Path) -> None:
    done = desk("import", "participant", people, "--lot", "Shard End")
    one = desk("list", "participant")[0]
    desk("do", "participant", "record consent", one["id"], "answer=given")
    refused = run("--store", tmp_path / "desk.coachdesk", "--today", "2020-05-13", "import", "undo", done["id"])
    assert refused.code == 1 and f"{one['reference']}, consent was recorded" in refused.err
    assert len(desk("list", "participant")) == 2


def test_columns_are_said_with_map_and_left_out_with_nothing(desk: Any, run: Any, tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("sep=;\nWer;Tel;Phone\nAnn Lee;07400 123456;wrong\n", encoding="utf-16")
    desk("import", "participant", file, "--lot", "Shard End", "--map", "Wer=name", "--map", "Phone=", "--map", "Tel=phone")
    assert [(row["name"], row["phone"]) for row in desk("list", "participant")] == [("Ann Lee", "07400 123456")]
