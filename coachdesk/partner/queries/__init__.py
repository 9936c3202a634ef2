"""What the partner room tells: organisations, their places and people; what they offer; what was agreed and when it ends."""

from __future__ import annotations

from coachdesk.partner.queries.agreements import AgreementRow, EndRow, agreements, ends
from coachdesk.partner.queries.found import FOUND, found, named
from coachdesk.partner.queries.organisations import (
    ContactRow,
    PartnerRow,
    VenueRow,
    VenueStatusRow,
    contacts,
    latest_status,
    name_of,
    next_shut,
    partners,
    shut_since,
    venue_status,
    venue_statuses,
    venues,
)
from coachdesk.partner.queries.services import OpeningRow, ServicePlaceRow, ServiceRow, openings, service_owners, service_places, services

__all__ = [
    "AgreementRow", "ContactRow", "EndRow", "FOUND", "OpeningRow", "PartnerRow", "ServicePlaceRow", "ServiceRow", "VenueRow",
    "VenueStatusRow", "agreements", "contacts", "ends", "found", "latest_status", "name_of", "named", "next_shut", "openings", "partners",
    "service_owners", "service_places", "services", "shut_since", "venue_status", "venue_statuses", "venues",
]
