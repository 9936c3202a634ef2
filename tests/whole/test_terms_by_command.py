"""Terms as data, by commands alone: a kin programme from its template to sent claims, and a new version of the terms brought in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.whole.conftest import Said

Run = Callable[..., Said]
PHRASE = "I confirm that the participant started work on the date shown"


@pytest.fixture
def steady(run: Run, tmp_path: Path) -> Callable[..., Any]:
    """A fresh store of the kin programme, owned by a lead; answers JSON and insists on success."""
    store = tmp_path / "steady.coachdesk"
    assert run("--store", store, "init", "--programme", "steady-work", "--owner", "Imogen Hartley").code == 0

    def command(*words: object, today: str = "2025-12-10") -> Any:
        said = run("--store", store, "--today", today, "--json", *words)
        assert said.code == 0, said.err
        return said.json

    command.store = store  # type: ignore[attr-defined]
    return command


def lines(shown: dict[str, Any]) -> list[tuple[str, int, str]]:
    return [(line["milestone"], line["amount_pence"], line["reason"].partition(":")[0]) for line in shown["lines"]]


def test_a_kin_programme_works_by_its_template_alone_fee_proof_and_earnings(steady: Any) -> None:
    # October: fee £4,100.00, start £300.00; the job of 20 October waits for its proof.        £4,400.00
    # November: fee £4,100.00, job £700.00 late (proof with the phrase, checked)              £4,800.00
    #           earnings October £500.00 + November £1,019.99 = £1,519.99: a penny short of £1,520.00
    # December: fee £4,100.00; November corrected to £1,020.00 → £1,520.00: lower outcome £1,200.00, earned in November, late: £5,300.00
    person = steady("add", "participant", "name=Ann Tester", "lot=Solihull North", "postcode=B37 5QA", "registered_on=2025-10-01",
                    "hours_a_week=0")["id"]
    steady("add", "activity", f"participant={person}", "minutes=30", "mode=phone", "kind=interview", "happened_on=2025-10-06")
    job = steady("add", "activity.job", f"participant={person}", "started_on=2025-10-20", "employer=Brook & Co", "title=Packer",
                 "hours_a_week=16")["id"]
    october = steady("claim", "show", "--lot", "Solihull North", "--month", "2025-10")
    assert lines(october) == [("fee", 410_000, ""), ("start", 30_000, "")]
    (missing,) = (item for item in october["unpaid"] if item["milestone"] == "job")
    assert missing["reason"] == "evidence is missing: Proof of the job start (Annex C, 2 (sample))"
    assert [step["clause"] for step in steady("claim", "explain", missing["id"])["steps"]] == [
        "Annex C, 2 (sample)", "Annex B, 3 (sample)", "Annex C, 2 (sample)"]
    draft = steady("claim", "draft", "--lot", "Solihull North", "--month", "2025-10", today="2025-11-05")
    steady("claim", "send", draft["claim_id"], today="2025-11-05")

    wrong = steady("add", "activity.evidence", f"job={job}", "proves=job started", "how=telephone call, noted", "obtained_on=2025-11-06",
                   "wording=She began")["id"]
    steady("do", "activity.evidence", "verify", wrong)
    november = steady("claim", "show", "--lot", "Solihull North", "--month", "2025-11")
    assert any("does not bear the words" in item["reason"] for item in november["waiting"])
    right = steady("add", "activity.evidence", f"job={job}", "proves=job started", "how=telephone call, noted", "obtained_on=2025-11-07",
                   f"wording={PHRASE}.")["id"]
    steady("do", "activity.evidence", "verify", right)
    steady("add", "activity.earnings", f"job={job}", "month=2025-10", "pence=50000")
    paid = steady("add", "activity.earnings", f"job={job}", "month=2025-11", "pence=101999")["id"]
    draft = steady("claim", "draft", "--lot", "Solihull North", "--month", "2025-11", today="2025-12-05")
    assert lines(draft) == [("fee", 410_000, ""), ("job", 70_000, "late")]
    assert any("£1,519.99 of £1,520.00 earned" in item["reason"] for item in draft["waiting"])
    steps = steady("claim", "explain", draft["lines"][1]["id"])["steps"]
    assert [step["source"] for step in steps[:3]] == [f"activity {job}", f"participant {person}", f"evidence {right}"]
    assert PHRASE in steps[2]["arithmetic"] and "She began" not in str(steps)
    steady("claim", "send", draft["claim_id"], today="2025-12-05")

    steady("do", "activity.earnings", "change", paid, "pence=102000", "changed_why=payslip read again")
    december = steady("claim", "show", "--lot", "Solihull North", "--month", "2025-12")
    assert lines(december) == [("fee", 410_000, ""), ("earnings lower", 120_000, "late")]
    assert december["payable_pence"] == 530_000
    assert "£1,520.00 earned from 20 October 2025 to 30 November 2025, £1,520.00 needed" in december["lines"][1]["arithmetic"]


def test_terms_go_out_as_a_readable_file_and_a_new_version_comes_in_without_touching_what_was_sent(desk: Any, run: Run,
                                                                                                    tmp_path: Path) -> None:
    person = desk("add", "participant", "name=Ann Tester", "lot=Shard End", "postcode=B34 6HN", "registered_on=2020-02-01")["id"]
    desk("add", "activity", f"participant={person}", "minutes=30", "mode=phone", "kind=interview", "happened_on=2020-03-03")
    draft = desk("claim", "draft", "--lot", "Shard End", "--month", "2020-03")
    desk("claim", "send", draft["claim_id"])
    file = tmp_path / "terms.toml"
    desk("claim", "terms", "--out", file)
    text = file.read_text("utf-8")

    def bring(changed: str, *words: str) -> Said:
        file.write_text(changed, "utf-8")
        return run("--store", desk.store, "--today", "2020-05-12", "--json", "claim", "terms", file, *words)

    assert "says what stands in the store already" in bring(text).err
    start = 'title = "Start: first meaningful help"\namount_pence = 25000\nclause = "Schedule 3, 2.1 (sample)"\nversion = "1"\n' \
            "from = 2018-10-01\nto = 2022-03-31\n"
    assert start in text
    rewritten = bring(text.replace("amount_pence = 25000", "amount_pence = 26000", 1))
    assert rewritten.code == 1
    assert "start, version 1 stands in the store and has other figures in terms.toml. Claims up to March 2020 were sent" in rewritten.err
    second = start.replace("25000", "26000").replace('version = "1"', 'version = "2"').replace("2018-10-01", "2020-03-01")
    newer = start.replace("to = 2022-03-31", "to = 2020-02-29") + '\n[[terms.milestones]]\ncode = "start"\nkind = "start"\n' + second
    dry = bring(text.replace(start, newer), "--dry-run")
    assert dry.code == 0, dry.err
    assert (dry.json["added"], dry.json["ended"], dry.json["is_done"]) == (["start, version 2"], ["start, version 1"], False)
    assert dry.json["effects"] == []        # May 2020 pays the floor either way
    assert len(desk("list", "programme.term", "--where", "code=start")) == 1
    assert bring(text.replace(start, newer)).code == 0
    april = desk("claim", "show", "--lot", "Shard End", "--month", "2020-04")
    assert [(line["amount_pence"], line["rule"], line["reason"]) for line in april["lines"]] == [
        (1_000, "start v2", "adjustment: worth £260.00 now, £250.00 taken up to the claim of March 2020")]
    march = desk("claim", "show", "--lot", "Shard End", "--month", "2020-03")
    assert [(line["amount_pence"], line["rule"]) for line in march["lines"]] == [(25_000, "start v1")]
    assert desk("check")["digest"] == desk("check")["replay_digest"]
    assert any("terms" in str(row).lower() for row in desk("audit"))


@pytest.mark.parametrize(("old", "new", "says"), [
    ("amount_pence = 25000", "amount_pence = 250.00", "line 8: terms, milestones 1 (start): “amount_pence”: a whole number"),
    ("count = 3", "cuont = 3", "“cuont”: this field is not known (perhaps “count” is meant)"),
    ("weeks = 26", "weeks = 26\nearnings_pence = 5", "“weeks”: either weeks or earnings_pence is needed, and not both"),
    ('milestones = ["progression"]', 'milestones = ["progress"]', "there is no milestone with the code “progress”"),
    ('per = "person"', 'per = "people"', "“per”: one of these is needed: person, month, lot, lot and month, contract"),
    ('modes = ["face to face", ', 'modes = ["by letter", ', "“by letter” is not one of: face to face, phone, online, text"),
    ("months = 12", "months = twelve", "this is not readable as TOML"),
    ("pay_bands = [0, 900, 1100, 1400]", "pay_bands = [0, 900, 900]", "“pay_bands”: each has to be more than the one before it"),
    ('"Camp Hill" = 805000', '"Camp Hull" = 805000', "“Camp Hull”: there is no lot of this name"),
])
def test_a_bad_file_of_terms_is_refused_by_line_and_field_and_nothing_changes(
        desk: Any, run: Run, tmp_path: Path, old: str, new: str, says: str) -> None:
    file = tmp_path / "terms.toml"
    desk("claim", "terms", "--out", file)
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    said = run("--store", desk.store, "--json", "claim", "terms", file)
    assert (said.code, said.out) == (1, "")
    assert says in said.err and "terms.toml, line " in said.err


def test_only_a_lead_brings_terms_in(run: Run, tmp_path: Path, desk: Any) -> None:
    said = run("--store", desk.store, "--json", "claim", "terms")
    assert said.code == 1 and "Give a file of terms" in said.err
    said = run("--store", desk.store, "--json", "claim", "terms", tmp_path / "none.toml")
    assert said.code == 3 and "could not be read" in said.err


MAY = 'from_month = "2020-05"\nto_month = "2020-05"\n'


@pytest.fixture
def monthly(run: Run, tmp_path: Path) -> Callable[..., Said]:
    """A fresh store whose floor is a rule for each month of April to July 2020, all of version 1; the claim of April is sent."""
    text = (Path(__file__).parents[2] / "resources/programmes/connecting-communities.toml").read_text("utf-8")
    head, _, floor = text.partition("[[terms.floors]]")
    whole = 'from_month = "2020-04"\nto_month = "2020-07"\n'
    assert whole in floor and "[[" not in floor
    months = [floor.replace(whole, f'from_month = "2020-0{month}"\nto_month = "2020-0{month}"\n') for month in (4, 5, 6, 7)]
    template, store = tmp_path / "monthly.toml", tmp_path / "monthly.coachdesk"
    template.write_text(head + "".join(f"[[terms.floors]]{each}\n" for each in months), "utf-8")
    assert run("--store", store, "init", "--programme", template, "--owner", "Imogen Hartley").code == 0

    def command(*words: object) -> Said:
        return run("--store", store, "--today", "2020-05-12", "--json", *words)

    draft = command("claim", "draft", "--lot", "Shard End", "--month", "2020-04").json
    assert command("claim", "send", draft["claim_id"]).code == 0
    command("claim", "terms", "--out", tmp_path / "terms.toml")
    return command


def of_month(text: str, month: str) -> str:
    """The floor of one month in a file of terms."""
    (found,) = (part for part in text.split("[[terms.floors]]") if f'from_month = "{month}"' in part)
    return found.partition("[[")[0]


def test_a_new_version_of_one_months_floor_takes_the_place_of_the_old_one_and_the_ledger_works(monthly: Any, tmp_path: Path) -> None:
    file = tmp_path / "terms.toml"
    text = file.read_text("utf-8")
    assert "says what stands in the store already" in monthly("claim", "terms", file).err
    may = of_month(text, "2020-05")
    second = may.replace('version = "1"', 'version = "2"').replace('"Camp Hill" = 805000', '"Camp Hill" = 900003')
    file.write_text(text.replace(may, second), "utf-8")
    brought = monthly("claim", "terms", file)
    assert brought.code == 0, brought.err
    assert (brought.json["added"], brought.json["gone"]) == (["floor of May 2020, version 2"], ["floor of May 2020, version 1"])
    shown = monthly("claim", "show", "--lot", "Camp Hill", "--month", "2020-05")
    assert shown.code == 0, shown.err
    assert (shown.json["floor"]["version"], shown.json["floor"]["base_total_pence"]) == ("2", 900_003)
    june = monthly("claim", "show", "--lot", "Camp Hill", "--month", "2020-06").json["floor"]
    assert (june["version"], june["base_total_pence"]) == ("1", 805_000)
    again = tmp_path / "again.toml"
    monthly("claim", "terms", "--out", again)
    assert again.read_text("utf-8").count(MAY) == 1
    assert "says what stands in the store already" in monthly("claim", "terms", again).err


def test_a_floor_is_judged_by_its_own_months(monthly: Any, tmp_path: Path) -> None:
    file = tmp_path / "terms.toml"
    text = file.read_text("utf-8")

    def bring(month: str, old: str, new: str) -> Said:
        part = of_month(text, month)
        assert old in part
        file.write_text(text.replace(part, part.replace(old, new)), "utf-8")
        return monthly("claim", "terms", file)

    used = bring("2020-04", '"Camp Hill" = 805000', '"Camp Hill" = 900003')
    assert used.code == 1 and "floor of April 2020, version 1 stands in the store and has other figures in terms.toml." in used.err
    assert "Under it the claims of April 2020 were sent." in used.err
    gone = bring("2020-04", 'version = "1"', 'version = "2"')
    assert gone.code == 1 and "floor of April 2020, version 1 stands in the store and has no place in terms.toml." in gone.err
    unused = bring("2020-05", '"Camp Hill" = 805000', '"Camp Hill" = 900003')
    assert unused.code == 0 and unused.json["changed"] == ["floor of May 2020, version 1"]
    assert monthly("claim", "show", "--lot", "Camp Hill", "--month", "2020-05").json["floor"]["base_total_pence"] == 900_003


def test_a_floor_may_end_earlier_but_not_lose_a_month_that_was_claimed(desk: Any, run: Run, tmp_path: Path) -> None:
    for month in ("2020-04", "2020-05"):
        draft = desk("claim", "draft", "--lot", "Shard End", "--month", month)
        desk("claim", "send", draft["claim_id"])
    file = tmp_path / "terms.toml"
    desk("claim", "terms", "--out", file)
    text = file.read_text("utf-8")
    floor = of_month(text, "2020-04")

    def split(last: str, first: str) -> Said:
        later = floor.replace("2020-04", first, 1).replace('version = "1"', 'version = "2"')
        file.write_text(text.replace(floor, f'{floor.replace("2020-07", last)}\n[[terms.floors]]{later}'), "utf-8")
        return run("--store", desk.store, "--today", "2020-06-12", "--json", "claim", "terms", file)

    lost = split("2020-04", "2020-05")
    assert lost.code == 1 and "floor of April 2020 to July 2020, version 1 stands in the store and has another end" in lost.err
    assert "Under it the claims of May 2020 were sent." in lost.err
    kept = split("2020-05", "2020-06")
    assert kept.code == 0, kept.err
    assert (kept.json["ended"], kept.json["added"]) == (
        ["floor of April 2020 to May 2020, version 1"], ["floor of June 2020 to July 2020, version 2"])
    floors = [desk("claim", "show", "--lot", "Camp Hill", "--month", month)["floor"] for month in ("2020-05", "2020-06")]
    assert [each["version"] for each in floors] == ["1", "2"]
