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

__all__ = ["Agreement", "FeedTerm", "Opening", "Partner", "PartnerContact", "Service", "ServicePlace", "Venue", "VenueStatus"]
