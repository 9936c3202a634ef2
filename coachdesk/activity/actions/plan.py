"""The action plan: needs, what was taken up, who does what by when; training and volunteering that came of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity import queries, rules
from coachdesk.activity.record import PlanItem, Training, Volunteering
from coachdesk.errors import Refusal
from coachdesk.participant.record import Participant
from coachdesk.partner.actions import held
from coachdesk.partner.record import Partner
from coachdesk.programme.queries import days
from coachdesk.programme.record import TeamMember
from coachdesk.programme.rules import line_of, lines_of, needed_line
from coachdesk.store.doors import Door, Ref
from coachdesk.store.session import actor_of, today

Person = Annotated[UUID, Ref("participant", "participant")]
Coach = Annotated[UUID | None, Ref("programme.member", "coach; you, unless said otherwise")]
Step = Annotated[str | None, "what is done next"]
ByWhom = Annotated[str | None, "who does it: participant, coach, both or partner"]
DueOn = Annotated[date | None, "by when"]
ReviewOn = Annotated[date | None, "look at it again on"]
Line = Annotated[UUID | None, Ref("activity.plan", "line of the action plan")]
FromPartner = Annotated[UUID | None, Ref("partner", "partner, where it is one")]
Note = Annotated[str | None, "note"]


def add_plan_item(session: Session, *, participant: Person, kind: Annotated[str, "kind of help"],
                  need: Annotated[str, "what is needed, in their words"],
                  said_on: Annotated[date | None, "said on; today, unless said otherwise"] = None, step: Step = None,
                  by_whom: ByWhom = None, due_on: DueOn = None, review_on: ReviewOn = None, coach: Coach = None) -> UUID:
    """Writes a need into somebody's action plan, as its last line. Refusal for a day that cannot be, or without the need."""
    person, on = held(session, Participant, participant, "participant"), said_on or today(session)
    rules.check_said(on, today(session), person.registered_on)
    _check_ahead(session, due_on, review_on)
    lines = _lines(session, participant)
    if len(lines) >= rules.MOST_ITEMS:
        raise Refusal(f"This plan has {rules.MOST_ITEMS} open lines.", "Mark what is done, or take a line away. Nothing was saved.")
    made = PlanItem(participant_id=participant, coach_id=_coach(session, coach), kind=rules.chosen(kind, rules.KINDS, "kind of help"),
                    position=max((each.position for each in lines), default=0) + 1, need=needed_line(need, "what is needed"), said_on=on,
                    step=line_of(step, "The step"), by_whom=rules.by_whom_of(by_whom), due_on=due_on, review_on=review_on,
                    state=rules.NOT_YET)
    session.add(made)
    return made.id


def change_plan_item(session: Session, id: UUID, *, kind: Annotated[str | None, "kind of help"] = None,
                     need: Annotated[str | None, "what is needed, in their words"] = None,
                     said_on: Annotated[date | None, "said on"] = None, step: Step = None, by_whom: ByWhom = None, due_on: DueOn = None,
                     review_on: ReviewOn = None, position: Annotated[int | None, "places: place in the plan, 1 first"] = None) -> None:
    """Corrects a line of the plan, or moves it; what is left out stays as it is. Refusal as when writing it."""
    thing = held(session, PlanItem, id, "line of an action plan")
    if said_on is not None:
        rules.check_said(said_on, today(session), held(session, Participant, thing.participant_id, "participant").registered_on)
        thing.said_on = said_on
    _check_ahead(session, due_on, review_on)
    thing.kind = thing.kind if kind is None else rules.chosen(kind, rules.KINDS, "kind of help")
    thing.need = thing.need if need is None else needed_line(need, "what is needed")
    thing.step = thing.step if step is None else line_of(step, "The step")
    thing.by_whom = thing.by_whom if by_whom is None else rules.by_whom_of(by_whom)
    thing.due_on, thing.review_on = due_on or thing.due_on, review_on or thing.review_on
    if position is not None:
        _move(session, thing, position)


def take_up(session: Session, id: UUID, *, on: Annotated[date | None, "taken up on; today, unless said otherwise"] = None) -> None:
    """It was taken up, on a day. Refusal when it was already, or for a day before the need was said."""
    thing, day = _marked(session, id, rules.TAKEN_UP, on)
    thing.taken_up_on, thing.settled_on, thing.reason = day, None, None


def not_taken_up(session: Session, id: UUID, *, reason: Annotated[str, "why it was not taken up"],
                 on: Annotated[date | None, "said on; today, unless said otherwise"] = None) -> None:
    """It was not taken up, with the reason. The need stays in the plan. Refusal without a reason."""
    why = needed_line(reason, "the reason why it was not taken up")
    thing, day = _marked(session, id, rules.NOT_TAKEN_UP, on)
    thing.reason, thing.settled_on, thing.taken_up_on, thing.review_on = why, day, None, None


