"""Today's first rows by plain SQL over a raw connection, so that the desk shows them before SQLAlchemy is imported (GOALS 1).

Only here and in first_network, and only for the first paint: the page reads again through the rooms right after, and a test holds the two
answers together. Imports nothing else but the standard library.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from coachdesk.casework import first_network

_DUE = """
select contact.id, 'outreach.contact', contact.follow_up_on as due_on, contact.name as who, lot.name as lot, venue.name as what,
       coalesce(contact.follow_up_by_id, met.coach_id)
  from outreach_contact contact join outreach_session met on met.id = contact.session_id
  join partner_venue venue on venue.id = met.venue_id join programme_lot lot on lot.id = met.lot_id
 where contact.follow_up_on <= :until and contact.followed_up_on is null
   and not exists (select 1 from participant_met_at link where link.contact_id = contact.id)
union all
select met.id, 'outreach.session', met.held_on, '', lot.name, 'Session at ' || venue.name || coalesce(', ' || met.starts_at, ''),
       coalesce(met.covered_by_id, met.coach_id)
  from outreach_session met join partner_venue venue on venue.id = met.venue_id join programme_lot lot on lot.id = met.lot_id
 where met.held_on <= :until and met.status = 'planned'
union all
select met.id, 'outreach.session', met.held_on, '', lot.name, 'Register to key: ' || venue.name, coalesce(met.covered_by_id, met.coach_id)
  from outreach_session met join partner_venue venue on venue.id = met.venue_id join programme_lot lot on lot.id = met.lot_id
 where met.held_on <= :until and met.held_on >= date(:until, '-92 days') and (met.status is null or met.status = 'held')
   and met.register_rows > (select count(*) from (
       select named.register_number from outreach_contact named
        where named.session_id = met.id and named.register_number between 1 and met.register_rows
       union select blank.register_number from outreach_tally blank
        where blank.session_id = met.id and blank.what = 'blank row' and blank.register_number between 1 and met.register_rows
        group by blank.register_number having sum(blank.count) > 0))
union all
select series.id, 'outreach.series', date(max(met.held_on), '-21 days') as due_on, '', lot.name, 'Plan on: the sessions at ' || venue.name,
       series.coach_id
  from outreach_series series join outreach_session met on met.series_id = series.id
  join partner_venue venue on venue.id = series.venue_id join programme_lot lot on lot.id = series.lot_id
 group by series.id
having date(max(met.held_on), '-21 days') <= :until
   and (series.to_day is null or date(max(met.held_on), '+' || 7 * series.every_weeks || ' days') <= series.to_day)
union all
select venue.id, 'partner.venue', said.review_on, '', lot.name, 'Look at ' || venue.name || ' again: ' || said.status,
       coalesce(said.review_by_id, said.said_by)
  from partner_venue_status said join partner_venue venue on venue.id = said.venue_id join programme_lot lot on lot.id = venue.lot_id
 where said.review_on <= :until and said.said_by is not null
   and not exists (select 1 from partner_venue_status later where later.venue_id = said.venue_id
                   and (later.from_day, later.said_at, later.id) > (said.from_day, said.said_at, said.id))
union all
select task.id, 'participant.follow_up', task.due_on, person.name, lot.name, task.what, task.coach_id
  from participant_follow_up task join participant person on person.id = task.participant_id
  join programme_lot lot on lot.id = person.lot_id
 where task.due_on <= :until and task.done_on is null
union all
select meeting.id, 'activity.appointment', meeting.due_on, person.name, lot.name, 'Appointment', meeting.coach_id
  from activity_appointment meeting join participant person on person.id = meeting.participant_id
  join programme_lot lot on lot.id = person.lot_id
 where meeting.due_on <= :until and meeting.outcome = 'booked'
union all
select asked.id, 'referral',
       case kept.state when 'parked' then kept.review_on when 'ready to return' then
            (select max(step.on_day) from referral_step step where step.referral_id = asked.id and step.status = 'ready to return')
            else kept.due_on end,
       coalesce(person.name, asked.person_name), lot.name,
       case kept.state when 'parked' then 'Look again: parked at ' when 'ready to return' then 'Ready to come home from '
            else case asked.direction when 'out' then 'Reply from ' else 'Our reply to ' end end || partner.name, asked.coach_id
  from referral_standing kept join referral asked on asked.row = kept.key join partner on partner.id = asked.partner_id
  join programme_lot lot on lot.id = asked.lot_id left join participant person on person.id = asked.participant_id
 where (kept.state in ('sent', 'seen', 'reopened') and kept.due_on <= :until) or kept.state = 'ready to return'
    or (kept.state = 'parked' and kept.review_on <= :until)
