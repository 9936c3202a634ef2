"""The reciprocity ledger on paper: for ourselves whole, for a partner without small numbers; and what was kept in-house, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from coachdesk.clock import month_from_text, month_words
from coachdesk.documents import lettering
from coachdesk.documents.listing import Section, listing
from coachdesk.documents.style import ACCENT, INK, MUTED, Paper, Printed, Sheet, counted, day_short
from coachdesk.referral.queries import InHouseMonth, InHouseRow, MonthRow, OneWayRow, ReciprocityRow
from coachdesk.referral.rules import reciprocity

INTERNAL = "For the team and the lead provider. A partner's own figures go to that partner first, on a sheet of their own."
FOR_PARTNER = (f"Referrals between us. A number under {reciprocity.LEAST_SHOWN} is not told, so that nobody can be recognised; "
               "neither is one from which it would follow.")
_TALL, _SIZE = 170.0, 7.5
_BAR = 0.56
_COUNTED = ("given", "given_accepted", "given_completed", "received", "received_accepted", "received_completed")
_HATCH = 4.0                # points between the lines of what was given


def ledger(rows: Sequence[ReciprocityRow], months: Sequence[MonthRow], kept: Sequence[InHouseMonth], reasons: Sequence[InHouseRow],
           answers: Sequence[OneWayRow], printed: Printed, period: str, out: Path | BinaryIO) -> Paper:
    """Print every partner with its balance, the months of all partners together, one-way traffic and what was kept in-house."""
    sections = [_partners(rows), _months("Months, all partners together", months), _one_way(rows, answers), *_in_house(kept, reasons)]
    subtitle = f"{printed.lot or 'All lots'} · {period}"
    above = [(_TALL, _chart(months))] if months else []
    return listing("Reciprocity ledger", subtitle, sections, printed, out, landscape=True, keeping=INTERNAL, above=above)


def own_provision(kept: Sequence[InHouseMonth], reasons: Sequence[InHouseRow], printed: Printed, period: str,
                  out: Path | BinaryIO) -> Paper:
    """Print the share kept in-house by month, why, and where else people could have gone as the desk knew then. No name of a person."""
    return listing("Kept in-house", f"{printed.lot or 'All lots'} · {period}", _in_house(kept, reasons), printed, out, landscape=True,
                   keeping=INTERNAL)


def partner_sheet(row: ReciprocityRow, months: Sequence[MonthRow], printed: Printed, period: str, out: Path | BinaryIO) -> Paper:
    """Print one partner's own figures, to be shown to them: small numbers are not told, nor months from which they would follow."""
    pairs = [("People we sent to you", row.given, ""), ("– of them you took on", row.given_accepted, ""),
             ("– of them done by now", row.given_completed, ""), ("People you sent to us", row.received, ""),
             ("– of them we took on", row.received_accepted, ""), ("– of them done by now", row.received_completed, "")]
    told = reciprocity.shown_parts(row.given, (row.given_accepted, row.given_completed)) + reciprocity.shown_parts(
        row.received, (row.received_accepted, row.received_completed))
    lines = [(words, number) for (words, _, _), number in zip(pairs, told, strict=True)]
    for words, days, count in (("Days until you answered us, in the middle", row.reply_days, row.given),
                               ("Days until we answered you, in the middle", row.our_reply_days, row.received)):
        if days is not None and count >= reciprocity.LEAST_SHOWN:
            lines.append((words, f"{days:g}" if days else "the same day"))
    balance = row.says if row.balance is not None else f"{reciprocity.TOO_FEW}: it is told from {reciprocity.LEAST_FOR_BALANCE} on"
    lines.append(("Both ways together", balance))
    sections = [Section("What went both ways", (("What", 300, False), ("How many", 200, False)), lines)]
    given, received = (reciprocity.shown_column([getattr(each, name) for each in months]) for name in ("given", "received"))
    sections.append(Section("By month", (("Month", 120, False), ("We sent to you", 90, True), ("You sent to us", 90, True)),
                            [(month_words(month_from_text(each.month)), out_words, in_words)
                             for each, out_words, in_words in zip(months, given, received, strict=True)],
                            empty="Nothing in this time."))
    return listing(f"Our referrals with {row.partner}", f"{printed.programme} · {period}", sections, printed, out, keeping=FOR_PARTNER)


def _partners(rows: Sequence[ReciprocityRow]) -> Section:
    lines: list[Sequence[str]] = [(f"{row.partner} (own)" if row.is_own_provision else row.partner, str(row.given), str(row.given_accepted),
              str(row.given_completed), str(row.received), str(row.received_accepted), str(row.received_completed),
              _days(row.reply_days), _days(row.our_reply_days), "", row.says) for row in rows]
    given, received = sum(row.given for row in rows), sum(row.received for row in rows)
    if rows:
        sums = [str(sum(getattr(row, name) for row in rows)) for name in _COUNTED]
        lines.append(("All partners", *sums, "", "", "", reciprocity.balance_words(given, received)))
    return Section(f"Partners: {len(rows):,}", (
        ("Partner", 190, False), ("Given", 40, True), ("taken on", 46, True), ("done", 36, True), ("Received", 48, True),
        ("taken on", 46, True), ("done", 36, True), ("Their days", 54, True), ("Our days", 54, True),
        ("", 6, False), ("Balance", 104, False)), lines,
        "A referral counts in the month in which it was first sent; what became of it is told whenever that was. Days: until they, or we, "
        f"answered (median). A balance is told from {reciprocity.LEAST_FOR_BALANCE} referrals on.", "No referral went either way.")


