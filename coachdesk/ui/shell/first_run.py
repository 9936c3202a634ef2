"""The first run: a new store in one form, then the recovery code, which is shown once and confirmed by typing its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.errors import Spoken
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, LineField
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.text import PlainLabel
from coachdesk.ui.shell.aside import Aside
from coachdesk.ui.shell.recovery import LEAST_PASSPHRASE, PASSPHRASE_HINT, MiddleColumn, weak_passphrase

if TYPE_CHECKING:
    from coachdesk.ui.shell.join_run import JoinPage

CONFIRM = 4          # characters of the code that are typed again


@dataclass(frozen=True)
class NewStore:
    """What a new store is made of; `programme` is the key of the chosen template, or `folder` that of the team it joins (with its
    recovery `code`, for a lead whose laptop is lost).
    """

    name: str
    owner: str
    programme: Any
    passphrase: str
    folder: str = ""
    code: str = ""


@dataclass(frozen=True)
class Created:
    """A store just made: the code that is shown once, and what the window goes on with. words: six, of a laptop that asks to join."""

    recovery_code: str
    opened: Any
    words: str = ""


class FirstRunWindow(QWidget):
    """`unlocked(opened)` after the code was confirmed. `create(NewStore) -> Created` runs aside and may raise Refusal or Trouble.

    `templates` are (key, words). `open_other`, when given, is offered to who already has a store (a backup, a stick);
    `choose_folder` to who joins a team: then NewStore names a folder and no programme.
    """

    unlocked = Signal(object)

    def __init__(self, templates: Sequence[tuple[Any, str]], create: Callable[[NewStore], Created], *, name: str = "My desk",
                 open_other: Callable[[], object] | None = None,
                 choose_folder: Callable[[QWidget, str], Path | None] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._create = create
        self._created: Created | None = None
        self._choose_folder = choose_folder
        self.join_page: JoinPage | None = None
        self.setWindowTitle("CoachDesk: a new store")
        self.setAccessibleName("Make a new store")
        self._aside = Aside(self)
        self._aside.succeeded.connect(self._on_aside_succeeded)
        self._aside.refused.connect(self._on_aside_refused)
        self._aside.broke.connect(self._on_aside_broke)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._ask = self._build_ask(templates, name, open_other)
        self._layout.addWidget(self._ask)
        self._code_page: MiddleColumn | None = None
        self.resize(1000, 700)
        self.form.first_focus()

    def _build_ask(self, templates: Sequence[tuple[Any, str]], name: str, open_other: Callable[[], object] | None) -> MiddleColumn:
        page = MiddleColumn()
        page.column.addWidget(PlainLabel("A new store", "heading"))
        page.column.addWidget(PlainLabel("Everything you record stays in one encrypted file on this computer.", "muted", wrap=True))
        self.form = Form()
        self.name = self.form.add("Name of the store", LineField(), required=True)
        self.name.set_value(name)
        self.owner = self.form.add("Your name", LineField(placeholder="as it stands on what you print"), required=True)
        self.programme = self.form.add("Programme", ChoiceField(templates), required=True)
        if len(templates) == 1:
            self.programme.set_value(templates[0][0])
        self.passphrase = self.form.add("Passphrase", LineField(secret=True, longest=500), required=True, hint=PASSPHRASE_HINT)
        self.again = self.form.add("The passphrase again", LineField(secret=True, longest=500), required=True)
        self.message = PlainLabel("", "problem", wrap=True)
        self.form.put(self.message)
        self.make_button = Button("Make the store", self._on_form_submitted, role="primary")
        self.form.buttons(self.make_button, *([Button("I already have a store…", open_other, role="link")] if open_other else []),
                          *([Button("&Join a team…", self.begin_joining, role="link")] if self._choose_folder else []))
        self.form.submitted.connect(self._on_form_submitted)
        page.column.addWidget(self.form)
        return page

    def begin_joining(self) -> None:
        """The form of a laptop that joins a team, instead of a store of one's own."""
        if self.join_page is None and self._choose_folder is not None:
            from coachdesk.ui.shell.join_run import JoinPage

            self.join_page = JoinPage(self._choose_folder)
            self.join_page.asked.connect(self._on_join_asked)
            self.join_page.left.connect(self._leave_joining)
            self._layout.addWidget(self.join_page)
        if self.join_page is not None:
            self._ask.hide()
            self.join_page.show()
            self.join_page.first_focus()

    def _leave_joining(self) -> None:
        if self.join_page is not None and not self._aside.running:
            self.join_page.hide()
            self._ask.show()
            self.form.first_focus()

    def _on_join_asked(self, folder: str, owner: str, words: str, code: str) -> None:
        if not self._aside.running:
            wanted = NewStore(self.name.value(), owner, None, words, folder, code)
            self._set_running(True)
            self._aside.run(lambda: self._create(wanted))

    def _build_code(self, code: str, words: str) -> MiddleColumn:
        page = MiddleColumn()
        if words:
            page.column.addWidget(PlainLabel("Six words for your team’s lead", "heading"))
            page.column.addWidget(PlainLabel("Read them to the lead, by telephone or in person. They stand under Team, too, until this "
                                             "laptop is let in.", wrap=True))
            page.column.addWidget(PlainLabel(words, "big", wrap=True))
        page.column.addWidget(PlainLabel("Your recovery code", "heading"))
        page.column.addWidget(PlainLabel(
            "If the passphrase is ever forgotten, only this code opens the store. It is shown once and kept nowhere. "
            "Print it or write it down, and keep it away from this computer.", wrap=True))
        shown = PlainLabel(code, "code", wrap=True)
        shown.setAccessibleName(f"Recovery code: {' '.join(code)}")
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse)
        page.column.addWidget(shown)
        self.print_button = Button("&Print…", self._on_print_pressed)
        page.column.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.confirm = Form(taken="p")
        self.last = self.confirm.add(f"The last {CONFIRM} characters of the code", LineField(longest=12), required=True,
                                     hint="So that we both know it is written down.")
        self.confirm.buttons(Button("Open the desk", self._on_confirm_submitted, role="primary"))
        self.confirm.submitted.connect(self._on_confirm_submitted)
        page.column.addWidget(self.confirm)
        return page

    def _on_form_submitted(self) -> None:
        if self._aside.running or not self.form.check():
            return
        words = self.passphrase.value()
        wrong = weak_passphrase(words, self.again.value())
        if wrong:
            self.form.say_wrong(self.passphrase if len(words) < LEAST_PASSPHRASE else self.again, wrong)
            return
        wanted = NewStore(self.name.value(), self.owner.value(), self.programme.value(), words)
        self.message.setText("")
        self._set_running(True)
        self._aside.run(lambda: self._create(wanted))

    def _set_running(self, on: bool) -> None:
        self.form.setEnabled(not on)
        self.make_button.setText("Making the store…" if on else "Make the store")
        if self.join_page is not None:
            self.join_page.set_running(on)

    def _on_aside_succeeded(self, created: Created) -> None:
        self._set_running(False)
        self.form.clear()
        self._created = created
        self._ask.hide()
        if self.join_page is not None:
            self.join_page.form.clear()
            self.join_page.hide()
        self._code_page = self._build_code(created.recovery_code, created.words)
        self._layout.addWidget(self._code_page)
        self.last.setFocus()

    def _on_aside_refused(self, spoken: Spoken) -> None:
        self._set_running(False)
        told = self.join_page.message if self.join_page is not None and self.join_page.isVisible() else self.message
        told.setText(f"{spoken.sentence} {spoken.next_step}".strip())

    def _on_aside_broke(self, wrong: Exception) -> None:
        self._set_running(False)
        self.message.setText("The store was not made. Nothing was changed.")
        raise wrong

    def _on_confirm_submitted(self) -> None:
        if self._created is None or not self.confirm.check():
            return
        if _bare(self.last.value()) != _bare(self._created.recovery_code)[-CONFIRM:]:
            self.confirm.say_wrong(self.last, "Those are not the last characters of the code above. Look at it again.")
            return
        opened, self._created = self._created.opened, None
        self.unlocked.emit(opened)

    def _on_print_pressed(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter()
        if self._created is not None and QPrintDialog(printer, self).exec() == QPrintDialog.DialogCode.Accepted:
            print_code(printer, self._created.recovery_code)


def print_code(printer: Any, code: str) -> None:
    """One page: what the code is for, and the code."""
    painter = QPainter(printer)
    page = printer.pageLayout().paintRectPixels(printer.resolution())
    line = printer.resolution() // 3
    for at, (points, words) in enumerate((
        (16, "CoachDesk: recovery code"),
        (11, "Opens the store when the passphrase is forgotten. Keep it away from the computer."),
        (18, code),
    )):
        painter.setFont(QFont(painter.font().family(), points))
        painter.drawText(line, line * (2 + 2 * at), page.width() - 2 * line, line * 2, Qt.TextFlag.TextWordWrap, words)
    painter.end()


def _bare(code: str) -> str:
    return "".join(letter for letter in code if letter.isalnum()).upper()
