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

__all__ = ["Agreement", "Capability", "CouncilAsk", "FeedTerm", "Opening", "Partner", "PartnerContact", "Service", "ServicePlace",
           "TrainingOffer", "Vacancy", "Venue", "VenueStatus"]
