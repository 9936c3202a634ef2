"""The claim schedule: every payable line by milestone, the floor's two figures and which won, what is not paid and why, sign-off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO

from coachdesk.documents import lettering
from coachdesk.documents.claim_bands import BODY, EARNED, LEFT, MONEY, RIGHT, SMALL, WHAT, Band, clipped, heading, note, wrapped
from coachdesk.documents.claim_parts import Parts, adjustments, evidence_index, receipt_note, sign_offs
from coachdesk.documents.style import (
    ACCENT,
    ALERT,
    FOOTER,
    HAIRLINE,
    HEADER,
    INK,
    MARGIN,
    MUTED,
    NOTICE,
    PORTRAIT,
    TINT,
    Paper,
    Printed,
    Sheet,
    counted,
    day_short,
    month_shown,
    paginate,
    pounds,
)
from coachdesk.errors import Refusal

__all__ = ["FloorBlock", "Paper", "Printed", "Schedule", "ScheduleLine", "UnpaidLine", "claim_schedule"]

_NOT_PAID = "Not payable, and why"
_STANDINGS = ("this month", "waiting", "too late")


@dataclass(frozen=True)
class ScheduleLine:
    """One payable line. `earned` is a month (`YYYY-MM`) or a day in words; `rule` and `clause` say why it is payable.

    `reason` may be empty.
    """

    id: str
    reference: str
    milestone: str
    what: str
    earned: str
    rule: str
    clause: str
    amount_pence: int
    reason: str
    number: int = 0


@dataclass(frozen=True)
class UnpaidLine:
    """Something done that is not claimed, and why. `standing` is "this month", "waiting" or "too late"."""

    reference: str
    on: date
    what: str
    reason: str
    standing: str = "this month"


@dataclass(frozen=True)
class FloorBlock:
    """The floor rule for the month. Months are `YYYY-MM`; `won` is "actual" or "floor"; `arithmetic` shows how the floor came about."""

    base_from: str
    base_to: str
    divisor: int
    base_total_pence: int
    floor_pence: int
    top_up_pence: int
    won: str
    clause: str
    arithmetic: str


@dataclass(frozen=True)
class Schedule:
    """One lot's claim for one month. Amounts are pence; `month` is `YYYY-MM`; `number` is None until it has one.

    `terms` names the contract's terms.
    """

    lot: str
    month: str
    status: str
    number: int | None
    lines: tuple[ScheduleLine, ...]
    unpaid: tuple[UnpaidLine, ...]
    actual_pence: int
    floor: FloorBlock | None
    payable_pence: int
    provider: str
    terms: str
    parts: Parts | None = None


def claim_schedule(schedule: Schedule, printed: Printed, out: Path | BinaryIO) -> Paper:
    """Print the schedule, A4 portrait.

    Refusal if lines, floor and payable do not add up; nothing is written then. Trouble if `out` cannot be written.
    """
    _reconcile(schedule)
    lettering.register()
    room = PORTRAIT[1] - 2 * MARGIN - HEADER - FOOTER
    bands: list[Band] = []
    pages: list[range] = []
    for section in _sections(schedule):
        own = paginate([band.height for band in section], [band.keep for band in section], room, room)
        pages += [range(page.start + len(bands), page.stop + len(bands)) for page in own]
        bands += section
    number = f"Claim {schedule.number}" if schedule.number is not None else "No claim number yet"
    subtitle = " · ".join([printed.programme, schedule.lot, month_shown(schedule.month), number])
    sheet = Sheet("Claim schedule", subtitle, printed, len(pages), size=PORTRAIT)
    sheet.check(schedule.provider, schedule.terms, schedule.status, *(f"{line.what} {line.reason}" for line in schedule.unpaid),
                *(" ".join((line.milestone, line.what, line.earned, line.rule, line.clause, line.reason)) for line in schedule.lines))
    if schedule.parts is not None:
        sheet.check(*(each.about for each in schedule.parts.evidence), *(each.coach for each in schedule.parts.words))
    for page in pages:
        sheet.begin()
        top = sheet.top
        if page.start < len(bands) and bands[page.start].under:
            sheet.write(LEFT + 6, top + 3.5, clipped(f"{bands[page.start].under}, continued", SMALL, 360), SMALL, ACCENT, bold=True)
        for band in bands[page.start:page.stop]:
            band.draw(sheet, top)
            top -= band.height
    return sheet.finish(out)


def _sections(schedule: Schedule) -> list[list[Band]]:
    """The schedule; in a pack also the index of evidence, and the sign-offs on a page of their own."""
    own = [*_summary(schedule), *_payable(schedule)]
    parts = schedule.parts
    if parts is None:
        return [[*own, *_floor(schedule), *_unpaid(schedule), _sign_off(schedule)]]
    return [
        [*own, *adjustments(parts), *_floor(schedule), *_unpaid(schedule), *evidence_index(parts)],
        [*sign_offs(parts), _sign_off(schedule), *receipt_note(parts)],
    ]


def _reconcile(schedule: Schedule) -> None:
    """Refuse a schedule whose own figures contradict each other."""
    total = sum(line.amount_pence for line in schedule.lines)
    top_up = schedule.floor.top_up_pence if schedule.floor else 0
    for what, said, found in (("actual claim", schedule.actual_pence, total), ("payable sum", schedule.payable_pence, total + top_up)):
        if said != found:
            raise Refusal(f"The {what} is given as {pounds(said)}, but the lines come to {pounds(found)}. Nothing was printed.",
                          "Open the claim again, then print it again.")
    if schedule.floor and schedule.floor.won not in ("actual", "floor"):
        raise Refusal("The claim does not say whether the actual claim or the floor won. Nothing was printed.",
                      "Draft the claim again, then print it.")


def _summary(schedule: Schedule) -> list[Band]:
    """Who claims what: provider, terms, status and the three figures."""
    top_up = schedule.floor.top_up_pence if schedule.floor else 0
    figures = [("Actual claim", schedule.actual_pence), ("Floor top-up", top_up), ("Payable", schedule.payable_pence)]
    facts = [("Lead provider", schedule.provider), ("Terms", schedule.terms), ("Status", schedule.status)]
    wide = (RIGHT - LEFT) / 3
    extra = 11.0 * (max(len(wrapped(words, 9, wide - 12, 3)) for _, words in facts) - 1)

    def draw(sheet: Sheet, top: float) -> None:
        for number, (label, words) in enumerate(facts):
            x = LEFT + number * wide
            sheet.write(x, top - 8, label, SMALL, MUTED)
            draft = label == "Status" and words.casefold().startswith("draft")
            sheet.paragraph(x, top - 19, wrapped(words, 9, wide - 12, 3), 9, NOTICE if draft else INK, bold=draft, leading=11)
        top -= extra
        sheet.box(LEFT, top - 68, wide * 3, 40, fill=TINT)
        for number, (label, pence) in enumerate(figures):
            x = LEFT + number * wide + 10
            sheet.write(x, top - 48, pounds(pence), 15, ACCENT if label == "Payable" else INK, bold=True)
            sheet.write(x, top - 61, label, SMALL, MUTED)
    return [Band(76 + extra, draw)]


def _payable(schedule: Schedule) -> list[Band]:
    """Lines grouped by milestone in the order in which milestones first appear, each with its subtotal."""
    groups: dict[str, list[ScheduleLine]] = {}
    for line in schedule.lines:
        groups.setdefault(line.milestone, []).append(line)
    bands = [heading("Payable lines", counted(len(schedule.lines), "line"))]
    if not groups:
        return [*bands, note("No line is payable for this month.")]
    for milestone, lines in groups.items():
        bands.append(_group_head(milestone))
        bands += [_line(line, keep=line is lines[-1]) for line in lines]
        bands.append(_sum(f"Subtotal: {milestone} ({counted(len(lines), 'line')})", sum(line.amount_pence for line in lines)))
    return [*bands, _sum("Actual claim: all lines", schedule.actual_pence, strong=True)]


def _group_head(milestone: str) -> Band:
    def draw(sheet: Sheet, top: float) -> None:
        sheet.box(LEFT, top - 16, RIGHT - LEFT, 14, fill=TINT)
        sheet.write(LEFT + 6, top - 12, clipped(milestone, BODY, 300), BODY, ACCENT, bold=True)
        sheet.write(EARNED, top - 12, "Earned", SMALL, MUTED)
        sheet.write_right(MONEY, top - 12, "Amount", SMALL, MUTED)
    return Band(18, draw, keep=True)


def _line(line: ScheduleLine, *, keep: bool) -> Band:
    """One payable line: person, what, when and how much; under it rule, clause, reason and the line's id."""
    what = wrapped(line.what, BODY, EARNED - WHAT - 8, 2)
    named = f"line {line.number}: {line.id}" if line.number else f"line {line.id}"
    under = " · ".join(part for part in (line.rule, line.clause, line.reason, named) if part)
    why = wrapped(under, SMALL, MONEY - WHAT - 70, 3)
    height = 7 + len(what) * 11 + len(why) * 9.8

    def draw(sheet: Sheet, top: float) -> None:
        base = top - 11
        sheet.write(LEFT + 6, base, clipped(line.reference, BODY, 58), BODY)
        sheet.write(EARNED, base, clipped(month_shown(line.earned), BODY, 78), BODY)
        sheet.write_right(MONEY, base, pounds(line.amount_pence), BODY, ALERT if line.amount_pence < 0 else INK)
        after = sheet.paragraph(WHAT, base, what, BODY, leading=11)
        sheet.paragraph(WHAT, after + 0.6, why, SMALL, MUTED, leading=9.8)
        sheet.rule(LEFT, RIGHT, top - height, HAIRLINE, 0.4)
    return Band(height, draw, keep, line.milestone)


