"""Speaking to the coach: a line above the page, never a pop-up. Also the standing notice of a sample store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.errors import Spoken, Trouble
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.text import PlainLabel, restyle
from coachdesk.ui.parts.theme import MEDIUM
from coachdesk.ui.work import SPEAKER_NAME

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_MARKS = {"refused": "Not done", "trouble": "Trouble", "done": "Done"}     # words, so that colour is never alone


class MessageBar(QFrame):
    """One message at a time. F8 or Esc dismisses. Kinds: refused (our rule), trouble (the world), done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(SPEAKER_NAME)
        self.setAccessibleName("Message")
        self._mark = PlainLabel("", "label")
        self._sentence = PlainLabel("", wrap=True)
        self._next = PlainLabel("", wrap=True)
        self._close = Button("Dismiss", self.dismiss, role="link")
        self._close.setToolTip("Dismiss this message (F8 or Esc)")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._sentence)
        words.addWidget(self._next)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, MEDIUM, MEDIUM, MEDIUM)
        layout.setSpacing(12)
        layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.kind = ""
        self.hide()
        f8 = QShortcut(QKeySequence("F8"), self)
        f8.setContext(Qt.ShortcutContext.WindowShortcut)
        f8.activated.connect(self.dismiss)

    def refused(self, sentence: str, next_step: str = "") -> None:
        """Our rule said no."""
        self._show("refused", sentence, next_step)

    def trouble(self, sentence: str, next_step: str = "") -> None:
        """The world said no."""
        self._show("trouble", sentence, next_step)

    def done(self, sentence: str, next_step: str = "") -> None:
        """It worked."""
        self._show("done", sentence, next_step)

    def also(self, warning: str) -> None:
        """What should be known beside the sentence that stands here, or by itself."""
        sentence = self._sentence.text() if not self.isHidden() and self.kind == "done" else "Done."
        self._show("done", sentence, f"⚠ {warning}")

    def say(self, spoken: Spoken) -> None:
        """Show a Refusal or Trouble as it is."""
        self._show("trouble" if isinstance(spoken, Trouble) else "refused", spoken.sentence, spoken.next_step)

    def text(self) -> str:
        """What stands here now: for tests and screen readers."""
        return "" if self.isHidden() else f"{self._mark.text()}: {self._sentence.text()} {self._next.text()}".strip()

    def dismiss(self) -> None:
        """Take the message away."""
        self.hide()
        self.kind = ""

    def _show(self, kind: str, sentence: str, next_step: str) -> None:
        self.kind = kind
        self.setProperty("bar", kind)
        self._mark.setText(_MARKS[kind])
        self._sentence.setText(sentence)
        self._next.setText(next_step)
        self._next.setVisible(bool(next_step))
        self.setAccessibleDescription(self.text())
        for widget in (self, self._mark, self._sentence, self._next, self._close):
            restyle(widget)
        self.show()
        announce(self, f"{_MARKS[kind]}: {sentence} {next_step}".strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    @staticmethod
    def near(widget: QWidget) -> MessageBar | None:
        """The bar of the page a widget stands on."""
        at: QWidget | None = widget
        while at is not None:
            found = at.findChild(MessageBar, SPEAKER_NAME)
            if isinstance(found, MessageBar):
                return found
            at = at.parentWidget()
        return None


class Banner(QFrame):
    """A standing notice over the whole window, such as that this is a sample programme."""

    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", "sample")
        self.setAccessibleName(sentence)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.addWidget(PlainLabel(sentence, "label", wrap=True), 1)


def announce(widget: QWidget, sentence: str) -> None:
    """Let a screen reader say a sentence at once."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # their first use costs 2 ms

    if QAccessible.isActive():
        event = QAccessibleAnnouncementEvent(widget, sentence)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)
