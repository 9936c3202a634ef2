"""From parsed words to an action: which store, which day, who acts; then the command itself."""

from __future__ import annotations

import argparse
import getpass
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from coachdesk.cli.answer import Answer
from coachdesk.clock import Clock
from coachdesk.errors import Trouble
from coachdesk.settings import Places


class World(Protocol):
    """The parts that the composition root hands over."""

    places: Places
    clock: Clock
    dice: Callable[[int], bytes]
    cost: Any
    ask_passphrase: Callable[[str], str] | None
    open_window: Any
    take_pictures: Any
    has_display: Callable[[], bool]
    open_store: Callable[..., Any]
    make_store: Callable[..., tuple[str, list[str]]]

    def on(self, day: date | None) -> World:
        """The same parts with the clock on another day."""


def command(options: argparse.Namespace, parts: World, answer: Answer) -> None:
    """Runs one parsed command."""
    parts = parts.on(options.today)
    name = options.command
    if name in ("postcodes", "describe", "eligibility"):
        from coachdesk.cli import places

        getattr(places, name)(options, parts, answer)
    elif name in ("init", "restore", "passphrase", "demo"):
        from coachdesk.cli import beginning

        getattr(beginning, "change_passphrase" if name == "passphrase" else name)(options, parts, answer)
    else:
        from coachdesk.cli import desk

        with opened(options, parts) as store:
            getattr(desk, name)(options, store, answer)


@contextmanager
def opened(options: argparse.Namespace, parts: World) -> Iterator[Any]:
    """The store of this command, open, on its day, with the postcode shelf; closed at the end."""
    from coachdesk.store import keys

    path = options.store or parts.places.default_store
    keys.read(path)
    store = parts.open_store(path, passphrase(parts, path))
    try:
        yield store
    finally:
        store.close()


def passphrase(parts: World, path: Path, *, variable: str = "COACHDESK_PASSPHRASE", question: str = "Passphrase") -> str:
    """From the environment, else from a prompt. Trouble when there is nobody to ask."""
    given = os.environ.get(variable)
    if given is not None:
        return given
    ask = parts.ask_passphrase or _prompt
    return ask(f"{question} for {path.name}: ")


def _prompt(question: str) -> str:
    try:
        return getpass.getpass(question)
    except (EOFError, OSError):
        raise Trouble("No passphrase was given.", "Type it at the prompt, or set COACHDESK_PASSPHRASE for a script.") from None


def owner(store: Any) -> UUID:
    """The acting member: the store's owner."""
    found: UUID = store.desk.owner
    return found
