"""The doors of the partner room: which kinds it has, and which verbs each of them."""

from __future__ import annotations

from coachdesk.partner import queries
from coachdesk.partner.actions import (
    agreements,
    capability,
    connectors,
    council,
    organisations,
    people,
    services,
    touches,
    trust,
    vacancies,
)
from coachdesk.store.doors import Door

DOORS = (
    Door("", "organisations that the programme works with", queries.partners, organisations.add_partner,
         {"change": organisations.change_partner, "see funding end": agreements.see_funding_end, "set upkeep": touches.set_upkeep,
          "set trust": trust.set_trust}),
    Door("venue", "places where people are met, with their status of today", queries.venues, organisations.add_venue,
         {"change": organisations.change_venue, "set status": organisations.set_venue_status}),
    Door("status", "what was said of places: open, restricted or closed, and since when", queries.venue_statuses, None, names=("venue",)),
    Door("contact", "people at organisations, also those who left", queries.contacts, people.add_contact,
         {"change": people.change_contact, "set key": people.set_key, "leave": people.leave, "see leaving": people.see_leaving,
          "remove": people.remove_contact}),
    Door("service", "what organisations offer, and when that was last checked", queries.services, services.add_service,
         {"change": services.change_service, "check": services.check_service, "remove": services.remove_service}),
    Door("opening", "when services are open", queries.openings, services.add_opening,
         {"change": services.change_opening, "remove": services.remove_opening}, names=("service",)),
    Door("given_at", "where services are given", queries.service_places, services.add_service_place,
         {"remove": services.remove_service_place}, names=("name",)),
    Door("agreement", "what was agreed with organisations, and until when", queries.agreements, agreements.add_agreement,
         {"change": agreements.change_agreement, "see end": agreements.see_agreement_end, "remove": agreements.remove_agreement},
         names=("what",)),
    Door("capability", "contracts and funding that somebody holds, and the kinds of support that they add", queries.capabilities,
         capability.add_capability, {"change": capability.change_capability, "see end": capability.see_capability_end,
                                     "remove": capability.remove_capability}, names=("funding",)),
    Door("council_support", "what councils were asked for, and what came of it", queries.council_asks, council.ask_council,
         {"answer": council.answer_ask, "change": council.change_ask, "remove": council.remove_ask}, names=("what",)),
    Door("vacancy", "jobs that employers passed on", queries.vacancies, vacancies.add_vacancy,
         {"change": vacancies.change_vacancy, "close": vacancies.close_vacancy, "open again": vacancies.reopen_vacancy}, names=("title",)),
    Door("training", "training with places for participants", queries.trainings, vacancies.add_training,
         {"change": vacancies.change_training, "close": vacancies.close_training}, names=("title",)),
    Door("touch", "real contacts with organisations as they were logged, the latest first", queries.touches, touches.log_touch,
         {"change": touches.change_touch, "remove": touches.remove_touch}, names=("partner",)),
    Door("connector", "people held in regard who open doors", queries.connectors, connectors.add_connector,
         {"change": connectors.change_connector, "remove": connectors.remove_connector}),
    Door("introduction", "who introduced us to whom, or could", queries.introductions, connectors.add_introduction,
         {"change": connectors.change_introduction, "remove": connectors.remove_introduction}, names=("partner",)),
    Door("trust", "how organisations take us, each word as it was said, the latest first", queries.trust_words, trust.add_trust,
         names=("partner",)),
)
