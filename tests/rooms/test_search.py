"""One box finds people, who was met, partners, places and sessions: at every keystroke, in order, by pieces and in spite of slips."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework import queries as casework
from coachdesk.clock import FixedDay
from coachdesk.outreach import actions as outreach
from coachdesk.participant import actions, queries
from coachdesk.partner import actions as partners
from coachdesk.partner import queries as partner_queries
from coachdesk.partner.record import Venue
from coachdesk.programme.record import Lot
from coachdesk.store import backup, opening, search
from coachdesk.store.search import index
from coachdesk.store.undo import undo_last
from tests.rooms.conftest import SHARD_END, TODAY, RoomDesk


@pytest.fixture
def library(desk: RoomDesk) -> UUID:
    partner = desk.act(lambda s: partners.add_partner(s, name="Shard End Library", kind="library"))
    return desk.act(lambda s: partners.add_venue(s, name="Shard End Library hall", partner=partner, lot=desk.shard_end, postcode=SHARD_END))


def registered(desk: RoomDesk, name: str, **more: Any) -> UUID:
    values: dict[str, Any] = {"lot": desk.shard_end, "postcode": SHARD_END, "is_known_duplicate": True}
    return desk.act(lambda s: actions.register(s, name=name, **(values | more)))


def titles(desk: RoomDesk, text: str, **more: Any) -> list[str]:
    return [hit.title for hit in desk.see(lambda s: casework.search(s, text, **more))]


def people(desk: RoomDesk, text: str) -> list[str]:
    return [hit.title for hit in desk.see(lambda s: queries.found(s, text))]


def test_people_come_in_order_of_name_at_every_keystroke(desk: RoomDesk) -> None:
    for name in ("Zoë Kowalska", "Ådne Kowal", "adam kowalczyk", "Bea Kow", "Mo Khan"):
        registered(desk, name)
    wanted = ["adam kowalczyk", "Ådne Kowal", "Bea Kow", "Zoë Kowalska"]
    assert people(desk, "k") == ["adam kowalczyk", "Ådne Kowal", "Bea Kow", "Mo Khan", "Zoë Kowalska"]
    assert [people(desk, "kowalska"[:end]) for end in (2, 3)] == [wanted, wanted]
    assert people(desk, "kow zo") == people(desk, "ZOE  Kowal") == ["Zoë Kowalska"]


@pytest.mark.parametrize("typed", ["3456", "123 456", "+44 7400 12", "447400", "07400-123", "004474", "4 7aa", "B34", "47AA", "b347a"])
def test_a_piece_of_number_or_postcode_is_enough(desk: RoomDesk, typed: str) -> None:
    registered(desk, "Zoë Kowalska", phone="07400 123456")
    registered(desk, "Bob Cratchit", postcode="CV10 0HJ", phone="07999 888777")
    assert people(desk, typed) == ["Zoë Kowalska"]


def test_runs_of_three_that_stand_apart_are_no_piece(desk: RoomDesk) -> None:
    registered(desk, "Zoë Kowalska", phone="07123 412399")
    assert people(desk, "1234123") == ["Zoë Kowalska"]
    assert people(desk, "2341239") == ["Zoë Kowalska"]
    assert people(desk, "3123") == []


def test_a_reference_is_found_as_it_is_read_aloud(desk: RoomDesk) -> None:
    person = registered(desk, "Zoë Kowalska")
    reference = next(row.reference for row in desk.see(lambda s: queries.participants(s, ids=[person])))
    for typed in (reference, reference.lower().replace("-", " "), reference.replace("-", ""), reference[:6]):
        assert people(desk, typed) == ["Zoë Kowalska"], typed


@pytest.mark.parametrize(("typed", "name"), [
    ("Kowalsak", "Ewa Kowalska"), ("Jonhson", "Mia Johnson"), ("smtih", "Jo Smith"), ("xmith", "Jo Smith"), ("okonkow", "Ada Okonkwo"),
    ("kowlska", "Ewa Kowalska"), ("johnsson mia", "Mia Johnson"), ("kowalczik", "Jan Kowalczyk"), ("bill", "William Owen")])
def test_a_slip_of_the_keys_or_a_short_name_still_finds_and_says_so(desk: RoomDesk, typed: str, name: str) -> None:
    for each in ("Ewa Kowalska", "Mia Johnson", "Jo Smith", "Ada Okonkwo", "Jan Kowalczyk", "William Owen"):
        registered(desk, each)
    hits = desk.see(lambda s: queries.found(s, typed))
    assert [(hit.title, hit.is_alike) for hit in hits] == [(name, True)]


def test_what_is_written_so_comes_before_what_is_alike(desk: RoomDesk) -> None:
    for each in ("Abe Johnsone", "Mia Jonson", "Zed Johnson"):
        registered(desk, each)
    hits = desk.see(lambda s: queries.found(s, "johnson"))
    assert [(hit.title, hit.is_alike) for hit in hits] == [("Abe Johnsone", False), ("Zed Johnson", False), ("Mia Jonson", True)]


@pytest.mark.parametrize(("name", "typed"), [
    ("Łukasz Brzęczyszczykiewicz", "lukasz brz"), ("محمد خان", "mhmd"), ("Олена Шевченко", "olena shev"), ("Олена Шевченко", "олена"),
    ("Nour Al-Hussain", "alhuss"), ("Nour Al-Hussain", "hussain"), ("Sinéad O’Brien", "obrien"), ("王小明", "wang")])
def test_a_name_is_found_as_it_is_written_and_in_latin_letters(desk: RoomDesk, name: str, typed: str) -> None:
    registered(desk, name)
    registered(desk, "Somebody Else")
    assert people(desk, typed) == [name]


def test_somebody_met_is_found_until_they_are_registered_and_again_when_that_is_undone(desk: RoomDesk, library: UUID) -> None:
    met = desk.act(lambda s: outreach.open_session(s, venue=library, kind="job club", held_on=TODAY))
    contact = desk.act(lambda s: outreach.log_contact(s, session_id=met, name="Asha Patel", phone="07400 222333"))
    [hit] = desk.see(lambda s: casework.search(s, "2333"))
    assert (hit.kind, hit.title, hit.detail) == ("outreach.contact", "Asha Patel", "met on 12 May 2020 at Shard End Library hall")
    desk.act(lambda s: actions.register(s, name="Asha Patel", lot=desk.shard_end, postcode=SHARD_END, contact=contact))
    assert [hit.kind for hit in desk.see(lambda s: casework.search(s, "asha"))] == ["participant"]
    undo_last(desk.store, desk.owner)
    assert [hit.kind for hit in desk.see(lambda s: casework.search(s, "asha"))] == ["outreach.contact"]


def test_kinds_come_in_their_order_and_none_crowds_out_the_others(desk: RoomDesk, library: UUID) -> None:
    for number in range(30):
        registered(desk, f"Shardai Person{number}")
    for days in range(12):
        desk.act(lambda s, days=days: outreach.open_session(s, venue=library, kind="job club", held_on=TODAY - timedelta(days=days)))
    hits = desk.see(lambda s: casework.search(s, "shard", limit=30))
    kinds = [hit.kind for hit in hits]
    assert kinds == sorted(kinds, key=search.kinds().index)
    assert [kinds.count(kind) for kind in ("participant", "partner", "partner.venue", "outreach.session")] == [20, 1, 1, 8]
    assert [hit.detail for hit in hits if hit.kind == "outreach.session"][:2] == ["12 May 2020", "11 May 2020"]


@pytest.mark.parametrize("typed", ["12 may library", "job club tues", "12/05/2020", "library 2020 may"])
def test_a_session_is_found_by_place_kind_and_day_in_any_order(desk: RoomDesk, library: UUID, typed: str) -> None:
    desk.act(lambda s: outreach.open_session(s, venue=library, kind="job club", held_on=TODAY))
    desk.act(lambda s: outreach.open_session(s, venue=library, kind="job club", held_on=date(2020, 4, 6)))
    hits = desk.see(lambda s: casework.search(s, typed))
    assert [(hit.title, hit.detail) for hit in hits] == [("Shard End Library hall, job club", "12 May 2020")]


def test_partners_places_and_their_people_are_found_by_name_kind_address_and_number(desk: RoomDesk, library: UUID) -> None:
    partner = desk.see(partner_queries.partners)[0].id
    desk.act(lambda s: partners.add_contact(s, partner=partner, name="Jörg Müller", phone="0121 496 0123"))
    [hit] = desk.see(lambda s: casework.search(s, "muller"))
    assert (hit.kind, hit.title, hit.detail) == ("partner.contact", "Jörg Müller", "Shard End Library")
    assert titles(desk, "960123") == ["Jörg Müller"]
    assert titles(desk, "libary")[:1] == ["Shard End Library"]
    assert titles(desk, "4 7AA") == ["Shard End Library hall"]


def test_a_new_name_of_a_place_or_lot_is_found_in_all_that_tell_of_it(desk: RoomDesk, library: UUID) -> None:
    met = desk.act(lambda s: outreach.open_session(s, venue=library, kind="job club", held_on=TODAY))
    desk.act(lambda s: outreach.log_contact(s, session_id=met, name="Asha Patel"))
    registered(desk, "Zoë Kowalska")

    def rename(session: Any) -> None:
        session.get(Venue, library).name = "Old Mill"
        session.get(Lot, desk.shard_end).name = "Shard Vale"

    desk.act(rename)
    assert titles(desk, "old mill job") == ["Old Mill, job club"]
    assert titles(desk, "library job") == []
    assert [hit.detail for hit in desk.see(lambda s: casework.search(s, "asha"))] == ["met on 12 May 2020 at Old Mill"]
    assert [hit.detail.partition(" · ")[2] for hit in desk.see(lambda s: casework.search(s, "zoe"))] == ["Shard Vale"]


def test_whoever_has_left_is_still_found(desk: RoomDesk) -> None:
    person = registered(desk, "Zoë Kowalska")
    desk.act(lambda s: actions.end_spell(s, person, reason="moved away"))
    assert people(desk, "kowal") == ["Zoë Kowalska"]


def test_two_records_of_one_person_are_found_once_under_the_leading_name(desk: RoomDesk) -> None:
    first, second = registered(desk, "Ewa Kowalska"), registered(desk, "Ewa Nowak-Kowalska")
    desk.act(lambda s: actions.merge(s, first, other=second, reason="she said so"))
    hits = desk.see(lambda s: queries.found(s, "kowalska"))
    assert [(hit.id, hit.title, hit.also) for hit in hits] == [(first, "Ewa Kowalska", "")]
    assert [(hit.id, hit.title, hit.also) for hit in desk.see(lambda s: queries.found(s, "nowak"))] == [
        (first, "Ewa Kowalska", "Ewa Nowak-Kowalska")]
    undo_last(desk.store, desk.owner)
    assert len(desk.see(lambda s: queries.found(s, "kowalska"))) == 2


def test_an_edit_is_found_at_once_and_the_old_name_no_more_nor_in_the_file(desk: RoomDesk) -> None:
    person = registered(desk, "Zoë Qvintovska", phone="07400 123456")
    desk.act(lambda s: actions.change_details(s, person, name="Zoë Nowak", phone="07999 888777"))
    assert people(desk, "qvin") == people(desk, "qvintovsak") == people(desk, "3456") == []
    assert people(desk, "nowak") == people(desk, "8777") == ["Zoë Nowak"]
    with desk.store.read() as session:
        connection = session.connection()
        tables = ("search_entry", "search_near", "search_text_data")
        held = [bytes(str(tuple(row)), "utf-8") for name in tables for row in connection.exec_driver_sql(f"select * from {name}")]
        assert not any(b"qvint" in each.lower() for each in held)


def test_nothing_typed_and_odd_signs_find_nothing_and_break_nothing(desk: RoomDesk) -> None:
    registered(desk, "Zoë Kowalska")
    for typed in ("", "  ", "***", '"', "zoe AND", "NEAR(zoe", "-", "\x00", "💙", "a" * 500, "1" * 300, " ".join("ab" * 60)):
        assert people(desk, typed) == [] or typed.strip() == "", typed


def test_a_restored_store_and_one_without_an_index_find_everything(desk: RoomDesk, library: UUID, tmp_path: Path) -> None:
    registered(desk, "Zoë Kowalska", phone="07400 123456")
    desk.act(lambda s: outreach.open_session(s, venue=library, kind="job club", held_on=TODAY))
    desk.store.backup_to(tmp_path / "kept.backup")
    backup.restore(tmp_path / "kept.backup", tmp_path / "again.coachdesk", "four plain words here", FixedDay(TODAY))
    wanted = {text: titles(desk, text) for text in ("kowal", "3456", "job", "library", "4 7aa")}
    store = opening.open_store(tmp_path / "again.coachdesk", desk.store.key, FixedDay(TODAY))
    again = RoomDesk(store, desk.owner, desk.coach, desk.lots)
    try:
        assert {text: titles(again, text) for text in wanted} == wanted
        with store.engine.connect() as connection, connection.execution_options(write=True).begin():
            connection.exec_driver_sql("insert into search_text (search_text) values ('delete-all')")
            for statement in ("delete from search_entry", "delete from search_near", "delete from remembered where name like 'derived.%'"):
                connection.exec_driver_sql(statement)
        assert {text: titles(again, text) for text in wanted} == wanted, "the long way"
    finally:
        store.close()
    store = opening.open_store(tmp_path / "again.coachdesk", desk.store.key, FixedDay(TODAY))
    try:
        with store.read() as session:
            assert index.is_ready(session)
        assert {text: titles(RoomDesk(store, desk.owner, desk.coach, desk.lots), text) for text in wanted} == wanted
        assert titles(RoomDesk(store, desk.owner, desk.coach, desk.lots), "kowalsak") == ["Zoë Kowalska"]
    finally:
        store.close()
        shutil.rmtree(tmp_path, ignore_errors=True)
