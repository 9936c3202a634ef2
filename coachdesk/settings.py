"""Where files live, and where what ships with the program is found. No Qt, no store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Places:
    """The folders of one user on one machine: tests hand over their own."""

    data: Path  # the default store
    editions: Path  # imported postcode editions (public data, not encrypted)

    @property
    def default_store(self) -> Path:
        return self.data / "desk.coachdesk"


def user_places() -> Places:
    """The user's own folders, as the operating system wants them; COACHDESK_HOME moves them all (a stick, a test)."""
    import os

    home = os.environ.get("COACHDESK_HOME")
    if home:
        return Places(Path(home), Path(home) / "editions")
    import platformdirs

    data = Path(platformdirs.user_data_dir("CoachDesk", appauthor=False))
    return Places(data, data / "editions")


def resources() -> Path:
    """The folder with what ships: inside the installed package, else beside it in the source tree."""
    packaged = Path(__file__).resolve().parent / "_resources"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parent.parent / "resources"
