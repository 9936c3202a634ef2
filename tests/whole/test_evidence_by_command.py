"""`evidence add` and `evidence get`, as a script uses them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coachdesk.activity.rules.evidence import PROVES, WAYS
from coachdesk.cli.parser import make_parser
from tests.rooms.test_evidence import LETTER
from tests.whole.conftest import Said


def test_a_file_is_added_to_a_job_listed_verified_and_taken_out_again(run: Callable[..., Said], desk: Any, tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(LETTER)
    person = desk("add", "participant", "lot=Shard End", "name=Zoë Kowalska", "postcode=B34 7AA")["id"]
    job = desk("add", "activity.job", f"participant={person}", "started_on=2020-05-12", "employer=Bakery", "title=Baker",
               "hours_a_week=20")["id"]
    made = desk("evidence", "add", tmp_path / "letter.pdf", "activity.job", job, "proves=job started", "how=sent by the employer",
                "dated=2020-05-11")
    assert (made["media"], made["bytes"]) == ("PDF", len(LETTER)) and "11 May 2020" in made["warning"]
    (row,) = desk("list", "activity.evidence")
    assert (row["id"], row["proves"], row["state"], row["file_name"]) == (made["id"], "job started", "not verified yet", "letter.pdf")
    desk("do", "activity.evidence", "verify", made["id"])
    out = tmp_path / "out.pdf"
    assert desk("evidence", "get", made["id"], "--out", out)["bytes"] == len(LETTER) and out.read_bytes() == LETTER
    assert run("--store", desk.store, "evidence", "get", made["id"], "--out", out).code == 1
    seen = desk("add", "activity.evidence", f"participant={person}", "proves=identity", "how=original seen, no copy")
    assert run("--store", desk.store, "evidence", "get", seen["id"], "--out", tmp_path / "no.pdf").code == 1
    assert run("--store", desk.store, "evidence", "add", tmp_path / "none.pdf", "activity.job", job, "proves=pay", "how=sent").code == 3
    assert run("--store", desk.store, "evidence", "add", tmp_path / "letter.pdf", "partner", job, "proves=pay", "how=sent").code == 1
    assert desk("check")["integrity"] == "ok"


def test_the_help_lists_what_a_proof_may_prove_and_how_it_may_be_obtained(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        make_parser().parse_args(["evidence", "add", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert left.value.code == 0
    for word in (*PROVES, *WAYS):
        assert word in said
