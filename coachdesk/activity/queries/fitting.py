"""Who of the caseload might fit a vacancy: what the rule looks at is gathered here, and nothing else is read.

Read are the baseline, what stands in the way as it was said at the start (without health), jobs, help and the plan by kind (without
health, housing and debt), and the way from home.
What is kept apart (equality answers, special categories, offences) is in tables that no statement here names; a test holds that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import hypot
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity.queries.candidates import candidates
from coachdesk.activity.record import Intervention, Job, PlanItem
from coachdesk.activity.rules.fitting import COUNTED_KINDS, MOST_SHORT, PLAN_KINDS, Asked, Facts, Fit, short_list
from coachdesk.activity.rules.plan import NOT_TAKEN_UP, NOT_YET
from coachdesk.errors import Refusal
from coachdesk.participant import queries as participant_queries
from coachdesk.participant.record import Participant, Spell
from coachdesk.participant.rules import TO_EMPLOYER
from coachdesk.partner import queries as partner_queries
from coachdesk.programme import queries as programme
from coachdesk.store.session import today

_LOOKED_AT = ("caring", "childcare", "transport", "English", "digital", "right to work papers")     # of what stands in the way


@dataclass(frozen=True, slots=True)
class FitRow:
    """One of the short list. consent: their answer on contact with an employer; None when nobody asked."""

    id: UUID
    participant: str
    reference: str
    lot: str
    coach: str
    fit: Fit
    consent: str | None

    @property
    def fits(self) -> str:
        """What fits, in one line."""
        return ", ".join(self.fit.fits)

    @property
    def against(self) -> str:
        """What stands against it, in one line; what is not known after it."""
        parts = [*self.fit.against, *(f"not known: {word}" for word in self.fit.unknown)]
        return ", ".join(parts)


def likely_candidates(session: Session, vacancy: UUID, *, lot: UUID | None = None, most: int = MOST_SHORT) -> list[FitRow]:
    """A short list for a vacancy from the caseload of its lots, with reasons; whoever is a candidate already is left out.

    Refusal when there is no such vacancy.
    """
    row = next(iter(partner_queries.vacancies(session, id=vacancy)), None)
    if row is None:
        raise Refusal("There is no such vacancy.", "Choose it again from the list.")
    asked = Asked(row.title, row.hours_a_week, row.pay_pence_an_hour, row.qualification, row.english, row.times, row.needs_transport,
                  row.needs_digital)
    people = _people(session, row, lot)
    known: dict[UUID, Any] = {each[0]: each for each in people}
    found = short_list(asked, _facts(session, people, _whose(session, row, lot), row.postcode, vacancy), most)
    members, lots = programme.member_names(session), programme.lot_names(session)
    return [FitRow(one.id, known[one.id][2], one.reference, lots.get(known[one.id][3], ""), members.get(known[one.id][4], ""), one,
                   participant_queries.consent(session, one.id, TO_EMPLOYER)) for one in found]


def _lots(session: Session, row: partner_queries.VacancyRow, lot: UUID | None) -> list[UUID]:
    return [id for id, name in programme.lot_names(session).items() if (not row.lots or name in row.lots) and lot in (None, id)]


def _whose(session: Session, row: partner_queries.VacancyRow, lot: UUID | None) -> Any:
    """A sub-select of the records whose help, jobs and spells are read: of these lots, and whatever is joined to another record."""
    joined = sorted(participant_queries.leaders(session), key=lambda id: id.bytes)
    return sa.select(Participant.id).where(sa.or_(Participant.lot_id.in_(_lots(session, row, lot)), Participant.id.in_(joined)))


def _people(session: Session, row: partner_queries.VacancyRow, lot: UUID | None) -> list[Any]:
    """id, reference, name, lot, coach, postcode, hours, pay, digital skills: of those on the caseload who are not candidates yet."""
    p, wanted = Participant, _lots(session, row, lot)
    leads = participant_queries.leaders(session)
    there = {leads.get(each.participant_id, each.participant_id) for each in candidates(session, vacancy=row.id)}
    chosen = sa.select(p.id, p.reference, p.name, p.lot_id, p.coach_id, p.postcode, p.hours_a_week, p.pay_pence_an_hour, p.digital_skills)
    chosen = chosen.where(p.lot_id.in_(wanted), p.id.not_in(participant_queries.is_led()), p.id.not_in(participant_queries.ended()),
                          p.id.not_in(participant_queries.resting(today(session))))
    return [each for each in session.execute(chosen) if each[0] not in there]


def _facts(session: Session, people: list[Any], whose: Any, postcode: str | None, vacancy: UUID) -> list[Facts]:
    leads = participant_queries.leaders(session)
    helped: dict[UUID, Counter[str]] = defaultdict(Counter)
    counted = (sa.select(Intervention.participant_id, Intervention.kind, sa.func.count())
               .where(Intervention.participant_id.in_(whose), Intervention.kind.in_(COUNTED_KINDS))
               .group_by(Intervention.participant_id, Intervention.kind))
    for person, kind, number in session.execute(counted):
        helped[leads.get(person, person)][kind] += number
    before: dict[UUID, list[str]] = defaultdict(list)
    latest: dict[UUID, tuple[str | None, tuple[str, ...]]] = {}
    spells = sa.select(Spell.participant_id, Spell.job_title, Spell.qualifications, Spell.barriers).where(
        Spell.participant_id.in_(whose)).order_by(Spell.started_on, Spell.id)
    for person, title, qualification, barriers in session.execute(spells):
        ahead = leads.get(person, person)
        latest[ahead] = (qualification, tuple(word for word in _LOOKED_AT if word in (barriers or ())))
        before[ahead] += [title] if title else []
    works: dict[UUID, str] = {}
    worked = sa.select(Job.participant_id, Job.title).where(Job.participant_id.in_(whose)).order_by(Job.started_on, Job.id)
    for person, title in session.execute(worked):
        ahead = leads.get(person, person)
        works[ahead] = title
        before[ahead].append(title)
    waiting: dict[UUID, dict[str, None]] = defaultdict(dict)
    settled: dict[UUID, dict[str, None]] = defaultdict(dict)
    item = PlanItem
    planned = sa.select(item.participant_id, item.kind, item.state).where(
        item.participant_id.in_(whose), item.kind.in_(PLAN_KINDS), item.state != NOT_TAKEN_UP).order_by(item.position, item.id)
    for person, kind, state in session.execute(planned):
        (waiting if state == NOT_YET else settled)[leads.get(person, person)][kind] = None
    elsewhere: dict[UUID, str] = {leads.get(row.participant_id, row.participant_id): row.what for row in candidates(session)
                                  if row.is_open and row.vacancy_id not in (None, vacancy)}
    far = _way_to(session, postcode)
    return [Facts(id, reference, hours, pay, latest.get(id, (None, ()))[0], skills, latest.get(id, (None, ()))[1],
                  tuple(dict.fromkeys(before[id])), dict(helped[id]), far(home), tuple(waiting[id]), tuple(settled[id]), works.get(id),
                  elsewhere.get(id))
            for id, reference, _name, _lot, _coach, home, hours, pay, skills in people]


def _way_to(session: Session, postcode: str | None) -> Any:
    """From a postcode to the work in km, as the crow flies; None where one of the two is not known."""
    shelf, day = programme.shelf_of(session), today(session)
    there = shelf.lookup(postcode, day) if postcode else None

    def far(home: str | None) -> float | None:
        here = shelf.lookup(home, day) if home and there is not None else None
        if here is None or there is None or None in (here.easting, here.northing, there.easting, there.northing):
            return None
        return hypot((here.easting or 0) - (there.easting or 0), (here.northing or 0) - (there.northing or 0)) / 1000

    return far
