"""One sync turn: the same steps for every shared place, each of which may be cut short and is then repeated by the next turn (SYNC.md 5).

look at the place · the team's statements and keys · were we copied? · close own work into segments · put what is missing there, own first ·
take in what is missing here · small keys that came late · kept files · say what we hold.
Absence never means deletion: what is gone from the place is put back, and said. Nothing here asks the wall clock or the network twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from coachdesk.errors import Refusal
from coachdesk.store import tables
from coachdesk.store.meta import Desk
from coachdesk.store.session import Changes, Store
from coachdesk.sync import ackwork, evidence, fork, packs, place, publish, receive, roster, scrub, segments, shelf, team
from coachdesk.sync.carrier import Carrier, Entry
from coachdesk.sync.receive import Arrivals
from coachdesk.sync.shelf import KEYLESS, KNOWN, NEW, Ring, Row

MOST_HEALED = 500           # files of others that one turn puts back
DONE, JOINING, OUT = "done", "joining", "out"
EMPTIED = "The shared folder had lost its FORMAT.txt, or was emptied. It is put in order from what this laptop holds."
ROTTEN = "Files in the shared folder were damaged and put back from this laptop. If it happens again, have the disk or OneDrive looked at."
COPIED = "This desk was copied or set back to an earlier day. What was written since is kept, and goes on under a mark of its own."


class Step(NamedTuple):
    """What a turn is doing, for a progress line: `3 of 40 files`."""

    doing: str
    done: int = 0
    of: int = 0


@dataclass(frozen=True)
class Report:
    """What a turn did. state: done, joining (not admitted yet), out (this laptop was reported lost). Numbers of operations and files.

    parked: files in the tray. waiting: operations set aside. newer: records that wait for a newer program. warnings: sentences for
    people. changes: what the window has to read anew.
    """

    state: str
    sent: int = 0
    received: int = 0
    conflicts: int = 0
    parked: int = 0
    waiting: int = 0
    newer: int = 0
    healed: int = 0
    files_in: int = 0
    files_out: int = 0
    missing_files: int = 0
    warnings: tuple[str, ...] = ()
    changes: Changes = field(default_factory=Changes)


def turn(store: Store, carrier: Carrier) -> Report:
    """One whole turn. Refusal when this desk belongs to no team; Trouble when the place says no: the next turn goes on."""
    running = steps(store, carrier)
    while True:
        try:
            next(running)
        except StopIteration as end:
            report: Report = end.value
            return report


def steps(store: Store, carrier: Carrier) -> Generator[Step, None, Report]:
    """A turn as a long action: yields what it does, returns a Report. Closing it between two steps loses nothing."""
    return (yield from _Turn(store, carrier).run())


class _Turn:
    def __init__(self, store: Store, carrier: Carrier) -> None:
        self.store, self.carrier = store, carrier
        self.into = Arrivals()
        self.sent = self.healed = self.files_in = self.files_out = 0
        self.warnings: list[str] = []
        self.entries: list[Entry] = []
        self.there: set[str] = set()
        self.wanted_by_others: set[str] = set()
        self.packed: list[packs.Known] = []
        self.has_moved = False
        self.is_quiet = True            # nothing was put, taken or parked: the next turn may pass by

    def run(self) -> Generator[Step, None, Report]:
        ring = self._look()
        yield Step("Looking at the shared place")
        if self._is_idle():
            self._note_the_look()
            return self._report(DONE)
        ring, judged = roster.pull(self.store, self.carrier, ring, self.entries)
        if judged is not None:
            self.into.changes.append(judged.changes)
            self.is_quiet = False
        roster.take_seat(self.store, ring)
        role = ring.members.role_of(self.store.desk.device)
        if role is None:
            return self._report(OUT if self.store.desk.device in ring.members.devices else JOINING)
        if team.is_key_old(self.store, ring):
            team.rotate(self.store)
            ring = self._ring()
        self.wanted_by_others = ackwork.hear(self.store, self.carrier, ring, self.entries, self.warnings)
        if fork.was_copied(self.store, self.carrier, self.entries):
            fork.go_on(self.store)
            self.is_quiet = False
            self.warnings.append(COPIED)
        if fork.gather(self.store):
            self.is_quiet = False
        yield from self._open_packs(ring)
        yield from self._send(ring)
        yield from self._fetch(ring)
        self._pack(ring)
        if self.into.is_unready:
            self.store.prepare()
        if ackwork.say(self.store, self.carrier, ring, self.entries, self.into.wants):
            self.is_quiet = False
        for put, got in evidence.exchange(self.store, self.carrier, self.entries):
            self.files_out, self.files_in = put, got
            yield Step("Exchanging kept files", put + got)
        if scrub.look(self.store, self.carrier, ring, self.entries):
            self.is_quiet = False
            self.warnings.append(ROTTEN)
        self._remember()
        return self._report(DONE)

    def _ring(self) -> Ring:
        with shelf.reading(self.store) as connection:
            return shelf.ring(connection)

    def _look(self) -> Ring:
        with shelf.reading(self.store) as connection:
            ring = shelf.ring(connection)
            usual = shelf.fact(connection, "place")
            self.has_moved = shelf.fact(connection, "moved", False)
            self.store.desk = Desk.load(connection)         # another window may have taken a new incarnation
        if not ring.founding:
            raise Refusal("This desk does not share its work with anybody yet.", "Create a team in a shared folder, or join one.")
        is_whole = place.must_be(self.carrier, ring.space, ring.founding, is_usual=usual == self.carrier.where)
        self.entries = self.carrier.entries()
        self.there = {entry.name for entry in self.entries}
        if not is_whole:
            place.write_format(self.carrier, ring.space, ring.founding)
            self.warnings.append(EMPTIED)
            self.is_quiet = False
        return ring

    # Idle ---------------------------------------------------------------------------------------------------------------------

    def _mark(self) -> str:
        return hashlib.blake2b(repr(self.entries).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    def _is_idle(self) -> bool:
        """Whether the place looks as it did after the last quiet turn, and nothing was written here since."""
        with shelf.reading(self.store) as connection:
            told = shelf.fact(connection, "quiet")
            if not self.is_quiet or not told or told.get("mark") != self._mark() or told.get("where") != self.carrier.where:
                return False
            if publish.open_ops(connection, self.store) or ackwork.is_due(connection, self.store):
                return False
            return bool(told.get("files") == ackwork.kept_files(self.store))

    def _note_the_look(self) -> None:
        """An idle turn is a turn: "last synced" must not grow old. Written at most once a minute."""
        with shelf.reading(self.store) as connection:
            last = team.instant(shelf.fact(connection, "last_turn"))
        if last is None or not timedelta(0) <= self.store.clock.now() - last < timedelta(minutes=1):
            with shelf.writing(self.store) as connection:
                shelf.set_fact(connection, "last_turn", shelf.now(self.store))

    def _remember(self) -> None:
        quiet = self.is_quiet and not (self.sent or self.healed or self.into.ops or self.into.files or self.files_in or self.files_out)
        with shelf.writing(self.store) as connection:
            shelf.set_fact(connection, "place", self.carrier.where)
            shelf.set_fact(connection, "moved", None)
            shelf.set_fact(connection, "last_turn", shelf.now(self.store))
            told = {"mark": self._mark(), "where": self.carrier.where, "files": ackwork.kept_files(self.store)} if quiet else None
            shelf.set_fact(connection, "quiet", told)

    # Packs --------------------------------------------------------------------------------------------------------------------

    def _open_packs(self, ring: Ring) -> Generator[Step, None, None]:
        for entry, pack in packs.unread(self.store, self.carrier, ring, self.entries, self.into.wants):
            if receive.take_pack(self.store, self.carrier, ring, entry, pack, self.there, self.into):
                packs.remember(self.store, entry, pack)
            self.is_quiet = False
            yield Step("Taking in the team's work")
        with shelf.reading(self.store) as connection:
            self.packed = packs.known(connection, self.entries)
        asked = [one for one in self.packed if one.hash[:8].hex() in self.wanted_by_others]
        bad = {one.name for one in asked if not packs.check_one(self.store, self.carrier, one)}
        self.packed = [one for one in self.packed if one.name not in bad]
        self.into.pack_of.update({mark: one.hash for one in self.packed for mark in one.marks})

    def _pack(self, ring: Ring) -> None:
        covered = {mark for one in self.packed for mark in one.marks}
        done = packs.tidy(self.store, self.carrier, self.packed, self.entries)
        done += packs.make(self.store, self.carrier, ring, covered)
        done += packs.mend_keys(self.store, self.carrier, ring, self.packed, self.there)
        if done:
            self.is_quiet = False

    # Out ----------------------------------------------------------------------------------------------------------------------

    def _send(self, ring: Ring) -> Generator[Step, None, None]:
        if roster.push(self.store, self.carrier, ring, self.there):
            self.is_quiet = False
        closed = 0
        for count in publish.close(self.store, ring):
            closed += count
            yield Step("Sealing your work", closed)
        with shelf.reading(self.store) as connection:
            rows = shelf.segments(connection)
        size_of = {told.mark: entry.size for entry in self.entries if (told := segments.hint(entry.name)) is not None}
        covered = {mark for one in self.packed for mark in one.marks}
        missing = [row for row in rows if row.hash[:8].hex() not in covered and size_of.get(row.hash[:8].hex()) != row.size
                   and row.hash not in ring.members.retired]
        asked = [row for row in rows if row.hash[:8].hex() in self.wanted_by_others and row.state != KEYLESS and row not in missing]
        own = [row for row in missing if row.dev == self.store.desk.device]
        gone = [row for row in missing if row.state != NEW]
        others = [row for row in missing if row.dev != self.store.desk.device and _is_welcome(ring, row)]
        if gone and not self.has_moved:
            self.warnings.append(_gone_sentence(len(gone)))
        todo = [*own, *asked, *others[:MOST_HEALED]]
        there = self.there - {segments.key_name(row.hash) for row in asked} | {segments.key_name(row.hash) for row in rows
                                                                               if row.state == KEYLESS}
        for number, digest in enumerate(publish.put(self.store, self.carrier, ring, [row.hash for row in todo], there), 1):
            row = todo[number - 1]
            if row.state == NEW:
                self.sent += row.last - row.first + 1
            else:
                self.healed += 1
            self.there.add(segments.name(row.dev, row.inc, row.first, row.last, digest))
            yield Step("Putting files into the shared place", number, len(todo))
        yield from self._put_keys(ring, [row for row in rows if row.hash[:8].hex() not in covered])

    def _put_keys(self, ring: Ring, rows: list[Row]) -> Generator[Step, None, None]:
        """Key files that are gone, of segments that are there."""
        lacking = [row for row in rows if row.state not in (KEYLESS, NEW) and segments.key_name(row.hash) not in self.there
                   and segments.name(row.dev, row.inc, row.first, row.last, row.hash) in self.there]
        for row in lacking[:MOST_HEALED]:
            with shelf.reading(self.store) as connection:
                data = publish.key_file(connection, self.store, ring, shelf.segment_bytes(connection, row.hash))
            if data is None:
                continue
            self.carrier.put(segments.key_name(row.hash), data)
            self.is_quiet = False
            yield Step("Putting keys into the shared place")

    # In -----------------------------------------------------------------------------------------------------------------------

    def _fetch(self, ring: Ring) -> Generator[Step, None, None]:
        with shelf.reading(self.store) as connection:
            rows, tray = shelf.segments(connection), shelf.parked(connection)
        wanted = receive.unread(self.entries, rows, tray)
        names = {entry.name for entry in self.entries}
        for done in receive.take(self.store, self.carrier, ring, wanted, names, self.into):
            yield Step("Taking in the team's work", done, len(wanted))
        for done in receive.late_keys(self.store, self.carrier, ring, rows, names, self.into):
            yield Step("Learning keys", done)
        if gone := [name for name in tray if name not in names]:
            with shelf.writing(self.store) as connection:
                shelf.unpark(connection, gone)
        if wanted:
            self.is_quiet = False

    def _report(self, state: str) -> Report:
        with shelf.reading(self.store) as connection:
            tray = sum(one.why != KNOWN for one in shelf.parked(connection).values())
            conflicts = connection.exec_driver_sql("select count(*) from contested where torn <> '[]' or is_kept = 1").scalar_one()
            waiting = connection.exec_driver_sql("select count(*) from withheld").scalar_one()
            newer = connection.exec_driver_sql("select count(*) from waiting where for_id = ?", (tables.NEWER,)).scalar_one()
        return Report(state, self.sent, self.into.ops, conflicts, tray, waiting, newer, self.healed, self.files_in, self.files_out,
                      evidence.missing(self.store), tuple(self.warnings), _together(self.into.changes))


def _is_welcome(ring: Ring, row: Row) -> bool:
    """Whether somebody's segment is put back: not what a lost laptop wrote after it was cut off."""
    cut = ring.members.cut_of(row.dev, row.inc)
    return cut is None or row.last <= cut


def _gone_sentence(count: int) -> str:
    files = "1 file was" if count == 1 else f"{count} files were"
    return f"{files} missing or damaged in the shared folder and put back from here. If nobody deleted them, look at OneDrive's history."


def _together(parts: list[Changes]) -> Changes:
    rooms: set[str] = set()
    ids: dict[str, frozenset[object]] = {}
    for part in parts:
        rooms |= part.rooms
        for table, some in part.ids.items():
            ids[table] = ids.get(table, frozenset()) | some
    return Changes(None, frozenset(rooms), ids)  # type: ignore[arg-type]


