"""A file tried, told line by line, brought in as one act, and taken back with a receipt."""

from __future__ import annotations

import csv
from collections.abc import Callable, Generator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from coachdesk.clock import FixedDay
from coachdesk.errors import Refusal, Trouble
from coachdesk.exchange.csv_in import bringing, taking_back
from coachdesk.exchange.csv_in.report import KNOWN, REFUSED, TAKEN, NothingTaken, Report, write_report
from coachdesk.outreach import queries as outreach
from coachdesk.participant import actions as people
from coachdesk.participant import queries as participant
from coachdesk.partner import actions as partner_actions
from coachdesk.partner import queries as partner
from coachdesk.store import undo
from tests.rooms.conftest import TODAY, RoomDesk


def run(steps: Generator[Any, None, Any]) -> Any:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


@pytest.fixture
def plan(desk: RoomDesk, tmp_path: Path) -> Callable[..., bringing.Plan]:
    """plan(kind, text) reads a file of that text."""

    def made(kind: str, text: str, **chosen: Any) -> bringing.Plan:
        file = tmp_path / "theirs.csv"
        file.write_text(text, encoding="utf-8")
        return bringing.plan(desk.store, kind, file, **{"lot": desk.shard_end, **chosen})

    return made


@pytest.fixture
def tried(desk: RoomDesk, plan: Callable[..., bringing.Plan]) -> Callable[..., Report]:
    return lambda kind, text, **chosen: run(bringing.trial(desk.store, desk.owner, plan(kind, text, **chosen)))


@pytest.fixture
def brought(desk: RoomDesk, plan: Callable[..., bringing.Plan]) -> Callable[..., Report]:
    return lambda kind, text, **chosen: run(bringing.bring_in(desk.store, desk.owner, plan(kind, text, **chosen)))


def names(desk: RoomDesk) -> list[str]:
    return sorted(row.name for row in desk.see(participant.participants))


PEOPLE = "participant"
THREE = "First name,Surname,DOB,Post code\nAnn,Lee,5/6/1984,B34 7AA\nBob,Ode,31/02/1990,B34 7AA\nCat,Poe,1/2/80,\n"


def test_a_trial_says_what_the_import_then_does_and_keeps_nothing(desk: RoomDesk, tried, brought) -> None:
    before = desk.store.check()
    trial = tried(PEOPLE, THREE)
    assert desk.store.check() == before and names(desk) == []
    assert [(line.line, line.state, line.who) for line in trial.lines] == [
        (2, TAKEN, "Ann Lee"), (3, REFUSED, "Bob Ode"), (4, TAKEN, "Cat Poe")]
    assert trial.lines[1].says == "DOB: “31/02/1990” is not a day of the calendar: write it like 31/12/1980."
    report = brought(PEOPLE, THREE)
    assert report.lines == trial.lines and names(desk) == ["Ann Lee", "Cat Poe"]
    row = desk.see(taking_back.imports)[0]
    assert (row.id, row.kind, row.file, row.taken, row.refused, row.can_go) == (report.import_id, "participants", "theirs.csv", 2, 1, True)


def test_an_import_that_is_cancelled_half_way_leaves_nothing(desk: RoomDesk, plan) -> None:
    before = desk.store.check()
    lines = "Name,Born\n" + "".join(f"Person {chr(65 + at)}{chr(75 + at)},1/1/19{60 + at}\n" for at in range(15))
    work = bringing.bring_in(desk.store, desk.owner, plan(PEOPLE, lines))
    while next(work).what != "Bringing in" or next(work).done == 0:
        pass
    work.close()
    assert desk.store.check() == before and desk.see(taking_back.imports) == []


def test_a_line_refused_half_way_leaves_nothing_that_a_later_line_could_meet(desk: RoomDesk, tried, brought) -> None:
    text = "Organisation,Email,Contact\nAcme,wrong,Ann Lee\nAcme,a@b.org,Ann Lee\nacme,,Bob Ode\nAcme,,Bob Ode\n"
    assert [line.state for line in tried("partner", text).lines] == [REFUSED, TAKEN, TAKEN, KNOWN]
    brought("partner", text)
    assert [(row.name, row.contacts) for row in desk.see(partner.partners)] == [("Acme", 2)]


