"""What the partner room tells: organisations, their places and people; what they offer; what was agreed; how it is tended."""

from __future__ import annotations

from coachdesk.partner.queries.agreements import AgreementRow, EndRow, agreements, ends
from coachdesk.partner.queries.capability import (
    AbleRow,
    CapabilityRow,
    LotCapability,
    capabilities,
    capability_for,
    lot_capability,
)
from coachdesk.partner.queries.council import AskRow, LotSupport, council_asks, council_support
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
from coachdesk.partner.queries.upkeep import (
    ConnectorRow,
    IntroductionRow,
    TouchRow,
    TrustRow,
    connectors,
    introductions,
    off_scale,
    touches,
    trust_standings,
    trust_words,
)
from coachdesk.partner.queries.vacancies import TrainingRow, VacancyRow, trainings, vacancies

__all__ = [
    "AbleRow", "AgreementRow", "AskRow", "CapabilityRow", "ConnectorRow", "ContactRow", "EndRow", "FOUND", "IntroductionRow",
    "LotCapability", "LotSupport", "OpeningRow", "PartnerRow", "ServicePlaceRow", "ServiceRow", "TouchRow", "TrainingRow", "TrustRow",
    "VacancyRow", "VenueRow", "VenueStatusRow", "agreements", "capabilities", "capability_for", "connectors", "contacts",
    "council_asks", "council_support", "ends", "found", "introductions", "latest_status", "lot_capability", "name_of", "named",
    "next_shut", "openings", "partners", "service_owners", "service_places", "services", "shut_since", "touches", "trainings",
    "off_scale", "trust_standings", "trust_words", "vacancies", "venue_status", "venue_statuses", "venues",
]
