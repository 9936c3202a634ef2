"""Laptops that exchange their logs in any order, in parts, twice over, agree to the last value; nothing that was saved is lost."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from coachdesk.errors import Refusal
from coachdesk.outreach.record import Contact, Session, Tally
from coachdesk.participant.record import FollowUp, Participant
from coachdesk.store import backup, contest, opening, travel
from coachdesk.store.ids import new_id
from coachdesk.store.session import Orphaned, Store
from coachdesk.store.undo import undo_last
from tests.store.conftest import DAY, LOT, VENUE, MovingClock

MET = UUID("01712b3c-0000-7000-8000-000000000003")
NOON = datetime(2020, 5, 12, 12, tzinfo=UTC)
Keys = dict[bytes, list[bytes]]


def laptop(template: tuple[Path, bytes, str], folder: Path, number: int, skew: timedelta = timedelta()) -> Store:
    """A store with the template's records, as another device of the same space."""
    folder.mkdir(parents=True)
    for end in ("", ".key", ".lineage"):
        shutil.copy(f"{template[0]}{end}", folder / f"desk.coachdesk{end}")
    store = opening.open_store(folder / "desk.coachdesk", template[1], MovingClock(NOON + skew))
    desk = replace(store.desk, device=bytes([number]) * 16, incarnation=bytes([number]) * 8)
    with store.engine.connect() as connection, connection.execution_options(write=True).begin():
        desk.save(connection)
    store.desk = desk
    return store


