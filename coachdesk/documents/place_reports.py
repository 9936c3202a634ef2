"""Reports about places and unmet demand, from the rooms to paper: what `reports` offers by name, with a lot, a month or a place chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework import closing as closings
from coachdesk.casework import dependency as dependencies
from coachdesk.casework import queries as casework_queries
from coachdesk.casework import saturation as saturations
from coachdesk.casework.ward_panels import CONTACTS, CONTACTS_RATE, STARTS, STARTS_RATE, ward_panels
from coachdesk.clock import day_text, first_day, last_day
from coachdesk.documents.saturation import saturation_sheet
from coachdesk.documents.style import Paper, Printed
from coachdesk.documents.unmet_demand import unmet_demand_sheet
from coachdesk.documents.venues import closing_list, dependency_sheet, restart_sheet
from coachdesk.errors import Refusal
from coachdesk.outreach import queries as outreach_queries
from coachdesk.outreach.rules import last_settled, quarter_of, settles_on
from coachdesk.partner import queries as partner_queries
from coachdesk.partner.rules import OPEN
from coachdesk.programme import queries as programme_queries

Chosen = tuple[UUID | None, int | None, UUID | None]        # lot, month, place


def closing_report(session: Session, printed: Printed, out: Path | BinaryIO, chosen: Chosen, from_day: date | None = None) -> Paper:
    """What the closing of one place touches: from a day, else from the day on which it closes, else from today."""
    place = chosen[2]
    day = from_day or casework_queries.today(session)
    found = closings.closing(session, place, from_day=day) if place is not None else None
    if place is not None and found is not None and from_day is None:
        known = found.venue.status_from if found.venue.status != OPEN else partner_queries.next_shut(session, place, after=day)
        found = closings.closing(session, place, from_day=known) if known is not None else found
    if found is None:
        raise Refusal("The closing list is of one place.", "Choose the place. Nothing was printed.")
    return closing_list(found, printed, out)


def restart_report(session: Session, printed: Printed, out: Path | BinaryIO, chosen: Chosen) -> Paper:
    """The proposed order in which places that are not open start again."""
    return restart_sheet(closings.restart_order(session, lot=chosen[0]), printed, out)


def dependency_report(session: Session, printed: Printed, out: Path | BinaryIO, chosen: Chosen) -> Paper:
    """The share of starts and referrals by place, of a month or of all time."""
    since, until = _days(session, chosen[1])
    return dependency_sheet(dependencies.dependency(session, lot=chosen[0], since=since, until=until), since, until, printed, out)


def unmet_report(session: Session, printed: Printed, out: Path | BinaryIO, chosen: Chosen, quarters: int = 0) -> Paper:
    """People turned away: of all that is published, of the last so many quarters, or of the part that has a month. A lot by itself is not
    published: the others could be subtracted."""
    newest = last_settled(casework_queries.today(session))
    of = None if chosen[1] is None else quarter_of(first_day(chosen[1]))
    if of is not None and of > newest:
        raise Refusal("Unmet demand is printed by whole quarters, and this one is not settled yet.",
                      f"It can be printed after {day_text(settles_on(of))}, so that what is counted late is in it. Nothing was printed.")
    return unmet_demand_sheet(outreach_queries.published_demand(session, last=newest, quarters=quarters or None, of=of), printed, out)


def saturation_report(session: Session, printed: Printed, out: Path | BinaryIO, chosen: Chosen, since: date | None = None,
                      until: date | None = None) -> Paper:
    """The wards on maps and in a table, of a month or of all time, numbers under five not told.

    The maps show rates; where no resident count was entered at all, people.
    """
    if until is None:
        since, until = _days(session, chosen[1])
    rows = saturations.saturation(session, lot=chosen[0], since=since, until=until)
    boundaries = programme_queries.boundaries_of(session)
    measures = (CONTACTS_RATE, STARTS_RATE) if any(row.residents for row in rows) else (CONTACTS, STARTS)
    maps = {measure: ward_panels(rows, boundaries, measure, until.year, is_public=True) for measure in measures}
    return saturation_sheet(rows, maps, since, until, printed, out)


def _days(session: Session, month: int | None) -> tuple[date | None, date]:
    return (None, casework_queries.today(session)) if month is None else (first_day(month), last_day(month))


PLACE_REPORTS: dict[str, Callable[[Session, Printed, Path | BinaryIO, Chosen], Paper]] = {
    "venue-closing": closing_report, "restart-order": restart_report, "venue-dependency": dependency_report, "unmet-demand": unmet_report,
    "saturation": saturation_report,
}
