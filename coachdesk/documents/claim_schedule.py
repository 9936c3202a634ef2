"""The claim schedule: every payable line by milestone, the floor's two figures and which won, what is not paid and why, sign-off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from coachdesk.documents import lettering
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

_LEFT, _RIGHT = MARGIN, PORTRAIT[0] - MARGIN
_WHAT, _EARNED, _MONEY = _LEFT + 68, _RIGHT - 152, _RIGHT - 6
_SMALL, _BODY = 7.4, 8.6
_NOT_PAID = "Not payable, and why"


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


@dataclass(frozen=True)
class UnpaidLine:
    """Something done that is not claimed, and why."""

    reference: str
    on: date
    what: str
    reason: str


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


@dataclass(frozen=True)
class _Band:
    """A strip of the page: how tall, how to draw it from its upper edge, whether it must not end a page, and the heading it stands under
    (said again where a page begins with it)."""

    height: float
    draw: Callable[[Sheet, float], None]
    keep: bool = False
    under: str = ""


def claim_schedule(schedule: Schedule, printed: Printed, out: Path | BinaryIO) -> Paper:
    """Print the schedule, A4 portrait.

    Refusal if lines, floor and payable do not add up; nothing is written then. Trouble if `out` cannot be written.
    """
    _reconcile(schedule)
    lettering.register()
    bands = [*_summary(schedule), *_payable(schedule), *_floor(schedule), *_unpaid(schedule), _sign_off(schedule)]
    room = PORTRAIT[1] - 2 * MARGIN - HEADER - FOOTER
    pages = paginate([band.height for band in bands], [band.keep for band in bands], room, room)
    number = f"Claim {schedule.number}" if schedule.number is not None else "No claim number yet"
    subtitle = " · ".join([printed.programme, schedule.lot, month_shown(schedule.month), number])
    sheet = Sheet("Claim schedule", subtitle, printed, len(pages), size=PORTRAIT)
    sheet.check(schedule.provider, schedule.terms, schedule.status, *(f"{line.what} {line.reason}" for line in schedule.unpaid),
                *(" ".join((line.milestone, line.what, line.earned, line.rule, line.clause, line.reason)) for line in schedule.lines))
    for page in pages:
        sheet.begin()
        top = sheet.top
        if page.start < len(bands) and bands[page.start].under:
            sheet.write(_LEFT + 6, top + 3.5, _clipped(f"{bands[page.start].under}, continued", _SMALL, 360), _SMALL, ACCENT, bold=True)
        for band in bands[page.start:page.stop]:
            band.draw(sheet, top)
            top -= band.height
    return sheet.finish(out)


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


def _clipped(text: str, size: float, room: float) -> str:
    return lettering.shorten(lettering.printable(text), size, room)


def _wrapped(text: str, size: float, room: float, lines: int) -> tuple[str, ...]:
    return lettering.wrap(lettering.printable(text), size, room, lines)


def _heading(text: str, aside: str = "") -> _Band:
    """A section's heading with an aside at its right."""
    def draw(sheet: Sheet, top: float) -> None:
        sheet.write(_LEFT, top - 18, _clipped(text, 11, 360), 11, ACCENT, bold=True)
        sheet.write_right(_RIGHT, top - 18, aside, _SMALL, MUTED)
        sheet.rule(_LEFT, _RIGHT, top - 23, ACCENT, 0.6)
    return _Band(27, draw, keep=True)


def _note(text: str, size: float = _BODY) -> _Band:
    """Words across the page, as many lines as they need."""
    lines = _wrapped(text, size, _RIGHT - _LEFT, 12)

    def draw(sheet: Sheet, top: float) -> None:
        sheet.paragraph(_LEFT, top - size - 2, lines, size, MUTED)
    return _Band(len(lines) * size * 1.35 + 5, draw)


