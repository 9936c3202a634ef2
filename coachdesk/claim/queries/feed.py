"""What the ledger is fed, from the rooms upstream and from the claims already sent. No name, address or employer goes in.

Ids are the records' own, as text; months are integers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity import queries as activity
from coachdesk.claim import rules
from coachdesk.claim.queries import answered
from coachdesk.claim.record import Claim, Line
from coachdesk.clock import day_text, first_day, last_day
from coachdesk.participant import queries as participants
from coachdesk.participant.record import Notice, Participant, Spell, Verdict
from coachdesk.programme import queries as programme
from coachdesk.programme.rules import BY_CONNECTION, BY_HAND, BY_RESIDENCE

DRAFT, SENT, PAID = "draft", "sent", "paid"
GONE_OUT = (SENT, PAID)


_FEW = 500
_SECTIONS = {"floor": "floors", "cap": "caps", "lateness": "lateness", "evidence": "evidence", activity.DEFINITION: "meaningful"}


def terms(session: Session) -> rules.Terms:
    """The contract's dated rules as the ledger reads them. Refusal where they cannot be worked with."""
    return terms_of(session, ((row.kind, row.details) for row in programme.terms(session)))


def terms_of(session: Session, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> rules.Terms:
    """Rows of terms, each its kind and its figures, as the ledger reads them. Refusal where they cannot be worked with."""
    table: dict[str, list[Mapping[str, Any]]] = {}
    for kind, details in rows:
        if kind in _SECTIONS or kind in rules.MILESTONE_KINDS:
            table.setdefault(_SECTIONS.get(kind, "milestones"), []).append(details)
    return rules.terms_from(programme.contract(session).contract, table, lot_ids(session))


def lot_ids(session: Session) -> dict[str, str]:
    """Lot name → id, as rules that name lots need it."""
    return {name: str(id) for id, name in programme.lot_names(session).items()}


def people(session: Session, lot: UUID | None = None, also: Collection[UUID] = (), *, spells: bool = True,
           only: Collection[UUID] | None = None) -> dict[str, rules.Person]:
    """Participants of a lot (and those `also` named, who have moved; of every lot where None), each with the latest verdict.

    spells: with their times on the programme and the baseline of each, which only some terms ask for (`needs_spells`).
    only: these people and nobody else.
    """
    if only is not None:
        found: dict[str, rules.Person] = {}
        for some in activity.portions(only):
            found |= _people(session, Participant.id.in_(some), spells)
        return found
    return _people(session, sa.true() if lot is None else sa.or_(Participant.lot_id == lot, Participant.id.in_(list(also))), spells)


def _people(session: Session, who: sa.ColumnElement[bool], with_spells: bool) -> dict[str, rules.Person]:
    verdicts: dict[UUID, tuple[str, str | None, str | None, date]] = {}
    latest = sa.select(Verdict.participant_id, Verdict.verdict, Verdict.ward_name, Verdict.edition, Verdict.decided_on)
    latest = latest.join(Participant, Participant.id == Verdict.participant_id).where(who).order_by(Verdict.decided_at, Verdict.id)
    for person, verdict, ward, edition, on in session.execute(latest):
        verdicts[person] = (verdict, ward, edition, on)
    given = sa.select(Notice.participant_id, sa.func.min(Notice.given_on)).join(Participant, Participant.id == Notice.participant_id)
    notices = dict(session.execute(given.where(who).group_by(Notice.participant_id)).all())
    rows = session.execute(sa.select(Participant.id, Participant.reference, Participant.lot_id).where(who))
    known = spells(session, who) if with_spells else {}
    return {str(id): _person(id, reference, of, verdicts.get(id), notices.get(id), known.get(id, ())) for id, reference, of in rows}


def needs_spells(terms: rules.Terms) -> bool:
    """Whether some rule asks for a person's spells or the baseline of one."""
    return any(milestone.each_spell or milestone.kind == rules.PROGRESSION for milestone in terms.milestones)


def spells(session: Session, who: sa.ColumnElement[bool]) -> dict[UUID, tuple[rules.Spell, ...]]:
    """A person's spells, the first of them without an id: what it earns is claimed for the person."""
    n = Spell
    chosen = sa.select(n.participant_id, n.id, n.started_on, n.hours_a_week, n.pay_pence_an_hour, n.weeks_out_of_work)
    chosen = chosen.join(Participant, Participant.id == Spell.participant_id).where(who).order_by(Spell.started_on, Spell.id)
    found: dict[UUID, tuple[rules.Spell, ...]] = {}
    for person, id, on, hours, pay, weeks in session.execute(chosen):
        had = found.get(person, ())
        found[person] = (*had, rules.Spell(str(id) if had else "", on, hours, pay, weeks))
    return found


def _person(
    id: UUID, reference: str, lot: UUID, said: tuple[str, str | None, str | None, date] | None, notice: date | None,
    spells: tuple[rules.Spell, ...]
) -> rules.Person:
    verdict, ward, edition, on = said or ("", None, None, date.min)
    return rules.Person(
        id=str(id),
        reference=reference,
        lot=str(lot),
        eligible=verdict in (BY_RESIDENCE, BY_CONNECTION),
        verdict_sentence=_sentence(verdict, ward, edition, on) if said else "no verdict has been recorded",
        notice_given_on=notice,
        spells=spells,
    )


def _sentence(verdict: str, ward: str | None, edition: str | None, on: date) -> str:
    """The verdict in words that hold no address: the sentence that the coach saw names the postcode and stays sealed."""
    decided = f"decided on {day_text(on)}"
    where = f"{ward} ward in edition {edition}, " if ward and edition else ""
    if verdict == BY_RESIDENCE:
        return f"eligible by residence, {where}{decided}"
    if verdict == BY_HAND:
        return f"the address has to be checked by hand, {decided}"
    if verdict == BY_CONNECTION:
        return f"eligible by connection, {decided}"
    return f"the address is {'in ' + where if where else 'not in the lot, '}{decided}"


def narrowing(session: Session, terms: rules.Terms, month: int, ids: Collection[str] = (), whole: Collection[str] = ()
              ) -> activity.Narrowed | None:
    """Which help a claim of a month can need under these terms, and in any case what has one of the `ids`, and all of the people `whole`.

    None where all of it is needed: the terms count anew in each spell of a person.
    """
    counting = [each for each in terms.milestones if each.kind in (rules.START, rules.INTERVENTIONS)]
    if any(each.each_spell for each in counting):
        return None
    turns = sorted({each.from_ for each in counting} | {each.to + timedelta(days=1) for each in counting if each.to})
    spans = [(first, turns[at + 1] - timedelta(days=1) if at + 1 < len(turns) else date.max) for at, first in enumerate(turns)]
    joined = participants.leaders(session)
    return activity.Narrowed(
        spans=tuple(span for span in spans if any(each.in_force(span[0]) for each in counting)),
        most=max((each.count for each in counting if each.kind == rules.INTERVENTIONS), default=1),
        since=first_day(month),
        until=last_day(month),
        manners=terms.meaningful,
        ids=frozenset(UUID(id) for id in ids),
        whole=frozenset(UUID(id) for id in whole) | {*joined, *joined.values()},
    )


def deeds(session: Session, lot: UUID | None = None, also: Collection[UUID] = (), narrowed: activity.Narrowed | None = None,
          only: Collection[UUID] | None = None, *, is_help_wanted: bool = True) -> list[rules.Deed]:
    """Everything done for the participants of a lot (and those `also` named; of every lot where None), oldest first.

    What was done for somebody under several records counts for the one that leads, in its lot; what stands in two of them counts once.
    only: of these people and nobody else (all records of each have to be named). is_help_wanted: jobs alone, where not.
    """
    rows = activity.deeds(session, lot=lot, also=also, narrowed=narrowed, only=only, is_help_wanted=is_help_wanted)
    known = activity.known_of_jobs(session)
    found = [
        rules.Deed(
            id=str(row.id),
            person=str(row.participant_id),
            lot=str(row.lot_id),
            kind=row.kind,
            on=row.on,
            is_meaningful=row.is_meaningful,
            why=_why(row),
            label=row.label,
            mode=row.mode,
            minutes=row.minutes,
            help_kind=row.help_kind,
            judged_by=row.judged_by,
            hours_a_week=row.hours_a_week,
            pay_pence_an_hour=row.pay_pence_an_hour,
            ended_on=row.ended_on,
            periods=tuple(
                rules.Period(str(each.id), each.kind, each.from_day, each.to_day or date.max, each.pence, each.hours_a_week,
                             each.pay_pence_an_hour)
                for each in known.get(row.id, ())
            ),
        )
        for row in rows
    ]
    ahead = {str(led): str(first) for led, first in participants.leaders(session).items()}
    return _as_one(session, found, ahead) if ahead else found


def with_proofs(session: Session, terms: rules.Terms, people: Mapping[str, rules.Person], deeds: Collection[rules.Deed]
                ) -> tuple[dict[str, rules.Person], list[rules.Deed]]:
    """People and deeds with what proves them, where the terms ask for proofs at all. What was found not good enough is left out."""
    if not terms.needs:
        return dict(people), list(deeds)
    asked = {need.proves for need in terms.needs}
    ahead = {str(led): str(first) for led, first in participants.leaders(session).items()}
    of: dict[str, tuple[rules.Proof, ...]] = {}
    for row in activity.proofs(session):
        if row.proves in asked:
            thing = str(row.thing) if row.thing else ahead.get(str(row.participant_id), str(row.participant_id))
            of[thing] = (*of.get(thing, ()), rules.Proof(str(row.id), row.proves, row.obtained_on, row.how,
                                                         rules.phrase_kept(terms, row.wording or ""), str(row.verified_by or "")))
    return ({id: replace(person, evidence=of[id]) if id in of else person for id, person in people.items()},
            [replace(deed, evidence=of[deed.id]) if deed.id in of else deed for deed in deeds])


def _as_one(session: Session, found: list[rules.Deed], ahead: Mapping[str, str]) -> list[rules.Deed]:
    leading = set(ahead.values())
    rows = session.execute(sa.select(Participant.id, Participant.lot_id).where(Participant.id.in_([UUID(one) for one in leading])))
    lots = {str(id): str(lot) for id, lot in rows}
    theirs = sorted((deed for deed in found if deed.person in ahead or deed.person in leading), key=lambda deed: (deed.person, deed.id))
    seen: dict[tuple[str, str, date, str], str] = {}
    twice: set[str] = set()
    for deed in theirs:  # the leading record has the lowest id, so what it holds comes first
        first = ahead.get(deed.person, deed.person)
        other = seen.setdefault((first, deed.kind, deed.on, deed.label), deed.person)
        if other != deed.person:
            twice.add(deed.id)
    return [
        deed
        if deed.person not in ahead and deed.id not in twice
        else replace(
            deed,
            person=ahead.get(deed.person, deed.person),
            lot=lots.get(ahead.get(deed.person, deed.person), deed.lot),
            counts=deed.counts and deed.id not in twice,
            why_not="the same stands in the person's other record" if deed.id in twice else deed.why_not,
        )
        for deed in found
    ]


def _why(row: activity.DeedRow) -> str:
    return f"{row.why} (changed: {row.changed_why})".lstrip() if row.changed_why else row.why


def moved(session: Session, lot: UUID) -> list[UUID]:
    """Participants for whom this lot sent lines and who are in another lot now: their activity must not look as if it had vanished.

    So are all records of one person of whom any belongs to this lot or had lines sent for it.
    """
    found = sa.select(Line.participant_id).join(Claim, Claim.id == Line.claim_id).join(Participant, Participant.id == Line.participant_id)
    gone = session.execute(found.where(Claim.lot_id == lot, Claim.status.in_(GONE_OUT), Participant.lot_id != lot).distinct()).scalars()
    also = {id for id in gone if id is not None}
    ahead = participants.leaders(session)
    if ahead:
        joined = {*ahead, *ahead.values()}
        here = set(session.execute(sa.select(Participant.id).where(Participant.id.in_(joined), Participant.lot_id == lot)).scalars())
        firsts = {ahead.get(one, one) for one in joined & (here | also)}
        also |= {one for one in joined if ahead.get(one, one) in firsts and one not in here}
    return sorted(also, key=lambda each: each.bytes)


def sent_claims(session: Session) -> list[rules.SentClaim]:
    """Every claim that went out, of every lot."""
    rows = session.execute(sa.select(Claim.id, Claim.lot_id, Claim.month, Claim.payable_pence).where(Claim.status.in_(GONE_OUT)))
    rejected, again = answered.rejected_sums(session)
    return [rules.SentClaim(str(id), str(lot), month, payable, rejected.get(id, 0), again.get(id, 0)) for id, lot, month, payable in rows]


def sent_lines(session: Session, people_ids: Collection[str] | None = None, lot: UUID | None = None,
               without: Collection[UUID] = (), only: Collection[UUID] | None = None) -> list[rules.SentLine]:
    """The lines of claims that went out: all of them, or those of a lot and (in any lot) of the people named.

    without: lines that do not count as taken, because the commissioner rejected them. only: of these people, in any lot, and of the lot
    what is nobody's.
    """
    if only is not None:
        nobody = sa.and_(Claim.lot_id == lot, Line.participant_id.is_(None))
        asked = [nobody, *(Line.participant_id.in_(some) for some in activity.portions(only))]
        return [line for each in asked for line in _lines_where(session, each, without)]
    where: sa.ColumnElement[bool] = sa.true()
    if lot is not None and people_ids is not None:
        here = sa.select(Participant.id).where(Participant.lot_id == lot)
        lots = dict(session.execute(sa.select(Participant.id, Participant.lot_id).where(
            Participant.id.in_(sa.select(Line.participant_id).distinct()), Participant.lot_id != lot)).all())
        away = [id for id in lots if str(id) in people_ids]
        if len(away) <= _FEW:       # more of them: the lines of everybody are read, and sorted out below
            where = sa.or_(Claim.lot_id == lot, Line.participant_id.in_(here), Line.participant_id.in_(away))
    return _lines_where(session, where, without, lot, people_ids)


def _lines_where(session: Session, where: sa.ColumnElement[bool], without: Collection[UUID], lot: UUID | None = None,
                 people_ids: Collection[str] | None = None) -> list[rules.SentLine]:
    chosen = sa.select(
        Line.id,
        Line.claimable,
        Line.amount_pence,
        Claim.month,
        Claim.id,
        Claim.lot_id,
        Line.milestone,
        Line.subject,
        Line.participant_id,
        Line.earned_month,
        Line.rule,
        Line.clause,
        Line.title,
        Line.deeds,
    )
    chosen = chosen.join(Claim, Claim.id == Line.claim_id).where(Claim.status.in_(GONE_OUT), where)
    found = []
    for line, claimable, amount, month, claim, of, kind, subject, person, earned, rule, clause, title, kept in session.execute(chosen):
        who = str(person) if person else ""
        if line in without:
            continue
        if lot is None or of == lot or (people_ids is not None and who in people_ids):
            found.append(
                rules.SentLine(
                    claimable=claimable,
                    amount_pence=amount,
                    month=month,
                    claim=str(claim),
                    kind=kind,
                    subject=subject,
                    person=who,
                    earned_month=earned,
                    rule=rule,
                    clause=clause,
                    title=title,
                    deeds=tuple(_ids(kept)),
                )
            )
    return found


def _ids(kept: Mapping[str, Any]) -> list[str]:
    """The ids of the activities that a line rests on, also of those that were gone when it was written."""
    return list(kept.get("ids", ()))
