"""People turned away: counted without identity, summed by ward, need and venue; within the desk as rules.safe_table allows, outside of it
by whole quarters as rules.published does."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from coachdesk.outreach.queries.contacts import topics_in
from coachdesk.outreach.record import Session as OutreachSession
from coachdesk.outreach.record import Tally
from coachdesk.outreach.rules import (
    NO_NEED,
    NO_VENUE,
    NOT_KNOWN_WARD,
    TURNED_AWAY,
    Counted,
    PublishedTable,
    SafeTable,
    counts_in,
    parts_of,
    published_by_need,
    published_by_place,
    quarter_days,
    safe_table,
)
from coachdesk.partner.record import Venue
from coachdesk.programme import queries as programme_queries


@dataclass(frozen=True, slots=True)
class TurnedAwayRow:
    """One count of people turned away, as it was written. A correction has a negative count. Never who, and never a postcode."""

    id: UUID
    on_day: date
    lot_id: UUID | None
    lot: str
    venue_id: UUID | None
    venue: str
    ward_code: str | None
    ward: str
    need: str
    count: int
    made_at: datetime
    session_id: UUID | None


@dataclass(frozen=True, slots=True)
class UnmetDemand:
    """For work within the desk, of any time: two tables, in each of which small numbers are hidden (rules.unmet). counted: None below five.

    Two of these can be subtracted from one another; what is passed on is PublishedDemand.
    """

    by_need: SafeTable
    by_venue: SafeTable
    counted: int | None
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class PublishedDemand:
    """The report: whole parts of the programme's time, all lots, in two tables over the same wards (rules.published).

    since, until: of the parts that are in it; None where there are none.
    """

    by_need: PublishedTable
    by_place: PublishedTable
    since: date | None
    until: date | None


def _turned(lot: UUID | None, since: date | None, until: date | None, *columns: str) -> Any:
    """Tallies of people turned away, at a session or without one; columns by name, summed by the others where `sum` is among them."""
    one, place = OutreachSession, aliased(Venue)
    on, of = sa.func.coalesce(one.held_on, Tally.on_day, type_=sa.Date()), sa.func.coalesce(one.lot_id, Tally.lot_id, type_=one.lot_id.type)
    known = {"id": Tally.id, "on": on, "lot": of, "venue_id": place.id, "venue": place.name, "code": Tally.ward_code,
             "ward": Tally.ward_name, "need": Tally.need, "topics": Tally.topics, "count": Tally.count, "made_at": Tally.made_at,
             "session_id": Tally.session_id, "wrote": sa.func.substr(Tally.made_at, 1, 10, type_=sa.Date()),
             "sum": sa.func.sum(Tally.count)}
    chosen: Any = sa.select(*(known[name] for name in columns))
    chosen = (chosen.select_from(Tally).outerjoin(one, one.id == Tally.session_id)
              .outerjoin(place, place.id == sa.func.coalesce(one.venue_id, Tally.venue_id, type_=one.venue_id.type))
              .where(Tally.what == TURNED_AWAY))
    if lot is not None:
        chosen = chosen.where(of == lot)
    if since is not None:
        chosen = chosen.where(on >= since)
    if until is not None:
        chosen = chosen.where(on <= until)
    if "sum" in columns:
        return chosen.group_by(*(known[name] for name in columns if name != "sum"))
    return chosen.order_by(on.desc(), Tally.id.desc())


def turned_away(session: Session, *, lot: UUID | None = None, limit: int | None = None, since: date | None = None,
                until: date | None = None) -> list[TurnedAwayRow]:
    """What was counted, the latest day first. For those who count; what is shown to others is unmet_demand."""
    lots = programme_queries.lot_names(session)
    columns = ("id", "on", "lot", "venue_id", "venue", "code", "ward", "need", "topics", "count", "made_at", "session_id")
    return [TurnedAwayRow(id, on, of, lots.get(of, "") if of else "", place, venue or "", code, ward or NOT_KNOWN_WARD,
                          need_of(need, topics), count, made_at, met)
            for id, on, of, place, venue, code, ward, need, topics, count, made_at, met
            in session.execute(_turned(lot, since, until, *columns).limit(limit))]


def turned_away_by_ward(session: Session, *, since: date | None = None, until: date | None = None
                        ) -> list[tuple[str | None, UUID | None, int]]:
    """(ward code, lot, people) of everybody turned away, summed by the store."""
    return [(code, of, count) for code, of, count in session.execute(_turned(None, since, until, "code", "lot", "sum"))]


def unmet_demand(session: Session, *, lot: UUID | None = None, since: date | None = None, until: date | None = None) -> UnmetDemand:
    """People turned away by ward and need, and by ward and place, over both days included; summed by the store, small numbers hidden."""
    by_need: dict[tuple[str, str], int] = defaultdict(int)
    by_venue: dict[tuple[str, str], int] = defaultdict(int)
    wards: dict[str, str] = {}
    rows = session.execute(_turned(lot, since, until, "code", "ward", "need", "topics", "venue_id", "venue", "sum")).all()
    for code, ward, *_rest in rows:
        wards.setdefault(code or "", ward or NOT_KNOWN_WARD)
    names = _told_apart(wards)
    venues = _told_apart({str(place): venue for _c, _w, _n, _t, place, venue, _s in rows if place is not None})
    for code, _ward, need, topics, place, _venue, count in rows:
        ward = names[code or ""]
        by_need[ward, need_of(need, topics)] += count
        by_venue[ward, venues[str(place)] if place is not None else NO_VENUE] += count
    first = safe_table(by_need)
    return UnmetDemand(first, safe_table(by_venue, columns_are="places"), first.total, since, until)


def published_demand(session: Session, *, last: int, quarters: int | None = None, of: int | None = None) -> PublishedDemand:
    """People turned away, as it may leave the house. last: the newest settled quarter; quarters: parts that end in the last so many; of:
    the part that has this quarter."""
    rows = session.execute(_turned(None, None, quarter_days(last)[1], "on", "wrote", "code", "ward", "need", "topics", "venue_id", "venue",
                                   "sum")).all()
    names = _told_apart({code or "": ward or NOT_KNOWN_WARD for _on, _at, code, ward, *_rest in rows})
    places = _told_apart({str(place): venue for *_rest, place, venue, _count in rows if place is not None})
    counts: dict[int, dict[Counted, int]] = defaultdict(lambda: defaultdict(int))
    for on, wrote, code, _ward, need, topics, place, _venue, count in rows:
        key = Counted(names[code or ""], need_of(need, topics), places[str(place)] if place is not None else NO_VENUE)
        counts[counts_in(on, wrote)][key] += count
    parts = [part for part in parts_of(counts, last) if (quarters is None or part.last > last - quarters)
             and (of is None or part.first <= of <= part.last)]
    return PublishedDemand(published_by_need(parts), published_by_place(parts), quarter_days(parts[0].first)[0] if parts else None,
                           quarter_days(parts[-1].last)[1] if parts else None)


def need_of(need: str | None, topics: str | None) -> str:
    """What somebody needed: as it was said, else the only topic of the tally."""
    spoken = topics_in(topics)
    return need or (spoken[0] if len(spoken) == 1 else NO_NEED)


def _told_apart(names: dict[str, str]) -> dict[str, str]:
    """Names by their keys; two of one name bear their key's beginning beside it."""
    every = list(names.values())
    return {key: name if every.count(name) == 1 or not key else f"{name} ({key[:9]})" for key, name in names.items()}
