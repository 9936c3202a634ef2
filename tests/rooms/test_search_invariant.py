"""Whatever is done, in any order: the index finds exactly what looking at every record finds, in order, and nothing is left over."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from coachdesk.casework import queries as casework
from coachdesk.clock import FixedDay
from coachdesk.errors import Refusal
from coachdesk.outreach.record import Contact
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.participant.record import MetAt, Participant, SameAs
from coachdesk.participant.rules.joining import leaders_of
from coachdesk.partner.record import Venue
from coachdesk.partner.rules import folded
from coachdesk.store import opening
from coachdesk.store.ids import new_id
from coachdesk.store.search import index
from coachdesk.store.undo import undo_last
from tests.rooms.conftest import TODAY, RoomDesk, programme_queries

NAMES = st.sampled_from(["Ann Lee", "ann lee", "Siân Lee", "Bo Annis", "Leeann Bo", "Łukasz Ann-Bo", "Bob Lees", "Zed"])
PHONES = st.sampled_from([None, "07400 123456", "07412 341234", "0121 496 0000", "+48 601 234 567"])
PLACES = st.sampled_from([None, "B34 7AA", "B3 4AA", "CV10 0HJ"])
DAYS = st.integers(0, 3).map(lambda number: TODAY - timedelta(days=number))
ASKED = ("a", "ann", "lee", "ann lee", "le bo", "bo ann", "annbo", "1234", "4123", "34123", "b34", "4 7aa", "47aa", "0hj", "zed", "234 567")


def fits(text: str, names: str, signs: list[str | None]) -> bool:
    """The slow way, said anew: every word begins one of the name's, or all that has digits is a piece of one sign."""
    words = folded(names).split() + ["".join(folded(part).split()) for part in names.split() if "-" in part]
    squeezed = ["".join(sign for sign in each.lower() if sign.isalnum()) for each in signs if each]
    typed = text.split()
    digits = "".join(word for word in typed if any(sign.isdigit() for sign in word))
    if digits:
        return len(digits) >= 3 and any(digits in sign for sign in squeezed)
    return all(any(word.startswith(each) for word in words) for each in typed)


