"""Nine topics by digit for the next count. What is chosen is said in words and a tick, never by colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.ui.outreach.counting import QUICK_TOPICS
from coachdesk.ui.outreach.wrap import WrapRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.text import PlainLabel, restyle
from coachdesk.ui.parts.theme import SMALL


class TopicKeys(QWidget):
    """Press a digit, or the button, to choose or leave out a topic; the count that follows carries it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen: set[str] = set()
        self._spoken: Mapping[str, int] = {}
        self._buttons: list[Button] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SMALL)
        self._said = PlainLabel("", "muted", wrap=True)
        layout.addWidget(self._said)
        holder = self._holder = QWidget()
        row = WrapRow(holder)
        for number, topic in enumerate(QUICK_TOPICS, 1):
            button = Button(f"{number}  {topic}", partial(self.toggle, number))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)      # digits reach them from anywhere; Tab need not stop nine times
            self._buttons.append(button)
            row.addWidget(button)
        layout.addWidget(holder)
        self._draw()

    def toggle(self, number: int) -> None:
        """Choose the topic of a digit 1 to 9, or leave it out again."""
        self._chosen ^= {QUICK_TOPICS[number - 1]}
        self._draw()

    def chosen(self) -> list[str]:
        """The topics of the next count."""
        return [topic for topic in QUICK_TOPICS if topic in self._chosen]

    def clear(self) -> None:
        """Choose none."""
        self._chosen.clear()
        self._draw()

    def show_counts(self, spoken: Mapping[str, int]) -> None:
        """How many spoke of each topic so far."""
        self._spoken = spoken
        self._draw()

    def _draw(self) -> None:
        chosen = self.chosen()
        self._said.setText(f"The next count is about {', '.join(chosen)}." if chosen
                           else "Topics of the next count: press 1 to 9 before you count, or none.")
        for number, (topic, button) in enumerate(zip(QUICK_TOPICS, self._buttons, strict=True), 1):
            is_on, count = topic in self._chosen, self._spoken.get(topic, 0)
            words = f"{'✓ ' if is_on else ''}{number}  {topic}" + (f"  ({count})" if count else "")
            if button.text() != words or button.isChecked() != is_on:
                button.setText(words)
                button.setChecked(is_on)
                button.setAccessibleName(f"Topic {number}: {topic}, {'chosen' if is_on else 'not chosen'}, {count} so far")
                button.setProperty("role", "primary" if is_on else "")
                restyle(button)
                button.updateGeometry()
        self._holder.updateGeometry()           # counts make buttons wider: they may need one more line
