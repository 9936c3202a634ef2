"""A store of the size that GOALS speak of, made by bulk inserts in seconds: 10,000 people over 42 months, 200,000 contacts, as much help.

The rows are as the rooms' actions would leave them, but written past the actions and the log's capture: a bench and slow tests read it,
nothing else. Every lot of the template that ships, twenty coaches, invented people, the same each time.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

import coachdesk.activity.record
import coachdesk.claim.record
import coachdesk.outreach.record
import coachdesk.participant.record
import coachdesk.partner.record
import coachdesk.referral.record  # noqa: F401  every room's tables, as in the program
from coachdesk.clock import FixedDay
from coachdesk.programme import actions as programme
from coachdesk.programme import rules as programme_rules
from coachdesk.programme.record import Lot, TeamMember
from coachdesk.settings import resources
from coachdesk.store import keys, opening
from coachdesk.store.ids import new_id
from coachdesk.store.session import Store

FIRST, LAST = date(2018, 10, 8), date(2022, 3, 31)       # 42 months
PASSPHRASE = "four plain words here"
GIVEN = ("Amina", "Świętosława", "Nguyễn", "Þórður", "Margaret", "Zoë", "łukasz", "Sinéad", "Chinwe", "Olúwaṣeun", "Mary", "Dev", "émile",
         "Gurpreet", "Tomasz", "Blessing", "Mohammed", "Siân", "Ewa", "Kofi", "Leila", "John", "Xin", "Ásta", "Ravi", "Funmi")
FAMILY = ("Okafor", "Brzęczyszczykiewicz", "O’Brien", "Smith", "Jones", "Featherstonehaugh", "Patel", "Khan", "Müller", "Begum", "Kaur",
          "Wójcik", "Okonkwo", "Hussain", "Ó Briain", "de Souza", "Nowak", "Ali", "Shah", "Evans", "Iqbal", "ahmed", "Çelik", "Lee")
SITUATIONS, MODES = ("address", "address", "address", "no fixed abode"), ("face to face", "phone", "online", "text")
KINDS = ("CV and job search", "interview practice", "benefits and money", "training", "confidence", "job application")
VERDICTS = ("eligible by residence",) * 7 + ("eligible by connection", "check by hand", "not eligible")
SAID = "By its postcode the address lies in the ward, which is one of the two of this lot since October 2018."
NOON = "T12:00:00.000000Z"


@dataclass(frozen=True)
class Size:
    """How much of everything. contacts: named people met at sessions; help: interventions."""

    people: int = 10_000
    contacts: int = 200_000
    help: int = 200_000
    sessions: int = 6_500
    venues: int = 120
    partners: int = 150
    coaches: int = 20
    seed: int = 42


class _Bulk:
    """Inserts of plain tuples, as SQLite holds them, through the open door."""

    def __init__(self, connection: sa.Connection, seed: int) -> None:
        self.connection, self.dice = connection, random.Random(seed)
        self._days = [(FIRST + timedelta(each)).isoformat() for each in range((LAST - FIRST).days + 120)]
        self.last = (LAST - FIRST).days

    def put(self, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
        """Rows of one table: `columns` divided by blanks."""
        names = columns.split()
        marks = ", ".join("?" * len(names))
        statement = f"insert into {table} ({', '.join(names)}) values ({marks})"      # sql: names of our own tables and columns
        cursor: Any = self.connection.connection.cursor()
        cursor.executemany(statement, rows)
        cursor.close()

    def day(self, earliest: int = 0, latest: int | None = None) -> str:
        """Some day, by its place in the programme; the last ones lie after the day on which the store is opened."""
        return self._days[self.dice.randint(earliest, self.last if latest is None else latest)]

    def on(self, at: int) -> str:
        """The day at a place in the programme."""
        return self._days[at]

    def ids(self, count: int) -> list[bytes]:
        """So many new ids, in order of time."""
        return sorted(new_id().bytes for _ in range(count))

    def name(self) -> str:
        """An invented name."""
        dice = self.dice
        return f"{dice.choice(GIVEN)} {dice.choice(FAMILY)}{f'-{dice.choice(FAMILY)}' if dice.random() < 0.7 else ''}"


def _furnished(size: Size) -> programme_rules.Programme:
    template = resources() / "programmes" / "connecting-communities.toml"
    whole = programme_rules.read_programme(template.read_text(encoding="utf-8"), template.name)
    lots, body = tuple(lot.name for lot in whole.lots), whole.bodies[0].name
    team = [programme_rules.Member("Olive Owner", "lead", body, lots, FIRST)]
    team += [programme_rules.Member(f"Coach {number:02d}", "coach", body, lots, FIRST) for number in range(1, size.coaches + 1)]
    return replace(whole, members=tuple(team))


def make_big_store(path: Path, size: Size = Size()) -> Store:
    """An open store of this size, on the last day of its 42 months. Its passphrase costs little to derive."""
    def furnish(store: Store) -> None:
        store.act(store.desk.owner, "begin",
                  lambda session: programme.begin_programme(session, _furnished(size), store.desk.owner, "Olive Owner"))

    store, _ = opening.make_store(path, PASSPHRASE, "Olive Owner", FixedDay(LAST), furnish=furnish, cost=keys.Cost(1, 8192))
    fill(store, size)
    return store


def fill(store: Store, size: Size) -> None:
    """Everything after the programme itself, in one transaction."""
    with store.engine.connect() as connection:
        connection.exec_driver_sql("pragma cache_size=-600000")         # everything in memory until it is written
    with store.engine.connect() as connection, connection.execution_options(write=True).begin():
        door: dict[str, bool] = connection.connection.info["door"]
        door["open"] = True
        bulk = _Bulk(connection, size.seed)
        lots = [known.bytes for known in connection.execute(sa.select(Lot.id).order_by(Lot.row)).scalars()]
        team = [known.bytes for known in connection.execute(sa.select(TeamMember.id).order_by(TeamMember.row)).scalars()]
        partners, venues = _partners(bulk, size, lots)
        contacts = _outreach(bulk, size, lots, team, partners, venues)
        people = _people(bulk, size, lots, team, contacts)
        _history(bulk, people, lots, team)
        _help(bulk, size, people, team)
        _referrals(bulk, size, people, lots, team, partners)
        _log(bulk, store, [*people, *contacts[:50_000]])
        door["open"] = False
    with store.engine.connect() as connection:
        connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
    store.engine.dispose()                  # its connections had more memory than the program gives them


def _partners(bulk: _Bulk, size: Size, lots: list[bytes]) -> tuple[list[bytes], list[bytes]]:
    dice = bulk.dice
    partners, venues = bulk.ids(size.partners), bulk.ids(size.venues)
    bulk.put("partner", "id name kind lots is_own_provision reply_days note",
             ((known, f"Partner {at:03d} of {dice.choice(FAMILY)} Street", "charity", "[]", at % 40 == 0, 14, None)
              for at, known in enumerate(partners)))
    bulk.put("partner_contact", "id partner_id name role phone email",
             ((new_id().bytes, known, bulk.name(), "manager", "0121 496 0000", None) for known in partners for _ in range(2)))
    bulk.put("partner_venue", "id partner_id lot_id name postcode address is_own_premises",
             ((known, dice.choice(partners), lots[at % len(lots)], f"Hall {at:03d}", "B34 7AA", None, at % 5 == 0)
              for at, known in enumerate(venues)))
    bulk.put("partner_venue_status", "id venue_id status from_day reason review_on risk_assessed_on said_at said_by",
             ((new_id().bytes, known, status, bulk.on(day), "lockdown", None, None, bulk.on(day) + NOON, None)
              for known in venues for status, day in (("closed", 530), ("open", 700 + dice.randrange(60)))))
    return partners, venues


def _outreach(bulk: _Bulk, size: Size, lots: list[bytes], team: list[bytes], partners: list[bytes], venues: list[bytes]) -> list[bytes]:
    dice, sessions = bulk.dice, bulk.ids(size.sessions)
    when = sorted(dice.randint(0, bulk.last + 60) for _ in sessions)
    rows = []
    for known, at in zip(sessions, when, strict=True):
        place = dice.randrange(len(venues))
        status = "planned" if at > bulk.last else "cancelled" if dice.random() < 0.04 else dice.choice((None, "held"))
        host, why = dice.choice(partners) if dice.random() < 0.3 else None, "flood" if status == "cancelled" else None
        rows.append((known, venues[place], lots[place % len(lots)], dice.choice(team), host, "food bank", bulk.on(at), "10:00", "12:00", 41,
                     None, None, None, status, why, None))
    bulk.put("outreach_session", "id venue_id lot_id coach_id joint_partner_id kind held_on starts_at ends_at headcount note series_id"
             " covered_by_id status cancelled_why register_rows", rows)
    held = [(row[0], row[6]) for row in rows if row[13] in (None, "held")]
    contacts = bulk.ids(size.contacts)
    made = []
    for at, known in enumerate(contacts):
        session, day = held[at * len(held) // len(contacts)]
        waits = dice.random() < 0.3
        done = None if dice.random() < 0.02 else day
        made.append((known, session, bulk.name(), f"07700 9{at % 100_000:05d}", f"B34 {at % 10}AB", ("[]", '["training"]')[at % 2], None,
                     day if waits else None, done if waits else None, day + NOON, None))
    bulk.put("outreach_contact", "id session_id name phone postcode topics note follow_up_on followed_up_on met_at register_number", made)
    bulk.put("outreach_tally", "id session_id what count topics made_at",
             ((new_id().bytes, session, what, count, "", day + NOON)
              for session, day in held for what, count in (("contact", dice.randint(1, 30)), ("leaflet", 40), ("turned away", 1))))
    return contacts


@dataclass
class _People(Sequence[bytes]):
    """People with the place of their first day."""

    ids: list[bytes]
    begun: list[int]

    def __getitem__(self, at: Any) -> Any:
        return self.ids[at]

    def __len__(self) -> int:
        return len(self.ids)


def _people(bulk: _Bulk, size: Size, lots: list[bytes], team: list[bytes], contacts: list[bytes]) -> _People:
    dice, ids = bulk.dice, bulk.ids(size.people)
    begun = sorted(dice.randint(0, bulk.last) for _ in ids)
    people = [(known, known, f"CC-{at:06d}", dice.choice(lots), dice.choice(team), bulk.on(day), bulk.name(),
               f"19{60 + at % 40}-0{1 + at % 9}-1{at // 9 % 9}", None, True, f"B34 {at % 10}AB", dice.choice(SITUATIONS),
               f"07700 8{at:05d}", dice.randint(0, 90), "UC")
              for at, (known, day) in enumerate(zip(ids, begun, strict=True))]
    bulk.put("participant", "id seal_id reference lot_id coach_id registered_on name born_on ni_number is_sample postcode situation phone"
             " weeks_out_of_work benefit", people)
    verdicts = []
    for row in people:
        for again in range(1 if dice.random() < 0.9 else 2):
            verdicts.append((new_id().bytes, row[0], row[3], dice.choice(VERDICTS), row[10], "E05011111", "Shard End", "2021.4.0",
                             "ward", row[5], f"{row[5]}T1{again}:00:00.000000Z", row[4], None, SAID))
    bulk.put("participant_verdict", "id participant_id lot_id verdict postcode ward_code ward_name edition method decided_on"
             " decided_at decided_by reason sentence", verdicts)
    bulk.put("participant_notice", "id participant_id version given_on how language",
             ((new_id().bytes, row[0], "2018-10", row[5], "paper", "English") for row in people))
    bulk.put("participant_consent", "id participant_id matter answer said_on how",
             ((new_id().bytes, row[0], matter, "given", row[5], "signed") for row in people
              for matter in ("referral to partners", "contact with an employer")))
    bulk.put("participant_met_at", "id participant_id contact_id",
             ((new_id().bytes, row[0], contacts[at * 7 % len(contacts)]) for at, row in enumerate(people) if at % 3))
    return _People(ids, begun)


def _history(bulk: _Bulk, people: _People, lots: list[bytes], team: list[bytes]) -> None:
    dice = bulk.dice
    spells, pauses, follow_ups, assignments, benefits, loans = [], [], [], [], [], []
    for known, begun in zip(people.ids, people.begun, strict=True):
        first = bulk.on(begun)
        ends = bulk.day(begun) if dice.random() < 0.4 else None
        spells.append((new_id().bytes, known, dice.choice(lots), first, ends, "moved away" if ends else None, "[]"))
        if dice.random() < 0.05:
            pauses.append((new_id().bytes, known, bulk.day(begun), bulk.day(begun, bulk.last + 60), None, "illness"))
        for _ in range(3):
            due = dice.randint(begun, bulk.last + 30)
            done = None if dice.random() < 0.06 else bulk.on(due)
            follow_ups.append((new_id().bytes, known, dice.choice(team), bulk.on(due), "Ring about the interview", done))
        assignments.append((new_id().bytes, known, dice.choice(team), first, None, team[0], first + NOON))
        if dice.random() < 0.5:
            benefits.append((new_id().bytes, known, first, "Universal Credit", "searching", None))
        if dice.random() < 0.1:
            loans.append((new_id().bytes, known, dice.choice(team), "laptop", f"L{len(loans)}", first, bulk.day(begun, bulk.last + 30),
                          None if dice.random() < 0.3 else first, None))
    bulk.put("participant_spell", "id participant_id lot_id started_on ended_on end_reason barriers", spells)
    bulk.put("participant_pause", "id participant_id from_day expected_back_on to_day reason", pauses)
    bulk.put("participant_follow_up", "id participant_id coach_id due_on what done_on", follow_ups)
    bulk.put("participant_assignment", "id participant_id coach_id from_day reason written_by written_at", assignments)
    bulk.put("participant_benefit", "id participant_id from_day benefit conditionality note", benefits)
    bulk.put("activity_loan", "id participant_id coach_id what tag lent_on due_back_on returned_on condition", loans)
    bulk.put("participant_same_as", "id one_id other_id reason joined_on joined_by",
             ((new_id().bytes, people[at], people[at + 1], "the same NI number", bulk.on(bulk.last), team[0])
              for at in range(50, len(people) - 1, 200)))


def _help(bulk: _Bulk, size: Size, people: _People, team: list[bytes]) -> None:
    dice, count = bulk.dice, len(people)
    rows = []
    for at in range(size.help):
        of = min(int(abs(dice.gauss(0, 0.4)) * count), count - 1)
        day = dice.randint(people.begun[of], bulk.last)
        rows.append((new_id().bytes, people.ids[of], dice.choice(team), bulk.on(day), 30 + at % 60, dice.choice(MODES),
                     dice.choice(KINDS), f"Hall {at % 100:03d}" if at % 2 else None, at % 5 != 0, None,
                     SAID if at % 3 == 0 else None, None))
    rows.sort(key=lambda row: row[3])
    bulk.put("activity_intervention", "id participant_id coach_id happened_on minutes mode kind place is_meaningful why note"
             " changed_why", rows)
    some = [at for at in range(count) if dice.random() < 0.25]
    bulk.put("activity_job", "id participant_id coach_id started_on employer title hours_a_week pay_pence_an_hour",
             ((new_id().bytes, people.ids[at], dice.choice(team), bulk.day(people.begun[at]), "Midland Parcels", "picker", 30, 1100)
              for at in some))
    booked = []
    for at in range(count * 4):
        of = at % count
        day = dice.randint(people.begun[of], bulk.last + 60)
        is_open = day > bulk.last or dice.random() < 0.01
        booked.append((new_id().bytes, people.ids[of], dice.choice(team), bulk.on(day), "14:00", "Hall 001",
                       "booked" if is_open else dice.choice(("attended", "attended", "did not attend", "cancelled")), None))
    bulk.put("activity_appointment", "id participant_id coach_id due_on at place outcome note", booked)


def _referrals(bulk: _Bulk, size: Size, people: _People, lots: list[bytes], team: list[bytes], partners: list[bytes]) -> None:
    dice, count = bulk.dice, len(people)
    rows, steps = [], []
    for known in bulk.ids(count * 8 // 10):
        of = dice.randrange(count)
        at = dice.randint(people.begun[of], bulk.last)
        way, stranger = ("out", "in", "out")[of % 3], of % 30 == 1
        rows.append((known, way, dice.choice(partners), dice.choice(lots), dice.choice(team), None if stranger else people.ids[of],
                     bulk.name() if stranger else None, None, "help with a CV", bulk.on(at), bulk.on(at + 14), None))
        moves = ["sent"]
        if at < bulk.last - 40 or dice.random() < 0.5:
            moves += dice.choice((["accepted"], ["declined"], ["accepted", "completed"], ["accepted", "withdrawn"], ["completed"], []))
        for number, status in enumerate(moves):
            steps.append((new_id().bytes, known, status, bulk.on(at + 3 * number), "client" if status == "declined" else None,
                          True if status == "completed" else None, None, f"{bulk.on(at + 3 * number)}T1{number}:00:00.000000Z"))
    bulk.put("referral", "id direction partner_id lot_id coach_id participant_id person_name person_phone need made_on reply_due_on"
             " own_provision_reason", rows)
    bulk.put("referral_step", "id referral_id status on_day said_by was_helped reason moved_at", steps)


def _log(bulk: _Bulk, store: Store, ids: Sequence[bytes], each: int = 10) -> None:
    """A log of some size, so that what reads it has to find its way; its ops carry no values."""
    begun, space = bulk.connection.exec_driver_sql("select max(n), max(ms) from txn").one(), store.desk.space.bytes
    owner, device, incarnation = store.desk.owner.bytes, store.desk.device, store.desk.incarnation
    start, ms = begun[0] + 1, begun[1]
    seq: int = bulk.connection.exec_driver_sql("select max(last_seq) from txn").scalar_one()
    bulk.put("txn", "n txn_id dev inc last_seq ms counter actor reason undoes lasting space schema min_reader seen_at",
             ((start + at, new_id().bytes, device, incarnation, seq + (at + 1) * each, ms, at % 60_000, owner, "Log a contact", None, 0,
               space, 1, 1, bulk.on(bulk.last * at * each // len(ids)) + NOON) for at in range(len(ids) // each)))
    bulk.put("op", "op_id txn seq ms counter kind entity entity_id seal_id head sealed payload_hash",
             ((new_id().bytes, start + at // each, seq + at + 1, ms, at // each % 60_000, "set", "outreach_contact", known, None,
               '{"v":{}}', None, None) for at, known in enumerate(ids[:len(ids) // each * each])))


def owner_and_coach(store: Store) -> tuple[UUID, UUID]:
    """The lead whose store it is, and a coach with a caseload of the usual size."""
    with store.read() as session:
        coach = session.execute(sa.select(TeamMember.id).where(TeamMember.name == "Coach 01")).scalar_one()
    return store.desk.owner, coach
