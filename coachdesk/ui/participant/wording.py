"""A person's record in words: what the cards of the page say, and what they leave out in a public place."""

from __future__ import annotations

from coachdesk.activity.queries import AppointmentRow
from coachdesk.clock import day_text
from coachdesk.participant.queries import DuplicateRow, PairRow, ParticipantDetail, ParticipantRow, listed
from coachdesk.participant.rules import GIVEN, age_on
from coachdesk.ui.participant.boxes import weeks_words
from coachdesk.ui.participant.reading import Known
from coachdesk.ui.parts.entry import pence_text
from coachdesk.ui.parts.privacy import in_public

_HIDDEN = "hidden in a public place"


def private(text: str | None) -> str:
    """The text, or that it is hidden."""
    return _HIDDEN if text and in_public() else text or ""


def under_the_name(known: Known) -> str:
    """The line under a person's name."""
    row = known.detail.person
    reached = f"{min(known.meaningful, known.needed)} of {known.needed} meaningful"
    others = [join.other for join in known.joins if join.other != row.reference]
    return " · ".join(part for part in (row.reference, f"also {', '.join(others)}" if others else "", row.lot, f"coach {row.coach}",
                                        reached, standing(known)) if part)


def standing(known: Known) -> str:
    """Whether somebody has left the programme or is paused; empty while all goes on."""
    last = known.spells[0] if known.spells else None
    if last is not None and last.ended_on is not None:
        return f"left the programme on {day_text(last.ended_on)}"
    rest = next((each for each in known.pauses if each.to_day is None), None)
    if rest is None:
        return ""
    back = f", expected back on {day_text(rest.expected_back_on)}" if rest.expected_back_on else ""
    return f"paused since {day_text(rest.from_day)}{back}"


def safe_to_call(row: ParticipantRow) -> tuple[str, str]:
    """Words and tint on calling."""
    return {True: ("Safe to call", "good"), False: ("Do not call", "bad"),
            None: ("Not asked: safe to call?", "careful")}[row.is_safe_to_call]


def safe_to_leave(row: ParticipantRow) -> tuple[str, str]:
    """Words and tint on leaving a message."""
    return {True: ("Safe to leave a message", "good"), False: ("Leave no message", "bad"),
            None: ("Not asked: safe to leave a message?", "careful")}[row.is_safe_to_leave_message]


def contact_pairs(row: ParticipantRow) -> list[tuple[str, str]]:
    """How to reach somebody."""
    where = row.postcode if row.situation == "address" else row.situation
    return [("Telephone", private(row.phone)), ("E-mail", private(row.email)), ("Prefers", row.preferred_contact or ""),
            ("Postcode" if row.situation == "address" else "Address", private(where))]


def baseline_pairs(known: Known) -> list[tuple[str, str]]:
    """How things stood at registration."""
    row = known.detail.person
    born = f"{day_text(row.born_on)}, {age_on(row.born_on, known.today)} years old" if row.born_on else ""
    pay = f"{pence_text(row.pay_pence_an_hour)} an hour" if row.pay_pence_an_hour is not None else ""
    hours = f"{row.hours_a_week} hours a week" if row.hours_a_week else ""
    note = [("Note", private(row.note))] if row.note else []
    return [("Registered", day_text(row.registered_on)), ("Born", private(born)), ("NI number", private(row.ni_number)),
            ("Out of work", weeks_words(row.weeks_out_of_work)),
            ("Benefit", row.benefit or ""), ("Work", ", ".join(part for part in (hours, pay) if part)),
            ("Heard through", row.heard_through or ""), *note]


def needs_pairs(row: ParticipantRow) -> list[tuple[str, str]]:
    """What somebody needs to be met well, and how they reach the internet."""
    interpreter = {True: "needs one", False: "not needed", None: ""}[row.needs_interpreter]
    return [("First language", private(row.language)), ("Interpreter", interpreter), ("Access", private(row.access_needs)),
            ("Alone with them", private(row.lone_working_note)), ("Device", row.device or ""), ("Internet", row.data or ""),
            ("Digital skills", row.digital_skills or "")]


def consent_pairs(detail: ParticipantDetail) -> list[tuple[str, str]]:
    """Notices given and what was consented to."""
    notice = detail.notices[0] if detail.notices else None
    given = f"{day_text(notice.given_on)}, {notice.how}, version {notice.version}" if notice else "not given yet"
    told = {answer: answer or "not asked" for answer in (detail.consent_partners, detail.consent_employer)}
    if notice is None and GIVEN in told:
        told[GIVEN] = f"{GIVEN}, ⚠ but no privacy notice is written down"
    return [("Privacy notice", given), ("Partners", told[detail.consent_partners]), ("Employers", told[detail.consent_employer])]


def verdict_sentence(detail: ParticipantDetail) -> str:
    """The sentence that was kept, and whether the address has changed since; without the postcode in a public place."""
    said = " ".join(part for part in (detail.sentence, detail.moved) if part)
    if in_public():
        for postcode in filter(None, (detail.person.verdict_postcode, detail.person.postcode)):
            said = said.replace(postcode, "the postcode")
    return said[:1].upper() + said[1:]


def verdict_source(detail: ParticipantDetail) -> str:
    """Who decided, when, and why by hand."""
    if not detail.verdicts:
        return ""
    last = detail.verdicts[0]
    why = f" Reason: {private(last.reason)}." if last.reason and last.reason not in last.sentence else ""
    older = len(detail.verdicts) - 1
    before = f" {older} older decision{'s' if older > 1 else ''} in the timeline." if older else ""
    return f"Decided on {day_text(last.decided_on)} by {last.decided_by}.{why}{before}"


def coming_words(row: AppointmentRow | None, known: Known) -> str:
    """The next appointment."""
    if row is None:
        return "No appointment is booked."
    where = ", ".join(part for part in (row.at, row.place) if part)
    late = " What came of it is not noted yet." if row.due_on < known.today else ""
    return f"{row.due_on:%A} {day_text(row.due_on)}{f', {where}' if where else ''}.{late}"


def likeness_words(row: PairRow | DuplicateRow) -> str:
    """Why two records are likely one person; in a public place without the names that are compared."""
    return reason_words(row.reasons) + (f", but {listed(row.but)}" if row.but else "")


def reason_words(reasons: tuple[str, ...]) -> str:
    """The reasons alone, as likeness_words says them."""
    if in_public():
        reasons = tuple("a given name much the same" if " may be " in why or " is nearly " in why else why for why in reasons)
    return listed(reasons)
