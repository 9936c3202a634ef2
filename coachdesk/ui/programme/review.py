"""Whose verdict a postcode edition would give otherwise: the list, both verdicts of one person, and the lead's decision with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.clock import day_text
from coachdesk.participant import queries
from coachdesk.participant import rules as participant_rules
from coachdesk.participant.queries import UNDECIDED, EditionReviewRow
from coachdesk.programme import queries as programme_queries
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.verdict_card import Mark, tint_of, verdict_words
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, LineField
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.page import Card, Scrolled
from coachdesk.ui.parts.privacy import in_public, shown_name
from coachdesk.ui.parts.row_model import BLOCK
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sides import Sides
from coachdesk.ui.parts.text import PlainLabel, Tag
from coachdesk.ui.parts.theme import MEDIUM, SMALL

KEEP, AGAIN = "keep", "decide again"
_ALL = "everybody"
_SHOWN = ((UNDECIDED, "to decide"), (_ALL, "everybody, decided or not"), (queries.KEPT, "kept"), (queries.CHANGED, "decided again"))
_BY_EDITION = ("", "as the edition says")


@dataclass(frozen=True)
class Reviewed:
    """What the view shows: the editions at hand, the one that was asked, its list by keys, and whether the reader is the lead."""

    editions: tuple[queries.EditionChoice, ...]
    edition: str | None
    keys: Sequence[int]
    first: Sequence[EditionReviewRow]
    is_lead: bool


def read_review(session: Any, edition: str | None, shown: str, owner: UUID) -> Reviewed:
    """Everything in one reading; a chosen edition that is no longer here gives way to the newest."""
    known = tuple(queries.editions(session))
    chosen = edition if edition in {each.name for each in known} else known[0].name if known else None
    keys = queries.edition_review_keys(session, edition=chosen, decision=None if shown == _ALL else shown)
    return Reviewed(known, chosen, keys, queries.edition_review_rows(session, keys[:BLOCK], edition=chosen),
                    programme_queries.role_of(session, owner) == "lead")


class _Said(QWidget):
    """One verdict: mark, words, where it comes from."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark, self.words, self.sentence = Mark(), Tag(), PlainLabel("", wrap=True)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, SMALL)
        across.setSpacing(MEDIUM)
        down = QVBoxLayout()
        down.setSpacing(SMALL)
        across.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        down.addWidget(PlainLabel(title, "muted"))
        down.addWidget(self.words, 0, Qt.AlignmentFlag.AlignLeft)
        down.addWidget(self.sentence)
        across.addLayout(down, 1)

    def say(self, verdict: str, sentence: str) -> None:
        """Show one."""
        self.mark.show_for(verdict)
        self.words.say(verdict_words(verdict), tint_of(verdict))
        self.sentence.setText(sentence)


