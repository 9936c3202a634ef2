"""Where files live, and where what ships with the program is found. No Qt, no store.

Named tuples, as everything on the way to the first filled list (ui.shell.spec).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

READS_BESIDE = "--reads-beside"  # the one word by which the program starts itself to read half of a big file (place.beside)
SIZES = (100, 110, 125, 150, 175, 200)  # of text and spacing, per cent


class Places(NamedTuple):
    """The folders of one user on one machine: tests hand over their own."""

    data: Path  # the default store
    editions: Path  # imported postcode editions (public data, not encrypted)

    @property
    def default_store(self) -> Path:
        return self.data / "desk.coachdesk"


class Looks(NamedTuple):
    """How this user's desk looks. dark: None follows the system; scale: text and spacing in per cent, 100 to 200."""

    dark: bool | None = None
    scale: int = 100


def read_looks(places: Places) -> Looks:
    """The looks as they were left; the plain ones where nothing is kept, or where what is kept cannot be read."""
    try:
        kept = json.loads((places.data / "looks.json").read_text("utf-8"))
        dark, scale = kept["dark"], kept["scale"]
    except (OSError, ValueError, KeyError, TypeError):
        return Looks()
    return Looks(dark if isinstance(dark, bool) else None, scale if scale in SIZES else 100)


def keep_looks(places: Places, looks: Looks) -> None:
    """Keeps the looks for the next start. A disk that says no is no trouble: they are chosen again."""
    beside = places.data / "looks.json.tmp"
    try:
        places.data.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps({"dark": looks.dark, "scale": looks.scale}), "utf-8")
        beside.replace(places.data / "looks.json")
    except OSError:
        return


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
