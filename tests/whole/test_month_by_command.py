"""One real month by commands alone, from a fresh store to the paid claim; every figure worked out by hand beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.whole.conftest import Said

Run = Callable[..., Said]
START, THREE, JOB = 25_000, 40_000, 90_000  # the template's sample amounts, in pence; a job from October 2019
# A postcode of each lot's ward by the edition of 2021, taken from the editions that ship.
HOMES = {
    "Birchills Leamore": "WS2 7AB",
    "Batchley & Brockhill": "B97 4SH",
    "Cannock North": "WS11 4AA",
    "Washwood Heath": "B8 1AB",
    "Shard End": "B34 6HN",
    "Chelmsley Wood": "B37 5EX",
    "Binley & Willenhall": "CV1 1WX",
    "Camp Hill": "CV10 0HJ",
    "Glascote": "B77 2DA",
}
# Base totals of the template ÷ 3, half up.
FLOORS = {
    "Birchills Leamore": 345_000,
    "Batchley & Brockhill": 253_333,
    "Cannock North": 181_667,
    "Washwood Heath": 826_667,
    "Shard End": 701_667,
    "Chelmsley Wood": 396_667,
    "Binley & Willenhall": 515_000,
    "Camp Hill": 268_333,
    "Glascote": 173_333,
}
MAY = ("--month", "2020-05")


def person(desk: Any, name: str, lot: str, *words: str, on: str = "2020-05-04") -> str:
    """Registers somebody who lives in the lot."""
    made: str = desk(
        "add", "participant", f"name={name}", f"lot={lot}", f"postcode={HOMES[lot]}", f"registered_on={on}", *words, today="2020-05-31"
    )["id"]
    return made


def helped(desk: Any, who: str, *days: str, minutes: int = 40) -> list[str]:
    """Meaningful help on each day."""
    return [
        desk(
            "add",
            "activity",
            f"participant={who}",
            f"minutes={minutes}",
            "mode=phone",
            "kind=CV & job search",
            f"happened_on={day}",
            today="2020-06-30",
        )["id"]
        for day in days
    ]


def hired(desk: Any, who: str, day: str) -> str:
    made: str = desk(
        "add",
        "activity.job",
        f"participant={who}",
        f"started_on={day}",
        "employer=Tame Bakery",
        "title=Baker",
        "hours_a_week=20",
        "pay_pence_an_hour=872",
        today="2020-06-30",
    )["id"]
    return made


def shown(desk: Any, lot: str, month: str = "2020-05") -> Any:
    return desk("claim", "show", "--lot", lot, "--month", month, today="2020-06-30")


def read(file: Path) -> str:
    """The words of a PDF."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())


def test_from_the_food_bank_to_a_participant(desk: Any, run: Run) -> None:
    desk("add", "partner", "name=St Giles Food Bank", "kind=food bank", "lots=Shard End")
    desk("add", "partner.venue", "name=St Giles Hall", "partner=St Giles Food Bank", "postcode=B34 6HN")
    desk("add", "partner.contact", "partner=St Giles Food Bank", "name=Ruth Parry", "phone=0121 496 0001")
    session = desk(
        "add", "outreach.session", "venue=St Giles Hall", "kind=food bank", "joint_partner=st giles food bank", "coach=Priya Nair"
    )["id"]
    for topics in ("CV & job search", "housing", ""):
        desk("add", "outreach.tally", f"session_id={session}", f"topics={topics}")
    wrong = desk("add", "outreach.tally", f"session_id={session}", "what=leaflet", "count=20")["id"]
    desk("do", "outreach.tally", "correct", wrong, "count=5")
    met = desk(
        "add",
        "outreach.contact",
        f"session_id={session}",
        "name=Zoë Übel",
        "phone=07700 900123",
        "postcode=b346hn",
        "follow_up_on=2020-05-19",
    )["id"]
    desk("do", "outreach.session", "log line", session, "line=Dan Green 07700 900124")
    row = desk("list", "outreach.session", "--lot", "Shard End")[0]
    assert (row["people"], row["contacts"], row["tallied"], row["leaflets"], row["follow_ups"]) == (5, 2, 3, 15, 1)
    made = desk(
        "do",
        "outreach.contact",
        "register",
        "Zoe Ubel",
        "born_on=1990-01-02",
        "ni_number=ab123456c",
        "notice_version=2",
        "consent_partners=given",
    )["result"]
    who = desk("list", "participant")[0]
    assert (who["id"], who["name"], who["lot"], who["coach"], who["phone"], who["postcode"], who["heard_through"]) == (
        made,
        "Zoë Übel",
        "Shard End",
        "Priya Nair",
        "07700 900123",
        "B34 6HN",
        "food bank",
    )
    assert (who["verdict"], who["verdict_method"], who["edition"], who["ward_name"]) == (
        "eligible by residence",
        "ward",
        "2021.4.0",
        "Shard End",
    )
    assert desk("list", "outreach.contact", "--where", "name=Zoë Übel")[0]["followed_up_on"] == "2020-05-12"
    again = run("--store", desk.store, "do", "outreach.contact", "register", met, "name=Another Name")
    assert (again.code, f"as {who['reference']}" in again.err) == (1, True)
    desk("report", "session-register", "--session", session, "--out", desk.store.parent / "register.pdf")
    assert "St Giles Hall" in read(desk.store.parent / "register.pdf")
    assert {hit["kind"] for hit in desk("search", "giles")} >= {"partner", "partner.venue", "outreach.session"}
    assert [hit["id"] for hit in desk("search", "zoe")] == [made]


