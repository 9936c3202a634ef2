"""What was kept in-house: the share of what was sent by month, the reasons given, and the outside options that were shown then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.clock import month_from_text
from coachdesk.partner.record import Partner
from coachdesk.programme import queries as programme
from coachdesk.referral import rules
from coachdesk.referral.queries.reciprocity import sent_in, window
from coachdesk.referral.queries.standing import standing
from coachdesk.referral.record import Referral


@dataclass(frozen=True, slots=True)
class InHouseMonth:
    """One month. share: per cent of what was sent that went to the provider's own, None where nothing was sent."""

    id: int
    month: str
    given: int
    kept_in_house: int
    share: int | None


@dataclass(frozen=True, slots=True)
class InHouseRow:
    """One referral that was kept in-house: why, and where else the person could have gone as far as the desk knew. No name of a person."""

    id: UUID
    sent_on: date
    partner: str
    lot: str
    coach: str
    kind_of_help: str | None
    reason: str
    outside: str
    options: tuple[rules.Option, ...]


def in_house_months(session: Session, *, lot: UUID | None = None, since: int | None = None, until: int | None = None,
                    limit: int | None = None) -> list[InHouseMonth]:
    """The share kept in-house in each month in which anything was sent, the newest first."""
    kept, (begin, end) = standing(session), window(session, since, until)
    month, count = sa.func.substr(kept.c.sent_on, 1, 7), sa.func.count()
    chosen: Any = (sa.select(month, count, sa.func.count(Referral.own_provision_reason)).select_from(Referral)
                   .join(kept, kept.c.key == Referral.row).where(Referral.direction == rules.OUT, sent_in(kept, begin, end))
                   .group_by(month).order_by(month.desc()).limit(limit))
    if lot is not None:
        chosen = chosen.where(Referral.lot_id == lot)
    return [InHouseMonth(month_from_text(when), when, given, own, round(100 * own / given) if given else None)
            for when, given, own in session.execute(chosen)]


def in_house(session: Session, *, lot: UUID | None = None, since: int | None = None, until: int | None = None,
             limit: int | None = None) -> list[InHouseRow]:
    """Every referral that was kept in-house, the last sent first."""
    kept, (begin, end) = standing(session), window(session, since, until)
    chosen: Any = (sa.select(Referral.id, kept.c.sent_on, Partner.name, Referral.lot_id, Referral.coach_id, Referral.kind_of_help,
                             Referral.own_provision_reason, Referral.options_shown)
                   .join(kept, kept.c.key == Referral.row).join(Partner, Partner.id == Referral.partner_id)
                   .where(Referral.own_provision_reason.is_not(None), Referral.direction == rules.OUT, sent_in(kept, begin, end))
                   .order_by(kept.c.sent_on.desc(), Referral.row.desc()).limit(limit))
    if lot is not None:
        chosen = chosen.where(Referral.lot_id == lot)
    lots, members = programme.lot_names(session), programme.member_names(session)
    found = []
    for id, sent_on, partner, where, coach, kind, reason, shown in session.execute(chosen):
        options = rules.kept_options(shown)
        outside = rules.options_words(options) if shown else "not recorded then"
        found.append(InHouseRow(id, date.fromisoformat(sent_on), partner, lots.get(where, ""), members.get(coach, ""), kind, reason,
                                outside, options))
    return found
