"""How much the work depends on each place: the share of starts and of referrals that came through it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.casework.starts import started
from coachdesk.outreach.record import Contact
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.participant import queries as participant_queries
from coachdesk.participant.record import MetAt, Participant
from coachdesk.partner import queries as partner_queries
from coachdesk.programme import queries as programme_queries
from coachdesk.referral.record import Referral

NO_VENUE = UUID(int=0)
NO_VENUE_WORDS = "not through a place"
_CHUNK = 500
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


def _first_met() -> sa.Subquery:
    """The place through which each person came: of several contacts the one of the earliest session."""
    one = OutreachSession
    rank = sa.func.row_number().over(partition_by=MetAt.participant_id, order_by=(one.held_on, MetAt.__table__.c.row))
    every = (sa.select(MetAt.participant_id, one.venue_id, one.held_on, one.kind, rank.label("rank"))
             .join(Contact, Contact.id == MetAt.contact_id).join(one, one.id == Contact.session_id).subquery())
    return sa.select(every.c.participant_id, every.c.venue_id, every.c.held_on, every.c.kind).where(every.c.rank == 1).subquery()


def _met(session: Session, leads: Mapping[UUID, UUID]) -> dict[UUID, tuple[UUID, date, str]]:
    """Through which place each person came, with day and kind of the session; by the record that leads."""
    met = _first_met()
    rows: Iterable[Any] = session.execute(sa.select(met.c.participant_id, met.c.venue_id, met.c.held_on, met.c.kind)
                                          .order_by(met.c.held_on, met.c.participant_id))
    found: dict[UUID, tuple[UUID, date, str]] = {}
    for person, venue, on, kind in rows:
        found.setdefault(leads.get(person, person), (venue, on, kind))
    return found


def _referred(session: Session, leads: Mapping[UUID, UUID], lot: UUID | None, since: date | None, until: date | None
              ) -> dict[UUID | None, int]:
    """Referrals of each person; None: of somebody who is not registered."""
    chosen = (sa.select(Referral.participant_id, sa.func.count()).where(*_between(Referral.made_on, since, until))
              .group_by(Referral.participant_id))
    rows: Iterable[Any] = session.execute(chosen if lot is None else chosen.where(Referral.lot_id == lot))
    found: dict[UUID | None, int] = {}
    for person, number in rows:
        who = leads.get(person, person)
        found[who] = found.get(who, 0) + number
    return found


def _between(column: Any, since: date | None, until: date | None) -> list[Any]:
    return [*([column >= since] if since else []), *([column <= until] if until else [])]


def dependency(session: Session, *, lot: UUID | None = None, since: date | None = None, until: date | None = None) -> list[DependencyRow]:
    """Places by their share of starts, most first, then those who came another way. A start is the first meaningful help (starts).

    Every start and every referral is counted once, so that each column comes to 100.0 %. A referral of somebody not registered came
    another way.
    """
    leads = participant_queries.leaders(session)
    met = {who: venue for who, (venue, _on, _kind) in _met(session, leads).items()}
    starts: Counter[UUID | None] = Counter(met.get(each.id) for each in started(session, since, until, leads) if lot in (None, each.lot_id))
    referrals: Counter[UUID | None] = Counter()
    for who, number in _referred(session, leads, lot, since, until).items():
        referrals[met.get(who) if who is not None else None] += number
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
    leads = participant_queries.leaders(session)
    met, sent = _met(session, leads), _referred(session, leads, lot, since, until)
    began = {each.id: each.on for each in started(session, since, until, leads) if lot in (None, each.lot_id)}
    here = [who for who in {*began, *(who for who in sent if who is not None)} if (met[who][0] if who in met else NO_VENUE) == venue]
    lots, members = programme_queries.lot_names(session), programme_queries.member_names(session)
    rows = []
    for at in range(0, len(here), _CHUNK):
        found: Iterable[Any] = session.execute(
            sa.select(Participant.id, Participant.name, Participant.reference, Participant.lot_id, Participant.coach_id,
                      Participant.registered_on).where(Participant.id.in_(here[at:at + _CHUNK])))
        for id, name, reference, of, coach, on in found:
            said = f"{met[id][2]} of {_short(met[id][1])}" if id in met else ""
            rows.append(CameRow(id, name, reference, lots.get(of, ""), members.get(coach, ""), on, began.get(id), said, sent.get(id, 0)))
    return sorted(rows, key=lambda row: (row.registered_on, row.id), reverse=True)[:limit]


def _short(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""
