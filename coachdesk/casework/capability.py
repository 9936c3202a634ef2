"""What a lot lacks: every kind of support with who can give it on a day, and how many people's plans still wait for it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity.record import PlanItem
from coachdesk.activity.rules.plan import NOT_YET
from coachdesk.participant import queries as participant_queries
from coachdesk.participant.record import Participant
from coachdesk.partner import queries as partner_queries
from coachdesk.partner.rules.capability import BOTH, NOBODY, OWN, PARTNER


@dataclass(frozen=True, slots=True)
class KindLine:
    """One kind of support. Of one lot: own and partners are who can give it. Of all lots: the lots in which own provision, partners or
    nobody can. people: whose plan has it and it is not taken up yet."""

    id: str
    kind: str
    own: tuple[str, ...]
    partners: tuple[str, ...]
    nobody: tuple[str, ...]
    ends_on: date | None
    people: int
    lots: int = 1

    @property
    def is_gap(self) -> bool:
        """Somewhere nobody can give it."""
        return bool(self.nobody)

    def words(self, names: tuple[str, ...]) -> str:
        """Who or where, in one line: all of several lots are not listed."""
        return f"all {self.lots} lots" if self.lots > 1 and len(names) == self.lots else ", ".join(names) or "–"


def waiting_by_kind(session: Session) -> dict[tuple[UUID, str], int]:
    """By lot and kind of support: how many people on the caseload have it in their plan, not taken up yet. A joined person counts once."""
    leads, p, item = participant_queries.leaders(session), Participant, PlanItem
    chosen = (sa.select(p.lot_id, item.kind, item.participant_id).join(p, p.id == item.participant_id)
              .where(item.state == NOT_YET, p.id.not_in(participant_queries.ended())))
    people: dict[tuple[UUID, str], set[UUID]] = defaultdict(set)
    for lot, kind, person in session.execute(chosen):
        people[lot, kind].add(leads.get(person, person))
    return {key: len(found) for key, found in people.items()}


def kind_lines(session: Session, *, lot: UUID | None = None, on: date | None = None) -> list[KindLine]:
    """The map of one lot, or of all of them, on a day (today when not said)."""
    maps = partner_queries.lot_capability(session, lot=lot, on=on)
    waiting = waiting_by_kind(session)
    found = []
    for at, first in enumerate(maps[0].squares if maps else ()):
        people = sum(waiting.get((each.lot_id, first.kind), 0) for each in maps)
        if lot is not None:
            nobody = (maps[0].lot,) if first.is_gap else ()
            found.append(KindLine(first.kind, first.kind, first.own, first.partners, nobody, first.ends_on, people))
            continue
        by_state = {state: tuple(each.lot for each in maps if each.squares[at].state == state) for state in (OWN, PARTNER, BOTH, NOBODY)}
        own = tuple(each.lot for each in maps if each.lot in (*by_state[OWN], *by_state[BOTH]))
        partners = tuple(each.lot for each in maps if each.lot in (*by_state[PARTNER], *by_state[BOTH]))
        found.append(KindLine(first.kind, first.kind, own, partners, by_state[NOBODY], None, people, len(maps)))
    return found


def gap_words(lines: list[KindLine]) -> str:
    """`Nobody can give: housing (4 people’s plans wait), travel.`; what is in order, where nothing lacks."""
    gaps = [f"{line.kind}{f' ({_waiting(line.people)})' if line.people else ''}" for line in lines if line.is_gap]
    where = "In some lots nobody can give" if any(line.lots > 1 for line in lines) else "Nobody can give"
    return f"{where}: {', '.join(gaps)}." if gaps else "Every kind of support can be given by somebody."


def _waiting(people: int) -> str:
    return "1 person’s plan waits" if people == 1 else f"{people:,} people’s plans wait"
