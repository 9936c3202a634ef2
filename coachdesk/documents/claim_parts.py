"""The rest of a claim's pack on paper: adjustments with their reasons, the index of evidence, the coaches' words, the receipt's hash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coachdesk.documents.claim_bands import BODY, LEFT, MONEY, RIGHT, SMALL, Band, clipped, head_of, heading, note, row_of
from coachdesk.documents.style import ALERT, HAIRLINE, INK, MUTED, Sheet, counted, day_short, pounds

_INDEX = "Evidence index"
_WORDS = "The coaches' sign-offs"


@dataclass(frozen=True)
class AdjustmentEntry:
    """A line that is not the month's own work, and why."""

    number: int
    reference: str
    milestone: str
    reason: str
    amount_pence: int


@dataclass(frozen=True)
class EvidenceEntry:
    """One proof and the line it stands for. `kept`: the kind of file and its size, or that it was seen and not kept."""

    number: int
    reference: str
    about: str
    proves: str
    obtained_on: date
    how: str
    dated: date | None
    kept: str
    state: str


@dataclass(frozen=True)
class WordEntry:
    """A coach's word for the month: what was said and when, and the counts of then and of now."""

    coach: str
    state: str
    signed_on: date | None
    then: str
    now: str


@dataclass(frozen=True)
class Parts:
    """What a pack has beyond the schedule. `bare`: numbers of lines without any proof. `receipt` and `previous`: hashes, or nothing."""

    adjustments: tuple[AdjustmentEntry, ...]
    evidence: tuple[EvidenceEntry, ...]
    bare: tuple[int, ...]
    words: tuple[WordEntry, ...]
    receipt: str = ""
    previous: str = ""


def adjustments(parts: Parts) -> list[Band]:
    """Lines that are late, corrected, given back or claimed again, by number, with their sum."""
    bands = [heading("Adjustments and late work", counted(len(parts.adjustments), "line"))]
    if not parts.adjustments:
        return [*bands, note("Every line is this month's own work.")]
    return [*bands, *(_adjustment(each) for each in parts.adjustments),
            note(f"Together {pounds(sum(each.amount_pence for each in parts.adjustments))}; each stands among the payable lines above.")]


def _adjustment(each: AdjustmentEntry) -> Band:
    band = row_of([(LEFT + 6, 30, str(each.number), True), (LEFT + 40, 62, each.reference, False), (LEFT + 108, 120, each.milestone, False),
                   (LEFT + 236, 210, each.reason, True)], "Adjustments and late work")

    def draw(sheet: Sheet, top: float) -> None:
        band.draw(sheet, top)
        sheet.write_right(MONEY, top - 11, pounds(each.amount_pence), BODY, ALERT if each.amount_pence < 0 else INK)
    return Band(band.height, draw, under=band.under)


def evidence_index(parts: Parts) -> list[Band]:
    """Every proof by the line that it stands for, and the lines that have none."""
    bands = [heading(_INDEX, counted(len(parts.evidence), "proof"))]
    if parts.evidence:
        bands.append(head_of(((LEFT + 6, "Line"), (LEFT + 34, "Reference"), (LEFT + 100, "Proves"), (LEFT + 188, "Of"),
                              (LEFT + 322, "Obtained"), (LEFT + 408, "How, and where it is"))))
    bands += [_proof(each) for each in parts.evidence]
    if parts.bare:
        many = ", ".join(str(number) for number in parts.bare)
        bands.append(note(f"No proof is kept here for {'line' if len(parts.bare) == 1 else 'lines'} {many}."))
    elif not parts.evidence:
        bands.append(note("No proof is kept here for this claim."))
    return bands


def _proof(each: EvidenceEntry) -> Band:
    obtained = day_short(each.obtained_on) + (f", dated {day_short(each.dated)}" if each.dated and each.dated != each.obtained_on else "")
    return row_of([(LEFT + 6, 26, str(each.number), True), (LEFT + 34, 62, each.reference, False), (LEFT + 100, 84, each.proves, False),
                   (LEFT + 188, 130, each.about or "the person", True), (LEFT + 322, 82, obtained, False),
                   (LEFT + 408, RIGHT - LEFT - 412, "; ".join(part for part in (each.how, each.kept, each.state) if part), True)], _INDEX)


def sign_offs(parts: Parts) -> list[Band]:
    """Each coach's word with the counts of then and of now."""
    bands = [heading(_WORDS, counted(len(parts.words), "coach", "coaches"))]
    if not parts.words:
        return [*bands, note("No coach served this lot in the month.")]
    bands.append(head_of(((LEFT + 6, "Coach"), (LEFT + 170, "Word"), (LEFT + 270, "Signed"), (LEFT + 345, "Then"), (LEFT + 440, "Now"))))
    return bands + [
        row_of([(LEFT + 6, 158, each.coach, False), (LEFT + 170, 94, each.state, False), (LEFT + 270, 70, day_short(each.signed_on), False),
                (LEFT + 345, 90, each.then, True), (LEFT + 440, 84, each.now, True)], _WORDS)
        for each in parts.words
    ]


def receipt_note(parts: Parts) -> list[Band]:
    """The hash of the receipt that goes with the pack, and of the one before."""
    if not parts.receipt:
        return [note("This is not a receipt: the claim has not been sent.")]
    rows: Sequence[tuple[str, str]] = (("Receipt, SHA-256", parts.receipt), ("Receipt before", parts.previous or "none: this is the first"))

    def draw(sheet: Sheet, top: float) -> None:
        for at, (label, words) in enumerate(rows):
            y = top - 14 - at * 12
            sheet.write(LEFT, y, label, SMALL, MUTED)
            sheet.write(LEFT + 84, y, clipped(words, SMALL, RIGHT - LEFT - 84), SMALL)
        sheet.rule(LEFT, RIGHT, top - 34, HAIRLINE, 0.4)
    return [Band(40, draw)]
