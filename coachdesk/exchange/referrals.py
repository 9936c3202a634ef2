"""What goes out of a referral as a file beside its sheet: an e-mail draft to the partner, and appointments for a calendar."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.exchange.calendar import Event, calendar
from coachdesk.exchange.letter import draft
from coachdesk.participant import queries as participant_queries
from coachdesk.partner import queries as partner_queries
from coachdesk.programme import queries as programme_queries
from coachdesk.referral import queries, rules
from coachdesk.referral.queries import ReferralRow, VisitRow
from coachdesk.store.session import moment

_ON_THE_MAIL = {
    "seen": "Seen; our answer is still to come", "accepted": "Accepted; we are taking this person on",
    "declined by the person": "The person said no, because …", "no place": "We have no place, because …",
    "not eligible": "Not eligible with us, because …", "parked": "Parked until … holds, or look again on …",
    "helped": "Done, and it helped", "not helped": "Done, but it did not help, because …",
    "handed back": "We hand the person back, because …", "ready to return": "What had to hold holds now; the person may come back to you",
}


def email_draft(session: Session, referral: UUID) -> bytes:
    """A draft to the partner with the code and how to answer. It names nobody: initials, our reference, what help is asked for.

    Refusal for a draft, for what came in, or for somebody whose consent to talk to partners is not given any more.
    """
    row = _sent(session, referral)
    assert row.participant_id is not None
    rules.check_consent(participant_queries.consent(session, row.participant_id))
    subject = f"Referral {row.reply_code}: your answer, please, by {day_text(row.reply_due_on)}"
    return draft(subject, _words(session, row), address_of(session, row))


def address_of(session: Session, row: ReferralRow) -> str | None:
    """Where the partner reads its mail: the organisation's address, else that of the first of its people who has one."""
    partner = next(iter(partner_queries.partners(session, ids=[row.partner_id])), None)
    if partner is not None and partner.email:
        return partner.email
    return next((each.email for each in partner_queries.contacts(session, partner=row.partner_id, is_there=True) if each.email), None)


def _words(session: Session, row: ReferralRow) -> str:
    initials = "".join(f"{part[0]}." for part in row.participant.split())
    visit, programme = queries.next_visit(session, row.id), programme_queries.contract(session).name
    lines = [
        f"Dear colleagues at {row.partner},", "",
        f"with their consent we are sending you somebody of {programme}: {initials}, our reference {row.reference}.",
        "Name and telephone stand on the sheet that comes with them.", "",
        f"What help is asked for: {row.need}",
        *([f"They come back to us when: {row.return_condition}"] if row.return_condition else []),
        *([f"Appointment with you: {day_text(visit.on_day)}, {visit.at}, {visit.place}"] if visit is not None and not visit.is_off else []),
        "", f"Please answer by {day_text(row.reply_due_on)}: write back the code and one letter, that is all.",
        "There is no website and no account.", "", f"    Code: {row.reply_code}", "",
        *(f"    {letter}   {_ON_THE_MAIL[words]}" for letter, words in rules.LETTERS.items()),
        "", "If you say nothing, we shall ask.", "", row.coach, programme_queries.reach_of(session, row.coach_id),
    ]
    return "\n".join(lines) + "\n"


def visit_file(session: Session, visit: UUID) -> bytes:
    """An appointment at a partner as a calendar file; moved or called off, it takes the place of the earlier one. It names nobody."""
    row = next(iter(queries.visits(session, id=visit)), None)
    if row is None:
        raise Refusal("There is no such appointment at a partner.", "Choose it again from the list. Nothing was written.")
    return calendar([_event(session, row)])


def next_visit_file(session: Session, referral: UUID) -> bytes:
    """The appointment of a referral as a calendar file. Refusal where none was written down."""
    row = queries.next_visit(session, referral)
    if row is None:
        raise Refusal("No appointment at the partner is written down for this referral.", "Write it down first. Nothing was written.")
    return calendar([_event(session, row)])


def _event(session: Session, row: VisitRow) -> Event:
    code = f"Referral {row.reply_code}. " if row.reply_code else ""
    return Event(f"{row.id}@coachdesk", row.changes, moment(session), row.on_day, row.at, row.minutes,
                 f"Appointment at {row.partner} ({row.reference or 'not registered yet'})", row.place,
                 f"{code}The name stands in CoachDesk only.", row.is_off)


def _sent(session: Session, referral: UUID) -> ReferralRow:
    row = queries.referral(session, referral)
    if row is None:
        raise Refusal("An e-mail is about one referral.", "Choose the referral. Nothing was written.")
    if row.direction != rules.OUT or row.participant_id is None:
        raise Refusal("The e-mail is about somebody whom we send; this referral came in.", "Nothing was written.")
    if row.state == rules.DRAFT or row.reply_code is None:
        raise Refusal("This referral is a draft: it has no code to answer by yet.", "Send it first. Nothing was written.")
    return row
