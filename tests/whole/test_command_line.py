"""The command line as a contract: exit codes, sentences, JSON keys."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.whole.conftest import PASSPHRASE, Said

Run = Callable[..., Said]


def test_a_postcode_is_looked_up_without_store_or_passphrase(run: Run) -> None:
    said = run("--json", "postcodes", "lookup", "b34 7aa", "--on", "2020-05-12")
    assert said.code == 0
    assert said.json == {"postcode": "B34 7AA", "ward_code": "E05011165", "ward_name": "Shard End", "district_code": "E08000025",
                         "edition": "2021.4.0", "terminated_on": None, "large_user": None, "boundary_with": [], "note": ""}


def test_an_unknown_postcode_is_a_sentence_and_no_ward(run: Run) -> None:
    said = run("postcodes", "lookup", "B34 9ZZ")
    assert said.code == 0
    assert "Check it by hand" in said.out


@pytest.mark.parametrize(("words", "code"), [
    (("postcodes", "lookup", "not one"), 1), (("eligibility", "B34 7AA", "--lot", "Atlantis"), 1),
    (("postcodes", "import", "nowhere.zip"), 3),
    (("frobnicate",), 2), (("claim", "show"), 2), (("--store", "nowhere.coachdesk", "check"), 3), (("describe", "kitchen"), 1)])
def test_every_way_of_failing_has_its_exit_code_and_one_sentence(run: Run, words: tuple[str, ...], code: int) -> None:
    said = run(*words)
    assert said.code == code
    assert said.err.strip()
    assert "Traceback" not in said.err


def test_eligibility_carries_every_key_that_scripts_rely_on(run: Run) -> None:
    told = run("--json", "eligibility", "B34 7AA", "--lot", "shard end", "--on", "2020-05-12").json
    assert set(told) >= {"postcode", "lot", "on", "verdict", "ward_code", "ward_name", "edition", "method", "sentence", "nearest"}
    assert told["verdict"] == "eligible by residence"


def test_washwood_heath_says_which_edition_to_import(run: Run) -> None:
    told = run("--json", "eligibility", "B34 7AA", "--lot", "washwood heath", "--on", "2020-05-12").json
    assert told["verdict"] == "check by hand"
    assert "2014" in told["sentence"]


def test_describe_names_fields_with_their_units(run: Run) -> None:
    found = {row["kind"]: row for row in run("--json", "describe").json}
    assert {"programme", "partner.venue", "outreach.session", "outreach.contact", "participant", "referral", "claim"} <= set(found)
    minutes = next(field for row in found.values() for field in row["fields"] if field["name"] == "minutes")
    assert minutes["unit"] == "minutes"


def test_init_shows_a_recovery_code_that_opens_the_store(run: Run, parts: Any, tmp_path: Path) -> None:
    store = tmp_path / "new.coachdesk"
    made = run("--store", store, "--json", "init", "--programme", "connecting-communities", "--owner", "Robin Ashdown").json
    parts.ask_passphrase = lambda _question: made["recovery_code"].lower()
    assert run("--store", store, "check").code == 0


def test_a_wrong_passphrase_is_a_plain_sentence(run: Run, desk: Any, parts: Any) -> None:
    parts.ask_passphrase = lambda _question: "something else"
    said = run("--store", desk.store, "list", "programme")
    assert said.code == 3
    assert said.err.startswith("That passphrase does not open this store.")


def test_init_refuses_a_store_that_is_there(run: Run, desk: Any) -> None:
    before = desk.store.read_bytes()
    said = run("--store", desk.store, "init", "--programme", "connecting-communities", "--owner", "Somebody")
    assert said.code == 1
    assert desk.store.read_bytes() == before


def test_a_broken_template_leaves_nothing_behind(run: Run, tmp_path: Path) -> None:
    template = tmp_path / "broken.toml"
    template.write_text('name = "X"\n')
    assert run("--store", tmp_path / "x.coachdesk", "init", "--programme", template, "--owner", "Ann").code == 1
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("x.")] == []


def test_check_backup_restore_and_undo(run: Run, desk: Any, tmp_path: Path) -> None:
    desk("add", "partner", "name=Shard End Library", "kind=library", "lots=Shard End")
    checked = desk("check")
    assert checked["integrity"] == "ok"
    assert checked["digest"] == checked["replay_digest"]
    desk("backup", tmp_path / "desk.backup")
    assert desk("undo")["undone"] == "Add partner"
    assert desk("list", "partner") == []
    assert run("--store", tmp_path / "again.coachdesk", "restore", tmp_path / "desk.backup").code == 0
    again = run("--store", tmp_path / "again.coachdesk", "--json", "list", "partner").json
    assert [row["name"] for row in again] == ["Shard End Library"]


def test_search_finds_in_spite_of_a_slip_and_says_what_is_only_similar(run: Run, desk: Any, tmp_path: Path) -> None:
    made = desk("add", "participant", "name=Zoë Kowalska", "lot=shard end", "postcode=B34 7AA")["id"]
    assert [(hit["id"], hit["is_alike"]) for hit in desk("search", "kowal", "zoe")] == [(made, False)]
    assert [(hit["id"], hit["is_alike"]) for hit in desk("search", "Kowalsak")] == [(made, True)]
    said = run("--store", tmp_path / "desk.coachdesk", "--today", "2020-05-12", "search", "Kowalsak").out
    assert said.startswith("Zoë Kowalska · CW-") and said.endswith(f"· Shard End · similar\n    participant {made}\n")
    assert run("--store", tmp_path / "desk.coachdesk", "--today", "2020-05-12", "search", "qqq").out == "none\n"


def test_the_log_tells_who_changed_what_and_why(desk: Any) -> None:
    made = desk("add", "partner", "name=Shard End Library", "kind=library", "lots=Shard End")
    told = desk("audit", "partner", made["id"])
    assert [(row["who"], row["reason"], row["deed"]) for row in told] == [("Robin Ashdown", "Add partner", "made")]


def test_the_program_answers_its_version_in_a_process_of_its_own(repository: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "coachdesk", "--version"], check=False, capture_output=True, text=True, timeout=60, cwd=repository)
    assert told.returncode == 0
    assert told.stdout.startswith("coachdesk ")


def test_whoever_reads_only_the_first_lines_is_no_trouble(repository: Path) -> None:
    with subprocess.Popen([sys.executable, "-m", "coachdesk", "--json", "describe"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          cwd=repository) as told:
        assert told.stdout and told.stderr
        told.stdout.close()  # as `| head` does, before anything is printed
        assert told.stderr.read() == b""
    assert told.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_an_answer_that_finds_no_room_is_trouble_in_one_sentence(repository: Path) -> None:
    with Path("/dev/full").open("w") as full:
        told = subprocess.run([sys.executable, "-m", "coachdesk", "describe"], check=False, stdout=full, stderr=subprocess.PIPE, text=True,
                              timeout=60, cwd=repository)
    assert told.returncode == 3
    assert told.stderr.startswith("The answer could not be written") and told.stderr.count("\n") == 1


def test_the_passphrase_comes_from_the_environment_for_scripts(desk: Any, repository: Path) -> None:
    import os

    told = subprocess.run([sys.executable, "-m", "coachdesk", "--store", str(desk.store), "--json", "list", "programme"], check=False,
                          capture_output=True, text=True, timeout=60, cwd=repository, env=os.environ | {"COACHDESK_PASSPHRASE": PASSPHRASE})
    assert told.returncode == 0, told.stderr
    assert "Shard End" in told.stdout


def test_a_backup_is_restored_by_a_process_that_has_opened_no_store(desk: Any, repository: Path, tmp_path: Path) -> None:
    import os

    desk("add", "participant", "name=Ana Bell", "lot=Shard End")
    desk("backup", tmp_path / "kept.backup")
    words = ["--store", str(tmp_path / "anew.coachdesk"), "restore", str(tmp_path / "kept.backup")]
    told = subprocess.run([sys.executable, "-m", "coachdesk", *words], check=False, capture_output=True, text=True, timeout=60,
                          cwd=repository, env=os.environ | {"COACHDESK_PASSPHRASE": PASSPHRASE})
    assert told.returncode == 0, told.stderr
