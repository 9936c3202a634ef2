"""Every list and view on a store of 10,000 people, 200,000 contacts and as much help over 42 months (issue 3, Scale).

The floor of each is the raw scan that reads just once what the list stands on, in plain SQL over the same encrypted file, before anything
is ordered, joined or shown; limits say how many such scans a list may cost. What cannot grow with the store (one person, one session) is
held against one row by its id, generously: it must not scan anything. Times are the processor's, so that a busy machine says the same.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

from coachdesk.activity import queries as activity
from coachdesk.casework import dependency, progress_rows
from coachdesk.casework import queries as casework
from coachdesk.cli import catalogue
from coachdesk.outreach import queries as outreach
from coachdesk.participant import queries as participant
from coachdesk.partner import queries as partner
from coachdesk.place.editions import Shelf
from coachdesk.settings import resources
from coachdesk.store import raw
from coachdesk.store.session import Store
from coachdesk.ui.outreach.sessions_view import read_outreach
from coachdesk.ui.participant import reading
from coachdesk.ui.today.reading import read_today
from tests.bench import Row
from tests.bench._big_store import LAST, make_big_store, owner_and_coach

ROUNDS = 5
HELP = "select participant_id, happened_on, is_meaningful, mode from activity_intervention order by participant_id"
CONTACTS = "select count(*) from outreach_contact where note is null"
PEOPLE = "select row, name, reference, lot_id, coach_id, registered_on from participant"
SESSIONS = "select row, held_on, status, venue_id from outreach_session order by held_on desc"
APPOINTMENTS = "select row, due_on, outcome, at from activity_appointment"
ONE = "select * from participant where row = 5000"


class Measured(NamedTuple):
    """One list: what it is, its floor, what it does, and how many floors it may cost."""

    what: str
    floor: str
    ours: Callable[[Any], Any]
    limit: float


def measured(store: Store) -> list[Measured]:
    """Every list of the window, by what it stands on."""
    owner, coach = owner_and_coach(store)
    with store.read() as session:
        person = participant.participants(session, limit=1)[0].id
        met = outreach.sessions(session, limit=1, status="held")[0].id
        place = partner.venues(session)[0].id
    of_one = "reference=CC-005000"
    week, month = LAST - timedelta(days=7), LAST - timedelta(days=28)
    return [
        Measured("caseload of everybody: order, totals, first rows", HELP, lambda s: (
            reading.caseload(s, None, owner, False), reading.totals(s, None, owner, False)), 1.5),
        Measured("caseload of a coach", HELP, lambda s: (
            reading.caseload(s, None, coach, True), reading.totals(s, None, coach, True)), 1.0),
        Measured("no-contact list", HELP, lambda s: casework.caseload_keys(s, only="silent"), 1.0),
        Measured("board", HELP, lambda s: reading.board(s, None, owner), 1.5),
        Measured("a block of the caseload", PEOPLE, lambda s: casework.caseload_rows(s, range(5_000, 5_128)), 2.5),
        Measured("Today of a coach", HELP, lambda s: read_today(s, LAST, coach, lot=None, is_mine=True), 12.0),
        Measured("Today of everybody", HELP, lambda s: read_today(s, LAST, owner, lot=None, is_mine=False), 12.0),
        Measured("one person, everything", ONE, lambda s: reading.known(s, person), 4_000.0),
        Measured("outreach: sessions and follow-ups", CONTACTS, lambda s: read_outreach(s, None, LAST, "until"), 2.5),
        Measured("calendar of a month", SESSIONS, lambda s: outreach.sessions(s, since=month, until=LAST), 3.0),
        Measured("places", SESSIONS, outreach.used_venues, 3.0),
        Measured("presence", SESSIONS, outreach.presence, 3.0),
        Measured("dependency", CONTACTS, dependency.dependency, 4.0),
        Measured("who came through a place", CONTACTS, lambda s: dependency.came(s, place), 2.0),
        Measured("unmet demand", SESSIONS, outreach.unmet_demand, 3.0),
        Measured("changed verdicts: order, first rows", PEOPLE, lambda s: participant.edition_review_rows(
            s, participant.edition_review_keys(s)[:128]), 40.0),      # nearly everybody is judged anew here
        Measured("one session", ONE, lambda s: (outreach.session_row(s, met), outreach.contacts(s, session_id=met)), 1_000.0),
        Measured("help of four weeks: order, totals, first rows", HELP, lambda s: (
            activity.intervention_rows(s, activity.intervention_keys(s, since=month, until=LAST)[:128]),
            activity.help_totals(s, since=month, until=LAST)), 0.5),
        Measured("appointments", APPOINTMENTS, lambda s: (
            activity.appointment_rows(s, activity.appointment_keys(s)[:128]), activity.appointment_totals(s, LAST)), 2.5),
        Measured("jobs", APPOINTMENTS, lambda s: (activity.job_rows(s, activity.job_keys(s)[:128]),
                                                  activity.job_count(s, since=week, until=LAST)), 1.0),
        Measured("the log, newest 50", ONE, lambda s: casework.audit(s, limit=50), 200.0),
        Measured("list outreach.contact --limit 10", CONTACTS, lambda s: outreach.contacts(s, limit=10), 0.2),
        Measured("list participant --limit 10", PEOPLE, lambda s: participant.participants(s, limit=10), 1.5),
        Measured("list participant --where reference=…", PEOPLE, lambda s: catalogue.rows(s, "participant", None, [of_one], None), 2.0),
        Measured("list activity.appointment --where reference=…", PEOPLE, lambda s: catalogue.rows(
            s, "activity.appointment", None, [of_one], None), 2.0),
        Measured("list outreach.contact --where lot=… --limit 10", CONTACTS, lambda s: catalogue.rows(
            s, "outreach.contact", None, ["lot=Shard End"], 10), 2.0),
        Measured("list activity.start --limit 10", HELP, lambda s: progress_rows.starts(s, limit=10), 6.0),
    ]


def _best(work: Callable[[], object]) -> float:
    begun = process_time()
    work()
    return process_time() - begun


def rows() -> list[Row]:
    """Floor and ours in turns, the best of each."""
    done: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        store = make_big_store(Path(folder) / "big.coachdesk")
        store.world["shelf"] = Shelf(resources() / "editions")
        with closing(store), closing(raw.connect(store.path, store.key)) as plain:
            for each in measured(store):
                floors, ours = [], []
                for _round in range(ROUNDS):
                    floors.append(_best(lambda each=each: plain.execute(each.floor).fetchall()))  # type: ignore[misc]
                    with store.read() as session:
                        ours.append(_best(lambda each=each, session=session: each.ours(session)))  # type: ignore[misc]
                done.append(Row("scale", each.what, min(floors), min(ours), each.limit))
    return done
