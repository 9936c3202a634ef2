"""What may be done in the participant room."""

from __future__ import annotations

from dataclasses import replace

from coachdesk.participant.actions import merging, registration
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

_PEOPLE, *_OTHERS = registration.DOORS
DOORS = (replace(_PEOPLE, verbs=_PEOPLE.verbs | merging.VERBS), *_OTHERS, *merging.DOORS)

__all__ = [
    "MERGEABLE",
    "Note",
    "Pay",
    "Hours",
    "Benefit",
    "Weeks",
    "HeardThrough",
    "SafeToLeaveMessage",
    "SafeToCall",
    "PreferredContact",
    "Email",
    "Phone",
    "NiNumber",
    "BornOn",
    "ConnectionNote",
    "Connection",
    "Situation",
    "Postcode",
    "Coach",
    "PersonRef",
    "DOORS",
    "add_follow_up",
    "change_details",
    "change_follow_up",
    "complete_follow_up",
    "decide_again",
    "give_notice",
    "merge",
    "part",
    "record_consent",
    "register",
    "register_contact",
    "say_two_people",
]
