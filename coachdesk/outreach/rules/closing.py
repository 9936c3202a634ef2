"""Closing places and opening them again: what becomes of their sessions, and in which order places start again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coachdesk.clock import day_text
from coachdesk.errors import Refusal

MOVE, CANCEL, LEAVE = "move", "cancel", "leave"
BECOMES = (MOVE, CANCEL, LEAVE)


@dataclass(frozen=True, slots=True)
class Restart:
    """What decides when a place starts again. people: who came through it; sessions: held in the year before it closed."""

    name: str
    is_own_premises: bool
    risk_assessed_on: date | None
    closed_on: date
    people: int
    sessions: int


def restart_key(place: Restart) -> tuple[bool, bool, int, int, str]:
    """The order of a restart: own premises first, then what is risk assessed since it closed, then where most people came from."""
    return (not place.is_own_premises, not is_assessed(place), -place.people, -place.sessions, place.name.casefold())


def is_assessed(place: Restart) -> bool:
    """Whether the risk was assessed on or after the day on which the place closed: an older assessment says nothing of now."""
    return place.risk_assessed_on is not None and place.risk_assessed_on >= place.closed_on


def restart_words(place: Restart) -> str:
    """Why a place stands where it stands, in words."""
    own = "the partner’s own premises, so nobody else must agree" if place.is_own_premises else "shared premises, so others must agree"
    if is_assessed(place) and place.risk_assessed_on is not None:
        risk = f"risk assessed on {day_text(place.risk_assessed_on)}"
    elif place.risk_assessed_on is not None:
        risk = f"risk assessment of {day_text(place.risk_assessed_on)} is older than the closing: do it again"
    else:
        risk = "risk assessment still to do"
    came = "nobody registered came through it yet" if not place.people else (
        f"{place.people:,} registered {'person' if place.people == 1 else 'people'} came through it")
    return f"{own[0].upper()}{own[1:]}; {risk}; {came}."


def becomes_of(text: str | None, to_venue: object | None) -> str:
    """What becomes of planned sessions: move, cancel or leave. With a place to move to, move; Refusal for move without one."""
    words = " ".join((text or "").lower().split())
    if not words:
        return MOVE if to_venue is not None else LEAVE
    if words not in BECOMES:
        raise Refusal(f"“{words[:40]}” is not something that can become of sessions.",
                      f"Choose one of: {'; '.join(BECOMES)}. Nothing was changed.")
    if words == MOVE and to_venue is None:
        raise Refusal("Sessions that are moved need a place to go to.", "Choose the place, or cancel them. Nothing was changed.")
    if words != MOVE and to_venue is not None:
        raise Refusal(f"A place to move to was named, but the sessions are to {words}.", "Choose one of both. Nothing was changed.")
    return words


def closed_words(venue: str, reason: str | None) -> str:
    """Why a session was cancelled when its place closed."""
    return f"{venue} is closed{f': {reason}' if reason else ''}"[:300]