class ReviewView(QWidget):
    """`asked()` when another edition or filter is chosen; `decided(verb, row, fields)` for the lead's word; `person_chosen(id)` on Open."""

    asked = Signal()
    print_asked = Signal()
    decided = Signal(str, object, object)
    person_chosen = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._row: EditionReviewRow | None = None
        self._is_lead = False
        self._filling = False
        self.rows = RowTable(
            "People judged otherwise",
            (Column("Name", "name", 0, private=True), Column("Lot", "lot", 12), Column("Stands", "stood", 20),
             Column("Would be", "would_be", 20), Column("Decision", "decision", 11)),
            empty="This edition judges nobody otherwise.",
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, MEDIUM, 0, 0)
        layout.addWidget(Sides(self._build_list(), Scrolled(self._build_person()), (680, 400)))
        self.rows.current_changed.connect(self._on_current)
        self.rows.row_chosen.connect(lambda _row: self.reason.setFocus(Qt.FocusReason.OtherFocusReason))

    def _build_list(self) -> QWidget:
        place, self.filter = QWidget(), Form(taken="lescpkdgor")
        self.edition = self.filter.add("B&y which edition", ChoiceField())
        self.shown = self.filter.add("Sho&w", ChoiceField(_SHOWN), beside=True)
        self.shown.set_value(UNDECIDED)
        for box in (self.edition, self.shown):
            box.changed.connect(self._on_filter)
        down = QVBoxLayout(place)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(MEDIUM)
        down.addWidget(self.filter)
        down.addWidget(self.rows, 1)
        self.print_button = Button("&Print the list", self.print_asked.emit)
        foot = QHBoxLayout()
        foot.setSpacing(MEDIUM)
        foot.addWidget(PlainLabel("Every verdict stands as it was given until the lead decides.", "muted", wrap=True), 1)
        foot.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignTop)
        down.addLayout(foot)
        return place

    def _build_person(self) -> QWidget:
        card, self.heading = Card(), PlainLabel("", "subheading", wrap=True)
        card.setAccessibleName("Both verdicts")
        self.who = PlainLabel("", "muted", wrap=True)
        self.stands, self.would = _Said("As it stands"), _Said("By this edition")
        self.outcome = PlainLabel("", wrap=True)
        self.form = Form(taken="lescpyw")
        self.reason = self.form.add("&Reason", LineField("what was seen or agreed, and with whom", 300), required=True)
        self.by_hand = self.form.add("Decide a&gain as", ChoiceField(
            (_BY_EDITION, *((each, each) for each in participant_rules.VERDICTS_BY_HAND))))
        self.by_hand.set_value("")
        self.keep_button = Button("&Keep it as it stands", lambda: self._on_decided(KEEP), role="primary")
        self.again_button = Button("&Decide again", lambda: self._on_decided(AGAIN))
        self.open_button = Button("&Open the person", self._on_open)
        self.form.buttons(self.keep_button, self.again_button, self.open_button)
        self.form.submitted.connect(lambda: self.keep_button.setFocus(Qt.FocusReason.OtherFocusReason))
        for widget in (self.heading, self.who, self.stands, self.would, self.outcome, self.form):
            card.body.addWidget(widget)
        card.body.addStretch(1)
        self._show_person()
        return card

    # showing

    def show_reviewed(self, found: Reviewed) -> None:
        """The list; the keyboard stays where it was."""
        self._filling = True
        self.edition.set_choices([(each.name, each.title) for each in found.editions])
        self.edition.set_value(found.edition)
        self._filling = False
        self._is_lead = found.is_lead

        def fetch(session: Any, keys: Sequence[int]) -> list[EditionReviewRow]:
            return queries.edition_review_rows(session, keys, edition=found.edition)

        self.rows.show_ids(found.keys, self._desk.rows_of(fetch), self._desk.work, found.first)
        self._on_current(self.rows.current())

    def refresh(self) -> None:
        """Say it again: a public place hides what it hides."""
        self._show_person()

    def _on_current(self, row: EditionReviewRow | None) -> None:
        if row is None or self._row is None or row.id != self._row.id:
            self.form.clear()
            self.by_hand.set_value("")
        self._row = row
        self._show_person()

    def _show_person(self) -> None:
        row = self._row
        for widget in (self.who, self.stands, self.would):
            widget.setVisible(row is not None)
        may = row is not None and row.decision == UNDECIDED and self._is_lead
        self.form.setVisible(row is not None and row.decision == UNDECIDED)
        for box in (self.reason, self.by_hand, self.keep_button, self.again_button):
            box.setEnabled(may)
        if row is None:
            self.heading.setText("Nobody is chosen")
            self.outcome.setText("Choose somebody in the list to see both verdicts.")
            return
        self.heading.setText(shown_name(row.name, row.reference))
        self.who.setText(f"{row.reference} · {row.lot} · coach {row.coach}" + ("" if in_public() else f" · {row.postcode}"))
        ward = f" in {row.stood_ward} ward" if row.stood_ward else ""
        by = f" by edition {row.stood_edition}" if row.stood_edition else ""
        self.stands.say(row.stood, f"Given on {day_text(row.stood_on)}{by}{ward}.")
        self.would.say(row.would_be, row.sentence.replace(row.postcode, "The postcode") if in_public() else row.sentence)
        if row.decided_on is not None:
            said = "Kept" if row.decision == queries.KEPT else "Decided again"
            self.outcome.setText(f"{said} on {day_text(row.decided_on)} by {row.decided_by}: "
                                 f"{'hidden in a public place' if in_public() else row.reason}")
        else:
            self.outcome.setText("" if self._is_lead else "The lead decides this; the verdict stands until then.")
        self.outcome.setVisible(bool(self.outcome.text()))

    # what happens

    def _on_filter(self) -> None:
        if not self._filling and self.edition.value() is not None and self.shown.value() is not None:
            self.asked.emit()

    def _on_decided(self, verb: str) -> None:
        if self._row is not None and self.form.check():
            fields = {"reason": self.reason.value(), "edition": self._row.edition}
            if verb == AGAIN and self.by_hand.value():
                fields["verdict"] = self.by_hand.value()
            self.decided.emit(verb, self._row, fields)

    def _on_open(self) -> None:
        if self._row is not None:
            self.person_chosen.emit(self._row.id)