def finish(session: Session, id: UUID, *, on: Annotated[date | None, "done on; today, unless said otherwise"] = None) -> None:
    """It is done. What was not marked as taken up before was taken up that day."""
    thing, day = _marked(session, id, rules.DONE, on)
    thing.taken_up_on, thing.settled_on, thing.reason, thing.review_on = thing.taken_up_on or day, day, None, None


def open_again(session: Session, id: UUID, *, review_on: ReviewOn = None) -> None:
    """The line is open again, as if nothing had been taken up yet. Refusal when it is open."""
    thing = held(session, PlanItem, id, "line of an action plan")
    if thing.state == rules.NOT_YET:
        raise Refusal("This line is open.", "Nothing was changed.")
    _check_ahead(session, None, review_on)
    thing.state, thing.taken_up_on, thing.settled_on, thing.reason = rules.NOT_YET, None, None, None
    thing.review_on = review_on


def remove_plan_item(session: Session, id: UUID) -> None:
    """Takes a line away that should not stand here. Refusal when training or volunteering came of it."""
    thing = held(session, PlanItem, id, "line of an action plan")
    for kind in (Training, Volunteering):
        if session.execute(sa.select(kind.id).where(kind.plan_id == id)).first() is not None:
            raise Refusal("Training or volunteering came of this line.", "Mark it as not taken up instead; nothing was changed.")
    session.delete(thing)


def record_training(session: Session, *, participant: Person, course: Annotated[str, "course"],
                    from_day: Annotated[date, "first day"], to_day: Annotated[date | None, "last day"] = None,
                    provider: Annotated[str | None, "who gives it, where it is no partner"] = None, partner: FromPartner = None,
                    qualification: Annotated[str | None, "qualification that it leads to"] = None,
                    outcome: Annotated[str | None, "booked, going on, completed, left early or did not start"] = None,
                    note: Note = None, plan: Line = None, coach: Coach = None) -> UUID:
    """Writes down a course; the line of the plan that it answers is taken up with its first day. Refusal for days that cannot be."""
    made = Training(course=needed_line(course, "the course"), provider=line_of(provider, "The provider"),
                    qualification=line_of(qualification, "The qualification"),
                    **_shared(session, participant, from_day, to_day, partner, outcome, note, plan, coach))
    session.add(made)
    return made.id


def record_volunteering(session: Session, *, participant: Person, role: Annotated[str, "what they do"],
                        from_day: Annotated[date, "first day"], to_day: Annotated[date | None, "last day"] = None,
                        place: Annotated[str | None, "where, where it is no partner"] = None, partner: FromPartner = None,
                        hours_a_week: Annotated[int | None, "hours: hours a week"] = None,
                        outcome: Annotated[str | None, "booked, going on, completed, left early or did not start"] = None,
                        note: Note = None, plan: Line = None, coach: Coach = None) -> UUID:
    """Writes down volunteering that was taken up; the line of the plan that it answers is taken up with its first day."""
    rules.check_job(1 if hours_a_week is None else hours_a_week, None)
    made = Volunteering(role=needed_line(role, "what they do"), place=line_of(place, "The place"), hours_a_week=hours_a_week,
                        **_shared(session, participant, from_day, to_day, partner, outcome, note, plan, coach))
    session.add(made)
    return made.id


def change_training(session: Session, id: UUID, *, course: Annotated[str | None, "course"] = None,
                    from_day: Annotated[date | None, "first day"] = None, to_day: Annotated[date | None, "last day"] = None,
                    provider: Annotated[str | None, "who gives it, where it is no partner"] = None,
                    qualification: Annotated[str | None, "qualification that it leads to"] = None,
                    outcome: Annotated[str | None, "booked, going on, completed, left early or did not start"] = None,
                    note: Note = None) -> None:
    """Corrects a course, or says what came of it; what is left out stays as it is."""
    thing = held(session, Training, id, "course")
    _change(session, thing, from_day, to_day, outcome, note)
    thing.course = thing.course if course is None else needed_line(course, "the course")
    thing.provider = thing.provider if provider is None else line_of(provider, "The provider")
    thing.qualification = thing.qualification if qualification is None else line_of(qualification, "The qualification")


