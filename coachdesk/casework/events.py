"""One thing that happened with a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. kind and id open its record; what and detail are for people."""

    id: UUID
    on: date
    kind: str
    what: str
    detail: str
    who: str
