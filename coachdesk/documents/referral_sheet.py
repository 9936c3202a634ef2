"""The referral sheet: one page that goes with the person, with a short code by which the partner answers without any portal.

It holds what the partner needs to help and no more: name, how to reach the person safely, what help is asked for. The square code
(ISO/IEC 18004, level M) says the same as the letters under it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from reportlab.graphics.barcode.qr import QrCodeWidget

from coachdesk.clock import day_text
from coachdesk.documents import lettering
from coachdesk.documents.style import ACCENT, HAIRLINE, INK, MUTED, TINT, Paper, Printed, Sheet
from coachdesk.referral.rules import LETTERS

KEEPING = "Confidential: it goes with the person and to nobody else. Shred it when the referral has ended."
_LABEL, _SIZE, _LEADING = 130.0, 10.5, 14.5
_SQUARE = 92.0
_QUIET = 4                  # modules of white around the code, as the standard asks
_ON_THE_SHEET = {           # what follows the letter and the box, and whether there is room for words
    "seen": ("Seen. Our answer is still to come.", ""),
    "accepted": ("Accepted. We are taking this person on.", ""),
    "declined by the person": ("The person said no, because", "line"),
    "no place": ("We have no place, because", "line"),
    "not eligible": ("Not eligible with us, because", "line"),
    "parked": ("Parked until this holds, or look again on this day:", "line"),
    "helped": ("Done, and it helped.", "short"),
    "not helped": ("Done, but it did not help, because", "line"),
    "handed back": ("We hand the person back, because", "line"),
    "ready to return": ("What had to hold holds now: the person may come back to you.", ""),
}


@dataclass(frozen=True)
class ReferralPaper:
    """What stands on the sheet. reach: how to reach the person safely, a sentence or two; needs: interpreter, access and the like.

    coach_reach: where the answer goes, telephone or e-mail; where it is not known, a line is left to write it by hand.
    """

    to_partner: str
    from_coach: str
    name: str
    reference: str
    phone: str
    reach: str
    needs: str
    need: str
    return_condition: str
    sent_on: date
    answer_by: date
    code: str
    coach_reach: str = ""


def referral_sheet(paper: ReferralPaper, printed: Printed, out: Path | BinaryIO) -> Paper:
    """Print the sheet, one page. Trouble if `out` cannot be written."""
    lettering.register()
    subtitle = " · ".join(part for part in (printed.programme, printed.lot) if part)
    sheet = Sheet(f"Referral to {paper.to_partner}", subtitle, printed, 1, keeping=KEEPING)
    sheet.begin()
    y = _about(sheet, paper)
    _answer(sheet, paper, y - 16)
    return sheet.finish(out)


def _about(sheet: Sheet, paper: ReferralPaper) -> float:
    spelt, warning = lettering.spell(paper.name, paper.reference)
    sheet.warn(warning)
    y = sheet.top - 20
    sheet.write(sheet.left, y, lettering.shorten(spelt, 18, sheet.right - sheet.left), 18, INK, bold=True)
    y -= 24
    rows: list[tuple[str, str, int]] = [
        ("Our reference", paper.reference, 1),
        ("Telephone", paper.phone or "not given", 1),
        ("How to reach them", paper.reach, 3),
        ("Please know", paper.needs, 3),
        ("What help is asked for", paper.need, 8),
        ("Comes back to us when", paper.return_condition, 3),
        ("Sent by", f"{paper.from_coach} on {day_text(paper.sent_on)}", 1),
        ("Please answer by", day_text(paper.answer_by), 1),
    ]
    for label, text, most in rows:
        if text:
            sheet.write(sheet.left, y, label, _SIZE, MUTED)
            strong = label in ("What help is asked for", "Please answer by")
            lines = lettering.wrap(lettering.printable(text), _SIZE, sheet.right - sheet.left - _LABEL, most)
            y = sheet.paragraph(sheet.left + _LABEL, y, lines, _SIZE, INK, leading=_LEADING, bold=strong) - 5
    return y


def _answer(sheet: Sheet, paper: ReferralPaper, top: float) -> None:
    """The part that comes back: code, square, and a box for every answer with its letter."""
    sheet.rule(sheet.left, sheet.right, top, ACCENT, 0.9)
    y = top - 22
    sheet.write(sheet.left, y, "Your answer", 14, ACCENT, bold=True)
    where = f"{paper.from_coach}, {paper.coach_reach or '_' * 30}"
    how = (f"Ring, write or hand this back to {where}: say the code and the letter, that is all. "
           "There is no website and no account. If you say nothing, we shall ask.")
    y = sheet.paragraph(sheet.left, y - 17, lettering.wrap(lettering.printable(how), 9.5, sheet.right - sheet.left - _SQUARE - 150, 4), 9.5,
                        INK, leading=13)
    code_left = sheet.right - _SQUARE - 126
    sheet.box(code_left - 10, top - 92, 126, 62, fill=TINT)
    sheet.write(code_left, top - 46, "Code", 9, MUTED)
    sheet.write(code_left, top - 74, paper.code, 20, INK, bold=True)
    _square(sheet, f"CoachDesk referral {paper.code}", sheet.right - _SQUARE, top - 8 - _SQUARE, _SQUARE)
    y = min(y, top - 8 - _SQUARE) - 14
    for letter, answer in LETTERS.items():
        words, room = _ON_THE_SHEET[answer]
        sheet.write(sheet.left, y, letter, 11, ACCENT, bold=True)
        sheet.box(sheet.left + 18, y - 2.5, 11, 11, line=INK)
        sheet.write(sheet.left + 38, y, words, _SIZE, INK)
        if room:
            begin = sheet.left + 38 + lettering.width(words, _SIZE) + 8
            sheet.rule(begin, sheet.right, y - 2, HAIRLINE, 0.8)
        y -= 23
    sheet.write(sheet.left, y - 10, "Name", _SIZE, MUTED)
    sheet.rule(sheet.left + 36, sheet.left + 280, y - 12, HAIRLINE, 0.8)
    sheet.write(sheet.left + 296, y - 10, "Day", _SIZE, MUTED)
    sheet.rule(sheet.left + 322, sheet.right, y - 12, HAIRLINE, 0.8)


def _square(sheet: Sheet, text: str, x: float, y: float, size: float) -> None:
    """A square code with its quiet zone, its lower left corner at (x, y)."""
    modules = square_of(text)
    step = size / (len(modules) + 2 * _QUIET)
    for number, row in enumerate(modules):
        high = y + size - (number + 1 + _QUIET) * step
        for begin, length in _dark_runs(row):
            sheet.box(x + (begin + _QUIET) * step, high, length * step, step, fill=INK)


def square_of(text: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of a square code, row by row from the top; True is dark."""
    code = QrCodeWidget(text, barLevel="M").qr
    code.make()
    count = code.getModuleCount()
    return tuple(tuple(bool(code.isDark(row, column)) for column in range(count)) for row in range(count))


def _dark_runs(row: Sequence[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for at, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == at:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((at, 1))
    return runs
