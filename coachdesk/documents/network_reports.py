"""Reports about the network, from the rooms to paper: what `reports` offers by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework import queries as casework_queries
from coachdesk.casework.capability import kind_lines
from coachdesk.clock import first_day, last_day
from coachdesk.documents.network import capability_sheet, council_sheet
from coachdesk.documents.style import Paper, Printed
from coachdesk.partner import queries as partner_queries

Chosen = tuple[UUID | None, int | None, UUID | None]        # lot, month, and what else was chosen


def capability_report(session: Session, printed: Printed, out: Path | BinaryIO, chosen: Chosen, on: date | None = None) -> Paper:
    """What a lot can give and lacks on a day: today, or the last day of a month."""
    day = on or (last_day(chosen[1]) if chosen[1] is not None else casework_queries.today(session))
    held = [row for row in partner_queries.capabilities(session, lot=chosen[0])
            if (row.from_day is None or row.from_day <= day) and (row.ends_on is None or day <= row.ends_on)]
    return capability_sheet(kind_lines(session, lot=chosen[0], on=day), held, day, chosen[0] is not None, printed, out)


def council_report(session: Session, printed: Printed, out: Path | BinaryIO, chosen: Chosen, since: date | None = None) -> Paper:
    """What councils were asked for and gave, of a month or of all time."""
    until = last_day(chosen[1]) if chosen[1] is not None else casework_queries.today(session)
    begin = since or (first_day(chosen[1]) if chosen[1] is not None else None)
    lots = partner_queries.council_support(session, lot=chosen[0], since=begin, until=until)
    asks = partner_queries.council_asks(session, lot=chosen[0], since=begin, until=until)
    return council_sheet(lots, asks, begin, until, printed, out)


NETWORK_REPORTS: dict[str, Callable[[Session, Printed, Path | BinaryIO, Chosen], Paper]] = {
    "capability": capability_report, "council-support": council_report,
}