def test_people_who_are_known_or_stand_twice_are_told_and_left_out(desk: RoomDesk, brought, tried) -> None:
    brought(PEOPLE, "Name,DOB\nAnn Lee,5/6/1984\n")
    report = tried(PEOPLE, "Name,DOB\nann lee,05/06/1984\nBob Ode,1/1/1980\nBob Ode,01.01.80\nAnne Lee,5.6.84\n")
    reference = desk.see(participant.participants)[0].reference
    assert [line.state for line in report.lines] == [KNOWN, TAKEN, KNOWN, TAKEN]
    assert f"Looks like {reference}" in report.lines[3].says
    assert reference in report.lines[0].says and "line 3 of this file" in report.lines[2].says
    assert tried(PEOPLE, "Name,DOB\nAnn Lee,05/06/1984\n", takes_known=True).lines[0].state == TAKEN


def test_when_no_line_can_be_taken_the_refusal_holds_the_report(desk: RoomDesk, brought) -> None:
    with pytest.raises(NothingTaken, match=r"No line of theirs\.csv can be taken") as refused:
        brought(PEOPLE, "Name,DOB\nAnn Lee,31/02/1990\n,1/1/1980\nTotal: 2,\n")
    assert [line.state for line in refused.value.report.lines] == [REFUSED] * 3
    assert all(line.says.endswith(".") for line in refused.value.report.lines)
    with pytest.raises(NothingTaken, match="no line below the header"):
        brought(PEOPLE, "Name,DOB\n")
    assert desk.see(taking_back.imports) == []


def test_what_a_spreadsheet_spoilt_is_mended_where_one_thing_can_be_meant_and_said(desk: RoomDesk, brought) -> None:
    report = brought(PEOPLE, 'Name,Mobile,Postcode,Born,Out of work\n"Lee, Ann",7400123456,B3O 1AA,29586,\n'
                             'Bob Ode,="07400123457",b347aa,1980-12-31,\nCat Poe,+44 (0)7400 123458,nfa,31-Dec-80,\n'
                             "Dan Rye,7.4E+09,,,\nEve Sun,07400 123459 / 0121 496 0123,,,\n")
    rows = {row.name: row for row in desk.see(participant.participants)}
    assert [(name, rows[name].phone, rows[name].postcode, rows[name].born_on) for name in ("Ann Lee", "Bob Ode", "Cat Poe")] == [
        ("Ann Lee", "07400 123456", "B30 1AA", date(1980, 12, 31)), ("Bob Ode", "07400 123457", "B34 7AA", date(1980, 12, 31)),
        ("Cat Poe", "07400 123458", None, date(1980, 12, 31))]
    assert "7400123456 was read as 07400123456" in report.lines[0].says and "B3O 1AA was read as B30 1AA" in report.lines[0].says
    assert [line.state for line in report.lines[3:]] == [REFUSED, REFUSED]
    assert "shortened this telephone number" in report.lines[3].says and "two telephone numbers" in report.lines[4].says


def test_every_wrong_cell_of_a_line_is_named(tried) -> None:
    says = tried(PEOPLE, "Name,DOB,Phone,NI number,Email\nAnn Lee,yesterday,12,AB 12,x@y\n").lines[0].says
    assert [word in says for word in ("DOB: “yesterday”", "Phone: “12”", "NI number: That is not", "Email: “x@y”")] == [True] * 4
    assert "AB 12" not in says and "othing was" not in says


def test_dates_that_can_only_be_month_first_cast_doubt_on_the_whole_column(tried) -> None:
    report = tried(PEOPLE, "Name,DOB\nAnn Lee,12/31/1980\nBob Ode,5/6/1984\n")
    assert report.lines[0].state == REFUSED and "write 31/12/1980" in report.lines[0].says
    assert any("DOB: 1 date can only be month-first. The others may be too" in note for note in report.notes)


def test_lots_by_alias_and_coaches_by_name_and_words_that_are_neither(desk: RoomDesk, brought) -> None:
    report = brought(PEOPLE, "Name,Ward,Coach\nAnn Lee,shard end,Carl Coach\nBob Ode,Camp Hill,Carl\nCat Poe,Nowhere,\nDan Rye,,Nobody\n")
    rows = {row.name: row for row in desk.see(participant.participants)}
    assert [(rows[name].lot, rows[name].coach) for name in ("Ann Lee", "Bob Ode")] == [
        ("Shard End", "Carl Coach"), ("Camp Hill", "Carl Coach")]
    assert "The lots are" in report.lines[2].says and "Nobody of the team is called" in report.lines[3].says


