"""Trust: one word more on how an organisation takes us, dated and kept. A wrong one is put right by the next."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.partner import rules
from coachdesk.partner.actions.organisations import PartnerRef, held
from coachdesk.partner.record import Partner, Trust
from coachdesk.programme import queries as programme_queries
from coachdesk.store.session import actor_of, moment, today

Stage = Annotated[str, "a step of the programme's scale of trust, such as listens (programme.network has them)"]
OnDay = Annotated[date | None, "from; today when not said"]
SaidBy = Annotated[str | None, "who said so"]
Remark = Annotated[str | None, "remark"]
Preceded = Annotated[str | None, "what came before it, in your words"]


def set_trust(session: Session, id: UUID, *, stage: Stage, on_day: OnDay = None, said_by: SaidBy = None, remark: Remark = None,
              preceded_by: Preceded = None) -> UUID:
    """Says how an organisation takes us from a day on: a row of its own each time, so that the history stays. Refusal for a day to come.

    A word on the same day as an earlier one takes its place.
    """
    of, day = held(session, Partner, id, "organisation"), on_day or today(session)
    rules.check_trust_day(day, today(session))
    programme_queries.days(session).check_possible(day)
    step = rules.stage_of(stage, programme_queries.network(session).trust)
    made = Trust(partner_id=of.id, stage=step, on_day=day, said_by=rules.line_of(said_by, "That name"),
                 remark=rules.note_of(remark), preceded_by=rules.note_of(preceded_by), said_at=moment(session),
                 written_by=actor_of(session))
    session.add(made)
    return made.id


def add_trust(session: Session, *, partner: PartnerRef, stage: Stage, on_day: OnDay = None, said_by: SaidBy = None, remark: Remark = None,
              preceded_by: Preceded = None) -> UUID:
    """As set_trust, by the organisation's name."""
    return set_trust(session, partner, stage=stage, on_day=on_day, said_by=said_by, remark=remark, preceded_by=preceded_by)
