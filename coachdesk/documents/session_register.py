"""The register for an outreach session: numbered blank rows to be filled in by hand where there is no laptop out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import BinaryIO

from coachdesk import clock
from coachdesk.documents import lettering
from coachdesk.documents.style import FOOTER, HAIRLINE, HEADER, LANDSCAPE, MARGIN, MUTED, Paper, Printed, Sheet, paginate
from coachdesk.documents.table import HEAD, columns, draw_heading
from coachdesk.errors import Refusal

__all__ = ["Paper", "Printed", "session_register"]

_ROW = 25.0
_MOST = 500
_SHARES = (("No.", 26.0, False), ("Name", 170.0, False), ("Postcode", 70.0, False), ("What about", 150.0, False),
           ("Telephone or e-mail", 150.0, False), ("Safe to leave a message?", 100.0, False), ("Follow up by", 80.0, False))


def session_register(title: str, venue: str, held_on: date, rows: int, printed: Printed, out: Path | BinaryIO) -> Paper:
    """Print a register with `rows` numbered rows (1 to 500), A4 landscape.

    Refusal for another number of rows; Trouble if `out` cannot be written.
    """
    if not 1 <= rows <= _MOST:
        raise Refusal(f"A register has 1 to {_MOST} rows, not {rows:,}. Nothing was printed.", "Choose another number of rows.")
    lettering.register()
    table = columns(MARGIN, LANDSCAPE[0] - MARGIN, _SHARES)
    room = LANDSCAPE[1] - 2 * MARGIN - HEADER - FOOTER - HEAD
    pages = paginate([_ROW] * rows, [False] * rows, room, room)
    subtitle = " · ".join(part for part in (title, venue, clock.day_text(held_on), printed.programme) if part)
    sheet = Sheet("Session register", subtitle, printed, len(pages), size=LANDSCAPE)
    for page in pages:
        sheet.begin()
        top = draw_heading(sheet, table, sheet.top)
        for at, number in enumerate(page):
            sheet.write(table[0].x, top - at * _ROW - 16, str(number + 1), 9, MUTED)
            for column in table[5:6]:
                for answer, x in (("Yes", column.x), ("No", column.x + 44)):
                    sheet.box(x, top - at * _ROW - 17, 8, 8, line=MUTED)
                    sheet.write(x + 12, top - at * _ROW - 16, answer, 8, MUTED)
        sheet.rules(sheet.left - 4, sheet.right + 4, [top - (at + 1) * _ROW for at in range(len(page))], HAIRLINE, 0.7)
    return sheet.finish(out)