def _sum(label: str, pence: int, *, strong: bool = False) -> Band:
    def draw(sheet: Sheet, top: float) -> None:
        if strong:
            sheet.rule(LEFT, RIGHT, top - 2, ACCENT, 0.9)
        size = 10.0 if strong else BODY
        sheet.write(LEFT + 6, top - 13, clipped(label, size, 400), size, bold=True)
        sheet.write_right(MONEY, top - 13, pounds(pence), size, bold=True)
    return Band(24 if strong else 21, draw)


def _floor(schedule: Schedule) -> list[Band]:
    """Both figures, which won, and the arithmetic."""
    floor = schedule.floor
    if floor is None:
        return [heading("Floor"), note("No floor rule is in force for this month. The actual claim is payable.")]
    won_floor = floor.won == "floor"
    window = f"{month_shown(floor.base_from)} to {month_shown(floor.base_to)}"
    sentence = (f"The floor is larger: {pounds(floor.top_up_pence)} is added to the actual claim." if won_floor
                else "The actual claim is as large as the floor or larger: nothing is added.")
    sums = f"Base months {window}: {pounds(floor.base_total_pence)} ÷ {floor.divisor} = {pounds(floor.floor_pence)}."
    half = (RIGHT - LEFT - 12) / 2

    def draw(sheet: Sheet, top: float) -> None:
        figures = (("Actual claim", schedule.actual_pence, not won_floor), ("Floor", floor.floor_pence, won_floor))
        for number, (label, pence, won) in enumerate(figures):
            x = LEFT + number * (half + 12)
            sheet.box(x, top - 44, half, 40, fill=TINT if won else None, line=ACCENT if won else HAIRLINE)
            sheet.write(x + 10, top - 24, pounds(pence), 14, INK, bold=won)
            sheet.write(x + 10, top - 37, label, SMALL, MUTED)
            if won:
                sheet.write_right(x + half - 10, top - 24, "This figure counts", SMALL, ACCENT, bold=True)
    words = [sentence, sums, *([floor.arithmetic] if floor.arithmetic else [])]
    return [heading("Floor", floor.clause), Band(50, draw, keep=True), *(note(text) for text in words),
            _sum("Payable", schedule.payable_pence, strong=True)]


