"""The verbs of a referral on its page: letter, words on the button, and when each can be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from coachdesk.referral import rules
from coachdesk.referral.queries import ReferralRow


class Deed(NamedTuple):
    """One verb. status: the state after the move, where it is one."""

    letter: str
    words: str
    can: Callable[[ReferralRow], bool]
    status: str = ""


def _moves(status: str) -> Callable[[ReferralRow], bool]:
    return lambda row: rules.may_move(row.state, status, is_disputed=row.is_disputed)


def _move(letter: str, words: str, status: str) -> Deed:
    return Deed(letter, words, _moves(status), status)


def is_out(row: ReferralRow) -> bool:
    """Somebody of ours who was sent: there is a sheet with a code."""
    return row.direction == rules.OUT and row.reply_code is not None


def _can_write(row: ReferralRow) -> bool:
    return is_out(row) and row.state in rules.OPEN and row.state != rules.DRAFT


def _can_visit(row: ReferralRow) -> bool:
    return row.direction == rules.OUT and row.state in rules.OPEN and row.state != rules.DRAFT


def _comes_home(row: ReferralRow) -> bool:
    return row.direction == rules.OUT and row.state in (rules.ACCEPTED, rules.PARKED, rules.READY)


HOME, SHEET, FILED, EMAIL, VISIT, REGISTER, PERSON = "H", "F", "L", "E", "K", "R", "O"
DEEDS = (
    _move("X", "Send the draft (X)", rules.SENT),
    _move("S", "Seen… (S)", rules.SEEN),
    _move("A", "Accepted (A)", rules.ACCEPTED),
    _move("D", "Declined… (D)", rules.DECLINED),
    _move("P", "Parked… (P)", rules.PARKED),
    _move("M", "Condition met… (M)", rules.READY),
    Deed(HOME, "Comes home… (H)", _comes_home),
    _move("C", "Completed… (C)", rules.COMPLETED),
    _move("B", "Handed back… (B)", rules.HANDED_BACK),
    _move("W", "Withdrawn… (W)", rules.WITHDRAWN),
    _move("G", "Open again… (G)", rules.REOPENED),
    Deed(SHEET, "Print the sheet… (F)", is_out),
    Deed(FILED, "Filed sheet (L)", is_out),
    Deed(EMAIL, "E-mail draft… (E)", _can_write),
    Deed(VISIT, "Appointment… (K)", _can_visit),
    Deed(REGISTER, "Register… (R)", lambda row: row.participant_id is None),
    Deed(PERSON, "Open the person (O)", lambda row: row.participant_id is not None),
)
