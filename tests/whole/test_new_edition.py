"""A newer edition by command line: what it would change is listed, nothing changes until the lead decides, one undo takes it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.rooms.place_zips import zipped
from tests.whole.conftest import Said

Desk = Callable[..., Any]
Run = Callable[..., Said]
HEAD = "pcds,doterm,oslaua,osward,usertype,oseast1m,osnrth1m\n"
ROWS = ("B34 7AA,,E08000025,E05011165,0,414000,288000\nB34 7AB,201904,E08000025,E05011165,0,414000,288000\n"
        "B34 7AD,,E08000025,E05011165,1,414000,288000\nB34 7AE,,E08000025,E99999999,0,414000,288000\n"
        "BT1 1AA,,N09000003,N08000313,0,333600,374200\nJE2 3AB,,L99999999,L99999999,0,,\n")


def test_what_a_newer_edition_would_change_is_listed_and_decided_one_by_one(desk: Desk, tmp_path: Path) -> None:
    for name, postcode in (("Asha Out", "CV10 0HJ"), ("Bert In", "CV10 0GN"), ("Cleo New", "CV10 9HE"), ("Emil Far", "B37 5TX")):
        desk("add", "participant", f"name={name}", "lot=Camp Hill", f"postcode={postcode}")
    before = desk("list", "participant.verdict")
    rows = desk("list", "participant.edition_review")
    assert {row["name"]: (row["stood"], row["would_be"]) for row in rows} == {
        "Asha Out": ("eligible by residence", "not eligible"), "Bert In": ("not eligible", "eligible by residence"),
        "Cleo New": ("check by hand", "eligible by residence")}
    assert {row["edition"] for row in rows} == {"2025.2.0"}
    assert desk("list", "participant.verdict") == before
    who = {row["name"]: row["reference"] for row in rows}
    desk("do", "participant.edition_review", "keep", who["Asha Out"], "reason=lived there at the start")
    assert desk("list", "participant.verdict") == before
    desk("do", "participant.edition_review", "decide again", who["Bert In"], "reason=the ward grew")
    assert len(desk("list", "participant.verdict")) == len(before) + 1
    said = {row["name"]: (row["decision"], row["reason"]) for row in desk("list", "participant.edition_review")}
    assert said == {"Cleo New": ("undecided", None), "Asha Out": ("kept", "lived there at the start"),
                    "Bert In": ("changed", "the ward grew")}
    assert [row["name"] for row in desk("list", "participant.edition_review", "--where", "decision=undecided")] == ["Cleo New"]
    desk("undo")
    assert desk("list", "participant.verdict") == before
    out = tmp_path / "review.pdf"
    desk("report", "edition-review", "--out", out)
    assert out.read_bytes().startswith(b"%PDF")


def test_a_lookup_says_what_a_postcode_cannot_tell(run: Run, tmp_path: Path) -> None:
    directory = zipped(tmp_path / "ONSPD.zip", {"Data/ONSPD_FEB_2026_UK.csv": (HEAD + ROWS).encode()})
    assert run("--json", "postcodes", "import", directory).json["postcodes"] == 6

    def said(postcode: str, on: str = "2026-06-01") -> Any:
        return run("--json", "postcodes", "lookup", postcode, "--on", on).json

    assert said("B34 7AA")["note"] == ""
    ended, large, bare = said("B34 7AB"), said("B34 7AD"), said("B34 7AE")
    assert (ended["terminated_on"], ended["note"][:24]) == ("2019-04", "It ended in April 2019: ")
    assert large["large_user"] is True and "sorting office" in large["note"]
    assert bare["ward_code"] is None and "has no ward in ONSPD, February 2026" in bare["note"]
    assert said("BT1 1AA")["ward_code"] == "N08000313"
    assert said("JE2 3AB")["ward_code"] is None
    gone, new, never = said("B34 7QX"), said("CV10 9HE", "2022-01-01"), said("B34 7AF", "2026-06-01")
    assert "no longer in ONSPD, February 2026" in gone["note"] or "is not in ONSPD, February 2026" in gone["note"]
    assert "it is new since this edition. Code-Point Open 2025.2.0, 22 April 2025 has it in Camp Hill ward" in new["note"]
    assert "Check it by hand." in never["note"]
    wrong = run("postcodes", "lookup", "B34 7A")
    assert (wrong.code, "is not a postcode" in wrong.err) == (1, True)


def test_eligibility_never_blocks_on_a_postcode_that_its_edition_does_not_hold(run: Run) -> None:
    new = run("--json", "eligibility", "CV10 9HE", "--lot", "Camp Hill", "--on", "2020-05-12").json
    assert (new["verdict"], new["method"], new["edition"]) == ("check by hand", "unknown postcode", "2021.4.0")
    assert "it is new since this edition" in new["sentence"]
    far = run("--json", "eligibility", "JE2 3AB", "--lot", "Camp Hill", "--on", "2020-05-12").json
    assert (far["verdict"], "holds no JE postcodes" in far["sentence"]) == ("check by hand", True)
