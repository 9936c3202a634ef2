"""The contract's definition of a meaningful intervention, as the programme's terms have it."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity import rules
from coachdesk.activity.queries.claimed import counts_by
from coachdesk.activity.record import Intervention
from coachdesk.programme.record import Term

DEFINITION = "definition"


def manners(session: Session) -> tuple[rules.Manner, ...]:
    """Every version of the definition; none where the contract leaves it to the coach."""
    chosen = sa.select(Term.details).where(Term.kind == DEFINITION).order_by(Term.from_day, Term.row)
    return tuple(rules.manner_from(details) for details in session.execute(chosen).scalars())


def manner(session: Session, on: date) -> rules.Manner:
    """By what help of a day is judged: the contract's definition in force, else the desk's own manner (which has no version)."""
    return rules.manner_on(manners(session), on) or rules.Manner()


def counting(session: Session) -> Any:
    """Whether help counts as meaningful by the contract's word for its day, in the words of the store: for every count and list."""
    return counts_by(Intervention, manners(session))


def manner_then(session: Session, version: str | None) -> rules.Manner:
    """By what help was judged when it was written down: that version of the definition, else the desk's own manner."""
    return next((each for each in manners(session) if version and each.version == version), rules.Manner())
