"""One line writes somebody down: name, telephone, postcode, topics, follow-up. How it is understood shows while one types."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from coachdesk.clock import day_text
from coachdesk.errors import Refusal
from coachdesk.outreach.queries import RegisterRow
from coachdesk.outreach.rules import ContactLine, RegisterLine, next_row, parse_line, parse_register_line, spans
from coachdesk.partner.actions import phone_of
from coachdesk.programme.rules import BY_RESIDENCE, NOT_ELIGIBLE, LotPlan, verdict
from coachdesk.ui.outreach.wrap import WrapRow
from coachdesk.ui.parts.line import LineField
from coachdesk.ui.parts.page import Card
from coachdesk.ui.parts.privacy import shown_name
from coachdesk.ui.parts.text import PlainLabel, Tag, restyle
from coachdesk.ui.parts.theme import SMALL

LONGEST = 1000
_HINT = "Name, telephone, postcode, topics and a day to follow up, in any order. Enter saves. Esc goes to the counting keys."
Chip = tuple[str, str]          # words, and the tint of a Tag


def _is_name(words: str) -> bool:
    return any(sign.isalpha() for sign in words)


class _Line(LineField):
    """The box itself: Space in the empty line counts somebody without a name; Esc leaves."""

    counted = Signal()
    escaped = Signal()
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()                              # Esc in the line is the line's own: the desk stays
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not self.text() and not event.isAutoRepeat():
            self.counted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class LineEntry(Card):
    """`submitted(text, RegisterLine)` on Enter once the line can be saved; the line is empty again at once.

    put_back() returns it if saving failed.

    `counted` is Space in the empty line, `escaped` is Esc, `typed(text)` each change, "" when nothing is typed that would be missed.
    Where a paper register was printed, a line that begins with a row's number keys that row (rules.register).
    """

    submitted = Signal(str, object)
    counted = Signal()
    escaped = Signal()
    typed = Signal(str)

    def __init__(self, shelf: Callable[[], Any], today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._shelf, self._today = shelf, today
        self._register: RegisterRow | None = None
        self._lot: LotPlan | None = None
        self._on = today
        self._keying = False
        self._last_keyed = 0
        self.box = _Line("Zoë Kowalska 07400 123456 B34 7AA cv, benefits f/u friday", LONGEST)
        label = PlainLabel("&Write somebody down", "label")
        label.setBuddy(self.box)
        self.box.setAccessibleName("Write somebody down")
        self.box.setAccessibleDescription(_HINT)
        self._hint = PlainLabel(_HINT, "muted", wrap=True)
        self._problem = PlainLabel("", "problem", wrap=True)
        self._problem.hide()
        self._chips = QWidget()
        self._chips.setAccessibleName("How the line is understood")
        self._row = WrapRow(self._chips)
        self._shown: list[Chip] = []
        self.body.setSpacing(SMALL)
        for widget in (label, self.box, self._chips, self._hint, self._problem):
            self.body.addWidget(widget)
        self.box.changed.connect(self._on_box_changed)
        self.box.submitted.connect(self._on_box_submitted)
        self.box.counted.connect(self.counted)
        self.box.escaped.connect(self.escaped)
        self.setFocusProxy(self.box)
        self._on_box_changed()

    def text(self) -> str:
        """The unfinished line."""
        return self.box.text()

    def set_text(self, text: str) -> None:
        """Go on with an unfinished line."""
        self.box.setText(text)

    # the paper register

    def register(self) -> RegisterRow | None:
        """The printed register of this session, if there is one."""
        return self._register

    def show_register(self, register: RegisterRow | None) -> None:
        """How the register stands now."""
        self._register = register
        if register is None:
            self._keying, self._last_keyed = False, 0
        elif self._keying and not self.text().strip():
            self._propose()
        self.redraw()

    def begin_keying(self) -> None:
        """From now on the next missing number stands in the line after each row; Esc ends it."""
        self._keying = True
        if not self.text().strip():
            self._propose()

    def end_keying(self) -> bool:
        """No more numbers are proposed; answers whether they were until now."""
        was, self._keying = self._keying, False
        if was and self._is_proposal(self.text()):
            self.box.clear()
        self.redraw()
        return was

    def reading(self, text: str) -> RegisterLine:
        """A line as it is understood: as a row of the register where it has a number, or where rows are being keyed."""
        register = self._register
        if register is not None:
            read = parse_register_line(text, self._today())
            if read.number is not None:
                return read
            if self._keying:
                number = next_row(register.rows, register.keyed, register.blank, self._last_keyed)
                return RegisterLine(number, number, False, text, parse_line(text, self._today()))
        return RegisterLine(None, None, False, text, parse_line(text, self._today()))

    def _propose(self) -> None:
        register = self._register
        number = next_row(register.rows, register.keyed, register.blank, self._last_keyed) if register else None
        if number is None:
            self._keying = False
            self.box.clear()
        else:
            self.box.setText(f"{number} ")

    def _is_proposal(self, text: str) -> bool:
        return self._register is not None and text.strip().isdecimal() and len(text.strip()) <= 3

    def _row_problem(self, read: RegisterLine) -> str:
        """Why a row cannot be keyed: it is not on the paper, or somebody stands there."""
        register = self._register
        if register is None or read.number is None:
            return ""
        last = read.last or read.number
        if not 1 <= read.number <= last <= register.rows:
            return f"The register of this session has the rows 1 to {register.rows}. Nothing was saved: check the number."
        taken = next((number for number in range(read.number, last + 1) if number in register.keyed), None)
        if taken is None:
            return ""
        who = shown_name(register.keyed[taken])
        return f"Row {taken} is keyed already: {who} stands there. Nothing was saved: check the number on the paper."

    def put_back(self, text: str, spoken: Refusal | Any) -> None:
        """A line that could not be saved stands here again, before what was typed since; the sentence stands below."""
        since = "" if self._is_proposal(self.box.text()) else self.box.text()
        self.box.setText(f"{text} ; {since}" if since else text)
        self._say_wrong(f"{spoken.sentence} {spoken.next_step}".strip())

    def redraw(self) -> None:
        """Names as they are shown now."""
        self._draw(self.reading(self.text()))

    def chip_words(self) -> list[str]:
        """What the chips say: for tests and screen readers."""
        return [words for words, _kind in self._shown]

    def _on_box_changed(self) -> None:
        self._say_wrong("")
        self.redraw()
        text = self.text()
        self.typed.emit("" if not text.strip() or self._is_proposal(text) else text)

    def _on_box_submitted(self) -> None:
        text = self.text()
        if not text.strip():
            return
        read = self.reading(text)
        problem = self._row_problem(read) or ("" if read.is_blank else self._name_problem(read.contact))
        if problem:
            self._say_wrong(problem)
            return
        if read.number is not None:
            self._last_keyed = read.last or read.number
        self.box.clear()
        self.submitted.emit(text, read)

    def _name_problem(self, read: ContactLine | None) -> str:
        if read is None or not _is_name(read.name):
            return "There is no name in this line yet. Nothing was saved: add the name, or clear the line and count with Space."
        try:
            phone_of(read.phone)
        except Refusal as refusal:
            return f"{refusal.sentence} {refusal.next_step}"
        return ""

    def _say_wrong(self, sentence: str) -> None:
        self._problem.setText(f"⚠ {sentence}" if sentence else "")
        self._problem.setVisible(bool(sentence))
        self._hint.setVisible(not sentence and not self._shown)
        self.box.setAccessibleDescription(sentence or _HINT)
        if bool(self.box.property("wrong")) != bool(sentence):
            self.box.setProperty("wrong", bool(sentence))
            restyle(self.box)

    def _draw(self, read: RegisterLine) -> None:
        chips = list(self._rows_understood(read)) if self.text().strip() else []
        if chips != self._shown:
            self._shown = chips
            self._row.clear()
            for words, kind in chips:
                self._row.addWidget(Tag(words, kind))
            self._chips.setAccessibleDescription("; ".join(self.chip_words()))
        self._chips.setVisible(bool(chips))
        self._hint.setVisible(not chips and self._problem.isHidden())
        self._chips.updateGeometry()

    def _rows_understood(self, read: RegisterLine) -> Iterator[Chip]:
        if read.number is not None:
            rows = spans(range(read.number, (read.last or read.number) + 1))
            wrong = bool(self._row_problem(read))
            yield f"Row {rows}{': check the number' if wrong else ''}", "careful" if wrong else "good"
        if read.is_blank:
            yield "blank on paper", "plain"
        elif read.contact is not None:
            yield from self._understood(read.contact)

    def _understood(self, read: ContactLine) -> Iterator[Chip]:
        if _is_name(read.name) and any(letter.isdigit() for letter in read.name):
            yield f"Name: {shown_name(read.name)}, with a figure in it", "careful"     # a telephone cut short, or the row's number twice
        else:
            yield (f"Name: {shown_name(read.name)}", "good") if _is_name(read.name) else ("No name yet", "careful")
        if read.phone:
            try:
                yield f"Telephone: {phone_of(read.phone)}", "good"
            except Refusal:
                yield f"Telephone: {read.phone} cannot be called", "careful"
        if read.postcode:
            yield self._placed(read.postcode)
        if read.topics:
            yield from ((topic, "good") for topic in read.topics)
        if read.follow_up_on:
            yield f"Follow up: {read.follow_up_on:%A} {day_text(read.follow_up_on)}", "good"
        if read.note:
            yield f"Note: {read.note[:60]}{'…' if len(read.note) > 60 else ''}", "plain"

    def show_lot(self, lot: LotPlan | None, on: date) -> None:
        """For which lot people are met, and on which day: a postcode outside it is said as such."""
        if (lot, on) != (self._lot, self._on()):
            self._lot, self._on = lot, lambda: on
            self.redraw()

    def _placed(self, postcode: str) -> Chip:
        found = self._shelf().lookup(postcode, self._on())
        if found is None:
            return f"{postcode}: not in the postcode list here", "careful"
        words = f"{postcode}: {found.ward_name}" if found.ward_name else f"{postcode}: ward not known"
        if self._lot is None:
            return words, "good"
        says = verdict(self._lot, postcode, self._on(), self._shelf()).verdict
        if says == BY_RESIDENCE:
            return words, "good"
        return f"{words}, {f'not in {self._lot.name}' if says == NOT_ELIGIBLE else 'to check by hand'}", "careful"


