"""What the partner room tells: organisations, their places and people; what they offer; what was agreed and when it ends."""

from __future__ import annotations

from coachdesk.partner.queries.agreements import AgreementRow, EndRow, agreements, ends
from coachdesk.partner.queries.organisations import (
    ContactRow,
    NamedRow,
    PartnerRow,
    VenueRow,
    VenueStatusRow,
    contacts,
    latest_status,
    name_of,
    named,
    partners,
    shut_since,
    venue_status,
    venue_statuses,
    venues,
)
from coachdesk.partner.queries.services import OpeningRow, ServicePlaceRow, ServiceRow, openings, service_places, services

__all__ = [
    "AgreementRow", "ContactRow", "EndRow", "NamedRow", "OpeningRow", "PartnerRow", "ServicePlaceRow", "ServiceRow", "VenueRow",
    "VenueStatusRow", "agreements", "contacts", "ends", "latest_status", "name_of", "named", "openings", "partners", "service_places",
    "services", "shut_since", "venue_status", "venue_statuses", "venues",
]
