"""Reports about referrals, from the rooms to paper: what `reports` offers by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.orm import Session

from coachdesk.documents.connectors import connectors_sheet
from coachdesk.documents.person_reports import Chosen
from coachdesk.documents.referral_sheet import ReferralPaper, referral_sheet
from coachdesk.documents.style import Paper, Printed
from coachdesk.errors import Refusal
from coachdesk.participant import queries as participant_queries
from coachdesk.referral import queries, rules


def sheet_report(session: Session, printed: Printed, out: Path | BinaryIO, chosen: Chosen) -> Paper:
    """The sheet that goes with a person who was sent. Refusal for a draft, for what came in, or without a referral."""
    row = queries.referral(session, chosen.person) if chosen.person is not None else None
    if row is None:
        raise Refusal("A referral sheet is of one referral.", "Choose the referral. Nothing was printed.")
    if row.direction != rules.OUT or row.participant_id is None:
        raise Refusal("The sheet goes with somebody whom we send; this referral came in.", "Nothing was printed.")
    if row.state == rules.DRAFT or row.reply_code is None:
        raise Refusal("This referral is a draft: it has no code to answer by yet.", "Send it first. Nothing was printed.")
    detail = participant_queries.participant(session, row.participant_id)
    person = detail.person if detail is not None else None
    reach, needs = [], []
    if person is not None:
        reach.append(f"Best by {person.preferred_contact}." if person.preferred_contact else "")
        if person.is_safe_to_call is not None:
            reach.append("Safe to ring." if person.is_safe_to_call else "Do NOT ring.")
        reach.append("Leave NO message." if person.is_safe_to_leave_message is False else "")
        needs.append(f"Needs an interpreter{f' ({person.language})' if person.language else ''}." if person.needs_interpreter else "")
        needs.append(person.access_needs or "")
    paper = ReferralPaper(
        to_partner=row.partner,
        from_coach=row.coach,
        name=row.participant,
        reference=row.reference or "",
        phone="" if person is not None and person.is_safe_to_call is False else row.person_phone or "",
        reach=" ".join(part for part in reach if part),
        needs=" ".join(part for part in needs if part),
        need=row.need,
        return_condition=row.return_condition or "",
        sent_on=row.asked_on or row.made_on,
        answer_by=row.reply_due_on,
        code=row.reply_code,
    )
    return referral_sheet(paper, printed, out)


def connectors_report(session: Session, printed: Printed, out: Path | BinaryIO, chosen: Chosen) -> Paper:
    """Who holds our relationships, of a lot or of all."""
    return connectors_sheet(queries.holders(session, lot=chosen.lot), queries.relationships(session, lot=chosen.lot), printed, out)


REFERRAL_REPORTS: dict[str, Callable[[Session, Printed, Path | BinaryIO, Chosen], Paper]] = {
    "referral-sheet": sheet_report, "connectors": connectors_report}
