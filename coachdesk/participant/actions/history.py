"""What changes with time: spells on the programme, benefits, pauses, needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.participant import queries, rules
from coachdesk.participant.actions.beginnings import beginnings
from coachdesk.participant.actions.registration import PersonRef, decide_again
from coachdesk.participant.record import Benefit, Participant, Pause, Spell
from coachdesk.participant.rules import history
from coachdesk.partner.actions import held
from coachdesk.partner.rules import note_of, one_of
from coachdesk.programme import queries as programme_queries
from coachdesk.programme.record import Lot
from coachdesk.programme.rules import line_of
from coachdesk.store.doors import Door, Ref
from coachdesk.store.session import today

Day = Annotated[date | None, "day; today when not said"]
Weeks = Annotated[int | None, "weeks: out of work (0: in work)"]
Hours = Annotated[int | None, "hours: worked a week"]
Pay = Annotated[int | None, "pence: paid an hour"]
Contract = Annotated[str | None, "kind of contract"]
Employer = Annotated[str | None, "employer"]
JobTitle = Annotated[str | None, "job title"]
Qualifications = Annotated[str | None, "highest qualification"]
Barriers = Annotated[list[str] | None, "what stands in the way"]
Remark = Annotated[str | None, "note"]


def _choice(words: tuple[str, ...], text: str | None, what: str) -> str | None:
    return one_of(words, text, what) if (text or "").strip() else None


def _happened(session: Session, day: date | None) -> date:
    programme_queries.days(session).check_possible(day)
    if day is not None and day > today(session):
        raise Refusal(f"{day_text(day)} is still to come.", "Say the day on which it happened; nothing was changed.")
    return day or today(session)


# spells


def spells_kept(session: Session, person: Participant) -> list[Spell]:
    """The person's spells as records, the first one first; a person of an older store gets the one that their registration was."""
    chosen = sa.select(Spell).where(Spell.participant_id == person.id).order_by(Spell.started_on, Spell.id)
    found = list(session.execute(chosen).scalars())
    if not found:
        found = [beginnings(session, person)[0]]
        session.add(found[0])
    return found


def end_spell(session: Session, id: UUID, *, reason: Annotated[str, "why it ended"], ended_on: Day = None) -> UUID:
    """Ends somebody's time on the programme: they leave the caseload and stay findable. Refusal when it has ended already."""
    person, on = held(session, Participant, id, "participant"), _happened(session, ended_on)
    spells = spells_kept(session, person)
    last = spells[-1]
    if last.ended_on is not None:
        raise Refusal(f"Their time on the programme ended on {day_text(last.ended_on)}.", "Nothing was changed.")
    history.check_spells([(last.started_on, on)])
    last.ended_on, last.end_reason = on, one_of(history.END_REASONS, reason, "a reason why it ended")
    for pause in session.execute(sa.select(Pause).where(Pause.participant_id == id, Pause.to_day.is_(None))).scalars():
        pause.to_day = max(pause.from_day, on)
    return last.id


def start_spell(
    session: Session,
    id: UUID,
    *,
    started_on: Day = None,
    lot: Annotated[UUID | None, Ref("programme", "lot; the same as before when not said")] = None,
    weeks_out_of_work: Weeks = None,
    benefit: Annotated[str | None, "benefit"] = None,
    hours_a_week: Hours = None,
    pay_pence_an_hour: Pay = None,
    contract: Contract = None,
    employer: Employer = None,
    job_title: JobTitle = None,
    qualifications: Qualifications = None,
    barriers: Barriers = None,
    note: Remark = None,
) -> UUID:
    """Somebody comes back: a new spell with its own baseline; a new lot asks for a new decision on the address, which is made at once.

    Refusal while they are on the programme, or when it would begin before the last one ended.
    """
    person, on = held(session, Participant, id, "participant"), _happened(session, started_on)
    before = spells_kept(session, person)
    history.check_spells([*((spell.started_on, spell.ended_on) for spell in before), (on, None)])
    made = Spell(participant_id=id, lot_id=held(session, Lot, lot, "lot").id if lot else person.lot_id, started_on=on)
    session.add(made)
    _baseline(
        made,
        weeks_out_of_work=weeks_out_of_work,
        benefit=benefit,
        hours_a_week=hours_a_week,
        pay_pence_an_hour=pay_pence_an_hour,
        contract=contract,
        employer=employer,
        job_title=job_title,
        qualifications=qualifications,
        barriers=barriers,
        note=note,
    )
    if made.lot_id != person.lot_id:
        person.lot_id = made.lot_id
        decide_again(session, id)
    return made.id