union all
select asked.id, 'referral', visit.on_day, coalesce(person.name, asked.person_name), lot.name,
       'At ' || partner.name || ', ' || visit.at || ': ' || visit.place, asked.coach_id
  from referral_visit visit join referral asked on asked.id = visit.referral_id join partner on partner.id = asked.partner_id
  join programme_lot lot on lot.id = asked.lot_id left join participant person on person.id = asked.participant_id
 where visit.on_day between date(:until, '-7 days') and :until and visit.is_off = 0
union all
select rest.id, 'participant.pause', rest.expected_back_on, person.name, lot.name, 'Expected back from a pause', person.coach_id
  from participant_pause rest join participant person on person.id = rest.participant_id
  join programme_lot lot on lot.id = person.lot_id
 where rest.expected_back_on <= :until and rest.to_day is null
union all
select loan.id, 'activity.loan', loan.due_back_on, person.name, lot.name,
       'To give back: ' || loan.what || coalesce(' ' || loan.tag, ''), loan.coach_id
  from activity_loan loan join participant person on person.id = loan.participant_id join programme_lot lot on lot.id = person.lot_id
 where loan.due_back_on <= :until and loan.returned_on is null
union all
select line.id, 'activity.plan', line.review_on, person.name, lot.name, 'Look at the plan again: ' || line.kind, line.coach_id
  from activity_plan line join participant person on person.id = line.participant_id join programme_lot lot on lot.id = person.lot_id
 where line.review_on <= :until and line.state not in ('done', 'not taken up')
union all
select line.id, 'activity.plan', line.due_on, person.name, lot.name, 'To do for the plan: ' || line.kind, line.coach_id
  from activity_plan line join participant person on person.id = line.participant_id join programme_lot lot on lot.id = person.lot_id
 where line.due_on <= :until and line.by_whom in ('coach', 'both') and line.state not in ('done', 'not taken up')
union all
select min(reading.id), 'activity.reading', date(min(reading.read_on), '+' || scale.again_after_days || ' days') as due_on, person.name,
       lot.name, 'Ask a second time: ' || scale.title, person.coach_id
  from activity_reading reading join programme_scale scale on scale.code = reading.scale
   and scale.from_day <= :until and (scale.to_day is null or :until <= scale.to_day)
  join participant person on person.id = reading.participant_id join programme_lot lot on lot.id = person.lot_id
 where person.id not in (select spell.participant_id from participant_spell spell
                          group by spell.participant_id having count(*) = count(spell.ended_on))
 group by person.id, scale.id
having count(*) = 1 and date(min(reading.read_on), '+' || scale.again_after_days || ' days') <= :until
union all
select coalesce(said.line_id, said.claim_id), case when said.line_id is null then 'claim' else 'claim.line' end, said.chase_on, '',
       lot.name, 'Queried by the commissioner: claim no. ' || claim.number,
       (select id from programme_member where role = 'lead' order by name limit 1)
  from claim_answer said join claim on claim.id = said.claim_id join programme_lot lot on lot.id = claim.lot_id
 where said.answer = 'queried' and said.chase_on <= :until and exists (select 1 from programme_member where role = 'lead')
   and not exists (select 1 from claim_answer later where later.claim_id = said.claim_id and later.recorded_at > said.recorded_at
                   and later.answer <> 'claimed again' and (later.line_id is null or later.line_id = said.line_id))
 order by due_on limit :most
"""
AHEAD_DAYS = 7


class FirstRow(NamedTuple):
    """One thing that is due, as the first paint shows it."""

    id: UUID
    kind: str
    due_on: date
    who: str
    lot: str
    what: str
    coach_id: UUID


def first_rows(connection: Any, today: date, most: int = 60) -> list[FirstRow]:
    """What is overdue or due within a week, oldest first, from a raw connection (store.raw.connect)."""
    until = (today + timedelta(days=AHEAD_DAYS)).isoformat()
    rows = [*connection.execute(_DUE, {"until": until, "most": most}), *first_network.ends(connection, today, until, most),
            *first_network.one_way(connection, today, until)]
    rows = sorted(rows, key=lambda row: (row[2], (row[3] or "").casefold()))[:most]
    if len(rows) < most:            # what was promised to people comes before the clocks, as in the whole list
        rows += first_network.clocks(connection, today, until, most - len(rows))
    return [
        FirstRow(_id(known), kind, date.fromisoformat(due_on), who or "", lot or "", what, _id(coach))
        for known, kind, due_on, who, lot, what, coach in rows
    ]


def _id(raw: bytes) -> UUID:
    return UUID(bytes=bytes(raw))