def test_notice_and_consent_are_kept_and_a_likely_twin_is_refused(desk: Any, run: Run) -> None:
    words = ("born_on=1990-01-02", "ni_number=ab123456c", "notice_version=2", "consent_partners=given")
    made = person(desk, "Zoë Übel", "Shard End", *words, on="2020-05-12")
    who = desk("list", "participant")[0]
    assert [row["answer"] for row in desk("list", "participant.consent")] == ["given"]
    assert [(row["version"], row["given_on"]) for row in desk("list", "participant.notice")] == [("2", "2020-05-12")]
    desk("do", "participant", "give notice", made, "version=3", "how=read aloud")
    desk("do", "participant", "record consent", made, "answer=withdrawn")
    assert len(desk("list", "participant.notice")) == 2
    for words in (("name=ZOE UBEL", "born_on=1990-01-02"), ("name=Somebody Else", "ni_number=AB 12 34 56 D")):
        twin = run("--store", desk.store, "add", "participant", "lot=Shard End", *words)
        assert (twin.code, who["reference"] in twin.err) == (1, True)
    assert len(desk("list", "participant")) == 1


def test_all_nine_lots_know_their_own_streets(desk: Any) -> None:
    for lot, home in HOMES.items():
        told = desk("eligibility", home, "--lot", lot)
        assert (told["lot"], told["verdict"]) == (lot, "eligible by residence"), told["sentence"]
        person(desk, f"Resident of {lot}", lot)
    assert {row["lot"]: row["verdict"] for row in desk("list", "participant")} == dict.fromkeys(HOMES, "eligible by residence")


@pytest.mark.parametrize(
    ("words", "verdict", "says"),
    [
        (("postcode=B34 6HN",), "eligible by residence", "Shard End"),
        (
            ("postcode=B37 5EX", "connection=works in the ward", "connection_note=bakery in Packington Avenue"),
            "eligible by connection",
            "bakery",
        ),
        (("postcode=B37 5EX",), "not eligible", "Chelmsley Wood"),
        (("postcode=B34 9ZZ",), "check by hand", "B34 9ZZ"),
        (("situation=no fixed abode",), "check by hand", "fixed abode"),
        (("situation=refuge",), "check by hand", ""),
        (("postcode=B34 6HE",), "eligible by residence", "B34 6HE"),
    ],
)
def test_a_registration_carries_its_verdict(desk: Any, words: tuple[str, ...], verdict: str, says: str) -> None:
    desk("add", "participant", "name=Ann Tester", "lot=Shard End", *words)
    row = desk("list", "participant.verdict")[0]
    assert row["verdict"] == verdict
    assert says in row["sentence"] + (row["reason"] or "")
    assert row["decided_on"] == "2020-05-12"


def test_a_connection_without_an_accepted_reason_is_refused(desk: Any, run: Run) -> None:
    said = run("--store", desk.store, "add", "participant", "name=Ann", "lot=Shard End", "postcode=B37 5EX", "connection=likes the park")
    assert said.code == 1
    assert "works in the ward" in said.err
    assert desk("list", "participant") == []


