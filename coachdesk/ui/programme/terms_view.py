"""A file of the contract's terms, tried: what it would change, rule by rule, and what the next claims would show; then it is taken in."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.claim import actions
from coachdesk.claim import queries as claim_queries
from coachdesk.claim.queries import TermsBrought
from coachdesk.clock import month_from_text, month_words
from coachdesk.programme.queries import TermRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.entry import pence_text
from coachdesk.ui.parts.page import Card, Page, Scrolled
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM, SMALL
from coachdesk.ui.programme.contract import rule_words
from coachdesk.ui.programme.entries import Entries

_NO_ROW = UUID(int=0)        # what a file brings is not in the store yet
_FILES = "Terms (*.toml);;All files (*)"


class TermsView(QWidget):
    """`tried` when there is something to show; `left` by Esc or Leave; `taken(sentence, next)` once the terms are in the store."""

    tried = Signal()
    left = Signal()
    said = Signal(str, str)
    taken = Signal(str, str)

    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__(page)
        self.setAccessibleName("Terms that a file would bring in")
        self._desk, self._page = desk, page
        self._text, self._name = "", ""
        self.heading, self.lead = PlainLabel("", "subheading", wrap=True), PlainLabel("", "muted", wrap=True)
        self._rules, self._effects = Entries(), Entries()
        self._effects_card = Card("What the next claims would show")
        rules = Card("What would change")
        rules.body.addWidget(self._rules)
        self._effects_card.body.addWidget(self._effects)
        place = QWidget()
        down = QVBoxLayout(place)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(MEDIUM + SMALL)
        for card in (rules, self._effects_card):
            down.addWidget(card)
        down.addStretch(1)
        self.take_button = Button("&Take them in", self.take, role="primary")
        self.leave_button = Button("Leave the terms as they are", self.left.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, MEDIUM, 0, 0)
        layout.setSpacing(MEDIUM)
        for part in (self.heading, self.lead):
            layout.addWidget(part)
        layout.addWidget(Scrolled(place), 1)
        layout.addWidget(ButtonRow((self.take_button, self.leave_button)))

    def bring(self) -> None:
        """Asks for a file and tries it: nothing is changed. A file that is not right is refused by line and field."""
        file = self._desk.dialogs.open_file(self._page, "Bring in the contract’s terms", _FILES)
        if file is None:
            return

        def ask(session: Any) -> tuple[str, TermsBrought]:
            text = claim_queries.text_of_terms(file)
            return text, claim_queries.preview_terms(session, text, file.name)

        self._desk.read(ask, self._page, lambda found: self._show(file, *found))

    def write(self) -> None:
        """Asks for a new file and writes the terms that stand in the store into it, to be changed and brought in again."""
        file = self._desk.dialogs.save_file(self._page, "Write the terms to a file", "terms.toml", _FILES)
        if file is None:
            return
        next_ = "Change it as the contract says, then bring it in: it is tried before anything changes."
        self._desk.read(lambda session: claim_queries.write_terms(session, file, is_new=False), self._page,
                        lambda _none: self.said.emit(f"The terms stand in {file.name}.", next_))

    def take(self) -> None:
        """Takes in what was shown."""
        text, name = self._text, self._name
        self._desk.act("Bring in the contract's terms", lambda session: actions.bring_terms(session, text=text, name=name), self._page,
                       lambda _found: self.taken.emit(f"The terms of {name} are in force as they are dated.",
                                                      "Months that were sent stand; Ctrl+Z takes the terms back."))

    def _show(self, file: Path, text: str, found: TermsBrought) -> None:
        if found.change.is_nothing:
            self.said.emit(f"{file.name} says what stands here already.", "Nothing was changed.")
            return
        self._text, self._name = text, file.name
        self.heading.setText(f"Bring in {file.name}?")
        self.lead.setText("Nothing is changed yet. Months that were sent keep the terms that they were worked out under.")
        self._rules.clear()
        change = found.change
        for tag, kind, rows in (("new", "good", change.added), ("ends on another day", "careful", change.ended),
                                ("written otherwise", "careful", change.changed), ("no longer there", "careful", change.gone)):
            for row in rows:
                self._rules.add(*rule_words(TermRow(id=_NO_ROW, **row)), tag, kind)
        self._effects.clear()
        for each in found.effects:
            corrects = f"{pence_text(each.corrections_pence)} of it corrects what was sent before" if each.corrections_pence else ""
            self._effects.add(f"{each.lot}, {month_words(month_from_text(each.month))}: {pence_text(each.before_pence)} becomes "
                              f"{pence_text(each.after_pence)}", corrects)
        if not found.effects:
            self._effects.say("No lot that has sent a claim would come to another sum this month.")
        self.tried.emit()
        self.take_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
