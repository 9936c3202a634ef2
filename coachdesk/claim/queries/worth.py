"""What everything in the store is worth: the quick way over very many people, the full way that proves it, and a lot's sums by it.

The quick way reads starts and interventions from an index alone and works out only jobs and joined records by the ledger; where the
terms ask for more (proofs of help, each spell anew) all of it is the full way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.activity import queries as activity
from coachdesk.activity.record import Job
from coachdesk.claim import rules
from coachdesk.claim.queries import answered, feed, shown
from coachdesk.claim.queries.feed import GONE_OUT
from coachdesk.claim.record import Claim, Line
from coachdesk.clock import last_day, month_of
from coachdesk.participant import queries as participants
from coachdesk.participant.record import Participant, SameAs, Verdict
from coachdesk.programme import queries as programme
from coachdesk.programme.rules import BY_CONNECTION, BY_RESIDENCE

_A_SHARE = 3        # where more than one in three people may have a line, all of them are worked out


def worth(session: Session, upto: date, terms: rules.Terms | None = None, lot: UUID | None = None) -> list[rules.Worth]:
    """What everything earned up to a day is worth as the caps leave it, the quick way; of a lot's people, where one is given.

    Fees count from the month of each lot's first sent claim.
    """
    terms = terms or feed.terms(session)
    place = None if rules.crosses_lots(terms) else lot
    narrowed = feed.narrowing(session, terms, month_of(upto)) if rules.is_plain(terms) else None
    if narrowed is None:
        return worth_in_full(session, upto, terms, place)
    special = _special(session, place)
    people = _people(session, terms, place, special)
    helped = _helped(session, narrowed, place, special, people)
    jobs = [deed for deed in feed.deeds(session, place, special if place else (), is_help_wanted=False) if deed.person in people]
    known, jobs = feed.with_proofs(session, terms, {deed.person: people[deed.person] for deed in jobs}, jobs)
    at_once, worked = rules.of_jobs(terms, known, jobs, upto)
    worked += rules.earned(terms, {}, (), upto, _first_months(session))[0]
    return rules.joined_up(terms, [*rules.of_help(terms, helped, upto), *at_once], worked)


def worth_in_full(session: Session, upto: date, terms: rules.Terms | None = None, lot: UUID | None = None) -> list[rules.Worth]:
    """The same by the ledger, from every activity there is."""
    terms = terms or feed.terms(session)
    place = None if rules.crosses_lots(terms) else lot
    also = [] if place is None else feed.moved(session, place)
    people = feed.people(session, place, also, spells=feed.needs_spells(terms))
    people, deeds = feed.with_proofs(session, terms, people, feed.deeds(session, place, also))
    return rules.joined_up(terms, [], rules.earned(terms, people, deeds, upto, _first_months(session))[0])


def figures(session: Session, lot: UUID, month: int) -> rules.ClaimFigures:
    """A lot's claim of a month worked out now, without its unpaid items: only people of whom something is open are looked at.

    Its lines, floor and sums are those of `shown.narrow`; in any doubt that is what is asked.
    """
    terms = feed.terms(session)
    is_apart = not rules.crosses_lots(terms) and all(cap.per == rules.PER_PERSON for cap in terms.caps)
    found = _unsettled(session, terms, lot, month) if rules.is_plain(terms) and is_apart else None
    if found is None:
        return shown.narrow(session, lot, month).figures
    out = answered.rejected_lines(session)
    sent, refused = feed.sent_lines(session, lot=lot, without=out, only=found), answered.rejections(session, out)
    claims, name, needs_spells = feed.sent_claims(session), programme.lot_name(session, lot), feed.needs_spells(terms)
    people = feed.people(session, only=found, spells=needs_spells)

    def work(whole: Collection[str]) -> rules.ClaimFigures:
        deeds = feed.deeds(session, only=found, narrowed=feed.narrowing(session, terms, month, whole=whole))
        return rules.figures(terms, str(lot), name, month, *feed.with_proofs(session, terms, people, deeds), sent, claims, refused)

    worked = work(())
    back = {line.person for line in worked.lines if line.person and not line.value_pence}
    return work(back) if back else worked


def payable(session: Session, lot: UUID, month: int) -> int:
    """What a lot's claim of a month comes to: as it was drafted or sent, else worked out now."""
    claim = shown.stored(session, lot, month)
    return claim.payable_pence if claim is not None else figures(session, lot, month).payable_pence