def _summary(schedule: Schedule) -> list[_Band]:
    """Who claims what: provider, terms, status and the three figures."""
    top_up = schedule.floor.top_up_pence if schedule.floor else 0
    figures = [("Actual claim", schedule.actual_pence), ("Floor top-up", top_up), ("Payable", schedule.payable_pence)]
    facts = [("Lead provider", schedule.provider), ("Terms", schedule.terms), ("Status", schedule.status)]
    wide = (_RIGHT - _LEFT) / 3
    extra = 11.0 * (max(len(_wrapped(words, 9, wide - 12, 3)) for _, words in facts) - 1)

    def draw(sheet: Sheet, top: float) -> None:
        for number, (label, words) in enumerate(facts):
            x = _LEFT + number * wide
            sheet.write(x, top - 8, label, _SMALL, MUTED)
            draft = label == "Status" and words.casefold().startswith("draft")
            sheet.paragraph(x, top - 19, _wrapped(words, 9, wide - 12, 3), 9, NOTICE if draft else INK, bold=draft, leading=11)
        top -= extra
        sheet.box(_LEFT, top - 68, wide * 3, 40, fill=TINT)
        for number, (label, pence) in enumerate(figures):
            x = _LEFT + number * wide + 10
            sheet.write(x, top - 48, pounds(pence), 15, ACCENT if label == "Payable" else INK, bold=True)
            sheet.write(x, top - 61, label, _SMALL, MUTED)
    return [_Band(76 + extra, draw)]


def _payable(schedule: Schedule) -> list[_Band]:
    """Lines grouped by milestone in the order in which milestones first appear, each with its subtotal."""
    groups: dict[str, list[ScheduleLine]] = {}
    for line in schedule.lines:
        groups.setdefault(line.milestone, []).append(line)
    bands = [_heading("Payable lines", counted(len(schedule.lines), "line"))]
    if not groups:
        return [*bands, _note("No line is payable for this month.")]
    for milestone, lines in groups.items():
        bands.append(_group_head(milestone))
        bands += [_line(line, keep=line is lines[-1]) for line in lines]
        bands.append(_sum(f"Subtotal: {milestone} ({counted(len(lines), 'line')})", sum(line.amount_pence for line in lines)))
    return [*bands, _sum("Actual claim: all lines", schedule.actual_pence, strong=True)]


def _group_head(milestone: str) -> _Band:
    def draw(sheet: Sheet, top: float) -> None:
        sheet.box(_LEFT, top - 16, _RIGHT - _LEFT, 14, fill=TINT)
        sheet.write(_LEFT + 6, top - 12, _clipped(milestone, _BODY, 300), _BODY, ACCENT, bold=True)
        sheet.write(_EARNED, top - 12, "Earned", _SMALL, MUTED)
        sheet.write_right(_MONEY, top - 12, "Amount", _SMALL, MUTED)
    return _Band(18, draw, keep=True)


def _line(line: ScheduleLine, *, keep: bool) -> _Band:
    """One payable line: person, what, when and how much; under it rule, clause, reason and the line's id."""
    what = _wrapped(line.what, _BODY, _EARNED - _WHAT - 8, 2)
    under = " · ".join(part for part in (line.rule, line.clause, line.reason, f"line {line.id}") if part)
    why = _wrapped(under, _SMALL, _MONEY - _WHAT - 70, 3)
    height = 7 + len(what) * 11 + len(why) * 9.8

    def draw(sheet: Sheet, top: float) -> None:
        base = top - 11
        sheet.write(_LEFT + 6, base, _clipped(line.reference, _BODY, 58), _BODY)
        sheet.write(_EARNED, base, _clipped(month_shown(line.earned), _BODY, 78), _BODY)
        sheet.write_right(_MONEY, base, pounds(line.amount_pence), _BODY, ALERT if line.amount_pence < 0 else INK)
        after = sheet.paragraph(_WHAT, base, what, _BODY, leading=11)
        sheet.paragraph(_WHAT, after + 0.6, why, _SMALL, MUTED, leading=9.8)
        sheet.rule(_LEFT, _RIGHT, top - height, HAIRLINE, 0.4)
    return _Band(height, draw, keep, line.milestone)


def _sum(label: str, pence: int, *, strong: bool = False) -> _Band:
    def draw(sheet: Sheet, top: float) -> None:
        if strong:
            sheet.rule(_LEFT, _RIGHT, top - 2, ACCENT, 0.9)
        size = 10.0 if strong else _BODY
        sheet.write(_LEFT + 6, top - 13, _clipped(label, size, 400), size, bold=True)
        sheet.write_right(_MONEY, top - 13, pounds(pence), size, bold=True)
    return _Band(24 if strong else 21, draw)


