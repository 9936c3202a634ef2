"""One thing to choose: what was said, by whom and when, a button for each, another value, and the way to the record."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.sync import desk as rules
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import DateField, MoneyField, NoteField, WholeNumberField
from coachdesk.ui.parts.form import Form
from coachdesk.ui.parts.line import LineField
from coachdesk.ui.parts.page import Card
from coachdesk.ui.parts.privacy import in_public, initials
from coachdesk.ui.parts.text import PlainLabel, Tag
from coachdesk.ui.parts.theme import MEDIUM, SMALL

HIDDEN = "hidden in a public place"
_LONG = 70          # characters: a text that is longer is written in several lines
TAKEN = "pctsdkauo123456789"
_WHY = {
    rules.VALUES: "Two laptops wrote different things here without knowing of each other. Both are kept until you choose.",
    rules.KEPT: "Somebody deleted this record while somebody else wrote on it. It stays until you say.",
    rules.NOTE: "Two laptops changed different fields at the same time. Both changes stand; read whether they fit together.",
}


def title_shown(choice: rules.Choice) -> str:
    """The record's name; initials in a public place where it is somebody's."""
    return initials(choice.title) if choice.is_private and in_public() else choice.title


def value_shown(choice: rules.Choice, voice: rules.Voice) -> str:
    """What was said; nothing personal in a public place."""
    return HIDDEN if in_public() and choice.is_personal else voice.value


class _VoiceRow(QFrame):
    """A value, who said it, and its button."""

    def __init__(self, value: str, said: str, button: Button | None, stands: bool) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        words = QVBoxLayout()
        words.setSpacing(2)
        first = QHBoxLayout()
        first.setSpacing(MEDIUM)
        if value:
            shown = PlainLabel(value, "subheading", wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            first.addWidget(shown, 1)
        if stands:
            first.addWidget(Tag("stands now", "good"), 0, Qt.AlignmentFlag.AlignTop)
        words.addLayout(first)
        words.addWidget(PlainLabel(said, "muted", wrap=True))
        if button is not None:
            words.addSpacing(SMALL)
            words.addWidget(ButtonRow((button,)))
        down = QVBoxLayout(self)
        down.setContentsMargins(0, SMALL, 0, SMALL)
        down.addLayout(words)


class ChoiceCard(Card):
    """`chosen(stamp)`, `written(value)`, `kept()`, `deleted()`, `put_away()`, `open_wanted()`: what the person did with `choice`."""

    chosen = Signal(str)
    written = Signal(object)
    kept = Signal()
    deleted = Signal()
    put_away = Signal()
    open_wanted = Signal()

    def __init__(self, choice: rules.Choice, can_open: bool, parent: QWidget | None = None) -> None:
        super().__init__(title_shown(choice), parent)
        self.choice = choice
        self.buttons: list[Button] = []
        self.box: Any = None
        self.form: Form | None = None
        self.body.addWidget(PlainLabel(f"{choice.kind}: {choice.label}" if choice.label else choice.kind, "label", wrap=True))
        self.body.addWidget(PlainLabel(_WHY[choice.what], "muted", wrap=True))
        {rules.VALUES: self._build_values, rules.KEPT: self._build_kept, rules.NOTE: self._build_note}[choice.what]()
        if can_open:
            self.body.addWidget(ButtonRow((Button("&Open the record", self.open_wanted.emit, role="link"),)))
        self.body.addStretch(1)

    def _build_values(self) -> None:
        for number, voice in enumerate(self.choice.voices, 1):
            shown = value_shown(self.choice, voice)
            key = f"&{number} " if number < 10 else ""
            words = "Keep this" if voice.stands else "Take this instead"
            button = Button(f"{key}{words}", partial(self.chosen.emit, voice.stamp))
            button.setAccessibleName(f"{button.text().replace('&', '')}: {shown}, said by {voice.said}")
            self.buttons.append(button)
            self.body.addWidget(_VoiceRow(shown, voice.said, button, voice.stands))
        box = self._entry()
        if box is not None:
            self.form = Form(taken=TAKEN)
            self.box = self.form.add("Or &write another value", box)
            self.form.buttons(Button("Write &it", self._on_written))
            self.form.submitted.connect(self._on_written)
            self.body.addWidget(self.form)

    def _entry(self) -> QWidget | None:
        choice = self.choice
        box: QWidget | None = None
        if choice.typed == "text":
            is_long = any(len(voice.value) > _LONG for voice in choice.voices)
            box = NoteField(3) if is_long else LineField(longest=400)
        elif choice.typed == "date":
            box = DateField()
        elif choice.typed == "number":
            box = MoneyField() if choice.unit == "pence" else WholeNumberField()
        return box

    def _on_written(self) -> None:
        if self.form is None or not self.form.check():
            return
        if self.box.is_empty():
            self.form.say_wrong(self.box, "Write what it should say, or take one of the values above.")
        else:
            self.written.emit(self.box.value())

    def _build_kept(self) -> None:
        gone, *written = self.choice.voices
        self.body.addWidget(_VoiceRow("Deleted", gone.said, None, False))
        for voice in written:
            self.body.addWidget(_VoiceRow(f"Written: {voice.value}", voice.said, None, False))
        self.buttons = [Button("It st&ays", self.kept.emit, role="primary"), Button("&Delete it", self.deleted.emit)]
        self.body.addWidget(ButtonRow(self.buttons))

    def _build_note(self) -> None:
        for voice in self.choice.voices:
            self.body.addWidget(_VoiceRow(voice.value, voice.said, None, False))
        self.buttons = [Button("P&ut away", self.put_away.emit, role="primary")]
        self.body.addWidget(ButtonRow(self.buttons))

    def first_focus(self) -> None:
        """The first of its buttons."""
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
