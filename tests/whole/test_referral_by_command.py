"""A referral's way out and home by command: outside options, a code, an appointment, drafts and calendar files, the ledger on paper."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from tests.whole.conftest import Said

Run = Callable[..., Said]


def furnish(desk: Any) -> None:
    desk("add", "partner", "name=Money Advice", "kind=debt or advice service", "lots=Shard End", "email=advice@example.org")
    desk("add", "partner", "name=Skills House", "kind=college or training provider", "lots=Shard End", "is_own_provision=yes")
    desk("add", "participant", "name=Zoë Kowalska", "lot=Shard End", "postcode=B34 7AA", "consent_partners=given",
         "registered_on=2020-01-06")


def send(desk: Any, day: str, *more: str) -> str:
    made: str = desk("add", "referral", "participant=Zoë Kowalska", "partner=Money Advice", "need=debts with three lenders",
                     "return_condition=money plan agreed", "kind_of_help=debt", *more, today=day)["id"]
    return made


def test_a_referral_goes_out_and_comes_home(desk: Any, run: Run, tmp_path: Path) -> None:
    furnish(desk)
    said = run("--store", desk.store, "--today", "2020-05-12", "add", "referral", "participant=Zoë Kowalska", "partner=Skills House",
               "need=debts", "kind_of_help=money & debt")
    assert said.code == 1 and "Outside: Money Advice. Say why" in said.err
    referral = send(desk, "2020-05-12")
    code = desk("list", "referral")[0]["reply_code"]
    visit = desk("add", "referral.visit", f"referral={code}", "on_day=2020-05-20", "at=9.30", "place=2 Church Road")["id"]
    ics = tmp_path / "visit.ics"
    desk("report", "referral-ics", "--referral", code, "--out", ics)
    assert "DTSTART;TZID=Europe/London:20200520T093000" in ics.read_text("utf-8") and "SEQUENCE:0" in ics.read_text("utf-8")
    desk("do", "referral.visit", "move", visit, "at=14:00")
    desk("report", "referral-ics", "--referral", code, "--out", ics)
    assert "T140000" in ics.read_text("utf-8") and "SEQUENCE:1" in ics.read_text("utf-8")
    eml = tmp_path / "mail.eml"
    desk("report", "referral-email", "--referral", referral, "--out", eml)
    message = email.message_from_bytes(eml.read_bytes(), policy=email.policy.default)
    assert (message["To"], code in str(message["Subject"])) == ("advice@example.org", True)
    assert "Kowalska" not in eml.read_text("utf-8")
    for letter in "AR":
        desk("add", "referral.reply", f"code={code}", f"answer={letter}")
    desk("do", "referral", "come home", referral, today="2020-05-14")
    (task,) = desk("list", "participant.follow_up")
    assert (task["due_on"], task["what"]) == ("2020-05-21", "Back from Money Advice: money plan agreed. Plan the next step together.")
    assert desk("check")["integrity"] == "ok"


def test_a_sheet_by_command_names_the_persons_lot_and_is_filed_as_it_went_out(desk: Any, tmp_path: Path) -> None:
    furnish(desk)
    referral = send(desk, "2020-05-12")
    sheet = tmp_path / "sheet.pdf"
    told = desk("report", "referral-sheet", "--referral", referral, "--out", sheet)
    (filed,) = desk("list", "referral.filed")
    assert (filed["id"], filed["referral"], filed["pages"], filed["size"]) == (told["filed"], referral, 1, sheet.stat().st_size)
    words = PdfReader(sheet).pages[0].extract_text()
    assert "Shard End" in words and "All lots" not in words
    assert "filed" not in desk("report", "referral-sheet", "--referral", referral, "--not-filed", "--out", sheet)
    assert len(desk("list", "referral.filed")) == 1


def test_consent_without_a_privacy_notice_is_warned_of_on_stderr(desk: Any, run: Run) -> None:
    said = run("--store", desk.store, "--today", "2020-05-12", "add", "participant", "name=Ann Lee", "lot=Shard End", "postcode=B34 7AA",
               "consent_partners=given")
    assert said.code == 0 and said.out.strip() and "No privacy notice is written down" in said.err
    said = run("--store", desk.store, "--today", "2020-05-12", "add", "participant", "name=Bo Reed", "lot=Shard End", "postcode=B34 7AA",
               "consent_partners=given", "notice_version=2")
    assert (said.code, said.err) == (0, "")


def test_what_cannot_go_out_is_said_in_a_sentence(desk: Any, run: Run, tmp_path: Path) -> None:
    furnish(desk)
    referral = send(desk, "2020-05-12")
    for name, words in (("referral-email", "is of one referral"), ("referral-ics", "is of one referral")):
        said = run("--store", desk.store, "report", name, "--out", tmp_path / "x")
        assert (said.code, words in said.err) == (1, True)
    said = run("--store", desk.store, "--today", "2020-05-12", "report", "referral-ics", "--referral", referral, "--out",
               tmp_path / "x.ics")
    assert said.code == 1 and "No appointment at the partner is written down" in said.err
    said = run("--store", desk.store, "--today", "2020-05-12", "report", "referral-email", "--referral", referral, "--out",
               tmp_path / "no" / "x.eml")
    assert said.code == 3 and "could not be written" in said.err


def test_a_month_that_turns_one_way_is_told_answered_and_printed(desk: Any, run: Run, tmp_path: Path) -> None:
    furnish(desk)
    came = desk("add", "referral.in", "partner=Money Advice", "participant=Zoë Kowalska", "need=work", today="2020-05-12")["id"]
    assert came
    for month in (6, 7, 8):
        send(desk, f"2020-{month:02d}-03")
    (row,) = desk("list", "referral.reciprocity", today="2020-09-01")
    assert row["alert"] == "we only give: 3 months in a row, June 2020 to August 2020, 3 referrals"
    desk("do", "referral.reciprocity", "answer", row["id"], "what=a visit on 9 September", today="2020-09-01")
    assert desk("list", "referral.reciprocity", today="2020-09-01")[0]["answer"] == "a visit on 9 September"
    assert [each["month"] for each in desk("list", "referral.month", today="2020-09-01")] == ["2020-08", "2020-07", "2020-06", "2020-05"]
    out = tmp_path / "ledger.pdf"
    desk("report", "reciprocity", "--lot", "Shard End", "--month", "2020-08", "--out", out, today="2020-09-01")
    words = " ".join(page.extract_text() for page in PdfReader(out).pages)
    assert "Shard End · May 2020 to August 2020" in words and "a visit on 9 September" in words and "Kowalska" not in words
    desk("report", "reciprocity-partner", "--partner", "Money Advice", "--out", out, today="2020-09-01")
    words = " ".join(page.extract_text() for page in PdfReader(out).pages)
    assert "Our referrals with Money Advice" in words and "under 5" in words and " 3 " not in words
    said = run("--store", desk.store, "--today", "2020-09-01", "report", "reciprocity-partner", "--out", out)
    assert said.code == 1 and "of one partner" in said.err
