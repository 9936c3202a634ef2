"""Several views of one screen: a row of tabs with mnemonics, and Ctrl+Page Down or Up from one to the next."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from coachdesk.ui.parts.text import restyle


class Views(QWidget):
    """Only the tabs; the page decides what each shows. `moved(key)` when another view is looked at."""

    moved = Signal(str)

    def __init__(self, name: str, views: tuple[tuple[str, str], ...], parent: QWidget | None = None, *, keyed: bool = True) -> None:
        """`views` are (key, words with & before the mnemonic). `keyed`: Ctrl+Page Down and Up go through them."""
        super().__init__(parent)
        self._keys = [key for key, _words in views]
        self._words = [words for _key, words in views]
        self._inner: tuple[QWidget, Views] | None = None
        self._wanted = 0                        # how wide the tabs are when they stand as usual; 0: to be measured
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(name)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for words in self._words:
            self.tabs.addTab(words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)
        self.setFocusProxy(self.tabs)
        self.tabs.currentChanged.connect(lambda at: self.moved.emit(self._keys[at]))
        self._shortcuts: list[QShortcut] = []
        for keys, by in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)) if keyed else ():
            self._shortcuts.append(QShortcut(QKeySequence(keys), self))
            self._shortcuts[-1].activated.connect(lambda by=by: self._on_keys(by))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "tabs"):
            self._wanted = 0
            self._fit()

    def _fit(self) -> None:
        """Tabs that would hide behind arrows stand closer together, as with large text."""
        is_tight = bool(self.tabs.property("tight"))
        if not self._wanted:
            if is_tight:
                self._stand(is_tight=False)
                is_tight = False
            self.tabs.ensurePolished()          # before it is first shown it does not know the sheet yet
            self._wanted = self.tabs.sizeHint().width()
        if is_tight != (self._wanted > self.width()):
            self._stand(is_tight=not is_tight)

    def _stand(self, *, is_tight: bool) -> None:
        self.tabs.setProperty("tight", is_tight)
        restyle(self.tabs)
        QCoreApplication.sendEvent(self.tabs, QEvent(QEvent.Type.StyleChange))      # or it goes on with the widths that it knows

    def every_key(self) -> tuple[str, ...]:
        """All views, in order."""
        return tuple(self._keys)

    def key(self) -> str:
        """The view that is looked at."""
        return self._keys[self.tabs.currentIndex()]

    def go(self, key: str) -> None:
        """Look at a view by its key."""
        self.tabs.setCurrentIndex(self._keys.index(key))

    def count(self, key: str, number: int | None) -> None:
        """How many stand in a view, beside its words."""
        at = self._keys.index(key)
        self.tabs.setTabText(at, self._words[at] if number is None else f"{self._words[at]} ({number:,})")
        self._wanted = 0
        self._fit()

    def give_way(self, inside: QWidget, inner: Views) -> None:
        """While the keyboard stands in `inside`, Ctrl+Page Down and Up go through the views there."""
        self._inner = (inside, inner)
        for shortcut in inner._shortcuts:
            shortcut.setEnabled(False)          # the same keys twice in one window would be heard by neither

    def _on_keys(self, by: int) -> None:
        window = self.window()
        if self._inner is not None and self._inner[0].isVisible() and self._inner[0].isAncestorOf(window.focusWidget() or window):
            self._inner[1]._step(by)
        else:
            self._step(by)

    def _step(self, by: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % len(self._keys))