@pytest.fixture
def two(template, tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    pair = laptop(template, tmp_path / "a", 1), laptop(template, tmp_path / "b", 2)
    with pair[0].change(pair[0].desk.owner, "Opened a session") as session:
        session.add(Session(id=MET, venue_id=VENUE, lot_id=LOT, coach_id=pair[0].desk.owner, kind="food bank", held_on=DAY))
    bring(pair[0], pair[1])
    yield pair
    for store in pair:
        store.close()


def said(store: Store, limit: int = 1000) -> tuple[list[travel.Batch], Keys]:
    """All that a laptop made itself, with the small keys it needs."""
    with store.engine.connect() as connection:
        batches, after = [], 0
        while (batch := travel.outgoing(connection, store.desk.device, store.desk.incarnation, after, limit)) is not None:
            batches.append(batch)
            after = batch.last
        keys: Keys = {}
        for batch in batches:
            keys.update(travel.small_keys(connection, travel.seal_ids(batch)))
        return batches, keys


def bring(giver: Store, taker: Store) -> travel.Taken:
    batches, keys = said(giver)
    return travel.take_in(taker, batches, keys=keys)


def agree(*stores: Store) -> bool:
    found = [backup.check(store.engine) for store in stores]
    assert all(each.is_sound for each in found), found
    return len({each.digest for each in found}) == 1


def change(store: Store, thing: type, id: UUID, **values: object) -> None:
    with store.change(store.desk.owner, "Edited") as session:
        found = session.get(thing, id)
        for name, value in values.items():
            setattr(found, name, value)


def meet(store: Store, name: str = "Amina Begum", **more: object) -> UUID:
    made = Contact(session_id=MET, name=name, met_at=store.clock.now(), **more)
    with store.change(store.desk.owner, "Met") as session:
        session.add(made)
    return made.id


def read(store: Store, thing: type, id: UUID):
    with store.read() as session:
        return session.get(thing, id)


def test_what_one_laptop_wrote_stands_on_the_other_and_coming_again_changes_nothing(two: tuple[Store, Store]) -> None:
    a, b = two
    person = meet(a, phone="07400 123456", topics=["debt"])
    taken = bring(a, b)
    assert taken.ops == 1
    assert taken.changes.rooms == {"outreach"}
    got = read(b, Contact, person)
    assert (got.name, got.phone, got.topics) == ("Amina Begum", "07400 123456", ["debt"])
    assert agree(a, b)
    again = bring(a, b)
    assert again.ops == 0
    assert not again.changes


def test_two_phone_numbers_for_one_person_are_both_kept_until_somebody_chooses(two: tuple[Store, Store]) -> None:
    a, b = two
    person = meet(a, phone="1")
    bring(a, b)
    change(a, Contact, person, phone="2")
    change(b, Contact, person, phone="3")
    bring(a, b), bring(b, a)
    assert agree(a, b)
    with a.read() as session:
        (item,) = contest.contested(session)
        assert {each.value for each in item.torn["phone"]} == {"2", "3"}
        (stands,) = [each.value for each in item.torn["phone"] if each.stands]
    assert read(a, Contact, person).phone == stands == read(b, Contact, person).phone
    with a.change(a.desk.owner, "Chose") as session:
        contest.settle(session, session.get(Contact, person), "phone", stands)
    bring(a, b)
    assert agree(a, b)
    for store in two:
        with store.read() as session:
            assert contest.contested(session) == []
    with pytest.raises(Refusal, match="chosen already"), a.change(a.desk.owner, "Chose") as session:
        contest.settle(session, session.get(Contact, person), "phone", "9")


def test_the_same_value_written_twice_is_no_conflict_and_different_fields_are_only_a_note(two: tuple[Store, Store]) -> None:
    a, b = two
    person = meet(a)
    bring(a, b)
    change(a, Contact, person, phone="2")
    change(b, Contact, person, phone="2")
    bring(a, b), bring(b, a)
    with b.read() as session:
        assert contest.count(session) == 0
    change(a, Contact, person, note="rings back")
    change(b, Contact, person, phone="4")
    bring(a, b), bring(b, a)
    with b.read() as session:
        assert contest.count(session) == 0
        (item,) = contest.contested(session)
        assert len(item.beside) == 1
    with b.change(b.desk.owner, "Read") as session:
        contest.seen(session, person)
    with b.read() as session:
        assert contest.contested(session) == []
    assert agree(a, b)


def test_a_later_edit_that_knew_of_both_wins_whatever_the_clocks_say(template, tmp_path: Path) -> None:
    a, b = laptop(template, tmp_path / "a", 1, timedelta(days=2)), laptop(template, tmp_path / "b", 2, timedelta(days=-2))
    with a.change(a.desk.owner, "Opened a session") as session:
        session.add(Session(id=MET, venue_id=VENUE, lot_id=LOT, coach_id=a.desk.owner, kind="food bank", held_on=DAY))
    person = meet(a, phone="1")
    bring(a, b)
    change(b, Contact, person, phone="2")
    bring(b, a)
    assert read(a, Contact, person).phone == "2"
    assert agree(a, b)
    a.close(), b.close()


def test_a_deleted_record_that_somebody_wrote_on_stays_and_is_shown(two: tuple[Store, Store]) -> None:
    a, b = two
    person = meet(a, phone="1")
    bring(a, b)
    with a.change(a.desk.owner, "Removed") as session:
        session.delete(session.get(Contact, person))
    change(b, Contact, person, phone="2")
    bring(b, a), bring(a, b)
    assert read(a, Contact, person).phone == "2"
    assert agree(a, b)
    with a.read() as session:
        (item,) = contest.contested(session)
        assert item.is_kept
        assert item.deleted_by is not None and item.deleted_by.reason == "Removed"
    with a.change(a.desk.owner, "Stays") as session:
        contest.stay(session, session.get(Contact, person))
    bring(a, b)
    assert agree(a, b)
    with b.read() as session:
        assert contest.count(session) == 0


def test_a_deletion_travels(two: tuple[Store, Store]) -> None:
    a, b = two
    person = meet(a)
    bring(a, b)
    with a.change(a.desk.owner, "Removed") as session:
        session.delete(session.get(Contact, person))
    bring(a, b)
    assert read(b, Contact, person) is None
    assert agree(a, b)
    undo_last(a, a.desk.owner)
    bring(a, b)
    assert read(b, Contact, person).name == "Amina Begum"
    assert agree(a, b)


def test_what_a_new_record_names_is_not_lost_though_somebody_deleted_it(two: tuple[Store, Store]) -> None:
    a, b = two
    held = Session(venue_id=VENUE, lot_id=LOT, coach_id=a.desk.owner, kind="job club", held_on=DAY)
    with a.change(a.desk.owner, "Opened") as session:
        session.add(held)
    bring(a, b)
    with a.change(a.desk.owner, "Removed") as session:
        session.delete(session.get(Session, held.id))
    met = Contact(session_id=held.id, name="Bo", met_at=b.clock.now())
    with b.change(b.desk.owner, "Met") as session:
        session.add(met)
    bring(b, a), bring(a, b)
    assert read(a, Session, held.id).kind == "job club" == read(b, Session, held.id).kind
    assert read(a, Contact, met.id).name == "Bo"
    assert agree(a, b)
    with b.change(b.desk.owner, "Removed") as session:
        session.delete(session.get(Contact, met.id))
    assert read(b, Session, held.id) is None, "nothing keeps it any more"
    bring(b, a)
    assert read(a, Session, held.id) is None
    assert agree(a, b)


def test_a_child_waits_for_its_parent_and_a_secret_for_its_key(two: tuple[Store, Store]) -> None:
    a, b = two
    held = Session(venue_id=VENUE, lot_id=LOT, coach_id=a.desk.owner, kind="job club", held_on=DAY)
    with a.change(a.desk.owner, "Opened") as session:
        session.add(held)
    met = Contact(session_id=held.id, name="Bo", met_at=a.clock.now())
    with a.change(a.desk.owner, "Met") as session:
        session.add(met)
    batches, keys = said(a, limit=1)
    *_early, parent, child = batches
    travel.take_in(b, [child])
    assert read(b, Contact, met.id) is None
    assert backup.check(b.engine).is_sound
    travel.take_in(b, [parent])
    assert read(b, Session, held.id).kind == "job club"
    travel.take_in(b, [], keys=keys)
    assert read(b, Contact, met.id).name == "Bo"
    assert agree(a, b)


def test_what_may_not_count_is_kept_aside_and_let_in_when_it_may(two: tuple[Store, Store]) -> None:
    a, b = two
    person = meet(a, phone="1")
    bring(a, b)
    change(a, Contact, person, phone="2")
    made = meet(a, "Bo")
    batches, keys = said(a)
    last = batches[-1].last

    def judge(dev: bytes, inc: bytes, seq: int, entity: str, fields: frozenset[str]) -> str | None:
        return "shut out" if dev == a.desk.device and seq > last - 2 else None

    taken = travel.take_in(b, batches, keys=keys, judge=judge)
    assert taken.withheld == 2
    assert read(b, Contact, person).phone == "1"
    assert read(b, Contact, made) is None
    assert backup.check(b.engine).is_sound
    travel.rejudge(b, lambda *_what: None)
    assert read(b, Contact, person).phone == "2"
    assert agree(a, b)
    travel.rejudge(b, judge)
    assert read(b, Contact, person).phone == "1"
    assert read(b, Contact, made) is None
    assert backup.check(b.engine).is_sound


def test_two_keys_made_at_once_for_one_record_open_both_laptops_words(two: tuple[Store, Store]) -> None:
    a, b = two
    change(a, Session, MET, note="1")
    change(b, Session, MET, note="2")
    bring(a, b), bring(b, a)
    assert agree(a, b)
    for store in two:
        with store.read() as session:
            (item,) = contest.contested(session)
            assert {each.value for each in item.torn["note"]} == {"1", "2"}


def test_a_newer_programs_fields_wait_and_are_there_after_the_update(two: tuple[Store, Store]) -> None:
    a, b = two
    hidden = frozenset({"outreach_contact.note", "outreach_tally"})
    person = meet(a, note="new")
    with a.change(a.desk.owner, "Counted") as session:
        session.add(Tally(session_id=MET, what="contact", count=3, made_at=a.clock.now()))
    batches, keys = said(a)
    b.hidden = hidden
    travel.take_in(b, batches, keys=keys)
    assert read(b, Contact, person).note is None
    assert agree(a, b)
    b.hidden = frozenset()
    travel.refold_newer(b)
    assert read(b, Contact, person).note == "new"
    with b.read() as session:
        assert session.scalar(sa.select(sa.func.sum(Tally.count))) == 3
    assert agree(a, b)


def test_unpublished_work_of_a_copied_laptop_moves_to_a_new_incarnation(two: tuple[Store, Store]) -> None:
    a, b = two
    meet(a)
    batches, _keys = said(a)
    meet(a, "Bo")
    meet(a, "Cay")
    old = a.desk.incarnation
    assert travel.rehome(a, batches[-1].last, b"fresh000") == 2
    assert a.desk.incarnation == b"fresh000"
    meet(a, "Dee")
    (batch,), keys = said(a)
    assert (batch.first, batch.last, batch.inc) == (1, 3, b"fresh000")
    travel.take_in(b, [*batches, batch], keys=keys)
    bring(a, b)
    with a.engine.connect() as connection:
        assert travel.heads(connection)[a.desk.device, old] == batches[-1].last
    assert agree(a, b) is False      # b lacks only the first contact's small key, which came with the old incarnation
    with a.engine.connect() as connection:
        travel.take_in(b, [], keys=travel.small_keys(connection, travel.seal_ids(batches[-1])))
    assert agree(a, b)


@pytest.mark.parametrize("seed", range(12))
def test_any_order_of_arrival_gives_the_same_state(template, tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    stores = [laptop(template, tmp_path / str(number), number + 1, timedelta(days=dice.choice([-2, 0, 0, 2]))) for number in range(3)]
    first = stores[0]
    with first.change(first.desk.owner, "Opened a session") as session:
        session.add(Session(id=MET, venue_id=VENUE, lot_id=LOT, coach_id=first.desk.owner, kind="food bank", held_on=DAY))
    for other in stores[1:]:
        bring(first, other)
    for _step in range(60):
        _something(dice, dice.choice(stores))
        if dice.random() < 0.25:
            giver, taker = dice.sample(stores, 2)
            batches, keys = said(giver, limit=dice.choice([1, 3, 1000]))
            dice.shuffle(batches)
            some = dict(dice.sample(sorted(keys.items()), len(keys) // 2)) if dice.random() < 0.3 else keys
            travel.take_in(taker, batches[: dice.randint(0, len(batches))], keys=some)
            found = backup.check(taker.engine)
            assert found.is_sound, (seed, found)
    for _round in range(2):
        for giver in stores:
            for taker in stores:
                if giver is not taker:
                    bring(giver, taker)
    assert agree(*stores), seed
    for store in stores:
        with store.engine.connect() as connection:
            assert connection.exec_driver_sql("select count(*) from waiting").scalar_one() == 0
        store.close()


def _something(dice: random.Random, store: Store) -> None:
    with store.read() as session:
        contacts = session.scalars(sa.select(Contact.id)).all()
        sessions = session.scalars(sa.select(Session.id)).all()
        people = session.scalars(sa.select(Participant.id)).all()
    owner, what = store.desk.owner, dice.random()
    try:
        if what < 0.2 or not contacts:
            with store.change(owner, "Met") as session:
                session.add(Contact(session_id=dice.choice(sessions), met_at=store.clock.now(),
                                    name=dice.choice(["Ann", "Bo"]), topics=dice.sample(["debt", "bus", "cv"], 2)))
        elif what < 0.45:
            change(store, Contact, dice.choice(contacts), phone=str(dice.randint(1, 5)), topics=dice.sample(["debt", "bus", "cv"], 1))
        elif what < 0.55:
            with store.change(owner, "Removed") as session:
                session.delete(session.get(Contact, dice.choice(contacts)))
        elif what < 0.62:
            with store.change(owner, "Opened") as session:
                session.add(Session(venue_id=VENUE, lot_id=LOT, coach_id=owner, kind="job club", held_on=DAY))
        elif what < 0.7 and len(sessions) > 1:
            with store.change(owner, "Removed") as session:
                session.delete(session.get(Session, dice.choice([one for one in sessions if one != MET])))
        elif what < 0.8:
            made = Participant(seal_id=new_id(), reference="CW-1", lot_id=LOT, coach_id=owner, registered_on=DAY, name="P")
            with store.change(owner, "Registered") as session:
                session.add_all([made, FollowUp(participant_id=made.id, coach_id=owner, due_on=DAY, what="ring")])
        elif what < 0.9 and people:
            change(store, Participant, dice.choice(people), note=dice.choice(["x", "y"]))
        else:
            undo_last(store, owner)
    except (Refusal, Orphaned):
        pass
