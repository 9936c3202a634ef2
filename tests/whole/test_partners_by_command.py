"""`partners import` and `partners export`, as a script uses them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.whole.conftest import Said

FEED = Path(__file__).parent.parent / "exchange" / "data" / "two_services.json"
Run = Callable[..., Said]


def test_a_feed_is_tried_brought_in_given_out_and_taken_back(desk: Any, tmp_path: Path) -> None:
    tried = desk("partners", "import", FEED, "--dry-run", "--lot", "shard end")
    assert (tried["dry_run"], tried["id"], tried["services"]["new"], desk("list", "partner")) == (True, None, 2, [])
    told = desk("partners", "import", FEED, "--lot", "shard end")
    assert (told["organisations"]["new"], told["services"]["new"], told["problems"]) == (1, 2, [])
    assert [row["lots"] for row in desk("list", "partner")] == [["Shard End"]]
    assert {row["status"] for row in desk("list", "partner.service")} == {"active", "temporarily closed"}
    again = desk("partners", "import", FEED)
    assert (again["taken"], again["id"], again["services"]["as_before"]) == (0, None, 2)
    out = tmp_path / "out.json"
    assert desk("partners", "export", out)["contents"] == 2
    assert {each["id"] for each in json.loads(out.read_text("utf-8"))["contents"]} == {
        each["id"] for each in json.loads(FEED.read_text("utf-8"))["contents"]}
    assert desk("partners", "export", out, "--form", "organizations")["contents"] == 1
    assert desk("partners", "export", out, "--lot", "camp hill")["contents"] == 0
    assert desk("import", "undo", told["id"])["already_gone"] == 0
    assert desk("list", "partner.service") == []
    assert desk("check")["integrity"] == "ok"


def test_a_broken_feed_is_refused_with_its_path_and_a_dry_run_lists_every_problem(run: Run, desk: Any, tmp_path: Path) -> None:
    document = json.loads(FEED.read_text("utf-8"))
    del document["contents"][0]["status"], document["contents"][0]["x_local_code"]
    document["contents"][1]["name"] = 5
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(document), "utf-8")
    ops = desk("check")["ops"]
    said = run("--store", desk.store, "--json", "partners", "import", broken)
    assert (said.code, said.out) == (1, "")
    assert "broken.json cannot be taken in: $.contents[0].status is missing" in said.err and said.err.count("\n") == 1
    said = run("--store", desk.store, "--json", "partners", "import", broken, "--dry-run")
    assert said.code == 1
    assert [each["path"] for each in said.json["problems"]] == ["$.contents[0].status", "$.contents[1].name"]
    assert desk("check")["ops"] == ops


@pytest.mark.parametrize(("words", "code", "says"), [
    (("import", "missing.json"), 3, "cannot be read"), (("import", "."), 3, "not a file"),
    (("export", "no/such/folder/x.json"), 3, "written"),
    (("export", "x.json", "--form", "haiku"), 1, "not a form"), (("import", FEED, "--lot", "Atlantis"), 1, "Atlantis"),
    (("import",), 2, ""), ((), 2, "")])
def test_what_cannot_be_is_said_in_a_sentence(run: Run, desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                             words: tuple[Any, ...], code: int, says: str) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("--store", desk.store, "partners", *words)
    assert (said.code, said.out) == (code, "")
    assert says in said.err and "Traceback" not in said.err
