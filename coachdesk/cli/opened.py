"""The store of a command, open: which file, whose passphrase, which day, who acts."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from coachdesk.clock import Clock
from coachdesk.errors import Refusal, Trouble
from coachdesk.settings import Places


class World(Protocol):
    """The parts that the composition root hands over."""

    @property
    def places(self) -> Places:
        """The user's folders."""

    @property
    def clock(self) -> Clock:
        """What day it is."""

    @property
    def dice(self) -> Callable[[int], bytes]:
        """Random bytes."""

    @property
    def cost(self) -> Any:
        """Of a guess at the passphrase; None: the strong one."""

    @property
    def ask_passphrase(self) -> Callable[[str], str] | None:
        """Asks a person; None: a prompt on the terminal."""

    @property
    def open_window(self) -> Callable[[Any, Path | None, str | None], int] | None:
        """Opens the window on a store and runs until it is closed."""

    @property
    def take_pictures(self) -> Callable[[Any, Path, str, Path], list[Path]] | None:
        """A PNG of every screen."""

    @property
    def has_display(self) -> Callable[[], bool]:
        """Whether a window could be shown to a person here."""

    def on(self, day: date | None) -> Any:
        """The same parts with the clock on another day."""

    def open_store(self, path: Path, secret: str, *, new_passphrase: str | None = None) -> Any:
        """Opens a store, on its day, with the shelf of editions."""

    def make_store(self, path: Path, secret: str, owner: str, template: str, *, sample_day: date | None = None) -> tuple[str, list[str]]:
        """Makes a store; answers the recovery code and what the editions say of its lots."""


def store_path(options: argparse.Namespace, parts: World) -> Path:
    """The store of this command: --store, else the default one. Trouble when no file can have that name, or a folder has it."""
    path: Path = options.store if options.store is not None else parts.places.default_store
    try:
        is_folder = bool(path.name) and path.is_dir()
        path.exists()
    except (OSError, ValueError):
        raise Trouble("No file can have that name.", "Give the store another name. Nothing was changed.") from None
    if not path.name or "\0" in str(path):
        raise Trouble("--store needs the name of a file.", "Give the store's file. Nothing was changed.")
    if is_folder:
        raise Trouble(f"{path.name} is a folder, not a store.", "Give the file of the store inside it. Nothing was changed.")
    return path


@contextmanager
def opened(options: argparse.Namespace, parts: World) -> Iterator[Any]:
    """The store of this command, open, on its day, with the postcode shelf; closed at the end."""
    from coachdesk.store import keys

    path = store_path(options, parts)
    keys.read(path)
    store = parts.open_store(path, passphrase(parts, path))
    try:
        yield store
    finally:
        store.close()


def passphrase(
    parts: World, path: Path, *, variable: str = "COACHDESK_PASSPHRASE", question: str = "Passphrase", is_new: bool = False
) -> str:
    """From the environment, else from a prompt; a new one is typed twice. Trouble when there is nobody to ask, Refusal when both differ."""
    given = os.environ.get(variable)
    if given is not None:
        return given
    ask = parts.ask_passphrase or _prompt
    typed = ask(f"{question} for {path.name}: ")
    if is_new and ask("The same once more: ") != typed:
        raise Refusal("The two were not the same.", "Nothing was changed. Give the command again.")
    return typed


def _prompt(question: str) -> str:
    """Asks on the terminal without showing what is typed; without a terminal takes a line of what is piped in."""
    try:
        if sys.stdin.isatty():
            return getpass.getpass(question)
        typed = sys.stdin.readline()
    except (EOFError, OSError, ValueError):
        typed = ""
    if not typed:
        raise Trouble("No passphrase was given.", "Type it at the prompt, or set COACHDESK_PASSPHRASE for a script.")
    return typed.rstrip("\r\n")


def owner(store: Any) -> UUID:
    """The acting member: the store's owner."""
    found: UUID = store.desk.owner
    return found