def _floor(schedule: Schedule) -> list[_Band]:
    """Both figures, which won, and the arithmetic."""
    floor = schedule.floor
    if floor is None:
        return [_heading("Floor"), _note("No floor rule is in force for this month. The actual claim is payable.")]
    won_floor = floor.won == "floor"
    window = f"{month_shown(floor.base_from)} to {month_shown(floor.base_to)}"
    sentence = (f"The floor is larger: {pounds(floor.top_up_pence)} is added to the actual claim." if won_floor
                else "The actual claim is as large as the floor or larger: nothing is added.")
    sums = f"Base months {window}: {pounds(floor.base_total_pence)} ÷ {floor.divisor} = {pounds(floor.floor_pence)}."
    half = (_RIGHT - _LEFT - 12) / 2

    def draw(sheet: Sheet, top: float) -> None:
        figures = (("Actual claim", schedule.actual_pence, not won_floor), ("Floor", floor.floor_pence, won_floor))
        for number, (label, pence, won) in enumerate(figures):
            x = _LEFT + number * (half + 12)
            sheet.box(x, top - 44, half, 40, fill=TINT if won else None, line=ACCENT if won else HAIRLINE)
            sheet.write(x + 10, top - 24, pounds(pence), 14, INK, bold=won)
            sheet.write(x + 10, top - 37, label, _SMALL, MUTED)
            if won:
                sheet.write_right(x + half - 10, top - 24, "This figure counts", _SMALL, ACCENT, bold=True)
    words = [sentence, sums, *([floor.arithmetic] if floor.arithmetic else [])]
    return [_heading("Floor", floor.clause), _Band(50, draw, keep=True), *(_note(text) for text in words),
            _sum("Payable", schedule.payable_pence, strong=True)]


def _unpaid(schedule: Schedule) -> list[_Band]:
    """What was done and is not claimed, each with its reason in full."""
    bands = [_heading(_NOT_PAID, counted(len(schedule.unpaid), "item"))]
    if not schedule.unpaid:
        return [*bands, _note("Nothing was left out.")]
    return bands + [_unpaid_line(line) for line in schedule.unpaid]


def _unpaid_line(line: UnpaidLine) -> _Band:
    what = _wrapped(line.what, _BODY, 132, 3)
    why = _wrapped(line.reason, _BODY, _RIGHT - _WHAT - 206, 6)
    height = 6 + max(len(what), len(why)) * 11

    def draw(sheet: Sheet, top: float) -> None:
        base = top - 11
        sheet.write(_LEFT + 6, base, _clipped(line.reference, _BODY, 58), _BODY)
        sheet.write(_WHAT, base, day_short(line.on), _BODY)
        sheet.paragraph(_WHAT + 60, base, what, _BODY, leading=11)
        sheet.paragraph(_WHAT + 200, base, why, _BODY, MUTED, leading=11)
        sheet.rule(_LEFT, _RIGHT, top - height, HAIRLINE, 0.4)
    return _Band(height, draw, under=_NOT_PAID)


def _sign_off(schedule: Schedule) -> _Band:
    """Boxes for the lead provider's name, role, signature and date."""
    boxes: Sequence[tuple[str, float]] = (("Name", 0.3), ("Role", 0.2), ("Signature", 0.32), ("Date", 0.18))

    def draw(sheet: Sheet, top: float) -> None:
        sheet.write(_LEFT, top - 26, "Sign-off by the lead provider", 11, ACCENT, bold=True)
        words = f"For {schedule.provider}: the lines above agree with our records, and the evidence is held."
        sheet.write(_LEFT, top - 40, _clipped(words, _BODY, _RIGHT - _LEFT), _BODY, MUTED)
        x = _LEFT
        for label, share in boxes:
            wide = (_RIGHT - _LEFT) * share
            sheet.box(x, top - 88, wide, 40, line=MUTED)
            sheet.write(x + 5, top - 57, label, _SMALL, MUTED)
            x += wide
    return _Band(92, draw)
