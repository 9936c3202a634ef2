"""The shared place: how safe the work is, one turn by hand, creating a team, the words of a laptop that waits, and the tray."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.sync import begun, places, sentences, team
from coachdesk.sync import standing as standings
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.sharing import Sharing, sharing_of
from coachdesk.ui.parts.button_row import ButtonRow
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.page import Card, Facts, Scrolled
from coachdesk.ui.parts.progress import ProgressStrip
from coachdesk.ui.parts.row_table import Column, RowTable
from coachdesk.ui.parts.sides import Columns
from coachdesk.ui.parts.text import PlainLabel, Tag
from coachdesk.ui.work import AnyChange, speak

_TRAY = (Column("File", "name", 0), Column("Why it waits", "why", 0), Column("Since", "since", 19))
_STATES = {standings.HERE: ("Saved here", "plain"), standings.SHARED: ("In the shared place", "plain"), standings.SAFE: ("Safe", "good")}
_ALONE = (
    "Laptops of one team meet in a folder that all of them can open: OneDrive, a network drive, or a stick that is carried about. "
    "Everything in it is encrypted; the folder’s owner cannot read it. Each laptop goes on working without it and catches up when it is "
    "there again."
)
_JOIN = "To join a team that exists already, use its own new desk: in the first window of a new CoachDesk choose “Join a team”."
_OUT = "This laptop was reported lost, or its place in the team was ended. What stands here stays, and is shared with nobody any more."
_MEANING = (
    "Saved here: on this laptop’s disk. In the shared place: also in the folder. Safe: another laptop says that it holds it. Only then "
    "is nothing lost when this laptop is."
)


@dataclass(frozen=True, slots=True)
class PlaceShown:
    """What the view shows. where: None where nothing is shared."""

    where: begun.Where | None
    tray: list[places.InTray]
    now: datetime


def read_place(store: Any) -> PlaceShown:
    """For the worker."""
    found = begun.where(store)
    return PlaceShown(found, places.tray(store) if found is not None else [], store.clock.now())


class PlaceView(QWidget):
    """`said(sentence, next step)` after a deed, `told(words)` for the line under the title."""

    said = Signal(str, str)
    told = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.sharing: Sharing = sharing_of(desk)
        self.code = ""
        self._is_asked = self._is_known = False
        self.tray = RowTable("Files that wait", _TRAY, least_rows=4,
                             empty="No file waits. A file that cannot be read holds up nothing else.")
        self._cards = (self._build_waiting(), self._build_code(), self._build_state(), self._build_begin())
        self._tray_card = Card("The tray")
        self.why = PlainLabel("", "muted", wrap=True)
        self.why.hide()
        self._tray_card.body.addWidget(self.tray)
        self._tray_card.body.addWidget(self.why)
        self.tray.current_changed.connect(self._on_tray_moved)
        for card in (*self._cards, self._tray_card):    # until it is known which of them say something
            card.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Scrolled(Columns(((*self._cards,), (self._tray_card,)))))
        self.sharing.began.connect(self._on_began)
        self.sharing.stepped.connect(self._on_stepped)
        self.sharing.ended.connect(self._on_ended)
        self.strip.cancelled.connect(self.sharing.cancel)

    def _build_state(self) -> Card:
        self.state_card = Card("Where the work stands")
        self.state = Tag("", "plain")
        self.sentence = PlainLabel("", wrap=True)
        self.facts = Facts()
        self.warnings = PlainLabel("", "problem", wrap=True)
        self.warnings.hide()
        self.sync_button = Button("Sync &now", self.sync, role="primary")
        self.move_button = Button("&Move to another folder…", self.move_team)
        self.strip = ProgressStrip()
        body = self.state_card.body
        body.addWidget(self.state, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.sentence, self.warnings, self.facts, self.strip, ButtonRow((self.sync_button, self.move_button)),
                       PlainLabel(_MEANING, "muted", wrap=True)):
            body.addWidget(widget)
        return self.state_card

    def _build_begin(self) -> Card:
        self.begin_card = Card("Share this desk’s work with a team")
        self.create_button = Button("C&reate a team in a folder…", self.create_team, role="primary")
        for widget in (PlainLabel(_ALONE, wrap=True), ButtonRow((self.create_button,)), PlainLabel(_JOIN, "muted", wrap=True)):
            self.begin_card.body.addWidget(widget)
        return self.begin_card

    def _build_waiting(self) -> Card:
        self.waiting_card = Card("This laptop asks to join")
        self.words = PlainLabel("", "big", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        for widget in (PlainLabel("Read these six words to the team’s lead, by telephone or in person:", wrap=True), self.words,
                       PlainLabel("The lead sees the same words and lets this laptop in. The team’s work then comes in by itself.", "muted",
                                  wrap=True)):
            self.waiting_card.body.addWidget(widget)
        return self.waiting_card

    def _build_code(self) -> Card:
        self.code_card = Card("The team’s recovery code")
        self.code_label = PlainLabel("", "code", wrap=True)
        self.code_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse
                                                | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.code_button = Button("I have written it &down", self.forget_code, role="primary")
        for widget in (PlainLabel("Shown this once and kept nowhere. Write it down twice and keep it in two sealed envelopes, away from "
                                  "the laptops: with it a new laptop becomes a lead’s when this one is lost.", wrap=True),
                       self.code_label, ButtonRow((self.code_button,))):
            self.code_card.body.addWidget(widget)
        return self.code_card

    # reading

    def read(self) -> None:
        """Ask again where the work stands."""
        store = self.desk.store
        self.desk.work.read(lambda: read_place(store), self, self._show)

    def first_focus(self) -> None:
        """What is to be done next."""
        ways = ((self.code_card, self.code_button), (self.begin_card, self.create_button), (self.state_card, self.sync_button))
        for card, button in ways:
            if not card.isHidden():
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def redraw_names(self) -> None:
        """Nobody is named here."""

    def _show(self, shown: PlaceShown) -> None:
        found = shown.where
        is_waiting, is_in = found is not None and bool(found.words), found is not None and not found.words
        for card, is_seen in ((self.waiting_card, is_waiting), (self.begin_card, found is None), (self.state_card, found is not None),
                              (self._tray_card, is_in)):
            card.setVisible(is_seen)
        self.move_button.setVisible(is_in)
        if found is not None:
            self._say_state(found, shown.now)
            self.words.setText(found.words)
        self.tray.show_rows(shown.tray)
        self._on_tray_moved(self.tray.current())
        many = len(shown.tray)
        self.told.emit("" if not is_in else f"{many} file{'' if many == 1 else 's'} in the tray" if many else "Nothing waits in the tray")
        if not self._is_known and self.isVisible():
            self._is_known = True
            self.first_focus()

    def _say_state(self, found: begun.Where, now: datetime) -> None:
        words, kind = _STATES[found.standing.state]
        sentence = sentences.of_standing(found.standing, now)
        if found.words:
            words, kind = "Waits to be let in", "careful"
            sentence = "What you record is saved here and is shared once this laptop is let in."
        elif found.is_out:
            words, kind, sentence = "Cut off from the team", "bad", _OUT
        elif found.standing.is_red:
            words, kind = "Only on this laptop", "bad"
        self.state.say(words, kind)
        self.sentence.setText(sentence)
        self.facts.show_pairs([("Folder", found.place)])

    def _on_tray_moved(self, row: places.InTray | None) -> None:
        self.why.setVisible(row is not None)
        if row is not None:
            self.why.setText(f"{row.name}, {row.size:,} bytes: {row.why} Looked at {row.tried} time{'' if row.tried == 1 else 's'}.")

    # deeds

    def sync(self, where: str = "") -> None:
        """One turn now."""
        self._is_asked = True
        if not self.sharing.is_running():
            self.sharing.turn(where, asked=True)

    def create_team(self) -> None:
        """A team in an empty folder; its recovery code is shown once."""
        folder = self.desk.dialogs.choose_folder(self, "The folder that the team will share")
        if folder is not None:
            self.create_button.setEnabled(False)
            self.sharing.run(lambda store: team.create(store, places.carrier_at(str(folder))), self, self._on_created, self._on_refused)

    def _on_created(self, code: str) -> None:
        self.create_button.setEnabled(True)
        self.code = code
        self.code_label.setText(code)
        self.code_label.setAccessibleName(f"The team’s recovery code: {' '.join(code)}")
        self.code_card.show()
        self.sharing.look()
        self.read()
        self.sync()
        self.code_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget_code(self) -> None:
        """It is written down: it is shown no more."""
        self.code = ""
        self.code_label.setText("")
        self.code_label.setAccessibleName("")
        self.code_card.hide()
        self.first_focus()

    def move_team(self) -> None:
        """The team meets in another folder from now on."""
        folder = self.desk.dialogs.choose_folder(self, "The folder that the team will share from now on")
        if folder is None:
            return
        sure = self.desk.dialogs.ask(self, "Move the team", f"The team meets in {folder} from now on. Everybody has to choose that folder "
                                     "on their own laptop. The old folder stays as it is.", "Move the team")
        if sure:
            self.sharing.run(lambda store: team.move(store, places.carrier_at(str(folder))), self, lambda _none: self.sync(),
                             self._on_refused)

    def _on_refused(self, spoken: Any) -> None:
        self.create_button.setEnabled(True)
        speak(self, spoken)

    # a turn

    def _on_began(self) -> None:
        if self.sharing.task is not None:
            self.strip.follow(self.sharing.task, "Looking at the shared place…")

    def _on_stepped(self, words: str, done: int, of: int) -> None:
        self.strip.step((done, of, f"{words}: {done:,} of {of:,}") if of else words)

    def _on_ended(self, report: Any, spoken: Any) -> None:
        self.strip.finish()
        self.warnings.setText("\n".join(report.warnings) if report is not None else "")
        self.warnings.setVisible(bool(report is not None and report.warnings))
        if self._is_asked:
            self._is_asked = False
            if spoken is not None:
                speak(self, spoken)
            elif report is not None:
                self.said.emit(sentences.of_turn(report), "")
                self.desk.work.changed.emit(AnyChange(frozenset({"sync"})))
        elif spoken is not None:
            self.warnings.setText(f"The last sync did not come to its end: {spoken.sentence} {spoken.next_step}".strip())
            self.warnings.show()
        self.read()

