"""One laptop of a simulated history: its coach works, syncs, crashes, keeps backups and goes back to them."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session as Work

from coachdesk.errors import Refusal, Spoken
from coachdesk.outreach.record import Contact, Session, Tally
from coachdesk.participant.record import FollowUp, Participant
from coachdesk.referral.actions.moves import move
from coachdesk.referral.record import Referral
from coachdesk.store import contest, log, opening, replay, travel
from coachdesk.store.ids import new_id
from coachdesk.store.undo import undo_last
from coachdesk.sync import segments, shelf, standing
from coachdesk.sync.folder import Folder
from coachdesk.sync.turn import Report, turn
from tests.sync import oracle
from tests.sync.disk import ROOT, Crash, Disk, Moody
from tests.sync.stage import DAY, LOT, MET, PARTNER, VENUE, LaptopClock, Stage

TWO_DAYS = 2 * 86_400_000
TOPICS = ["debt", "bus", "cv", "housing"]
# What older programs do not know: the newest writes all, the one before no notes of contacts, the oldest no tallies either.
VERSIONS = (frozenset[str](), frozenset({"outreach_contact.note"}), frozenset({"outreach_contact.note", "outreach_tally"}))


class Failure(Exception):
    """A promise that was broken."""


class Device:
    """A laptop: a copy of the stage's store, a clock that is wrong, a program that may be old."""

    def __init__(
        self, stage: Stage, place: int, folder: Path, disk: Disk, dice: random.Random, said: Counter[str], kept: set[bytes]
    ) -> None:
        self.stage, self.place, self.disk, self.dice, self.said, self._kept = stage, place, disk, dice, said, kept
        self.skew = dice.randint(-TWO_DAYS, TWO_DAYS) if dice.random() < 0.6 else 0
        self.hidden = dice.choice(VERSIONS) if place and dice.random() < 0.5 else VERSIONS[0]
        self.clock = LaptopClock(stage.wall, self.skew)
        self.path = stage.copy(place, folder)
        self.backup: Path | None = None
        self.is_lost = self.went_back = False
        self.sealed: dict[bytes, list[bytes]] = {}
        self._noted: set[bytes] = set()
        self.store = self._open()
        self.dev = self.store.desk.device

    def _open(self):
        with self.at_work():
            store = opening.open_store(self.path, self.stage.key[self.place], self.clock, self.stage.wall.throw)
        store.hidden = self.hidden
        return store

    def close(self) -> None:
        self.store.close()

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """The world's clock is read as this laptop has it."""
        before, self.stage.wall.skew = self.stage.wall.skew, self.skew
        try:
            yield
        finally:
            self.stage.wall.skew = before

    def carrier(self, **moods: object) -> Folder:
        return Folder(Path(ROOT), files=Moody(self.disk, self.dice, **moods), sleep=lambda _seconds: None)  # type: ignore[arg-type]

    def is_well(self) -> bool:
        return not self.is_lost

    # Work -----------------------------------------------------------------------------------------------------------------

    def works(self) -> None:
        """One thing that a coach does."""
        name, act = self.dice.choice(self._deeds())
        with self.at_work():
            try:
                if act is None:
                    undo_last(self.store, self.store.desk.owner)
                else:
                    with self.store.change(self.store.desk.owner, name) as work:
                        act(work)
            except Refusal:
                self.said["refused"] += 1
                return
        self.said[name] += 1
        self._acknowledge()

    def _deeds(self) -> list[tuple[str, Callable[[Work], object] | None]]:
        deeds: list[tuple[str, Callable[[Work], object] | None]] = [
            ("met", self._meet), ("met", self._meet), ("edited a contact", self._edit), ("edited a contact", self._edit),
            ("edited a person", self._note), ("edited a person", self._note), ("registered", self._register), ("session", self._hold),
            ("removed a contact", self._remove), ("removed a session", self._call_off), ("follow-up", self._follow),
            ("referred", self._refer), ("moved a referral", self._move), ("moved a referral", self._move), ("chose", self._choose),
            ("undone", None)]
        if "outreach_tally" not in self.hidden:
            deeds.append(("counted", self._count))
        return deeds

    def _some(self, work: Work, kind: type, *but: UUID):
        found = [id for id in work.scalars(sa.select(kind.id).order_by(kind.id)) if id not in but]
        if not found:
            raise Refusal("Nothing there.", "")
        return work.get(kind, self.dice.choice(found))

    def _meet(self, work: Work) -> None:
        met = Contact(session_id=self._some(work, Session).id, name=self.dice.choice(["Ann", "Bo"]), met_at=self.clock.now(),
                      topics=self.dice.sample(TOPICS, 2))
        if "outreach_contact.note" not in self.hidden:
            met.note = "new"
        work.add(met)

    def _edit(self, work: Work) -> None:
        found = self._some(work, Contact)
        if self.dice.random() < 0.5:
            found.topics = sorted(self.dice.sample(TOPICS, self.dice.randint(0, 3)))
        else:
            found.phone = str(self.dice.randint(1, 9))

    def _note(self, work: Work) -> None:
        found = self._some(work, Participant)
        setattr(found, self.dice.choice(["note", "phone", "preferred_contact"]), str(self.dice.randint(1, 9)))

    def _register(self, work: Work) -> None:
        made = Participant(seal_id=new_id(), reference="CW-2", lot_id=LOT, coach_id=self.store.desk.owner, registered_on=DAY, name="P")
        work.add_all([made, FollowUp(participant_id=made.id, coach_id=self.store.desk.owner, due_on=DAY, what="ring")])

    def _hold(self, work: Work) -> None:
        work.add(Session(venue_id=VENUE, lot_id=LOT, coach_id=self.store.desk.owner, kind="job club", held_on=DAY))

    def _remove(self, work: Work) -> None:
        work.delete(self._some(work, Contact))

    def _call_off(self, work: Work) -> None:
        work.delete(self._some(work, Session, MET))

    def _follow(self, work: Work) -> None:
        work.add(FollowUp(participant_id=self._some(work, Participant).id, coach_id=self.store.desk.owner, due_on=DAY, what="ring"))

    def _refer(self, work: Work) -> None:
        made = Referral(direction="out", partner_id=PARTNER, lot_id=LOT, coach_id=self.store.desk.owner, need="debt",
                        made_on=DAY - timedelta(5), participant_id=self._some(work, Participant).id, reply_due_on=DAY)
        work.add(made)
        work.flush()
        move(work, made.id, "sent", None)

    def _move(self, work: Work) -> None:
        referral = self._some(work, Referral)
        move(work, referral.id, self.dice.choice(["seen", "accepted", "declined", "completed", "withdrawn", "reopened"]), None,
             was_helped=True, reason="r")

    def _count(self, work: Work) -> None:
        work.add(Tally(session_id=self._some(work, Session).id, what="contact", count=self.dice.randint(-1, 5), made_at=self.clock.now()))

    def _choose(self, work: Work) -> None:
        for item in contest.contested(work):
            kind = {"outreach_contact": Contact, "participant": Participant}.get(item.entity)
            thing = work.get(kind, item.id) if kind else None
            if thing is not None and item.torn:
                field = min(item.torn)
                contest.settle(work, thing, field, item.torn[field][-1].value)
                return
            if thing is not None and item.is_kept:
                contest.stay(work, thing)
                return
        raise Refusal("Nothing to choose.", "")

    def _acknowledge(self) -> None:
        """What was saved is promised; and each edit must win over what its writer saw."""
        with self.store.engine.connect() as connection:
            rows = connection.exec_driver_sql("select op_id, ms, counter, head from op where txn = (select max(n) from txn)").all()
        for row in rows:
            head = msgspec.json.decode(row.head)
            stamp = log.stamp_text((row.ms, row.counter, bytes(row.op_id).hex()))
            seen = [*head.get("x", ()), *(base for bases in head.get("b", {}).values() for base in bases)]
            if any(stamp <= base for base in seen):
                raise Failure("an edit does not win over what its writer saw")
            self._kept.add(bytes(row.op_id))

    # The shared folder ------------------------------------------------------------------------------------------------------

    def syncs(self, *, quietly: bool = False) -> Report | None:
        """One turn, in whatever mood the folder is."""
        moods: dict[str, object] = {}
        if not quietly:
            mood = self.dice.random()
            if mood < 0.2:
                moods["dies_after"] = self.dice.randint(0, 6)
            elif mood < 0.35:
                moods["hides"] = 0.4
            elif mood < 0.5:
                moods["fails"] = self.dice.choice([0.02, 0.1, 0.5])
        report = None
        with self.at_work():
            try:
                report = turn(self.store, self.carrier(**moods))
                self.said["turns"] += 1
            except Crash:
                self.said["turns that died"] += 1
                self.store.close()
                self.store = self._open()
            except Spoken:
                self.said["turns refused by the folder"] += 1
                if quietly:
                    raise
        self._note_segments()
        return report

    def _note_segments(self) -> None:
        """Which operations stand in which file, so that it is known what is left when a folder burns."""
        with shelf.reading(self.store) as connection:
            ring = shelf.ring(connection)
            rows = connection.exec_driver_sql("select hash, bytes from segment where dev = ?", (self.dev,)).all()
        for row in rows:
            if bytes(row.hash) not in self._noted:
                self._noted.add(bytes(row.hash))
                told = segments.read(bytes(row.bytes))
                self.sealed[bytes(row.bytes)] = [op.op_id for op in segments.open_(told, ring.keys[told.epoch]).ops]

    # What happens to a laptop -----------------------------------------------------------------------------------------------

    def keeps_a_backup(self) -> None:
        self.backup = self.backup or self.path.parent.with_name(f"backup-{self.place}")
        self.store.close()
        shutil.rmtree(self.backup, ignore_errors=True)
        shutil.copytree(self.path.parent, self.backup)
        self.store = self._open()
        self.said["backups"] += 1

    def goes_back(self) -> bool:
        """The backup is put in the laptop's place; in three of ten the program cannot see that."""
        if self.backup is None:
            return False
        self.store.close()
        shutil.rmtree(self.path.parent)
        shutil.copytree(self.backup, self.path.parent)
        if self.dice.random() < 0.7:
            self.path.with_name(self.path.name + ".lineage").unlink()
        self.store = self._open()
        self.went_back = True
        self.said["laptops set back"] += 1
        return True

    def updates(self) -> None:
        """The newest program."""
        if self.hidden:
            self.hidden = self.store.hidden = VERSIONS[0]
            travel.refold_newer(self.store)
            self.said["updates"] += 1

    def wakes(self) -> None:
        self.store.prepare()

    def looks_at_its_standing(self, holders: Callable[[bytes, Device], bool]) -> None:
        """What is called safe must be held by another laptop."""
        if self.went_back or self.is_lost:
            return
        told = standing.standing(self.store)
        self.said[f"standing: {told.state}"] += 1
        if told.state == standing.SAFE and not all(holders(op, self) for op in self.own()):
            raise Failure("called safe, but no other laptop holds it")

    def held(self) -> set[bytes]:
        with self.store.engine.connect() as connection:
            return {bytes(row[0]) for row in connection.exec_driver_sql("select op_id from op")}

    def own(self) -> set[bytes]:
        query = "select op.op_id from op join txn on txn.n = op.txn where txn.dev = ?"
        with self.store.engine.connect() as connection:
            return {bytes(row[0]) for row in connection.exec_driver_sql(query, (self.dev,))}

    def digest(self) -> str:
        with self.store.engine.connect() as connection:
            return replay.digest(replay.live(connection))

    def must_be_sound(self, *, may_wait: bool) -> None:
        """The tables are what the log says, nothing waits without end, and what is derived is what is derived anew.

        may_wait: a laptop was lost, and what it made after it was cut off may be missed by records that name it.
        """
        told = self.store.check()
        if not told.is_sound:
            raise Failure(f"the log replayed gives other records: {told}")
        with self.store.engine.connect() as connection:
            waits = connection.exec_driver_sql(
                "select count(*) from waiting where entity_id not in (select entity_id from waiting where why = 'newer')").scalar_one()
            before = self._derived(connection)
        if waits and not may_wait:
            raise Failure(f"{waits} records wait for ever")
        with self.store.change(self.store.desk.owner, "fill") as work:
            from coachdesk.store import derived

            for keeper in derived.keepers():
                derived.fill(work, keeper)
        with self.store.engine.connect() as connection:
            if self._derived(connection) != before:
                raise Failure("what is derived is not what is derived anew")

    def must_be_as_the_oracle_says(self, *, may_wait: bool) -> None:
        """The tables hold what the log says by other means than the program's."""
        with self.store.engine.connect() as connection:
            wanted, there = oracle.expected(connection), oracle.standing(connection)
            waiting = {bytes(row[0]).hex() for row in connection.exec_driver_sql("select entity_id from waiting")}
        for table in wanted.keys() | there.keys():
            should, does = wanted.get(table, {}), there.get(table, {})
            if may_wait:
                should, does = ({id: row for id, row in rows.items() if id not in waiting} for rows in (should, does))
            if should != does:
                wrong = [id for id in should.keys() | does.keys() if should.get(id) != does.get(id)]
                raise Failure(f"{len(wrong)} rows of {table} are not what the oracle says")

    @staticmethod
    def _derived(connection: sa.Connection) -> list[object]:
        queries = ("select r.id, s.state, s.steps, s.replied_on from referral_standing s join referral r on r.row = s.key order by r.id",
                   "select entity_id, title from search_entry order by entity_id",
                   "select key, entity_id from likeness order by key, entity_id")
        return [[tuple(row) for row in connection.exec_driver_sql(query)] for query in queries]