def complete_baseline(
    session: Session,
    id: UUID,
    *,
    weeks_out_of_work: Weeks = None,
    benefit: Annotated[str | None, "benefit"] = None,
    hours_a_week: Hours = None,
    pay_pence_an_hour: Pay = None,
    contract: Contract = None,
    employer: Employer = None,
    job_title: JobTitle = None,
    qualifications: Qualifications = None,
    barriers: Barriers = None,
    note: Remark = None,
) -> UUID:
    """Completes or corrects the baseline of the present spell. What is not given stays; an empty text clears."""
    person = held(session, Participant, id, "participant")
    spell = spells_kept(session, person)[-1]
    _baseline(
        spell,
        weeks_out_of_work=weeks_out_of_work,
        benefit=benefit,
        hours_a_week=hours_a_week,
        pay_pence_an_hour=pay_pence_an_hour,
        contract=contract,
        employer=employer,
        job_title=job_title,
        qualifications=qualifications,
        barriers=barriers,
        note=note,
    )
    return spell.id


def _baseline(spell: Spell, **typed: Any) -> None:
    rules.check_baseline(typed["weeks_out_of_work"], typed["hours_a_week"], typed["pay_pence_an_hour"])
    read: dict[str, Callable[[Any], Any]] = {
        "benefit": rules.benefit_of,
        "contract": lambda text: _choice(history.CONTRACT_KINDS, text, "a kind of contract"),
        "employer": lambda text: line_of(text, "The employer"),
        "job_title": lambda text: line_of(text, "The job title"),
        "qualifications": lambda text: _choice(history.QUALIFICATIONS, text, "a qualification on the list"),
        "note": note_of,
        "barriers": lambda words: [one_of(history.BARRIERS, word, "something on the list") for word in words if word.strip()],
    }
    for name, value in typed.items():
        if value is not None:
            setattr(spell, name, read[name](value) if name in read else value)


# benefits


def add_benefit(
    session: Session,
    *,
    participant: PersonRef,
    benefit: Annotated[str, "benefit"],
    from_day: Day = None,
    conditionality: Annotated[str | None, "what is asked of them"] = None,
    note: Remark = None,
) -> UUID:
    """A benefit and what it asks from a day on; it stands until the next row. Refusal when a row begins on that day already."""
    person, on = held(session, Participant, participant, "participant"), _happened(session, from_day)
    if session.execute(sa.select(Benefit.id).where(Benefit.participant_id == person.id, Benefit.from_day == on)).first():
        raise Refusal(f"A benefit from {day_text(on)} stands there already.", "Change that row instead; nothing was changed.")
    read = rules.benefit_of(benefit)
    if read is None:
        raise Refusal("Say which benefit it is.", "Choose “none” where there is no benefit. Nothing was changed.")
    made = Benefit(
        participant_id=person.id,
        from_day=on,
        benefit=read,
        note=note_of(note),
        conditionality=_choice(history.CONDITIONALITIES, conditionality, "something that is asked"),
    )
    session.add(made)
    return made.id


def change_benefit(
    session: Session,
    id: UUID,
    *,
    benefit: Annotated[str | None, "benefit"] = None,
    from_day: Day = None,
    conditionality: Annotated[str | None, "what is asked of them"] = None,
    note: Remark = None,
) -> None:
    """Corrects a row of the history. What is not given stays; an empty text clears."""
    found = held(session, Benefit, id, "benefit")
    if from_day is not None and from_day != found.from_day:
        on = _happened(session, from_day)
        if session.execute(sa.select(Benefit.id).where(Benefit.participant_id == found.participant_id, Benefit.from_day == on)).first():
            raise Refusal(f"A benefit from {day_text(on)} stands there already.", "Change that row instead; nothing was changed.")
        found.from_day = on
    if benefit:
        found.benefit = rules.benefit_of(benefit) or found.benefit
    if conditionality is not None:
        found.conditionality = _choice(history.CONDITIONALITIES, conditionality, "something that is asked")
    if note is not None:
        found.note = note_of(note)


def remove_benefit(session: Session, id: UUID) -> None:
    """Takes away a row that was written by mistake."""
    session.delete(held(session, Benefit, id, "benefit"))


# pauses


