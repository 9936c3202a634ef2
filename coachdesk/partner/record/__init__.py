"""What the partner room keeps."""

from __future__ import annotations

from coachdesk.partner.record.directory import (
    Agreement,
    FeedTerm,
    Opening,
    Partner,
    PartnerContact,
    Service,
    ServicePlace,
    Venue,
    VenueStatus,
)
from coachdesk.partner.record.network import Capability, CouncilAsk, TrainingOffer, Vacancy
from coachdesk.partner.record.upkeep import Connector, Introduction, Touch, TouchWith, Trust

__all__ = [
    "Agreement", "Capability", "Connector", "CouncilAsk", "FeedTerm", "Introduction", "Opening", "Partner", "PartnerContact", "Service",
    "ServicePlace", "Touch", "TouchWith", "TrainingOffer", "Trust", "Vacancy", "Venue", "VenueStatus",
]
