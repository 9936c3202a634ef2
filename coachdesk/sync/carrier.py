"""What a shared place must be able to do: list, get, put. Folder, USB stick and hub differ in nothing else (SYNC.md 0)."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from coachdesk.errors import Trouble

FORMAT = "FORMAT.txt"


class Entry(NamedTuple):
    """A file in the shared place. mark: changes when the file does (0 where the place cannot tell)."""

    name: str               # with forward slashes, below the place's root
    size: int
    mark: int = 0


class Gone(Trouble):
    """The shared place is not there: a stick not plugged in, a folder moved, a network drive not connected."""


class AnotherPlace(Trouble):
    """The shared place belongs to another team, or to none."""


class Unwilling(Trouble):
    """The shared place is there but would not take or give a file: full, write-protected, locked."""


class NotHereYet(Trouble):
    """A file is listed but its content is not on this computer yet (OneDrive, not running or still fetching)."""


class Carrier(Protocol):
    """A shared place. Every method raises Trouble of the kinds above, and nothing else, when the world says no."""

    @property
    def where(self) -> str:
        """The place's own address: the same place has the same one."""
        ...

    def format_text(self) -> str | None:
        """What FORMAT.txt says; None where there is none. Gone where the place itself is missing: it is never made here."""
        ...

    def entries(self) -> list[Entry]:
        """Every file of ours, cheaply: nothing is opened."""
        ...

    def get(self, name: str) -> bytes:
        """The bytes of a file. FileNotFoundError where it is no longer there."""
        ...

    def put(self, name: str, data: bytes) -> None:
        """Puts a file there, whole or not at all; replaces one of that name."""
        ...

    def remove(self, name: str) -> None:
        """Takes a file away: own acks, requests, and key files of the erased only. Nothing happens where it is gone."""
        ...
