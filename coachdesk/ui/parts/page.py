"""What every screen stands on: a head with actions, a body, cards, facts, and the methods that the shell calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from coachdesk.errors import Spoken
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.message_bar import MessageBar
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import LARGE, MEDIUM, SMALL, WIDE

_WORDS_LEAST = 36     # characters of the line under the title that actions beside it leave room for


class Page(QWidget):
    """A screen. `open_requested(kind, id)` asks the shell to open a record elsewhere; a page never opens another page.

    The shell calls reload(changes), open(kind, id), first_focus() and set_public_place(on). Put widgets into `body`.
    """

    open_requested = Signal(str, object)

    def __init__(self, title: str, subtitle: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.title = PlainLabel(title, "heading")
        self.subtitle = PlainLabel(subtitle, "muted", wrap=True)
        if not subtitle:                                # never setVisible(True) before a parent: it would flash up as a window
            self.subtitle.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, LARGE, WIDE, LARGE)
        layout.setSpacing(MEDIUM + SMALL)
        self._place_title_and_actions(layout)
        self.body = QVBoxLayout()
        self.body.setSpacing(MEDIUM + SMALL)
        layout.addLayout(self.body, 1)

    def _place_title_and_actions(self, layout: QVBoxLayout) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        self._actions = ButtonRow(())
        self._actions.hide()
        self._title_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._title_row.setSpacing(MEDIUM)
        self._title_row.addLayout(words, 1)
        self._title_row.addWidget(self._actions)
        self._turn_title()
        layout.addLayout(self._title_row)

    def _turn_title(self) -> None:
        """The actions stand beside the title while there is room, else below it in as many lines as they need."""
        room = self.width() - 2 * WIDE - MEDIUM
        words = max(self.title.sizeHint().width(), _WORDS_LEAST * self.fontMetrics().averageCharWidth())
        is_wide = words + self._actions.sizeHint().width() <= room
        self._title_row.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)
        self._title_row.setAlignment(self._actions, Qt.AlignmentFlag.AlignTop if is_wide else Qt.AlignmentFlag(0))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and hasattr(self, "_title_row"):
            self._turn_title()
        return super().event(event)

    def add_action(self, text: str, pressed: Callable[[], object], *, primary: bool = False, keys: str = "") -> Button:
        """A button at the right of the head; one primary a page, put last."""
        button = Button(text, pressed, role="primary" if primary else "", keys=keys)
        self._actions.add(button)
        self._actions.show()
        return button

    def set_subtitle(self, text: str) -> None:
        """The line under the title, such as "12 open, 3 overdue"."""
        self.subtitle.setText(text)
        self.subtitle.setVisible(bool(text))

    def bar(self) -> MessageBar | None:
        """The message bar of this page (the shell puts one above every page)."""
        return MessageBar.near(self)

    def say_done(self, sentence: str, next_step: str = "") -> None:
        """Say that it worked."""
        bar = self.bar()
        if bar is not None:
            bar.done(sentence, next_step)

    def say(self, spoken: Spoken) -> None:
        """Say a refusal or trouble."""
        bar = self.bar()
        if bar is not None:
            bar.say(spoken)

    def reload(self, changes: Any = None) -> None:
        """Show again what the store says; `changes` is None the first time. A page looks whether its rooms are named."""

    def open(self, kind: str, id: Any) -> None:
        """Show one record of a kind that this page's PageSpec names."""

    def first_focus(self) -> None:
        """Put the keyboard where work begins."""

    def set_public_place(self, on: bool) -> None:
        """Names become initials, or come back. Tables repaint by themselves."""


class Card(QFrame):
    """A white panel with an optional heading; put widgets into `body`."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(LARGE, LARGE - SMALL, LARGE, LARGE - SMALL)
        self.body.setSpacing(MEDIUM)
        if title:
            self.setAccessibleName(title)
            self.body.addWidget(PlainLabel(title, "subheading", wrap=True))


class Facts(QWidget):
    """Read-only pairs of what and how it stands: a record at a glance."""

    def __init__(self, pairs: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(LARGE)
        self._grid.setVerticalSpacing(SMALL)
        self._grid.setColumnStretch(1, 1)
        self.show_pairs(pairs)

    def show_pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Replace all pairs; an empty value is shown as a dash."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for at, (what, how) in enumerate(pairs):
            value = PlainLabel(how or "–", wrap=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(f"{what}: {how or 'not known'}")
            self._grid.addWidget(PlainLabel(what, "muted"), at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, at, 1)


class Scrolled(QScrollArea):
    """Something that may be taller than the window, such as a form; sideways it fits but where the text is very large."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        holder.setProperty("role", "clear")
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, MEDIUM, 0)
        across = QHBoxLayout()                     # asks what is inside for its height at the width that it really gets
        across.addWidget(inside, 1)
        across.addStretch(0)
        layout.addLayout(across)
        layout.addStretch(1)
        self.setWidget(holder)
        self.inside = inside
