"""The doors of outreach: which kinds it has, and which verbs each of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coachdesk.outreach import queries
from coachdesk.outreach.actions import closing, hosts, keying, register, series, sessions, state, unmet
from coachdesk.outreach.record import Contact, Session
from coachdesk.partner.record import Venue
from coachdesk.programme.record import Lot, TeamMember
from coachdesk.store.doors import Door

_SESSION_VERBS: dict[str, Callable[..., Any]] = {
    "change": sessions.change_session, "log line": sessions.log_line, "remove": sessions.remove_session, "held": state.hold_session,
    "cancel": state.cancel_session, "plan again": state.plan_again, "set hosts": hosts.set_hosts, "set cover": hosts.set_cover,
    "print register": register.print_register, "key row": keying.key_row, "blank rows": register.blank_rows}
_SESSION: dict[str, Any] = {"names": ("venue",), "of": Session, "otherwise": ("status",), "through": {
    "venue": (Session.venue_id, Venue.name), "lot": (Session.lot_id, Lot.name), "coach": (Session.coach_id, TeamMember.name)}}
SESSION_DOORS = (
    Door("", "outreach sessions (the same as outreach.session)", queries.sessions, sessions.open_session, _SESSION_VERBS, **_SESSION),
    Door("session", "outreach sessions with their counts", queries.sessions, sessions.open_session, _SESSION_VERBS, **_SESSION),
    Door("contact", "named people met at sessions", queries.contacts, sessions.log_contact,
         {"change": sessions.change_contact, "follow up": sessions.mark_followed_up, "remove": sessions.remove_contact}, of=Contact),
    Door("tally", "anonymous contacts, leaflets and people turned away", queries.tallies, sessions.tally,
         {"correct": sessions.correct_tally}, names=("what",)),
    Door("series", "sessions that come back", queries.series, series.plan_series,
         {"plan on": series.extend_series, "change": series.change_series, "end": series.end_series}, names=("venue",)),
)
VENUE_DOORS = (
    Door("venue", "places as outreach uses them: status, sessions held and planned, people who wait", queries.used_venues, None,
         {"close": closing.close_venue, "open again": closing.open_venue, "move sessions": closing.move_sessions}, names=("venue",)),
    Door("presence", "places by weeks: whether somebody of us was there", queries.presence, None, names=("name",)),
    Door("unmet", "people turned away, counted without identity", queries.turned_away, unmet.turn_away,
         {"correct": sessions.correct_tally}, names=("ward",)),
)
