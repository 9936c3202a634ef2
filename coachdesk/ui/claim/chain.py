"""The chain beside the lines: from each activity by way of rule and clause to the sum, with a way to open what it rests on."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.claim import rules as claim_rules
from coachdesk.ui.claim.reading import ClaimShown
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.page import Card, Scrolled
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM, SMALL

_KINDS = {claim_rules.INTERVENTION: "activity.intervention", claim_rules.JOB: "activity.job"}


class Chain(QWidget):
    """`open_requested(kind, id)` for an activity or a person; `left()` on Esc."""

    open_requested = Signal(str, object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Explanation")
        self._card = Card()
        self._title = PlainLabel("Explanation", "subheading", wrap=True)
        self._card.body.addWidget(self._title)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(MEDIUM + SMALL)
        self._card.body.addLayout(self._steps)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Scrolled(self._card))
        self._links: list[Button] = []
        self.steps: tuple[claim_rules.Step, ...] = ()
        self.show_nothing()

    def show_nothing(self) -> None:
        """Nothing is chosen: say what this place is for."""
        self._fill("Explanation", ())
        self._steps.addWidget(PlainLabel("Choose a line to see the activities, the rule and the arithmetic behind it.", "muted", wrap=True))

    def explain(self, shown: ClaimShown, claimable: str, title: str) -> None:
        """The steps behind a line, the top-up, or an item that is not paid."""
        self._fill(title, tuple(claim_rules.explain(shown.view.figures, claimable)))
        for number, step in enumerate(self.steps, 1):
            self._steps.addWidget(self._step(shown, number, step))

    def go_in(self) -> None:
        """Put the keyboard onto the first thing that opens; where nothing does, it stays in the list."""
        if self._links:
            self._links[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def text(self) -> str:
        """Everything that stands here: for tests."""
        return "\n".join(label.text() for label in self.findChildren(PlainLabel))

    def _fill(self, title: str, steps: tuple[claim_rules.Step, ...]) -> None:
        self.steps = steps
        self._title.setText(title)
        self._links.clear()
        while (item := self._steps.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _step(self, shown: ClaimShown, number: int, step: claim_rules.Step) -> QWidget:
        place = QWidget()
        layout = QVBoxLayout(place)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(PlainLabel(f"{number}. {step.what}", "label", wrap=True))
        if step.arithmetic:
            layout.addWidget(PlainLabel(step.arithmetic, wrap=True))
        what, _space, id = step.source.rpartition(" ")
        opens = self._opens(shown, what, id)
        where = " · ".join(part for part in (step.rule, step.clause, "" if opens else step.source) if part)
        if where:
            layout.addWidget(PlainLabel(where, "muted", wrap=True))
        if opens:
            words, pressed = opens
            link = Button(words, pressed, role="link")
            link.setAccessibleName(f"{words}, step {number}")
            self._links.append(link)
            layout.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        return place

    def _opens(self, shown: ClaimShown, what: str, id: str) -> tuple[str, Callable[[], None]] | None:
        if what == "participant":
            return "Open this person", lambda: self.open_requested.emit("participant", UUID(id))
        if what == "activity":
            deed = shown.view.figures.deeds.get(id)
            kind = _KINDS.get(deed.kind, "") if deed else ""
            if kind:
                return "Open this activity", lambda: self.open_requested.emit(kind, UUID(id))
            return "Open the activity page", lambda: self.open_requested.emit("activity", UUID(id))
        return None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
