"""A month closed by commands alone: the board, the choice, the draft, what-if, the pack with its receipt, answers, agreement, cash."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl

LOT, MAY = ("--lot", "Cannock North"), ("--month", "2020-05")


def test_a_month_is_closed_sent_answered_and_agreed(desk: Any, run: Any, tmp_path: Path) -> None:
    lot = next(row["id"] for row in desk("list", "programme") if row["name"] == "Cannock North")
    person = desk("add", "participant", "name=Zoë Kowalska", "postcode=WS11 4AA", f"lot={lot}", "registered_on=2020-05-04")["id"]
    for day in ("2020-05-05", "2020-05-08", "2020-05-11"):
        desk("add", "activity", f"participant={person}", "minutes=40", "mode=face to face", "kind=CV & job search", f"happened_on={day}")
    board = desk("claim", "board", *LOT, *MAY)
    assert not board["is_complete"] and {row["state"] for row in board["coaches"]} <= {"not signed off"}
    desk("add", "claim.choice", f"lot={lot}", "month=2020-05", "choice=going ahead", "reason=the rest comes late")
    assert desk("claim", "board", *LOT, *MAY)["choices"][0]["reason"] == "the rest comes late"
    desk("add", "claim.pay_term", "days=14", "clause=9.1")

    supposed = desk("claim", "what-if", *LOT, *MAY, "--starts", "2", "--amount", "start=30000", today="2020-05-31")
    assert supposed["then"]["actual_pence"] - supposed["now"]["actual_pence"] >= 2 * 30_000
    drafted = desk("claim", "draft", *LOT, *MAY, today="2020-06-02")
    sent = desk("claim", "send", drafted["claim_id"], "--last-receipt", "0", today="2020-06-03")
    files = desk("claim", "pack", drafted["claim_id"], "--out", tmp_path / "pack", today="2020-06-03")["files"]
    assert [Path(name).name for name in files] == [f"claim-cannock-north-2020-05{end}" for end in (".pdf", ".xlsx", "-receipt.json")]
    receipt = json.loads(Path(files[2]).read_text(encoding="utf-8"))
    assert receipt["sha256"] == sent["receipt"] and "Zoë" not in json.dumps(receipt, ensure_ascii=False)
    pages = openpyxl.load_workbook(files[1])
    assert pages.sheetnames == ["Claim", "Lines", "Adjustments", "Not paid", "Floor", "Evidence", "Sign-off"]
    assert sum(round(cell.value * 100) for cell in pages["Lines"]["J"][1:-1]) == drafted["payable_pence"]
    assert desk("claim", "receipt", files[2], today="2020-06-03")["state"] == "agrees"

    cash = desk("claim", "cash", *LOT, today="2020-06-03")
    assert cash["rows"][0]["on"] == "2020-06-17" and cash["months"][0]["sent_not_yet_paid_pence"] == drafted["payable_pence"]
    (tmp_path / "r.csv").write_text("claim,lot,line,amount,answer,reason,paid on\n1,Cannock North,1,,rejected,=no slip,2020-06-20\n",
                                    encoding="cp1252")
    assert desk("claim", "remittance", tmp_path / "r.csv", "--dry-run", today="2020-06-20")["taken"] == 1
    assert desk("list", "claim.answer", today="2020-06-20") == []
    desk("claim", "remittance", tmp_path / "r.csv", today="2020-06-20")
    agreed = desk("claim", "agree", *LOT, *MAY, today="2020-06-20")
    for left, right, between in (("desk", "sent", "desk and sent"), ("sent", "paid", "sent and paid")):
        for unit in ("count", "pence"):
            gaps = sum(each[unit] for each in agreed["differences"] if each["between"] == between)
            assert agreed["total"][left][unit] + gaps == agreed["total"][right][unit]
    assert any(each["reason"] == "=no slip" for each in agreed["differences"])
    desk("do", "claim", "again", drafted["claim_id"], "line=1", "reason=slip found", today="2020-06-20")
    june = desk("claim", "show", *LOT, "--month", "2020-06", today="2020-06-30")
    assert "claimed again: rejected in the claim of May 2020" in {line["reason"] for line in june["lines"]}
    plain = run("--store", desk.store, "--today", "2020-06-20", "claim", "agree", *LOT, *MAY)
    assert plain.code == 0 and "rejected" in plain.out


def test_a_stale_draft_goes_out_with_a_word_on_how_much_it_is_behind(desk: Any, run: Any) -> None:
    lot = next(row["id"] for row in desk("list", "programme") if row["name"] == "Cannock North")
    drafted = desk("claim", "draft", *LOT, *MAY, today="2020-06-02")
    person = desk("add", "participant", "name=Zoë Kowalska", "postcode=WS11 4AA", f"lot={lot}", "registered_on=2020-05-04")["id"]
    desk("add", "activity", f"participant={person}", "minutes=40", "mode=face to face", "kind=travel", "happened_on=2020-05-05")
    said = run("--store", desk.store, "--today", "2020-06-03", "claim", "send", drafted["claim_id"])
    assert said.code == 0 and "This draft is out of date: " in said.err and "the rest goes into the next claim." in said.err