def _unpaid(schedule: Schedule) -> list[Band]:
    """What was done and is not claimed, each with its reason in full: the month's own, then what waits, then what came too late."""
    own, waiting, late = ([line for line in schedule.unpaid if line.standing == standing] for standing in _STANDINGS)
    counts = [f"{counted(len(own), 'item')} of this month", *([f"{len(waiting):,} waiting"] if waiting else []),
              *([f"{len(late):,} too late"] if late else [])]
    bands = [heading(_NOT_PAID, ", ".join(counts)), *([] if own else [note("Nothing of this month was left out.")])]
    for lines, words in ((own, ""), (waiting, "Waiting: from earlier months or on its way, payable once nothing is missing."),
                         (late, "Too late to be paid:")):
        bands += [replace(note(words), keep=True)] if lines and words else []
        bands += [_unpaid_line(line) for line in lines]
    return bands


def _unpaid_line(line: UnpaidLine) -> Band:
    what = wrapped(line.what, BODY, 132, 3)
    why = wrapped(line.reason, BODY, RIGHT - WHAT - 206, 6)
    height = 6 + max(len(what), len(why)) * 11

    def draw(sheet: Sheet, top: float) -> None:
        base = top - 11
        sheet.write(LEFT + 6, base, clipped(line.reference, BODY, 58), BODY)
        sheet.write(WHAT, base, day_short(line.on), BODY)
        sheet.paragraph(WHAT + 60, base, what, BODY, leading=11)
        sheet.paragraph(WHAT + 200, base, why, BODY, MUTED, leading=11)
        sheet.rule(LEFT, RIGHT, top - height, HAIRLINE, 0.4)
    return Band(height, draw, under=_NOT_PAID)


def _sign_off(schedule: Schedule) -> Band:
    """Boxes for the lead provider's name, role, signature and date."""
    boxes: Sequence[tuple[str, float]] = (("Name", 0.3), ("Role", 0.2), ("Signature", 0.32), ("Date", 0.18))

    def draw(sheet: Sheet, top: float) -> None:
        sheet.write(LEFT, top - 26, "Sign-off by the lead provider", 11, ACCENT, bold=True)
        words = f"For {schedule.provider}: the lines above agree with our records, and the evidence is held."
        sheet.write(LEFT, top - 40, clipped(words, BODY, RIGHT - LEFT), BODY, MUTED)
        x = LEFT
        for label, share in boxes:
            wide = (RIGHT - LEFT) * share
            sheet.box(x, top - 88, wide, 40, line=MUTED)
            sheet.write(x + 5, top - 57, label, SMALL, MUTED)
            x += wide
    return Band(92, draw)