class Desk(RuleBasedStateMachine):
    """People, who was met, and sessions; joined, edited, deleted, undone."""

    template: tuple[Path, bytes, UUID]

    @initialize()
    def open(self) -> None:
        folder, key, owner = self.template
        self.folder = Path(tempfile.mkdtemp())
        shutil.copytree(folder, self.folder / "desk")
        store = opening.open_store(self.folder / "desk" / "desk.coachdesk", key, FixedDay(TODAY))
        with store.read() as session:
            lots = {name: known for known, name in programme_queries.lot_names(session).items()}
        self.desk = RoomDesk(store, owner, owner, lots)
        self.venue = new_id()
        hall = Venue(id=self.venue, lot_id=self.desk.shard_end, name="Hall")
        store.act(owner, "a hall that stays", lambda s: s.add(hall), lasting=True)
        self.people: list[UUID] = []
        self.held: list[UUID] = []

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            try:
                self.look()
            finally:
                self.desk.store.close()
                shutil.rmtree(self.folder)

    @rule(name=NAMES, phone=PHONES, postcode=PLACES)
    def register(self, name, phone, postcode):
        own = new_id()
        self.desk.act(lambda s: s.add(Participant(
            id=own, seal_id=own, reference="CW-XYZ-QQQ", lot_id=self.desk.shard_end, coach_id=self.desk.owner, registered_on=TODAY,
            name=name, phone=phone, postcode=postcode)))
        self.people.append(own)

    @rule(day=DAYS)
    def hold(self, day):
        own = new_id()
        self.desk.act(lambda s: s.add(OutreachSession(
            id=own, venue_id=self.venue, lot_id=self.desk.shard_end, coach_id=self.desk.owner, kind="job club", held_on=day)))
        self.held.append(own)

    @rule(names=st.lists(NAMES, min_size=1, max_size=3), phone=PHONES, place=st.integers(0, 9))
    def meet(self, names, phone, place):
        if self.held:
            made = [Contact(session_id=self.held[place % len(self.held)], name=name, phone=phone, met_at=self.desk.store.clock.now())
                    for name in names]
            with suppress(Refusal):        # the session may have been taken back
                self.desk.act(lambda s: s.add_all(made))

    @rule(name=NAMES, phone=PHONES, at=st.integers(0, 9))
    def edit(self, name, phone, at):
        if self.people:
            known = self.people[at % len(self.people)]

            def change(session):
                person = session.get(Participant, known)
                if person:
                    person.name, person.phone = name, phone

            self.desk.act(change)

    @rule(day=DAYS, at=st.integers(0, 9))
    def move(self, day, at):
        if self.held:
            known = self.held[at % len(self.held)]

            def change(session):
                held = session.get(OutreachSession, known)
                if held:
                    held.held_on = day

            self.desk.act(change)

    @rule(one=st.integers(0, 9), other=st.integers(0, 9))
    def join(self, one, other):
        with self.desk.store.read() as session:
            there = sorted(session.execute(sa.select(Participant.id)).scalars())
        if len(there) > 1 and one % len(there) != other % len(there):
            pair = there[one % len(there)], there[other % len(there)]
            self.desk.act(lambda s: s.add(SameAs(one_id=pair[0], other_id=pair[1], joined_on=TODAY, joined_by=self.desk.owner)))

    @rule(person=st.integers(0, 9), contact=st.integers(0, 9))
    def link(self, person, contact):
        with self.desk.store.read() as session:
            people = sorted(session.execute(sa.select(Participant.id)).scalars())
            met = sorted(session.execute(sa.select(Contact.id)).scalars())
        if people and met:
            pair = people[person % len(people)], met[contact % len(met)]
            self.desk.act(lambda s: s.add(MetAt(participant_id=pair[0], contact_id=pair[1])))

    @rule(kind=st.sampled_from([Participant, Contact]), at=st.integers(0, 9))
    def erase(self, kind, at):
        def away(session):
            known = sorted(session.execute(sa.select(kind.id)).scalars())
            if known:
                gone = known[at % len(known)]
                for link in (SameAs, MetAt):
                    for row in session.execute(sa.select(link)).scalars():
                        if gone in {getattr(row, name, None) for name in ("one_id", "other_id", "participant_id", "contact_id")}:
                            session.delete(row)
                session.flush()
                session.delete(session.get(kind, gone))

        self.desk.act(away)

    @rule()
    def take_back(self):
        with suppress(Refusal):
            undo_last(self.desk.store, self.desk.owner)

    @rule()
    def look(self) -> None:
        self.finds_what_looking_finds()
        self.nothing_is_left_over()

    def finds_what_looking_finds(self) -> None:
        with self.desk.store.read() as session:
            assert index.is_ready(session)
            ahead = leaders_of(session.execute(sa.select(SameAs.one_id, SameAs.other_id)).all())
            p, c = Participant, Contact
            people = session.execute(sa.select(p.id, p.name, p.phone, p.postcode)).all()
            linked = set(session.execute(sa.select(MetAt.contact_id)).scalars())
            met = session.execute(sa.select(c.id, c.name, c.phone, OutreachSession.held_on, c.row).join(
                OutreachSession, OutreachSession.id == c.session_id)).all()
            for text in ASKED:
                hits = [hit for hit in casework.search(session, text, limit=1000) if not hit.is_alike]
                found = [row for row in people if fits(text, row.name, [row.phone, row.postcode])]
                assert {hit.id for hit in hits if hit.kind == "participant"} == {ahead.get(row.id, row.id) for row in found}, text
                assert len({hit.id for hit in hits}) == len(hits)
                if not ahead:
                    told = [folded(hit.title) for hit in hits if hit.kind == "participant"]
                    assert told == sorted(told), text
                wanted = {row.id: row.held_on for row in met if row.id not in linked and fits(text, row.name, [row.phone])}
                shown = [hit.id for hit in hits if hit.kind == "outreach.contact"]
                assert len(shown) == min(len(wanted), casework.MOST_BESIDE_PEOPLE) and set(shown) <= wanted.keys(), text
                days = [wanted[one] for one in shown]
                assert days == sorted(wanted.values(), reverse=True)[: len(days)], text

    def nothing_is_left_over(self) -> None:
        with self.desk.store.read() as session:
            connection = session.connection()
            texts = connection.exec_driver_sql("select text from search_entry").scalars().all()
            near = set(connection.exec_driver_sql("select word from search_near").scalars())
            assert near == {word for text in texts for word in index.words.before_runs(text) if index.words.is_word(word)}
            connection.exec_driver_sql("create virtual table temp.kept using fts5vocab(main, search_text, row)")
            held = set(connection.exec_driver_sql("select term from temp.kept").scalars())
            connection.exec_driver_sql("drop table temp.kept")
            assert held == {token for text in texts for token in text.split(" ")}


def test_the_index_finds_what_looking_at_every_record_finds(desk_template: tuple[Path, bytes, UUID]) -> None:
    Desk.template = desk_template
    run_state_machine_as_test(Desk, settings=settings(max_examples=10, stateful_step_count=14, deadline=None))


@pytest.mark.parametrize("names", [[f"A {number:04}" for number in range(300)], [f"A {number:04}" for number in range(300, 0, -1)],
                                   [f"{'ab'[number % 2]} {number:04}" for number in range(300)]])
def test_ranks_stay_in_order_where_everybody_squeezes_into_one_place(desk_template, tmp_path: Path, monkeypatch, names) -> None:
    monkeypatch.setattr(index, "BITS", 12)       # so narrow that neighbours have to move apart
    monkeypatch.setattr(index, "_STEP", 8)
    folder, key, owner = desk_template
    shutil.copytree(folder, tmp_path / "desk")
    store = opening.open_store(tmp_path / "desk" / "desk.coachdesk", key, FixedDay(date(2020, 5, 12)))
    try:
        source = index.SOURCES["partner"]
        connection = store.engine.connect().execution_options(write=True)
        with connection, connection.begin():
            for name in names:
                row = index.row_of(index.Entry(new_id().bytes, name, "", folded(name), (), folded(name)), 0)
                index._put_in(connection, [row._replace(rank=index._between(connection, source, row.sort))])
            kept = connection.exec_driver_sql("select title from search_entry where rank > ? and rank < ? order by rank",
                                              (source.low, source.high)).scalars().all()
            assert kept == sorted(names, key=folded)
            found = connection.exec_driver_sql("select rowid from search_text where search_text match 'a*'").scalars().all()
            assert found == sorted(found) and len(found) == sum(name.startswith(("a", "A")) for name in names)
    finally:
        store.close()