def change_volunteering(session: Session, id: UUID, *, role: Annotated[str | None, "what they do"] = None,
                        from_day: Annotated[date | None, "first day"] = None, to_day: Annotated[date | None, "last day"] = None,
                        place: Annotated[str | None, "where, where it is no partner"] = None,
                        hours_a_week: Annotated[int | None, "hours: hours a week"] = None,
                        outcome: Annotated[str | None, "booked, going on, completed, left early or did not start"] = None,
                        note: Note = None) -> None:
    """Corrects volunteering, or says what came of it; what is left out stays as it is."""
    thing = held(session, Volunteering, id, "volunteering")
    _change(session, thing, from_day, to_day, outcome, note)
    if hours_a_week is not None:
        rules.check_job(hours_a_week, None)
        thing.hours_a_week = hours_a_week
    thing.role = thing.role if role is None else needed_line(role, "what they do")
    thing.place = thing.place if place is None else line_of(place, "The place")


def remove_training(session: Session, id: UUID) -> None:
    """Takes a course away that should not stand here."""
    session.delete(held(session, Training, id, "course"))


def remove_volunteering(session: Session, id: UUID) -> None:
    """Takes volunteering away that should not stand here."""
    session.delete(held(session, Volunteering, id, "volunteering"))


def _shared(session: Session, participant: UUID, from_day: date, to_day: date | None, partner: UUID | None, outcome: str | None,
            note: str | None, plan: UUID | None, coach: UUID | None) -> dict[str, Any]:
    held(session, Participant, participant, "participant")
    days(session).check_planned(from_day)
    days(session).check_planned(to_day)
    word = rules.course_outcome_of(outcome) if outcome else rules.PLANNED if from_day > today(session) else rules.GOING_ON
    rules.check_course(word, from_day, to_day, today(session))
    if plan is not None:
        line = held(session, PlanItem, plan, "line of an action plan")
        if line.participant_id != participant:
            raise Refusal("That line is of somebody else’s plan.", "Choose a line of theirs. Nothing was saved.")
        if line.state in (rules.NOT_YET, rules.NOT_TAKEN_UP) and word in (rules.GOING_ON, rules.COMPLETED):
            line.state, line.taken_up_on, line.settled_on, line.reason = rules.TAKEN_UP, max(from_day, line.said_on), None, None
    return {"participant_id": participant, "coach_id": _coach(session, coach), "from_day": from_day, "to_day": to_day, "outcome": word,
            "partner_id": held(session, Partner, partner, "partner").id if partner else None, "note": lines_of(note), "plan_id": plan}


def _change(session: Session, thing: Training | Volunteering, from_day: date | None, to_day: date | None, outcome: str | None,
            note: str | None) -> None:
    days(session).check_planned(from_day)
    days(session).check_planned(to_day)
    begun, ended = from_day or thing.from_day, to_day or thing.to_day
    word = rules.course_outcome_of(outcome) if outcome else thing.outcome
    rules.check_course(word, begun, ended, today(session))
    thing.from_day, thing.to_day, thing.outcome = begun, ended, word
    thing.note = thing.note if note is None else lines_of(note)


def _marked(session: Session, id: UUID, state: str, on: date | None) -> tuple[PlanItem, date]:
    thing, day = held(session, PlanItem, id, "line of an action plan"), on or today(session)
    rules.check_take_up(thing.state, state, thing.said_on, day, today(session))
    thing.state = state
    return thing, day


def _check_ahead(session: Session, due_on: date | None, review_on: date | None) -> None:
    days(session).check_planned(due_on)
    days(session).check_planned(review_on)


def _lines(session: Session, participant: UUID) -> list[PlanItem]:
    chosen = sa.select(PlanItem).where(PlanItem.participant_id == participant).order_by(PlanItem.position, PlanItem.id)
    return list(session.execute(chosen).scalars())


def _move(session: Session, thing: PlanItem, position: int) -> None:
    """The line stands at that place, and the others keep their order around it; only what moves is written."""
    lines = [each for each in _lines(session, thing.participant_id) if each.id != thing.id]
    lines.insert(max(0, min(position - 1, len(lines))), thing)
    for place, each in enumerate(lines, 1):
        if each.position != place:
            each.position = place


def _coach(session: Session, id: UUID | None) -> UUID:
    return held(session, TeamMember, id or actor_of(session), "member of the team").id


DOORS = (
    Door("plan", "lines of action plans: what is needed, what was taken up", queries.plan_items, add_plan_item,
         {"change": change_plan_item, "take up": take_up, "not taken up": not_taken_up, "done": finish, "open again": open_again,
          "remove": remove_plan_item}, names=("reference", "participant")),
    Door("training", "courses", queries.trainings, record_training, {"change": change_training, "remove": remove_training},
         names=("course", "reference")),
    Door("volunteering", "volunteering that was taken up", queries.volunteerings, record_volunteering,
         {"change": change_volunteering, "remove": remove_volunteering}, names=("role", "reference")),
)
