"""A remittance by csv: as Excel and old finance systems write it, tried first, taken once however often it comes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from coachdesk.claim import queries
from coachdesk.errors import Refusal
from coachdesk.exchange import remittance
from tests.rooms.conftest import desk, desk_template, shelf  # noqa: F401
from tests.rooms.people import enrol
from tests.rooms.test_claim import JOB, MARCH, START, THREE, helped, hired, send_month, shown


@pytest.fixture
def march(desk: Any) -> UUID:  # noqa: F811
    person = desk.act(lambda s: enrol(s, desk.shard_end))
    for day in (3, 10, 17):
        desk.act(helped(person, date(2020, 3, day)))
    desk.act(hired(person, date(2020, 3, 30)))
    return send_month(desk, MARCH)


def take(desk: Any, file: Path, text: str | bytes, **more: Any) -> remittance.Report:  # noqa: F811
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return remittance.take(desk.store, desk.owner, file, **more)


def test_lines_paid_queried_and_rejected_come_in_once_and_a_trial_changes_nothing(desk: Any, march: UUID, tmp_path: Path) -> None:  # noqa: F811
    text = ("Claim No.;Lot;Line;Amount paid;Status;Reason;Payment date\r\n1;shard end;1;£250.00;Paid;;12/05/2020\r\n"
            "1;Shard End;2;;Rejected;Slip of 10/03 unsigned – see note;12/05/2020\r\n1;Shard End;3;;Query;=HYPERLINK(1);12 May 2020\r\n")
    content = b"\xef\xbb\xbf" + text.encode()
    tried = take(desk, tmp_path / "r.csv", content, is_trial=True)
    assert [row.state for row in tried.rows] == ["taken"] * 3
    assert desk.see(queries.answers) == []
    done = take(desk, tmp_path / "r.csv", text.encode("cp1252"))
    assert done.sentence(is_trial=False) == "3 taken, £250.00 of it paid; 0 as before, 0 refused."
    rows = {row.line: (row.answer, row.amount, row.on, row.reason) for row in desk.see(queries.answers)}
    assert rows == {1: ("paid", START, date(2020, 5, 12), None),
                    2: ("rejected", None, date(2020, 5, 12), "Slip of 10/03 unsigned – see note"),
                    3: ("queried", None, date(2020, 5, 12), "=HYPERLINK(1)")}
    assert take(desk, tmp_path / "r.csv", content).count("as before") == 3
    assert len(desk.see(queries.answers)) == 3
    assert shown(desk, MARCH)["status"] == "sent"
    take(desk, tmp_path / "r.csv", f"claim,lot,line,amount,date\n1,Shard End,3,{JOB / 100},2020-05-12\n")
    found = shown(desk, MARCH)
    assert (found["status"], found["paid_pence"], found["paid_on"]) == ("paid", START + JOB, "2020-05-12")


def test_a_whole_claim_by_id_or_month_and_lines_by_their_long_id(desk: Any, march: UUID, tmp_path: Path) -> None:  # noqa: F811
    long = shown(desk, MARCH)["lines"][1]["id"]
    took = take(desk, tmp_path / "r.csv", f'"claim id","line id","amount"\n{march},{long},"£400.00"\n')
    assert [row.says for row in took.rows] == ["Shard End 2020-03, claim 1, line 2: paid £400.00"]
    took = take(desk, tmp_path / "r.csv", "month,amount,on\n2020-03,\"1,550.00\",12/05/2020\n", lot="Shard End")
    assert took.count("taken") == 1
    assert shown(desk, MARCH)["paid_pence"] == START + THREE + JOB
    assert take(desk, tmp_path / "r.csv", "month,amount,on\n2020-03,1550.00,12/05/2020\n", lot="Shard End").count("as before") == 1


def test_rows_that_cannot_be_right_are_refused_each_with_its_reason(desk: Any, march: UUID, tmp_path: Path) -> None:  # noqa: F811
    took = take(desk, tmp_path / "r.csv", "claim,lot,line,amount,answer,reason,on\n9,Shard End,1,1.00,,,\n1,Shard End,99,1.00,,,\n"
                "1,Shard End,1,lots,,,\n1,Shard End,1,,perhaps,,\n1,Nowhere,1,1.00,,,\n1,Shard End,1,1.00,,,2031-01-01\n,,1,1.00,,,\n"
                "1,Shard End,x,1.00,,,\n1,Shard End,1,,,,\n")
    assert [row.state for row in took.rows] == ["refused"] * 9
    assert all(row.says.endswith(".") for row in took.rows)
    assert desk.see(queries.answers) == []
    for text in ("name,day\nx,y\n", "", "claim,note\n1,x\n"):
        with pytest.raises(Refusal):
            take(desk, tmp_path / "r.csv", text)
    with pytest.raises(Refusal, match="not a csv file"):
        take(desk, tmp_path / "r.csv", b"PK\x03\x04....")


def test_negative_amounts_as_ledgers_write_them() -> None:
    assert [remittance._pence(text) for text in ("-12.00", "(12.00)", "£-12", "−12.0", "1,234.5", "£ 7")] == [
        -1200, -1200, -1200, -1200, 123_450, 700]
