"""People who are likely one: pairs with reasons; one key joins them, another says that they are two. Joined ones can be parted again."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.participant import actions, queries
from coachdesk.participant.queries import PairRow, ParticipantRow
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.participant.merge_form import MergeForm
from coachdesk.ui.participant.wording import likeness_words, reason_words
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.page import Scrolled
from coachdesk.ui.parts.progress import ProgressStrip
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sides import Stack
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.parts.theme import MEDIUM
from coachdesk.ui.work import Task, speak


class DuplicatesView(QWidget):
    """`person_chosen(id)`, `said(sentence)` after a deed, `told(words)`: the line under the title."""

    person_chosen = Signal(object)
    said = Signal(str)
    told = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.form: MergeForm | None = None
        self._looking: Task | None = None
        self._rows: list[PairRow] = []
        self.pairs = RowTable(
            "Likely one person",
            (
                Column("One", "a_name", 0, private=True),
                Column("Reference", "a_reference", 12),
                Column("The other", "b_name", 0, private=True),
                Column("Reference", "b_reference", 12),
                Column("How alike", "score", 9, "right", show=lambda score: f"{min(99, round(score * 100))} %"),
                Column("Why", "reasons", 0, show=reason_words),
            ),
            empty="Nobody looks like anybody else.",
        )
        self.joined = RowTable(
            "Joined",
            (
                Column("Shown as", "one", 14),
                Column("Also", "other", 14),
                Column("On", "joined_on", 12),
                Column("By", "joined_by", 16),
                Column("How it is known", "reason", 0),
            ),
            empty="No two records were joined.",
        )
        self._build()
        self.pairs.row_chosen.connect(self._on_pair_chosen)
        self.pairs.current_changed.connect(lambda _pair: self.show_words())
        self.joined.row_chosen.connect(self._on_joined_chosen)

    def _build(self) -> None:
        lists = QWidget()
        down = QVBoxLayout(lists)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(MEDIUM)
        self.join_button = Button("&Join…", self.join, role="primary", keys="Ctrl+J")
        self.two_button = Button("&Two people", self.two_people, keys="Ctrl+T")
        self.open_one = Button("Open the &first", lambda: self._open("a"))
        self.open_other = Button("Open the &second", lambda: self._open("b"))
        self.part_button = Button("Pa&rt again", self.part)
        self.why = PlainLabel("", "muted", wrap=True)
        self.again_button = Button("Look a&gain", self.read)
        self.strip = ProgressStrip()
        self.strip.cancelled.connect(self._on_cancelled)
        self.pairs.setMinimumHeight(180)
        self.joined.setMinimumHeight(110)
        down.addWidget(self.strip)
        down.addWidget(self.pairs, 3)
        down.addWidget(self.why)
        down.addWidget(ButtonRow((self.join_button, self.two_button, self.open_one, self.open_other, self.again_button)))
        down.addWidget(PlainLabel("Joined records", "subheading"))
        down.addWidget(self.joined, 1)
        down.addWidget(ButtonRow((self.part_button,)))
        self._front = Stack()
        self._lists = Scrolled(lists)
        self._front.addWidget(self._lists)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._front)

    def read(self) -> None:
        """Look for pairs again, off this thread and from the beginning; it can be cancelled, and then what was shown stays."""
        lot, store = self._desk.lot, self._desk.store
        if self._looking is not None:
            self._looking.cancel()

        def look() -> Generator[Any, None, tuple[list[PairRow], list[queries.JoinRow]]]:
            with store.read() as session:
                pairs = yield from queries.looking_for_pairs(session, lot=lot)
                return pairs, queries.joins(session, lot=lot)

        task = self._desk.work.long(look, self, self.strip.step, lambda found: self._on_read(task, found), self._on_failed)
        self._looking = task
        self.strip.follow(task, "Looking for people who are likely one…")

    def _on_failed(self, spoken: Any) -> None:
        self._looking = None
        self.strip.finish()
        speak(self, spoken)

    def _on_cancelled(self) -> None:
        self._looking = None
        self.told.emit("Looking was stopped. “Look again” begins anew.")
        self.first_focus()

    def _on_read(self, task: Task, found: tuple[list[PairRow], list[queries.JoinRow]] | None) -> None:
        if task is not self._looking or found is None:
            return
        self._looking = None
        self.strip.finish()
        pairs, joined = found
        self._rows = pairs
        self.pairs.show_rows(pairs)
        self.joined.show_rows(joined)
        self.show_words()
        for button in (self.join_button, self.two_button, self.open_one, self.open_other):
            button.setEnabled(bool(pairs))
        self.part_button.setEnabled(bool(joined))
        many = f"{len(pairs):,} pair{'' if len(pairs) == 1 else 's'} to look at" if pairs else "No pair to look at"
        self.told.emit(f"{many} · {len(joined):,} joined. Nothing is joined by itself.")

    def first_focus(self) -> None:
        """The form that is open, else the pairs."""
        if self.form is not None:
            self.form.form.first_focus()
        else:
            self.pairs.setFocus()

    def show_names(self) -> None:
        """Say again what is shown: names, or initials in a public place."""
        self.pairs.show_rows(self._rows)
        self.show_words()

    def join(self) -> None:
        """Look at the pair side by side."""
        self._on_pair_chosen(self.pairs.current())

    def two_people(self) -> None:
        """They only look alike."""
        pair: PairRow | None = self.pairs.current()
        if pair is not None:
            self._desk.act(
                "Tell two people apart",
                lambda session: actions.say_two_people(session, pair.a, other=pair.b),
                self,
                lambda _made: self.said.emit("They are two people; they are not suggested again."),
            )

    def part(self) -> None:
        """Two records that were joined become two people again."""
        row: Any = self.joined.current()
        if row is not None:
            self._on_joined_chosen(row)

    def _on_joined_chosen(self, row: queries.JoinRow) -> None:
        self._desk.act(
            "Part two records",
            lambda session: actions.part(session, row.id),
            self,
            lambda _none: self.said.emit(f"{row.one} and {row.other} are two people again. Ctrl+Z takes that back."),
        )

    def show_words(self) -> None:
        """Why, in full, of the pair that is looked at; without names in a public place, as in the list."""
        pair: PairRow | None = self.pairs.current()
        self.why.setText("" if pair is None else f"{pair.a_reference} and {pair.b_reference}: {likeness_words(pair)}.")
        self.why.setVisible(pair is not None)

    def _open(self, which: str) -> None:
        pair: Any = self.pairs.current()
        if pair is not None:
            self.person_chosen.emit(getattr(pair, which))

    def _on_pair_chosen(self, pair: PairRow | None) -> None:
        if pair is None:
            return

        def ask(session: Any) -> dict[UUID, ParticipantRow]:
            return {row.id: row for row in queries.participants(session, ids=[pair.a, pair.b])}

        self._desk.read(ask, self, lambda rows: self._compare(pair, rows))

    def _compare(self, pair: PairRow, rows: dict[UUID, ParticipantRow]) -> None:
        if pair.a not in rows or pair.b not in rows:
            return
        self.form = MergeForm(self._desk, pair, rows[pair.a], rows[pair.b])
        self.form.saved.connect(self._on_saved)
        self.form.left.connect(self.leave_form)
        self._scrolled = Scrolled(self.form)
        self._front.addWidget(self._scrolled)
        self._front.setCurrentWidget(self._scrolled)
        self.form.form.first_focus()

    def leave_form(self) -> None:
        """The lists again."""
        if self.form is not None:
            self.form = None
            self._front.setCurrentWidget(self._lists)
            self._front.removeWidget(self._scrolled)
            self._scrolled.deleteLater()
        self.first_focus()

    def _on_saved(self, sentence: str) -> None:
        self.leave_form()
        self.said.emit(sentence)