def test_referrals_out_and_in_and_what_awaits_a_reply(desk: Any, run: Run) -> None:
    desk("add", "partner", "name=Debt Project", "kind=debt or advice service", "lots=Shard End", "reply_days=7")
    ann = person(desk, "Ann Tester", "Shard End", "consent_partners=given")
    ben = person(desk, "Ben Silent", "Shard End")
    without = run("--store", desk.store, "add", "referral", f"participant={ben}", "partner=Debt Project", "need=money worries")
    assert without.code == 1
    assert "onsent" in without.err
    out = [
        desk("add", "referral", f"participant={ann}", "partner=debt project", f"need={need}")["id"]
        for need in ("money", "housing", "travel")
    ]
    desk("do", "referral", "accept", out[0])
    desk("do", "referral", "complete", out[0], "was_helped=yes", "reason=has a plan", today="2020-05-20")
    desk("do", "referral", "decline", out[1], "said_by=provider", "reason=no places")
    stranger = desk("add", "referral.in", "partner=Debt Project", "need=work", "person_name=Cem Yılmaz", "person_phone=07700 900125")["id"]
    states = {row["id"]: row["state"] for row in desk("list", "referral")}
    assert [states[one] for one in (*out, stranger)] == ["completed", "declined", "sent", "sent"]
    waiting = desk("list", "referral", "--where", "state=sent", today="2020-05-25")
    assert [(row["id"], row["days_waiting"], row["is_overdue"]) for row in waiting if row["id"] == out[2]] == [(out[2], 13, True)]
    late = run("--store", desk.store, "--today", "2020-05-25", "do", "referral", "accept", out[0])
    assert late.code == 1
    desk("do", "referral.in", "accept", stranger)
    made = desk("do", "referral", "register", stranger, "postcode=B34 6HN")["result"]
    assert next(row for row in desk("list", "participant") if row["id"] == made)["name"] == "Cem Yılmaz"
    assert [row["person_name"] for row in desk("list", "referral.in")] == ["Cem Yılmaz"]


def test_two_of_three_meaningful_an_appointment_missed_and_a_job(desk: Any, run: Run) -> None:
    ann = person(desk, "Ann Tester", "Shard End")
    desk("add", "activity", f"participant={ann}", "minutes=2", "mode=text", "kind=travel")
    helped(desk, ann, "2020-05-05", "2020-05-06")
    overruled = run(
        "--store",
        desk.store,
        "--today",
        "2020-05-12",
        "add",
        "activity",
        f"participant={ann}",
        "minutes=2",
        "mode=text",
        "kind=travel",
        "is_meaningful=yes",
    )
    assert overruled.code == 1
    booked = desk("add", "activity.appointment", f"participant={ann}", "due_on=2020-05-11", "at=9.30")["id"]
    desk("do", "activity.appointment", "miss", booked)
    twice = run("--store", desk.store, "--today", "2020-05-12", "do", "activity.appointment", "attend", booked)
    assert twice.code == 1
    desk("do", "activity.appointment", "rebook", booked, "due_on=2020-05-18")
    assert sorted((row["due_on"], row["at"], row["outcome"]) for row in desk("list", "activity.appointment")) == [
        ("2020-05-11", "09:30", "did not attend"),
        ("2020-05-18", "09:30", "booked"),
    ]
    claim = shown(desk, "Shard End")
    assert [(line["milestone"], line["amount_pence"]) for line in claim["lines"]] == [("start", START)]
    reasons = [item["reason"] for item in claim["unpaid"]]
    assert sorted(reasons) == ["not meaningful: a text message only", "two of three: 1 more needed"]
    desk("report", "caseload", "--lot", "Shard End", "--out", desk.store.parent / "caseload.pdf")
    printed = read(desk.store.parent / "caseload.pdf")
    for words in ("Ann Tester", "2 of 3", "Robin Ashdown", "page 1 of 1"):
        assert words.casefold() in printed.casefold(), printed


