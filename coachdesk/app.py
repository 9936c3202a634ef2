"""The composition root: which clock, dice, folders and window this run uses. Tests plug fakes in here and nowhere else."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from copy import copy
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coachdesk import settings
from coachdesk.clock import Clock, FixedDay, SystemClock
from coachdesk.errors import Refusal, Trouble

if TYPE_CHECKING:
    from coachdesk.store.session import Store


class Parts:
    """Everything of the outside world that a run touches. No dataclass: nothing else on the way to the first list needs that module."""

    def __init__(
        self,
        places: settings.Places | None = None,
        clock: Clock | None = None,
        dice: Callable[[int], bytes] = os.urandom,
        cost: Any = None,
        ask_passphrase: Callable[[str], str] | None = None,
        open_window: Callable[[Parts, Path | None, str | None], int] | None = None,
        take_pictures: Callable[[Parts, Path, str, Path], list[Path]] | None = None,
        has_display: Callable[[], bool] = lambda: False,
        day: date | None = None,
    ) -> None:
        """cost: of a guess at the passphrase; None: the strong one. ask_passphrase: None: a prompt on the terminal.

        day: the one that was asked for; None: the clock's own.
        """
        self.places = places or settings.user_places()
        self.clock = clock or SystemClock()
        self.dice, self.cost, self.ask_passphrase = dice, cost, ask_passphrase
        self.open_window, self.take_pictures, self.has_display = open_window, take_pictures, has_display
        self.day = day

    def on(self, day: date | None) -> Parts:
        """The same parts with the clock on another day."""
        if day is None:
            return self
        made = copy(self)
        made.clock, made.day = FixedDay(day), day
        return made

    def open_store(self, path: Path, secret: str, *, new_passphrase: str | None = None) -> Store:
        """Opens a store with its passphrase or recovery code, on its day, with the shelf of postcode editions at hand.

        new_passphrase: rewraps the passphrase slot first (somebody came in with the recovery code).
        """
        from coachdesk.store import keys

        if new_passphrase is not None:
            keys.change_passphrase(path, secret, new_passphrase, self.dice, self.cost or keys.STRONG)
        return self._opened(path, keys.unlock(path, secret))

    def first_store(self, path: Path, secret: str) -> Any:
        """A store whose key is at hand: facts and today's first rows at once, the rest when it is first asked (store.first).

        Imports neither SQLAlchemy nor the rooms. A store of an older program is opened, and upgraded, at once.
        """
        from coachdesk.casework.first_page import first_rows
        from coachdesk.store import first, keys

        key = keys.unlock(path, secret)
        return first.FirstStore(
            path, key, self.clock, open=lambda: self._opened(path, key), first_rows=first_rows, keep_day=self.day is not None
        )

    def _opened(self, path: Path, key: bytes) -> Store:
        from coachdesk.casework import every_room  # noqa: F401  before the store is opened: it must know all of its tables
        from coachdesk.store import opening

        store = opening.open_store(path, key, self.clock, self.dice)
        store.gate = partial(_may_write, store)
        self._lend(store)
        return store

    def make_store(self, path: Path, secret: str, owner: str, template: str, *, sample_day: date | None = None) -> tuple[str, list[str]]:
        """Makes a store from a programme template (a file, or the name of one that ships).

        Answers the recovery code, and what the wards' own editions say of the lots. Refusal or Trouble: nothing was made.
        """
        from coachdesk.casework import every_room  # noqa: F401  as in _opened
        from coachdesk.programme import actions, queries, rules
        from coachdesk.store import keys, opening

        programme = rules.read_programme(*_template(template))

        def furnish(store: Store) -> None:
            self._lend(store)
            with store.change(store.desk.owner, f"Begin {programme.name}", lasting=True) as session:
                actions.begin_programme(session, programme, store.desk.owner, store.desk.owner_name)

        store, code = opening.make_store(
            path, secret, owner, self.clock, furnish=furnish, dice=self.dice, cost=self.cost or keys.STRONG, sample_day=sample_day
        )
        try:
            with store.read() as session:
                return code, queries.pair_findings(session)
        finally:
            store.close()

    def join_team(self, path: Path, secret: str, owner: str, folder: str, code: str = "") -> tuple[str, str]:
        """Makes a store that asks to join the team of a folder; answers its recovery code and the six words for the lead.

        code: the team's own, with which a lead comes back at once and without words. Refusal or Trouble: nothing was made.
        """
        from coachdesk.casework import every_room  # noqa: F401  as in _opened
        from coachdesk.store import keys
        from coachdesk.sync import joining, places

        path.parent.mkdir(parents=True, exist_ok=True)
        carrier, cost = places.carrier_at(folder), self.cost or keys.STRONG
        if code:
            made = joining.recover(carrier, code, path, secret, owner, self.clock, dice=self.dice, cost=cost)
        else:
            made = joining.join(carrier, path, secret, owner, self.clock, dice=self.dice, cost=cost)
        made.store.close()
        return made.recovery_code, made.words

    def warm_up(self) -> None:
        """Imports what an open desk needs; called beside the window's thread while somebody types the passphrase."""
        from coachdesk.casework import queries  # noqa: F401
        from coachdesk.store import opening  # noqa: F401

    def _lend(self, store: Store) -> None:
        from coachdesk.place.editions import open_shelf

        store.world["shelf"] = open_shelf(self.places)
        if store.desk.sample_day and self.day is None:
            store.clock = FixedDay(store.desk.sample_day)
        if isinstance(store.clock, FixedDay):
            # Two commands of one standing day: the second one's instants come after the first one's, as in life.
            store.clock = FixedDay(store.clock.today(), after=store.last_instant(store.clock.today()))


