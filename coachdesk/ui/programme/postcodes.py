"""Postcode editions: what is on this computer and who has to be named for it, importing one, and a postcode in all of them side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.clock import day_text
from coachdesk.place.rules import postcode_of
from coachdesk.programme import rules as programme_rules
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField
from coachdesk.ui.parts.form import Form, field
from coachdesk.ui.parts.page import Card, Scrolled
from coachdesk.ui.parts.progress import ProgressStrip
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sides import Sides
from coachdesk.ui.parts.text import PlainLabel, Tag
from coachdesk.ui.parts.theme import MEDIUM
from coachdesk.ui.programme.entries import Entries

_EDITIONS = (
    Column("Edition", "title", 0),
    Column("Day", "day", 12),
    Column("Postcodes", "count", 11, "right", show=lambda count: f"{count:,}"),
    Column("Areas", "areas", 22),
)
_KINDS = {
    programme_rules.BY_RESIDENCE: "good",
    programme_rules.BY_CONNECTION: "good",
    programme_rules.NOT_ELIGIBLE: "bad",
    programme_rules.BY_HAND: "careful",
}


@dataclass(frozen=True, slots=True)
class EditionShown:
    """A line of the list of editions."""

    id: str
    title: str
    day: date
    count: int
    areas: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What one edition says of a postcode."""

    edition: str
    ward: str
    note: str


def read_editions(shelf: Any) -> list[EditionShown]:
    """The editions on a shelf, newest first."""
    return [
        EditionShown(
            f"{each.source} {each.name}", f"{each.source} {each.name}", each.day, each.count, ", ".join(each.areas), each.attribution
        )
        for each in reversed(shelf.editions())
    ]


def read_answers(shelf: Any, postcode: str) -> list[Answer]:
    """What every edition says of a normalised postcode, newest first."""
    answers = []
    for edition in reversed(shelf.editions()):
        located = edition.lookup(postcode)
        if located is None:
            why = "it may be new since, closed before, or mistyped" if edition.covers(postcode) else "its area was not imported"
            answers.append(Answer(edition.title, "not in this edition", why))
            continue
        ward = f"{located.ward_name}, {located.ward_code}" if located.ward_code else "no ward"
        notes = [
            f"district {located.district_code}" if located.district_code else "",
            f"{programme_rules.closed_words(located.terminated_on)}: a closed postcode" if located.terminated_on else "",
            "a large user’s: it says where a sorting office is" if located.large_user else "",
            f"at the boundary with {', '.join(around)}" if (around := edition.wards_around(postcode).values()) else "",
        ]
        answers.append(Answer(edition.title, ward, ", ".join(note for note in notes if note)))
    return answers


class PostcodesView(QWidget):
    """`import_asked(areas)` for the button; `verdict_asked(postcode, lot, day)` as soon as all three can be read."""

    import_asked = Signal(object)
    verdict_asked = Signal(str, object, object)

    def __init__(self, shelf: Callable[[], Any], today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shelf, self._today = shelf, today
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, MEDIUM, 0, 0)
        layout.addWidget(Sides(self._build_editions(), Scrolled(self._build_look_up(today)), (620, 460)))

    def _build_editions(self) -> QWidget:
        self.editions = RowTable(
            "Postcode editions",
            _EDITIONS,
            empty="No postcode edition is on this computer. Import one: Code-Point Open, ONSPD or NSPL, as it was downloaded.",
        )
        self.editions.current_changed.connect(self._on_edition_current)
        self._attribution = PlainLabel("", "muted", wrap=True)
        self._damaged = Tag("", "bad")
        self._damaged.setWordWrap(True)
        self._damaged.hide()
        self.areas = LineField("all", 60)
        self.import_button = Button("&Import…", self._on_import_pressed)
        self.import_button.setToolTip("Import a postcode edition (Ctrl+I)")
        row = QHBoxLayout()
        row.setSpacing(MEDIUM)
        row.addWidget(field("Only these postcode &areas", self.areas, hint="Letters, such as B, CV, WS. Empty: all of the file."), 1)
        row.addWidget(self.import_button, 0, Qt.AlignmentFlag.AlignBottom)
        self.areas.submitted.connect(self._on_import_pressed)
        self.strip = ProgressStrip()
        place = QWidget()
        down = QVBoxLayout(place)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(MEDIUM)
        for widget in (self.editions, self._damaged, self._attribution):
            down.addWidget(widget, 1 if widget is self.editions else 0)
        down.addLayout(row)
        down.addWidget(self.strip)
        return place

    def _build_look_up(self, today: Callable[[], date]) -> QWidget:
        card, self.form = Card("Look up a postcode"), Form(taken="ialcpt")
        self.postcode = self.form.add("P&ostcode", LineField("B34 7AA", 12))
        self.lot = self.form.add("For &which lot", ChoiceField())
        self.day = self.form.add("On which &day", DateField(today), beside=True)
        self.form.changed.connect(self.look_up)
        self.form.submitted.connect(self._on_submitted)
        self.verdict = Tag()
        self._sentence = PlainLabel("", wrap=True)
        self.answers = Entries()
        card.body.addWidget(self.form)
        card.body.addWidget(self.verdict, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addWidget(self._sentence)
        card.body.addWidget(self.answers)
        self.verdict.hide()
        return card

    # showing

    def show_lots(self, lots: Sequence[tuple[UUID, str]], chosen: UUID | None) -> None:
        """Which lots a verdict can be asked for."""
        self.lot.set_choices(lots)
        if self.lot.value() is None and lots:
            self.lot.set_value(chosen or lots[0][0])
        if self.day.is_empty():
            self.day.set_value(self._today())

    def show_editions(self) -> None:
        """The shelf as it stands."""
        shelf = self._shelf()
        self.editions.show_rows(read_editions(shelf))
        self._damaged.setText("\n".join(shelf.damaged))
        self._damaged.setVisible(bool(shelf.damaged))
        self._on_edition_current(self.editions.current())
        self.look_up()

    def look_up(self) -> None:
        """Every edition's answer, and the question for the verdict."""
        self.answers.clear()
        known = postcode_of(self.postcode.value())
        if known is None:
            self.verdict.hide()
            self._sentence.setText("Type a whole postcode to see its ward in every edition, and what that means for the lot.")
            return
        for answer in read_answers(self._shelf(), known):
            self.answers.add(f"{answer.edition}: {answer.ward}", answer.note)
        self.answers.say(programme_rules.ONE_WARD)
        if self.lot.value() is not None and self.day.value() is not None:
            self.verdict_asked.emit(known, self.lot.value(), self.day.value())

    def show_verdict(self, verdict: programme_rules.Verdict) -> None:
        """The verdict, if it still answers what is asked."""
        if verdict.postcode == postcode_of(self.postcode.value()):
            self.verdict.say(verdict.verdict.capitalize(), _KINDS[verdict.verdict])
            self.verdict.show()
            self._sentence.setText(f"{verdict.lot}, {day_text(verdict.on)}: {verdict.sentence}")

    def verdict_text(self) -> str:
        """What the card says: for tests."""
        return f"{self.verdict.text()} | {self._sentence.text()}"

    # what happens

    def _on_submitted(self) -> None:
        if self.form.check():
            if postcode_of(self.postcode.value()) is None:
                self.form.say_wrong(self.postcode, "That is not a whole postcode. Type it like B34 7AA.")
            else:
                self.look_up()

    def _on_edition_current(self, row: EditionShown | None) -> None:
        self._attribution.setText(row.attribution if row else "")

    def _on_import_pressed(self) -> None:
        self.import_asked.emit([area for area in self.areas.value().replace(",", " ").split() if area])