def test_the_floor_above_at_and_below_to_the_penny(desk: Any) -> None:
    # Glascote: one start, 250.00, below its floor of 5,200.00 ÷ 3 = 1,733.33.
    helped(desk, person(desk, "Gla One", "Glascote"), "2020-05-05")
    # Birchills: five starts, a three, two jobs: 1,250 + 400 + 1,800 = 3,450.00, the floor exactly (10,350.00 ÷ 3).
    five = [person(desk, f"Bir {n}", "Birchills Leamore") for n in ("A", "B", "C", "D", "E")]
    helped(desk, five[0], "2020-05-05", "2020-05-06", "2020-05-07")
    for who in five[1:]:
        helped(desk, who, "2020-05-08")
    for who in five[:2]:
        hired(desk, who, "2020-05-20")
    # Cannock: three starts, a three, a job: 750 + 400 + 900 = 2,050.00, above its floor of 5,450.00 ÷ 3 = 1,816.67.
    three = [person(desk, f"Can {n}", "Cannock North") for n in ("A", "B", "C")]
    helped(desk, three[0], "2020-05-05", "2020-05-06", "2020-05-07")
    for who in three[1:]:
        helped(desk, who, "2020-05-08")
    hired(desk, three[0], "2020-05-29")
    worked = {
        "Glascote": (25_000, 173_333, "floor", 148_333, 173_333),
        "Birchills Leamore": (345_000, 345_000, "actual", 0, 345_000),
        "Cannock North": (205_000, 181_667, "actual", 0, 205_000),
    }
    for lot, (actual, floor, won, top_up, payable) in worked.items():
        claim = shown(desk, lot)
        assert {"lot", "month", "status", "lines", "unpaid", "actual_pence", "floor", "top_up", "payable_pence"} <= set(claim)
        assert set(claim["floor"]) >= {"base_from", "base_to", "divisor", "floor_pence", "won"}
        assert sum(line["amount_pence"] for line in claim["lines"]) == claim["actual_pence"] == actual
        assert (claim["floor"]["floor_pence"], claim["floor"]["won"], claim["top_up"]["amount_pence"], claim["payable_pence"]) == (
            floor,
            won,
            top_up,
            payable,
        )
        assert (claim["floor"]["base_from"], claim["floor"]["base_to"]) == ("2019-11", "2020-01")
        for line in [*claim["lines"], claim["top_up"]]:
            told = desk("claim", "explain", line["id"], today="2020-06-30")
            assert set(told) >= {"line", "steps"}
            assert all(set(step) >= {"what", "source", "rule", "clause", "arithmetic"} for step in told["steps"])
    for lot, floor in FLOORS.items():
        assert shown(desk, lot)["floor"]["floor_pence"] == floor, lot
    august = shown(desk, "Glascote", "2020-08")
    assert (august["floor"], august["top_up"]) == (None, None)
    assert shown(desk, "Glascote", "2020-03")["floor"] is None


def test_a_sent_claim_stays_and_what_came_late_or_changed_goes_into_the_next(desk: Any, run: Run, tmp_path: Path) -> None:
    ann = person(desk, "Ann Tester", "Cannock North")
    *_, third = helped(desk, ann, "2020-05-05", "2020-05-06", "2020-05-07")
    hired(desk, ann, "2020-05-20")
    other = desk("add", "participant", "name=Not Eligible", "lot=Cannock North", "postcode=B37 5EX", "registered_on=2020-05-04")["id"]
    helped(desk, other, "2020-05-09")
    drafted = desk("claim", "draft", "--lot", "Cannock North", *MAY, today="2020-06-02")
    assert (drafted["status"], drafted["actual_pence"], drafted["top_up"]["amount_pence"]) == (
        "draft",
        START + THREE + JOB,
        181_667 - 155_000,
    )
    assert any("not eligible" in item["reason"] for item in drafted["unpaid"])
    early = run("--store", desk.store, "--today", "2020-06-02", "claim", "paid", drafted["claim_id"], "--amount", "1")
    assert (early.code, "not been sent" in early.err) == (1, True)
    desk("claim", "send", drafted["claim_id"], "--on", "2020-06-03", today="2020-06-03")
    assert run("--store", desk.store, "--today", "2020-06-03", "claim", "send", drafted["claim_id"]).code == 1
    assert run("--store", desk.store, "--today", "2020-06-03", "undo").code == 1, "a sent claim is not undone"
    # Late: Ben's start of May, written down in June. Edited: the third help was no help, so the three is given back; the job began in June.
    ben = person(desk, "Ben Late", "Cannock North", on="2020-05-25")
    helped(desk, ben, "2020-05-26")
    desk(
        "do", "activity", "change", third, "is_meaningful=no", "why=only a reminder", "changed_why=read the note again", today="2020-06-10"
    )
    sent = shown(desk, "Cannock North")
    assert (sent["status"], sent["actual_pence"], sent["payable_pence"]) == ("sent", 155_000, 181_667), "a sent claim never moves"
    june = shown(desk, "Cannock North", "2020-06")
    assert sorted((line["milestone"], line["amount_pence"]) for line in june["lines"]) == [("meaningful", -THREE), ("start", START)]
    assert june["actual_pence"] == START - THREE
    assert {line["reason"].split(":")[0] for line in june["lines"]} == {"late", "reversal"}
    assert june["floor"]["floor_pence"] == 181_667
    assert june["payable_pence"] == 181_667
    assert june["top_up"]["amount_pence"] == 181_667 - (START - THREE)
    # And back again: nothing is left to adjust, only what came late.
    desk(
        "do",
        "activity",
        "change",
        third,
        "is_meaningful=yes",
        "why=a long call after all",
        "changed_why=the coach was right",
        today="2020-06-11",
    )
    assert [(line["milestone"], line["amount_pence"]) for line in shown(desk, "Cannock North", "2020-06")["lines"]] == [("start", START)]
    desk("claim", "paid", drafted["claim_id"], "--amount", "181000", "--on", "2020-06-20", today="2020-06-20")
    paid = shown(desk, "Cannock North")
    assert (paid["status"], paid["paid_pence"], paid["paid_on"], paid["payable_pence"]) == ("paid", 181_000, "2020-06-20", 181_667)
    files = desk("claim", "pack", drafted["claim_id"], "--out", tmp_path / "pack")["files"]
    printed = read(Path(files[0]))
    for words in ("Cannock North", "£1,816.67", "£1,550.00", "£266.67", "£250.00", "£400.00", "£900.00"):
        assert words in printed, (words, printed)
    assert "Ann Tester" not in printed, "a claim goes out by reference, without names"
    assert [row["status"] for row in desk("list", "claim")] == ["paid"]
    assert len(desk("list", "claim.line")) == 4