def test_formulas_are_kept_as_text_and_no_report_gives_them_back_as_formulas(desk: RoomDesk, brought, tmp_path: Path) -> None:
    report = brought(PEOPLE, "Name,Notes\n=cmd|' /C calc'!A0,+1\n@SUM(1),-2\n")
    assert names(desk) == ["=cmd|' /C calc'!A0", "@SUM(1)"]
    write_report(tmp_path / "said.csv", report.lines)
    rows = list(csv.reader((tmp_path / "said.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row[2] for row in rows[1:]] == ["'=cmd|' /C calc'!A0", "'@SUM(1)"]
    with pytest.raises(Trouble):
        write_report(tmp_path, report.lines)


def test_contacts_find_their_session_or_open_it_at_a_place_that_is_known(desk: RoomDesk, brought) -> None:
    brought("partner", "Organisation,Postcode,Lots\nSt Giles,B34 7AA,Shard End\n")
    report = brought(
        "outreach.contact",
        "Date,Venue,Name,Phone,Topics,Postcode\n1/5/2020,st giles,Ann Lee,7400123456,benefits; housing,nfa\n1/5/2020,St Giles,Bob Ode,,,\n"
        "1/5/2020,St Giles,bob ode,,,\n1/5/2020,Elsewhere,Cat Poe,,,\n3/6/2020,St Giles,Dan,,,\n,,Eve,,,\n")
    assert [line.state for line in report.lines] == [TAKEN, TAKEN, KNOWN, REFUSED, REFUSED, REFUSED]
    assert "opened" in report.lines[0].says and not report.lines[1].says
    sessions = desk.see(outreach.sessions)
    assert [(row.venue, row.held_on, row.people) for row in sessions] == [("St Giles", date(2020, 5, 1), 2)]
    into = brought("outreach.contact", "Name\nEve Sun\n", session=sessions[0].id)
    assert into.count(TAKEN) == 1


def test_columns_are_mapped_once_and_the_next_file_of_that_header_is_read_the_same_way(desk: RoomDesk, plan) -> None:
    first = plan(PEOPLE, "Who,Remarks,Comment\nAnn Lee,tall,kind\n")
    with pytest.raises(Refusal, match="No column of theirs.csv is a name"):
        run(bringing.trial(desk.store, desk.owner, first))
    first = bringing.mapped(bringing.mapped(first, "who", "full name"), "Comment", "note")
    run(bringing.bring_in(desk.store, desk.owner, first))
    assert desk.see(participant.participants)[0].note == "Remarks: tall\nComment: kind"
    assert dict(plan(PEOPLE, "Who,Remarks,Comment\nBob Ode,x,\n").mapping) == {"Who": "name", "Remarks": "note", "Comment": "note"}
    with pytest.raises(Refusal, match="no column “Age”"):
        bringing.mapped(first, "Age", "name")
    with pytest.raises(Refusal, match="is not something that can come in"):
        bringing.mapped(first, "Who", "shoe size")


def test_consent_is_taken_only_from_a_column_that_says_to_what(desk: RoomDesk, brought, plan) -> None:
    assert plan(PEOPLE, "Name,Consent\nAnn Lee,yes\n").mapping["Consent"] == ""
    brought(PEOPLE, "Name,Consent to share with partners,Privacy notice\nAnn Lee,✓,v2\nBob Ode,no,v2\nCat Poe,,\n")
    assert sorted(row.answer for row in desk.see(participant.consents)) == ["given", "refused"]
    assert len(desk.see(participant.notices)) == 2


def test_an_import_is_taken_back_whole_with_a_receipt_also_when_other_things_were_done_since(desk: RoomDesk, brought) -> None:
    before = names(desk)
    report = brought(PEOPLE, THREE)
    desk.act(lambda session: people.register(session, name="Own Person", lot=desk.shard_end))
    receipt = run(taking_back.undo_import(desk.store, desk.owner, report.import_id))
    assert [(gone.what, gone.name, bool(gone.reference)) for gone in receipt.went] == [
        ("participant", "Ann Lee", True), ("participant", "Cat Poe", True)]
    assert names(desk) == sorted([*before, "Own Person"]) and receipt.changes.rooms >= {"participant", "programme"}
    row = desk.see(taking_back.imports)[0]
    assert (row.taken_back_on, row.can_go) == (TODAY, False)
    checked = desk.store.check()
    assert checked.integrity == "ok" and checked.digest == checked.replay_digest
    with pytest.raises(Refusal, match="was taken back on"):
        run(taking_back.undo_import(desk.store, desk.owner, report.import_id))
    assert not any("brought in before" in note for note in brought(PEOPLE, THREE).notes)


def test_what_was_built_on_an_import_stands_in_the_way_and_is_named(desk: RoomDesk, brought) -> None:
    report = brought(PEOPLE, THREE)
    ann, cat = sorted(desk.see(participant.participants), key=lambda row: row.name)
    desk.act(lambda session: people.record_consent(session, ann.id, answer="given"))
    desk.act(lambda session: people.change_details(session, cat.id, name="Cat Power"))
    with pytest.raises(taking_back.StandsInTheWay, match="consent was recorded") as refused:
        run(taking_back.undo_import(desk.store, desk.owner, report.import_id))
    assert {(each.reference, each.because) for each in refused.value.obstacles} == {
        (ann.reference, "consent was recorded"), (cat.reference, "something was changed by hand")}
    undo.undo_last(desk.store, desk.owner)
    undo.undo_last(desk.store, desk.owner)
    assert len(run(taking_back.undo_import(desk.store, desk.owner, report.import_id)).went) == 2


def test_after_thirty_days_an_import_stays(desk: RoomDesk, brought) -> None:
    report = brought(PEOPLE, THREE)
    desk.store.clock = FixedDay(TODAY + timedelta(days=30))
    assert desk.see(taking_back.imports)[0].can_go
    desk.store.clock = FixedDay(TODAY + timedelta(days=31))
    with pytest.raises(Refusal, match="more than 30 days ago"):
        run(taking_back.undo_import(desk.store, desk.owner, report.import_id))
    with pytest.raises(Refusal, match="no such import"):
        run(taking_back.undo_import(desk.store, desk.owner, UUID(int=7)))


def test_an_import_whose_report_is_out_of_date_brings_nothing_in(desk: RoomDesk, plan) -> None:
    wanted = plan(PEOPLE, "Name,DOB\nAnn Lee,5/6/1984\nBob Ode,1/1/1980\n")
    report = run(bringing.trial(desk.store, desk.owner, wanted))
    desk.act(lambda session: people.register(session, name="Bob Ode", lot=desk.shard_end, born_on=date(1980, 1, 1)))
    with pytest.raises(Refusal, match="Line 3 of theirs.csv cannot be taken any more"):
        run(bringing.bring_in(desk.store, desk.owner, wanted, report))
    assert names(desk) == ["Bob Ode"]


def test_a_trial_writes_neither_log_nor_index_and_the_store_is_as_before(desk: RoomDesk, tried, brought) -> None:
    def state() -> list[Any]:
        tables = ("op", "txn", "participant", "likeness", "search_entry", "version", "seal")
        with desk.store.engine.connect() as connection:
            return [connection.exec_driver_sql(f"select count(*) from {table}").scalar() for table in tables]

    before = state()
    report = tried(PEOPLE, THREE)
    assert [line.state for line in report.lines].count("taken") and state() == before
    brought(PEOPLE, THREE)
    assert [row.title for row in desk.see(lambda s: participant.found(s, "Ann Lee"))] == ["Ann Lee"]


def test_organisations_of_one_name_in_a_file_are_told_apart_by_their_lots(desk: RoomDesk, brought) -> None:
    lines = "Organisation,Type,Lots\nFood for All,food bank,Shard End\nFOOD FOR ALL,food bank,Camp Hill\nFood for all,food bank,Shard End\n"
    report = brought("partner", lines)
    assert [line.state for line in report.lines] == ["taken", "taken", "known already"]
    desk.act(lambda s: partner_actions.change_partner(s, next(row.id for row in partner.partners(s) if row.name == "Food for All"),
                                                      name="Food for Some"))
    again = brought("partner", "Organisation,Type,Lots\nFood for All,food bank,Shard End\n")
    assert [line.state for line in again.lines] == ["taken"], "a name that nobody has any more is free"


@pytest.mark.parametrize("name", ["-2+3", "12345", "+447700900006", "(?)"])
def test_what_has_no_letter_is_nobodys_name(tried: Callable[..., Report], name: str) -> None:
    (line,) = tried("participant", f"Name,Phone\n{name},\n").lines
    assert line.state == REFUSED and "nobody’s name" in line.says
