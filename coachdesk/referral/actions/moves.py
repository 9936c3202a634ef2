"""What becomes of a referral, as it was said. Moves are appended, never changed; told_by tells what the partner said from what we did."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.participant import actions as participant_actions
from coachdesk.programme.rules import line_of, needed_line
from coachdesk.referral import queries, rules
from coachdesk.referral.record import Referral, Step
from coachdesk.store.session import actor_of, moment_after, today

Day = Annotated[date | None, "day; today, unless said otherwise"]
Told = Annotated[str | None, "how the partner said it: telephone, paper, e-mail or in person; nothing where it is our own word"]
Why = Annotated[str | None, "what was said"]


def seen(session: Session, id: UUID, *, on: Day = None, told_by: Told = None) -> None:
    """The other side has it in hand; the answer is still to come. Refusal where it is not waiting for a reply."""
    move(session, id, rules.SEEN, on, told_by=told_by)


def accept(session: Session, id: UUID, *, on: Day = None, reason: Why = None, told_by: Told = None) -> None:
    """The other side (or we) took the person on, or goes on after parking. Refusal where that is not possible now."""
    move(session, id, rules.ACCEPTED, on, reason=reason, told_by=told_by)


def decline(
    session: Session,
    id: UUID,
    *,
    said_by: Annotated[str, "client, provider or not eligible"],
    reason: Annotated[str, "why"],
    on: Day = None,
    told_by: Told = None,
) -> None:
    """It was declined, by whom and why. Refusal without either, or where the referral is not waiting for a reply."""
    word = said_by.strip().casefold()
    if word not in rules.SAID_BY:
        raise Refusal("It must be known who declined.", f"Choose {', '.join(rules.SAID_BY[:-1])} or {rules.SAID_BY[-1]}.")
    move(session, id, rules.DECLINED, on, said_by=word, reason=needed_line(reason, "the reason"), told_by=told_by)


def park(
    session: Session,
    id: UUID,
    *,
    condition: Annotated[str | None, "what must hold first; as agreed when it was sent, unless said otherwise"] = None,
    review_on: Annotated[date | None, "day to look again"] = None,
    reason: Why = None,
    on: Day = None,
    told_by: Told = None,
) -> None:
    """The person waits until something holds, or until a day to look again: parked is not given up. Refusal without either."""
    wanted = rules.check_parking(condition or kept_referral(session, id).return_condition, review_on, on or today(session))
    move(session, id, rules.PARKED, on, reason=reason, told_by=told_by, condition=wanted, review_on=review_on)


def ready(
    session: Session,
    id: UUID,
    *,
    condition: Annotated[str | None, "what holds now; as agreed, unless other words are said"] = None,
    on: Day = None,
    reason: Why = None,
    told_by: Told = None,
) -> None:
    """What had to hold holds now, so the person may come back. Refusal before they were taken on or parked, or where nothing was agreed."""
    rules.check_move(now_of(session, id).state, rules.READY)
    move(session, id, rules.READY, on, reason=reason, told_by=told_by, condition=_holds(session, id, condition))


def come_home(
    session: Session,
    id: UUID,
    *,
    met: Annotated[str | None, "what was reached; as agreed, unless other words are said"] = None,
    next_on: Annotated[date | None, "day of the next contact; a week from that day, unless said otherwise"] = None,
    next_what: Annotated[str | None, "what to do then"] = None,
    on: Day = None,
    told_by: Told = None,
) -> UUID:
    """The person comes back with what was agreed: the referral is done and helped, and there is a next contact for whoever sent them.

    Answers the follow-up's id. Refusal for somebody who came from a partner, who is not with one now, or where nothing was agreed.
    """
    referral = kept_referral(session, id)
    rules.check_home(referral.direction, now_of(session, id).state)
    holds, day = _holds(session, id, met), on or today(session)
    move(session, id, rules.COMPLETED, day, was_helped=True, reason=rules.home_words(holds), told_by=told_by, condition=holds)
    name = queries.partner_of(session, id)
    assert referral.participant_id is not None
    return participant_actions.add_follow_up(
        session, participant=referral.participant_id, due_on=next_on or max(day, today(session)) + timedelta(days=rules.HOME_DAYS),
        what=line_of(next_what, "What to do") or rules.home_contact(name, holds), coach=referral.coach_id)


def _holds(session: Session, id: UUID, said: str | None) -> str:
    referral = kept_referral(session, id)
    return rules.met_of(said, now_of(session, id).condition or referral.return_condition)


def hand_back(session: Session, id: UUID, *, reason: Annotated[str, "why"], on: Day = None, told_by: Told = None) -> None:
    """After taking the person on, the other side hands them back: no failure. Refusal without a reason, or before it was accepted."""
    move(session, id, rules.HANDED_BACK, on, reason=needed_line(reason, "the reason"), told_by=told_by)


def complete(
    session: Session,
    id: UUID,
    *,
    was_helped: Annotated[bool, "whether it helped"],
    reason: Annotated[str | None, "what came of it"] = None,
    on: Day = None,
    told_by: Told = None,
) -> None:
    """It is done, and whether it helped; why not, where it did not. Refusal where it was not accepted."""
    said = reason if was_helped else needed_line(reason, "the reason why it did not help")
    move(session, id, rules.COMPLETED, on, was_helped=was_helped, reason=said, told_by=told_by)


def withdraw(session: Session, id: UUID, *, reason: Annotated[str, "why"], on: Day = None) -> None:
    """It is taken back. Refusal without a reason, or where it has ended."""
    move(session, id, rules.WITHDRAWN, on, reason=needed_line(reason, "the reason"))


def reopen(session: Session, id: UUID, *, reason: Annotated[str, "why it goes on"], on: Day = None) -> None:
    """What ended is open again and waits for a reply anew; what was before stays. Refusal without a note, or where it has not ended."""
    move(session, id, rules.REOPENED, on, reason=needed_line(reason, "a note on why it goes on"))


def move(
    session: Session,
    id: UUID,
    status: str,
    on: date | None,
    *,
    said_by: str | None = None,
    was_helped: bool | None = None,
    reason: str | None = None,
    told_by: str | None = None,
    condition: str | None = None,
    review_on: date | None = None,
) -> UUID:
    """Appends one move; answers the step's id. Refusal for a move that cannot follow, or a day to come or before what it answers."""
    referral = kept_referral(session, id)
    now = now_of(session, id)
    rules.check_move(now.state, status, is_disputed=now.dispute is not None)
    day = on or today(session)
    rules.check_day(day, now.since or referral.made_on, today(session), "an answer")
    told = rules.told_by_of(told_by)
    return append(session, id, status, day, said_by=said_by, was_helped=was_helped, reason=line_of(reason, "The reason"), told_by=told,
                  condition=condition, review_on=review_on)


def append(session: Session, referral: UUID, status: str, on: date, **said: object) -> UUID:
    """Writes a step down, and who does."""
    known = session.scalar(sa.select(sa.func.max(Step.moved_at)).where(Step.referral_id == referral))
    made = Step(referral_id=referral, status=status, on_day=on, moved_at=moment_after(session, known), entered_by=actor_of(session), **said)
    session.add(made)
    return made.id


def kept_referral(session: Session, id: UUID) -> Referral:
    """The referral of an id. Refusal when it is not here."""
    found = session.get(Referral, id)
    if found is None:
        raise Refusal("This referral is not here any more.", "Open the list again; somebody may have removed it.")
    return found


def now_of(session: Session, id: UUID) -> rules.Folded:
    """Where it stands, with what this action has said already."""
    session.flush()
    return queries.state_of(session, id)
