"""A receipt from its file: proved against what is here, or, where its claim is not known, taken in, so that nothing is claimed twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from coachdesk.claim import queries
from coachdesk.claim.actions.gate import only_lead
from coachdesk.claim.actions.months import discard
from coachdesk.claim.queries import feed, plain
from coachdesk.claim.record import Claim, Line
from coachdesk.claim.rules import receipts
from coachdesk.clock import month_from_text, month_words
from coachdesk.errors import Refusal
from coachdesk.participant.record import Participant
from coachdesk.programme import queries as programme
from coachdesk.store.session import retell

AGREES, LOADED = "agrees", "loaded"


@dataclass(frozen=True, slots=True)
class Told:
    """What a receipt's file came to: `state` agrees (the claim is here, and the same) or loaded (it was taken in)."""

    state: str
    claim_id: UUID
    lot: str
    month: int
    number: int
    sha256: str


def load_receipt(session: Session, content: bytes) -> Told:
    """Proves the file of a receipt; a claim that is not known here is taken in as sent, with its lines.

    Refusal for anybody but a lead, for a file that is none or was changed, one of another lot, one that contradicts what was sent from
    here, or one whose receipt before is not here.
    """
    only_lead(session, "load a receipt")
    found = receipts.read(content)
    lot = _lot(session, found)
    number, month, id = found["number"], _month(found["month"]), _uuid(found["claim_id"])
    told = Told(LOADED, id, found["lot"], month, number, found["sha256"])
    kept = session.execute(sa.select(Claim).where(Claim.lot_id == lot)).scalars().all()
    sent = [claim for claim in kept if claim.status in queries.GONE_OUT]
    same = next((claim for claim in sent if claim.number == number or claim.id == id), None)
    if same is not None:
        if queries.receipt(session, same.id)["sha256"] != found["sha256"]:
            raise Refusal(f"Receipt no. {number} for {month_words(month)} is another one than the claim that went out from here.",
                          "Ask the commissioner which of the two they hold before anything else is sent. Nothing was changed.")
        return Told(AGREES, same.id, told.lot, month, number, told.sha256)
    last = queries.last_sent(session, lot)
    _check_chain(session, found, last)
    if _is_our_draft(session, found, next((claim for claim in kept if claim.id == id), None)):
        return told
    for claim in kept:
        if claim.status == queries.DRAFT and (claim.id == id or claim.month == month):
            discard(session, claim)
    _take_in(session, found, lot, last, month, id)
    return told


def _lot(session: Session, found: dict[str, Any]) -> UUID:
    names = programme.lot_names(session)
    lot = _uuid(found["lot_id"])
    if lot not in names:
        raise Refusal("This receipt is of a lot that is not in this programme.", "Choose a receipt of your own. Nothing was changed.")
    return lot


def _check_chain(session: Session, found: dict[str, Any], last: Claim | None) -> None:
    """Refusal unless a receipt follows the last one known here."""
    ours, before = (last.number if last else 0), found["previous"]
    if found["number"] > ours + 1:
        raise Refusal(f"Receipt no. {found['number']} follows no. {found['number'] - 1}, which is not known here.",
                      f"Load no. {ours + 1} first. Nothing was changed.")
    known = queries.receipt(session, last.id)["sha256"] if last else None
    if found["number"] != ours + 1 or (before["sha256"] if before else None) != known:
        raise Refusal(f"Receipt no. {found['number']} does not follow what went out from here.",
                      "Ask the commissioner which receipts they hold before anything else is sent. Nothing was changed.")
    if last is not None and _month(found["month"]) <= last.month:
        raise Refusal(f"Receipt no. {found['number']} is of {month_words(_month(found['month']))}, and {month_words(last.month)} went out.",
                      "Check which file this is. Nothing was changed.")


def _is_our_draft(session: Session, found: dict[str, Any], claim: Claim | None) -> bool:
    """Whether what went out is a draft that stands here, only without word that it was sent; it is then sent here too, and stays whole."""
    if claim is None or claim.status != queries.DRAFT:
        return False
    try:
        day = date.fromisoformat(found["sent_on"])
    except ValueError:
        return False
    made = queries.receipt_document(session, claim, day)
    if made["sha256"] != found["sha256"]:
        return False
    claim.status, claim.sent_on, claim.receipt = queries.SENT, day, made["sha256"]
    claim.previous_receipt = made["previous"]["sha256"] if made["previous"] else None
    return True


def _take_in(session: Session, found: dict[str, Any], lot: UUID, last: Claim | None, month: int, id: UUID) -> None:
    basis = {"terms": plain.out(feed.terms(session)), "changed": [], "gone": [], "people": [], "from_receipt": True}
    try:
        drafted, on = datetime.fromisoformat(found["drafted_at"]), date.fromisoformat(found["sent_on"])
    except ValueError:
        raise Refusal("This receipt has a day that cannot be read.", "Ask for the file as it was sent. Nothing was changed.") from None
    # the claim itself may arrive later, by sync, and is fuller
    retell(session, [id, *(_uuid(line["id"]) for line in found["lines"])], "basis", "unpaid", "deeds")
    session.add(Claim(
        id=id, lot_id=lot, month=month, number=found["number"], previous_id=last.id if last else None, status=queries.SENT,
        drafted_at=drafted, sent_on=on, actual_pence=found["actual_pence"], payable_pence=found["payable_pence"], floor=found["floor"],
        unpaid={"items": [], "waiting": []}, basis=basis, receipt=found["sha256"],
        previous_receipt=found["previous"]["sha256"] if found["previous"] else None,
    ))
    here = _people_here(session, found["lines"])
    for line in found["lines"]:
        person = line["participant"]
        session.add(Line(
            id=_uuid(line["id"]), claim_id=id, claimable=line["claimable"], milestone=line["milestone"], title=line["title"],
            subject=line["subject"], participant_id=here.get(person) if person else None, earned_month=_month(line["earned"]),
            amount_pence=line["amount_pence"], value_pence=line["value_pence"], taken_pence=line["taken_pence"],
            deeds={"ids": [str(each) for each in line["activities"]], "deeds": [], "person": None}, rule=line["rule"],
            clause=line["clause"], arithmetic=line["arithmetic"], reason=line["reason"],
        ))


def _people_here(session: Session, lines: list[dict[str, Any]]) -> dict[str, UUID]:
    """The people named. Refusal where one is not known here: the receipt could not be written again to the letter."""
    wanted = {line["participant"] for line in lines if line["participant"]}
    found = {str(id): id for id in session.execute(sa.select(Participant.id)).scalars() if str(id) in wanted}
    if missing := wanted - found.keys():
        raise Refusal(f"{len(missing)} of the people in this receipt are not on this computer yet.",
                      "Sync first, then load it again. Nothing was changed.")
    return found


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except (ValueError, AttributeError):
        raise Refusal("This receipt has an id that cannot be read.", "Ask for the file as it was sent. Nothing was changed.") from None


def _month(text: str) -> int:
    try:
        return month_from_text(text)
    except ValueError:
        raise Refusal("This receipt has a month that cannot be read.", "Ask for the file as it was sent. Nothing was changed.") from None
