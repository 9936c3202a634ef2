"""A caseload handed over by command: looked at, split, handed over, taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.whole.conftest import Said

Run = Callable[..., Said]


def test_a_caseload_is_looked_at_split_and_handed_over_by_command(desk: Any, tmp_path: Path) -> None:
    for name in ("Ann Archer", "Dee Dunn", "Eve Ellis"):
        desk("add", "programme.member", f"name={name}", "role=coach", "from_day=2019-01-01")
    ids = [desk("add", "participant", f"name={name}", "lot=Shard End", "postcode=B34 7AA", "coach=Ann Archer")["id"]
           for name in ("Zoë Kowalska", "Sam O'Neill")]
    references = {row["id"]: row["reference"] for row in desk("list", "participant")}
    desk("add", "participant.follow_up", f"participant={ids[0]}", "due_on=2020-06-01", "what=ring about the CV", "coach=Ann Archer")
    before = desk("list", "programme.standing", "--where", "member=Ann Archer")
    assert [row["kind"] for row in before] == ["participant", "participant", "participant.follow_up"]
    done = desk("do", "programme.member", "hand-over", "Ann Archer", "to=Dee Dunn", "reason=leaves the team", "day=2020-05-12",
                f"split={references[ids[1]]}: Eve Ellis", "first_meeting_on=2020-05-20")
    assert done["result"] == {"people": 2, "things": 1, "first_meetings": 2, "left": 0}
    assert desk("list", "programme.standing", "--where", "member=Ann Archer") == []
    coaches = {row["id"]: row["coach"] for row in desk("list", "participant")}
    assert [coaches[id] for id in ids] == ["Dee Dunn", "Eve Ellis"]
    page = desk("report", "handover-briefs", "--coach", "Ann Archer", "--out", tmp_path / "briefs.pdf")
    assert (page["pages"], page["warnings"]) == (2, [])
    assert desk("report", "brief", "--participant", references[ids[0]], "--out", tmp_path / "brief.pdf")["pages"] == 1
    desk("undo")
    assert desk("list", "programme.standing", "--where", "member=Ann Archer") == before
