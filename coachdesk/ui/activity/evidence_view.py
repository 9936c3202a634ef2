"""Evidence: the form at the left, all proofs at the right, newest first. L looks at one, V verifies it, N is not good enough, R removes."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal

from coachdesk.activity import actions, queries, rules
from coachdesk.activity.queries import EvidenceRow
from coachdesk.clock import day_text
from coachdesk.ui.activity.beside import Beside
from coachdesk.ui.activity.evidence_form import EvidenceForm
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.letter_keys import LetterKeys
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import LineField
from coachdesk.ui.parts.privacy import shown_name
from coachdesk.ui.parts.row_model import BLOCK
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sides import Stack
from coachdesk.ui.parts.text import PlainLabel

_LIST_LINES = 22          # the list, what it has no room for, the reason, the buttons
_COLUMNS = (
    Column("Obtained", "obtained_on", 12),
    Column("Person", "participant", 0, private=True),
    Column("Proves", "proves", 16),
    Column("Of", "about", 0),
    Column("File", "media", 5),
    Column("State", "state", 15),
)


class EvidenceView(Stack):
    """`said(sentence)` after a deed."""

    said = Signal(str)

    def __init__(self, desk: Desk, taken: str) -> None:
        super().__init__()
        self._desk = desk
        self._wanted: UUID | None = None
        self._preview: Any = None
        self.form = EvidenceForm(desk, taken)
        self.list = Beside(self.form, list_lines=_LIST_LINES)
        self.addWidget(self.list)
        self._build()

    def _build(self) -> None:
        self.total = PlainLabel("", "muted", wrap=True)
        self.table = RowTable("Evidence", _COLUMNS, empty="No evidence yet. Choose the person at the left and add the first proof.")
        self.told = PlainLabel("", wrap=True)
        self.why = LineField("not good enough, or removed: why?")
        self.why.setAccessibleName("Why it is not good enough, or is removed")
        self.buttons = {
            "L": Button("Look at it (L)", self.look),
            "V": Button("Verified (V)", self.verify),
            "N": Button("Not good enough (N)", self.refuse),
            "C": Button("Correct… (C)", self.correct),
            "R": Button("Remove (R)", self.remove),
        }
        right = self.list.right
        right.addWidget(self.total)
        right.addWidget(self.table, 1)
        right.addWidget(self.told)
        right.addWidget(self.why)
        right.addWidget(ButtonRow(list(self.buttons.values())))
        LetterKeys(self.table, {"L": self.look, "V": self.verify, "N": self.refuse, "C": self.correct, "R": self.remove, "A": self.add})
        self.table.current_changed.connect(self._on_row_looked_at)
        self.table.row_chosen.connect(lambda _row: self.look())
        self.form.saved.connect(self._on_saved)
        self.form.left.connect(self._on_form_left)

    # what the page calls

    def reload(self) -> None:
        """Read again."""
        lot = self._desk.lot
        wanted, self._wanted = self._wanted, None

        def ask(session: Any) -> tuple[array[int], Sequence[EvidenceRow], int, int | None]:
            keys = queries.evidence_keys(session, lot=lot)
            return (keys, queries.evidence_rows(session, keys[:BLOCK]), queries.unverified_count(session, lot=lot),
                    queries.evidence_key(session, wanted))

        def tell(found: tuple[array[int], Sequence[EvidenceRow], int, int | None]) -> None:
            keys, first, waiting, place = found
            self.table.show_ids(keys, self._desk.rows_of(queries.evidence_rows), self._desk.work, first)
            self.total.setText(f"{len(keys):,} proof{'' if len(keys) == 1 else 's'}, {waiting:,} not verified yet.")
            if place is not None:
                self.table.stand_on(place)
            self._on_row_looked_at(self.table.current())

        self._desk.read(ask, self, tell)

    def show_one(self, id: UUID) -> None:
        """Stand on one proof."""
        self._wanted = id
        self.setCurrentWidget(self.list)
        self.reload()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def first_focus(self) -> None:
        """The preview where one is open, else the list, else the form."""
        shown = self.currentWidget()
        if shown is not None and shown is not self.list:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.table.count():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.form.first_focus()

    def add(self, person: UUID | None = None, of: tuple[str, UUID] | None = None) -> None:
        """Another proof, of a person or thing that another view has at hand."""
        self.setCurrentWidget(self.list)
        self.form.begin(None, person, of)
        self.form.first_focus()

    # the one that is looked at

    def _on_row_looked_at(self, row: EvidenceRow | None) -> None:
        for button in self.buttons.values():
            button.setEnabled(row is not None)
        self.buttons["L"].setEnabled(row is not None and row.file_name is not None)
        self.buttons["V"].setEnabled(row is not None and row.state != rules.VERIFIED)
        self.told.setText(told_of(row) if row is not None else "")
        self.told.setVisible(row is not None)

    def look(self) -> None:
        """The file itself, in place of the list."""
        row = self.table.current()
        if row is None or row.file_name is None:
            return
        from coachdesk.ui.parts.file_preview import FilePreview, pages_of  # QtPdf is heavy: only where something is shown

        if self._preview is None:
            self._preview = FilePreview(self._desk.dialogs)
            self._preview.closed.connect(self._on_preview_closed)
            self.addWidget(self._preview)
        preview: Any = self._preview

        def ask(session: Any) -> tuple[bytes, bytes, str]:
            kept = queries.kept_file(session, row.id)
            return pages_of(kept.data, kept.media), kept.data, kept.name

        def tell(found: tuple[bytes, bytes, str]) -> None:
            pages, original, name = found
            preview.show_file(pages, original, f"{row.proves}, {shown_name(row.participant, row.reference)}", name)
            self.setCurrentWidget(preview)
            preview.setFocus(Qt.FocusReason.OtherFocusReason)

        self._desk.read(ask, self, tell)

    def _on_preview_closed(self) -> None:
        self._preview.show_file(b"", b"", "", "")         # nothing of it stays open
        self.setCurrentWidget(self.list)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def verify(self) -> None:
        """Other eyes find it good."""
        self._deed("Verify evidence", lambda session, row: actions.verify_evidence(session, row.id), "verified")

    def refuse(self) -> None:
        """Other eyes find it wanting; the reason is typed above the buttons."""
        why = self.why.value()
        if self._has_reason("Type why it is not good enough, then press N again in the list."):
            self._deed("Evidence not good enough", lambda session, row: actions.refuse_evidence(session, row.id, why=why),
                       "not good enough")

    def remove(self) -> None:
        """It should not stand here; the reason is typed above the buttons."""
        why = self.why.value()
        if self._has_reason("Type why it is removed, then press R again in the list."):
            self._deed("Remove evidence", lambda session, row: actions.remove_evidence(session, row.id, why=why),
                       "removed. Ctrl+Z brings it back")

    def correct(self) -> None:
        """What is written of it, in the form."""
        row = self.table.current()
        if row is not None:
            self.form.begin(row)
            self.form.proves.setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_reason(self, sentence: str) -> bool:
        if self.table.current() is None or self.why.value():
            return True
        self.said.emit(sentence)
        self.why.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def _deed(self, reason: str, verb: Any, came: str) -> None:
        row: Any = self.table.current()
        if row is None:
            return
        self._wanted = row.id

        def done(_none: None) -> None:
            self.why.clear()
            self.said.emit(f"“{row.proves}” of {shown_name(row.participant, row.reference)}: {came}.")

        self._desk.act(reason, lambda session: verb(session, row), self, done)

    def _on_saved(self, id: UUID | None, sentence: str) -> None:
        self._wanted = id
        self.said.emit(sentence)
        self.form.first_focus()

    def _on_form_left(self) -> None:
        self.form.begin()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def told_of(row: EvidenceRow) -> str:
    """What a list has no room for, in a line or two."""
    size = f" ({row.media}, {rules.size_words(row.size)})" if row.size else ""
    parts = [f"{row.file_name}{size}" if row.file_name else "no file: seen and not kept", f"{row.how}, by {row.coach}"]
    parts += [f"dated {day_text(row.dated)}"] if row.dated else []
    parts += [f"says “{row.wording}”"] if row.wording else []
    parts += [f"verified by {row.verified_by} on {day_text(row.verified_on)}"] if row.verified_on else []
    parts += [f"not good enough: {row.refused_why}"] if row.refused_why else []
    return "; ".join(parts) + "." + (f" {row.warning}" if row.warning else "")
