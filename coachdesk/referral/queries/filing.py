"""Sheets that went out, as they were: filed on their referral with day, user and page count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.participant.record import Participant
from coachdesk.partner.record import Partner
from coachdesk.programme.record import TeamMember
from coachdesk.referral.record import Filed, Referral
from coachdesk.store import blobs


@dataclass(frozen=True, slots=True)
class FiledRow:
    """A filed sheet. referral: its id."""

    id: UUID
    referral: UUID
    reference: str
    partner: str
    what: str
    printed_on: date
    printed_by: str
    pages: int
    size: int


def filed(session: Session, *, referral: UUID | None = None, lot: UUID | None = None, limit: int | None = None) -> list[FiledRow]:
    """Filed sheets, the newest first."""
    chosen: Any = (sa.select(Filed.id, Filed.referral_id, Participant.reference, Partner.name, Filed.what, Filed.printed_on,
                             sa.func.coalesce(TeamMember.name, ""), Filed.pages, Filed.size)
                   .join(Referral, Referral.id == Filed.referral_id).join(Partner, Partner.id == Referral.partner_id)
                   .join(Participant, Participant.id == Filed.participant_id).outerjoin(TeamMember, TeamMember.id == Filed.printed_by)
                   .order_by(Filed.printed_on.desc(), Filed.__table__.c.row.desc()))
    for column, wanted in ((Filed.referral_id, referral), (Referral.lot_id, lot)):
        if wanted is not None:
            chosen = chosen.where(column == wanted)
    rows: Iterable[Any] = session.execute(chosen.limit(limit))
    return [FiledRow(*row) for row in rows]


def filed_pages(session: Session, referral: UUID) -> tuple[FiledRow, bytes]:
    """The sheet of a referral that was filed last, proved to be what was filed. Refusal where none was; Trouble when it is damaged."""
    row = next(iter(filed(session, referral=referral, limit=1)), None)
    if row is None:
        raise Refusal("No sheet of this referral is filed yet.", "Print or save it with F: what went out is filed by itself.")
    name, digest, size, seal = session.execute(
        sa.select(Filed.blob, Filed.digest, Filed.size, Participant.seal_id)
        .join(Participant, Participant.id == Filed.participant_id).where(Filed.id == row.id)).one()
    return row, blobs.get(session, seal, blobs.Held(name, digest, size))
