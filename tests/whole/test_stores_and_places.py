"""Stores, places and editions as the command line meets them: odd paths, two at once, imports by region, faults."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coachdesk.cli import catalogue
from tests.whole.conftest import PASSPHRASE, Said

Run = Callable[..., Said]


def test_without_a_store_the_one_of_the_users_folder_is_meant(run: Run, parts: Any) -> None:
    assert run("init", "--programme", "one-estate", "--owner", "Ann Owner").code == 0
    assert parts.places.default_store.exists()
    assert [row["name"] for row in run("--json", "list", "programme").json] == ["Tower Row"]


def test_a_place_that_can_hold_no_store_is_trouble_in_one_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "letter.txt").write_text("Dear all")
    for place in (tmp_path / "folder", tmp_path / "letter.txt", tmp_path / ("n" * 300), "a\x00b", "", tmp_path / "no" / "such"):
        said = run("--store", place, "check")
        assert (said.code, said.out, said.err.count("\n")) == (3, "", 1), place
        assert "went wrong" not in said.err, said.err
    assert "is a folder" in run("--store", tmp_path / "folder", "check").err
    for place in (tmp_path / "folder", tmp_path / ("n" * 300), tmp_path / "letter.txt" / "below.coachdesk"):
        said = run("--store", place, "init", "--programme", "one-estate", "--owner", "Ann")
        assert said.code in (1, 3), place
        assert "went wrong" not in said.err, said.err
    assert [each.name for each in sorted(tmp_path.iterdir()) if each.name != "home"] == ["folder", "letter.txt"]


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_may_not_be_written_is_trouble(run: Run, tmp_path: Path) -> None:
    shut = tmp_path / "shut"
    shut.mkdir(mode=0o500)
    assert run("--store", shut / "x.coachdesk", "init", "--programme", "one-estate", "--owner", "Ann").code == 3


def test_a_fault_of_the_program_is_said_without_what_was_in_its_hands(run: Run, parts: Any, desk: Any) -> None:
    def broken(_question: str) -> str:
        raise RuntimeError("Zoë Übel, AB123456C")

    parts.ask_passphrase = broken
    said = run("--store", desk.store, "list", "participant")
    assert said.code == 3
    assert "RuntimeError" in said.err
    assert "Zoë" not in said.err


def test_what_is_kept_cannot_command_a_terminal(run: Run, desk: Any) -> None:
    from coachdesk.cli.values import shown

    assert shown("a\x1b[31mred\u202e") == "a\\u001b[31mred\\u202e"
    assert "\x1b" not in run("--store", desk.store, "list", "a\x1b[31mred").err


def test_a_store_open_elsewhere_keeps_working_while_commands_write(run: Run, desk: Any, parts: Any) -> None:
    window = parts.open_store(desk.store, PASSPHRASE)
    try:
        for number in range(3):
            desk("add", "partner", f"name=By command {number}", "kind=library", "lots=Shard End")
            window.act(
                window.desk.owner,
                "By the window",
                lambda session, n=number: catalogue.added(session, "partner", [f"name=By window {n}", "kind=library", "lots=Shard End"]),
            )
        with window.read() as session:
            assert len(catalogue.rows(session, "partner", None, [], None)) == 6
    finally:
        window.close()
    checked = desk("check")
    assert (checked["integrity"], checked["digest"]) == ("ok", checked["replay_digest"])
    assert len(desk("list", "partner")) == 6


def test_a_store_that_another_is_writing_is_waited_for_or_said(run: Run, desk: Any, parts: Any) -> None:
    window = parts.open_store(desk.store, PASSPHRASE)
    try:
        with window.change(window.desk.owner, "A long change") as session:
            catalogue.added(session, "partner", ["name=Held", "kind=library", "lots=Shard End"])
            session.flush()
            assert run("--store", desk.store, "--json", "list", "partner").json == [], "reading never waits, and sees nothing half-done"
    finally:
        window.close()
    assert [row["name"] for row in desk("list", "partner")] == ["Held"]


def test_postcodes_are_imported_by_region_and_progress_stays_off_a_pipe(run: Run, shared_data: Path) -> None:
    edition = shared_data / "codepoint-open" / "codepo_west_midlands_2014.zip"
    taken = run("--json", "postcodes", "import", edition, "--region", "b, cv")
    assert taken.code == 0
    assert taken.err == ""
    assert taken.json["edition"] == "2014.3.0"
    assert {area for row in run("--json", "postcodes", "editions").json if row["edition"] == "2014.3.0" for area in row["areas"]} == {
        "B",
        "CV",
    }
    found = run("--json", "postcodes", "lookup", "b330aj", "--on", "2015-01-01").json
    assert (found["postcode"], found["ward_code"], found["ward_name"], found["edition"]) == (
        "B33 0AJ",
        "E05001203",
        "Shard End",
        "2014.3.0",
    )
    assert run("--json", "eligibility", "B8 2AA", "--lot", "washwood", "--on", "2019-05-01").json["verdict"] == "eligible by residence"
    for region in ("ZZ", "B34", "B;CV"):
        said = run("postcodes", "import", edition, "--region", region)
        assert (said.code, said.out) == (1, "")


def test_the_terminal_sees_progress(run: Run, shared_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda _self: True, raising=False)
    taken = run("--json", "postcodes", "import", shared_data / "codepoint-open" / "codepo_west_midlands_2014.zip", "--region", "CV")
    assert taken.code == 0
    assert "\r" in taken.err
    assert json.loads(taken.out)["edition"] == "2014.3.0"


def test_a_key_file_that_is_gone_is_trouble_that_names_it(run: Run, desk: Any) -> None:
    Path(f"{desk.store}.key").unlink()
    said = run("--store", desk.store, "check")
    assert said.code == 3
    assert f"{desk.store.name}.key" in said.err


def test_a_new_passphrase_is_typed_twice_and_two_that_differ_make_nothing(run: Run, parts: Any, tmp_path: Path) -> None:
    typed = iter(["heron beside the lock", "heron beside the rock"])
    parts.ask_passphrase = lambda _question: next(typed)
    said = run("--store", tmp_path / "new.coachdesk", "init", "--programme", "one-estate", "--owner", "Ann")
    assert (said.code, "not the same" in said.err) == (1, True)
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith("new")] == []


def test_without_a_terminal_a_piped_line_is_the_passphrase_and_nothing_is_trouble(
    run: Run, desk: Any, parts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts.ask_passphrase = None
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSPHRASE}\n"))
    assert run("--store", desk.store, "list", "partner").code == 0
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    said = run("--store", desk.store, "list", "partner")
    assert (said.code, said.err) == (3, "No passphrase was given. Type it at the prompt, or set COACHDESK_PASSPHRASE for a script.\n")


def test_a_region_that_names_no_area_is_refused(run: Run, tmp_path: Path) -> None:
    said = run("postcodes", "import", tmp_path / "none.zip", "--region", " , ")
    assert said.code == 1
    assert "names no postcode area" in said.err


def test_a_letter_is_no_store(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all")
    assert "letter.txt is not a CoachDesk store" in run("--store", tmp_path / "letter.txt", "check").err


def test_an_owner_without_a_name_to_be_seen_makes_no_store(run: Run, tmp_path: Path) -> None:
    for name in ("\u200b", "Ann\u202eOwner", "Ann\udc80", "n" * 201):
        assert run("--store", tmp_path / "x.coachdesk", "init", "--programme", "one-estate", "--owner", name).code == 1
    assert not [each for each in tmp_path.iterdir() if each.name.startswith("x.")]