def pause(
    session: Session,
    id: UUID,
    *,
    reason: Annotated[str, "why"],
    from_day: Day = None,
    expected_back_on: Annotated[date | None, "expected back on"] = None,
) -> UUID:
    """Nothing is expected of somebody for a while: no alarms, and a reminder on the day they are expected back. Refusal while paused."""
    person, on, why = held(session, Participant, id, "participant"), _happened(session, from_day), note_of(reason)
    if why is None:
        raise Refusal("A pause has a reason.", "Say in a few words why; nothing was changed.")
    if queries.paused(session, id) is not None:
        raise Refusal("They are paused already.", "Say that they are back first; nothing was changed.")
    if spells_kept(session, person)[-1].ended_on is not None:
        raise Refusal("They are not on the programme now.", "Start a new spell when they come back; nothing was changed.")
    last = session.execute(sa.select(sa.func.max(Pause.to_day)).where(Pause.participant_id == id)).scalar()
    if last is not None and on <= last:
        raise Refusal(f"They were paused until {day_text(last)}.", "Say a later day; nothing was changed.")
    if expected_back_on is not None and expected_back_on <= on:
        raise Refusal("They cannot be expected back before the pause begins.", "Check the days; nothing was changed.")
    programme_queries.days(session).check_planned(expected_back_on)
    made = Pause(participant_id=id, from_day=on, expected_back_on=expected_back_on, reason=why)
    session.add(made)
    return made.id


def come_back(session: Session, id: UUID, *, back_on: Day = None) -> None:
    """Somebody is back from a pause. Refusal when they are not paused, or for a day before it began."""
    held(session, Participant, id, "participant")
    found, on = queries.paused(session, id), _happened(session, back_on)
    if found is None:
        raise Refusal("They are not paused.", "Nothing was changed.")
    if on < found.from_day:
        raise Refusal(f"The pause began on {day_text(found.from_day)}.", "Say a later day; nothing was changed.")
    held(session, Pause, found.id, "pause").to_day = on


def expect_back(session: Session, id: UUID, *, expected_back_on: Annotated[date, "expected back on"]) -> None:
    """Somebody who is paused is expected on another day."""
    found = queries.paused(session, id)
    if found is None:
        raise Refusal("They are not paused.", "Nothing was changed.")
    programme_queries.days(session).check_planned(expected_back_on)
    if expected_back_on <= found.from_day:
        raise Refusal("They cannot be expected back before the pause begins.", "Check the days; nothing was changed.")
    held(session, Pause, found.id, "pause").expected_back_on = expected_back_on


# needs


def change_needs(
    session: Session,
    id: UUID,
    *,
    language: Annotated[str | None, "first language"] = None,
    needs_interpreter: Annotated[bool | None, "needs an interpreter"] = None,
    access_needs: Annotated[str | None, "access needs"] = None,
    lone_working_note: Annotated[str | None, "what a colleague must know before meeting them alone"] = None,
    device: Annotated[str | None, "device for the internet"] = None,
    data: Annotated[str | None, "internet at home or on the telephone"] = None,
    digital_skills: Annotated[str | None, "digital skills"] = None,
) -> None:
    """What somebody needs to be met well, and how they reach the internet. What is not given stays; an empty text clears."""
    person = held(session, Participant, id, "participant")
    read: dict[str, Callable[[Any], Any]] = {
        "language": lambda text: line_of(text, "The language"),
        "access_needs": note_of,
        "lone_working_note": note_of,
        "device": lambda text: _choice(history.DEVICES, text, "a device on the list"),
        "data": lambda text: _choice(history.DATA, text, "a way to the internet on the list"),
        "digital_skills": lambda text: _choice(history.DIGITAL_SKILLS, text, "a word on the list"),
    }
    typed = {
        "language": language,
        "access_needs": access_needs,
        "lone_working_note": lone_working_note,
        "device": device,
        "data": data,
        "digital_skills": digital_skills,
    }
    for name, text in typed.items():
        if text is not None:
            setattr(person, name, read[name](text))
    if needs_interpreter is not None:
        person.needs_interpreter = needs_interpreter


VERBS: dict[str, Callable[..., Any]] = {
    "end": end_spell,
    "come back": start_spell,
    "complete baseline": complete_baseline,
    "pause": pause,
    "back from pause": come_back,
    "expect back": expect_back,
    "change needs": change_needs,
}
DOORS = (
    Door("spell", "times on the programme, each with its baseline", queries.spells, names=("reference",),
         person={"reference": Participant.reference}),
    Door(
        "benefit",
        "benefits and what they ask, dated",
        queries.benefits,
        add_benefit,
        {"change": change_benefit, "remove": remove_benefit},
        names=("benefit",),
        person={"reference": Participant.reference, "participant": Participant.name},
    ),
    Door("pause", "pauses, with the day somebody is expected back", queries.pauses, names=("reference",),
         person={"reference": Participant.reference, "participant": Participant.name}),
)
