"""Reply without a portal: the partner says code and answer by telephone, on paper or by e-mail, and the coach types both."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.programme.rules import needed_line
from coachdesk.referral import rules
from coachdesk.referral.actions.moves import Day, Why, kept_referral, move, now_of
from coachdesk.referral.record import Referral
from coachdesk.store.ids import random_numbers
from coachdesk.store.session import today


def reply(
    session: Session,
    *,
    code: Annotated[str, "reply code on the sheet"],
    answer: Annotated[str, f"{', '.join(rules.ANSWERS)}; or its letter on the sheet"],
    told_by: Annotated[str | None, "how they said it: telephone, paper, e-mail or in person; telephone when not said"] = None,
    reason: Why = None,
    condition: Annotated[str | None, "what must hold first, where parked; what holds now, where ready to return"] = None,
    review_on: Annotated[date | None, "day to look again, where parked"] = None,
    on_day: Day = None,
) -> UUID:
    """Writes down what the partner said, as said by them and entered by you; answers the step's id.

    Refusal for a code with a wrong sign or of no referral here, an answer that is not on the sheet or cannot follow, or a missing reason.
    """
    referral = by_code(session, code)
    status, said_by, was_helped = rules.ANSWERS[rules.answer_of(answer)]
    told = rules.told_by_of(told_by) or rules.TELEPHONE
    if status in (rules.DECLINED, rules.HANDED_BACK) or was_helped is False:
        reason = needed_line(reason, "the reason")
    if status == rules.PARKED:
        condition = rules.check_parking(condition or referral.return_condition, review_on, on_day or today(session))
    elif status == rules.READY:
        condition, review_on = rules.met_of(condition, now_of(session, referral.id).condition or referral.return_condition), None
    else:
        condition = review_on = None
    return move(session, referral.id, status, on_day, said_by=said_by, was_helped=was_helped, reason=reason, told_by=told,
                condition=condition, review_on=review_on)


def by_code(session: Session, code: str) -> Referral:
    """The referral of a reply code. Refusal when a sign is wrong, or no referral here has it."""
    clean = rules.code_of(code)
    found = session.execute(sa.select(Referral.id).where(Referral.reply_code == clean)).scalars().all()
    if len(found) != 1:
        raise Refusal(f"No referral on this desk has the code {clean}.",
                      "It may belong to another desk, or be on a laptop that has not synced. Nothing was changed.")
    return kept_referral(session, found[0])


def new_code(session: Session) -> str:
    """A code that no referral here has yet."""
    while True:
        made = rules.reply_code(random_numbers(rules.CODE_SIGNS))
        if session.execute(sa.select(Referral.id).where(Referral.reply_code == made).limit(1)).first() is None:
            return made
