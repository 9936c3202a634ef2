"""Capture: everything that is written is in the log, and nothing is written past it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import msgspec
import pytest
import sqlalchemy as sa

from coachdesk.clock import FixedDay
from coachdesk.errors import Refusal
from coachdesk.outreach.record import Contact, Session, Tally
from coachdesk.participant.record import FollowUp, Participant, Verdict
from coachdesk.programme.record import Lot
from coachdesk.store import backup, kinds, tables
from coachdesk.store.ids import new_id
from coachdesk.store.session import Store
from tests.store.conftest import DAY, LOT, MovingClock, hold, meet


def person(store: Store, name: str = "Amina Begum", seal_id=None, **more) -> Participant:
    return Participant(
        seal_id=seal_id or new_id(), reference="CW-000-000", lot_id=LOT, coach_id=store.desk.owner, registered_on=DAY, name=name, **more
    )


def test_every_change_stands_in_the_log_with_actor_and_reason(desk: Store, held, ops) -> None:
    contact = meet(desk, held, phone="07700 900123")
    last = ops()[-1]
    assert (last["actor"], last["reason"], last["kind"], last["entity"]) == (
        desk.desk.owner.bytes,
        "Logged a contact 11",
        "set",
        "outreach_contact",
    )
    assert last["entity_id"] == contact.bytes and last["dev"] == desk.desk.device and last["inc"] == desk.desk.incarnation


def test_numbers_run_without_a_gap(desk: Store, held, ops) -> None:
    for i in range(5):
        meet(desk, held, f"Person {i}")
    assert [op["seq"] for op in ops()] == list(range(1, len(ops()) + 1))


def test_one_action_with_many_flushes_is_one_transaction(desk: Store, held, ops) -> None:
    with desk.change(desk.desk.owner, "Several at once") as session:
        for name in ("Ann", "Ben", "Cyn"):
            session.add(Contact(session_id=held, name=name, met_at=desk.clock.now()))
            session.flush()
    assert len({op["txn_id"] for op in ops()[-3:]}) == 1
    assert session.info["changes"].rooms == {"outreach"} and len(session.info["changes"].ids["outreach_contact"]) == 3


def test_an_action_that_changes_nothing_leaves_no_trace(desk: Store, held, ops) -> None:
    before = ops()
    with desk.change(desk.desk.owner, "Looked") as session:
        contact = session.scalars(sa.select(Lot)).first()
        contact.name = str(contact.name)
    assert ops() == before and not session.info["changes"]


def test_a_refused_action_leaves_no_trace(desk: Store, held, ops) -> None:
    before = ops()
    with pytest.raises(Refusal), desk.change(desk.desk.owner, "Tried") as session:
        session.add(Contact(session_id=held, name="Ann", met_at=desk.clock.now()))
        session.flush()
        raise Refusal("No.")
    assert ops() == before
    meet(desk, held)
    assert backup.check(desk.engine).is_sound


def test_a_write_outside_change_is_a_bug(desk: Store, held) -> None:
    with desk.read() as session, pytest.raises(RuntimeError, match=r"outside Store\.change"):
        session.add(Contact(session_id=held, name="Ann", met_at=desk.clock.now()))
        session.flush()


def test_an_action_that_commits_by_itself_is_a_bug_and_writes_nothing(desk: Store, held, ops) -> None:
    before = ops()
    with pytest.raises(Refusal), desk.change(desk.desk.owner, "Hasty") as session:
        session.add(Contact(session_id=held, name="Ann", met_at=desk.clock.now()))
        session.commit()
    assert ops() == before


def test_an_action_that_rolls_back_by_itself_is_a_bug(desk: Store, held) -> None:
    with pytest.raises(RuntimeError, match="ended the transaction"), desk.change(desk.desk.owner, "Odd") as session:
        session.rollback()
        session.add(Contact(session_id=held, name="Ann", met_at=desk.clock.now()))


PAST_THE_DOOR = [
    lambda s: s.execute(sa.update(Contact).values(phone="1")),
    lambda s: s.execute(sa.delete(Contact)),
    lambda s: s.execute(sa.insert(Lot), [{"id": new_id(), "name": "x", "aliases": [], "district_code": "E", "district_name": "B"}]),
    lambda s: s.bulk_save_objects([Lot(name="x", aliases=[], district_code="E", district_name="B")]),
    lambda s: s.execute(sa.text("update outreach_contact set phone = '1'")),
    lambda s: s.execute(sa.text("delete from outreach_contact")),
    lambda s: s.execute(
        sa.text("replace into programme_lot (id, name, aliases, district_code, district_name) values (x'00', 'x', '[]', 'E', 'B')")
    ),
    lambda s: s.execute(sa.text("update op set head = '{}'")),
    lambda s: s.execute(sa.text("delete from op")),
    lambda s: s.execute(sa.text("update op set sealed = null")),
    lambda s: s.execute(sa.text("update txn set reason = 'x'")),
    lambda s: s.execute(sa.text("delete from txn")),
    lambda s: s.execute(sa.text("delete from version")),
    lambda s: s.execute(sa.text("update seal set key = x'00'")),
    lambda s: s.execute(sa.text("insert into seal (id, key) values (x'00', x'00')")),
    lambda s: s.execute(sa.text("delete from seal")),
    lambda s: s.execute(sa.text("insert into op select * from op")),
]


@pytest.mark.parametrize("write", PAST_THE_DOOR)
def test_bulk_core_and_raw_writes_are_refused(desk: Store, held, ops, write) -> None:
    meet(desk, held)
    with desk.change(desk.desk.owner, "Edited") as session:
        session.scalars(sa.select(Contact)).one().phone = "2"
    before = ops()
    with pytest.raises(sa.exc.DBAPIError, match="past the door|append-only"), desk.change(desk.desk.owner, "Slipped by") as session:
        write(session)
    assert ops() == before and backup.check(desk.engine).is_sound


def test_the_door_is_shut_after_a_flush_that_failed(desk: Store, held) -> None:
    with pytest.raises(sa.exc.IntegrityError), desk.change(desk.desk.owner, "Half") as session:
        session.add(Contact(session_id=held, met_at=desk.clock.now(), phone="1"))  # no name
        session.flush()
    with pytest.raises(sa.exc.DBAPIError, match="past the door"), desk.change(desk.desk.owner, "Slipped by") as session:
        session.execute(sa.text("delete from programme_lot"))


def test_a_reference_to_nothing_is_refused_and_leaves_nothing(desk: Store, held, ops) -> None:
    before = ops()
    with pytest.raises(Refusal, match="without what it belongs to"):
        meet(desk, new_id())
    assert ops() == before and backup.check(desk.engine).is_sound


def test_a_parent_is_not_deleted_from_under_its_children(desk: Store, held, ops) -> None:
    meet(desk, held)
    before = ops()
    with pytest.raises(Refusal, match="without what it belongs to"), desk.change(desk.desk.owner, "Removed") as session:
        session.delete(session.get(Session, held))
    assert ops() == before


def test_rows_that_only_grow_are_never_edited(desk: Store, held) -> None:
    with desk.change(desk.desk.owner, "Counted") as session:
        session.add(Tally(session_id=held, what="leaflet", count=20, made_at=desk.clock.now()))
    with pytest.raises(RuntimeError, match="correcting row"), desk.change(desk.desk.owner, "Recounted") as session:
        session.scalars(sa.select(Tally)).one().count = 19


def test_no_float_enters_the_log(desk: Store, held) -> None:
    with pytest.raises(TypeError, match="integer pence"), desk.change(desk.desk.owner, "Counted") as session:
        session.add(Tally(session_id=held, what="leaflet", count=2.5, made_at=desk.clock.now()))


def test_an_instant_from_another_time_zone_is_logged_as_utc(desk: Store, held) -> None:
    with desk.change(desk.desk.owner, "Abroad") as session:
        session.add(Contact(session_id=held, name="Ann", met_at=datetime(2020, 5, 12, 14, tzinfo=timezone(timedelta(hours=2)))))
    with desk.read() as session:
        assert session.scalars(sa.select(Contact.met_at)).one() == datetime(2020, 5, 12, 12, tzinfo=UTC)
    assert backup.check(desk.engine).is_sound


def test_guards_hang_on_every_synced_table_and_on_the_log(desk: Store) -> None:
    with desk.engine.connect() as connection:
        hung = set(connection.exec_driver_sql("select name from sqlite_master where type = 'trigger'").scalars())
    assert hung == {name for name, _ in tables.guards([table.name for table in kinds.synced_tables()])}


# --- seals ------------------------------------------------------------------------------------------------------------
def test_a_head_never_holds_a_personal_value(desk: Store, held, ops) -> None:
    meet(desk, held, "Zebedee", phone="07700 900999", postcode="B34 7QX", note="owes rent", topics=["cv help"])
    with desk.change(desk.desk.owner, "Edited") as session:
        session.scalars(sa.select(Contact)).one().phone = "07700 900998"
    for op in ops():
        assert not [words for words in ("Zebedee", "07700", "B34 7QX", "owes rent") if words in str(op["head"])]
    assert "cv help" in str(ops()[-2]["head"]) and ops()[-1]["sealed"]


def test_each_person_has_a_key_of_their_own_and_children_use_it(desk: Store, ops) -> None:
    one, other = person(desk), person(desk, "Gurpreet Kaur")
    with desk.change(desk.desk.owner, "Registered two") as session:
        session.add_all([FollowUp(participant_id=one.id, coach_id=desk.desk.owner, due_on=DAY, what="ring about the course"), one, other])
    with desk.change(desk.desk.owner, "Decided") as session:
        session.add(
            Verdict(
                participant_id=other.id,
                lot_id=LOT,
                verdict="check by hand",
                method="by hand",
                decided_on=DAY,
                decided_at=desk.clock.now(),
                decided_by=desk.desk.owner,
                sentence="Check by hand.",
            )
        )
    seals = {(op["entity"], op["entity_id"]): op["seal_id"] for op in ops()}
    assert seals["participant", one.id.bytes] == one.seal_id.bytes != seals["participant", other.id.bytes] == other.seal_id.bytes
    assert seals["participant_follow_up", next(i for e, i in seals if e == "participant_follow_up")] == one.seal_id.bytes
    assert seals["participant_verdict", next(i for e, i in seals if e == "participant_verdict")] == other.seal_id.bytes


def test_a_contact_who_registers_keeps_the_small_key(desk: Store, held, ops) -> None:
    contact = meet(desk, held)
    with desk.change(desk.desk.owner, "Registered") as session:
        session.add(person(desk, seal_id=contact))
    with desk.engine.connect() as connection:
        assert connection.exec_driver_sql("select count(*) from seal where id = ?", (contact.bytes,)).scalar() == 1
    assert ops()[-1]["seal_id"] == contact.bytes and backup.check(desk.engine).is_sound


def test_a_key_made_in_a_transaction_that_failed_is_not_used_again(desk: Store, held) -> None:
    contact = Contact(session_id=new_id(), name="Ann", met_at=desk.clock.now())
    with pytest.raises(Refusal), desk.change(desk.desk.owner, "Failed") as session:
        session.add(contact)
    meet(desk, held, "Ben", id=contact.id)
    assert backup.check(desk.engine).is_sound


def test_without_its_small_key_a_payload_stays_shut_and_the_rest_reads_on(desk: Store, held) -> None:
    meet(desk, held, "Ann")
    meet(desk, held, "Ben")
    with desk.engine.connect() as connection, connection.execution_options(write=True).begin():
        connection.connection.info["door"]["open"] = True
        connection.exec_driver_sql("delete from seal where id = (select min(id) from seal)")
        connection.connection.info["door"]["open"] = False
    from coachdesk.store import replay

    with desk.engine.connect() as connection:
        assert len(list(replay.replayed(connection).records())) == len(list(replay.live(connection)))


# --- stamps -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("jump", [timedelta(days=2), timedelta(days=-2), timedelta(0)])
def test_an_edit_outranks_what_it_replaced_whatever_the_clock_says(path, template, jump, ops) -> None:
    from coachdesk.store import opening

    clock = MovingClock(datetime(2020, 5, 12, 9, tzinfo=UTC))
    store = opening.open_store(path, template[1], clock)
    try:
        contact = meet(store, hold(store), "0")
        for i in range(1, 7):
            clock.at += jump if i % 2 else -jump
            with store.change(store.desk.owner, "Edited") as session:
                session.get(Contact, contact).name = str(i)
        with store.engine.connect() as connection:
            rows = connection.exec_driver_sql("select stamp, head from op_row where entity_id = ? order by seq", (contact.bytes,)).all()
        stamps = [row.stamp for row in rows]
        assert stamps == sorted(stamps) and len(set(stamps)) == 7
        assert [msgspec.json.decode(row.head)["b"]["name"] for row in rows[1:]] == [[stamp] for stamp in stamps[:-1]]
        assert backup.check(store.engine).is_sound
    finally:
        store.close()


def test_a_clock_that_stands_still_counts_on_beyond_four_digits() -> None:
    from coachdesk.store.log import after, stamp_text

    before, then = (5, 0xFFFF), after(5, 0xFFFF)
    assert stamp_text((*before, "ff")) < stamp_text((*then, "00"))


def test_words_of_a_set_are_added_and_removed_by_uid(desk: Store, held, ops) -> None:
    contact = meet(desk, held, topics=["cv help", "benefits advice"])
    for topics in (["cv help"], ["cv help", "benefits advice", "childcare"], []):
        with desk.change(desk.desk.owner, "Edited") as session:
            session.get(Contact, contact).topics = topics
    made, fewer, more, none = (msgspec.json.decode(str(op["head"]))["s"]["topics"] for op in ops()[-4:])
    first, third = (bytes(op["op_id"]).hex() for op in (ops()[-4], ops()[-2]))
    assert made == {"add": ["benefits advice", "cv help"]} and fewer == {"add": [], "rem": [f"{first}.0"]}
    assert more == {"add": ["benefits advice", "childcare"]} and set(none["rem"]) == {f"{first}.1", f"{third}.0", f"{third}.1"}


def test_rooms_can_order_by_the_local_key(desk: Store, held) -> None:
    for name in ("Ann", "Ben", "Cyn"):
        meet(desk, held, name)
    with desk.read() as session:
        assert session.scalars(sa.select(Contact.name).order_by(Contact.row.desc())).all() == ["Cyn", "Ben", "Ann"]


def test_the_day_and_the_moment_come_from_the_clock(path, template) -> None:
    from coachdesk.store import opening
    from coachdesk.store.session import today

    store = opening.open_store(path, template[1], FixedDay(date(2021, 2, 3)))
    with store.read() as session:
        assert today(session) == date(2021, 2, 3)
    store.close()
