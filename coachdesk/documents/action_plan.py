"""The participant's own action plan, one or two A4 pages in plain words with room for two signatures; and the slip of an appointment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from coachdesk.activity.queries import PlanRow
from coachdesk.casework.action_plan import ActionPlan, Slip
from coachdesk.clock import day_text
from coachdesk.documents import lettering
from coachdesk.documents.style import ACCENT, HAIRLINE, INK, MARGIN, MUTED, PORTRAIT, Paper, Printed, Sheet, paginate
from coachdesk.programme.rules.texts import sentence_case

YOURS = "This paper is yours. It says things about you: keep it where you want it to be read."
SLIP_KEEPING = "Keep this slip until the day."
A6 = (419.53, 297.64)
_SIZE, _LEADING, _SMALL, _SMALL_LEADING = 11.0, 15.0, 9.6, 13.0
_INDENT = 20.0
_ROOM = PORTRAIT[0] - 2 * MARGIN
_STEPS = ((6, 40), (3, 12), (2, 6), (1, 4), (1, 0))      # most lines of a text, most settled lines that are told
_SIGN = 124.0


@dataclass(frozen=True)
class _Block:
    """Something that stays together: how high it is, and what draws it from its upper edge down."""

    height: float
    draw: Callable[[Sheet, float], None]
    keeps: bool = False


def action_plan_sheet(plan: ActionPlan, printed: Printed, out: Path | BinaryIO) -> Paper:
    """Print a plan: two pages at most; what does not fit is shortened and says so. Trouble if `out` cannot be written."""
    lettering.register()
    room = PORTRAIT[1] - 2 * MARGIN - 84.0
    name, warning = lettering.spell(plan.name, plan.reference)
    for lines, settled in _STEPS:
        blocks = _blocks(plan, name, lines, settled)
        pages = paginate([each.height for each in blocks], [each.keeps for each in blocks], room, room)
        if len(pages) <= 2:
            break
    else:
        blocks, pages = _cut(plan, name, room)
    sheet = Sheet("My action plan", f"{printed.programme} · {plan.reference}", printed, len(pages), keeping=YOURS)
    sheet.warn(warning)
    for page in pages:
        sheet.begin()
        y = sheet.top
        for block in (blocks[at] for at in page):
            block.draw(sheet, y)
            y -= block.height
    return sheet.finish(out)


def _cut(plan: ActionPlan, name: str, room: float) -> tuple[list[_Block], list[range]]:
    """The most open lines that two pages hold; the last block says how many are left out."""
    for shown in range(len(plan.open) - 1, -1, -1):
        blocks = _blocks(plan, name, 1, 0, shown)
        pages = paginate([each.height for each in blocks], [each.keeps for each in blocks], room, room)
        if len(pages) <= 2:
            break
    return blocks, pages


def _blocks(plan: ActionPlan, name: str, lines: int, settled: int, most: int | None = None) -> list[_Block]:
    found = [_head(plan, name), _heading("What we do next" if plan.open else "Everything in this plan is settled")]
    shown = plan.open if most is None else plan.open[:most]
    found += [_item(number, row, plan.coach, lines) for number, row in enumerate(shown, 1)]
    if len(shown) < len(plan.open):
        found.append(_text(f"… and {len(plan.open) - len(shown):,} more. Ask your coach to show you all of them.", 1))
    found += _listed("What has been done or was not for you", [_settled(row) for row in plan.settled], settled, lines)
    courses = [_said(sentence_case(row.course), row.given_by, row.outcome, f"from {day_text(row.from_day)}") for row in plan.training]
    courses += [_said(sentence_case(row.role), row.where, row.outcome, f"from {day_text(row.from_day)}") for row in plan.volunteering]
    found += _listed("Training and volunteering", courses, max(settled, 2), lines)
    meetings = [_said(f"{row.due_on:%A} {day_text(row.due_on)}", row.at and f"at {row.at}", row.place) for row in plan.coming]
    found += _listed("When we meet", meetings, 4, lines)
    return [*found, _signatures(plan.coach)]


def _said(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def _head(plan: ActionPlan, name: str) -> _Block:
    def draw(sheet: Sheet, y: float) -> None:
        sheet.write(sheet.left, y - 18, lettering.shorten(name, 18, _ROOM), 18, INK, bold=True)
        sheet.write(sheet.left, y - 36, lettering.shorten(lettering.printable(f"with {plan.coach} · {day_text(plan.on)}"), _SIZE, _ROOM),
                    _SIZE, MUTED)

    return _Block(50.0, draw, keeps=True)


def _heading(words: str) -> _Block:
    def draw(sheet: Sheet, y: float) -> None:
        sheet.write(sheet.left, y - 18, words, 12.5, ACCENT, bold=True)
        sheet.rule(sheet.left, sheet.right, y - 23, HAIRLINE)

    return _Block(30.0, draw, keeps=True)


def _item(number: int, row: PlanRow, coach: str, lines: int) -> _Block:
    """One need: in their words, the next step, who does it by when, when it is looked at again."""
    room = _ROOM - _INDENT
    need = lettering.wrap(lettering.printable(f"“{row.need}”"), _SIZE, room, lines)
    step = lettering.wrap(lettering.printable(f"Next: {row.step}"), _SIZE, room, lines) if row.step else ()
    who = {"participant": "you", "coach": coach, "both": f"you and {coach}", "partner": "a partner"}.get(row.by_whom or "", "")
    facts = _said(who and f"Who: {who}", f"by {day_text(row.due_on)}" if row.due_on else "", row.take_up if row.state == "taken up" else "",
                  f"we look at it again on {day_text(row.review_on)}" if row.review_on else "")
    small = lettering.wrap(lettering.printable(facts[:1].upper() + facts[1:]), _SMALL, room, 2) if facts else ()
    head = f"{row.kind[:1].upper()}{row.kind[1:]}"

    def draw(sheet: Sheet, y: float) -> None:
        base = y - 15
        sheet.write(sheet.left, base, f"{number}.", _SIZE, ACCENT, bold=True)
        sheet.write(sheet.left + _INDENT, base, lettering.printable(head), _SIZE, INK, bold=True)
        sheet.write_right(sheet.right, base, f"said on {day_text(row.said_on)}", _SMALL, MUTED)
        base = sheet.paragraph(sheet.left + _INDENT, base - _LEADING, need, _SIZE, leading=_LEADING)
        base = sheet.paragraph(sheet.left + _INDENT, base, step, _SIZE, leading=_LEADING)
        sheet.paragraph(sheet.left + _INDENT, base, small, _SMALL, MUTED, leading=_SMALL_LEADING)

    return _Block(26.0 + (len(need) + len(step)) * _LEADING + len(small) * _SMALL_LEADING, draw)


def _settled(row: PlanRow) -> str:
    return f"{row.kind[:1].upper()}{row.kind[1:]}: {row.need} ({row.take_up})"


def _listed(heading: str, words: list[str], most: int, lines: int) -> list[_Block]:
    """A heading with its lines; with more than are told, the last one says how many are left."""
    if not words or not most:
        return []
    more = [f"… and {len(words) - most:,} more"] if len(words) > most else []
    return [_heading(heading), *(_text(each, min(lines, 3)) for each in (*words[:most], *more))]


def _text(words: str, lines: int) -> _Block:
    wrapped = lettering.wrap(lettering.printable(words), _SIZE, _ROOM - _INDENT, max(lines, 1))

    def draw(sheet: Sheet, y: float) -> None:
        sheet.paragraph(sheet.left + _INDENT, y - 13, wrapped, _SIZE, leading=_LEADING)

    return _Block(4.0 + len(wrapped) * _LEADING, draw)


def _signatures(coach: str) -> _Block:
    """Two lines to sign on, with a day each."""
    def draw(sheet: Sheet, y: float) -> None:
        sheet.write(sheet.left, y - 28, "We agreed this together. You can change it at any time.", _SIZE, INK)
        half = (sheet.right - sheet.left - 24) / 2
        for x, whose in ((sheet.left, "You"), (sheet.left + half + 24, coach)):
            sheet.rule(x, x + half, y - 84, INK, 0.7)
            sheet.write(x, y - 97, lettering.shorten(lettering.printable(whose), _SMALL, half * 0.6), _SMALL, MUTED)
            sheet.write(x + half * 0.66, y - 97, "Date", _SMALL, MUTED)

    return _Block(_SIGN, draw)


def appointment_slip(slip: Slip, printed: Printed, out: Path | BinaryIO) -> Paper:
    """Print one slip, A6 across: when, where, with whom. Trouble if `out` cannot be written."""
    lettering.register()
    name, warning = lettering.spell(slip.name, slip.reference)
    sheet = Sheet("Your appointment", printed.programme, printed, 1, size=A6, keeping=SLIP_KEEPING)
    sheet.warn(warning)
    sheet.begin()
    wide = sheet.right - sheet.left
    sheet.write(sheet.left, sheet.top - 8, lettering.shorten(name, 12, wide), 12, INK)
    when = f"{slip.on:%A} {day_text(slip.on)}{f' at {slip.at}' if slip.at else ''}"
    size = 17.0
    while size > 11 and lettering.width(when, size) > wide:
        size -= 0.5
    sheet.write(sheet.left, sheet.top - 32, when, size, ACCENT, bold=True)
    y = sheet.top - 52
    if slip.place:
        y = sheet.paragraph(sheet.left, y, lettering.wrap(lettering.printable(f"Where: {slip.place}"), 11, wide, 2), 11, leading=14)
    sheet.write(sheet.left, y, lettering.shorten(lettering.printable(f"With: {slip.coach}"), 11, wide), 11)
    if slip.instead_of is not None:
        y -= 14
        sheet.write(sheet.left, y, f"Instead of {day_text(slip.instead_of)}", 9.6, MUTED)
    sheet.write(sheet.left, sheet.bottom + 6, "If you cannot come, ring", 9.6, INK)
    sheet.rule(sheet.left + 112, sheet.right, sheet.bottom + 4, HAIRLINE, 0.8)
    return sheet.finish(out)
