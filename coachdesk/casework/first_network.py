"""What is due of the network, by plain SQL for the first paint of Today: ends to look at, vacancies that close, traffic that goes one way,

and whom to be in touch with. As first_page: only the standard library, and a test holds it to what the rooms say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

Found = tuple[Any, ...]             # id, kind, due_on, who, lots, what, coach

_ENDS = """
with ending(id, kind, ends_on, seen_on, warn, who, lots, what, coach) as (
  select made.id, 'partner.agreement', made.ends_on, made.seen_on, made.warn_days, org.name, org.lots, made.what, made.kept_by
    from partner_agreement made join partner org on org.id = made.partner_id where made.ends_on is not null and made.kept_by is not null
  union all
  select org.id, 'partner', org.funding_ends_on, org.funding_seen_on, 90, org.name, org.lots, 'Funding of ' || org.name,
         org.funding_kept_by
    from partner org where org.funding_ends_on is not null and org.funding_kept_by is not null
  union all
  select made.id, 'partner.capability', made.ends_on, made.seen_on, made.warn_days, coalesce(org.name, body.name), made.lots, made.funding,
         made.kept_by
    from partner_capability made left join partner org on org.id = made.partner_id left join programme_body body on body.id = made.body_id
   where made.ends_on is not null and made.kept_by is not null
  union all
  select person.id, 'partner.contact', person.leaves_on, person.leaving_seen_on, 60, person.name, org.lots, 'Key person at ' || org.name,
         org.tended_by
    from partner_contact person join partner org on org.id = person.partner_id
   where person.is_key = 1 and person.leaves_on is not null and org.tended_by is not null
), warned as (
  select id, kind, case when seen_on is null or seen_on < date(ends_on, '-' || warn || ' days') then date(ends_on, '-' || warn || ' days')
                        when seen_on < date(ends_on, '-' || min(30, warn) || ' days') then date(ends_on, '-' || min(30, warn) || ' days')
                        when seen_on < ends_on then ends_on end as due_on, who, lots, what, coach
    from ending
)
select id, kind, due_on, who, (select group_concat(value, ', ') from json_each(lots)), what, coach from warned where due_on <= :until
union all
select job.id, 'partner.vacancy', job.closes_on, org.name, (select group_concat(value, ', ') from json_each(job.lots)),
       'Vacancy closes: ' || job.title, job.told_by
  from partner_vacancy job join partner org on org.id = job.partner_id
 where job.closes_on between :today and :until and job.closed_on is null
union all
select who.id, 'partner.connector', date(who.leaves_on, '-30 days'), who.name, '', 'Connector (' || who.role || ') leaves', who.known_by
  from partner_connector who where who.leaves_on >= :today and date(who.leaves_on, '-30 days') <= :until and who.known_by is not null
 order by 3 limit :most
"""

_CLOCKS = """
with usual(days) as (select coalesce(max(cadence_days), 42) from programme_contract),
tended as (select id, name, lots, cadence_days, upkeep_from, tended_by from partner where tended_by is not null),
met(id, on_day) as (
  select partner_id, on_day from partner_touch
  union all select partner_id, on_day from partner_introduction where on_day is not null
  union all select partner_id, passed_on from partner_vacancy
  union all select partner_id, answered_on from partner_council_ask
             where partner_id is not null and answered_on is not null and answer <> 'no answer'
  union all select asked.partner_id, step.on_day from referral_step step join referral asked on asked.id = step.referral_id
             where step.status in ('sent', 'seen', 'accepted', 'declined', 'parked', 'ready to return', 'handed back', 'completed')
  union all select joint_partner_id, held_on from outreach_session
             where joint_partner_id is not null and (status is null or status = 'held')
  union all select host.partner_id, met.held_on from outreach_host host join outreach_session met on met.id = host.session_id
             where met.status is null or met.status = 'held'
  union all select venue.partner_id, met.held_on from outreach_session met join partner_venue venue on venue.id = met.venue_id
             where venue.partner_id is not null and (met.status is null or met.status = 'held')
), last(id, on_day) as (select id, max(on_day) from met where on_day <= :today group by id),
clock(id, kind, since, days, who, lots, what, coach) as (
  select org.id, 'partner.upkeep', coalesce(last.on_day, case when org.upkeep_from <= :today then org.upkeep_from end),
         coalesce(org.cadence_days, usual.days), '', org.lots, 'Be in touch with ' || org.name, org.tended_by
    from tended org, usual left join last on last.id = org.id
  union all
  select person.id, 'partner.contact', coalesce(
           (select max(touch.on_day) from partner_touch_with named join partner_touch touch on touch.id = named.touch_id
             where named.contact_id = person.id and touch.on_day <= :today),
           case when person.clock_from <= :today then person.clock_from end),
         coalesce(person.cadence_days, org.cadence_days, usual.days), person.name, org.lots, 'Be in touch: key person at ' || org.name,
         org.tended_by
    from partner_contact person join tended org on org.id = person.partner_id, usual
   where person.is_key = 1 and (person.leaves_on is null or person.leaves_on > :today)
)
select id, kind, date(since, '+' || days || ' days') as due_on, who, (select group_concat(value, ', ') from json_each(lots)), what, coach
  from clock where days > 0 and date(since, '+' || days || ' days') <= :until order by due_on limit :most
