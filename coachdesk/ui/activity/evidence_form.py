"""A proof to be added: whose, of what, how and when it was obtained, and the file itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from coachdesk.activity import actions, queries, rules
from coachdesk.activity.queries import EvidenceRow
from coachdesk.clock import day_text
from coachdesk.ui.cards.desk import Desk
from coachdesk.ui.cards.editor import Editor
from coachdesk.ui.cards.find_field import Choice
from coachdesk.ui.cards.person_picker import PersonPicker
from coachdesk.ui.parts.buttons import Button
from coachdesk.ui.parts.fields import ChoiceField, DateField, LineField
from coachdesk.ui.parts.privacy import initials
from coachdesk.ui.parts.text import PlainLabel

_KINDS = "PDF or picture (*.pdf *.jpg *.jpeg *.png)"
_NO_FILE = "No file chosen: PDF, JPEG or PNG, up to 25 MiB."
_LAST_HELP = 20         # pieces of help that one may choose among: a proof comes soon after, or not at all
_PERSON = ("participant", None)


class EvidenceForm(Editor):
    """`saved(id or None, sentence)`."""

    saved = Signal(object, str)

    def __init__(self, desk: Desk, taken: str) -> None:
        super().__init__("Add evidence", taken=f"{taken}h")
        self._desk = desk
        self._of: EvidenceRow | None = None
        self._path: Path | None = None
        self._wanted: tuple[str, UUID | None] = _PERSON
        form = self.form
        self.person = form.add("Person", PersonPicker(desk), required=True)
        self.about = form.add("Of", ChoiceField([(_PERSON, "the person")]), required=True)
        self.proves = form.add("What it proves", ChoiceField(_words(rules.PROVES)), required=True)
        self.how = form.add("How it was obtained", ChoiceField(_words(rules.WAYS)), required=True)
        self.obtained = form.add("Obtained on", DateField(desk.today, past_only=True), required=True)
        self.dated = form.add("Dated", DateField(desk.today, past_only=True), beside=True)
        self.wording = form.add("Its wording", LineField("where a rule asks for a phrase"))
        self.note = form.add("Note", LineField())
        self.file_words = PlainLabel(_NO_FILE, "muted", wrap=True)
        form.put(self.file_words)
        self.file_button = Button("C&hoose the file…", self.choose_file)
        self._end("&Save", self.file_button, cancel="Clear")
        self.person.chosen.connect(lambda _choice: self._read_things())
        self.about.changed.connect(self._offer)
        self.begin()

    def begin(self, row: EvidenceRow | None = None, person: UUID | None = None, of: tuple[str, UUID] | None = None) -> None:
        """Another proof (of a job or a piece of help: `("job", id)` or `("intervention", id)`), or one to correct."""
        self._of, self._path, self._wanted = row, None, of or _PERSON
        self.form.clear()
        self.set_title("Correct evidence" if row else "Add evidence")
        self.cancel_button.setText("Cancel" if row else "Clear")
        kept = row.file_name if row else None
        self.file_words.setText(f"Kept: {kept}. Choose another to replace it." if kept else _NO_FILE)
        self.person.setEnabled(row is None)
        self.about.setEnabled(row is None)
        self.about.set_choices([(_PERSON, "the person")])
        if row is None:
            self.about.set_value(_PERSON)
            self.obtained.set_value(self._desk.today())
            self.person.set_value(person)
            if person is not None:
                self._read_things(person)
            return
        self.person.choose(
            Choice(row.participant_id, row.participant, f"{row.reference} · {row.lot}", f"{initials(row.participant)} {row.reference}"))
        where = ("job", row.job) if row.job else ("intervention", row.intervention) if row.intervention else _PERSON
        self.about.set_choices([(where, row.about or "the person")])
        for box, value in ((self.about, where), (self.proves, row.proves), (self.how, row.how), (self.obtained, row.obtained_on),
                           (self.dated, row.dated), (self.wording, row.wording), (self.note, row.note)):
            box.set_value(value)

    def first_focus(self) -> None:
        """The person, or what it proves when the person is known."""
        box: QWidget = self.proves if self.person.value() else self.person
        box.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_file(self) -> None:
        """Which file is the proof; it is read when one saves."""
        path = self._desk.dialogs.open_file(self, "Choose the evidence", _KINDS)
        if path is not None:
            self._path = path
            self.file_words.setText(f"To be kept, encrypted: {path.name}")

    def _read_things(self, person: UUID | None = None) -> None:
        """The jobs and the latest help of the person, to choose among."""
        whose = person or self.person.value()
        if whose is None or self._of is not None:
            return

        def ask(session: Any) -> list[tuple[tuple[str, UUID | None], str]]:
            jobs = queries.jobs(session, participant=whose)
            helped = queries.interventions(session, participant=whose, limit=_LAST_HELP)
            found: list[tuple[tuple[str, UUID | None], str]] = [(_PERSON, "the person")]
            found += [(("job", row.id), f"{rules.job_label(row.title, row.hours_a_week)}, {day_text(row.started_on)}") for row in jobs]
            return found + [(("intervention", row.id),
                             f"{rules.intervention_label(row.kind, row.minutes, row.mode)}, {day_text(row.happened_on)}") for row in helped]

        self._desk.read(ask, self, self._on_things)

    def _on_things(self, found: list[tuple[tuple[str, UUID | None], str]]) -> None:
        self.about.set_choices(found)
        self.about.set_value(self._wanted if any(value == self._wanted for value, _words in found) else _PERSON)
        self._offer()

    def _offer(self) -> None:
        """Only what can be proved of the thing that is chosen."""
        kind = (self.about.value() or _PERSON)[0]
        without = {"job": rules.OF_HELP, "intervention": rules.OF_A_JOB}.get(kind, (*rules.OF_A_JOB, *rules.OF_HELP))
        first = {"job": rules.OF_A_JOB, "intervention": rules.OF_HELP}.get(kind, ())
        others = [each for each in rules.PROVES if each not in first and each not in without]
        self.proves.set_choices(_words((*first, *others)))

    def _save(self) -> None:
        given = {"proves": self.proves.value(), "how": self.how.value(), "obtained_on": self.obtained.value(), "dated": self.dated.value(),
                 "wording": self.wording.value(), "note": self.note.value()}
        if self._path is None:
            self._write(given, None)
            return
        path = self._path                   # it may lie on a slow share: read before the transaction, never inside it

        def read() -> actions.File:
            return actions.file_at(path)

        self._desk.work.read(read, self, lambda file: self._write(given, file))

    def _write(self, given: dict[str, Any], file: actions.File | None) -> None:
        choice = self.person.choice()
        said = f"“{given['proves']}” of {choice.shown() if choice else ''}{', kept encrypted' if file else ''}."
        if self._of is not None:
            known = self._of.id

            def correct(session: Any) -> None:
                if file is not None:
                    actions.put_file(session, known, file)
                actions.change_evidence(session, known, **given)

            self._act(self._desk, "Correct evidence", correct, lambda _none: self._tell(known, f"Corrected: {said}"))
            return
        kind, of = self.about.value() or _PERSON
        given[kind] = of or self.person.value()
        self._act(self._desk, "Add evidence", lambda session: actions.keep_evidence(session, file, **given),
                  lambda id: self._tell(id, f"Added: {said}"))

    def _tell(self, id: UUID | None, sentence: str) -> None:
        self.begin()
        self.saved.emit(id, sentence)


def _words(of: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(each, each) for each in of]
