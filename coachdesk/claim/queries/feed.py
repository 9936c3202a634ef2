"""What the ledger is fed, from the rooms upstream and from the claims already sent. No name, address or employer goes in.

Ids are the records' own, as text; months are integers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity import queries as activity
from coachdesk.claim import rules
from coachdesk.claim.record import Claim, Line
from coachdesk.clock import day_text, month_from_text
from coachdesk.participant import queries as participants
from coachdesk.participant.record import Notice, Participant, Verdict
from coachdesk.programme import queries as programme
from coachdesk.programme.rules import BY_CONNECTION, BY_HAND, BY_RESIDENCE

DRAFT, SENT, PAID = "draft", "sent", "paid"
GONE_OUT = (SENT, PAID)


def terms(session: Session) -> rules.Terms:
    """The contract's dated rules as the ledger reads them. Refusal where they cannot be worked with."""
    rows = programme.terms(session)
    found = rules.Terms(
        contract=programme.contract(session).contract,
        milestones=tuple(_milestone(row) for row in rows if row.kind in rules.MILESTONE_KINDS),
        floors=tuple(_floor(row) for row in rows if row.kind == "floor"),
    )
    rules.check_terms(found)
    return found


def _milestone(row: programme.TermRow) -> rules.Milestone:
    details = row.details
    return rules.Milestone(
        code=row.code,
        kind=row.kind,
        amount_pence=int(details["amount_pence"]),
        clause=row.clause,
        version=row.version,
        from_=row.from_day,
        to=row.to_day,
        count=int(details.get("count", 1)),
        title=details.get("title", ""),
    )


def _floor(row: programme.TermRow) -> rules.Floor:
    details = row.details
    return rules.Floor(
        clause=row.clause,
        version=row.version,
        from_month=month_from_text(details["from_month"]),
        to_month=month_from_text(details["to_month"]),
        base_from=month_from_text(details["base_from"]),
        base_to=month_from_text(details["base_to"]),
        divisor=details["divisor"],
        base_totals=details.get("base_totals", {}),
        base_months_with_claim=details.get("base_months_with_claim", {}),
        rounding=details.get("rounding", rules.HALF_UP),
    )


def people(session: Session, lot: UUID | None = None, also: Collection[UUID] = ()) -> dict[str, rules.Person]:
    """Participants of a lot (and those `also` named, who have moved; of every lot where None), each with the latest verdict."""
    who = sa.true() if lot is None else sa.or_(Participant.lot_id == lot, Participant.id.in_(list(also)))
    verdicts: dict[UUID, tuple[str, str | None, str | None, date]] = {}
    latest = sa.select(Verdict.participant_id, Verdict.verdict, Verdict.ward_name, Verdict.edition, Verdict.decided_on)
    latest = latest.join(Participant, Participant.id == Verdict.participant_id).where(who).order_by(Verdict.decided_at, Verdict.id)
    for person, verdict, ward, edition, on in session.execute(latest):
        verdicts[person] = (verdict, ward, edition, on)
    given = sa.select(Notice.participant_id, sa.func.min(Notice.given_on)).join(Participant, Participant.id == Notice.participant_id)
    notices = dict(session.execute(given.where(who).group_by(Notice.participant_id)).all())
    rows = session.execute(sa.select(Participant.id, Participant.reference, Participant.lot_id).where(who))
    return {str(id): _person(id, reference, of, verdicts.get(id), notices.get(id)) for id, reference, of in rows}


def _person(
    id: UUID, reference: str, lot: UUID, said: tuple[str, str | None, str | None, date] | None, notice: date | None
) -> rules.Person:
    verdict, ward, edition, on = said or ("", None, None, date.min)
    return rules.Person(
        id=str(id),
        reference=reference,
        lot=str(lot),
        eligible=verdict in (BY_RESIDENCE, BY_CONNECTION),
        verdict_sentence=_sentence(verdict, ward, edition, on) if said else "no verdict has been recorded",
        notice_given_on=notice,
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


def deeds(session: Session, lot: UUID | None = None, also: Collection[UUID] = ()) -> list[rules.Deed]:
    """Everything done for the participants of a lot (and those `also` named; of every lot where None), oldest first.

    What was done for somebody under several records counts for the one that leads, in its lot; what stands in two of them counts once.
    """
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
        )
        for row in activity.deeds(session, lot=lot, also=also)
    ]
    ahead = {str(led): str(first) for led, first in participants.leaders(session).items()}
    return _as_one(session, found, ahead) if ahead else found


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
    return [rules.SentClaim(id=str(id), lot=str(lot), month=month, payable_pence=payable) for id, lot, month, payable in rows]


def sent_lines(session: Session, people_ids: Collection[str] | None = None, lot: UUID | None = None,
               without: Collection[UUID] = ()) -> list[rules.SentLine]:
    """The lines of claims that went out: all of them, or those of a lot and (in any lot) of the people named.

    without: lines that do not count as taken, because the commissioner rejected them.
    """
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
    chosen = chosen.join(Claim, Claim.id == Line.claim_id).where(Claim.status.in_(GONE_OUT))
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
