"""What councils were asked for and what came of it; the lots beside each other, each with the number that its share rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.partner.record import CouncilAsk, Partner
from coachdesk.partner.rules.council import AskCount, count_asks, lot_words, share_words
from coachdesk.programme import queries as programme_queries
from coachdesk.store.session import today


@dataclass(frozen=True, slots=True)
class AskRow:
    """One thing that a council was asked for. days: until the answer, or waiting so far."""

    id: UUID
    lot_id: UUID
    lot: str
    council: str
    partner_id: UUID | None
    partner: str | None
    kind: str
    what: str
    asked_on: date
    asked_by: str
    lawful_basis: str | None
    answer: str
    answered_on: date | None
    answer_note: str | None
    value_pence: int | None
    value_hours: int | None
    days: int


@dataclass(frozen=True, slots=True)
class LotSupport:
    """What one lot asked its council for and was given. share, says: words that are fair to print, also where nothing was asked."""

    id: UUID
    lot: str
    councils: tuple[str, ...]
    count: AskCount
    share: str
    says: str
    by_kind: tuple[tuple[str, AskCount], ...]


def council_asks(session: Session, *, lot: UUID | None = None, limit: int | None = None, id: UUID | None = None,
                 since: date | None = None, until: date | None = None) -> list[AskRow]:
    """What councils were asked for, the latest first."""
    names, members, day, one = programme_queries.lot_names(session), programme_queries.member_names(session), today(session), CouncilAsk
    chosen = sa.select(one.id, one.lot_id, one.council, one.partner_id, Partner.name, one.kind, one.what, one.asked_on, one.asked_by,
                       one.lawful_basis, one.answer, one.answered_on, one.answer_note, one.value_pence, one.value_hours)
    chosen = chosen.outerjoin(Partner, Partner.id == one.partner_id)
    for column, value in ((one.lot_id, lot), (one.id, id)):
        if value is not None:
            chosen = chosen.where(column == value)
    if since is not None:
        chosen = chosen.where(one.asked_on >= since)
    if until is not None:
        chosen = chosen.where(one.asked_on <= until)
    rows: Iterable[Any] = session.execute(chosen.order_by(one.asked_on.desc(), one.__table__.c.row.desc()).limit(limit))
    return [AskRow(known, of, names.get(of, ""), council, partner, called, kind, what, asked_on, members.get(by, ""), basis, answer,
                   answered_on, note, pence, hours, ((answered_on or day) - asked_on).days)
            for known, of, council, partner, called, kind, what, asked_on, by, basis, answer, answered_on, note, pence, hours in rows]


def council_support(session: Session, *, lot: UUID | None = None, since: date | None = None, until: date | None = None,
                    ) -> list[LotSupport]:
    """Every lot by name (or one), also those that never asked: that is told apart from one that was refused."""
    of_lot: dict[UUID, list[AskRow]] = defaultdict(list)
    for row in council_asks(session, lot=lot, since=since, until=until):
        of_lot[row.lot_id].append(row)
    found = []
    for known, name in programme_queries.lot_names(session).items():
        if lot in (None, known):
            rows = of_lot[known]
            count = count_asks(row.answer for row in rows)
            kinds = sorted({row.kind for row in rows})
            by_kind = tuple((kind, count_asks(row.answer for row in rows if row.kind == kind)) for kind in kinds)
            found.append(LotSupport(known, name, tuple(sorted({row.council for row in rows})), count, share_words(count),
                                    lot_words(count), by_kind))
    return found