def _template(name: str) -> tuple[str, str]:
    """The text and name of a template. Trouble when there is none; Refusal when it is no text."""
    path = Path(name)
    if not path.exists():
        folder = settings.resources() / "programmes"
        shipped = folder / (path.name if path.suffix == ".toml" else f"{path.name}.toml")
        if not shipped.exists():
            ships = ", ".join(sorted(each.stem for each in folder.glob("*.toml")))
            raise Trouble(f"There is no programme template called {name}.", f"Templates that ship: {ships}. Nothing was made.")
        path = shipped
    try:
        return path.read_text(encoding="utf-8"), path.name
    except UnicodeDecodeError:
        raise Refusal(f"{path.name} is not a text file in UTF-8.", "Save it as UTF-8. Nothing was made.") from None
    except OSError as problem:
        raise Trouble(f"{path.name} cannot be read: {problem.strerror}.", "Nothing was made.") from None


def _may_write(store: Store, table: str) -> Refusal | None:
    """Why this laptop's role in the team forbids a record of this table; imported at the first save only."""
    from coachdesk.sync import gate

    return gate.refusal(store, table)


def parts() -> Parts:
    """The real parts."""
    return Parts(open_window=_open_window, take_pictures=_take_pictures, has_display=has_display)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the window (no command, or only --store) or the command line; answers the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words == [settings.READS_BESIDE]:
        from coachdesk.place import beside_main

        return beside_main.main()
    if not words or (words[0] == "--store" and len(words) == 2):
        return _open_window(parts(), Path(words[1]) if words else None, None)
    from coachdesk import cli

    return cli.main(words, parts())


def has_display() -> bool:
    """Whether a window could be shown to a person here."""
    here: str = sys.platform
    if here.startswith("linux"):
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) and os.environ.get("QT_QPA_PLATFORM") != "offscreen"
    return True


def _open_window(own: Parts, store: Path | None, passphrase: str | None) -> int:
    path = store or own.places.default_store
    at_hand = begin_start(own, path, passphrase)
    exit_code: int = window_modules().run(own, path, at_hand)
    return exit_code


def begin_start(own: Parts, path: Path, passphrase: str | None) -> Callable[[], Any] | None:
    """What goes on while PySide6 is imported: key derivation and the first rows, for neither needs the other. None: nobody knows the key.

    Garbage is not looked for until the first paint (ui.shell.start): what is imported stays anyway, and looking costs a tenth of the start.
    """
    import gc

    gc.disable()
    return _beside(lambda: own.first_store(path, passphrase)) if passphrase is not None else None


def window_modules() -> Any:
    """ui.shell.start, imported with Python's own import, which PySide6 replaces.

    Its own reads and keeps the source of every module, so that `from __feature__ import snake_case` may be said somewhere; we never
    say it. Measured: 21 MB and a quarter of the time of importing SQLAlchemy and the rooms.
    """
    import builtins

    import PySide6.QtWidgets  # noqa: F401  while PySide6's own import is still there, as its modules expect

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
    from coachdesk.ui.shell import start

    return start


def _beside(work: Callable[[], Any]) -> Callable[[], Any]:
    """Begins work on a thread; the answer waits for its end, and raises what it raised."""
    box: dict[str, Any] = {}

    def run() -> None:
        try:
            box["answer"] = work()
        except BaseException as problem:
            box["problem"] = problem

    thread = threading.Thread(target=run, name="key")
    thread.start()

    def answer() -> Any:
        thread.join()
        if "problem" in box:
            raise box["problem"]
        return box["answer"]

    return answer


def _take_pictures(own: Parts, store: Path, passphrase: str, folder: Path) -> list[Path]:
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    taken: list[Path] = window_modules().pictures(own, store, own.open_store(store, passphrase), folder)
    return taken
