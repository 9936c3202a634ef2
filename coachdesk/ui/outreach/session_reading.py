"""What the session desk shows, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from coachdesk.outreach import queries
from coachdesk.outreach.rules import CANCELLED, PLANNED, still_words
from coachdesk.participant import queries as participant_queries
from coachdesk.programme import queries as programme_queries
from coachdesk.programme.rules import LotPlan
from coachdesk.ui.outreach.counting import follow_up_words


@dataclass(frozen=True, slots=True)
class ContactShown:
    """A contact as the desk lists it; at is HH:MM, number the row on paper, participant_id is set once they are registered."""

    id: UUID
    number: str
    at: str
    name: str
    phone: str | None
    postcode: str | None
    about: str
    follow_up: str
    state: str
    participant_id: UUID | None
    row: queries.ContactRow


@dataclass(frozen=True, slots=True)
class SessionShown:
    """A session with its contacts, how often each topic came up, its paper register and its lot; row is None once it was removed."""

    row: queries.SessionRow | None
    contacts: tuple[ContactShown, ...]
    topics: dict[str, int]
    register: queries.RegisterRow | None
    lot: LotPlan | None = None


def read_session(session: Any, id: UUID, today: date) -> SessionShown:
    """Everything that the desk shows, in one read."""
    row = queries.session_row(session, id)
    if row is None:
        return SessionShown(None, (), {}, None)
    people = queries.contacts(session, session_id=id)
    became = participant_queries.met_at(session, [each.id for each in people])
    contacts = tuple(
        ContactShown(each.id, str(each.register_number or ""), f"{each.met_at.astimezone():%H:%M}", each.name, each.phone, each.postcode,
                     ", ".join(each.topics), follow_up_words(each.follow_up_on, each.followed_up_on, today),
                     "participant" if each.id in became else "", became.get(each.id), each)
        for each in people)
    return SessionShown(row, contacts, dict(queries.totals(session, id).topics), queries.register(session, id),
                        programme_queries.plan(session, row.lot_id))


def register_words(register: queries.RegisterRow | None) -> str:
    """How the paper register stands: what is still to key is always said."""
    if register is None:
        return ""
    left = register.still_to_key
    state = still_words(left) if left else "Every row is keyed or blank"
    return f"Paper register of {register.rows} rows, {len(register.keyed)} keyed, {len(register.blank)} blank. {state}."


def state_words(row: queries.SessionRow, today: date) -> str:
    """What became of a session, in words for the desk; empty for one that was held."""
    if row.status == CANCELLED:
        return f"✕ This session was cancelled: {row.cancelled_why}. A plans it again, if it takes place after all."
    if row.status == PLANNED and row.held_on <= today:
        late = "today" if row.held_on == today else "and its day is over"
        return f"○ This session is planned {late}. It counts as held with the first person, or by H. X cancels it."
    return "○ This session is planned. It counts as held with the first person, or by H on its day." if row.status == PLANNED else ""


def still_said(row: queries.SessionRow) -> str:
    """What the register of a session waits for; empty where none was printed."""
    if not row.register_rows:
        return "No register was printed for this session yet."
    printed = f"A register of {row.register_rows} rows was printed."
    return f"{printed} {still_words(row.still_to_key)}." if row.still_to_key else printed
