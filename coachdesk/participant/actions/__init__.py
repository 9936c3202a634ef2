"""What may be done in the participant room."""

from __future__ import annotations

from dataclasses import replace

from coachdesk.participant.actions import apart, assignments, history, merging, registration, reviews
from coachdesk.participant.actions.apart import (
    check_may_look,
    open_apart,
    record_equality,
    record_offence,
    record_sensitive,
    remove_offence,
    remove_sensitive,
)
from coachdesk.participant.actions.assignments import assign
from coachdesk.participant.actions.history import (
    add_benefit,
    change_benefit,
    change_needs,
    come_back,
    complete_baseline,
    end_spell,
    expect_back,
    pause,
    remove_benefit,
    start_spell,
)
from coachdesk.participant.actions.meeting import met_again
from coachdesk.participant.actions.merging import MERGEABLE, merge, part, say_two_people
from coachdesk.participant.actions.registration import (
    Benefit,
    BornOn,
    Coach,
    Connection,
    ConnectionNote,
    Email,
    HeardThrough,
    Hours,
    NiNumber,
    Note,
    Pay,
    PersonRef,
    Phone,
    Postcode,
    PreferredContact,
    SafeToCall,
    SafeToLeaveMessage,
    Situation,
    Weeks,
    add_follow_up,
    change_details,
    change_follow_up,
    complete_follow_up,
    decide_again,
    give_notice,
    record_consent,
    register,
    register_contact,
)
from coachdesk.participant.actions.reviews import decide_by_edition, keep_verdict

_PEOPLE, *_OTHERS = registration.DOORS
_VERBS = {**_PEOPLE.verbs, **history.VERBS, **assignments.VERBS, **apart.VERBS, **merging.VERBS}
DOORS = (replace(_PEOPLE, verbs=_VERBS), *_OTHERS, *history.DOORS, *assignments.DOORS, *apart.DOORS, *merging.DOORS, *reviews.DOORS)

__all__ = [
    "Benefit",
    "BornOn",
    "Coach",
    "Connection",
    "ConnectionNote",
    "DOORS",
    "Email",
    "HeardThrough",
    "Hours",
    "MERGEABLE",
    "NiNumber",
    "Note",
    "Pay",
    "PersonRef",
    "Phone",
    "Postcode",
    "PreferredContact",
    "SafeToCall",
    "SafeToLeaveMessage",
    "Situation",
    "Weeks",
    "add_benefit",
    "add_follow_up",
    "assign",
    "change_benefit",
    "change_details",
    "change_follow_up",
    "change_needs",
    "check_may_look",
    "come_back",
    "complete_baseline",
    "complete_follow_up",
    "decide_again",
    "decide_by_edition",
    "end_spell",
    "expect_back",
    "give_notice",
    "keep_verdict",
    "merge",
    "met_again",
    "open_apart",
    "part",
    "pause",
    "record_consent",
    "record_equality",
    "record_offence",
    "record_sensitive",
    "register",
    "register_contact",
    "remove_benefit",
    "remove_offence",
    "remove_sensitive",
    "say_two_people",
    "start_spell",
]
