"""Two laptops by command line alone: a team, six words, work that goes both ways, a choice, a lost laptop, the printed code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.whole.conftest import Said


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    made = tmp_path / "shared"
    made.mkdir()
    return made


@pytest.fixture
def joined(run: Callable[..., Said], desk: Any, shared: Path, tmp_path: Path) -> Callable[..., Any]:
    """A second laptop that was let in; joined("sync") runs a command on it."""
    desk("team", "create", shared)
    store = tmp_path / "amina" / "amina.coachdesk"
    asked = run("--store", store, "--json", "team", "join", shared, "--owner", "Amina Yusuf")
    assert asked.code == 0, asked.err

    def command(*words: object) -> Any:
        said = run("--store", store, "--today", "2020-05-12", "--json", *words)
        assert said.code == 0, said.err
        return said.json

    assert command("sync")["state"] == "joining" and len(asked.json["words"].split()) == 6 and asked.json["recovery_code"]
    waiting = command("sync", "status")
    assert (waiting["state"], waiting["words"]) == ("saved here", asked.json["words"])
    (asking,) = desk("team", "members")["asking"]
    assert asking["words"] == asked.json["words"] and asking["name"] == "Amina Yusuf"
    assert desk("team", "admit", *asked.json["words"].split(), "--name", "Amina Yusuf")["role"] == "coach"
    assert command("sync")["state"] == "done"
    command.store = store  # type: ignore[attr-defined]
    return command


def test_work_goes_both_ways_and_both_laptops_agree(desk: Any, joined: Callable[..., Any]) -> None:
    person = desk("add", "participant", "lot=Shard End", "name=Zoë Kowalska", "postcode=B34 7AA")["id"]
    told = desk("sync")
    assert told["state"] == "done" and told["sent"] > 0 and {"received", "conflicts", "parked"} <= told.keys()
    assert joined("sync")["received"] > 0
    assert [row["id"] for row in joined("list", "participant")] == [person]
    joined("add", "participant.follow_up", f"participant={person}", "due_on=2020-05-20", "what=Ring about the interview")
    joined("sync")
    assert desk("sync")["received"] > 0
    assert desk("check")["digest"] == joined("check")["digest"] == desk("check")["replay_digest"]
    joined("sync")
    desk("sync")
    status = desk("sync", "status")
    assert status["state"] == "safe" and [one["name"] for one in status["laptops"]] == ["Amina Yusuf"] and status["parked"] == 0


def test_two_values_are_listed_and_one_is_chosen(run: Callable[..., Said], desk: Any, joined: Callable[..., Any]) -> None:
    person = desk("add", "participant", "lot=Shard End", "name=Zoë Kowalska", "postcode=B34 7AA", "phone=0121 496 0101")["id"]

    def tear(here: str, there: str) -> Any:
        for laptop in (joined, desk, joined):
            laptop("sync")
        desk("do", "participant", "change", person, f"phone={here}")
        joined("do", "participant", "change", person, f"phone={there}")
        joined("sync")
        desk("sync")
        joined("sync")
        return desk("sync")

    assert tear("0121 496 0202", "0121 496 0303")["conflicts"] == 1
    (one,) = desk("sync", "conflicts")
    assert (one["id"], one["field"], one["says"], one["title"]) == (person, "phone", "Telephone", "Zoë Kowalska")
    other = next(voice for voice in one["voices"] if not voice["stands"])
    assert run("--store", desk.store, "sync", "choose", person, "phone").code == 1
    assert run("--store", desk.store, "sync", "choose", person, "phone", "--take", 7).code == 1
    desk("sync", "choose", person, "phone", "--take", other["n"])
    assert desk("list", "participant")[0]["phone"] == other["value"] and desk("sync", "conflicts") == []
    assert run("--store", desk.store, "sync", "choose", person, "phone", "--take", 1).code == 1
    desk("undo")                                        # what stood before the choice stands again
    assert desk("list", "participant")[0]["phone"] != other["value"]
    assert tear("0121 496 0606", "0121 496 0505")["conflicts"] == 1
    desk("sync", "choose", person, "phone", "--value", "0121 496 0404")
    assert desk("list", "participant")[0]["phone"].replace(" ", "") == "01214960404" and desk("sync", "conflicts") == []


def test_a_lost_laptop_is_cut_off_and_those_on_it_are_listed(run: Callable[..., Said], desk: Any, joined: Callable[..., Any]) -> None:
    desk("add", "participant", "lot=Shard End", "name=Zoë Kowalska", "postcode=B34 7AA")
    desk("sync")
    joined("sync")
    other = next(one for one in desk("team", "members")["members"] if not one["is_self"])
    assert [row["name"] for row in desk("team", "lost", other["device"])["people"]] == ["Zoë Kowalska"]
    assert run("--store", joined.store, "--json", "sync").code == 1  # type: ignore[attr-defined]
    assert run("--store", desk.store, "team", "lost", other["device"]).code == 1


def test_the_printed_code_makes_a_lead_s_laptop_anew(run: Callable[..., Said], desk: Any, shared: Path, tmp_path: Path) -> None:
    code = desk("team", "create", shared)["recovery_code"]
    desk("add", "participant", "lot=Shard End", "name=Zoë Kowalska", "postcode=B34 7AA")
    desk("sync")
    new = tmp_path / "new" / "new.coachdesk"
    assert run("--store", new, "team", "recover", shared, "--owner", "Robin Ashdown", "--code", "not a code").code == 1
    said = run("--store", new, "team", "recover", shared, "--owner", "Robin Ashdown", "--code", code)
    assert said.code == 0, said.err
    assert "Zoë Kowalska" in run("--store", new, "list", "participant").out


def test_every_refusal_says_what_to_do_next(run: Callable[..., Said], desk: Any, shared: Path, tmp_path: Path) -> None:
    for words, code in ((("sync",), 1), (("sync", "--with", tmp_path / "none"), 1), (("team", "create", tmp_path / "none"), 3),
                        (("sync", "--with", "postgresql://hub"), 1), (("team", "members"), 0), (("sync", "status"), 0)):
        said = run("--store", desk.store, *words)
        assert said.code == code, (words, said)
        assert code == 0 or said.err.count(".") >= 2, (words, said.err)
    desk("team", "create", shared)
    assert run("--store", desk.store, "team", "create", shared).code == 1
    (shared / "FORMAT.txt").rename(tmp_path / "FORMAT.txt")
    for rest in sorted(shared.rglob("*"), reverse=True):
        rest.rmdir() if rest.is_dir() else rest.unlink()
    shared.rmdir()
    assert run("--store", desk.store, "sync").code == 3