def _unsettled(session: Session, terms: rules.Terms, lot: UUID, month: int) -> set[UUID] | None:
    """All records of people of whom something is worth more or less than sent claims took for it, or of whom a line was rejected.

    None: so many that it does not pay to look at them apart.
    """
    later = sa.select(sa.func.max(Claim.month)).where(Claim.lot_id == lot, Claim.status.in_(GONE_OUT))
    upto = last_day(max(month, session.execute(later).scalar() or month))
    taken: Counter[tuple[str, str]] = Counter()
    of: dict[tuple[str, str], UUID] = {}
    chosen = sa.select(Line.milestone, Line.subject, Line.participant_id, sa.func.sum(Line.amount_pence))
    chosen = chosen.join(Claim, Claim.id == Line.claim_id).join(Participant, Participant.id == Line.participant_id, isouter=True)
    chosen = chosen.where(Claim.status.in_(GONE_OUT), Line.participant_id.is_not(None),
                          sa.or_(Claim.lot_id == lot, Participant.lot_id == lot))
    for milestone, subject, person, pence in session.execute(chosen.group_by(Line.milestone, Line.subject, Line.participant_id)):
        taken[milestone, subject] += pence
        if person is not None:
            of[milestone, subject] = person
    found = _rejected(session)
    for each in worth(session, upto, terms, lot):
        if each.person and each.pence != taken.pop((each.milestone, each.subject), 0):
            found.add(UUID(each.person))
    found |= {of[key] for key, pence in taken.items() if pence}
    ahead = participants.leaders(session)
    firsts = {ahead.get(one, one) for one in found}
    found |= firsts | {led for led, first in ahead.items() if first in firsts}
    many = session.execute(sa.select(sa.func.count()).select_from(Participant).where(Participant.lot_id == lot)).scalar_one()
    return found if len(found) * _A_SHARE <= many else None


def _special(session: Session, lot: UUID | None) -> set[UUID]:
    """Records of people who have more than one; of a lot: those with one in it, and who moved out of it after a line was sent."""
    ahead = participants.leaders(session)
    if lot is None:
        return {*ahead, *ahead.values()}
    joined = sa.or_(Participant.id.in_(sa.select(SameAs.one_id)), Participant.id.in_(sa.select(SameAs.other_id)))
    here = session.execute(sa.select(Participant.id).where(Participant.lot_id == lot, joined)).scalars() if ahead else ()
    return {*here, *feed.moved(session, lot)}


def _rejected(session: Session) -> set[UUID]:
    found: set[UUID] = set()
    for some in activity.portions(answered.rejected_lines(session)):
        found |= {id for id in session.execute(sa.select(Line.participant_id).where(Line.id.in_(some))).scalars() if id is not None}
    return found


def _helped(session: Session, narrowed: activity.Narrowed, lot: UUID | None, special: Collection[UUID], people: Mapping[str, rules.Person]
            ) -> Iterator[rules.Helped]:
    """The days of help that count of everybody who is eligible; those of one person with several records together, each help once."""
    apart, ahead = {id.bytes for id in special}, participants.leaders(session)
    who = sa.true() if lot is None else Participant.lot_id == lot
    for id, of, days in activity.first_help(session, narrowed, sa.and_(who, _is_eligible())):
        if id not in apart:
            yield rules.Helped(_text(id), _text(of), tuple(map(date.fromisoformat, days)))
    first_of = {id.bytes: ahead.get(id, id).bytes for id in special}
    found: dict[bytes, list[str]] = {}
    seen: dict[tuple[bytes, str, str], bytes] = {}
    for row in activity.help_of(session, special, narrowed.manners):
        first = first_of[row.participant_id]
        if seen.setdefault((first, row.on, row.label), row.participant_id) == row.participant_id and row.counts:
            found.setdefault(first, []).append(row.on)
    for first, on in found.items():
        person = people.get(_text(first))
        if person is not None:
            yield rules.Helped(person.id, person.lot, tuple(map(date.fromisoformat, sorted(on))))


def _people(session: Session, terms: rules.Terms, lot: UUID | None, special: Collection[UUID]) -> dict[str, rules.Person]:
    """Who is eligible and has a job or several records: without the words that only a working needs."""
    chosen = sa.select(Participant.id, Participant.lot_id).where(_is_eligible())
    has_job = Participant.id.in_(sa.select(Job.participant_id))
    asked = [has_job if lot is None else sa.and_(has_job, Participant.lot_id == lot)]
    asked += [Participant.id.in_(some) for some in activity.portions(special)]
    found: dict[str, rules.Person] = {}
    for who in asked:
        spells = feed.spells(session, who) if feed.needs_spells(terms) else {}
        for id, of in session.execute(chosen.where(who)):
            found[str(id)] = rules.Person(str(id), "", str(of), True, "", spells=spells.get(id, ()))
    return found


def _first_months(session: Session) -> dict[str, int]:
    """Lot → the month of its first sent claim, from which on a service fee is paid."""
    chosen = sa.select(Claim.lot_id, sa.func.min(Claim.month)).where(Claim.status.in_(GONE_OUT)).group_by(Claim.lot_id)
    return {str(lot): month for lot, month in session.execute(chosen)}


def _is_eligible() -> sa.ColumnElement[bool]:
    """Whether the latest verdict on a participant lets them be claimed for."""
    latest = sa.select(Verdict.verdict).where(Verdict.participant_id == Participant.id).correlate(Participant)
    return latest.order_by(Verdict.decided_at.desc(), Verdict.id.desc()).limit(1).scalar_subquery().in_((BY_RESIDENCE, BY_CONNECTION))


def _text(id: bytes) -> str:
    """An id as text, without making an object of each of thousands."""
    digits = id.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