"""

_MONTHS = """
with likely(id) as (
  select asked.partner_id from referral_standing kept join referral asked on asked.row = kept.key
    join partner org on org.id = asked.partner_id
   where kept.sent_on >= :since and kept.sent_on < :month and org.is_own_provision = 0
   group by asked.partner_id
  having count(distinct substr(kept.sent_on, 1, 7)) = 3 and min(asked.direction) = max(asked.direction))
select asked.partner_id, org.name, cast(substr(kept.sent_on, 1, 4) as integer) * 12 + cast(substr(kept.sent_on, 6, 2) as integer) - 1,
       asked.direction, count(*), asked.coach_id, lot.name, member.to_day is not null and member.to_day < :today, max(kept.sent_on)
  from referral_standing kept join referral asked on asked.row = kept.key join likely on likely.id = asked.partner_id
  join partner org on org.id = asked.partner_id join programme_lot lot on lot.id = asked.lot_id
  left join programme_member member on member.id = asked.coach_id
 where kept.sent_on is not null group by 1, 3, 4, asked.coach_id, asked.lot_id
"""
_SAID = "select partner_id, way, max(until_month) from referral_one_way where lot_id is null group by partner_id, way"
_LEADS = "select id from programme_member where role = 'lead' and (to_day is null or to_day >= ?) order by name limit 1"
_WAYS = {"out": "we only give", "in": "we only receive"}


def ends(connection: Any, today: date, until: str, most: int) -> list[Found]:
    """Ends that stand in Today, vacancies that close, and people who leave."""
    return list(connection.execute(_ENDS, {"today": today.isoformat(), "until": until, "most": most}))


def clocks(connection: Any, today: date, until: str, most: int) -> list[Found]:
    """Organisations and key people with whom somebody should be in touch."""
    return list(connection.execute(_CLOCKS, {"today": today.isoformat(), "until": until, "most": most}))


def one_way(connection: Any, today: date, until: str) -> Iterator[Found]:
    """Partners with whom three whole months or more went one way, and nobody has said yet what will be done about it."""
    now = today.year * 12 + today.month - 1
    rows: dict[Any, list[Found]] = defaultdict(list)
    chosen = {"since": _first(now - 3), "month": _first(now), "today": today.isoformat()}
    for row in connection.execute(_MONTHS, chosen):
        rows[row[0]].append(row)
    said = {(row[0], row[1]): row[2] for row in connection.execute(_SAID)} if rows else {}
    for partner, found in rows.items():
        ways: dict[int, set[str]] = defaultdict(set)
        for row in found:
            ways[row[2]].add(row[3])
        way, since = ways[now - 1], now - 1
        while ways[since - 1] == way:
            since -= 1
        answered = said.get((partner, _WAYS[min(way)]))
        answered = answered if answered is not None and answered >= since else None
        due_on = _first((since + 2 if answered is None or answered < since + 2 else answered + 1) + 1)
        if ways[now] <= way and (answered is None or answered < now - 1) and due_on <= until:
            coach, lot = _whose(connection, [row for row in found if since <= row[2] < now], today)
            yield partner, "referral.one_way", due_on, "", lot, f"One-way traffic with {found[0][1]}", coach


def _whose(connection: Any, rows: list[Found], today: date) -> tuple[Any, str]:
    """The coach and the lot of most of these referrals; a lead of the team, where every such coach has left."""
    counts: dict[tuple[Any, str, int], list[Any]] = defaultdict(lambda: [0, ""])
    for _partner, _name, _month, _way, count, coach, lot, is_gone, latest in rows:
        mine = counts[coach, lot, is_gone]
        mine[0], mine[1] = mine[0] + count, max(mine[1], latest)
    first = sorted(counts.items(), key=lambda each: each[0][0])                     # of equals the one whose id is first
    (coach, lot, is_gone), _ = min(first, key=lambda each: (each[0][2], -each[1][0], _later(each[1][1])))
    lead = connection.execute(_LEADS, (today.isoformat(),)).fetchone() if is_gone else None
    return (lead[0] if lead else coach), lot


def _later(day: str) -> int:
    """The latest day first."""
    return -int(day.replace("-", ""))


def _first(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}-01"
