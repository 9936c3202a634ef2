"""What may be done in the partner room."""

from __future__ import annotations

from coachdesk.partner.actions.agreements import add_agreement, change_agreement, remove_agreement, see_agreement_end, see_funding_end
from coachdesk.partner.actions.capability import add_capability, change_capability, remove_capability, see_capability_end
from coachdesk.partner.actions.connectors import (
    add_connector,
    add_introduction,
    change_connector,
    change_introduction,
    remove_connector,
    remove_introduction,
)
from coachdesk.partner.actions.council import answer_ask, ask_council, change_ask, remove_ask
from coachdesk.partner.actions.doors import DOORS
from coachdesk.partner.actions.organisations import (
    add_partner,
    add_venue,
    change_partner,
    change_venue,
    held,
    phone_of,
    postcode_typed,
    set_venue_status,
)
from coachdesk.partner.actions.people import add_contact, change_contact, leave, remove_contact, see_leaving, set_key
from coachdesk.partner.actions.services import (
    add_opening,
    add_service,
    add_service_place,
    change_opening,
    change_service,
    check_service,
    remove_opening,
    remove_service,
    remove_service_place,
)
from coachdesk.partner.actions.touches import change_touch, log_touch, remove_touch, set_upkeep
from coachdesk.partner.actions.trust import add_trust, set_trust
from coachdesk.partner.actions.vacancies import (
    add_training,
    add_vacancy,
    change_training,
    change_vacancy,
    close_training,
    close_vacancy,
    reopen_vacancy,
)

__all__ = [
    "DOORS", "add_agreement", "add_capability", "add_connector", "add_contact", "add_introduction", "add_opening", "add_partner",
    "add_service", "add_service_place", "add_training", "add_trust", "add_vacancy", "add_venue", "answer_ask", "ask_council",
    "change_agreement", "change_ask", "change_capability", "change_connector", "change_contact", "change_introduction",
    "change_opening", "change_partner", "change_service", "change_touch", "change_training", "change_vacancy", "change_venue",
    "check_service", "close_training", "close_vacancy", "held", "leave", "log_touch", "phone_of", "postcode_typed", "remove_agreement",
    "remove_ask", "remove_capability", "remove_connector", "remove_contact", "remove_introduction", "remove_opening", "remove_service",
    "remove_service_place", "remove_touch", "reopen_vacancy", "see_agreement_end", "see_capability_end", "see_funding_end",
    "see_leaving", "set_key", "set_trust", "set_upkeep", "set_venue_status",
]