def test_a_month_is_signed_off_logged_undone_kept_and_checked(desk: Any, run: Run, tmp_path: Path) -> None:
    ann = person(desk, "Zoë Übel", "Shard End")
    helped(desk, ann, "2020-05-05")
    desk("signoff", "--month", "2020-05", "--lot", "Shard End", today="2020-06-01")
    desk("signoff", "--month", "2020-04", today="2020-06-01")
    rows = desk("list", "activity.signoff")
    assert sorted({(row["month"], row["lot"]) for row in rows if row["month"] == "2020-05"}) == [("2020-05", "Shard End")]
    assert len([row for row in rows if row["month"] == "2020-04"]) == 9
    assert next(row["interventions"] for row in rows if row["month"] == "2020-05") == 1
    assert desk("undo", today="2020-06-01")["undone"] == "Sign off April 2020"
    assert len(desk("list", "activity.signoff")) == 1
    told = desk("audit", "participant", ann)
    assert [(row["who"], row["reason"]) for row in told] == [("Robin Ashdown", "Add participant")]
    assert not any("Zoë" in str(row) for row in desk("audit", "--limit", "500")), "the log is read without what it keeps sealed"
    for lot in HOMES:
        desk("report", "addresses", "--lot", lot, "--out", tmp_path / "addresses.pdf")
        sheet = read(tmp_path / "addresses.pdf")
        assert lot in sheet
        assert "Contains Ordnance Survey data" in sheet, "the publisher's attribution"
        assert HOMES[lot].split()[0] in sheet
    desk("report", "claim", "--lot", "Shard End", *MAY, "--out", tmp_path / "claim.pdf")
    assert "£7,016.67" in read(tmp_path / "claim.pdf")
    desk("backup", tmp_path / "kept.backup")
    desk("add", "partner", "name=After the backup", "kind=library")
    restored = run("--store", tmp_path / "again" / "desk.coachdesk", "--json", "restore", tmp_path / "kept.backup").json
    assert (restored["integrity"], restored["ops"] < desk("check")["ops"]) == ("ok", True)
    again = run("--store", tmp_path / "again" / "desk.coachdesk", "--json", "check").json
    assert again["digest"] == again["replay_digest"] == restored["digest"]
    assert run("--store", tmp_path / "again" / "desk.coachdesk", "--json", "list", "partner").json == []
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".pdf")
    assert not any(secret.encode() in kept for secret in ("Zoë", "Übel", "B34 6HN")), "names stand in no file in the clear"
