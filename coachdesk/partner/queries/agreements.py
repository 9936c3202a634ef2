"""What was agreed with organisations, and which ends have to be looked at: of these, of own funding, of contracts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.clock import day_text
from coachdesk.partner.record import Agreement, Capability, Connector, Partner, PartnerContact, Vacancy
from coachdesk.partner.rules import LAST_WARNING_DAYS, LEAVING_WARN_DAYS, WARN_DAYS, end_words, warning_day
from coachdesk.programme import queries as programme_queries
from coachdesk.programme.record import Body
from coachdesk.store.session import today


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement. state: when it ends, in words; warn_on: the day from which it stands in Today."""

    id: UUID
    what: str
    partner_id: UUID
    partner: str
    from_day: date | None
    ends_on: date | None
    warn_days: int
    note: str | None
    kept_by: str
    state: str
    warn_on: date | None


@dataclass(frozen=True, slots=True)
class EndRow:
    """An end that has to be looked at. kind and id: the agreement's, the contract's (partner None where the programme's own body holds

    it), a leaving person's (who), a vacancy's that closes, or the organisation's own for its funding.
    """

    id: UUID
    kind: str
    warn_on: date
    what: str
    partner_id: UUID | None
    partner: str
    lots: tuple[str, ...]
    coach_id: UUID
    who: str = ""


def agreements(session: Session, *, lot: UUID | None = None, limit: int | None = None, partner: UUID | None = None) -> list[AgreementRow]:
    """Agreements, those that end first; without an end last."""
    day, members = today(session), programme_queries.member_names(session)
    one = Agreement
    chosen = (sa.select(one.id, one.what, one.partner_id, Partner.name, one.from_day, one.ends_on, one.warn_days, one.note, one.kept_by,
                        one.seen_on, Partner.lots)
              .join(Partner, Partner.id == one.partner_id)
              .order_by(one.ends_on.is_(None), one.ends_on, sa.func.lower(one.what), one.id))
    if partner is not None:
        chosen = chosen.where(one.partner_id == partner)
    name = programme_queries.lot_name(session, lot) if lot is not None else None
    rows: Iterable[Any] = session.execute(chosen)
    found = []
    for each in rows:
        if name is None or not each[10] or name in each[10]:
            values: Any = [*each[:8], members.get(each[8], ""), end_words(each[5], day) if each[5] else "no end",
                           warning_day(each[5], each[9], each[6]) if each[5] else None]
            found.append(AgreementRow(*values))
    return found[:limit]


def ends(session: Session, *, coach: UUID | None = None, until: date) -> list[EndRow]:
    """Ends that stand in Today up to a day; with coach those that they watch."""
    day, one = today(session), Agreement
    agreed = (sa.select(one.id, one.what, one.ends_on, one.seen_on, one.warn_days, one.kept_by, Partner.id, Partner.name, Partner.lots)
              .join(Partner, Partner.id == one.partner_id).where(one.ends_on.is_not(None), one.kept_by.is_not(None)))
    funded = (sa.select(Partner.id, Partner.funding_note, Partner.funding_ends_on, Partner.funding_seen_on, sa.literal(WARN_DAYS),
                        Partner.funding_kept_by, Partner.id, Partner.name, Partner.lots)
              .where(Partner.funding_ends_on.is_not(None), Partner.funding_kept_by.is_not(None)))
    found = []
    has = Capability
    contracted = (sa.select(has.id, has.funding, has.ends_on, has.seen_on, has.warn_days, has.kept_by, has.partner_id,
                            sa.func.coalesce(Partner.name, Body.name), has.lots)
                  .outerjoin(Partner, Partner.id == has.partner_id).outerjoin(Body, Body.id == has.body_id)
                  .where(has.ends_on.is_not(None), has.kept_by.is_not(None)))
    for kind, chosen, keeper in (("partner.agreement", agreed, one.kept_by), ("partner", funded, Partner.funding_kept_by),
                                 ("partner.capability", contracted, has.kept_by)):
        rows: Iterable[Any] = session.execute(chosen if coach is None else chosen.where(keeper == coach))
        for id, what, ends_on, seen_on, warn_days, kept_by, partner, name, lots in rows:
            warn_on = warning_day(ends_on, seen_on, warn_days)
            if warn_on is not None and warn_on <= until:
                subject = what if kind != "partner" else f"Funding of {name}{f' ({what})' if what else ''}"
                found.append(EndRow(id, kind, warn_on, f"{subject} {end_words(ends_on, day)}", partner, name, tuple(lots or ()), kept_by))
    found += [*_leavings(session, coach, until), *_closings(session, coach, until)]
    return sorted(found, key=lambda row: (row.warn_on, row.partner, str(row.id)))


def _closings(session: Session, coach: UUID | None, until: date) -> list[EndRow]:
    """Open vacancies that close, for whoever was told of them: the last days on which somebody can still be put forward."""
    one, day = Vacancy, today(session)
    chosen = (sa.select(one.id, one.title, one.closes_on, Partner.id, Partner.name, one.lots, one.told_by)
              .join(Partner, Partner.id == one.partner_id)
              .where(one.closes_on >= day, one.closes_on <= until, one.closed_on.is_(None),
                     *([] if coach is None else [one.told_by == coach])))
    rows: Iterable[Any] = session.execute(chosen)
    return [EndRow(id, "partner.vacancy", closes_on, f"Vacancy closes: {title}", partner, name, tuple(lots or ()), told_by)
            for id, title, closes_on, partner, name, lots, told_by in rows]


def _leavings(session: Session, coach: UUID | None, until: date) -> list[EndRow]:
    """Key people who leave, for whoever tends their organisation; connectors, for whoever knows them, until they have left."""
    one, day = PartnerContact, today(session)
    chosen = (sa.select(one.id, one.name, one.leaves_on, one.leaving_seen_on, Partner.id, Partner.name, Partner.lots, Partner.tended_by)
              .join(Partner, Partner.id == one.partner_id)
              .where(one.is_key.is_(True), one.leaves_on.is_not(None), Partner.tended_by.is_not(None)))
    rows: Iterable[Any] = session.execute(chosen if coach is None else chosen.where(Partner.tended_by == coach))
    found = []
    for id, name, leaves_on, seen_on, partner, called, lots, tended_by in rows:
        warn_on = warning_day(leaves_on, seen_on, LEAVING_WARN_DAYS)
        if warn_on is not None and warn_on <= until:
            said = f"Key person at {called} {'leaves' if leaves_on >= day else 'left'} on {day_text(leaves_on)}: see what rests on them"
            found.append(EndRow(id, "partner.contact", warn_on, said, partner, called, tuple(lots or ()), tended_by, name))
    who = Connector
    known: Iterable[Any] = session.execute(
        sa.select(who.id, who.name, who.role, who.leaves_on, who.known_by).where(
            who.leaves_on >= day, who.leaves_on <= until + timedelta(days=LAST_WARNING_DAYS), who.known_by.is_not(None),
            *([] if coach is None else [who.known_by == coach])))
    for id, name, role, leaves_on, known_by in known:
        said = f"Connector ({role}) leaves on {day_text(leaves_on)}: ask who comes after them"
        found.append(EndRow(id, "partner.connector", leaves_on - timedelta(days=LAST_WARNING_DAYS), said, None, "", (), known_by, name))
    return found
