"""The paper register of a session: which rows were keyed, which stayed blank, which are still to key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.outreach.record import Contact, Tally
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.outreach.rules import BLANK_ROW, missing


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One printed register. keyed: row → the name that stands there; blank: rows said to be empty; still_to_key: the others."""

    id: UUID
    rows: int
    keyed: dict[int, str]
    blank: tuple[int, ...]
    still_to_key: tuple[int, ...]


def seen_numbers() -> sa.CompoundSelect[tuple[UUID | None, int | None]]:
    """(session, row) of every row that was keyed or said to be blank."""
    named = sa.select(Contact.session_id, Contact.register_number).where(Contact.register_number.is_not(None))
    blank = (sa.select(Tally.session_id, Tally.register_number).where(Tally.what == BLANK_ROW, Tally.register_number.is_not(None))
             .group_by(Tally.session_id, Tally.register_number).having(sa.func.sum(Tally.count) > 0))
    return sa.union(named, blank)


def register(session: Session, id: UUID) -> RegisterRow | None:
    """The paper register of one session; None when none was printed."""
    rows = session.execute(sa.select(OutreachSession.register_rows).where(OutreachSession.id == id)).scalar()
    if not rows:
        return None
    keyed: dict[int, str] = {}
    for number, name in session.execute(sa.select(Contact.register_number, Contact.name).where(
            Contact.session_id == id, Contact.register_number.is_not(None)).order_by(Contact.id)):
        if number is not None:
            keyed.setdefault(number, name)
    blank = tuple(sorted(blank_numbers(session, id) - set(keyed)))
    return RegisterRow(id, rows, keyed, blank, missing(rows, keyed, blank))


def blank_numbers(session: Session, id: UUID) -> set[int]:
    """The rows of a session's register that were said to be blank, and not taken back since."""
    chosen = (sa.select(Tally.register_number).where(Tally.session_id == id, Tally.what == BLANK_ROW, Tally.register_number.is_not(None))
              .group_by(Tally.register_number).having(sa.func.sum(Tally.count) > 0))
    return {number for number in session.execute(chosen).scalars() if number is not None}


def still_to_key(session: Session, rows: Mapping[UUID, int]) -> dict[UUID, tuple[int, ...]]:
    """For sessions with so many printed rows: which are still to key. One question for a whole block of a list."""
    if not rows:
        return {}
    seen: dict[UUID, set[int]] = defaultdict(set)
    every = seen_numbers().subquery()
    # The ids narrow both halves of the union through their indexes on the session.
    for known, number in session.execute(sa.select(every).where(every.c.session_id.in_(list(rows)))):
        seen[known].add(number)
    return {known: missing(count, seen[known], ()) for known, count in rows.items()}