def _months(heading: str, months: Sequence[MonthRow]) -> Section:
    lines = [(month_words(month_from_text(row.month)), str(row.given), str(row.given_accepted), str(row.given_completed),
              str(row.received), str(row.received_accepted), str(row.received_completed)) for row in months]
    return Section(heading, (("Month", 110, False), ("Given", 60, True), ("taken on", 60, True), ("done", 60, True),
                             ("Received", 60, True), ("taken on", 60, True), ("done", 60, True), ("", 220, False)),
                   [(*line, "") for line in lines], empty="Nothing in this time.")


def _one_way(rows: Sequence[ReciprocityRow], answers: Sequence[OneWayRow]) -> Section:
    said = {(row.partner_id, row.what): row for row in reversed(answers)}
    lines = []
    for row in rows:
        if row.alert:
            known = said.get((row.id, row.answer))
            by = f"{known.said_by}, {day_short(known.said_on)}" if known is not None else ""
            lines.append((row.partner, row.alert, row.answer or "nothing written down yet", by))
    return Section(f"One-way traffic: {counted(len(lines), 'partner')}", (
        ("Partner", 150, False), ("Since when", 210, False), ("What will be done", 230, False), ("Who said so", 120, False)), lines,
        f"{reciprocity.ONE_WAY_MONTHS} whole months in a row with traffic in one direction only.", "None at present.")


def _in_house(kept: Sequence[InHouseMonth], reasons: Sequence[InHouseRow]) -> list[Section]:
    given, own = sum(row.given for row in kept), sum(row.kept_in_house for row in kept)
    share = f"{own:,} of {given:,} people sent stayed with the provider's own, {round(100 * own / given)} %." if given else ""
    shares = (("Month", 110, False), ("Sent", 60, True), ("Kept in-house", 80, True), ("Share", 60, True), ("", 380, False))
    months = Section("Kept in-house by month", shares,
                     [(month_words(month_from_text(row.month)), str(row.given), str(row.kept_in_house),
                       f"{row.share} %" if row.share is not None else "", "") for row in kept], share, "Nobody was sent in this time.")
    why = Section(f"Why it stayed in-house: {len(reasons):,}", (
        ("Sent on", 58, False), ("To", 105, False), ("Lot", 80, False), ("Coach", 75, False), ("Help", 75, False), ("Reason", 160, False),
        ("Outside options that were shown", 200, False)),
        [(day_short(row.sent_on), row.partner, row.lot, row.coach, row.kind_of_help or "", row.reason, row.outside) for row in reasons],
        "", "Nobody was kept in-house.")
    return [months, why]


def _days(days: float | None) -> str:
    return "" if days is None else f"{days:g}" if days else "same day"


def _chart(months: Sequence[MonthRow]) -> Callable[[Sheet, float], None]:
    """Bars by month: received above the line, given below it and hatched, each with its number."""

    def draw(sheet: Sheet, top: float) -> None:
        wide, axis_room = (sheet.right - sheet.left) / len(months), _TALL - 46
        wide = min(wide, 60.0)
        most = (max(1, *(row.received for row in months)), max(1, *(row.given for row in months)))
        one = (axis_room - 24) / sum(most)
        axis = top - 22 - 12 - most[0] * one
        sheet.write(sheet.left, top - 12, "All partners together, by month. Above the line: received. Below it, hatched: given.", 9, MUTED)
        for at, row in enumerate(months):
            left = sheet.left + at * wide + wide * (1 - _BAR) / 2
            _bar(sheet, left, axis, wide * _BAR, row.received * one, None, str(row.received) if row.received else "")
            _bar(sheet, left, axis, wide * _BAR, -row.given * one, _HATCH, str(row.given) if row.given else "")
            month = month_from_text(row.month)
            words = f"{month_words(month)[:3]} {month // 12 % 100:02d}"
            room = lettering.width(words, _SIZE)
            if room < wide - 2 or at % max(1, round(room / wide + 0.7)) == 0:
                sheet.write(left + wide * _BAR / 2 - room / 2, axis - most[1] * one - 24, words, _SIZE, MUTED)
        sheet.rule(sheet.left, sheet.left + wide * len(months), axis, INK, 0.8)

    return draw


def _bar(sheet: Sheet, left: float, axis: float, wide: float, high: float, hatch: float | None, number: str) -> None:
    if high:
        low, up = min(axis, axis + high), max(axis, axis + high)
        sheet.box(left, low, wide, up - low, line=ACCENT, fill=None if hatch else ACCENT)
        if hatch:
            sheet.strokes(_lines(left, low, wide, up - low, hatch), ACCENT, 0.6)
    if number:
        y = axis + high + 3 if high > 0 else axis + high - 9
        sheet.write(left + wide / 2 - lettering.width(number, _SIZE) / 2, y, number, _SIZE, INK)


def _lines(left: float, low: float, wide: float, tall: float, step: float) -> list[tuple[float, float, float, float]]:
    """Slanting lines inside a box."""
    found = []
    at = step - tall
    while at < wide:
        begin, end = max(0.0, at), min(wide, at + tall)
        found.append((left + begin, low + begin - at, left + end, low + end - at))
        at += step
    return found
