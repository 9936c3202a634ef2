"""The composition root: which clock, dice, folders and window this run uses. Tests plug fakes in here and nowhere else."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from coachdesk import settings
from coachdesk.clock import Clock, FixedDay, SystemClock


@dataclass
class Parts:
    """Everything of the outside world that a run touches."""

    places: settings.Places = field(default_factory=settings.user_places)
    clock: Clock = field(default_factory=SystemClock)
    dice: Callable[[int], bytes] = os.urandom
    cost: Any = None                                   # of a guess at the passphrase; None: the strong one
    ask_passphrase: Callable[[str], str] | None = None  # None: a prompt on the terminal
    open_window: Callable[[Parts, Path | None, str | None], int] | None = None
    take_pictures: Callable[[Parts, Path, str, Path], list[Path]] | None = None
    has_display: Callable[[], bool] = lambda: False

    def on(self, day: date | None) -> Parts:
        """The same parts with the clock on another day."""
        if day is None:
            return self
        return Parts(self.places, FixedDay(day), self.dice, self.cost, self.ask_passphrase, self.open_window, self.take_pictures, self.has_display)


def parts() -> Parts:
    """The real parts."""
    return Parts(open_window=_open_window, take_pictures=_take_pictures, has_display=has_display)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the window (no command, or only --store) or the command line; answers the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or (words[0] == "--store" and len(words) == 2):
        return _open_window(parts(), Path(words[1]) if words else None, None)
    from coachdesk import cli

    return cli.main(words, parts())


def has_display() -> bool:
    """Whether a window could be shown to a person here."""
    if sys.platform.startswith("linux"):
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) and os.environ.get("QT_QPA_PLATFORM") != "offscreen"
    return True


def _open_window(own: Parts, store: Path | None, passphrase: str | None) -> int:
    from coachdesk.ui.shell import start

    return start.run(own, store or own.places.default_store, passphrase)


def _take_pictures(own: Parts, store: Path, passphrase: str, folder: Path) -> list[Path]:
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from coachdesk.ui.shell import start

    return start.pictures(own, store, passphrase, folder)
