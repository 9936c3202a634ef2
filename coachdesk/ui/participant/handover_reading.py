"""What the handover shows: the team, and everything open under one member's name, by person and apart from people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from coachdesk.casework import standing as standings
from coachdesk.casework.handover import caseload_of
from coachdesk.casework.standing import PERSON, HolderRow, StandingRow, counted
from coachdesk.clock import day_text


@dataclass(frozen=True, slots=True)
class Open:
    """One reading of a member: who is on their caseload by name, what is open about each, and what is about nobody of them."""

    member: UUID
    people: tuple[StandingRow, ...]
    about: Mapping[UUID, tuple[StandingRow, ...]]
    others: tuple[StandingRow, ...]


@dataclass(frozen=True, slots=True)
class PersonShown:
    """A person as the list shows them. to: the name of who takes over, or that they stay."""

    id: UUID
    name: str
    reference: str
    open: str
    to: str


def team(session: Any) -> list[HolderRow]:
    """Who may hand over and who may take over."""
    return standings.holders(session)


def open_of(session: Any, member: UUID) -> Open:
    """Everything open under a member's name."""
    rows = standings.standing(session, members=[member])
    own = caseload_of(rows)
    people = sorted((row for row in rows if row.kind == PERSON and row.id in own), key=lambda row: row.who.casefold())
    about: dict[UUID, list[StandingRow]] = {}
    others = []
    for row in rows:
        if row.participant_id is not None and row.participant_id in own:
            if row.kind != PERSON:
                about.setdefault(row.participant_id, []).append(row)
        else:
            others.append(row)
    return Open(member, tuple(people), {id: tuple(rows) for id, rows in about.items()}, tuple(others))


def shown(found: Open, given: Mapping[UUID, UUID], names: Mapping[UUID, str]) -> list[PersonShown]:
    """The people with who takes each."""
    return [PersonShown(row.id, row.who, row.reference, counted(found.about.get(row.id, ())),
                        names.get(given[row.id], "") if row.id in given else "stays") for row in found.people]


def holder_words(row: HolderRow, day: date) -> str:
    """A member in the box: how many people, and when they left or leave."""
    people = "1 person" if row.people == 1 else f"{row.people:,} people"
    gone = f", {'left' if row.to_day < day else 'until'} {day_text(row.to_day)}" if row.to_day else ""
    return f"{row.name} ({people}{gone})"


def thing_words(rows: tuple[StandingRow, ...]) -> str:
    """What is open about somebody, in a line."""
    return "; ".join(f"{row.what}, {day_text(row.on)}" if row.on else row.what for row in rows)
