"""The window after unlocking: navigation only. The only place that knows which page shows which kind of record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from coachdesk.errors import Spoken
from coachdesk.ui.parts.message_bar import Banner, MessageBar
from coachdesk.ui.parts.privacy import forget_copied, set_in_public
from coachdesk.ui.parts.theme import LARGE, MEDIUM, Theme
from coachdesk.ui.shell.first_paint import on_first_paint
from coachdesk.ui.shell.shown_page import ShownPage, scrolled
from coachdesk.ui.shell.spec import Command, Hit, PageSpec
from coachdesk.ui.work import AnyChange, Work

if TYPE_CHECKING:
    from coachdesk.ui.shell.palette import Palette
    from coachdesk.ui.shell.status_bar import StatusBar

HELP = "help"
_SETTLE_MS = 40          # the first paint reaches the screen before the rest is made


class MainWindow(QMainWindow):
    """Rail, pages, message bars, status, palette. `locked` after Ctrl+L, when the pages are gone; `closed` with the window.

    Status, palette and `rail_foot()` are made right after the first paint, or when they are first asked for (GOALS 1).
    `find(text)` answers Hits and runs on the worker when there is a Work. `sample_notice` puts the banner up.
    """

    locked = Signal()
    closed = Signal()
    public_place = Signal(bool)

    def __init__(self, pages: Sequence[PageSpec], *, title: str = "CoachDesk", work: Work | None = None, theme: Theme | None = None,
                 find: Callable[[str], Sequence[Hit]] = lambda _text: [], commands: Sequence[Command] = (),
                 sample_notice: str = "", first_page: str = "", rail_foot: Callable[[], QWidget] | None = None) -> None:
        super().__init__()
        self.pages = tuple(pages)
        self.work, self._theme, self._title = work, theme, title
        self._commands = tuple(commands)
        self._shown: dict[str, ShownPage] = {}
        self._specs = {spec.key: spec for spec in self.pages}
        self._specs[HELP] = PageSpec(HELP, "Keys", "help", self._make_help)
        self._opens = {kind: spec.key for spec in self.pages for kind in spec.kinds}
        self._trail: list[str] = []
        self._key = ""
        self._is_public = False
        self._saved = ("Saved here", "", "")
        self._find, self._make_rail_foot = find, rail_foot
        self._rail_foot: QWidget | None = None
        self._made_status: StatusBar | None = None
        self._made_palette: Palette | None = None
        self.setWindowTitle(title)
        self._build(sample_notice)
        self._build_shortcuts()
        on_first_paint(self, lambda: QTimer.singleShot(_SETTLE_MS, self, self.furnish))
        if work is not None:
            work.changed.connect(self._on_work_changed)
            work.saving_changed.connect(self._draw_saved)
        if theme is not None:
            theme.changed.connect(self._on_theme_changed)
        self.resize(1180, 760)
        self.go(first_page or (self.pages[0].key if self.pages else HELP))

    # building

    def _build(self, sample_notice: str) -> None:
        middle = QWidget()
        down = QVBoxLayout(middle)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        if sample_notice:
            down.addWidget(Banner(sample_notice))
        across = QHBoxLayout()
        across.setSpacing(0)
        self.rail = self._build_rail()
        self._stack = QStackedWidget()
        self._rail_column = QVBoxLayout()
        self._rail_column.setSpacing(0)
        self._rail_column.addWidget(self.rail, 1)
        across.addLayout(self._rail_column)
        across.addWidget(self._stack, 1)
        down.addLayout(across, 1)
        self._down = down
        self.setCentralWidget(middle)

    def furnish(self) -> None:
        """Make what the first paint did without; nothing the second time."""
        if self._made_status is not None:
            return
        from coachdesk.ui.parts import icons
        from coachdesk.ui.shell.palette import Palette
        from coachdesk.ui.shell.status_bar import StatusBar

        self._made_status = StatusBar(self.lock)
        self._draw_saved()
        self._down.addWidget(self._made_status)
        palette = self._made_palette = Palette(self._find, self._all_commands, self.work, self)
        palette.chosen.connect(self._on_palette_chosen)
        palette.closed.connect(self._focus_page)
        if self._make_rail_foot is not None:
            self._rail_foot = self._make_rail_foot()
            self._rail_column.addWidget(self._rail_foot)
            self._fit_rail(self.rail)
        for spec, item in zip(self.pages, range(self.rail.count()), strict=True):
            icons.wear(self.rail.item(item), spec.icon)
        for shown in self._shown.values():
            self._tell(shown, "furnish")

    @property
    def status(self) -> StatusBar:
        """The line at the foot."""
        self.furnish()
        assert self._made_status is not None
        return self._made_status

    @property
    def _palette(self) -> Palette:
        self.furnish()
        assert self._made_palette is not None
        return self._made_palette

    def _find_anything(self) -> None:
        self._palette.open()

    def _make_help(self) -> QWidget:
        from coachdesk.ui.shell.help_page import HelpPage

        return HelpPage(self._commands)

    def _build_rail(self) -> QListWidget:
        rail = QListWidget()
        rail.setObjectName("rail")
        rail.setAccessibleName("Pages")
        rail.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for at, spec in enumerate(self.pages, 1):
            item = QListWidgetItem(spec.title)
            item.setToolTip(f"{spec.title} (Ctrl+{at})" if at < 10 else spec.title)
            rail.addItem(item)
        rail.currentRowChanged.connect(self._on_rail_moved)
        rail.itemActivated.connect(lambda _item: self._focus_page())
        self._fit_rail(rail)
        return rail

    def _fit_rail(self, rail: QListWidget) -> None:
        rail.ensurePolished()
        line = rail.fontMetrics().lineSpacing()
        rail.setIconSize(QSize(line, line))
        widest = max((rail.fontMetrics().horizontalAdvance(spec.title) for spec in self.pages), default=80)
        wide = max(round(widest * 1.12) + line + 4 * LARGE, line * 9)
        rail.setFixedWidth(wide)
        if self._rail_foot is not None:
            self._rail_foot.setFixedWidth(wide)

    def _build_shortcuts(self) -> None:
        for at, spec in enumerate(self.pages[:9], 1):
            self._key_does(f"Ctrl+{at}", partial(self.go, spec.key))
        for keys, does in (
            ("Ctrl+K", self._find_anything), ("Ctrl+L", self.lock), ("F1", lambda: self.go(HELP)), ("Alt+Left", self.back),
            ("Ctrl+Shift+P", lambda: self.set_public_place(not self._is_public)), ("F6", self._on_f6),
        ):
            self._key_does(keys, does)
        if self._theme is not None:
            theme = self._theme
            for keys, does in (("Ctrl++", theme.bigger), ("Ctrl+=", theme.bigger), ("Ctrl+-", theme.smaller),
                               ("Ctrl+0", lambda: theme.set_scale(100)), ("Ctrl+Shift+D", lambda: theme.set_dark(not theme.dark))):
                self._key_does(keys, does)
        for command in self._commands:
            if command.keys:
                self._key_does(command.keys, command.run)

    def _key_does(self, keys: str, does: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(does)

    def _all_commands(self) -> list[Command]:
        pages = enumerate(self.pages, 1)
        going = [Command(f"Go to {spec.title}", partial(self.go, spec.key), f"Ctrl+{at}" * (at < 10)) for at, spec in pages]
        own = [Command("Lock the desk", self.lock, "Ctrl+L"), Command("Keys and help", lambda: self.go(HELP), "F1"),
               Command("Public place on or off", lambda: self.set_public_place(not self._is_public), "Ctrl+Shift+P")]
        return [*self._commands, *going, *own]

    # going about

    def go(self, key: str) -> None:
        """Show a page by its key, make it if it was never shown, and put the keyboard into it."""
        self._show(key)
        self._focus_page()

    def open(self, kind: str, id: Any) -> None:
        """Open a record on the page that shows its kind."""
        key = self._opens.get(kind)
        if key is None:
            bar = self.bar()
            if bar is not None:
                bar.refused("This desk has no page for that record yet. Nothing was changed.")
            return
        self._show(key)
        self._focus_page()
        self._tell(self._shown[key], "open", kind, id)

    def back(self) -> None:
        """The page before this one."""
        if self._trail:
            key = self._trail.pop()
            self._show(key, remember=False)
            self._focus_page()

    def page(self, key: str) -> QWidget | None:
        """A page that has been shown, else None."""
        shown = self._shown.get(key)
        return shown.page if shown else None

    def current_key(self) -> str:
        """The key of the page in front."""
        return self._key

    def bar(self) -> MessageBar | None:
        """The message bar of the page in front."""
        shown = self._shown.get(self._key)
        return shown.bar if shown else None

    def _show(self, key: str, remember: bool = True) -> None:
        if key == self._key:
            return
        if self._key and remember:
            self._trail = [*self._trail[-30:], self._key]
        if (left := self.bar()) is not None and left.kind == "done":
            left.dismiss()                              # said, and not news any more when one comes back
        self._key = key
        spec = self._specs[key]
        if key not in self._shown:
            self._make(spec)
        shown = self._shown[key]
        self.rail.blockSignals(True)                    # it may get the keyboard of the page that goes, and then goes to its first row
        self._stack.setCurrentWidget(shown.holder)
        self.setWindowTitle(f"{spec.title} – {self._title}")
        self.rail.setCurrentRow(next((at for at, one in enumerate(self.pages) if one.key == key), -1))
        self.rail.blockSignals(False)
        if shown.stale:
            changes, shown.stale = AnyChange(frozenset(shown.stale)), set()
            self._tell(shown, "reload", changes)

    def _make(self, spec: PageSpec) -> None:
        holder, bar = QWidget(), MessageBar()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        frame = QHBoxLayout()
        frame.setContentsMargins(LARGE, MEDIUM, LARGE, 0)
        frame.addWidget(bar)
        layout.addLayout(frame)
        self._stack.addWidget(holder)
        shown = self._shown[spec.key] = ShownPage(holder, bar)
        try:
            page = spec.make()
        except Spoken as spoken:
            bar.say(spoken)
            layout.addStretch(1)
            return
        shown.page = page
        layout.addWidget(scrolled(page), 1)
        asking: Any = page
        if hasattr(page, "open_requested"):
            asking.open_requested.connect(self.open)
        self._tell(shown, "reload", None)

    def _tell(self, shown: ShownPage, verb: str, *words: Any) -> None:
        """Call an optional method of a page; a refusal goes to its own bar."""
        try:
            getattr(shown.page, verb, lambda *_words: None)(*words)
        except Spoken as spoken:
            shown.bar.say(spoken)

    def _focus_page(self) -> None:
        shown = self._shown.get(self._key)
        if shown is None or shown.page is None:
            return
        self._tell(shown, "first_focus")
        if not shown.holder.isAncestorOf(self.focusWidget() or self):
            shown.page.setFocus(Qt.FocusReason.OtherFocusReason)

    # what comes in

    def _on_work_changed(self, changes: Any) -> None:
        for key, shown in tuple(self._shown.items()):
            if key == self._key:
                self._tell(shown, "reload", changes)
            else:
                shown.stale |= changes.rooms

    def _on_rail_moved(self, at: int) -> None:
        if at >= 0:
            self._show(self.pages[at].key)

    def _on_palette_chosen(self, thing: Any) -> None:
        if isinstance(thing, Hit):
            self.open(thing.kind, thing.id)
        else:
            self._focus_page()
            thing.run()

    def _on_f6(self) -> None:
        if self.rail.hasFocus():
            self._focus_page()
        else:
            self.rail.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_theme_changed(self) -> None:
        from coachdesk.ui.parts import icons

        icons.recolour()
        self._fit_rail(self.rail)

    # status, public place, lock

    def _draw_saved(self) -> None:
        if self._made_status is not None:
            self._made_status.set_saved(*(("Saving…",) if self.work is not None and self.work.saving() else self._saved))

    def set_status(self, *, saved: tuple[str, str, str] | None = None, claim: str | None = None, venue: str | None = None) -> None:
        """The words at the foot: only those given change. saved: words, tint and the whole sentence (StatusBar.set_saved)."""
        if saved is not None:
            self._saved = saved
            self._draw_saved()
        if claim is not None:
            self.status.set_claim(claim)
        if venue is not None:
            self.status.set_venue(venue)

    def set_public_place(self, on: bool) -> None:
        """Initials instead of names, everywhere."""
        self._is_public = on
        self.status.set_public(on)
        self._draw_names(hidden=on)

    def _draw_names(self, hidden: bool) -> None:
        set_in_public(hidden)
        for shown in self._shown.values():
            self._tell(shown, "set_public_place", hidden)
            if hidden:
                shown.bar.dismiss()                     # it may name somebody
        for table in self.findChildren(QTableView):
            table.viewport().update()
        self.public_place.emit(hidden)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F9 and self._is_public and not event.isAutoRepeat():
            self._draw_names(hidden=False)
        elif event.key() == Qt.Key.Key_Escape and (bar := self.bar()) is not None:
            bar.dismiss()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F9 and self._is_public and not event.isAutoRepeat():
            self._draw_names(hidden=True)
        else:
            super().keyReleaseEvent(event)

    def lock(self) -> None:
        """Close what is open, empty the clipboard if it is ours, drop every page, hide, and say so."""
        modal = QApplication.activeModalWidget()
        while modal is not None and modal is not self:
            modal.close()
            after = QApplication.activeModalWidget()
            modal = None if after is modal else after
        forget_copied()
        if self._made_palette is not None:
            self._made_palette.hide()
        self.hide()
        for shown in self._shown.values():
            self._stack.removeWidget(shown.holder)
            shown.holder.deleteLater()
        self._shown.clear()
        self._trail.clear()
        self._key = ""
        self.set_public_place(False)
        self.locked.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()
