"""How much the work depends on each place: the share of starts and of referrals that came through it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.casework.starts import as_bytes, first_help, in_portions, within
from coachdesk.outreach.record import Contact
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.participant import queries as participant_queries
from coachdesk.participant.record import MetAt, Participant
from coachdesk.partner import queries as partner_queries
from coachdesk.programme import queries as programme_queries
from coachdesk.referral.record import Referral
from coachdesk.store.ids import id_of

NO_VENUE = UUID(int=0)
NO_VENUE_WORDS = "not through a place"
WHOLE = 1000              # shares are counted in tenths of a percent


@dataclass(frozen=True, slots=True)
class DependencyRow:
    """One place, or (with the id NO_VENUE) those who came another way. Shares are tenths of a percent and come to 1,000 together."""

    id: UUID
    venue: str
    partner: str
    lot: str
    status: str
    starts: int
    starts_share: int
    referrals: int
    referrals_share: int


@dataclass(frozen=True, slots=True)
class CameRow:
    """Somebody who came through a place (or another way), and what was counted of them. started_on: where that fell into the time."""

    id: UUID
    name: str
    reference: str
    lot: str
    coach: str
    registered_on: date
    started_on: date | None
    met: str
    referrals: int


def shares(counts: Sequence[int], whole: int = WHOLE) -> list[int]:
    """Counts as parts of a whole that come to it exactly (largest remainder, earlier ones first); noughts when nothing was counted."""
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    parts = [count * whole // total for count in counts]
    by_rest = sorted(range(len(counts)), key=lambda at: (-(counts[at] * whole % total), at))
    for at in by_rest[: whole - sum(parts)]:
        parts[at] += 1
    return parts


def share_text(share: int) -> str:
    """`31.4 %`, from tenths of a percent."""
    return f"{share // 10}.{share % 10} %"


class _Came:
    """Through which place people came, when they started and how often they were referred: of everybody, or of those met at one place.

    By the record that leads, ids as bytes (see starts.first_help).
    """

    def __init__(self, session: Session, lot: UUID | None, since: date | None, until: date | None, place: UUID | None = None) -> None:
        leads = participant_queries.leaders(session)
        self._ahead = {one.bytes: lead.bytes for one, lead in leads.items()}
        among = None if place is None else self._met_there(session, place)
        self.met = self._met(session, among)
        self.sent = self._referred(session, lot, since, until, among)
        self.began = within(first_help(session, leads, among), since, until)
        if lot is not None and self.began:
            ours = set(session.execute(sa.select(as_bytes(Participant.id)).where(Participant.lot_id == lot)).scalars())
            self.began = {who: on for who, on in self.began.items() if who in ours}

    def _met_there(self, session: Session, place: UUID) -> list[bytes]:
        """All records of everybody who was ever met at a place."""
        one = OutreachSession
        there = set(session.execute(
            sa.select(as_bytes(MetAt.participant_id)).join(Contact, Contact.id == MetAt.contact_id)
            .join(one, one.id == Contact.session_id).where(one.venue_id == place)).scalars())
        first = {self._ahead.get(who, who) for who in there}
        return [*first, *(one for one, lead in self._ahead.items() if lead in first)]

    def _met(self, session: Session, among: Sequence[bytes] | None) -> dict[bytes, tuple[bytes, str, str]]:
        """Place, day and kind of the session: of several contacts the one of the earliest session. Met again later is not come through."""
        one, day = OutreachSession, sa.type_coerce(OutreachSession.held_on, sa.Text())
        chosen = (sa.select(as_bytes(MetAt.participant_id), day, as_bytes(MetAt.id), as_bytes(one.venue_id), one.kind)
                  .join(Contact, Contact.id == MetAt.contact_id).join(one, one.id == Contact.session_id)
                  .join(Participant, Participant.id == MetAt.participant_id).where(one.held_on <= Participant.registered_on))
        best: dict[bytes, tuple[str, bytes, bytes, str]] = {}
        for person, *told in in_portions(session, chosen, MetAt.participant_id, among):
            who, found = self._ahead.get(person, person), tuple(told)
            if who not in best or found < best[who]:
                best[who] = found
        return {who: (venue, on, kind) for who, (on, _id, venue, kind) in best.items()}

    def _referred(self, session: Session, lot: UUID | None, since: date | None, until: date | None, among: Sequence[bytes] | None
                  ) -> Counter[bytes | None]:
        """Referrals of each person; None: of somebody who is not registered."""
        chosen = (sa.select(as_bytes(Referral.participant_id), sa.func.count()).where(*_between(Referral.made_on, since, until))
                  .group_by(Referral.participant_id))
        if lot is not None:
            chosen = chosen.where(Referral.lot_id == lot)
        found: Counter[bytes | None] = Counter()
        for person, number in in_portions(session, chosen, Referral.participant_id, among):
            found[self._ahead.get(person, person)] += number
        return found


def _between(column: Any, since: date | None, until: date | None) -> list[Any]:
    return [*([column >= since] if since else []), *([column <= until] if until else [])]


def dependency(session: Session, *, lot: UUID | None = None, since: date | None = None, until: date | None = None) -> list[DependencyRow]:
    """Places by their share of starts, most first, then those who came another way. A start is the first meaningful help (starts).

    Every start and every referral is counted once, so that each column comes to 100.0 %. A referral of somebody not registered came
    another way.
    """
    found = _Came(session, lot, since, until)
    starts, referrals = _by_place(found, dict.fromkeys(found.began, 1)), _by_place(found, found.sent)
    places = {row.id: row for row in partner_queries.venues(session)}
    chosen: list[UUID | None] = [id for id in places if id in starts or id in referrals or lot is None or places[id].lot_id == lot]
    chosen.sort(key=lambda id: (-starts.get(id, 0), -referrals.get(id, 0), places[id].name.casefold() if id else ""))
    chosen.append(None)
    rows = []
    parts = zip(chosen, shares([starts.get(id, 0) for id in chosen]), shares([referrals.get(id, 0) for id in chosen]), strict=True)
    for id, of_starts, of_referrals in parts:
        place = places[id] if id is not None else None
        rows.append(DependencyRow(
            place.id if place else NO_VENUE, place.name if place else NO_VENUE_WORDS, place.partner or "" if place else "",
            place.lot if place else "", place.status if place else "", starts.get(id, 0), of_starts, referrals.get(id, 0), of_referrals))
    return rows


def _by_place(found: _Came, counts: Mapping[Any, int]) -> dict[UUID | None, int]:
    """Counts of people as counts of the places through which they came; None: another way."""
    numbers: Counter[bytes | None] = Counter()
    for who, number in counts.items():
        numbers[found.met[who][0] if who in found.met else None] += number
    return {id_of(place) if place else None: number for place, number in numbers.items()}


def dependency_rows(session: Session, *, lot: UUID | None = None, limit: int | None = None) -> list[DependencyRow]:
    """The same of all of the programme, as a list."""
    return dependency(session, lot=lot)[:limit]


def loss_words(row: DependencyRow) -> str:
    """What would be lost with a place, in words."""
    if row.id == NO_VENUE:
        return f"{share_text(row.starts_share)} of starts ({row.starts:,}) came another way than through a place."
    if not row.starts and not row.referrals:
        return f"Nobody came through {row.venue} in this time."
    return (f"Without {row.venue} we lose {share_text(row.starts_share)} of starts ({row.starts:,}) and "
            f"{share_text(row.referrals_share)} of referrals ({row.referrals:,}).")


def came(session: Session, venue: UUID, *, lot: UUID | None = None, since: date | None = None, until: date | None = None,
         limit: int | None = 500) -> list[CameRow]:
    """Who came through a place (NO_VENUE: another way) and started or was referred in this time, the latest registered first."""
    found = _Came(session, lot, since, until, None if venue == NO_VENUE else venue)
    place = None if venue == NO_VENUE else venue.bytes
    here = [who for who in {*found.began, *(who for who in found.sent if who is not None)}
            if (found.met[who][0] if who in found.met else None) == place]
    lots, members = programme_queries.lot_names(session), programme_queries.member_names(session)
    p, rows = Participant, []
    chosen = sa.select(p.id, p.name, p.reference, p.lot_id, p.coach_id, p.registered_on)
    for id, name, reference, of, coach, on in in_portions(session, chosen, p.id, here):
        who = id.bytes
        said = f"{found.met[who][2]} of {_short(date.fromisoformat(found.met[who][1]))}" if who in found.met else ""
        started_on = date.fromisoformat(found.began[who]) if who in found.began else None
        rows.append(CameRow(id, name, reference, lots.get(of, ""), members.get(coach, ""), on, started_on, said, found.sent.get(who, 0)))
    return sorted(rows, key=lambda row: (row.registered_on, row.id), reverse=True)[:limit]


def _short(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
