"""What is kept apart from a person's record: shown only after somebody has said why, and every look stands below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.clock import day_text
from coachdesk.participant import actions, queries, rules
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.participant.boxes import YesNoField
from coachdesk.ui.participant.deeds import Deed
from coachdesk.ui.participant.reading import Known
from coachdesk.ui.participant.registration_form import words
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField, NoteField
from coachdesk.ui.parts.page import Card, Facts, Scrolled
from coachdesk.ui.parts.privacy import in_public
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM

_WHY_ASKED = (
    "Equality questions are voluntary. They are asked so that the programme can see whether it reaches everybody, are told only as "
    "figures of five people or more, and change nothing about the help that somebody gets."
)
_OPENED = {"equality": "Equality answers", "sensitive": "Health and other facts", "offence": "Offences"}
_QUESTIONS = (
    ("ethnic_group", "Ethnic group"),
    ("sex", "Sex"),
    ("gender", "Gender"),
    ("disability", "Health: day-to-day activities"),
    ("religion", "Religion"),
    ("orientation", "Sexual orientation"),
    ("caring", "Unpaid care"),
)


def _equality(desk: Desk, known: Known) -> Deed:
    person = known.detail.id
    deed = Deed(
        desk,
        "Equality questions",
        "Note equality answers",
        lambda session, values: actions.record_equality(session, person, **values),
        "The answers are kept apart.",
    )
    deed.form.put(PlainLabel(_WHY_ASKED, "muted", wrap=True))
    for at, (name, label) in enumerate(_QUESTIONS):
        answers = rules.EQUALITY_QUESTIONS[name][1]
        deed.ask(name, label, ChoiceField(words((*answers, rules.NOT_SAID))), beside=at % 2 == 1)
    deed.ask("ethnic_detail", "Own words, beside “any other”", LineField(longest=120), beside=True)
    return deed.end()


def _sensitive(desk: Desk, known: Known) -> Deed:
    person = known.detail.id
    deed = Deed(
        desk,
        "Keep a fact apart",
        "Keep a fact apart",
        lambda session, values: actions.record_sensitive(session, person, **values),
        "It is kept apart from the record.",
    )
    deed.ask("category", "About", ChoiceField(words(rules.SENSITIVE_CATEGORIES)), required=True)
    deed.ask("basis", "Why it may be kept", ChoiceField(words(rules.SENSITIVE_BASES)), beside=True, required=True)
    deed.ask("detail", "What was said", NoteField(3), required=True)
    deed.ask("told_on", "Told on", DateField(desk.today, past_only=True)).set_value(known.today)
    return deed.end()


def _offence(desk: Desk, known: Known) -> Deed:
    person = known.detail.id
    deed = Deed(
        desk,
        "Keep an offence apart",
        "Keep an offence apart",
        lambda session, values: actions.record_offence(session, person, **values),
        "It is kept apart from the record.",
    )
    deed.ask("detail", "What was said", NoteField(3), required=True)
    deed.ask("is_unspent", "Unspent?", YesNoField())
    deed.ask("basis", "Why it may be kept", ChoiceField(words(rules.OFFENCE_BASES)), beside=True, required=True)
    deed.ask("restrictions", "Restrictions on work or place", LineField(longest=200))
    deed.ask("told_on", "Told on", DateField(desk.today, past_only=True), beside=True).set_value(known.today)
    return deed.end()


class ApartView(QWidget):
    """`left` on Esc, `said(sentence)` after a deed. What was opened is hidden again when the person or the view is left."""

    left = Signal()
    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.known: Known | None = None
        self.deed: Deed | None = None
        self.held = Facts()
        self.opened = Card("")
        self.opened_title, self.opened_words = PlainLabel("", "subheading"), Facts()
        self.looks = RowTable(
            "Who looked",
            (
                Column("When", "looked_at", 19, show=lambda at: f"{day_text(at.date())} {at:%H:%M}"),
                Column("Who", "looked_by", 16),
                Column("What", "what", 12),
                Column("Why", "why", 0),
            ),
            empty="Nobody has opened anything that is kept apart.",
        )
        self._build()

    def _build(self) -> None:
        self.open_equality = Button("Open e&quality…", lambda: self.begin(self._open("equality")))
        self.open_sensitive = Button("Open &health and other…", lambda: self.begin(self._open("sensitive")))
        self.open_offence = Button("Open o&ffences…", lambda: self.begin(self._open("offence")))
        add = (
            Button("Ask equality &questions…", lambda: self.begin(_equality)),
            Button("Keep a fac&t…", lambda: self.begin(_sensitive)),
            Button("Keep an o&ffence…", lambda: self.begin(_offence)),
        )
        card = Card("Kept apart")
        card.body.addWidget(
            PlainLabel(
                "Nothing here stands in lists, searches, the timeline or on paper. Opening it asks why and writes that down.",
                "muted",
                wrap=True,
            )
        )
        card.body.addWidget(self.held)
        card.body.addWidget(ButtonRow((self.open_equality, self.open_sensitive, self.open_offence)))
        card.body.addWidget(ButtonRow(add))
        self.opened.body.addWidget(self.opened_title)
        self.opened.body.addWidget(self.opened_words)
        self.opened.body.addWidget(ButtonRow((Button("Hide again", self.hide_opened, keys="Ctrl+H"),)))
        self.opened.hide()
        log = Card("Who looked")
        self.looks.setMinimumHeight(120)
        log.body.addWidget(self.looks, 1)
        self._cards = QWidget()
        self._cards.setProperty("role", "clear")
        down = QVBoxLayout(self._cards)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(MEDIUM)
        for each in (self.opened, card, log):
            down.addWidget(each, 1 if each is log else 0)
        self._scrolled = Scrolled(self._cards)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scrolled)
        self._layout = layout

    def show_known(self, known: Known) -> None:
        """Show how much is kept about a person who was read."""
        if self.known is None or known.detail.id != self.known.detail.id:
            self.end_deed()
            self.hide_opened()
        self.known = known
        count, person = known.apart, known.detail.id
        self.held.show_pairs(
            [
                ("Equality", "answered" if count.has_equality else "not asked"),
                ("Health and other", f"{count.sensitive} kept" if count.sensitive else "nothing"),
                ("Offences", f"{count.offences} kept" if count.offences else "nothing"),
            ]
        )
        for button, on in (
            (self.open_equality, count.has_equality),
            (self.open_sensitive, bool(count.sensitive)),
            (self.open_offence, bool(count.offences)),
        ):
            button.setEnabled(on)
        self._desk.read(lambda session: queries.looks(session, participant=person), self, self.looks.show_rows)

    def show_words(self) -> None:
        """In a public place what was opened is hidden."""
        if in_public():
            self.hide_opened()

    def hide_opened(self) -> None:
        """What was opened is not shown any longer."""
        self.opened.hide()
        self.opened_words.show_pairs(())

    def first_focus(self) -> None:
        """The form that is open, else the first thing that can be opened."""
        if self.deed is not None:
            self.deed.form.first_focus()
        else:
            self.looks.setFocus()

    def begin(self, make: Callable[[Desk, Known], Deed]) -> None:
        """Open a small form in the place of the cards."""
        if self.known is None or in_public():
            return
        self.end_deed()
        self.deed = make(self._desk, self.known)
        self.deed.saved.connect(self._on_deed_saved)
        self.deed.left.connect(self._on_deed_left)
        self._layout.insertWidget(0, self.deed, 1)
        self._scrolled.hide()
        self.deed.show()
        self.deed.form.first_focus()

    def end_deed(self) -> None:
        """Take the small form away; what was typed in it is gone."""
        if self.deed is not None:
            deed, self.deed = self.deed, None
            self._layout.removeWidget(deed)
            deed.hide()
            deed.deleteLater()
        self._scrolled.show()

    def _open(self, what: str) -> Callable[[Desk, Known], Deed]:
        def make(desk: Desk, known: Known) -> Deed:
            person = known.detail.id
            found: list[queries.ApartRow] = []

            def act(session: Any, values: dict[str, Any]) -> None:
                found.append(actions.open_apart(session, person, what=what, why=values["why"] or ""))

            deed = Deed(desk, f"Open: {_OPENED[what].lower()}", "Open what is kept apart", act, "It is written down that you looked.")
            deed.ask("why", "Why do you open this?", LineField("such as: risk assessment for a placement", 200), required=True)
            deed.saved.connect(lambda _words: self._show_opened(found[-1]))
            return deed.end()

        return make

    def _show_opened(self, row: queries.ApartRow) -> None:
        pairs: list[tuple[str, str]] = []
        if row.equality is not None:
            pairs = [
                ("Asked on", day_text(row.equality.asked_on)),
                *((label, getattr(row.equality, name) or "") for name, label in _QUESTIONS),
                ("Own words", row.equality.ethnic_detail or ""),
            ]
        for fact in row.sensitive:
            pairs.append((fact.category.capitalize(), f"{fact.detail} (told on {day_text(fact.told_on)} to {fact.told_to}; {fact.basis})"))
        for offence in row.offences:
            state = {True: "unspent", False: "spent", None: "not known whether spent"}[offence.is_unspent]
            more = "; ".join(
                part
                for part in (state, offence.restrictions, f"told on {day_text(offence.told_on)} to {offence.told_to}", offence.basis)
                if part
            )
            pairs.append(("Offence", f"{offence.detail} ({more})"))
        self.opened_title.setText(_OPENED[row.what])
        self.opened_words.show_pairs(pairs)
        self.opened.setAccessibleName(_OPENED[row.what])
        self.opened.show()

    def _on_deed_saved(self, sentence: str) -> None:
        self.end_deed()
        self.first_focus()
        self.said.emit(sentence)

    def _on_deed_left(self) -> None:
        self.end_deed()
        self.first_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
