"""Whatever is done, in any order: the log replayed gives the live tables, and undo gives back what was."""

from __future__ import annotations

import random
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule, run_state_machine_as_test

from coachdesk.errors import Refusal
from coachdesk.outreach.record import Contact, Session, Tally
from coachdesk.participant.record import FollowUp, Participant
from coachdesk.store import kinds, opening, replay
from coachdesk.store.ids import new_id
from coachdesk.store.log import secret_of, stamp_text
from coachdesk.store.undo import undo_last
from tests.store.conftest import DAY, LOT, VENUE, MovingClock, copied

WORDS = st.lists(st.sampled_from(["cv help", "childcare", "debt", "bus", "Ärger"]), max_size=4)
TEXT = st.one_of(st.none(), st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8))


def shuffled_digest(connection: sa.Connection, dice: random.Random) -> str:
    rows = connection.exec_driver_sql("select op_id, ms, counter, entity, entity_id, seal_id, head, sealed from op").all()
    rows += dice.sample(rows, len(rows) // 2)
    dice.shuffle(rows)
    fold = replay.Fold()
    for row in rows:
        fold.apply(
            row.op_id,
            stamp_text((row.ms, row.counter, row.op_id.hex())),
            row.entity,
            row.entity_id,
            msgspec.json.decode(row.head),
            secret_of(connection, row),
        )
    return replay.digest(fold.records())


class Desk(RuleBasedStateMachine):
    """Sessions, contacts, tallies, people and follow-ups under a clock that jumps."""

    template: tuple[Path, bytes, str]
    contacts = Bundle("contacts")
    people = Bundle("people")

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.clock = MovingClock(datetime(2020, 5, 12, 9, tzinfo=UTC))
        self.store = opening.open_store(copied(self.template, self.folder), self.template[1], self.clock)
        self.owner = self.store.desk.owner
        self.dice = random.Random(7)
        self.session = Session(venue_id=VENUE, lot_id=LOT, coach_id=self.owner, kind="food bank", held_on=DAY).id
        with self.store.change(self.owner, "Opened") as session:
            session.add(Session(id=self.session, venue_id=VENUE, lot_id=LOT, coach_id=self.owner, kind="food bank", held_on=DAY))
        self.before = [self._state()]

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            shutil.rmtree(self.folder)

    def _state(self) -> dict[str, list[tuple[object, ...]]]:
        with self.store.engine.connect() as connection:
            return {
                table.name: sorted(
                    tuple(map(str, row)) for row in connection.execute(sa.select(*[c for c in table.columns if c.name != "row"]))
                )
                for table in kinds.synced_tables()
            }

    def _did(self, happened: bool) -> None:
        if happened:
            self.before.append(self._state())

    @rule(days=st.sampled_from([-2, 2]))
    def jump(self, days: int) -> None:
        self.clock.at += timedelta(days=days)

    @rule(target=contacts, name=st.sampled_from(["Ann", "Siân", "王"]), phone=TEXT, topics=WORDS)
    def add_contact(self, name, phone, topics):
        made = Contact(session_id=self.session, name=name, phone=phone, topics=sorted(set(topics)), met_at=self.clock.now())
        with self.store.change(self.owner, "Added") as session:
            session.add(made)
        self._did(True)
        return made.id

    @rule(target=people, adopts=st.booleans(), contact=contacts, note=TEXT)
    def register(self, adopts, contact, note):
        made = Participant(
            seal_id=contact if adopts else new_id(),
            reference="CW-1",
            lot_id=LOT,
            coach_id=self.owner,
            registered_on=DAY,
            name="P",
            note=note,
        )
        with self.store.change(self.owner, "Registered") as session:
            session.add_all([FollowUp(participant_id=made.id, coach_id=self.owner, due_on=DAY, what="ring"), made])
            session.flush()
            session.add(Tally(session_id=self.session, what="contact", count=1, made_at=self.clock.now()))
        self._did(True)
        return made.id

    @rule(contact=contacts, phone=TEXT, topics=st.one_of(st.none(), WORDS), follow=st.booleans(), twice=st.booleans())
    def edit(self, contact, phone, topics, follow, twice):
        with self.store.change(self.owner, "Edited") as session:
            found = session.get(Contact, contact)
            if found is None:
                return
            found.phone, found.follow_up_on = phone, DAY if follow else None
            if twice:
                session.flush()
                found.phone = "again"
            if topics is not None:
                found.topics = sorted(set(topics))
        self._did(bool(session.info["changes"]))

    @rule(contact=consumes(contacts))
    def delete(self, contact):
        with self.store.change(self.owner, "Removed") as session:
            found = session.get(Contact, contact)
            if found is None:
                return
            session.delete(found)
        self._did(True)

    @rule(person=people, note=TEXT)
    def note_person(self, person, note):
        with self.store.change(self.owner, "Noted") as session:
            found = session.get(Participant, person)
            if found is None:
                return
            found.note = note
        self._did(bool(session.info["changes"]))

    @rule(target=contacts)
    def undo(self):
        if len(self.before) < 2:
            return multiple()
        undo_last(self.store, self.owner)
        self.before.pop()
        assert self._state() == self.before[-1]
        return multiple()

    @rule()
    def fail(self) -> None:
        with pytest.raises(Refusal), self.store.change(self.owner, "Failed") as session:
            session.add(Contact(session_id=new_id(), name="Nobody", met_at=self.clock.now()))

    @invariant()
    def the_log_gives_the_tables(self) -> None:
        if not hasattr(self, "store"):
            return
        with self.store.engine.connect() as connection:
            live = replay.digest(replay.live(connection))
            assert live == replay.digest(replay.replayed(connection).records()) == shuffled_digest(connection, self.dice)


def test_replay_in_any_order_gives_the_live_tables_and_undo_what_was(template) -> None:
    Desk.template = template
    run_state_machine_as_test(Desk, settings=settings(max_examples=25, stateful_step_count=25))
