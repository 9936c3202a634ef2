"""Settings: four tabs, This desk, Files in, Changes, About."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QTabWidget, QWidget

from coachdesk.claim import queries as _claim  # noqa: F401  the check compares the tables of every room: all have to be known
from coachdesk.errors import Spoken
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.page import Page
from coachdesk.ui.parts.theme import Theme
from coachdesk.ui.settings.about import AboutView
from coachdesk.ui.settings.changes import ChangesView, read_changes
from coachdesk.ui.settings.files_view import FilesView
from coachdesk.ui.settings.safety import DeskView

_BACKUPS = "CoachDesk backups (*.coachbackup);;All files (*)"
_DIGEST_SHOWN = 16


class _Tabs(QTabWidget):
    """Asks for no more height than it needs, so that its own lists scroll."""

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


class SettingsPage(Page):
    """How the desk looks and whether it is safe. `theme` None leaves the looks as they are. A file to bring in may come from elsewhere."""

    TAKES = ("bring in",)

    def __init__(self, desk: Desk, theme: Theme | None = None, parent: QWidget | None = None) -> None:
        super().__init__("Settings", f"{desk.store.path.name}, opened by {desk.owner_name}", parent)
        self.desk = desk
        self._theme = theme
        self.own, self.files, self.changes, self.about = DeskView(), FilesView(desk), ChangesView(), AboutView()
        self.tabs = _Tabs()
        self.tabs.setAccessibleName("Parts of the settings")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for view, title in ((self.own, "This &desk"), (self.files, "&Files in"), (self.changes, "&Changes"), (self.about, "&About")):
            self.tabs.addTab(view, title)
        self.body.addWidget(self.tabs, 1)
        self._connect()
        self._show_facts()

    def _connect(self) -> None:
        self.own.look_chosen.connect(self._on_look_chosen)
        self.own.size_chosen.connect(lambda size: self._theme.set_scale(size) if self._theme else None)
        self.own.backup_asked.connect(self.back_up)
        self.own.check_asked.connect(self.check)
        self.own.passphrase_entered.connect(self._on_passphrase_entered)
        self.changes.undo_asked.connect(self.undo)
        self.files.said.connect(self.say_done)
        self.files.receipt.open_requested.connect(self.open_requested)
        if self._theme is not None:
            self._theme.changed.connect(self._show_looks)
        self._show_looks()

    # what the shell calls

    def reload(self, changes: Any = None) -> None:
        """The log of changes, whatever changed."""
        self.desk.read(read_changes, self, self.changes.changes.show_rows)
        self.about.show_shelf(self.desk.shelf)
        self.files.reload(changes)

    def take(self, what: str, kind: str) -> None:
        """A file of a kind, asked for on another page."""
        self.tabs.setCurrentWidget(self.files)
        self.files.choose(kind)

    def show_files(self) -> None:
        """The files that were brought in."""
        self.tabs.setCurrentWidget(self.files)
        self.files.first_focus()

    def set_public_place(self, on: bool) -> None:
        self.files.show_words()

    def first_focus(self) -> None:
        """The first thing of the tab in front."""
        here = self.tabs.currentWidget()
        if here is self.files:
            self.files.first_focus()
            return
        where: QWidget = self.own.look if here is self.own else self.changes.changes if here is self.changes else self.tabs.tabBar()
        where.setFocus(Qt.FocusReason.OtherFocusReason)

    # looks

    def _show_looks(self) -> None:
        if self._theme is not None:
            chosen = self._theme.chosen
            self.own.show_looks("system" if chosen is None else "dark" if chosen else "light", self._theme.scale)

    def _on_look_chosen(self, look: str) -> None:
        if self._theme is not None:
            self._theme.set_dark(None if look == "system" else look == "dark")

    # safety

    def back_up(self) -> None:
        """One checked file where the person says."""
        suggested = f"{self.desk.store.path.stem}-{self.desk.today().isoformat()}.coachbackup"
        path = self.desk.dialogs.save_file(self, "Back up this desk", suggested, _BACKUPS)
        if path is None:
            return
        target = path if path.suffix else Path(f"{path}.coachbackup")
        self.own.show_busy("Writing and checking the backup. You can go on working; what you save now is written afterwards.")
        self.desk.work.read(lambda: self.desk.store.backup_to(target), self, lambda size: self._on_backed_up(target, size), self._on_failed)

    def _on_backed_up(self, target: Path, size: int) -> None:
        self.own.show_busy("")
        self._show_facts(("Last backup", f"{target.name}, {_size(size)}, checked"))
        self.say_done(f"The backup {target.name} is written and checked ({_size(size)}).", "Keep it on another disk than this computer’s.")

    def check(self) -> None:
        """Every page, every seal, and the whole log replayed."""
        self.own.show_busy("Checking every page of the store and replaying its log. This can take a minute.")
        self.desk.work.read(self.desk.store.check, self, self._on_checked, self._on_failed)

    def _on_checked(self, found: Any) -> None:
        self.own.show_busy("")
        same = found.digest == found.replay_digest
        self._show_facts(
            ("Pages and seals", "whole" if found.integrity == "ok" else found.integrity),
            ("Logged changes", f"{found.ops:,}"),
            ("Log replayed", "gives the same records" if same else "gives other records"),
            ("Digest", found.digest[:_DIGEST_SHOWN] or "none"),
        )
        bar = self.bar()
        if found.is_sound:
            self.say_done(f"The store is sound: {found.ops:,} logged changes give exactly what is stored.")
        elif bar is not None:
            bar.trouble(
                "The store is not as it should be. Nothing was changed by looking.",
                "Make a copy of the file, and restore the latest backup.",
            )

    def _on_failed(self, spoken: Spoken) -> None:
        self.own.show_busy("")
        self.say(spoken)

    def _show_facts(self, *more: tuple[str, str]) -> None:
        path = self.desk.store.path
        self.own.show_facts([("Store", path.name), ("Folder", str(path.parent)), ("Encrypted with", "SQLCipher, AES-256"), *more])

    # passphrase

    def _on_passphrase_entered(self, old: str, new: str) -> None:
        self.desk.work.read(
            lambda: self.desk.store.change_passphrase(old, new),
            self,
            lambda _none: self._on_passphrase_changed(),
            self._on_passphrase_refused,
        )

    def _on_passphrase_changed(self) -> None:
        self.own.clear_passphrases()
        self.say_done("The passphrase is changed. The recovery code stays as it was.", "Backups made before open with the old one.")

    def _on_passphrase_refused(self, spoken: Spoken) -> None:
        self.own.old.clear()
        self.own.old.setFocus(Qt.FocusReason.OtherFocusReason)
        self.say(spoken)

    # undo

    def undo(self) -> None:
        """Take back the owner's last action."""
        self.desk.undo(self, lambda reason: self.say_done(f"Undone: {reason}."))


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(count // 1000, 1)} kB"
